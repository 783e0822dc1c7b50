"""What a command loads: nothing that its answer does not need. Counted, never timed."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = ("typer", "click", "pydantic", "rich", "jinja2")
PROBE = f"""
import json, sys
from cpps_cli.__main__ import main
sys.argv[0] = "cpps"
try:
    code = main()
except SystemExit as end:
    code = end.code
sys.stderr.write(json.dumps([name for name in {HEAVY} if name in sys.modules]))
"""


def loaded(*words: str, folder: Path, **environment: str) -> tuple[str, set[str]]:
    """What a run prints, and which of the heavy libraries it loaded."""
    done = subprocess.run(
        [sys.executable, "-c", PROBE, *words],
        cwd=folder,
        env={**os.environ, "CPPS_LANG": "en", **environment},
        capture_output=True,
        check=True,
    )
    return done.stdout.decode(), set(json.loads(done.stderr.decode().splitlines()[-1]))


def test_version_loads_nothing(tmp_path: Path) -> None:
    printed, modules = loaded("--version", folder=tmp_path)
    assert printed.startswith("cpps ")
    assert modules == set()


def test_help_loads_no_model(tmp_path: Path) -> None:
    _printed, modules = loaded("--help", folder=tmp_path)
    assert "pydantic" not in modules


@pytest.mark.parametrize(
    "words", [("list-actions",), ("derive", "-a", "18"), ("renegotiation-status",)]
)
def test_json_loads_no_rich(words: tuple[str, ...], tmp_path: Path) -> None:
    _printed, modules = loaded(*words, "--format", "json", folder=tmp_path)
    assert modules == {"typer", "click", "pydantic"}


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("cpps derive --arrondissement 1", "18"),
        ("cpps show promou", "promouvoir-la-citoyennete"),
        ("cpps list-actions --contract cpps-2", "cpps-2023-2026"),
    ],
)
def test_completion_loads_no_model(typed: str, offered: str, tmp_path: Path) -> None:
    printed, modules = loaded(
        folder=tmp_path,
        _CPPS_COMPLETE="complete_bash",
        COMP_WORDS=typed,
        COMP_CWORD=str(len(typed.split()) - 1),
    )
    assert offered in printed.split()
    assert "pydantic" not in modules
