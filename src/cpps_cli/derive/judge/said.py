"""The faults that several rules of changes find."""

from typing import Any

from cpps_cli.diagnostics import N_, Diagnostic, Place, Related, Word

_THERE = Word(N_("the other change"))


def no_effect(place: Place, what: str) -> Diagnostic:
    """The fault of a change without effect; `what` says why it has none."""
    return Diagnostic("CP402", place, {"what": Word(what)})


def twice(field: str, code: str, place: Place, other: Place) -> Diagnostic:
    """The fault of two changes of one field."""
    return against("CP401", place, other, {"field": field, "name": code})


def against(code: str, place: Place, other: Place, values: dict[str, Any]) -> Diagnostic:
    """A fault that the other place is needed to understand."""
    return Diagnostic(code, place, values, (Related(other, _THERE),))
