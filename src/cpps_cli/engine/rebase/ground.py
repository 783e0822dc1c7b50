"""The two texts between which a local text is carried, and where each sheet of the one went."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from cpps_cli.engine.changes import ChangeSet
from cpps_cli.engine.fingerprint import digest, normalised
from cpps_cli.engine.rebase.pieces import Why
from cpps_cli.model import ActionSheet, Adapt, Contract, Exclude, Merge, Take, kept, value_of
from cpps_cli.model.correspondence import Correspondence


@dataclass(frozen=True)
class Ground:
    """`then` is the former parent as the local text was written for it, `new` the new parent."""

    then: Contract
    new: Contract
    links: Correspondence
    changes: ChangeSet

    def targets(self, code: str) -> tuple[str, ...]:
        """The sheets of the new parent that hold the matter of a former one."""
        match = self.links.became(code)
        return tuple(item for item in match.after if self.new.sheet(item)) if match else ()

    def why_gone(self, code: str) -> Why:
        """Why a former sheet has no target."""
        match = self.links.became(code)
        if match is None:
            return "unknown"
        return "repealed" if match.after else "dropped"

    def sources(self, code: str) -> tuple[str, ...]:
        """The former sheets that a sheet of the new parent comes from."""
        match = self.links.comes_from(code)
        return match.before if match else ()

    def axis(self, code: str) -> str | None:
        """Where a sheet placed in an axis stands now: local axes stay, the parent's are matched."""
        if self.changes.has_own_axes():
            return code
        after = self.links.axis_after(code)
        return after if after and self.new.axis(after) else None

    def before(self, codes: Iterable[str], field: str) -> Any:
        """What the former parent said in a field of some sheets, together."""
        return _together([sheet for code in codes if (sheet := self.then.sheet(code))], field)

    def after(self, codes: Iterable[str], field: str) -> Any:
        """What the new parent says in a field of some sheets, together."""
        return _together([sheet for code in codes if (sheet := self.new.sheet(code))], field)

    @cached_property
    def excluded(self) -> frozenset[str]:
        """The former sheets that the local text leaves out."""
        return self._named(Exclude)

    @cached_property
    def taken(self) -> frozenset[str]:
        """The former sheets that it takes, where it names those that it takes."""
        return self._named(Take, Adapt, Merge)

    def is_taken(self, code: str) -> bool:
        """Whether a sheet of the new parent holds something that the local text took."""
        return not self.changes.listed or bool(self.taken & set(self.sources(code)))

    def _named(self, *kinds: type) -> frozenset[str]:
        placed = self.changes.placed()
        return frozenset(
            code for item in placed if isinstance(item.change, kinds) for code in item.targets
        )


def same(one: Any, other: Any) -> bool:
    """Whether two values say the same, typing apart."""
    return bool(one == other) or digest(one) == digest(other)


def written_as(item: str, items: Iterable[str]) -> str | None:
    """An item of a list as the list writes it; None where it lacks it."""
    return next((other for other in items if normalised(other) == normalised(item)), None)


def _together(sheets: list[ActionSheet], field: str) -> Any:
    return value_of(field, tuple(part for sheet in sheets for part in kept(sheet, field)))
