"""The excerpt of a diagnostic: the user's own line, and marks exactly under the place."""

from pathlib import Path

import pytest

from cpps_cli.diagnostics import Diagnostic, Place, Related, Span, Word
from cpps_cli.formats.diagnostics.full import faults_concisely, faults_in_full
from cpps_cli.formats.registry import fault_report


class Text:
    """One file as who has read it knows it."""

    root = Path("library")

    def __init__(self, text: str) -> None:
        self._text = text

    def text(self, file: str) -> str:
        return self._text

    def locate(self, where: Place | Span) -> Span:
        return where if isinstance(where, Span) else Span(where.file, 1, 1, 1, 1)


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "library").mkdir()
    monkeypatch.chdir(tmp_path)


def excerpt(text: str, span: tuple[int, int, int, int]) -> list[str]:
    """The lines between the place and the remedy."""
    fault = Diagnostic("CP112", Span("a.toml", *span), {"value": "x", "key": "means"})
    return faults_in_full([fault], Text(text)).splitlines()[2:-1]


@pytest.mark.parametrize(
    ("text", "span", "shown"),
    [
        ("a = 1\n", (1, 5, 1, 6), ["   |", " 1 | a = 1", "   |     ^"]),
        # where something is missing: after the last character, at the end of the file
        ("a =\n", (1, 4, 1, 5), ["   |", " 1 | a =", "   |    ^"]),
        ("a = [", (1, 5, 1, 6), ["   |", " 1 | a = [", "   |     ^"]),
        ("a = 1\n", (2, 1, 2, 2), ["   |", " 2 |", "   | ^"]),
        ("a = 1\n", (3, 1, 3, 2), []),
        # a value of several lines is pointed at on its first
        ('a = """\nb\n"""\n', (1, 5, 3, 4), ["   |", ' 1 | a = """', "   |     ^^^"]),
        # a tab leads the marks to the same column, whatever its width
        ("\ta\t= 1", (1, 6, 1, 7), ["   |", " 1 | \ta\t= 1", "   | \t \t  ^"]),
        # an accent that is stored apart takes no room, a wide character takes two
        ("e\u0301 = 1", (1, 5, 1, 6), ["   |", " 1 | e\u0301 = 1", "   |     ^"]),
        ('"漢" = 1', (1, 7, 1, 8), ["   |", ' 1 | "漢" = 1', "   |        ^"]),
        # lines end as the file says
        ("a = 1\r\nb = 2\r\n", (2, 5, 2, 6), ["   |", " 2 | b = 2", "   |     ^"]),
        ("a = '\u2028'\nb = 2", (2, 5, 2, 6), ["   |", " 2 | b = 2", "   |     ^"]),
        # what would drive the terminal does not
        ("a = '\x1b[2J'", (1, 1, 1, 2), ["   |", " 1 | a = '\ufffd[2J'", "   | ^"]),
    ],
)
def test_marks_stand_under_the_place(
    text: str, span: tuple[int, int, int, int], shown: list[str]
) -> None:
    assert excerpt(text, span) == shown


@pytest.mark.parametrize(
    ("column", "left", "right"), [(2, "", "…"), (150, "…", "…"), (298, "…", "")]
)
def test_long_line_is_cut_round_the_place(column: int, left: str, right: str) -> None:
    line = "".join(str(number % 10) for number in range(300))
    _, shown, marks = excerpt(line, (1, column, 1, column + 3))
    row = shown.removeprefix(" 1 | ")
    assert row.startswith(left)
    assert row.endswith(right)
    assert len(row) <= 102
    start = marks.index("^") - len("   | ")
    assert row[start : start + 3] == line[column - 1 : column + 2]


def test_margin_is_as_wide_as_the_widest_number() -> None:
    text = "a = 1\n" * 12
    related = (Related(Span("a.toml", 2, 1, 2, 2), Word("the other one")),)
    fault = Diagnostic("CP207", Span("a.toml", 12, 1, 12, 2), {"name": "a", "where": ""}, related)
    assert faults_in_full([fault], Text(text)).splitlines() == [
        "error[CP207]: the code `a` is used twice",
        "   --> library/a.toml:12:1",
        "    |",
        " 12 | a = 1",
        "    | ^",
        "   ::: library/a.toml:2:1",
        "  2 | a = 1",
        "    | - the other one",
        "    = help: give one of them another code",
    ]


def test_fault_of_a_whole_file_has_no_excerpt() -> None:
    assert faults_in_full([Diagnostic("CP006", Place("a.toml"))], Text("")).splitlines() == [
        "error[CP006]: the file is empty",
        "  --> library/a.toml",
        "   = help: write at least its required keys, or remove the file",
    ]


def test_what_the_user_wrote_is_quoted_on_one_line() -> None:
    values = {"value": "un\ndeux\x1b[2J" + "x" * 500, "key": "means"}
    fault = Diagnostic("CP112", Place("a.toml"), values)
    [line] = faults_concisely([fault], Text("")).splitlines()
    assert line.startswith("library/a.toml:1:1: error[CP112] `un deux\ufffd[2Jxxx")
    assert len(line) < 140


def test_faults_are_sorted_by_place_and_said_once() -> None:
    first = Diagnostic("CP112", Span("a.toml", 1, 1, 1, 2), {"value": "x", "key": "a"})
    last = Diagnostic("CP112", Span("b.toml", 1, 1, 1, 2), {"value": "x", "key": "a"})
    lines = faults_concisely([last, first, first], Text("x")).splitlines()
    assert [line.partition(":")[0] for line in lines] == ["library/a.toml", "library/b.toml"]


def test_colours_stand_on_a_terminal_only(monkeypatch: pytest.MonkeyPatch) -> None:
    fault = Diagnostic("CP006", Place("a.toml"))
    for name in ("NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)
    assert "\x1b" not in fault_report([fault], Text(""), "full")
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    coloured = fault_report([fault], Text(""), "full")
    assert "\x1b[1;31merror[CP006]" in coloured
    monkeypatch.setenv("NO_COLOR", "1")
    assert "31m" not in fault_report([fault], Text(""), "full")
