"""Which library a question is about: the one named, or the nearest, or the bundled Paris."""

import os.path
from collections.abc import Mapping
from pathlib import Path
from typing import Literal, NamedTuple

from cpps_cli.diagnostics import N_, CppsError

Chosen = Literal["option", "environment", "upwards", "bundled"]
VARIABLE = "CPPS_DATA"
MANIFEST = "library.toml"
TERRITORIES = "territories.toml"


class Found(NamedTuple):
    """A library's folder (or a snapshot's file), and how it came to be chosen."""

    path: Path
    chosen: Chosen


def find_library(named: str | None, environment: Mapping[str, str], here: Path) -> Found:
    """The library to read; raises `CppsError` where the one named is none."""
    if named:
        return Found(_readable(Path(named)), "option")
    if variable := environment.get(VARIABLE):
        return Found(_readable(Path(variable)), "environment")
    for folder in (here, *here.parents):
        if (folder / MANIFEST).is_file():
            return Found(Path(os.path.relpath(folder, here)), "upwards")
    return Found(bundled("paris"), "bundled")


def bundled(name: str) -> Path:
    """The folder of a library that comes with the tool."""
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
