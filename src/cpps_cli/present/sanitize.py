"""An outline in which nothing can be obeyed: every text of it goes through one door."""

import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any, TypeVar

from cpps_cli.i18n.catalogue import inert
from cpps_cli.present.document import Extract

T = TypeVar("T")
# What XML cannot hold at all, and Word and PDF are made of XML.
_NO_CHARACTER = re.compile("[\ufdd0-\ufdef\ufffe\uffff]")
_SPACES = re.compile(r"[ \t\n]+")
# In French these signs stand off from their word, and stay on its line.
_STANDS_OFF = re.compile(r" (?=[:;?!»])|(?<=«) ")


def made_inert(value: T) -> T:
    """Takes control characters and marks that turn text round out of a tree, or part of one.

    They become U+FFFD, as on a terminal: a reader sees that something was there. How the lines of
    a text are broken in its file means nothing.
    """
    made: Any = _inert(value)
    return made  # type: ignore[no-any-return]


def _inert(value: Any) -> Any:
    match value:
        case str():
            shown = _NO_CHARACTER.sub("\N{REPLACEMENT CHARACTER}", inert(value))
            return _STANDS_OFF.sub("\N{NO-BREAK SPACE}", _SPACES.sub(" ", shown))
        case Extract():
            return value
        case Mapping():
            return {key: _inert(item) for key, item in value.items()}
        case tuple():
            parts = map(_inert, value)
            return type(value)(*parts) if hasattr(value, "_fields") else tuple(parts)
        case _ if is_dataclass(value):
            held = {field.name: _inert(getattr(value, field.name)) for field in fields(value)}
            noun: Any = type(value)
            return noun(**held)
        case _:
            return value
