"""What a correspondence says of the sheets and axes of two texts, in the order they are compared.

The texts may be parents or local ones: what a local text merged, or an amendment since, is found
through the sheets that a sheet comes from.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from cpps_cli.model import ActionSheet
from cpps_cli.model.correspondence import Correspondence, Passage, SheetsMatched

# What a passage is when it is told from the new contract to the former one.
_BACKWARDS: dict[Passage, Passage] = {
    "same": "same",
    "split": "merged",
    "merged": "split",
    "dropped": "new",
    "new": "dropped",
}


@dataclass(frozen=True, slots=True)
class Generations:
    """The passages from the first text's generation to the second's; `axes` by code."""

    correspondence: Correspondence
    matches: tuple[SheetsMatched, ...]
    axes: tuple[tuple[str, str], ...]

    def of(self, roots: Iterable[str], *, first: bool) -> SheetsMatched | None:
        """What is said of a sheet of the first text, or of the second, known by its roots."""
        codes = set(roots)
        return next((item for item in self.matches if codes & set(_codes(item, first))), None)

    def across(self, roots: Iterable[str], *, first: bool) -> frozenset[str]:
        """The codes in the other generation for a sheet of the first text, or of the second."""
        codes = set(roots)
        found = (item for item in self.matches if codes & set(_codes(item, first)))
        return frozenset(code for item in found for code in _codes(item, not first))

    def same(self) -> dict[str, str]:
        """The codes of sheets that stayed one, those of the first text with the second's."""
        return {
            item.before[0]: item.after[0]
            for item in self.matches
            if item.kind == "same" and item.before and item.after
        }

    def not_named(self, sheets: tuple[ActionSheet, ...], *, first: bool) -> tuple[ActionSheet, ...]:
        """The sheets of one side of which nothing is said."""
        named = {code for item in self.matches for code in _codes(item, first)}
        return tuple(sheet for sheet in sheets if sheet.code not in named)


def generations(correspondence: Correspondence, *, backwards: bool = False) -> Generations:
    """What it says from the former contract to the new one, or `backwards`."""
    axes = tuple((item.before, item.after) for item in correspondence.axes)
    if not backwards:
        return Generations(correspondence, correspondence.sheets, axes)
    return Generations(
        correspondence,
        tuple(map(_turned, correspondence.sheets)),
        tuple((after, before) for before, after in axes),
    )


def _turned(item: SheetsMatched) -> SheetsMatched:
    present = {name: getattr(item, name) for name in item.model_fields_set}
    turned = {"kind": _BACKWARDS[item.kind], "before": item.after, "after": item.before}
    return SheetsMatched(**{**present, **turned})


def _codes(item: SheetsMatched, first: bool) -> tuple[str, ...]:
    return item.before if first else item.after
