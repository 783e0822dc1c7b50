"""What a command loads: nothing that its answer does not need. Counted, never timed."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from cpps_cli.cli.commands import COMMANDS, module_of
from cpps_cli.library.locate import bundled

HEAVY = {"typer", "click", "pydantic", "rich", "jinja2", "tomli", "tomli_w"}
PROBE = """
import json, sys
opened = []
def note(event, details):
    if event == "open" and str(details[0]).endswith(".toml"):
        opened.append(str(details[0]))
sys.addaudithook(note)
from cpps_cli.__main__ import main
sys.argv[0] = "cpps"
try:
    main()
except SystemExit:
    pass
def below(model):
    for kind in model.__subclasses__():
        yield kind
        yield from below(kind)
nouns = below(sys.modules["cpps_cli.model.noun"].Noun) if "cpps_cli.model" in sys.modules else ()
built = sorted({noun.__name__ for noun in nouns if noun.__pydantic_complete__})
sys.stderr.write(json.dumps({"modules": list(sys.modules), "opened": opened, "built": built}))
"""
OF_THE_BRIEF = [
    ("list-actions",),
    ("derive", "--arrondissement", "18"),
    ("renegotiation-status", "--on", "2017-09-01"),
]
# They stand in several nouns, and are built before any of those.
PARTS = ["Axis", "ContractClaim", "Indicator", "IndicatorChange", "Milestone", "SheetClaim"]
VERBS = {module_of(name) for _section, name, _help, _example in COMMANDS}


@dataclass
class Run:
    """What a run printed, what it imported, which TOML files it opened, which models it built."""

    printed: str
    modules: set[str]
    opened: list[str]
    built: list[str]

    @property
    def heavy(self) -> set[str]:
        return self.modules & HEAVY

    @property
    def rooms(self) -> set[str]:
        """The rooms of ours that it entered."""
        parts = [name.split(".") for name in self.modules if name.startswith("cpps_cli.")]
        return {part[1] for part in parts} - {"__main__"}

    def files(self, library: str) -> list[str]:
        """The files of the bundled library that it opened, by their names in it."""
        return [path.rpartition(f"/{library}/")[2] for path in self.opened]


def ran(*words: str, folder: Path, **environment: str) -> Run:
    """A run of its own of the command line."""
    done = subprocess.run(
        [sys.executable, "-c", PROBE, *words],
        cwd=folder,
        env={**os.environ, "CPPS_LANG": "en", "CPPS_DATA": "", **environment},
        capture_output=True,
        check=True,
    )
    found = json.loads(done.stderr.decode().splitlines()[-1])
    modules = set(found["modules"])
    return Run(done.stdout.decode(), modules, found["opened"], found["built"])


def test_version_loads_nothing(tmp_path: Path) -> None:
    run = ran("--version", folder=tmp_path)
    assert run.printed.startswith("cpps ")
    assert run.heavy == set()
    assert run.rooms == set()


@pytest.mark.parametrize("words", [("--help",), (), ("derive", "--help"), ("derive", "--whta")])
def test_help_and_a_wrong_option_load_no_model_and_no_rich(
    words: tuple[str, ...], tmp_path: Path
) -> None:
    run = ran(*words, folder=tmp_path)
    assert run.heavy == {"typer", "click"}
    assert run.rooms - {"formats"} == {"cli", "diagnostics", "i18n"}
    formats = {module for module in run.modules if module.startswith("cpps_cli.formats")}
    assert formats <= {"cpps_cli.formats", "cpps_cli.formats.registry"}  # their names alone
    assert run.opened == []


def test_list_of_commands_loads_none_of_them(tmp_path: Path) -> None:
    run = ran("--help", folder=tmp_path)
    assert "list-actions" in run.printed
    assert run.modules & VERBS == set()


@pytest.mark.parametrize("words", OF_THE_BRIEF)
def test_command_loads_no_other_command(words: tuple[str, ...], tmp_path: Path) -> None:
    run = ran(*words, folder=tmp_path)
    assert run.modules & VERBS == {module_of(words[0])}


@pytest.mark.parametrize("words", [*OF_THE_BRIEF, ("derive", "--all")])
def test_json_loads_no_rich(words: tuple[str, ...], tmp_path: Path) -> None:
    run = ran(*words, "--format", "json", folder=tmp_path)
    assert run.heavy - {"tomli_w"} == {"typer", "click", "pydantic", "tomli"}
    # A derived text is judged before it is shown; the others are shown as they are read.
    validated = {"check"} if words[0] == "derive" else set()
    assert run.rooms & {"check"} == validated
    documents = {"docx", "html", "ics", "markdown", "pdf", "xlsx"}
    assert run.modules & {f"cpps_cli.formats.{name}" for name in documents} == set()


@pytest.mark.parametrize("format", ["full", "concise", "json"])
def test_check_in_a_pipeline_loads_no_rich(format: str, tmp_path: Path) -> None:
    run = ran("check", "--format", format, folder=tmp_path)
    assert run.heavy == {"typer", "click", "pydantic", "tomli"}


@pytest.mark.parametrize("words", OF_THE_BRIEF)
def test_right_files_load_nothing_that_finds_slips(words: tuple[str, ...], tmp_path: Path) -> None:
    run = ran(*words, folder=tmp_path)
    finders = {"syntax_hints", "toml_positions", "toml_text", "toml_edit", "toml_edits", "write"}
    finders |= {"schemas", "transaction"}
    assert run.modules & {f"cpps_cli.library.{name}" for name in finders} == set()
    seldom = {"programme", "correspondence", "edit"}
    assert run.modules & {f"cpps_cli.model.{name}" for name in seldom} == set()


HEADS = [path.parent.name for path in sorted(bundled("paris").glob("*/contract.toml"))]


def test_list_of_sheets_opens_no_local_text(tmp_path: Path) -> None:
    run = ran("list-actions", "--format", "json", folder=tmp_path)
    sheets = [f for f in run.files("paris") if f.startswith("cpps-2015-2020/sheets/")]
    assert len(sheets) == 31
    heads = {f"{contract}/contract.toml" for contract in HEADS}
    assert sorted(run.files("paris")) == sorted({"library.toml", *heads, *sheets})
    assert run.built == sorted([*PARTS, "ActionSheet", "Contract", "Library"])


def test_derivation_of_one_opens_no_other_local_text(tmp_path: Path) -> None:
    run = ran("derive", "-a", "19", "--format", "json", folder=tmp_path)
    files = run.files("paris")
    assert [f for f in files if "/local/" in f] == ["cpps-2015-2020/local/75119.toml"]
    assert not any(f.endswith(("programmes.toml", "sources.toml")) for f in files)
    assert len(files) == len(set(files)) == 38


def test_derivation_without_text_builds_no_local_text(tmp_path: Path) -> None:
    run = ran("derive", "-a", "18", "--format", "json", folder=tmp_path)
    assert not any("/local/" in f for f in run.files("paris"))
    assert "Overlay" not in run.built
    assert len(run.opened) == 37


def test_renegotiation_opens_no_sheet(tmp_path: Path) -> None:
    words = OF_THE_BRIEF[2]
    run = ran(*words, "--format", "json", folder=tmp_path)
    files = run.files("paris")
    assert not any("/sheets/" in f for f in files)
    assert len(files) == len(set(files)) == 12
    assert run.built == sorted([*PARTS, "Contract", "Library", "Overlay", "Territory"])


def test_all_the_local_contracts_of_paris_open_each_file_once(tmp_path: Path) -> None:
    run = ran("derive", "--all", folder=tmp_path)
    assert len(run.opened) == len(set(run.opened)) >= 37


def test_check_opens_a_file_again_only_to_say_where_it_is_wrong(tmp_path: Path) -> None:
    run = ran("check", "paris", "--format", "concise", folder=tmp_path)
    again = {file for file in run.opened if run.opened.count(file) > 1}
    assert len(set(run.opened)) >= 46
    told = {line.partition(":")[0] for line in run.printed.splitlines()}
    assert again <= told


COMPLETED = [
    ("cpps der", "derive"),
    ("cpps derive --arrondissement 1", "18"),
    ("cpps show promou", "promouvoir-la-citoyennete"),
    ("cpps list-actions --contract cpps-2", "cpps-2023-2026"),
]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
@pytest.mark.parametrize(("typed", "offered"), COMPLETED)
def test_completion_loads_no_model(shell: str, typed: str, offered: str, tmp_path: Path) -> None:
    run = ran(
        folder=tmp_path,
        _CPPS_COMPLETE=f"complete_{shell}",
        COMP_WORDS=typed,
        COMP_CWORD=str(len(typed.split()) - 1),
        _TYPER_COMPLETE_ARGS=typed,
        _TYPER_COMPLETE_FISH_ACTION="get-args",
    )
    assert offered in run.printed
    assert run.heavy - {"tomli"} == {"typer", "click"}
    assert len(run.modules & VERBS) == (" " in typed.removeprefix("cpps "))


def test_every_command_is_the_function_of_its_name(tmp_path: Path) -> None:
    for _section, name, _help, _example in COMMANDS:
        run = ran(name, "--help", folder=tmp_path)
        assert run.printed.startswith(f"Usage: cpps {name} ")


def test_help_of_a_run_without_a_command_has_no_sign_that_nobody_can_read(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "cpps_cli"], cwd=tmp_path, capture_output=True, check=False
    )
    printed = (done.stdout + done.stderr).decode()
    assert "list-actions" in printed
    assert "\N{REPLACEMENT CHARACTER}" not in printed
    assert "\x1b" not in printed
