"""What every test of a command runs in: a plain terminal in English, a folder of its own."""

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def _terminal(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name, value in (("COLUMNS", "80"), ("NO_COLOR", "1"), ("CPPS_LANG", "en")):
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("LANGUAGE", "en")
    monkeypatch.delenv("CPPS_DATA", raising=False)
    monkeypatch.chdir(tmp_path)
