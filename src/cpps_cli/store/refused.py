"""The system's refusals by the reason that a person can act on."""

import errno
from pathlib import Path

from cpps_cli.store.files import CannotWrite, Reason


def cannot_write(path: Path, refused: OSError) -> CannotWrite:
    """What is said of `path`, where `refused` is why it was not written."""
    return CannotWrite(path, _reason(refused))


def _reason(refused: OSError) -> Reason:
    match refused:
        case PermissionError() | OSError(errno=errno.EROFS):
            return "permission"
        case FileNotFoundError() | NotADirectoryError():
            return "missing_folder"
        case OSError(errno=errno.ENOSPC | errno.EDQUOT):
            return "full"
        case _:
            return "other"
