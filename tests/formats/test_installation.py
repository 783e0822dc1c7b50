"""How this copy of cpps was installed, repeated with an extra."""

import json
from pathlib import Path

import pytest

from cpps_cli.formats.installation import repeated

VENV = "/srv/town/.venv"


def record(path: Path, *, editable: bool = False) -> str:
    return json.dumps({"url": path.as_uri(), "dir_info": {"editable": True} if editable else {}})


def test_package_of_an_index_is_named() -> None:
    assert repeated(None, "calendar", VENV) == "pip install 'cpps-cli[calendar]'"


def test_checkout_and_wheel_are_named_by_their_path(tmp_path: Path) -> None:
    wheel = tmp_path / "cpps à jour.whl"
    wheel.touch()
    assert repeated(record(tmp_path, editable=True), "documents", VENV) == (
        f"pip install -e '{tmp_path}[documents]'"
    )
    assert repeated(record(wheel), "documents", VENV) == f"pip install '{wheel}[documents]'"


def test_folder_that_is_gone_is_not_named(tmp_path: Path) -> None:
    assert repeated(record(tmp_path / "gone"), "documents", VENV) is None


def test_address_is_named_after_the_package() -> None:
    told = json.dumps({"url": "https://example.org/cpps.git", "vcs_info": {"vcs": "git"}})
    assert repeated(told, "tables", VENV) == (
        "pip install 'cpps-cli[tables] @ git+https://example.org/cpps.git'"
    )


@pytest.mark.parametrize(
    ("prefix", "command"),
    [
        ("/srv/a/.local/share/pipx/venvs/cpps-cli", "pipx install --force"),
        ("/srv/a/.local/share/uv/tools/cpps-cli", "uv tool install --force"),
    ],
)
def test_environments_of_tools_are_changed_by_these(prefix: str, command: str) -> None:
    assert repeated(None, "documents", prefix) == f"{command} 'cpps-cli[documents]'"
