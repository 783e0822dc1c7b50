"""The reasons of a local contract for what it did with a sheet: all of them, in their order.

They come with the version of the local text that gives each: `signed`, or its own amendment.
"""

from collections.abc import Iterator

from cpps_cli.model import SIGNED
from cpps_cli.words.catalogue import _

Reasons = tuple[tuple[str, str], ...]


def reasons_in_words(reasons: Reasons) -> Iterator[str]:
    """« Motif : … » of the text as signed, « Motif, avenant-1 : … » of its amendments."""
    for version, reason in reasons:
        if version == SIGNED:
            yield _("Reason: {reason}").format(reason=reason)
        else:
            yield _("Reason, {version}: {reason}").format(version=version, reason=reason)


def reasons_in_short(reasons: Reasons) -> Iterator[str]:
    """The same for a cell that has a heading: the version only where there are several."""
    for version, reason in reasons:
        alone = version == SIGNED or len(reasons) == 1
        yield reason if alone else _("{version}: {reason}").format(version=version, reason=reason)
