"""What has happened to a contract by a day, for certain."""

from collections.abc import Iterable
from datetime import date

from cpps_cli.model import Milestone, MilestoneKind


def has_happened(milestone: Milestone, on: date) -> bool:
    """Whether it had happened on that day. One dated to a month or a year had on its last day."""
    when = milestone.on or milestone.no_later_than
    return when is not None and when.last <= on


def past(milestones: Iterable[Milestone], on: date) -> frozenset[MilestoneKind]:
    """The kinds of milestones that had happened on that day; a concertation, once it began."""
    return frozenset(
        item.kind
        for item in milestones
        if has_happened(item, on)
        or (item.kind == "in_concertation" and item.on is not None and item.on.first <= on)
    )
