"""`tools/judge.py`: its examples leave out no verb, no option and no format."""

import contextlib
import io
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest
from tools.judge import EXAMPLES, ROOT, compare, difference
from tools.judge_examples import Example, examples_of, expanded, formats, options, uncovered

from cpps_cli.cli import main

HELP = """\
Options
  -a, --arrondissement N,…  One or several.
  --all                     Every local contract.
  -f, --format FORMAT       How it is written: table, json, markdown, or
                            ics for a calendar.

Common options
  --data DIR                The library to read.
"""


@cache
def printed(*words: str) -> str:
    with contextlib.redirect_stdout(io.StringIO()) as out, pytest.MonkeyPatch.context() as patch:
        patch.setenv("COLUMNS", "80")
        assert main([*words, "--lang", "en"]) == 0
    return out.getvalue()


def ask(words: list[str]) -> str:
    return printed(*words)


def listed(text: str) -> list[Example]:
    return examples_of(text, ask, ROOT / "data")


def test_examples_cover_every_verb_option_and_format() -> None:
    examples = listed(EXAMPLES.read_text(encoding="utf-8"))
    assert len({example.name for example in examples}) == len(examples) > 1000


@pytest.mark.parametrize(
    ("left_out", "missing"),
    [
        ("disputes", "disputes"),
        ("--fail-on", "renegotiation-status --fail-on"),
        ("--to-review", "coverage --to-review"),
        ("-a", "derive --arrondissement"),
        ("parquet", "export --format parquet"),
    ],
)
def test_example_that_is_missing_is_named(left_out: str, missing: str) -> None:
    text = EXAMPLES.read_text(encoding="utf-8")
    examples = [
        example for example in listed(text) if not any(left_out in words for words in example.steps)
    ]
    verb = missing.partition(" ")[0]
    assert missing in uncovered(examples, {verb: printed(verb, "--help")})


def test_list_without_examples_is_refused() -> None:
    with pytest.raises(SystemExit, match="no example of:\n"):
        listed("[none]\nlist-actions\n")


def test_help_is_read() -> None:
    assert options(HELP) == [("-a", "--arrondissement"), ("--all",), ("-f", "--format")]
    assert formats(HELP) == ["table", "json", "markdown", "ics"]


def test_line_stands_for_many() -> None:
    lists = {
        "sheets c": ["x"],
        "formats show": ["--format json"],
        "formats check": ["--format full"],
    }
    assert list(expanded("A=1 show 1.1 {formats}", lists)) == ["A=1 show 1.1 --format json"]
    assert list(expanded("show {sheets c} {|-a 1} ; {check {formats}|list}", lists)) == [
        "show x ; check --format full",
        "show x ; list",
        "show x -a 1 ; check --format full",
        "show x -a 1 ; list",
    ]


def recording(folder: Path, results: Mapping[str, Mapping[str, str]]) -> Path:
    """A recording of one text each."""
    (folder / "blobs").mkdir(parents=True)
    for texts in results.values():
        for text in texts.values():
            (folder / "blobs" / text).write_text(f"{text}\n", encoding="utf-8")
    found = {"only": [], "examples": results}
    (folder / "results.json").write_text(json.dumps(found), encoding="utf-8")
    return folder


def test_difference_is_shown_unless_allowed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old = recording(tmp_path / "old", {"en: a": {"1 stdout": "one"}, "en: b": {"1 stdout": "same"}})
    new = recording(tmp_path / "new", {"en: a": {"1 stdout": "two"}, "en: b": {"1 stdout": "same"}})
    nothing, wanted = tmp_path / "nothing.toml", tmp_path / "wanted.toml"
    nothing.write_text("")
    wanted.write_text('[[allowed]]\nexample = "en: a*"\nreason = "A better word."\n')
    assert compare(old, new, nothing) == 1
    assert (
        "=== en: a\n--- 1 stdout\n+++ 1 stdout\n@@ -1 +1 @@\n-one\n+two\n"
        in capsys.readouterr().out
    )
    assert compare(old, new, wanted) == 0
    assert capsys.readouterr().out == "2 examples: 0 differ, 1 more as allowed\n"
    assert compare(old, old, nothing) == 0
    assert compare(old, old, wanted) == 1
    assert "allowed to differ, and does not: en: a*\n" in capsys.readouterr().out


def test_example_of_one_recording_alone_is_a_difference(tmp_path: Path) -> None:
    old = recording(tmp_path / "old", {"en: a": {"1 stdout": "one"}})
    new = recording(tmp_path / "new", {})
    nothing = tmp_path / "nothing.toml"
    nothing.write_text("")
    assert compare(old, new, nothing) == 1


def test_long_difference_is_cut() -> None:
    assert difference("1 stdout", [], ["x"] * 100)[-1] == "… 79 lines more"
