"""Which libraries may be written in: those of the user, never one that comes with the tool."""

from pathlib import Path

from cpps_cli.diagnostics import N_, CppsError
from cpps_cli.store import finding
from cpps_cli.store.finding import bundled

BUNDLED = ("paris", "exemple")


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
    package = Path(finding.__file__).resolve().parent.parent
    if any(here.is_relative_to(place) for place in (package, *map(bundled, BUNDLED))):
        raise CppsError(
            "`{path}` comes with cpps: nothing is written in it",
            help=N_("make a library of your own with `cpps init DIR`, then add `--data DIR` here"),
            path=str(root),
        )
