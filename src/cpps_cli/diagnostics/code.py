"""How a diagnostic is declared."""

from typing import Literal, NamedTuple

Severity = Literal["error", "warning", "note"]


def N_(message: str) -> str:
    """Marks an English message id, so that the catalogues hold it; `render` translates it."""
    return message


class Code(NamedTuple):
    """One kind of fault. The sentences are message ids with `{slots}` that a diagnostic fills.

    `message` says only what is wrong, `label` what stands under the caret, `help` what to do,
    `why` the reason it matters; `wrong` and `right` are extracts of a file.
    """

    id: str
    severity: Severity
    title: str
    message: str
    why: str
    wrong: str
    right: str
    label: str = ""
    help: str = ""
