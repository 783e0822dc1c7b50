"""A new library is there whole, or not at all."""

import errno
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from cpps_cli.check.library import check_library
from cpps_cli.diagnostics import CppsError
from cpps_cli.library import write_folder
from cpps_cli.library.locate import bundled
from cpps_cli.library.reader import LibraryFolder
from cpps_cli.library.templates import Kind, library_texts
from cpps_cli.library.write import NotWritten
from cpps_cli.library.write_folder import make_library

TEXTS = library_texts("empty", "en", str, "x")


def faults(root: Path) -> list[str]:
    folder = LibraryFolder(root)
    found = list(check_library(folder))
    return [item.code for item in (*folder.faults, *found) if item.severity != "note"]


def files(root: Path) -> list[str]:
    return sorted(path.relative_to(root).as_posix() for path in root.rglob("*"))


def fails_at(
    monkeypatch: pytest.MonkeyPatch, owner: object, name: str, call: int, error: BaseException
) -> None:
    """The `call`-th call of a function fails; the others do what they do."""
    real: Callable[..., object] = getattr(owner, name)
    calls = iter(range(1, 10_000))

    def sometimes(*arguments: object, **named: object) -> object:
        if next(calls) == call:
            raise error
        return real(*arguments, **named)

    monkeypatch.setattr(owner, name, sometimes)


@pytest.mark.parametrize("kind", ["paris", "exemple"])
def test_copy_holds_what_the_bundled_library_holds(tmp_path: Path, kind: Kind) -> None:
    make_library(tmp_path / "mine", library_texts(kind, "en", str, "x"))
    for path in bundled(kind).rglob("*.toml"):
        copied = tmp_path / "mine" / path.relative_to(bundled(kind))
        assert copied.read_bytes() == path.read_bytes()
    assert faults(tmp_path / "mine") == faults(bundled(kind))


@pytest.mark.parametrize("kind", ["paris", "empty"])
def test_every_schema_that_a_file_names_is_there(tmp_path: Path, kind: Kind) -> None:
    make_library(tmp_path / "mine", library_texts(kind, "en", str, "x"))
    for path in (tmp_path / "mine").rglob("*.toml"):
        named = path.read_text(encoding="utf-8").splitlines()[0].removeprefix("#:schema ")
        assert (path.parent / named).is_file()


def test_empty_library_has_one_sheet_to_complete_and_no_fault(tmp_path: Path) -> None:
    contract = make_library(tmp_path / "mine", TEXTS)
    assert [sheet.status for sheet in contract.sheets] == ["to_complete"]
    assert faults(tmp_path / "mine") == []


def test_examples_of_the_empty_library_are_right_once_uncommented(tmp_path: Path) -> None:
    texts = {name: re.sub(r"(?m)^#(?=[a-z\[])", "", text) for name, text in TEXTS.items()}
    assert texts != TEXTS
    contract = make_library(tmp_path / "mine", texts)
    assert faults(tmp_path / "mine") == []
    (sheet,) = contract.sheets
    assert sheet.status == "documented"
    assert contract.signed_on is not None
    assert LibraryFolder(tmp_path / "mine").sources.keys() == {"S1"}


def test_words_and_titles_of_the_empty_library_are_in_the_language_of_the_run() -> None:
    texts = library_texts("empty", "fr", lambda message: f"<{message}>", "x")
    toml = {name: text for name, text in texts.items() if name.endswith(".toml")}
    for text in toml.values():
        assert "# <" in text
        assert not re.search(r'(?m)^#? ?[a-z_]+ = "[A-Z][a-z]+ ', text)
    assert 'language = "fr"' in toml["library.toml"]


def test_existing_empty_folder_is_filled_and_stays_the_same_folder(tmp_path: Path) -> None:
    target = tmp_path / "mine"
    target.mkdir()
    before = target.stat().st_ino
    make_library(target, TEXTS)
    assert target.stat().st_ino == before
    assert files(target) == sorted({*TEXTS, "contract", "contract/sheets", "schemas"})


@pytest.mark.parametrize("there", ["file", "link", "full folder"])
def test_what_is_there_is_never_touched(tmp_path: Path, there: str) -> None:
    target = tmp_path / "mine"
    match there:
        case "file":
            target.write_text("text")
        case "link":
            target.symlink_to(tmp_path / "nowhere")
        case _:
            target.mkdir()
            (target / ".hidden").write_text("text")
    before = files(tmp_path)
    with pytest.raises(CppsError, match="nothing was written"):
        make_library(target, TEXTS)
    assert files(tmp_path) == before


def test_library_is_not_made_inside_another(tmp_path: Path) -> None:
    make_library(tmp_path / "outer", TEXTS)
    with pytest.raises(CppsError, match="inside the library"):
        make_library(tmp_path / "outer" / "contract" / "inner", TEXTS)


def test_folder_that_appears_meanwhile_is_not_overwritten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def somebody_is_faster(folder: Path, texts: object) -> None:
        (tmp_path / "mine").mkdir()
        (tmp_path / "mine" / "library.toml").write_text("theirs")

    monkeypatch.setattr(write_folder, "_fill", somebody_is_faster)
    with pytest.raises(CppsError, match="nothing was written"):
        make_library(tmp_path / "mine", TEXTS)
    assert files(tmp_path) == ["mine", "mine/library.toml"]
    assert (tmp_path / "mine" / "library.toml").read_text() == "theirs"


@pytest.mark.parametrize(
    ("error", "raised"),
    [
        (KeyboardInterrupt(), KeyboardInterrupt),
        (OSError(errno.ENOSPC, "full"), NotWritten),
        (OSError(errno.EROFS, "read-only"), NotWritten),
        (MemoryError(), MemoryError),
    ],
)
@pytest.mark.parametrize(
    "where",
    [
        *((exists, step, 1) for exists in (True, False) for step in ("mkdir", "fsync", "rename")),
        *((exists, step, 3) for exists in (True, False) for step in ("mkdir", "fsync")),
        (True, "rename", 3),  # a folder that does not exist yet takes its name in one step
    ],
)
def test_failure_at_any_step_leaves_nothing(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    error: BaseException,
    raised: type[BaseException],
    where: tuple[bool, str, int],
) -> None:
    target = tmp_path / "mine"
    exists, step, call = where
    if exists:
        target.mkdir()
    fails_at(monkeypatch, os if step == "fsync" else Path, step, call, error)
    with pytest.raises(raised) as caught:
        make_library(target, TEXTS)
    monkeypatch.undo()
    assert files(tmp_path) == (["mine"] if exists else [])
    if isinstance(caught.value, NotWritten):
        assert caught.value.path == target
        assert caught.value.reason == ("full" if "full" in str(error) else "permission")
