"""Which file of a library holds what, and what stands in its folders. No file is opened."""

import os
import stat
from pathlib import Path

from cpps_cli.diagnostics import N_, CppsError, Word
from cpps_cli.library.validate import CODE, TERRITORY

# The folders of a contract, and what the name of a file in each of them looks like.
SHAPE_OF_NAME = {"sheets": CODE, "amendments": CODE, "local": TERRITORY}


def entries(folder: Path) -> list[Path]:
    """What stands in a folder, by name, hidden things apart; () where it is none."""
    if not folder.is_dir():
        return []
    try:
        found = sorted(folder.iterdir(), key=lambda entry: entry.name)
    except OSError as wrong:
        raise unreadable(folder, wrong) from None
    return [entry for entry in found if not entry.name.startswith(".")]


def names_of_files(folder: Path) -> list[str]:
    """The names, without suffix, of the TOML files in a folder, in their order."""
    try:
        found = sorted(os.listdir(folder))  # noqa: PTH208 - a path for each costs as much as a file
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as wrong:
        raise unreadable(folder, wrong) from None
    return [name[:-5] for name in found if name.endswith(".toml") and not name.startswith(".")]


def bytes_of(path: str, limit: int) -> bytes:
    """What a file holds, one byte past `limit` at most; raises `OSError`."""
    if not stat.S_ISREG(os.stat(path).st_mode):  # noqa: PTH116 - as above
        # A folder, or a pipe that would make us wait for ever.
        raise IsADirectoryError
    with open(path, "rb") as stream:  # noqa: PTH123 - as above
        return stream.read(limit + 1)


def is_file(path: Path) -> bool:
    """Whether an ordinary file is there; raises `CppsError` where we may not look."""
    try:
        return path.is_file()
    except OSError as wrong:
        raise unreadable(path, wrong) from None


def reason(wrong: OSError) -> str:
    """Why the system refused, in words of ours."""
    match wrong:
        case PermissionError():
            return N_("permission denied")
        case FileNotFoundError():
            return N_("it does not exist")
        case IsADirectoryError():
            return N_("it is a folder, not a file")
        case NotADirectoryError():
            return N_("it is not a folder")
        case _:
            return N_("the system refuses to open it")


def unreadable(path: Path, wrong: OSError) -> CppsError:
    """The dead end of a folder that cannot be read."""
    return CppsError(
        "`{path}` cannot be read: {reason}", path=str(path), reason=Word(reason(wrong))
    )
