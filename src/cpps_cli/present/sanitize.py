"""An outline in which nothing can be obeyed: every text of it goes through one door."""

import re
from dataclasses import fields, is_dataclass
from typing import Any, TypeVar

from cpps_cli.i18n.text import inert
from cpps_cli.present.document import Link, Run

T = TypeVar("T")
_WEB = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
# What XML cannot hold at all, and Word and PDF are made of XML.
_NO_CHARACTER = re.compile("[\ufdd0-\ufdef\ufffe\uffff]")
_SPACES = re.compile(r"[ \t\n]+")
# In French these signs stand off from their word, and stay on its line.
_STANDS_OFF = re.compile(r" (?=[:;?!»])|(?<=«) ")


def made_inert(value: T) -> T:
    """The same outline, or part of one, without control characters or marks that turn text round.

    They become U+FFFD, as on a terminal: a reader sees that something was there. How the lines of
    a text are broken in its file means nothing.
    """
    match value:
        case str():
            shown = _NO_CHARACTER.sub("\N{REPLACEMENT CHARACTER}", inert(value))
            spaced = _SPACES.sub(" ", shown)
            return _STANDS_OFF.sub("\N{NO-BREAK SPACE}", spaced)  # type: ignore[return-value]
        case tuple():
            return tuple(map(made_inert, value))  # type: ignore[return-value]
        case _ if is_dataclass(value):
            held = {field.name: made_inert(getattr(value, field.name)) for field in fields(value)}
            noun: Any = type(value)
            return noun(**held)  # type: ignore[no-any-return]
        case _:
            return value


def web_link(address: str) -> Run:
    """An address as a link where it is one of the web; else as plain words."""
    return Link(address, address) if _WEB.fullmatch(address) else address
