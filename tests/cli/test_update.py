"""`cpps update`: report first, write on request, never lose anything."""

import csv
import json
import subprocess
import sys
from difflib import ndiff
from io import StringIO
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
import tomli

import cpps_cli
from cpps_cli.cli import main
from cpps_cli.library import transaction
from cpps_cli.present.schemas import schema_named
from tests.unprivileged import UNPRIVILEGED

DATA = Path(__file__).resolve().parents[2] / "data"
LOCAL = "contrat-exemple-2021-2026/local"
ASKED = ("--sheet", "mediation-nocturne", "--field", "schedule")
Captured = pytest.CaptureFixture[str]


@pytest.fixture
def local() -> Path:
    """The folder of the local texts, in a copy of the fictional town."""
    copytree(DATA / "exemple", "lib")
    return Path("lib", LOCAL)


def texts(folder: Path) -> dict[str, bytes]:
    """Every file of a folder, those that a write would leave behind too."""
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def run(capsys: Captured, *words: str, lang: str = "en") -> tuple[int, str, str]:
    """The exit code, standard output on one line, and standard error."""
    capsys.readouterr()
    code = main(["update", *words, "--data", "lib", "--lang", lang])
    out, err = capsys.readouterr()
    return code, " ".join(out.split()), err


def document(capsys: Captured, *words: str, code: int = 0) -> dict[str, Any]:
    capsys.readouterr()
    assert main(["update", *words, "--data", "lib", "--format", "json"]) == code
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    jsonschema = pytest.importorskip("jsonschema")
    jsonschema.validate(found, schema_named(found["schema"]))
    return found


def changed(before: str, after: str) -> list[str]:
    """The lines that went and that came, fingerprints shortened."""
    lines = (line for line in ndiff(before.splitlines(), after.splitlines()) if line[0] in "+-")
    return [line.split("sha256:")[0] for line in lines]


def asked(found: dict[str, Any]) -> list[tuple[str, str | None, str]]:
    return [
        (local["territory"], item["sheet"], item["field"])
        for local in found["contracts"]
        for item in local["questions"]
    ]


# --- the report


def test_report_shows_three_texts_and_writes_nothing(capsys: Captured, local: Path) -> None:
    before = texts(local)
    code, out, err = run(capsys, "-a", "Moulin")
    assert (code, err) == (0, "")
    assert "1 thing is to be read again" in out
    assert "The parent then: – [-Mai 2021 : recrutement et formation de l'équipe-]" in out
    assert "The parent now: – {+De mai à octobre : présence quatre soirs par semaine+}" in out
    assert "Here: – Avril 2022 : première tournée dans le quartier" in out
    assert f"Local change: {LOCAL}/EX001.toml:25:3" in out
    assert "lead: – before: La [-mission prévention-] de la mairie d'Exempleville" in out
    assert "– after: La {+direction de l'éducation+} de la mairie d'Exempleville" in out
    assert "1 file can be written without a decision: add `--apply`." in out
    assert texts(local) == before


def test_report_of_all_has_a_line_for_each_text(capsys: Captured, local: Path) -> None:
    code, out, err = run(capsys)
    assert (code, err) == (0, "")
    assert "Moulin signed text 1 3 can be written; questions stay open" in out
    assert "Pochoir avenant-2 0 0 up to date" in out
    assert "No text is known of 1 local contract." in out


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("words", [(), ("-a", "Moulin"), ("-a", "EX004"), ("--on", "2022-10-01")])
def test_report_fits_80_columns_but_for_its_commands(
    capsys: Captured, local: Path, words: tuple[str, ...], lang: str
) -> None:
    assert main(["update", *words, "--data", "lib", "--lang", lang]) == 0
    assert max(map(len, capsys.readouterr().out.splitlines())) <= 80


def test_report_speaks_french(capsys: Captured, local: Path) -> None:
    code, out, err = run(capsys, "-a", "Moulin", lang="fr")
    assert (code, err) == (0, "")
    assert "À relire" in out
    assert "The parent" not in out
    assert "--take" in out


def test_json_says_what_is_asked_and_where(capsys: Captured, local: Path) -> None:
    found = document(capsys, "--all")
    assert asked(found) == [("EX001", "mediation-nocturne", "schedule")]
    assert (found["written"], found["left"]) == (None, None)
    assert found["without_text"] == ["EX004"]
    assert found["summary"] == {"to_reread": 1, "ready": 2, "up_to_date": 1}
    [question] = found["contracts"][0]["questions"]
    assert (question["kind"], question["amendments"]) == ("reworded", ["avenant-1"])
    assert (question["file"], question["line"]) == (f"{LOCAL}/EX001.toml", 25)
    assert question["parent"][0]["before"] != question["parent"][0]["now"]


def test_csv_has_a_line_for_each_thing(capsys: Captured, local: Path) -> None:
    assert main(["update", "-a", "Moulin", "--data", "lib", "--format", "csv"]) == 0
    rows = list(csv.DictReader(StringIO(capsys.readouterr().out)))
    [question] = [row for row in rows if row["what"] == "to_reread"]
    assert (question["sheet"], question["field"]) == ("mediation-nocturne", "schedule")
    assert question["stance"] == "to_decide"
    assert {row["what"] for row in rows} == {"to_reread", "flows", "new", "gone"}


def test_markdown_has_the_same_titles(capsys: Captured, local: Path) -> None:
    assert main(["update", "-a", "Moulin", "--data", "lib", "--format", "markdown"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("# Update of the local contracts")
    assert "\n### To read again\n" in out


def test_check_exits_with_1_while_something_is_asked(capsys: Captured, local: Path) -> None:
    assert run(capsys, "--check")[0] == 1
    assert run(capsys, "--check", "-a", "Gabarit")[0] == 0
    assert run(capsys, "-a", "Moulin", "--take", "local", *ASKED)[0] == 0
    assert run(capsys, "--check")[0] == 0


def test_day_before_the_amendment_asks_nothing(capsys: Captured, local: Path) -> None:
    assert asked(document(capsys, "--on", "2022-08-31")) == []
    assert len(asked(document(capsys, "--on", "2022-09-01"))) == 1
    code, out, err = run(capsys, "--on", "2021-03-14")
    assert (code, out) == (1, "")
    assert "was signed on 15 March 2021" in err


def test_text_written_for_a_later_day_is_left_alone(capsys: Captured, local: Path) -> None:
    before = texts(local)
    code, out, _err = run(capsys, "-a", "Pochoir", "--on", "2022-10-01", "--check", "--apply")
    assert code == 0
    assert "That text is later than the one asked for: nothing is to be done." in out
    assert "Nothing was to be written." in out
    words = ("-a", "Pochoir", "--on", "2022-10-01", "--take", "parent", "--sheet", "2.1")
    code, out, err = run(capsys, *words)
    assert (code, out) == (1, "")
    assert "nothing is asked about `2.1`" in err
    assert texts(local) == before


# --- what is written


def test_apply_writes_only_what_needs_no_decision(capsys: Captured, local: Path) -> None:
    path, others = local / "EX001.toml", texts(local)
    before = path.read_text("utf-8")
    code, out, err = run(capsys, "-a", "Moulin", "--apply")
    assert (code, err) == (0, "")
    assert f"Written: {LOCAL}/EX001.toml" in out
    assert changed(before, path.read_text("utf-8")) == [
        '- parent_version = "signed"',
        '+ parent_version = "avenant-2"',
        '+ parent_fingerprint = "',
        '+ rests_on.partners = "',
        '+ rests_on.means = "',
        '+ rests_on.partners = "',
        '+ rests_on.places = "',
        '+ rests_on.methods = "',
        '+ rests_on.places = "',
        '+ rests_on.schedule = "',
        '+ rests_on.sheet = "',
    ]
    others[str(path)] = path.read_bytes()
    assert texts(local) == others
    assert asked(document(capsys, "-a", "Moulin")) == [("EX001", "mediation-nocturne", "schedule")]


def test_apply_twice_is_apply_once(capsys: Captured, local: Path) -> None:
    assert document(capsys, "--all", "--apply")["written"] == [
        f"{LOCAL}/EX001.toml",
        f"{LOCAL}/EX003.toml",
    ]
    before = texts(local)
    assert document(capsys, "--all", "--apply")["written"] == []
    assert texts(local) == before


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_line_ends_and_byte_order_mark_stay(
    capsys: Captured, local: Path, ends: str, mark: bytes
) -> None:
    path = local / "EX003.toml"
    body = path.read_text("utf-8").replace("\n", ends).encode()
    path.write_bytes(mark + body)
    assert run(capsys, "-a", "Gabarit", "--apply")[0] == 0
    after = path.read_bytes()
    assert after.startswith(mark)
    assert after.count(b"\r\n") == (after.count(b"\n") if ends == "\r\n" else 0)
    assert after.count(b"\n") == body.count(b"\n") + 1


def test_taking_the_parent_lets_its_words_in(capsys: Captured, local: Path) -> None:
    path = local / "EX001.toml"
    before = path.read_text("utf-8")
    assert run(capsys, "-a", "Moulin", "--take", "parent", *ASKED)[0] == 0
    assert changed(before, path.read_text("utf-8")) == [
        "- set.schedule = [",
        '-     "Avril 2022 : première tournée dans le quartier",',
        '-     "D\'avril à octobre : présence du jeudi au dimanche",',
        "- ]",
    ]
    assert main(["show", "3.1", "-a", "Moulin", "--data", "lib"]) == 0
    out = " ".join(capsys.readouterr().out.split())
    assert "De mai à octobre : présence quatre soirs par semaine" in out


def test_reason_that_stays_beside_words_that_went_is_said_with_its_place(
    capsys: Captured, local: Path
) -> None:
    path = local / "EX001.toml"
    assert run(capsys, "-a", "Moulin", "--take", "parent", *ASKED)[::2] == (0, reason_left(path))
    assert "La saison commence plus tôt" in reason_left(path)


def reason_left(path: Path) -> str:
    """What is said of the reason why the quarter changes the schedule, which went."""
    lines = path.read_text("utf-8").splitlines()
    [line] = [at for at, text in enumerate(lines, 1) if text.startswith('reason = "La saison')]
    reason = lines[line - 1].removeprefix('reason = "').removesuffix('"')
    said = "the reason stays; see whether it still holds"
    return f"cpps: {LOCAL}/EX001.toml:{line}: {said}: {reason}\n"


def test_reason_that_goes_with_its_change_is_not_said(capsys: Captured, local: Path) -> None:
    path = local / "EX001.toml"
    path.write_text(
        'title = "T"\nparent_version = "signed"\ntakes = "all"\n\n[[adapt]]\n'
        'sheet = "mediation-nocturne"\nreason = "Ici"\nset.schedule = ["a"]\n',
        "utf-8",
    )
    assert run(capsys, "-a", "Moulin", "--take", "parent", *ASKED)[::2] == (0, "")
    assert "reason" not in path.read_text("utf-8")


def test_taking_the_local_text_notes_what_it_was_read_against(
    capsys: Captured, local: Path
) -> None:
    path = local / "EX001.toml"
    before = path.read_text("utf-8")
    assert run(capsys, "-a", "Moulin", "--take", "local", *ASKED)[0] == 0
    assert changed(before, path.read_text("utf-8")) == ['+ rests_on.schedule = "']
    assert asked(document(capsys, "-a", "Moulin")) == []


@pytest.mark.parametrize("reason", ["Le marché", "dit \"non\" \\ et\n'''non'''", "'''\"\"\"\\"])
def test_refusal_is_written_with_its_reason_to_the_letter(
    capsys: Captured, local: Path, reason: str
) -> None:
    assert run(capsys, "-a", "Moulin", "--refuse", reason, *ASKED)[0] == 0
    change = tomli.loads((local / "EX001.toml").read_text("utf-8"))["adapt"][1]
    assert change["refused"] == {"schedule": reason}
    assert asked(document(capsys, "-a", "Moulin")) == []


def test_refusal_is_shown_at_the_next_change_of_the_parent(capsys: Captured, local: Path) -> None:
    assert run(capsys, "-a", "Moulin", "--refuse", "Le marché", *ASKED, "--apply")[0] == 0
    (local.parent / "amendments" / "avenant-3.toml").write_text(
        'title = "Avenant 3"\nin_force_on = 2025-01-01\n'
        '[[adapt]]\nsheet = "mediation-nocturne"\nset.schedule = ["Toute l\'année"]\n',
        "utf-8",
    )
    code, out, _err = run(capsys, "-a", "Moulin")
    assert (code, "Refused before: Le marché" in out) == (0, True)


@pytest.mark.parametrize("word", ["mediation-nocturne", "3.1", "3-1"])
def test_sheet_is_named_by_code_or_number_and_all_its_fields_are_meant(
    capsys: Captured, local: Path, word: str
) -> None:
    code, _out, err = run(capsys, "-a", "Moulin", "--take", "local", "--sheet", word)
    assert (code, err) == (0, "")
    assert asked(document(capsys, "-a", "Moulin")) == []


def test_local_number_is_meant_before_that_of_the_parent(capsys: Captured, local: Path) -> None:
    """In the local contract 2.1 is another sheet than in its parent."""
    path = local / "EX001.toml"
    text = (
        path.read_text("utf-8")
        .replace('sheet = "mediation-nocturne"', "@")
        .replace("@", 'sheet = "mediation-nocturne"\nnumber = "1.2"')
    )
    path.write_text(text, "utf-8")
    assert run(capsys, "-a", "Moulin", "--take", "local", "--sheet", "1.2")[0] == 0
    assert asked(document(capsys, "-a", "Moulin")) == []


def test_field_of_the_contract_itself_is_decided_without_a_sheet(
    capsys: Captured, local: Path
) -> None:
    path = local / "EX001.toml"
    term = '[contract]\nset.term = "2021-03-15..2025-03-14"'
    path.write_text(path.read_text("utf-8").replace("[contract]", term), "utf-8")
    assert ("EX001", None, "term") in asked(document(capsys, "-a", "Moulin"))
    code, _out, err = run(capsys, "-a", "Moulin", "--take", "parent", "--field", "term")
    assert code == 0
    assert "EX001.toml:12: the reason stays" in err
    assert "set.term" not in path.read_text("utf-8")
    assert asked(document(capsys, "-a", "Moulin")) == [("EX001", "mediation-nocturne", "schedule")]


def test_decision_and_apply_are_written_one_after_the_other(capsys: Captured, local: Path) -> None:
    words = ("-a", "Moulin", "--take", "local", *ASKED, "--apply")
    assert document(capsys, *words)["written"] == [f"{LOCAL}/EX001.toml"]
    assert document(capsys, "-a", "Moulin")["summary"]["up_to_date"] == 1


def test_sheet_that_an_inline_list_adapts_is_decided_in_place(
    capsys: Captured, local: Path
) -> None:
    head = 'title = "T"\nparent_version = "signed"\ntakes = "all"\n'
    kept = '{ sheet = "decrochage-scolaire", set.lead = "Ici" }'
    gone = '{ sheet = "mediation-nocturne", set = { schedule = ["a"], lead = "b" } }'
    path = local / "EX001.toml"
    path.write_text(f"{head}adapt = [{kept}, {gone}] # les deux\n", "utf-8")
    assert run(capsys, "-a", "Moulin", "--take", "parent", *ASKED)[0] == 0
    left = gone.replace('schedule = ["a"], ', "")
    assert path.read_text("utf-8") == f"{head}adapt = [{kept}, {left}] # les deux\n"


def test_adaptation_under_headers_of_its_own_becomes_a_plain_change(
    capsys: Captured, local: Path
) -> None:
    head = 'title = "T"\nparent_version = "signed"\ntakes = "all"\n\n'
    change = '[[adapt]]\nsheet = "mediation-nocturne"\nnumber = "3.9" # la neuvième\n'
    path = local / "EX001.toml"
    path.write_text(f'{head}{change}[adapt.set]\nschedule = ["a"]\n', "utf-8")
    assert run(capsys, "-a", "Moulin", "--take", "parent", *ASKED)[0] == 0
    assert path.read_text("utf-8") == head + change.replace("adapt", "renumber")


# --- what cannot be


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--apply",), 2, "say which contracts to write: `--arrondissement N`, or `--all`"),
        (("--all", "-a", "1"), 2, "name the contracts, or all of them"),
        (("-a", "1", "--take", "local"), 2, "say what is decided: `--sheet`, `--field`, or both"),
        (("-a", "1", "--sheet", "3.1"), 2, "`--sheet` and `--field` go with `--take`"),
        (("-a", "1", "--field", "lead"), 2, "`--sheet` and `--field` go with `--take`"),
        (("-a", "1", "--take", "local", "--refuse", "x", *ASKED), 2, "decide one thing"),
        (("-a", "1", "--refuse", " \n", *ASKED), 2, "`--refuse` needs a reason"),
        (("-a", "1,2", "--take", "local", *ASKED), 2, "a decision is about one local contract"),
        (("--all", "--take", "local", *ASKED), 2, "a decision is about one local contract"),
        (("-a", "4", "--take", "local", *ASKED), 1, "there is nothing to decide"),
        (("-a", "ailleurs"), 2, "no territory is called `ailleurs`"),
        (("-a", ",", "--apply"), 2, "`--arrondissement` names none"),
        (("-a", "1", "--take", "local", "--sheet", "9.9"), 2, "there is no sheet `9.9`"),
        (
            ("-a", "1", "--take", "local", "--sheet", "mediation-nocturn"),
            2,
            "did you mean `mediation-nocturne`?",
        ),
        (
            ("-a", "1", "--take", "local", "--sheet", "3.1", "--field", "shedule"),
            2,
            "did you mean `schedule`?",
        ),
        (("-a", "1", "--take", "local", "--field", "schedule"), 2, "say which with `--sheet`"),
        (("-a", "1", "--take", "local", "--field", "terms"), 2, "did you mean `term`?"),
        (("-a", "1", "--take", "local", "--field", "term"), 1, "known: `mediation-nocturne`"),
        (("-a", "1", "--take", "local", "--sheet", "1.1"), 1, "nothing is asked about `1.1`"),
        (
            ("-a", "1", "--take", "local", "--sheet", "3.1", "--field", "lead"),
            1,
            "known: `schedule`",
        ),
        (("-a", "2", "--take", "local", "--sheet", "1.1"), 1, "nothing is asked about `1.1`"),
        (("-a", "1", "--format", "json", "--dialect", "excel"), 2, "`--dialect` goes with"),
    ],
)
def test_what_cannot_be_asked_is_one_sentence_and_writes_nothing(
    capsys: Captured, local: Path, words: tuple[str, ...], code: int, said: str
) -> None:
    before = texts(local)
    found, out, err = run(capsys, *words)
    assert (found, out) == (code, "")
    assert said in err
    assert len([line for line in err.splitlines() if line.startswith("cpps: ")]) == 1
    assert texts(local) == before


@pytest.mark.parametrize(
    "words", [("--all", "--apply"), ("-a", "19", "--take", "local", "--sheet", "1.4")]
)
def test_library_that_comes_with_the_tool_is_not_written_in(
    capsys: Captured, words: tuple[str, ...]
) -> None:
    assert main(["update", "--data", "paris", *words]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "comes with cpps: nothing is written in it" in err


def test_text_at_fault_is_passed_over_among_others(capsys: Captured, local: Path) -> None:
    path = local / "EX003.toml"
    path.write_text(path.read_text("utf-8") + '[[take]]\nsheet = "x"\nbogus = 1\n', "utf-8")
    before = path.read_bytes()
    code, out, err = run(capsys, "--all", "--apply")
    assert code == 1
    assert f"Written: {LOCAL}/EX001.toml" in out
    [line] = err.splitlines()
    assert f"{LOCAL}/EX003.toml" in line
    assert "error[CP101]" in line
    assert path.read_bytes() == before


def test_text_at_fault_that_is_named_is_not_written(capsys: Captured, local: Path) -> None:
    path = local / "EX003.toml"
    path.write_text(path.read_text("utf-8") + '[[exclude]]\nsheet = "inconnue"\n', "utf-8")
    before = texts(local)
    code, out, err = run(capsys, "-a", "Gabarit", "--apply")
    assert (code, out) == (1, "")
    assert err.startswith("error[CP203]")
    assert texts(local) == before


@pytest.mark.parametrize("reason", ["a\x07b", "\x1b[31mrouge", "\u202egauche", "\ud800"])
def test_reason_that_no_text_can_hold_is_not_written(
    capsys: Captured, local: Path, reason: str
) -> None:
    before = texts(local)
    code, out, _err = run(capsys, "-a", "Moulin", "--refuse", reason, *ASKED)
    assert code == 1
    assert f"Left as it is: {LOCAL}/EX001.toml" in out
    assert texts(local) == before


def test_files_written_before_a_refusal_are_told(capsys: Captured, local: Path) -> None:
    second = local / "EX003.toml"
    second.rename("elsewhere.toml")
    second.symlink_to(Path("elsewhere.toml").resolve())
    before = second.read_bytes()
    code, out, err = run(capsys, "--all", "--apply")
    assert code == 2
    assert f"Written: {LOCAL}/EX001.toml" in out
    assert "EX003.toml` is a symbolic link: it is not written through" in err
    assert (second.is_symlink(), second.read_bytes()) == (True, before)


@pytest.mark.parametrize("mode", ["file", "folder"])
def test_what_may_not_be_written_is_one_sentence(local: Path, mode: str) -> None:
    (local / "EX003.toml").chmod(0o444) if mode == "file" else local.chmod(0o555)
    before = texts(local)
    done = subprocess.run(
        [*UNPRIVILEGED, sys.executable, "-m", "cpps_cli", "update", "-a", "Gabarit", "--apply"],
        env={
            "PYTHONPATH": str(Path(cpps_cli.__file__).parents[1]),
            "CPPS_DATA": "lib",
            "CPPS_LANG": "en",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    local.chmod(0o755)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.endswith("EX003.toml` cannot be written: permission denied\n")
    assert texts(local) == before


def test_file_that_somebody_changes_meanwhile_is_not_overwritten(
    capsys: Captured, local: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = local / "EX003.toml"
    real = transaction.replace_if_unchanged

    def late(target: Path, before: bytes, text: str) -> None:
        if target.name == path.name:
            path.write_text("# le mien\n", "utf-8")
        real(target, before, text)

    monkeypatch.setattr("cpps_cli.library.transaction.replace_if_unchanged", late)
    code, out, err = run(capsys, "-a", "Gabarit", "--apply")
    assert (code, out) == (1, "")
    assert "was changed by another program meanwhile: it is not overwritten" in err
    assert path.read_text("utf-8") == "# le mien\n"
    assert sorted(item.name for item in local.glob("*.*")) == [
        "EX001.toml",
        "EX002.toml",
        "EX003.toml",
    ]


def test_interruption_between_two_files_leaves_each_whole(
    capsys: Captured, local: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    second = local / "EX003.toml"
    before = second.read_bytes()
    real = Path.replace

    def interrupted(fresh: Path, target: Path) -> Path:
        if target.name == second.name:
            raise KeyboardInterrupt
        return real(fresh, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", interrupted)
        assert run(capsys, "--all", "--apply") == (130, "", "")
    assert second.read_bytes() == before
    assert len(list(local.glob("*.*"))) == 3
    assert document(capsys, "--all", "--apply")["written"] == [f"{LOCAL}/EX003.toml"]


def test_version_is_said_in_words(local: Path, capsys: Captured) -> None:
    _code, out, _err = run(capsys, "--on", "2025-01-15", lang="fr")
    assert "Moulin texte signé 1" in out
    assert "signed" not in out


def test_fingerprints_alone_are_announced_as_such(local: Path, capsys: Captured) -> None:
    assert main(["pin", "-a", "2", "--data", "lib"]) == 0
    sheet = local.parent / "sheets" / "personnes-agees.toml"
    sheet.write_text(sheet.read_text("utf-8").replace("escroqueries", "fraudes"), "utf-8")
    _code, out, _err = run(capsys, "-a", "2")
    assert "1 file can be written without a decision: add `--apply`. Only fingerprints" in out
    _code, out, _err = run(capsys, "-a", "3")
    assert "Only fingerprints" not in out


_GIVEN_UP = {
    "library.toml": 'format = 1\ntitle = "x"\ncontract = "c"\n',
    "territories.toml": '[territories]\nT.name = "Ville"\nL.name = "Quartier"\n',
    "c/contract.toml": 'title = "C"\nterritory = "T"\nlocal_territories = ["L"]\n'
    '[[axes]]\ncode = "a"\nnumber = 1\n[[axes]]\ncode = "b"\nnumber = 2\n',
    **{
        f"c/sheets/s{number}.toml": f'title = "S{number}"\nnumber = "1.{number}"\naxis = "a"\n'
        f'means = ["m{number}"]\n[[indicators]]\ncode = "i{number}"\ntitle = "I"\nunit = "u"\n'
        for number in (1, 2, 3)
    },
}
_REPEAL = '[[exclude]]\nsheet = "s1"\n'
_MERGED = '[[merge]]\nsheets = ["s1", "s2"]\ncode = "m1"\n'
_ADAPT = '[[adapt]]\nsheet = "s1"\nset.title = "Ici"\n'
_NAMING = {
    "adapt": f'takes = "all"\n{_ADAPT}',
    "take": 'takes = "listed"\n[[take]]\nsheet = "s1"\n',
    "renumber": 'takes = "all"\n[[renumber]]\nsheet = "s1"\nnumber = "1.8"\n',
    "both": f'takes = "all"\n{_ADAPT}[[renumber]]\nsheet = "s1"\nnumber = "1.8"\n',
    "axes": f'takes = "all"\n{_ADAPT}[[axes]]\ncode = "z"\nnumber = 1\nparent = "a"\n',
    "merge of three": 'takes = "all"\n[[merge]]\nsheets = ["s1", "s2", "s3"]\ncode = "m"\n',
    "merge of two": 'takes = "all"\n[[merge]]\nsheets = ["s1", "s2"]\ncode = "s1"\n',
}


@pytest.mark.parametrize("naming", _NAMING.values(), ids=_NAMING)
@pytest.mark.parametrize("amendment", [_REPEAL, _MERGED], ids=["repealed", "merged"])
@pytest.mark.parametrize("decision", [["--take", "local"], ["--refuse", "On y tient"]])
def test_sheet_that_the_parent_gave_up_is_kept_whole(
    naming: str, amendment: str, decision: list[str], capsys: Captured
) -> None:
    files = {
        **_GIVEN_UP,
        "c/amendments/av.toml": f'title = "av"\nin_force_on = 2020-01-01\n{amendment}',
        "c/local/L.toml": f'title = "L"\n{naming}',
    }
    for name, text in files.items():
        path = Path("lib", name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    local = ("-a", "L", "--sheet", "m" if '"m"' in naming else "s1")
    assert run(capsys, *local, *decision)[0] == 0
    assert main(["check", "--data", "lib"]) == 0
    assert run(capsys, "-a", "L", "--apply")[0] == 0
    assert run(capsys, "-a", "L", "--check")[0] == 0
    written = Path("lib/c/local/L.toml").read_text(encoding="utf-8")
    assert '"m1"' in written
    assert 'code = "i1"' in written
    assert ("On y tient" in written) == (decision[0] == "--refuse")
