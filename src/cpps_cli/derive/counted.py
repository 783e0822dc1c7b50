"""The coverage of so many local contracts that they are counted, and not held."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from cpps_cli.derive.coverage import (
    FATES,
    NONE,
    Counts,
    Fate,
    LocalCoverage,
    added_up,
    counts_of,
)
from cpps_cli.model import ActionSheet, Contract


@dataclass(frozen=True, slots=True)
class Tally:
    """How many local contracts there are, and of how many something is to be said.

    `fates` are counted by the codes of the parent's sheets; `added` are local sheets.
    """

    places: int = 0
    known: int = 0
    partial: int = 0
    to_reread: int = 0
    inferred: int = 0
    added: int = 0
    fates: Mapping[str, Counts] = field(default_factory=dict)

    def and_also(self, other: "Tally") -> "Tally":
        """Both together."""
        return Tally(
            self.places + other.places,
            self.known + other.known,
            self.partial + other.partial,
            self.to_reread + other.to_reread,
            self.inferred + other.inferred,
            self.added + other.added,
            added_up((self.fates, other.fates)),
        )


@dataclass(frozen=True, slots=True)
class Counted:
    """The sheets of a parent asked for, and how many of its local contracts made what of each."""

    parent: Contract
    version: str
    on: date | None
    sheets: tuple[ActionSheet, ...]
    tally: Tally
    passed_over: tuple[str, ...] = ()

    def totals_of(self, code: str) -> dict[Fate, int]:
        """In how many local contracts a sheet met each fate."""
        return dict(self.tally.fates.get(code, NONE))

    def totals(self) -> dict[Fate, int]:
        """How often each fate was met; it adds up to the sheets times the local contracts."""
        counts = [self.totals_of(sheet.code) for sheet in self.sheets]
        return {fate: sum(count[fate] for count in counts) for fate in FATES}


def tally_of(places: Iterable[LocalCoverage]) -> Tally:
    """What there is to count in local contracts."""
    found = list(places)
    return Tally(
        len(found),
        sum(place.basis != "no_text" for place in found),
        sum(place.basis == "partial" for place in found),
        sum(place.to_reread for place in found),
        sum(any(item.link_inferred for item in place.outcomes.values()) for place in found),
        sum(item.origin == "added" for place in found for item in place.sheets),
        counts_of(found),
    )
