"""The libraries that some formats need, and that are not installed with cpps itself."""

from collections.abc import Iterator
from contextlib import contextmanager

from cpps_cli.diagnostics import N_, CppsError


@contextmanager
def needed(library: str) -> Iterator[None]:
    """Turns a library that is not installed into one sentence; import it inside."""
    try:
        yield
    except ModuleNotFoundError as missing:
        raise CppsError(
            "this format needs `{library}`, which is not installed",
            help=N_("install it with `pip install 'cpps-cli[documents]'`"),
            library=library,
        ) from missing
