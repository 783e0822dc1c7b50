"""A symbolic link that leaves the library, or the folder that was named, is not written through."""

from pathlib import Path

import pytest

from cpps_cli.cli import main
from tests.hostile.writing import WAYS, Way, held

Captured = pytest.CaptureFixture[str]
# `schema` and `--output` write where they are told to: nothing of ours stands between.
INSIDE = [way for way in WAYS if "lib/schemas" not in way.words and "out/1" not in way.words]
FOLDERS = {"contrat": "lib/contrat", "local": "lib/contrat/local", "sheets": "lib/contrat/sheets"}


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name, value in (("COLUMNS", "80"), ("NO_COLOR", "1"), ("CPPS_LANG", "en")):
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("CPPS_DATA", raising=False)
    monkeypatch.chdir(tmp_path)


def touched(way: Way, tmp_path: Path) -> list[str]:
    """The files that a way writes, below the folder in which it runs."""
    folder = way.built(tmp_path / "trial")
    before = held(folder)
    with pytest.MonkeyPatch.context() as patched:
        patched.chdir(folder)
        assert main(way.command) == 0
    after = held(folder)
    return [name for name in after if after[name] != before.get(name)]


@pytest.mark.parametrize("way", INSIDE, ids=lambda way: way.name)
def test_link_in_the_place_of_a_file_is_not_written_through(
    way: Way, capsys: Captured, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = [name for name in touched(way, tmp_path) if not name.startswith("new/")]
    if way.name.startswith("init"):
        names = ["new/", "empty/library.toml"][way.name != "init" :][:1]
    for number, name in enumerate(names):
        folder = way.built(tmp_path / str(number))
        outside = tmp_path / f"outside-{number}"
        path = folder / name.rstrip("/")
        path.parent.mkdir(parents=True, exist_ok=True)
        outside.write_bytes(path.read_bytes() if path.is_file() else b"title = 1\n")
        path.unlink(missing_ok=True)
        path.symlink_to(outside)
        before = outside.read_bytes()
        capsys.readouterr()
        monkeypatch.chdir(folder)
        assert main(way.command) in {1, 2}
        assert outside.read_bytes() == before
        assert path.is_symlink()
        assert "Traceback" not in capsys.readouterr().err


LINKED = [
    (way, folder)
    for way in WAYS
    for folder in ("lib/contrat/local", "lib/suite/local", "lib/contrat/sheets", "lib/contrat")
    if "lib/schemas" not in way.words and "-o" not in way.words and "--output" not in way.words
]


@pytest.mark.parametrize(("way", "linked"), LINKED, ids=lambda item: getattr(item, "name", item))
def test_folder_that_is_a_link_out_of_the_library_is_not_written_through(
    way: Way, linked: str, capsys: Captured, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    concerned = any(name.startswith(f"{linked}/") for name in touched(way, tmp_path))
    folder, outside = way.built(tmp_path / "here"), tmp_path / "outside"
    path = folder / linked
    if path.exists():
        path.rename(outside)
    else:
        outside.mkdir()
    path.symlink_to(outside)
    before = held(outside)
    monkeypatch.chdir(folder)
    capsys.readouterr()
    code = main(way.command)
    said = capsys.readouterr().err
    assert held(outside) == before
    if concerned:
        assert code == 2
        assert f"`{linked}` is a symbolic link: it is not written through" in said


def test_folder_of_documents_has_no_way_out(
    capsys: Captured, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    [way] = [item for item in WAYS if item.name == "export datapackage"]
    [first, *_] = [file for file in touched(way, tmp_path) if file.count("/") > 2]
    folder, outside = way.built(tmp_path / "here"), tmp_path / "outside"
    outside.mkdir()
    (folder / first).parent.parent.mkdir(parents=True, exist_ok=True)
    (folder / first).parent.symlink_to(outside)
    monkeypatch.chdir(folder)
    assert main(way.command) == 2
    assert list(outside.iterdir()) == []
    assert "is a symbolic link: it is not written through" in capsys.readouterr().err


def test_link_that_stays_in_the_library_is_a_folder_like_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    [way] = [item for item in WAYS if item.name == "update --apply"]
    folder = way.built(tmp_path / "here")
    (folder / "lib/contrat/local").rename(folder / "lib/contrat/quartiers")
    (folder / "lib/contrat/local").symlink_to("quartiers")
    monkeypatch.chdir(folder)
    assert main(way.command) == 0
    assert "avenant-1" in (folder / "lib/contrat/quartiers/BF1.toml").read_text("utf-8")


def test_library_may_be_named_by_a_link(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    [way] = [item for item in WAYS if item.name == "record"]
    folder = way.built(tmp_path / "here")
    (folder / "lib").rename(folder / "elsewhere")
    (folder / "lib").symlink_to("elsewhere")
    monkeypatch.chdir(folder)
    assert main(way.command) == 0
    assert "evaluated" in (folder / "elsewhere/contrat/contract.toml").read_text("utf-8")
