"""Tells how a text of a spreadsheet is encoded, from what stands beside its accents.

Bytes do not say it. A letter with an accent stands among letters, a punctuation mark of French
between a letter and a space: of the readings that are possible, that which is most like this is
taken, and none where two of them are as likely.
"""

import re
from typing import Literal, get_args

Encoding = Literal["UTF-8", "UTF-16", "Windows-1252", "IBM850", "Mac Roman"]
ENCODINGS: tuple[Encoding, ...] = get_args(Encoding)
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_CODECS: dict[Encoding, str] = {
    "UTF-8": "utf-8-sig",
    "UTF-16": "utf-16",
    "Windows-1252": "cp1252",
    "IBM850": "cp850",
    "Mac Roman": "mac_roman",
}
_OF_ONE_BYTE: tuple[Encoding, ...] = ("Windows-1252", "IBM850", "Mac Roman")
_SMALL = "éèàêçôîûùëïâüöœæ"
_LIKELY = re.compile(
    rf"""[{_SMALL}](?=[a-z\W{_SMALL}]|$)
    | (?<![a-z{_SMALL}])[ÉÈÀÊÇÔÎŒ]            # no capital within a word
    | (?<=\w)’(?=\w)                          # an apostrophe
    | (?<!\w)[«“](?=[\w\s])  | (?<=[\w\s.!?])[»”](?!\w)
    | (?<=\s)[–—•](?=\s)    | (?<=[\w\s])…(?!\w)
    | (?<=[\d\s])[€²](?!\w)  | (?<=[nN])°    | \N{{NO-BREAK SPACE}}(?=[:;!?»\d\w])
    | (?<=«)\N{{NO-BREAK SPACE}}""",
    re.VERBOSE,
)


def encodings_of(raw: bytes) -> tuple[Encoding, ...]:
    """Lists the likely encodings of a text in French: one, several as likely, or none."""
    if raw.startswith(_UTF16):
        return ("UTF-16",)
    if decoded(raw, "UTF-8") is not None:
        return ("UTF-8",)
    texts = {name: decoded(raw, name) for name in _OF_ONE_BYTE}
    marks = {name: _unlikeness(text) for name, text in texts.items() if text is not None}
    best = min(marks.values(), default=0.0)
    # More than half of what is not plain must make sense, or it is none of these.
    return tuple(name for name, mark in marks.items() if mark == best < 0.5)


def decoded(raw: bytes, encoding: Encoding) -> str | None:
    """The text in that encoding; None where some byte says nothing in it."""
    try:
        return raw.decode(_CODECS[encoding])
    except UnicodeDecodeError:
        return None


def _unlikeness(text: str) -> float:
    """How many of the characters beyond ASCII stand where French has none such, from 0 to 1."""
    beyond = sum(not character.isascii() for character in text)
    return 1 - len(_LIKELY.findall(text)) / beyond
