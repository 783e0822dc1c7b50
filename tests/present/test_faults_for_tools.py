"""Diagnostics for scripts, editors and code hosts."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from cpps_cli.diagnostics import Diagnostic, Place, Related, Span, Word
from cpps_cli.formats.registry import Manner, fault_report

TWICE = Diagnostic(
    "CP207",
    Span("a.toml", 2, 4, 2, 6),
    {"name": "x", "where": Word("used again here")},
    (Related(Span("b,c.toml", 1, 1, 1, 2), Word("the other one")),),
)
EMPTY = Diagnostic("CP006", Place("é 100%.toml"))
DISPUTED = Diagnostic("CP215", Place("a.toml"), {"key": "pages", "count": 2})
OUTSIDE = Diagnostic("CP005", Place("a.toml"))

# What readers of SARIF 2.1.0 ask of a log with results; its published schema is far longer.
REGION = {
    "type": "object",
    "required": ["startLine", "startColumn", "endLine", "endColumn"],
    "additionalProperties": {"type": "integer", "minimum": 1},
}
LOCATION = {
    "type": "object",
    "required": ["physicalLocation"],
    "properties": {
        "physicalLocation": {
            "type": "object",
            "required": ["artifactLocation"],
            "properties": {
                "artifactLocation": {
                    "required": ["uri"],
                    "properties": {"uri": {"pattern": r"^[A-Za-z0-9/._~%:,-]+$"}},
                },
                "region": REGION,
            },
            "additionalProperties": False,
        }
    },
}
TEXT = {"type": "object", "required": ["text"], "properties": {"text": {"minLength": 1}}}
LEVEL = {"enum": ["error", "warning", "note"]}
SARIF = {
    "type": "object",
    "required": ["$schema", "version", "runs"],
    "properties": {
        "version": {"const": "2.1.0"},
        "runs": {
            "minItems": 1,
            "items": {
                "required": ["tool", "results"],
                "properties": {
                    "columnKind": {"const": "unicodeCodePoints"},
                    "tool": {
                        "required": ["driver"],
                        "properties": {
                            "driver": {
                                "required": ["name", "rules"],
                                "properties": {
                                    "rules": {
                                        "items": {
                                            "required": ["id", "shortDescription"],
                                            "properties": {
                                                "shortDescription": TEXT,
                                                "fullDescription": TEXT,
                                            },
                                        }
                                    }
                                },
                            }
                        },
                    },
                    "results": {
                        "items": {
                            "required": ["ruleId", "ruleIndex", "level", "message", "locations"],
                            "properties": {
                                "level": LEVEL,
                                "message": TEXT,
                                "locations": {"minItems": 1, "items": LOCATION},
                                "relatedLocations": {"items": LOCATION},
                            },
                        }
                    },
                },
            },
        },
    },
}


class Text:
    """Two lines, the second with an accent that is stored apart."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def text(self, file: str) -> str:
        return "a = 1\ne\u0301 = xx\n"

    def locate(self, where: Place | Span) -> Span:
        return where if isinstance(where, Span) else Span(where.file, 1, 1, 1, 1)


@pytest.fixture
def lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Text:
    (tmp_path / "library").mkdir()
    monkeypatch.chdir(tmp_path)
    return Text(Path("library"))


def test_json_holds_the_place_and_the_words(lines: Text) -> None:
    document = json.loads(fault_report([TWICE, EMPTY, DISPUTED, OUTSIDE], lines, "json"))
    assert document["schema"] == "cpps.check/1"
    assert document["library"] == "library"
    assert document["summary"] == {"errors": 2, "warnings": 1, "notes": 1}
    assert document["diagnostics"][2] == {
        "code": "CP207",
        "severity": "error",
        "message": "the code `x` is used twice",
        "help": "give one of them another code",
        "file": "library/a.toml",
        "line": 2,
        "column": 4,
        "end_line": 2,
        "end_column": 6,
        "related": [
            {
                "message": "the other one",
                "file": "library/b,c.toml",
                "line": 1,
                "column": 1,
                "end_line": 1,
                "end_column": 2,
            }
        ],
    }
    whole = document["diagnostics"][-1]
    assert (whole["file"], whole["line"], whole["end_column"]) == (
        "library/é 100%.toml",
        None,
        None,
    )


def test_github_commands_are_escaped(lines: Text) -> None:
    assert fault_report([TWICE, EMPTY], lines, "github").splitlines() == [
        (
            "::error file=library/a.toml,line=2,endLine=2,col=4,endColumn=6,title=CP207::"
            "the code `x` is used twice%0Agive one of them another code"
        ),
        (
            "::error file=library/é 100%25.toml,title=CP006::"
            "the file is empty%0Awrite at least its required keys, or remove the file"
        ),
    ]
    [notice] = fault_report([DISPUTED], lines, "github").splitlines()
    assert notice.startswith("::notice ")


def test_sarif_is_what_its_readers_ask_for(lines: Text) -> None:
    log: dict[str, Any] = json.loads(
        fault_report([TWICE, EMPTY, DISPUTED, OUTSIDE], lines, "sarif")
    )
    jsonschema.validate(log, SARIF)
    run = log["runs"][0]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert rules == ["CP005", "CP006", "CP207", "CP215"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]] == result["ruleId"]
    twice = next(result for result in run["results"] if result["ruleId"] == "CP207")
    place = twice["locations"][0]["physicalLocation"]
    # Our column 4 is the fifth code point, because the accent is one of its own.
    assert place["region"] == {"startLine": 2, "startColumn": 5, "endLine": 2, "endColumn": 7}
    empty = next(result for result in run["results"] if result["ruleId"] == "CP006")
    uri = empty["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri == "library/%C3%A9%20100%25.toml"


def test_sarif_of_a_library_elsewhere_has_absolute_addresses(
    lines: Text, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines.root = tmp_path / "library"
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    log = json.loads(fault_report([OUTSIDE], lines, "sarif"))
    location = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert location["artifactLocation"]["uri"].startswith("file:///")


def test_nothing_found_is_an_answer_too(lines: Text) -> None:
    assert fault_report([], lines, "full") == "library: no fault\n"
    assert fault_report([], lines, "concise") == "library: no fault\n"
    assert fault_report([], lines, "github") == ""
    assert json.loads(fault_report([], lines, "json"))["diagnostics"] == []
    assert json.loads(fault_report([], lines, "sarif"))["runs"][0]["results"] == []


def test_notes_are_counted_after_errors_or_told_on_one_line_each(lines: Text) -> None:
    error = [
        "error[CP006]: the file is empty",
        "  --> library/é 100%.toml",
        "   = help: write at least its required keys, or remove the file",
        "",
    ]
    counted = [
        "note[CP215] × 1: disputed value",
        "`--all` tells each of these, with its place.",
        "",
    ]
    told = ["library/a.toml:1:1: note[CP215] sources disagree on `pages`: 2 values are held", ""]
    last = ["library: 1 error, 1 note"]
    text = fault_report([EMPTY, DISPUTED], lines, "full")
    assert text.splitlines() == [*error, *counted, *last]
    text = fault_report([EMPTY, DISPUTED], lines, "full", Manner(whole=True))
    assert text.splitlines() == [*error, *told, *last]
