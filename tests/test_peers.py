"""Faults that tools of this kind have, each reproduced in one of them: none can happen here.

The names say whose fault it was. Each test does what that tool did, on the fictional town.
"""

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import tomli
from pydantic_core._pydantic_core import list_all_errors

from cpps_cli.check.library import check_library
from cpps_cli.cli import main
from cpps_cli.formats.registry import fault_report
from cpps_cli.library.reader import open_library
from cpps_cli.library.toml_positions import scan
from tests.faults.cases import CASES, Case

DATA = Path(__file__).resolve().parents[1] / "data"
TOWN = "contrat-exemple-2021-2026"
Captured = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def _terminal(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name, value in (("COLUMNS", "80"), ("NO_COLOR", "1"), ("CPPS_LANG", "en")):
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("LANGUAGE", "en")
    monkeypatch.delenv("CPPS_DATA", raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def lib() -> Path:
    """A copy of the fictional town."""
    return Path(shutil.copytree(DATA / "exemple", "lib"))


def run(capsys: Captured, *words: str) -> tuple[int, str, str]:
    capsys.readouterr()
    code = main([*words] if words[0] == "check" else [*words, "--data", "lib"])
    return code, *capsys.readouterr()


def document(capsys: Captured, *words: str) -> Any:
    return json.loads(run(capsys, *words, "--format", "json")[1])


def faults(capsys: Captured) -> list[dict[str, Any]]:
    """What `check` finds in the town."""
    found: list[dict[str, Any]] = document_of_check(capsys)["diagnostics"]
    return found


def document_of_check(capsys: Captured) -> Any:
    return json.loads(run(capsys, "check", "lib", "--format", "json")[1])


def errors(capsys: Captured) -> list[tuple[str, str, int]]:
    return [
        (item["code"], Path(item["file"]).name, item["line"])
        for item in faults(capsys)
        if item["severity"] == "error"
    ]


# --- doorstop: a check that rewrites and stages files


def everything(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Every file, git's own too, with its bytes and the moment it was last written."""
    return {
        str(path): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file()
    }


READING = [
    *(("check", "lib", "--format", form) for form in ("full", "concise", "json", "sarif")),
    ("check", "lib", "--strict"),
    ("update",),
    ("update", "--all", "--check"),
    ("update", "-a", "1", "--take", "local", "--sheet", "9.9"),
    ("update", "-a", "1", "--take", "local"),
    ("pin",),
    ("derive", "-a", "1"),
    ("coverage",),
    ("show", "3.1", "-a", "1"),
    ("trace", "3.1", "-a", "1"),
    ("compare", "3.1"),
    ("history",),
    ("list-actions",),
    ("renegotiation-status",),
]


def test_doorstop_no_question_rewrites_or_stages_a_file(capsys: Captured, lib: Path) -> None:
    """Whether it is answered or refused, and whatever is wrong in the library."""
    if git := shutil.which("git"):
        for words in (("init", "-q"), ("add", "--all")):
            subprocess.run([git, *words], cwd=lib, check=True)
    amended = lib / TOWN / "amendments" / "avenant-1.toml"
    amended.write_text(amended.read_text("utf-8").replace("[[adapt]]", "[[adapt]] ", 1), "utf-8")
    (lib / TOWN / "local" / "EX003.toml").write_text('title = "x"\ntakes = "tout"\n', "utf-8")
    before = everything(lib)
    codes = {run(capsys, *words)[0] for words in READING}
    assert codes == {0, 1, 2}
    assert everything(lib) == before


# --- trestle: a change with no effect that only warns


HEAD = 'title = "T"\nparent_version = "avenant-2"\ntakes = "all"\n'
WITHOUT_EFFECT = [
    '[[adapt]]\nsheet = "mediation-nocturne"\n',
    '[[adapt]]\nsheet = "mediation-nocturne"\nset.title = "Déployer une médiation de nuit"\n',
    '[[adapt]]\nsheet = "mediation-nocturne"\nappend.places = ["Quai des Essais"]\n',
    '[[adapt]]\nsheet = "mediation-nocturne"\nremove.places = ["Nulle part"]\n',
    '[[adapt]]\nsheet = "sans-parent"\nset.title = "Titre"\n',
    '[[renumber]]\nsheet = "mediation-nocturne"\nnumber = "3.1"\n',
    '[[take]]\nsheet = "mediation-nocturne"\n',
    '[[exclude]]\nsheet = "harcelement-entre-eleves"\nreason = "Déjà abrogée"\n',
    '[[exclude]]\nsheet = "sans-parent"\nreason = "Jamais connue"\n',
    '[contract]\nset.term = "2021-03-15..2027-03-14"\n',
]


@pytest.mark.parametrize("change", WITHOUT_EFFECT)
def test_trestle_change_without_effect_is_an_error(
    capsys: Captured, lib: Path, change: str
) -> None:
    (lib / TOWN / "local" / "EX001.toml").write_text(HEAD + change, "utf-8")
    assert run(capsys, "check", "lib")[0] == 1
    [(code, file, line)] = errors(capsys)
    assert (code[:3], file, line > 3) == ("CP4", "EX001.toml", True) or code == "CP203"
    assert run(capsys, "derive", "-a", "1")[0] == 1
    assert run(capsys, "update", "-a", "1", "--apply")[0] == 1


# --- trestle: VALID although a local contract no longer derives


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_trestle_what_does_not_derive_does_not_pass_the_check(capsys: Captured, case: Case) -> None:
    """On every local text of every library of the corpus, and every place without one."""
    library = open_library(case.write(Path()))
    found = (*check_library(library), *library.faults)
    for name in library.contract_ids():
        contract = library.contract(name)
        for place in contract.local_territories if contract else ():
            code = main(["derive", "-a", place, "--contract", name, "--data", "library"])
            err = capsys.readouterr().err
            assert code == 0 or any(map(_is_error, found)), err
            for shown in re.findall(r"^error\[(CP\d+)\]", err, re.MULTILINE):
                assert shown in {fault.code for fault in found if _is_error(fault)}


def test_trestle_local_text_that_no_longer_derives_is_an_error_of_the_check(
    capsys: Captured, lib: Path
) -> None:
    """The parent lost the sheet that a local text, and an amendment, adapt: none says so."""
    (lib / TOWN / "sheets" / "personnes-agees.toml").unlink()
    assert run(capsys, "check", "lib")[0] == 1
    code, out, err = run(capsys, "derive", "-a", "1")
    assert (code, out) == (1, "")
    places = re.findall(
        r"^error\[(CP\d+)\][^\n]*\n *--> [^\n]*/([\w-]+\.toml):(\d+)", err, re.MULTILINE
    )
    told = {(code, file, int(line)) for code, file, line in places}
    wrong = errors(capsys)
    assert told == {item for item in wrong if item[1] == "avenant-2.toml"}  # read before the local
    assert "CP203" in {code for code, file, _line in wrong if file == "EX001.toml"}


def _is_error(fault: Any) -> bool:
    return bool(fault.severity == "error")


# --- copier: merge markers inside a multi-line string become contract text


CONTEXTS = {
    "signed": "Première ligne.\nDeuxième ligne.\nTroisième ligne.\n",
    "parent": "Première ligne.\nDeuxième ligne, de la commune.\nTroisième ligne.\n",
    "local": "Première ligne.\nDeuxième ligne, du quartier.\nTroisième ligne.\n",
}


@pytest.mark.parametrize(
    ("words", "stands"),
    [
        (("--apply",), "local"),
        (("--take", "local", "--sheet", "3.1", "--apply"), "local"),
        (("--take", "parent", "--sheet", "3.1", "--apply"), "parent"),
        (("--refuse", "Ici, non", "--sheet", "3.1", "--apply"), "local"),
    ],
)
def test_copier_two_texts_never_become_one_with_marks(
    capsys: Captured, lib: Path, words: tuple[str, ...], stands: str
) -> None:
    town = lib / TOWN
    sheet = town / "sheets" / "mediation-nocturne.toml"
    written = tomli.loads(sheet.read_text("utf-8"))["context"]
    assert written in sheet.read_text("utf-8")
    sheet.write_text(sheet.read_text("utf-8").replace(written, CONTEXTS["signed"]), "utf-8")
    for file, side in (("amendments/avenant-1", "parent"), ("local/EX001", "local")):
        path = town / f"{file}.toml"
        old = 'sheet = "mediation-nocturne"\n'
        assert path.read_text("utf-8").count(old) == 1
        new = f'{old}set.context = """\n{CONTEXTS[side]}"""\n'
        path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    # An earlier decision, so that only the context is open.
    schedule = ("--take", "local", "--sheet", "3.1", "--field", "schedule")
    assert run(capsys, "update", "-a", "1", *schedule)[0] == 0
    assert run(capsys, "update", "-a", "1", *words)[0] == 0
    held = "".join(path.read_text("utf-8") for path in town.rglob("*.toml"))
    assert not re.search(r"^(<<<<<<<|=======|>>>>>>>|\|\|\|\|\|\|\|)", held, re.MULTILINE)
    assert document(capsys, "show", "3.1", "-a", "1")["sheet"]["context"] == CONTEXTS[stands]


# --- StrictDoc: only the first error, without a line


def test_strictdoc_every_fault_of_a_run_has_its_line(capsys: Captured, lib: Path) -> None:
    wrong = {
        "sources.toml": '\n[sources.X]\ntitle = ""\n',
        f"{TOWN}/amendments/avenant-1.toml": '\n[[exclude]]\nsheet = "inconnue"\n',
        f"{TOWN}/local/EX001.toml": "\n[[take]]\nnumero = 1\n",
        f"{TOWN}/local/EX003.toml": '\n[[exclude]]\nsheet = "perdue"\n',
        f"{TOWN}/local/EX002.toml": '\n[[exclude]]\nsheet = "perdue" "x"\n',
    }
    expected = {("personnes-agees.toml", 1), ("personnes-agees.toml", 2)}
    top = lib / TOWN / "sheets" / "personnes-agees.toml"
    top.write_text('titel = "x"\nresponsable = 12\n' + top.read_text("utf-8"), "utf-8")
    for file, more in wrong.items():
        path = lib / file
        text = path.read_text("utf-8").rstrip("\n") + "\n"
        path.write_text(text + more, "utf-8")
        expected.add((path.name, text.count("\n") + 3))
    found = errors(capsys)
    assert all(line for _code, _file, line in found)
    assert {(file, line) for _code, file, line in found} >= expected


# --- doorstop: an unknown key accepted in silence


def tables(text: str) -> Iterator[int]:
    """Where each table with a header of its own begins, and the document itself."""
    for path, position in scan(text).items():
        if path and position.is_headed and position.key is not None:
            yield text.index("\n", position.key.end) + 1


def test_doorstop_unknown_key_is_found_in_every_table_of_every_file(
    capsys: Captured, lib: Path
) -> None:
    expected = set()
    for path in sorted(lib.rglob("*.toml")):
        lines = path.read_text("utf-8")
        for at in sorted(tables(lines), reverse=True):
            lines = f"{lines[:at]}bogus = 1\n{lines[at:]}"
        if path.name not in ("sources.toml", "territories.toml", "programmes.toml"):
            lines = f"bogus = 1\n{lines}"
        path.write_text(lines, "utf-8")
        for number, line in enumerate(lines.splitlines(), 1):
            if line == "bogus = 1":
                expected.add(("CP101", path.relative_to(lib).as_posix(), number))
    found = {
        (item["code"], Path(item["file"]).relative_to("lib").as_posix(), item["line"])
        for item in faults(capsys)
    }
    assert len(expected) > 60
    assert expected - found == set()


# --- GLPI: notice dates computed from the first term


@pytest.mark.parametrize(
    ("on", "ends_on", "state"),
    [
        ("2024-06-30", "2026-03-14", None),
        ("2026-06-01", "2027-03-14", None),
        ("2027-06-01", "2027-03-14", "over"),
    ],
)
def test_glpi_what_is_due_follows_the_term_as_amended(
    capsys: Captured, lib: Path, on: str, ends_on: str, state: str | None
) -> None:
    """Signed until March 2026, prolonged by an amendment of July 2024: so for the local texts."""
    words = ("renegotiation-status", "--on", on, "--contract", TOWN)
    found = document(capsys, *words)["contracts"]
    assert len(found) == 5
    for contract in found:
        assert contract["term"]["ends_on"] == ends_on
        assert contract["state"] not in ("over", "lapsed") or contract["state"] == state
        assert state is None or contract["state"] == state


def test_glpi_window_that_an_amendment_moved_is_the_one_that_counts(
    capsys: Captured, lib: Path
) -> None:
    path = lib / TOWN / "amendments" / "avenant-2.toml"
    moved = '[contract]\nset.window = "2025-S2"\n'
    path.write_text(path.read_text("utf-8").replace("[contract]\n", moved), "utf-8")
    for on, state in (("2025-06-30", "upcoming"), ("2025-07-01", "due"), ("2026-01-01", "overdue")):
        words = ("renegotiation-status", "--on", on)
        states = {item["id"]: item["state"] for item in document(capsys, *words)["contracts"]}
        assert states[TOWN] == states[f"{TOWN}/EX003"] == state


# --- OpenFastTrace: a green page for a red console


CASES_OF_A_TOWN = {
    "sound": None,
    "warned": "",
    "at-fault": '\n[[exclude]]\nsheet = "inconnue"\n',
}


@pytest.mark.parametrize("more", CASES_OF_A_TOWN.values(), ids=CASES_OF_A_TOWN)
@pytest.mark.parametrize("strict", [(), ("--strict",)])
def test_openfasttrace_every_format_of_check_tells_the_same(
    capsys: Captured, lib: Path, more: str | None, strict: tuple[str, ...]
) -> None:
    path = lib / TOWN / "local" / "EX001.toml"
    if more is None:
        shutil.rmtree(path.parent)
    else:
        path.write_text(path.read_text("utf-8") + more, "utf-8")
    told = {form: run(capsys, "check", "lib", "--all", *strict, "--format", form) for form in FORMS}
    assert len({code for code, _out, _err in told.values()}) == 1
    assert told["json"][0] == int(bool(more) or (bool(strict) and more is not None))
    said = {form: sorted(found(told[form][1])) for form, found in FORMS.items()}
    assert said["json"] == said["concise"] == said["github"] == said["sarif"] == said["full"]
    assert {severity for _code, severity, _line in said["json"]} >= (
        {"error"} if more else {"warning"} if more == "" else {"note"}
    )


Told = Iterator[tuple[str, str, int]]


def _in_json(out: str) -> Told:
    for item in json.loads(out)["diagnostics"]:
        yield item["code"], item["severity"], item["line"] or 1


def _in_sarif(out: str) -> Told:
    [sarif] = json.loads(out)["runs"]
    for item in sarif["results"]:
        region = item["locations"][0]["physicalLocation"].get("region", {})
        yield item["ruleId"], item["level"], region.get("startLine", 1)


def _in_lines(out: str) -> Told:
    for line, severity, code in re.findall(r":(\d+):\d+: (\w+)\[(CP\d+)\]", out):
        yield code, severity, int(line)


def _in_full(out: str) -> Told:
    """Notes stand on a line each, as in the concise format."""
    yield from _in_lines(out)
    pattern = r"^(\w+)\[(CP\d+)\]: .*\n *--> [^\n]*?\.toml(?::(\d+))?"
    for severity, code, line in re.findall(pattern, out, re.MULTILINE):
        yield code, severity, int(line or 1)


def _on_github(out: str) -> Told:
    pattern = r"^::(\w+) file=[^,]*,(?:line=(\d+),.*?)?title=(CP\d+)::"
    for severity, line, code in re.findall(pattern, out, re.MULTILINE):
        yield code, severity.replace("notice", "note"), int(line or 1)


FORMS = {
    "json": _in_json,
    "sarif": _in_sarif,
    "concise": _in_lines,
    "full": _in_full,
    "github": _on_github,
}


def test_openfasttrace_all_that_speak_of_what_is_to_be_read_again_agree(
    capsys: Captured, lib: Path
) -> None:
    """A field asked about, a sheet left out whose text moved, and a text that nothing concerns."""
    path = lib / TOWN / "local" / "EX003.toml"
    more = '\n[[exclude]]\nsheet = "decrochage-scolaire"\nreason = "Pas ici"\n'
    text = path.read_text("utf-8").replace('"avenant-1"', '"signed"')
    path.write_text(text + more, "utf-8")
    expected = {("EX001", "mediation-nocturne"), ("EX003", "decrochage-scolaire")}
    update = document(capsys, "update", "--all")
    assert expected == {
        (local["territory"], question["sheet"])
        for local in update["contracts"]
        for question in local["questions"]
    }
    assert expected == set(_reread_in_derive(capsys))
    coverage = document(capsys, "coverage")
    assert expected == {
        (local["territory"], outcome["sheet"])
        for local in coverage["contracts"]
        for outcome in local["sheets"]
        if outcome["to_reread"]
    }
    warned = [item for item in faults(capsys) if item["code"] == "CP410"]
    assert sorted(Path(item["file"]).stem for item in warned) == sorted(dict(expected))
    assert run(capsys, "update", "--all", "--check")[0] == 1


def _reread_in_derive(capsys: Captured) -> Iterator[tuple[str, str]]:
    for place in ("EX001", "EX002", "EX003"):
        derived = document(capsys, "derive", "-a", place)
        for sheet in (*derived["sheets"], *derived["left_out"]):
            if sheet.get("to_reread"):
                yield place, sheet["code"]


# --- trestle: hints taken from the validation library


WRONG_VALUES = [
    "true", "1", "-1", "1.5", "nan", '""', '"x"', "[]", "[1]", '["x"]', "{}", "{ x = 1 }",
    "1979-05-27", "1979-05-27T07:32:00Z", "07:32:00", "99999999999999999999",
]  # fmt: skip


def _of_pydantic() -> list[str]:
    """The words of its messages that stand before and after what it fills in."""
    messages = [str(error["message_template_python"]) for error in list_all_errors()]
    pieces = (piece.strip() for message in messages for piece in re.split(r"\{\w+\}", message))
    return [piece for piece in pieces if len(piece) > 14]


@pytest.mark.parametrize("value", WRONG_VALUES)
def test_trestle_no_sentence_of_the_validation_library_is_shown(lib: Path, value: str) -> None:
    """A value of every wrong type, under each key of each file."""
    theirs = _of_pydantic()
    assert len(theirs) > 60
    for file in lib.rglob("*.toml"):
        text = file.read_text("utf-8")
        pattern = r'^(\w[\w.]* = )(?:"[^"\n]*"|\d[\d-]*)$'
        file.write_text(
            re.sub(pattern, lambda found: found[1] + value, text, flags=re.MULTILINE), "utf-8"
        )
    library = open_library(lib)
    said = fault_report((*check_library(library), *library.faults), library, "full")
    assert [words for words in theirs if words in said] == []
    assert not re.search(r"pydantic|validator|type=|input_|Extra inputs|Field required", said)
