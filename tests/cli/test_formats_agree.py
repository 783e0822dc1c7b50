"""The same facts in every format: what JSON tells of each thing, csv, tables and Markdown tell."""

import csv
import io
import json
import re
from collections.abc import Iterator
from fnmatch import fnmatch
from typing import Any

import pytest

from cpps_cli.cli import main

Captured = pytest.CaptureFixture[str]
VERBS = {
    "paris": [
        "list-actions",
        "list-contracts",
        "disputes",
        "derive -a 19",
        "derive -a 3",
        "coverage",
        "coverage --sheet 1.1",
        "coverage --left-out",
        "coverage -a 19",
        "show vente-a-la-sauvette",
        "show 1.2 -a 19",
        "show 1.3 -a 19",
        "trace 1.2 -a 19",
        "trace contract",
        "history",
        "renegotiation-status --on 2017-09-01",
        "timeline",
        "calendar --on 2015-06-01 --all",
        "diff cps-2009 cpps-2015-2020",
    ],
    "exemple": [
        "list-actions",
        "list-contracts",
        "disputes",
        "derive -a 1",
        "derive -a 2",
        "derive --all",
        "coverage",
        "coverage --left-out",
        "coverage --to-review",
        "coverage -a 2",
        "show 1.1",
        "show 2.1 -a 2",
        "show risques-en-ligne -a 2",
        "trace 1.1 -a 2",
        "history",
        "history -a 2",
        "renegotiation-status --on 2024-01-01",
        "timeline",
        "calendar --on 2024-01-01 --all",
        "diff contrat-exemple-2021-2026@signed contrat-exemple-2021-2026@avenant-2",
        "diff contrat-exemple-2021-2026 contrat-exemple-2027-2032",
    ],
}
ASKED = [(library, words) for library, verbs in VERBS.items() for words in verbs]
# Csv has a row for each thing: it holds neither the head of the answer, nor sums, nor the titles of
# sources, nor how a long text is cut into words that are the same, new or gone.
_NOT_OF_A_ROW = (
    *("schema", "reconstruction", "contract", "title", "territory", "version", "parent_version"),
    *("basis", "on", "announced", "titled", "signed_on", "within", "without_date", "place"),
    *("past_left_out", "paired_by", "spoken_of", "current", "*.schema", "*totals.*"),
    *("*summary.*", "sources.*", "contract.*", "contracts.*.contract", "contracts.*.contract.*"),
    *("contracts.*.announced", "contracts.*.local_territories.*", "contracts.*.name"),
    *("before.*", "after.*", "correspondence.known", "correspondence.passages.*"),
    *("correspondence.sources.*", "*.items.*.was", "*.items.*.now", "*.items.*.change"),
    *("*.words.*.mark", "*.fields.*.before.*", "*.fields.*.after.*", "*.contract.*.before.*"),
    *("*.contract.*.after.*", "*.fate", "values.*.lines.*.column", "sheet.disputes.*.topic"),
    *("*.disputes.*.fields.*", "*.reasons.*.version", "exclusions.*", "*.exclusions.*.contract"),
    *("*amendments.*.axis_code", "*.values.*.starts_on", "*.values.*.ends_on"),
    *("programmes.*.sheets.*.number", "programmes.*.sheets.*.title"),
)
# What csv adds to say where a row stands, or puts together from several keys.
_OF_A_ROW = {"about", "what", "change", "field", "kind", "rank", "text", "value", "words"}
_OF_A_ROW |= {"axis", "axis_code", "basis", "name", "number", "local_numbers"}


def answered(library: str, words: str, format: str, capsys: Captured) -> str:
    assert main(["--data", library, *words.split(), "--format", format]) == 0
    return capsys.readouterr().out


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Each text and figure of an answer, with its path: `sheets.*.title`."""
    match value:
        case dict():
            for key, item in value.items():
                yield from leaves(item, f"{path}.{key}".lstrip("."))
        case list():
            for item in value:
                yield from leaves(item, f"{path}.*")
        case None | bool():
            return
        case _:
            yield path, " ".join(str(value).split())


@pytest.mark.parametrize(("library", "words"), ASKED)
def test_csv_tells_what_json_tells_of_each_thing(
    library: str, words: str, capsys: Captured
) -> None:
    document = json.loads(answered(library, words, "json", capsys))
    _head, *rows = csv.reader(io.StringIO(answered(library, words, "csv", capsys)))
    cells = {" ".join(cell.split()) for row in rows for cell in row}
    parts = cells | {part for cell in cells for part in cell.split()}
    held = "\n".join(cells)
    missing = {
        path: value
        for path, value in leaves(document)
        if not any(fnmatch(path, pattern) for pattern in _NOT_OF_A_ROW)
        and value not in parts
        and (len(value) < 4 or value not in held)
    }
    assert missing == {}


@pytest.mark.parametrize(("library", "words"), ASKED)
def test_csv_tells_nothing_that_json_does_not(library: str, words: str, capsys: Captured) -> None:
    document = json.loads(answered(library, words, "json", capsys))
    head, *rows = csv.reader(io.StringIO(answered(library, words, "csv", capsys)))
    known = json.dumps(document, ensure_ascii=False)
    held = " ".join(known.replace("\\n", " ").replace('\\"', '"').split())
    for row in rows:
        for key, cell in zip(head, row, strict=True):
            pieces = re.split(r" \| |; |\s", cell) if key not in _OF_A_ROW else []
            assert [piece for piece in pieces if piece not in f"{held}true false ?"] == [], key


@pytest.mark.parametrize(("library", "words"), ASKED)
def test_table_and_markdown_say_the_same(
    library: str, words: str, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "4000")
    if words == "timeline":
        return  # a drawing there, a table here
    plain = re.compile(r"\W+")
    table = {*plain.split(answered(library, words, "table", capsys))}
    markdown = answered(library, words, "markdown", capsys).replace("\\", "")
    assert table ^ {*plain.split(markdown)} <= {"br"}


@pytest.mark.parametrize(("library", "words"), ASKED)
def test_table_names_each_thing_and_why(
    library: str, words: str, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "4000")
    document = json.loads(answered(library, words, "json", capsys))
    table = " ".join(answered(library, words, "table", capsys).split())
    told = {"sheets", "left_out", "exclusions", "removed", "added"}
    for path, value in leaves(document):
        keys = path.split(".")
        named = keys[-1] in ("title", "reason", "decided_by") and told & {*keys}
        if named and not keys[0].startswith("contracts"):
            assert value.rstrip(".") in table, path
