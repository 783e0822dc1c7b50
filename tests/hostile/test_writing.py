"""A round of each way of writing, broken off in each way; `tools/break_writes.py` plays 200."""

from pathlib import Path

import pytest
import typer

from cpps_cli.cli.app import command_line
from cpps_cli.cli.commands import COMMANDS, WRITE
from tests.hostile.breaking import BREAKINGS, Breaking, rounds, warmed
from tests.hostile.writing import WAYS, Way


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("COLUMNS", "80"), ("NO_COLOR", "1"), ("CPPS_LANG", "en")):
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("CPPS_DATA", raising=False)


@pytest.mark.parametrize("breaking", BREAKINGS)
@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.name)
def test_nothing_is_lost_or_mixed_and_the_next_run_works(
    way: Way, breaking: Breaking, tmp_path: Path
) -> None:
    warmed(way)
    rounds(way, breaking, 1, tmp_path, seed=1)


def test_every_verb_that_writes_is_tried() -> None:
    commands = command_line().commands
    writing = {name for panel, name, *_rest in COMMANDS if panel == WRITE}
    writing |= {
        name
        for name, command in commands.items()
        if any("--output" in option.opts for option in command.get_params(typer.Context(command)))
    }
    assert writing == {way.words.split()[0] for way in WAYS}
