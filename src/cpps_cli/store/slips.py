"""The slip at which the TOML reader stopped: where it begins and ends, what it is, what to do.

The reader's own sentences are told apart by their beginning, and passed on to nobody.
"""

import re
from collections.abc import Callable

from cpps_cli.diagnostics import N_
from cpps_cli.store.broken_text import line_end, line_start, opening_mark, rest_of_line

# What it is and what to do; from where to where it goes, and its words.
Words = tuple[str, str]
Slip = tuple[int, int, Words]

VALUE = re.compile(r"[^\n,\]}#]*")
_NUMBER_BEFORE = re.compile(r"(?<=[=\s,\[])[+-]?\d[\d_.:-]*\Z")
_TYPOGRAPHIC = "“”„«»‘’‚"
_TEXT_NOT_CLOSED = (
    "Unterminated",
    "Illegal character",
    "Found invalid",
    'Expected "\'"',
    "Expected '\"'",
)

_NOT_CLOSED = (N_("this text is not closed"), N_("end it with the mark that it begins with"))
_BARE_TEXT = (
    N_("this text stands without quotation marks"),
    N_('a text stands between quotation marks: `"…"`'),
)
_NO_VALUE = (N_("no value follows the equals sign"), N_("write the value, or remove the key"))
_NO_ITEM = (N_("no value stands before this"), N_("write the value, or remove the comma"))
_OTHER_MARKS = (
    N_("these quotation marks are not those of TOML"),
    N_('use straight ones: `"…"`'),
)
_UNKNOWN_VALUE = (
    N_("no value that TOML knows stands here"),
    N_('a text stands between quotation marks (`"`), a list between `[` and `]`'),
)
_BAD_NUMBER = (
    N_("this number or date is badly written"),
    N_("a number is `31` or `12.5`, a date is `2017-07-01`"),
)
_BACKSLASH = (
    N_("a backslash stands here that means nothing"),
    N_("write it twice (`\\\\`), or put the text between single quotation marks (`'`)"),
)
_AFTER_VALUE = (
    N_("something stands after the value, on the same line"),
    N_('write one key a line; a quotation mark inside a text is written `\\"`'),
)
_ACCENT = (
    N_("a key has an accent or another sign"),
    N_("the keys of a library have small letters without accents and `_` only"),
)
_NO_EQUALS = (
    N_("an equals sign is missing after the key"),
    N_("a line is `key = value`, `[heading]` or `# comment`"),
)
_NO_STATEMENT = (
    N_("this line is neither `key = value` nor a `[heading]`"),
    N_("correct it, or put `#` before it to make it a comment"),
)
_HEADING_OPEN = (
    N_("the bracket of this heading is not closed"),
    N_("a heading is `[name]` or `[[name]]`"),
)
ELSE = (N_("something stands here that TOML does not know"), _NO_EQUALS[1])


def slip_at(text: str, at: int, said: str) -> Slip:
    """From where to where the slip goes, what it is and what to do."""
    if said.startswith(_TEXT_NOT_CLOSED) and (opening := opening_mark(text)) is not None:
        return opening, line_end(text, opening), _NOT_CLOSED
    for beginnings, look in _LOOKS:
        if said.startswith(beginnings):
            return look(text, at)
    return at, at + 1, ELSE


def _backslash(text: str, at: int) -> Slip:
    start = text.rfind("\\", 0, at)
    return start, max(at, start + 2), _BACKSLASH


def _heading_open(text: str, at: int) -> Slip:
    return line_start(text, at), line_end(text, at), _HEADING_OPEN


def _no_key(text: str, at: int) -> Slip:
    return _accent(text, at) or (at, rest_of_line(text, at), _NO_STATEMENT)


def _no_equals(text: str, at: int) -> Slip:
    if text[at : at + 1] in ("", "\n"):
        return _accent(text, at) or (line_start(text, at), at, _NO_EQUALS)
    return _accent(text, at) or (at, at + 1, _NO_EQUALS)


def _accent(text: str, at: int) -> Slip | None:
    character = text[at : at + 1]
    return (at, at + 1, _ACCENT) if character.isalpha() and not character.isascii() else None


def _no_value(text: str, at: int) -> Slip:
    found = VALUE.match(text, at)
    written = found[0].rstrip() if found else ""
    if not written and text[at : at + 1] not in (",", "]", "}"):
        return at, at + 1, _NO_VALUE
    if not written:
        return at, at + 1, _NO_ITEM
    if written[0] in _TYPOGRAPHIC:
        return at, at + len(written), _OTHER_MARKS
    words = _BARE_TEXT if written[0].isalpha() else _UNKNOWN_VALUE
    return at, at + len(written), words


def _after_value(text: str, at: int) -> Slip:
    found = _NUMBER_BEFORE.search(text, line_start(text, at), at)
    if found is not None and not text[at].isspace():
        return found.start(), at + len(text[at:].split(maxsplit=1)[0]), _BAD_NUMBER
    return at, rest_of_line(text, at), _AFTER_VALUE


# The reader's sentences by their beginning, and who looks at the place.
_LOOKS: tuple[tuple[tuple[str, ...], Callable[[str, int], Slip]], ...] = (
    (("Invalid value",), _no_value),
    (("Unescaped", "Invalid hex", "Escaped character"), _backslash),
    (("Expected newline",), _after_value),
    (("Expected ']",), _heading_open),
    (("Invalid statement", "Invalid initial"), _no_key),
    (("Expected '='",), _no_equals),
)
