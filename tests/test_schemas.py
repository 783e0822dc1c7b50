"""The schemas of the files and of the answers, held against real files and real answers."""

import json
import os
import re
import subprocess
import sysconfig
import warnings
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
import tomli
from jsonschema import Draft202012Validator

from cpps_cli.library.schemas import FILE_KINDS, FileKind, file_schema
from cpps_cli.library.validate import FROM_NAME, written_keys
from cpps_cli.present.schemas import documents, schema_named, schema_names

with warnings.catch_warnings():
    # The typer that we pin asks the newest click for what click 9 will drop.
    warnings.simplefilter("ignore", DeprecationWarning)
    from cpps_cli.cli.app import run
    from cpps_cli.cli.commands import COMMANDS, WRITE
    from cpps_cli.cli.complete import complete_schema

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "data"
FILES = sorted(DATA.rglob("*.toml"))
SCHEMAS = {name: schema_named(name) or {} for name in schema_names()}
SCHEMA_LINE = re.compile(r"#:schema (?P<path>\S+)\n")
DOCUMENT = re.compile(r"\"(cpps\.[a-z-]+/[0-9]+)\"")
# What a verb that reads is asked, besides nothing at all: those that do not apply are refused.
QUESTIONS: tuple[list[str], ...] = (
    [],
    ["--all"],
    ["--arrondissement", "18"],
    ["--arrondissement", "19"],
    ["1.1"],
    ["promouvoir-la-citoyennete"],
    ["1.1", "--arrondissement", "14"],
    ["--on", "2017-09-01"],
)


def in_json(value: Any) -> Any:
    """What TOML holds, as JSON has it: dates are texts."""
    match value:
        case dict():
            return {key: in_json(item) for key, item in value.items()}
        case list():
            return [in_json(item) for item in value]
        case date():
            return value.isoformat()
        case _:
            return value


def faults(schema: dict[str, Any], value: Any) -> list[str]:
    checker = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    return [f"{fault.json_path}: {fault.message}" for fault in checker.iter_errors(value)]


def tables(schema: Any) -> Iterator[dict[str, Any]]:
    """Every part of a schema that describes a table with keys."""
    if isinstance(schema, dict):
        if "properties" in schema and schema.get("type") == "object":
            yield schema
        for item in schema.values():
            yield from tables(item)
    elif isinstance(schema, list):
        for item in schema:
            yield from tables(item)


# --- the schemas themselves


@pytest.mark.parametrize("name", SCHEMAS)
def test_schema_is_sound_and_closed(name: str) -> None:
    schema = SCHEMAS[name]
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == Draft202012Validator.META_SCHEMA["$id"]
    assert schema["title"]
    assert schema["description"]
    assert list(tables(schema))
    assert all(table["additionalProperties"] is False for table in tables(schema))


@pytest.mark.parametrize("kind", FILE_KINDS, ids=lambda kind: kind.name)
def test_every_key_of_a_file_is_explained(kind: FileKind) -> None:
    schema = file_schema(kind)
    unexplained = [
        f"{table.get('title')}.{key}"
        for table in tables(schema)
        for key, item in table["properties"].items()
        if not item.get("description")
    ]
    assert unexplained == []
    assert all(table["description"] for table in tables(schema))


@pytest.mark.parametrize("kind", FILE_KINDS, ids=lambda kind: kind.name)
def test_what_a_name_says_is_not_written_in_the_file(kind: FileKind) -> None:
    schema = file_schema(kind)
    assert set(schema["properties"]) == set(written_keys(kind.noun))
    properties = [item for table in tables(schema) for item in table["properties"].values()]
    assert not any(item.items() >= FROM_NAME.items() for item in properties)


def test_every_document_that_is_named_in_the_code_has_a_schema() -> None:
    modules = (ROOT / "src" / "cpps_cli" / "present").rglob("*.py")
    named = {name for path in modules for name in DOCUMENT.findall(path.read_text("utf-8"))}
    assert named == set(documents())


# --- the files


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(DATA).as_posix())
def test_file_answers_to_the_schema_it_names(path: Path) -> None:
    text = path.read_text("utf-8")
    line = SCHEMA_LINE.match(text)
    assert line, "the first line names no schema"
    schema = (path.parent / line["path"]).resolve()
    assert schema.parent == DATA / path.relative_to(DATA).parts[0] / "schemas"
    assert faults(json.loads(schema.read_text("utf-8")), in_json(tomli.loads(text))) == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("sheet", 'titre = "Un autre mot"'),
        ("sheet", 'code = "cenomed"'),
        ("sheet", 'title = ""'),
        ("sheet", 'number = "fiche 1"'),
        ("sheet", "inferred = ['context']"),
        ("contract", 'title = "Sans territoire"'),
        ("contract", 'title = "A"\nterritory = "75056"\npages = true'),
        ("contract", 'title = "A"\nterritory = "75056"\nterm = "2017-S3"'),
        ("contract", 'title = "A"\nterritory = "75056"\nterm = "fin 2017"'),
        ("contract", 'title = "A"\nterritory = "75056"\nid = "a"'),
        ("contract", 'title = "A"\nterritory = "75056"\nsheets = []'),
        ("overlay", 'title = "A"\ntakes = "some"'),
        ("overlay", 'title = "A"\ntakes = "all"\nmerge = [{ sheets = ["a"], code = "b" }]'),
        ("overlay", 'title = "A"\ntakes = "all"\nmerge = [{ code = "c", keep.titre = "a" }]'),
        ("amendment", 'title = "A"\nin_force_on = "en mai"'),
        ("sources", '[sources."à part"]\ntitle = "A"'),
        ("territories", '[territories.75101]\nname = "1er"\ncode = "75101"'),
        ("library", 'format = 2\ntitle = "A"\ncontract = "a"'),
    ],
)
def test_wrong_file_is_refused(name: str, text: str) -> None:
    assert faults(SCHEMAS[name], in_json(tomli.loads(text)))


@pytest.mark.parametrize(
    "term", ["2017-07-01", '"2017-07-01"', '"2017-07"', '"2017-Q3"', '"2017"', '"2017-S2..2018-S1"']
)
def test_period_may_be_a_date_or_a_text(term: str) -> None:
    table = tomli.loads(f'title = "A"\nterritory = "75056"\nterm = {term}')
    assert faults(SCHEMAS["contract"], in_json(table)) == []


# --- the answers


@pytest.mark.parametrize("command", [row[1] for row in COMMANDS if row[0] != WRITE])
def test_answer_in_json_answers_to_its_schema(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for library in ("paris", "exemple"):
        for words in QUESTIONS:
            run([command, *words, "--format", "json", "--data", str(DATA / library)])
            out = capsys.readouterr().out
            answer = json.loads(out) if out.startswith("{") else {}
            name = str(answer.get("schema", ""))
            if name.startswith("cpps."):
                assert faults(SCHEMAS[name], answer) == [], [command, *words]


@pytest.mark.parametrize(
    ("words", "name"),
    [
        (["list-actions"], "cpps.action-sheets/1"),
        (["derive", "--arrondissement", "19"], "cpps.derived-contract/1"),
        (["derive", "--all"], "cpps.derived-contracts/1"),
        (["renegotiation-status", "--on", "2017-09-01"], "cpps.renegotiation/1"),
        (["schema"], "cpps.schemas/1"),
    ],
)
def test_answer_names_its_schema(
    words: list[str], name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*words, "--format", "json", "--data", str(DATA / "paris")]) == 0
    assert json.loads(capsys.readouterr().out)["schema"] == name


def test_key_that_a_schema_does_not_have_is_refused() -> None:
    answer = {"schema": "cpps.schemas/1", "schemas": [], "more": 1}
    assert faults(SCHEMAS["cpps.schemas/1"], answer)


# --- an editor


def tombi(folder: Path, *files: str) -> "subprocess.CompletedProcess[str]":
    """What an editor's linter says, without a network and without a cache of its own."""
    program = Path(sysconfig.get_path("scripts")) / "tombi"
    home = folder / "home"
    home.mkdir(exist_ok=True)
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    said = {"NO_COLOR": "1", "HOME": str(home), "XDG_CACHE_HOME": str(home), **kept}
    return subprocess.run(
        [program, "lint", "--offline", *files],
        cwd=folder,
        env=said,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    copytree(DATA, tmp_path / "data")
    return tmp_path


def test_editor_finds_no_error_in_the_libraries(copied: Path) -> None:
    files = [path.relative_to(ROOT).as_posix() for path in FILES]
    said = tombi(copied, *files)
    assert "Error" not in said.stdout + said.stderr
    assert said.returncode == 0
    assert f"{len(files)} files linted successfully" in said.stdout + said.stderr


@pytest.mark.parametrize(
    ("before", "after", "place", "sentence"),
    [
        ('takes = "listed"', 'takes = "some"', "5:9", '"some"'),
        ('short_title = "', 'nickname = "', "3:1", '"nickname" is not allowed'),
        ('parent = "tranquillite"', 'parent = "Tranquillité"', "18:10", "does not match"),
    ],
)
def test_editor_says_where_a_value_is_wrong(
    copied: Path, before: str, after: str, place: str, sentence: str
) -> None:
    file = "data/exemple/contrat-exemple-2021-2026/local/EX002.toml"
    text = (copied / file).read_text("utf-8")
    assert before in text
    (copied / file).write_text(text.replace(before, after, 1), "utf-8", newline="\n")
    said = tombi(copied, file)
    assert said.returncode == 1
    assert f"{file}:{place}" in (said.stdout + said.stderr).replace("\\", "/")
    assert sentence in said.stdout + said.stderr


def test_editor_wants_a_toml_date_where_the_reader_does(copied: Path) -> None:
    file = "data/exemple/contrat-exemple-2021-2026/amendments/avenant-1.toml"
    text = (copied / file).read_text("utf-8")
    quoted = text.replace("in_force_on = 2022-09-01", 'in_force_on = "2022-09-01"')
    (copied / file).write_text(quoted, "utf-8", newline="\n")
    assert tombi(copied, file).returncode == 1


# --- the verb


def test_without_name_every_schema_is_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["schema", "--format", "json"]) == 0
    listed = json.loads(capsys.readouterr().out)["schemas"]
    assert [item["name"] for item in listed] == list(schema_names())
    assert all(item["about"] for item in listed)


@pytest.mark.parametrize("name", SCHEMAS)
def test_with_a_name_that_schema_is_printed(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["schema", name]) == 0
    assert json.loads(capsys.readouterr().out) == SCHEMAS[name]


def test_unknown_name_gets_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["schema", "sheets"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "there is no schema `sheets`" in said.err
    assert "did you mean `sheet`?" in said.err


def test_output_writes_the_schemas_of_the_files(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "schemas"
    for _ in range(2):  # those that exist are replaced
        assert run(["schema", "--output", str(folder)]) == 0
    assert capsys.readouterr().out == ""
    written = {path.name: json.loads(path.read_text("utf-8")) for path in folder.iterdir()}
    assert written == {f"{kind.name}.json": SCHEMAS[kind.name] for kind in FILE_KINDS}


def test_output_that_is_no_folder_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("mine", "utf-8")
    assert run(["schema", "--output", str(tmp_path / "file")]) == 2
    assert run(["schema", "--output", str(tmp_path / "no" / "where")]) == 2
    assert run(["schema", "sheet", "--output", str(tmp_path)]) == 2
    assert "cannot be written" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_names_of_files_are_completed_without_the_models() -> None:
    assert [name for name, _ in complete_schema("")] == [kind.name for kind in FILE_KINDS]
    assert complete_schema("so") == [("sources", "")]
