"""Says in our words, and at the smallest place, what the TOML reader refuses."""

import re
from collections.abc import Callable

import tomli

from cpps_cli.diagnostics import N_, Diagnostic, Related, Span, Word
from cpps_cli.library.toml_positions import Columns
from cpps_cli.library.toml_text import (
    line_end,
    line_start,
    open_brackets,
    opening_mark,
    rest_of_line,
    without_texts,
)

# What it is and what to do; from where to where it goes, and its words.
Words = tuple[str, str]
Slip = tuple[int, int, Words]

VALUE = re.compile(r"[^\n,\]}#]*")
_NUMBER_BEFORE = re.compile(r"(?<=[=\s,\[])[+-]?\d[\d_.:-]*\Z")
_TYPOGRAPHIC = "“”„«»‘’‚"
_NO_BREAK = ("\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}", "\N{FIGURE SPACE}")
_DECIMALS = re.compile(r",\d+")
_WRITTEN_DAY_FIRST = re.compile(r"(?<![\w.])\d{1,2}[/.]\d{1,2}[/.]\d{4}(?!\w)")
_TEXT_NOT_CLOSED = (
    "Unterminated",
    "Illegal character",
    "Found invalid",
    'Expected "\'"',
    "Expected '\"'",
)

_NOT_CLOSED = (N_("this text is not closed"), N_("end it with the mark that it begins with"))
_LONG_NOT_CLOSED = (
    N_("this text over several lines is not closed"),
    N_("end it, after its last line, with the three marks that it begins with"),
)
_NO_BREAK_SPACE = (
    N_("a no-break space stands here, which looks like a space and is none for TOML"),
    N_("type an ordinary space in its place"),
)
_DECIMAL_COMMA = (
    N_("a comma stands in this number"),
    N_("decimals stand after a point: `12.5`"),
)
_DAY_FIRST = (
    N_("this date begins with its day"),
    N_("write the year, the month and the day: `2017-07-01`"),
)
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


def slip_at(text: str, at: int, message: str) -> Slip:
    """Finds from where to where the slip goes, what it is and what to do."""
    if message.startswith(_TEXT_NOT_CLOSED) and (opening := opening_mark(text)) is not None:
        is_long = text[opening : opening + 3] in ('"""', "'''")
        return opening, line_end(text, opening), _LONG_NOT_CLOSED if is_long else _NOT_CLOSED
    if text[at : at + 1] in _NO_BREAK:
        return at, at + 1, _NO_BREAK_SPACE
    if (day_first := _day_first_at(text, at)) is not None:
        return day_first
    for beginnings, look in _LOOKS:
        if message.startswith(beginnings):
            return look(text, at)
    return at, at + 1, ELSE


def _day_first_at(text: str, at: int) -> Slip | None:
    """A date such as 01/02/2017, within which the reader stopped."""
    start = line_start(text, at)
    dates = _WRITTEN_DAY_FIRST.finditer(without_texts(text[start : line_end(text, at)]))
    found = next((item for item in dates if item.start() <= at - start <= item.end()), None)
    return None if found is None else (start + found.start(), start + found.end(), _DAY_FIRST)


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
    decimals = _DECIMALS.match(text, at)
    if found is not None and decimals is not None:
        return found.start(), decimals.end(), _DECIMAL_COMMA
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


_HEADING = re.compile(r"^[ \t]*\[+[ \t]*(?P<key>[^\]\n]*)", re.MULTILINE)
_KEY = re.compile(r"(?:^|[{,])[ \t]*(?P<key>[^\s=\[\]{}#,][^=\[\]{}#,\n]*)(?==)", re.MULTILINE)
_DATE_LIKE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}")
_TWICE = ("Cannot overwrite", "Cannot declare", "Cannot mutate", "Duplicate inline table key")
_OPENED_HERE = Word(N_("it is opened here"))
_FIRST = Word(N_("written here first"))

_LIST_OPEN = (
    N_("a comma or the closing `]` of the list is missing before this"),
    N_("items stand between `[` and `]`, with a comma between two of them"),
)
_LIST_NEVER_CLOSED = (N_("this list is not closed"), _LIST_OPEN[1])
_TABLE_OPEN = (
    N_("a comma or the closing brace of the table is missing before this"),
    N_("keys stand between two braces, with a comma between two of them"),
)
_TABLE_NEVER_CLOSED = (N_("this table between braces is not closed"), _TABLE_OPEN[1])


def syntax_error(file: str, text: str, wrong: tomli.TOMLDecodeError) -> Diagnostic:
    """Reports the one fault at which the reader stopped."""
    text = text.replace("\r\n", "\n")  # as the reader does before it counts
    at, message = min(wrong.pos, len(text)), wrong.msg
    if message.startswith(_TWICE):
        return _written_twice(file, text, at)
    if message.startswith("Invalid date"):
        return _no_date(file, text, at)
    if message.startswith("Illegal character") and not message.endswith("'\\n'"):
        character = {"character": f"U+{ord(text[at]):04X}"}
        return Diagnostic("CP014", span_of(file, text, at, at + 1), character)
    at_the_end = message.startswith("Invalid value") and at >= len(text.rstrip())
    if (at_the_end or message.startswith("Unclosed")) and (opened := open_brackets(text, at)):
        return _open_bracket(file, text, at, opened[-1])
    if message.startswith("Expected newline") and (date := _date_round(text, at)) is not None:
        return _no_date(file, text, date)
    start, end, words = slip_at(text, at, message)
    return _fault(span_of(file, text, start, end), words)


def span_of(file: str, text: str, start: int, end: int) -> Span:
    """Makes a span of two offsets, one column at least."""
    end = min(end, len(text))
    while end > start and text[end - 1] in "\r\n":
        end -= 1
    columns = Columns(text)
    line, column = columns.at(start)
    end_line, end_column = columns.at(end)
    if (end_line, end_column) <= (line, column):
        end_line, end_column = line, column + 1
    return Span(file, line, column, end_line, end_column)


def _fault(span: Span, words: Words, related: tuple[Related, ...] = ()) -> Diagnostic:
    what, advice = words
    return Diagnostic("CP002", span, {"what": Word(what), "advice": Word(advice)}, related)


def _no_date(file: str, text: str, at: int) -> Diagnostic:
    end = at + len(text[at:].split(maxsplit=1)[0])
    return Diagnostic("CP110", span_of(file, text, at, end), {"value": text[at:end]})


def _date_round(text: str, at: int) -> int | None:
    """Finds where what looks like a date begins, when the reader stopped inside it."""
    start = at
    while start > 0 and (text[start - 1].isdigit() or text[start - 1] == "-"):
        start -= 1
    return start if _DATE_LIKE.match(text, start) else None


def _open_bracket(file: str, text: str, at: int, opened: int) -> Diagnostic:
    at_bracket = span_of(file, text, opened, opened + 1)
    is_list = text[opened] == "["
    if at >= len(text.rstrip()):
        return _fault(at_bracket, _LIST_NEVER_CLOSED if is_list else _TABLE_NEVER_CLOSED)
    words = _LIST_OPEN if is_list else _TABLE_OPEN
    at_value = span_of(file, text, at, rest_of_line(text, at, VALUE))
    return _fault(at_value, words, (Related(at_bracket, _OPENED_HERE),))


def _written_twice(file: str, text: str, at: int) -> Diagnostic:
    """Reports a key or a heading that was written before, at both places if plain."""
    plain = without_texts(text)
    line = plain[line_start(plain, at) : at]
    is_heading = line.lstrip().startswith("[") and "=" not in line
    shape = _HEADING if is_heading else _KEY
    found = [match.span("key") for match in shape.finditer(plain, 0, at + 1)]
    found = [span for span in found if span[0] <= at]
    if not found:
        return _fault(span_of(file, text, at, at + 1), ELSE)
    key = _key_at(text, found[-1])
    start, end = found[-1][0], found[-1][0] + len(key)
    since = 0
    if not is_heading:
        since = max((match.end() for match in _HEADING.finditer(plain, 0, start)), default=0)
    same = (span for span in found[:-1] if span[0] >= since and _key_at(text, span) == key)
    first = next(same, None)
    before = () if first is None else (first[0], first[0] + len(key))
    related = () if first is None else (Related(span_of(file, text, *before), _FIRST),)
    return Diagnostic("CP003", span_of(file, text, start, end), {"key": key}, related)


def _key_at(text: str, span: tuple[int, int]) -> str:
    return text[slice(*span)].rstrip()


# --- what is refused although it is TOML

_DOTTED = re.compile(r"(?<![\w.-])[\w-]++(?:[ \t]*+\.[ \t]*+[\w-]++)+")
_NESTED = re.compile(r"(?:[\[{][ \t\n]*+(?:[\w-]++[ \t]*+=[ \t]*+)?){41}")
_LONG_NUMBER = re.compile(r"(?<![\w.])[+-]?[0-9_]{4000,}")


def key_of_many_parts(text: str, limit: int) -> int | None:
    """Finds the first key that has more parts than `limit`."""
    keys = _DOTTED.finditer(without_texts(text))
    return next((key.start() for key in keys if key[0].count(".") >= limit), None)


def too_deep(file: str, text: str, at: int | None = None) -> Span:
    """Finds where nesting without end begins: there, or at the first brackets of brackets."""
    if at is None:
        found = _NESTED.search(without_texts(text))
        at = found.start() if found else 0
    return span_of(file, text, at, at + 1)


def too_long_a_number(file: str, text: str) -> Span:
    """Finds a number that is too long to be read."""
    found = _LONG_NUMBER.search(without_texts(text))
    start, end = found.span() if found else (0, 1)
    return span_of(file, text, start, end)
