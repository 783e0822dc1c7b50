"""Which library a question is about: the one named, CPPS_DATA, the nearest one above, Paris."""

from pathlib import Path

import pytest

from cpps_cli.diagnostics import CppsError
from cpps_cli.library.locate import bundled, find_library, libraries_in, library_below


@pytest.fixture
def libraries(tmp_path: Path) -> dict[str, Path]:
    """Three libraries, one of which has folders in it."""
    found = {name: tmp_path / name for name in ("named", "variable", "here")}
    for folder in found.values():
        folder.mkdir()
        (folder / "library.toml").touch()
    (found["here"] / "contrat/sheets").mkdir(parents=True)
    return found


def test_option_comes_first(libraries: dict[str, Path]) -> None:
    environment = {"CPPS_DATA": str(libraries["variable"])}
    found = find_library(str(libraries["named"]), environment, libraries["here"])
    assert (found.path, found.chosen) == (libraries["named"], "option")


def test_variable_comes_before_the_folder_we_are_in(libraries: dict[str, Path]) -> None:
    environment = {"CPPS_DATA": str(libraries["variable"])}
    found = find_library(None, environment, libraries["here"])
    assert (found.path, found.chosen) == (libraries["variable"], "environment")


@pytest.mark.parametrize(
    ("below", "path"), [("", "."), ("contrat", ".."), ("contrat/sheets", "../..")]
)
def test_library_is_found_from_every_folder_in_it(
    below: str, path: str, libraries: dict[str, Path]
) -> None:
    found = find_library(None, {"CPPS_DATA": ""}, libraries["here"] / below)
    assert (found.path, found.chosen) == (Path(path), "upwards")


def test_nearest_library_above_is_the_one(libraries: dict[str, Path]) -> None:
    inner = libraries["here"] / "contrat"
    (inner / "library.toml").touch()
    assert find_library(None, {}, inner / "sheets").path == Path("..")


def test_without_any_it_is_the_bundled_paris(tmp_path: Path) -> None:
    found = find_library(None, {}, tmp_path)
    assert (found.path, found.chosen) == (bundled("paris"), "bundled")
    assert (found.path / "library.toml").is_file()


def test_its_manifest_stands_for_the_library(libraries: dict[str, Path]) -> None:
    manifest = libraries["named"] / "library.toml"
    assert find_library(str(manifest), {}, libraries["here"]).path == libraries["named"]


@pytest.mark.parametrize("where", ["option", "variable"])
def test_one_that_is_named_and_absent_is_not_replaced_by_another(
    where: str, libraries: dict[str, Path], tmp_path: Path
) -> None:
    absent = str(tmp_path / "absent")
    named = absent if where == "option" else None
    with pytest.raises(CppsError) as refused:
        find_library(named, {"CPPS_DATA": absent}, libraries["here"])
    assert refused.value.message == "there is no folder `{path}`"


@pytest.mark.parametrize("where", ["option", "variable"])
@pytest.mark.parametrize("name", ["paris", "exemple"])
def test_bundled_libraries_have_names(
    name: str, where: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    named, variable = (name, "") if where == "option" else (None, name)
    assert find_library(named, {"CPPS_DATA": variable}, tmp_path).path == bundled(name)
    (tmp_path / name).mkdir()
    (tmp_path / name / "library.toml").touch()
    assert find_library(named, {"CPPS_DATA": variable}, tmp_path).path == Path(name)


@pytest.mark.parametrize(
    ("path", "is_found"),
    [("a", True), ("a/b/c", True), ("a/b/c/d", False), (".a", False), ("a/.b", False)],
)
def test_library_is_looked_for_three_levels_below(
    path: str, is_found: bool, tmp_path: Path
) -> None:
    (tmp_path / path).mkdir(parents=True)
    (tmp_path / path / "library.toml").touch()
    assert library_below(tmp_path) == (tmp_path / path if is_found else None)


@pytest.mark.parametrize(("files", "is_found"), [(999, True), (1000, False)])
def test_a_thousand_entries_are_looked_at(files: int, is_found: bool, tmp_path: Path) -> None:
    for number in range(files):
        (tmp_path / f"{number:04}").touch()
    folder = tmp_path / ("z" if is_found else "z/y")
    folder.mkdir(parents=True)
    (folder / "library.toml").touch()
    assert (library_below(tmp_path) is not None) is is_found


def test_every_library_of_a_repository_is_found_but_those_of_an_environment(
    tmp_path: Path,
) -> None:
    for name in ("a", "b/c/d/e", ".git/f", "venv/g"):
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "library.toml").touch()
    (tmp_path / "venv/pyvenv.cfg").touch()
    assert libraries_in(tmp_path) == [tmp_path / "a", tmp_path / "b/c/d/e"]
