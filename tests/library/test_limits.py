"""A file that would cost much is refused early; what only looks so is read."""

from typing import Any

import pytest
import tomli

from cpps_cli.diagnostics import Place, Span
from cpps_cli.library import toml_read as parsing
from cpps_cli.library.toml_positions import Places
from cpps_cli.library.toml_read import LIMIT_DEPTH, LIMIT_KEY, LIMIT_VALUES, parse
from cpps_cli.library.toml_text import pieces

DEEP = ".".join(["a"] * (LIMIT_DEPTH + 1))
ACCENTED = '."é è"' * LIMIT_DEPTH


def codes(text: str) -> list[str]:
    return [item.code for item in parse("x.toml", text.encode()).diagnostics]


def refuse_to_read(text: str) -> dict[str, Any]:
    raise AssertionError("read, in a time that grows with the square of the parts")


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        (f"{DEEP} = 1", 1, 1),
        (f"[{DEEP}]", 1, 2),
        (f"x = 1\n  [[ {DEEP} ]]", 2, 6),
        (f'x = "{DEEP}"\na{ACCENTED} = 1', 2, 1),
        (f"x = {{ y = 1, {DEEP} = 1 }}", 1, 14),
        ("\n".join(f"[{DEEP}.{number}]" for number in range(300)), 1, 2),
        ("a = " + "[" * 5 + f"{{ {DEEP}", 1, 12),
    ],
)
def test_key_of_many_parts_is_refused_before_the_text_is_read(
    text: str, line: int, column: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tomli, "loads", refuse_to_read)
    [found] = parse("x.toml", text.encode()).diagnostics
    assert found.code == "CP008"
    assert isinstance(found.where, Span)
    assert (found.where.line, found.where.column) == (line, column)


@pytest.mark.parametrize(
    "text",
    [
        f'a = "{DEEP} = 1"',
        f"# {DEEP} = 1\na = 1",
        f'a = """\n[{DEEP}]\n{DEEP} = 1\n"""',
        f"a = '''{DEEP}'''",
        "a = 1 # " + "Une phrase. " * 60,
        f"{DEEP[2:]} = 1",
        "a = [" + "1.5, " * 100 + "]",
    ],
)
def test_text_full_of_dots_is_a_text(text: str) -> None:
    assert codes(text) == []
    assert parse("x.toml", text.encode()).table == tomli.loads(text)


@pytest.mark.parametrize(
    "text",
    [
        "a = " + "[" * 300 + "]" * 300,
        "a = " + "{a = " * 300 + "1" + "}" * 300,
        "a = " + "{a.b.c = " * 20 + "1" + "}" * 20,
        "[a.b]\nc = " + "[" * 39 + "]" * 39,
        "[[a]]\nb = " + "[" * 39 + "]" * 39,
    ],
)
def test_nesting_past_the_limit_is_refused_and_never_scanned(text: str) -> None:
    parsed = parse("x.toml", text.encode())
    assert [item.code for item in parsed.diagnostics] == ["CP008"]
    assert (parsed.table, parsed.is_toml) == (None, False)


@pytest.mark.parametrize(
    "text",
    [
        "a = " + "[" * (LIMIT_DEPTH - 1) + "]" * (LIMIT_DEPTH - 1),
        "a = [" + "1, " * (LIMIT_VALUES - 1) + "]",
        "".join(f"k{number} = 1\n" for number in range(LIMIT_VALUES)),
        "a" * LIMIT_KEY + " = 1",
    ],
)
def test_what_is_just_within_the_limits_is_read(text: str) -> None:
    assert codes(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "a = [" + "1, " * LIMIT_VALUES + "]",
        "".join(f"k{number} = 1\n" for number in range(LIMIT_VALUES + 1)),
        "".join(f"[[a]]\nb = {number}\n" for number in range(LIMIT_VALUES // 2)),
    ],
)
def test_more_values_than_the_limit_are_refused(text: str) -> None:
    assert codes(text) == ["CP015"]
    assert parse("x.toml", text.encode()).table is None


def test_key_longer_than_the_limit_is_refused_where_it_stands() -> None:
    text = f'[b]\n"{"é" * (LIMIT_KEY + 1)}" = 1\n'
    [found] = parse("x.toml", text.encode()).diagnostics
    assert found.code == "CP016"
    assert isinstance(found.where, Place)
    assert Places("x.toml", text, valid=True).span(found.where).line == 2


def test_merge_marks_past_a_hundred_are_not_told_one_by_one() -> None:
    assert codes("<<<<<<< HEAD\n" * 1_000) == ["CP010"] * parsing.LIMIT_MARKS


@pytest.mark.parametrize(
    "unit",
    ['"a\\', '"""\\"', "'", '"""\n""', "'''\n''", "[", "{a=", "-a", "a.", '"a".', ",", "a ="],
)
def test_broken_text_is_looked_at_once_however_it_is_broken(
    unit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The pieces of a text, laid end to end, are no longer than the text."""
    text = unit * 2_000
    found = [*pieces(text)]
    assert sum(len(piece[0]) for piece in found) <= len(text)
    assert sum(piece["opening"] is not None for piece in found) <= 1
    assert parse("x.toml", text.encode()).table is None
