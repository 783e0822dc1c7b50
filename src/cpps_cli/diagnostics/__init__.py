"""What we say when the data is wrong: a code, a place and values, never a sentence.

This room declares every diagnostic once, with the reason it matters and an example of each side.
It never reads a file, never knows a language (the sentences here are English message ids that
`render` translates) and never decides that something is wrong: the rooms above do.
"""

from cpps_cli.diagnostics.diagnostic import (
    N_,
    Code,
    CppsError,
    Diagnostic,
    KeyPath,
    Place,
    Related,
    Severity,
    Span,
    Word,
    nearest,
    no_such,
)

__all__ = [
    "N_",
    "Code",
    "CppsError",
    "Diagnostic",
    "KeyPath",
    "Place",
    "Related",
    "Severity",
    "Span",
    "Word",
    "nearest",
    "no_such",
]
