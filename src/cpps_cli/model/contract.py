"""Contracts, and what happens to them."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Generic, Literal, NamedTuple, TypeVar

from pydantic import Field

from cpps_cli.model.noun import Code, Count, Many, Note, Noun, Sources, TerritoryCode, Text
from cpps_cli.model.period import Period
from cpps_cli.model.sheet import ActionSheet, Axis, Cut, Inferred, Uncertain
from cpps_cli.model.sources import ContractClaim, claims_about, is_disputed, retained_claim

T = TypeVar("T")

MilestoneKind = Literal[
    "drafted",
    "in_concertation",
    "presented",
    "validated",
    "signed",
    "in_force",
    "amended",
    "reviewed",
    "evaluated",
    "renegotiated",
    "extended",
    "replaced",
    "terminated",
]


class Milestone(Noun, defer_build=False):
    """Something that happened to a contract: what, when, and before which body."""

    kind: MilestoneKind = Field(description="what happened")
    on: Period | None = Field(None, description="the day or period; absent where unknown")
    no_later_than: Period | None = Field(
        None, description="when it had happened for certain, where the day is unknown"
    )
    inferred: bool = Field(False, description="true: the day is read by us, stated in no source")
    body: Text | None = Field(
        None, description="the council, committee or office before which it happened"
    )
    sources: Sources = ()
    note: Note | None = None

    @property
    def when(self) -> Period | None:
        """The period in which it happened, or by which it had; None where no date is known."""
        return self.on or self.no_later_than

    def had_begun(self, on: date) -> bool:
        """Whether it was on its way by that day; what has no date was."""
        if self.when is None:
            return True
        return (self.on.first if self.on else self.when.last) <= on


def milestones_by(milestones: Iterable[Milestone], on: date) -> tuple[Milestone, ...]:
    """Lists milestones up to a day by their days; those without a date come last."""
    begun = [item for item in milestones if item.had_begun(on)]
    dated = [(item.when.last, item.when.first, item) for item in begun if item.when]
    ordered = sorted(dated, key=lambda one: one[:2])
    return (*(item for *_days, item in ordered), *(item for item in begun if not item.when))


class Retained(NamedTuple, Generic[T]):
    """A fact as it is retained, with its sources and whether other sources disagree."""

    value: T
    sources: tuple[str, ...]
    disputed: bool
    reading: str | None
    claim: int | None


class Parties(Noun):
    """Who signs and is bound, and who takes part: kept apart."""

    signatories: Many[Text] = Field((), description="offices that sign and are bound")
    partners: Many[Text] = Field((), description="those who take part without signing")


class ContractText(Parties):
    """The fields of a contract itself that a change may touch."""

    term: Period | None = Field(None, description="from when to when it runs")
    window: Period | None = Field(None, description="when the mid-term renegotiation is planned")


DatedField = Literal["term", "window"]


class Contract(ContractText):
    """A contract: its parties, term, axes and sheets. A local one has a `parent`."""

    id: str = Field(
        description="the name of its folder; of a local contract, `PARENT/TERRITORY`",
        json_schema_extra={"from": "name"},
    )
    title: Text = Field(description="its full title")
    short_title: Text | None = Field(None, description="the name used in tables")
    territory: TerritoryCode = Field(description="the code of the place where it applies")
    parent: str | None = Field(
        None,
        description="of a local contract: the contract it is derived from",
        json_schema_extra={"from": "name"},
    )
    replaces: Code | None = Field(
        None, description="the id of the contract of the generation before"
    )
    local_territories: Many[TerritoryCode] = Field(
        (), description="codes of the territories for which it is derived"
    )
    no_window: bool = Field(
        False,
        description="true: the sources say that no mid-term renegotiation is planned; "
        "without it, and without a window, that is unknown",
    )
    announced_sheets: Count | None = Field(None, description="how many sheets it is said to have")
    pages: Count | None = Field(None, description="how many pages the document has")
    governance: Many[Text] = Field((), description="who steers it, how often they meet")
    amendments_without_text: Text | None = Field(
        None, description="what is known of amendments whose texts are not held"
    )
    axes: Many[Axis] = Field((), description="its chapters, in their order")
    sheets: Many[ActionSheet] = Field(
        (), description="its action sheets, a file each", json_schema_extra={"from": "name"}
    )
    inferred: Inferred[DatedField] = ()
    uncertain: Uncertain[DatedField] = ()
    cut: Cut[DatedField] = ()
    milestones: Many[Milestone] = Field((), description="what happened to it, and when")
    claims: Many[ContractClaim] = Field((), description="what the sources do not agree on")
    sources: Sources = ()
    note: Note | None = None

    @property
    def label(self) -> str:
        """The name for tables."""
        return self.short_title or self.title

    def sheet(self, code: str) -> ActionSheet | None:
        """Finds the sheet of that code."""
        return next((sheet for sheet in self.sheets if sheet.code == code), None)

    def axis(self, code: str | None) -> Axis | None:
        """Finds the axis of that code."""
        return next((axis for axis in self.axes if axis.code == code), None)

    def axis_number(self, code: str | None) -> int | None:
        """The number of the axis of that code."""
        axis = self.axis(code)
        return axis.number if axis else None

    def retained(self, field: str, reading: str | None = None) -> Retained[Any] | None:
        """Finds the value of a field: that retained, or what `reading` states; None if unknown."""
        if chosen := retained_claim(self.claims, field, reading):
            index, claim = chosen
            disputed = is_disputed(self.claims, field)
            return Retained(claim.statement()[field], claim.sources, disputed, claim.id, index)
        value = None if claims_about(self.claims, field) else getattr(self, field, None)
        return None if value is None else Retained(value, self.sources, False, None, None)

    def value(self, field: str) -> Any:
        """Finds the value of a field, as the claim that is retained states it; None if unknown."""
        found = self.retained(field)
        return None if found is None else found.value

    @property
    def reading_used(self) -> str | None:
        """The reading of disputed dates that is retained; None where it has no name."""
        dates = (self.retained("window"), self.retained("term"))
        return next((item.reading for item in dates if item and item.disputed), None)

    @property
    def signed_on(self) -> Period | None:
        """When it was signed, as far as that is known without a dispute."""
        dates = (milestone.on for milestone in self.milestones if milestone.kind == "signed")
        return next(filter(None, dates), None)

    @property
    def signature_on_record(self) -> bool:
        """Whether anything says that it was signed, on a known day or not."""
        kinds = {milestone.kind for milestone in self.milestones}
        return bool(kinds & {"signed", "in_force"}) or self.retained("signed_on") is not None

    def begins_on(self) -> Period | None:
        """Finds from when its text holds: the later of its signature and its term's start.

        Only a milestone `in_force` says otherwise.
        """
        in_force = next((item.on for item in self.milestones if item.kind == "in_force"), None)
        if in_force is not None:
            return in_force
        held = (self.retained("signed_on"), self.retained("term"))
        dated: list[Period] = [item.value for item in held if item is not None]
        return max(dated, key=lambda period: period.first, default=None)
