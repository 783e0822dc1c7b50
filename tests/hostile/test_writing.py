"""A round of each way of writing, broken off in each way; `tools/break_writes.py` plays 200."""

from pathlib import Path

import pytest

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
