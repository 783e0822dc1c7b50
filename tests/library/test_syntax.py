"""Where the TOML reader stops, the slip is looked for where the user made it."""

import time
from collections.abc import Callable

import pytest

from cpps_cli.diagnostics import Span, Word
from cpps_cli.library.toml_read import parse

_NO_BREAK = "a no-break space stands here, which looks like a space and is none for TOML"


@pytest.mark.parametrize(
    ("text", "column", "end", "what"),
    [
        ("a = b c # d", 5, 8, "this text stands without quotation marks"),
        ("a = [x, 1]", 6, 7, "this text stands without quotation marks"),
        ("a = «x»", 5, 8, "these quotation marks are not those of TOML"),
        ("a = ", 5, 6, "no value follows the equals sign"),
        ("a = [1,,2]", 8, 9, "no value stands before this"),
        ("a = %", 5, 6, "no value that TOML knows stands here"),
        ('a = "x', 5, 7, "this text is not closed"),
        ("a = 'x", 5, 7, "this text is not closed"),
        ('a = "x" # "\nb = """y', 5, 9, "this text over several lines is not closed"),
        ("a = \"d'accord", 5, 14, "this text is not closed"),
        ('a = """x', 5, 9, "this text over several lines is not closed"),
        ("a\xa0= 1", 2, 3, _NO_BREAK),
        ("a =\u202f1", 4, 5, _NO_BREAK),
        ("a = 12,5", 5, 9, "a comma stands in this number"),
        ("a = 01/02/2017", 5, 15, "this date begins with its day"),
        ("a = 1.2.2017 # x", 5, 13, "this date begins with its day"),
        ("a = [1, 2", 5, 6, "this list is not closed"),
        ("a = [1,", 5, 6, "this list is not closed"),
        ("a = {b = 1", 5, 6, "this table between braces is not closed"),
        ("a = [1 2]", 8, 9, "a comma or the closing `]` of the list is missing before this"),
        ('a = "x\\y"', 7, 9, "a backslash stands here that means nothing"),
        ('a = "\\uZZZZ"', 6, 8, "a backslash stands here that means nothing"),
        ('a = "x" "y"', 9, 12, "something stands after the value, on the same line"),
        ("a = 01", 5, 7, "this number or date is badly written"),
        ("a = 1. # b", 5, 7, "this number or date is badly written"),
        ("clé = 1", 3, 4, "a key has an accent or another sign"),
        ("a b", 3, 4, "an equals sign is missing after the key"),
        ("a", 1, 2, "an equals sign is missing after the key"),
        ("= 1", 1, 4, "this line is neither `key = value` nor a `[heading]`"),
        ("[a", 1, 3, "the bracket of this heading is not closed"),
        ("[[a\nb = 1", 1, 4, "the bracket of this heading is not closed"),
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_slip_is_pointed_at(text: str, column: int, end: int, what: str, newline: str) -> None:
    whole = f"x = 1\n{text}".replace("\n", newline)
    [fault] = parse("x.toml", whole.encode()).diagnostics
    assert fault.code == "CP002"
    assert fault.values["what"] == Word(what)
    assert isinstance(fault.where, Span)
    assert (fault.where.column, fault.where.end_column) == (column, end)
    assert fault.where.line == fault.where.end_line == 1 + len(text.split('\nb = """')[:2])


@pytest.mark.parametrize(
    ("text", "code", "column", "end"),
    [
        ("a = 2020-02-30", "CP110", 5, 15),
        ("a = 2017-13-01 # x", "CP110", 5, 15),
        ('a = "x\x01"', "CP014", 7, 8),
    ],
)
def test_some_slips_have_a_code_of_their_own(text: str, code: str, column: int, end: int) -> None:
    [fault] = parse("x.toml", text.encode()).diagnostics
    assert isinstance(fault.where, Span)
    assert (fault.code, fault.where.column, fault.where.end_column) == (code, column, end)


@pytest.mark.parametrize(
    ("text", "key", "here", "first"),
    [
        ("a = 1\n a  = 2", "a", (2, 2), (1, 1)),
        ("[t]\na = 1\n[u]\na = 1\nb = 2\na = 3", "a", (6, 1), (4, 1)),
        ("[t]\nx = 1\n[t]", "t", (3, 2), (1, 2)),
        ("[[t]]\n[t]", "t", (2, 2), (1, 3)),
        ("a = {b = 1, b = 2}", "b", (1, 13), (1, 6)),
        ("'a' = 1\n'a' = 2", "'a'", (2, 1), (1, 1)),
        ('a = """\na = 0\n"""\na = 2', "a", (4, 1), (1, 1)),
        ("a = [\n 1,\n]\na = [\n 2,\n]", "a", (4, 1), (1, 1)),
        ("a = 1\n[a]", "a", (2, 2), None),
        ("[t]\nb.c = 1\n[t.b]", "t.b", (3, 2), None),
    ],
)
def test_key_written_twice_is_shown_in_both_places(
    text: str, key: str, here: tuple[int, int], first: tuple[int, int] | None
) -> None:
    [fault] = parse("x.toml", text.encode()).diagnostics
    assert (fault.code, fault.values["key"]) == ("CP003", key)
    assert isinstance(fault.where, Span)
    assert (fault.where.line, fault.where.column) == here
    spans = [related.where for related in fault.related]
    assert [(span.line, span.column) for span in spans if isinstance(span, Span)] == (
        [] if first is None else [first]
    )


def test_equals_signs_that_underline_a_heading_are_no_merge() -> None:
    text = 'a = """\nArticle\n=======\n"""\n'
    assert parse("x.toml", text.encode()).diagnostics == ()


def test_dots_that_lead_to_a_page_are_no_key() -> None:
    text = f'a = """\nArticle 1 {"." * 80} 3\n"""\n'
    assert parse("x.toml", text.encode()).diagnostics == ()


def taken(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a." * 100_000 + "a = 1", "CP008"),
        ('"a".' * 100_000 + "a = 1", "CP008"),
        ("a = {" + "a." * 100_000 + "a = 1}", "CP008"),
        ("a = " + "[" * 100_000 + "]" * 100_000, "CP008"),
        ("a = " + "{a = " * 50_000, "CP008"),
        ("a" + ".a" * 60 + " = 1", "CP008"),
        ("a = " + "9" * 5_000, "CP009"),
        ("a = 0x" + "f" * 5_000, "CP009"),
        ("a = -inf", "CP009"),
        ("a = nan", "CP009"),
        ("a = 1e999", "CP009"),
        ("a = '''" + "\n<<<<<<< x" * 90_000 + "'''", "CP010"),
        ("a" + " " * 900_000 + "= 1\na = 1", "CP003"),
        ("a = [" + "[1, " * 30 + "2 2", "CP002"),
        ("# " + "a" * 1_100_000, "CP007"),
    ],
    ids=lambda value: value[:16],
)
def test_hostile_text_is_refused_at_once(text: str, code: str) -> None:
    slow = 200 * taken(lambda: sum(1 for _ in range(1_000_000)))  # whatever the machine is doing
    found = parse("x.toml", text.encode())
    assert taken(lambda: parse("x.toml", text.encode())) < slow
    assert {fault.code for fault in found.diagnostics} == {code}
