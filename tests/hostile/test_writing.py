"""A round of each way of writing, broken off in each way; `tools/break_writes.py` plays 200."""

from pathlib import Path

import pytest
import typer

from cpps_cli.cli.app import command_line
from cpps_cli.cli.commands import COMMANDS, WRITE
from tests.hostile.breaking import BREAKINGS, Breaking, Rehearsal, rehearsed, rounds
from tests.hostile.writing import WAYS


def _in_english(patch: pytest.MonkeyPatch) -> None:
    for name, value in (("COLUMNS", "80"), ("NO_COLOR", "1"), ("CPPS_LANG", "en")):
        patch.setenv(name, value)
    patch.delenv("CPPS_DATA", raising=False)


@pytest.fixture(scope="module", params=WAYS, ids=lambda way: way.name)
def rehearsal(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Rehearsal:
    with pytest.MonkeyPatch.context() as patch:
        _in_english(patch)
        return rehearsed(request.param, tmp_path_factory.mktemp("rehearsal"))


@pytest.mark.parametrize("breaking", BREAKINGS)
def test_nothing_is_lost_or_mixed_and_the_next_run_works(
    rehearsal: Rehearsal, breaking: Breaking, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _in_english(monkeypatch)
    rounds(rehearsal, breaking, 1, tmp_path, seed=1)


def test_every_verb_that_writes_is_tried() -> None:
    commands = command_line().commands
    writing = {name for panel, name, *_rest in COMMANDS if panel == WRITE}
    writing |= {
        name
        for name, command in commands.items()
        if any("--output" in option.opts for option in command.get_params(typer.Context(command)))
    }
    assert writing == {way.words.split()[0] for way in WAYS}
