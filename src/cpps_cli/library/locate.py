"""Finds a library, before any noun is read."""

import os
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Literal, NamedTuple

from cpps_cli.diagnostics import N_, CppsError

BUNDLED = ("paris", "exemple")
Chosen = Literal["option", "environment", "upwards", "bundled"]
VARIABLE = "CPPS_DATA"
MANIFEST = "library.toml"
TERRITORIES = "territories.toml"


class Found(NamedTuple):
    """A library's folder (or a snapshot's file), and how it came to be chosen."""

    path: Path
    chosen: Chosen


def find_library(named: str | None, environment: Mapping[str, str], here: Path) -> Found:
    """Finds the library to read; raises `CppsError` where the one named is none."""
    if named:
        return Found(_readable(_called(named)), "option")
    if variable := environment.get(VARIABLE):
        return Found(_readable(_called(variable)), "environment")
    for folder in (here, *here.parents):
        if (folder / MANIFEST).is_file():
            return Found(Path(os.path.relpath(folder, here)), "upwards")
    return Found(bundled("paris"), "bundled")


def _called(name: str) -> Path:
    """The folder of that name, else the library of that name that comes with the tool."""
    return bundled(name) if name in BUNDLED and not os.path.lexists(name) else Path(name)


def library_below(here: Path) -> Path | None:
    """Finds a library at most three levels below a folder; None where none is soon found."""
    # A home folder may hold millions of files: a hint is not worth reading them.
    looked_at = islice(_folders_below(here, 3), 1000)
    return next((path for path in looked_at if _is_file(path / MANIFEST)), None)


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # in a folder that we may not enter
        return False


def _folders_below(here: Path, levels: int) -> Iterator[Path]:
    """Every entry that is not hidden, nearest first; links are not followed."""
    folders = [here]
    for _level in range(levels):
        below: list[Path] = []
        for folder in folders:
            for entry in _entries(folder):
                yield Path(entry.path)
                if entry.is_dir(follow_symlinks=False):
                    below.append(Path(entry.path))
        folders = below


def _entries(folder: Path) -> "list[os.DirEntry[str]]":
    try:
        with os.scandir(folder) as found:
            # No folder is read further than a hint may look.
            entries = list(islice(found, 1000))
    except OSError:
        return []
    return sorted((entry for entry in entries if entry.name[0] != "."), key=lambda item: item.name)


def libraries_in(folder: Path) -> list[Path]:
    """Finds every library of a repository: hidden folders and environments of Python apart."""
    found = []
    for name, folders, files in os.walk(folder):
        folders[:] = [] if "pyvenv.cfg" in files else sorted(x for x in folders if x[0] != ".")
        if MANIFEST in files and "pyvenv.cfg" not in files:
            found.append(Path(name))
    return found


def bundled(name: str) -> Path:
    """Finds the folder of a library that comes with the tool."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "bundled" / name
    # In a checkout the libraries stand beside `src`, and are not copied into the package.
    return installed if installed.is_dir() else package.parent.parent / "data" / name


def _readable(path: Path) -> Path:
    try:
        return _existing(path)
    except OSError:  # a folder above it that we may not enter, a name that is none here
        raise CppsError("`{path}` cannot be read: permission denied", path=str(path)) from None


def _existing(path: Path) -> Path:
    if path.is_file() and path.name == MANIFEST:
        return path.parent
    if path.is_file():
        return path
    if not path.exists():
        raise CppsError("there is no folder `{path}`", path=str(path))
    if not (path / MANIFEST).exists():
        raise CppsError(
            "`{path}` is not a library: it has no `{file}`",
            help=N_("`cpps init {path}` makes a library there"),
            path=str(path),
            file=MANIFEST,
        )
    return path


def refuse_to_change(root: Path) -> None:
    """Raises `CppsError` where the library at `root` is not one that its user may change.

    A bundled library is found again by every other question, belongs to everybody on the machine
    and goes with the next version of the tool. In a checkout, other folders of `data/` are
    somebody's own.
    """
    if root.is_file():
        raise CppsError(
            "`{path}` holds one derived contract: nothing can be written in it",
            help=N_("name the library it comes from with `--data DIR`"),
            path=str(root),
        )
    here = root.resolve()
    package = Path(__file__).resolve().parent.parent
    if any(here.is_relative_to(place) for place in (package, *map(bundled, BUNDLED))):
        raise CppsError(
            "`{path}` comes with cpps: nothing is written in it",
            help=N_("make a library of your own with `cpps init DIR`, then add `--data DIR` here"),
            path=str(root),
        )
