"""What a contract changes by, in time (amendments) and in space (overlays): one vocabulary."""

from datetime import date
from typing import Literal

from pydantic import Field

from cpps_cli.model.contract import ContractText, Milestone
from cpps_cli.model.noun import Code, Count, Many, Noun, SheetNumber, SourceId, TerritoryCode, Text
from cpps_cli.model.period import Period
from cpps_cli.model.sheet import LIST_FIELDS, ActionSheet, Axis, Marks, SheetText
from cpps_cli.model.sources import ContractClaim

Takes = Literal["all", "listed"]
TextKnown = Literal["full", "partial"]
SIGNED = "signed"


class Change(Marks):
    """What every change may say of itself."""

    reason: Text | None = None
    sources: Many[SourceId] = ()
    note: Text | None = None


class Placed(Noun):
    """Where a sheet stands in the contract that the change makes."""

    number: SheetNumber | None = None
    axis: Code | None = None


class Take(Change, Placed):
    """Takes a sheet of the parent word for word (`takes = "listed"`)."""

    sheet: Code


class Renumber(Change, Placed):
    """Gives another number or axis to a sheet that stays word for word (`takes = "all"`)."""

    sheet: Code


class ListItems(Noun):
    """Items of the list fields of a sheet."""

    objectives: Many[Text] = ()
    audience: Many[Text] = ()
    places: Many[Text] = ()
    means: Many[Text] = ()
    methods: Many[Text] = ()
    expected_results: Many[Text] = ()
    partners: Many[Text] = ()
    schedule: Many[Text] = ()


class Adapt(Change, Placed):
    """Changes fields of a sheet: sets them, or appends to and removes from their lists."""

    sheet: Code
    set: SheetText | None = None
    append: ListItems | None = None
    remove: ListItems | None = None


class PartyItems(Noun):
    """Items of the list fields of a contract."""

    signatories: Many[Text] = ()
    partners: Many[Text] = ()


class AdaptContract(Change):
    """Changes fields of the contract itself: term, window, parties."""

    set: ContractText | None = None
    append: PartyItems | None = None
    remove: PartyItems | None = None


class Exclude(Change):
    """Leaves a sheet out, or repeals it."""

    sheet: Code
    decided_by: Text | None = Field(None, description="the body that decided")
    decided_on: date | None = None
    review_on: date | None = Field(None, description="when to look at it again")


class Merge(Change, Placed):
    """Makes one sheet of several of the parent's.

    A field in `set` is the merged sheet's own; a field in `keep` is that of the sheet named;
    the others are put together in the parent's order.
    """

    sheets: Many[Code] = Field(min_length=2)
    code: Code
    set: SheetText | None = None
    keep: dict[str, Code] = Field(default_factory=dict)


class Add(ActionSheet):
    """A sheet that the parent does not have."""

    code: Code
    parent: Literal["none", "unknown"] = Field(
        "none", description="unknown: a sheet of the parent may be its parent, we cannot tell"
    )
    reason: Text | None = None


class Changes(Noun):
    """The changes that one file makes, in any order."""

    contract: AdaptContract | None = None
    axes: Many[Axis] = Field((), description="all the axes, where they are not the parent's")
    take: Many[Take] = ()
    renumber: Many[Renumber] = ()
    adapt: Many[Adapt] = ()
    exclude: Many[Exclude] = ()
    merge: Many[Merge] = ()
    add: Many[Add] = ()


class Overlay(Changes):
    """The text of a local contract, as changes to its parent's."""

    territory: TerritoryCode = Field(json_schema_extra={"from": "name"})
    parent: str = Field(json_schema_extra={"from": "name"})
    title: Text
    short_title: Text | None = None
    parent_version: str = Field(
        SIGNED, description="the parent's amendment it was written against, or `signed`"
    )
    takes: Takes = Field(
        description="all: every sheet of the parent but those excluded or merged; "
        "listed: only those that a change names"
    )
    text: TextKnown = Field(
        "full", description="partial: we hold only a part of the local text"
    )
    whole_axes: Many[Code] = Field(
        (), description="axes of the parent to which the part we hold answers in full"
    )
    announced_sheets: Count | None = None
    milestones: Many[Milestone] = ()
    claims: Many[ContractClaim] = ()
    sources: Many[SourceId] = ()
    note: Text | None = None

    @property
    def id(self) -> str:
        """The id of the local contract that it makes."""
        return f"{self.parent}/{self.territory}"


class Amendment(Changes):
    """An avenant: what a contract's text became from a day on."""

    id: Code = Field(json_schema_extra={"from": "name"})
    title: Text
    deliberation: Text | None = Field(None, description="reference of the vote")
    signed_on: Period | None = None
    in_force_on: date
    editorial: bool = Field(False, description="true: it changes no commitment")
    sources: Many[SourceId] = ()
    note: Text | None = None


