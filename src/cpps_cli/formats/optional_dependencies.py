"""The libraries that some formats need, and that are not installed with cpps itself."""

from collections.abc import Iterator
from contextlib import contextmanager

from cpps_cli.diagnostics import N_, CppsError


@contextmanager
def needed(library: str, extra: str = "documents") -> Iterator[None]:
    """Turns a library that is not installed into one sentence; import it inside.

    `extra` is the one of our package that brings it. pip asks no index for a package that its
    environment has: the remedy serves an install from a wheel or a folder as well.
    """
    try:
        yield
    except ModuleNotFoundError as missing:
        raise CppsError(
            "this format needs `{library}`, which is not installed",
            help=N_("install it where cpps is installed: `pip install 'cpps-cli[{extra}]'`"),
            library=library,
            extra=extra,
        ) from missing
