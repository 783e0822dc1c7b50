"""What a contract changes by, in time (amendments) and in space (overlays): one vocabulary."""

from datetime import date
from typing import Literal

from pydantic import Field

from cpps_cli.model.contract import ContractText, DatedField, Milestone
from cpps_cli.model.fields import TEXT_FIELDS
from cpps_cli.model.noun import (
    Code,
    Count,
    Fingerprint,
    Many,
    Note,
    Noun,
    SheetNumber,
    Sources,
    TerritoryCode,
    Text,
)
from cpps_cli.model.period import Period
from cpps_cli.model.sheet import (
    ActionSheet,
    AdaptedText,
    Axis,
    Cut,
    Inferred,
    ListItems,
    Marks,
    RemovedItems,
    SheetText,
    Uncertain,
)
from cpps_cli.model.sources import ContractClaim

Takes = Literal["all", "listed"]
TextKnown = Literal["full", "partial"]
Follows = Literal["signature", "parent"]
SIGNED = "signed"


class Change(Noun):
    """What every change may say of itself."""

    reason: Text | None = Field(None, description="why, in words for whoever reads the contract")
    sources: Sources = ()
    note: Note | None = None


# What a change may rest on: fields of a sheet, all of one, fields of the contract itself.
_RESTS = dict.fromkeys((*TEXT_FIELDS, "sheet", *ContractText.model_fields))


class Edited(Noun):
    """Whether a change of an amendment touches what was agreed, or only how it is put."""

    editorial: bool = Field(
        False,
        description="in an amendment: true where the change touches no commitment, only words",
    )


class Reread(Noun):
    """What a change was last read against, and what it says no to, key by key.

    A key is a field that the change touches; of a sheet left out, `sheet` stands for all of them.
    """

    rests_on: dict[str, Fingerprint] = Field(
        default_factory=dict,
        description="in a local contract: for a field, the fingerprint of the parent's text that "
        "the change was last read against; `cpps pin` and `cpps update` write it",
        json_schema_extra={"propertyNames": {"enum": list(_RESTS)}},
    )
    refused: dict[str, Text] = Field(
        default_factory=dict,
        description="in a local contract: for a field, why what the parent says now is not taken",
        json_schema_extra={"propertyNames": {"enum": list(_RESTS)}},
    )


class Placed(Noun):
    """Where a sheet stands in the contract that the change makes."""

    number: SheetNumber | None = Field(None, description="its number there, such as 1.1")
    axis: Code | None = Field(None, description="the code of the axis it stands in there")


class Take(Change, Placed, Marks):
    """Takes a sheet of the parent word for word (only where `takes = "listed"`)."""

    sheet: Code = Field(description="the code of the parent's sheet")


class Renumber(Change, Placed, Edited, Marks):
    """Gives another number or axis to a sheet that stays word for word (where all are taken)."""

    sheet: Code = Field(description="the code of the parent's sheet")


class Adapt(Change, Placed, Edited, Reread, Marks):
    """Changes fields of a sheet: sets them, or appends to and removes from their lists."""

    sheet: Code = Field(description="the code of the parent's sheet")
    set: AdaptedText | None = Field(None, description="fields that get a value of their own")
    append: ListItems | None = Field(
        None, description="items put after those of the parent's lists"
    )
    remove: RemovedItems | None = Field(
        None, description="items taken out of the parent's lists, written to the letter"
    )


class PartyItems(Noun):
    """Items of the list fields of a contract."""

    signatories: Many[Text] = Field((), description="items of the signatories")
    partners: Many[Text] = Field((), description="items of the partners")


class AdaptContract(Change, Edited, Reread):
    """Changes fields of the contract itself: term, window, parties."""

    set: ContractText | None = Field(None, description="fields that get a value of their own")
    append: PartyItems | None = Field(
        None, description="items put after those of the parent's lists"
    )
    remove: PartyItems | None = Field(
        None, description="items taken out of the parent's lists, written to the letter"
    )
    inferred: Inferred[DatedField] = ()
    uncertain: Uncertain[DatedField] = ()
    cut: Cut[DatedField] = ()


class Exclude(Change, Reread):
    """Leaves a sheet out of a local contract; in an amendment, repeals it."""

    sheet: Code = Field(description="the code of the parent's sheet")
    decided_by: Text | None = Field(None, description="the body that decided")
    decided_on: date | None = Field(None, description="the day it decided")
    review_on: date | None = Field(None, description="when to look at it again")


class Merge(Change, Placed, Reread, Marks):
    """Makes one sheet of several of the parent's.

    A field in `set` is the merged sheet's own; a field in `keep` is that of the sheet named;
    the others are put together in the parent's order.
    """

    sheets: Many[Code] = Field(
        min_length=2, description="codes of the parent's sheets, two at least"
    )
    code: Code = Field(description="the code of the sheet they become")
    set: SheetText | None = Field(None, description="fields whose value is the merged sheet's own")
    keep: dict[str, Code] = Field(
        default_factory=dict,
        description="for a field, the code of the merged sheet whose value it keeps",
        json_schema_extra={"propertyNames": {"enum": list(TEXT_FIELDS)}},
    )


class Add(ActionSheet):
    """A sheet that the parent does not have."""

    code: Code = Field(description="the code of the new sheet, which no other sheet has")
    parent: Literal["none", "unknown"] = Field(
        "none",
        description="none: it answers no sheet of the parent; unknown: it may, we cannot tell",
    )
    reason: Text | None = Field(None, description="why, in words for whoever reads the contract")


class Changes(Noun):
    """The changes that one file makes, in any order."""

    contract: AdaptContract | None = Field(
        None, description="what changes in the contract itself: term, window, parties"
    )
    axes: Many[Axis] = Field((), description="all the axes, where they are not the parent's")
    take: Many[Take] = Field((), description="sheets taken word for word")
    renumber: Many[Renumber] = Field((), description="sheets that only get another place")
    adapt: Many[Adapt] = Field((), description="sheets whose text changes")
    exclude: Many[Exclude] = Field((), description="sheets left out, or repealed")
    merge: Many[Merge] = Field((), description="sheets that become one")
    add: Many[Add] = Field((), description="sheets that the parent does not have")


class Overlay(Changes):
    """The text of a local contract, as changes to its parent's."""

    territory: TerritoryCode = Field(
        description="the code of the place", json_schema_extra={"from": "name"}
    )
    parent: str = Field(description="the contract it changes", json_schema_extra={"from": "name"})
    title: Text = Field(description="the full title of the local contract")
    short_title: Text | None = Field(None, description="the name used in tables")
    parent_version: str = Field(
        SIGNED, description="the id of the parent's last amendment when it was written, or `signed`"
    )
    parent_fingerprint: Fingerprint | None = Field(
        None,
        description="the fingerprint of that text, so that one edited without an amendment is "
        "found; `cpps pin` and `cpps update` write it",
    )
    takes: Takes = Field(
        description="all: every sheet of the parent but those excluded or merged; "
        "listed: only those that a change names"
    )
    text: TextKnown = Field(
        "full", description="full: the whole local text is held; partial: only a part of it"
    )
    follows: Follows = Field(
        "signature",
        description="once it is signed. signature: it has the parent's words of that day; "
        "parent: it has those that the parent has meanwhile, as one of its `sources` says",
    )
    whole_axes: Many[Code] = Field(
        (), description="axes of the parent to which the part we hold answers in full"
    )
    announced_sheets: Count | None = Field(None, description="how many sheets it is said to have")
    milestones: Many[Milestone] = Field((), description="what happened to it, and when")
    claims: Many[ContractClaim] = Field((), description="what the sources do not agree on")
    amendments: Many["Amendment"] = Field(
        (), description="its own amendments, a file each", json_schema_extra={"from": "name"}
    )
    sources: Sources = ()
    note: Note | None = None

    @property
    def id(self) -> str:
        """The id of the local contract that it makes."""
        return f"{self.parent}/{self.territory}"

    @property
    def signed_on(self) -> date | None:
        """The first day on which it may have been signed; None where that is not known."""
        days = (item.on.first for item in self.milestones if item.kind == "signed" and item.on)
        return next(days, None)

    def amended_by(self, amendments: tuple["Amendment", ...]) -> "Overlay":
        """Puts these amendments of its own in the local text."""
        if amendments == self.amendments:
            return self
        return self.replace(amendments=amendments)


class Amendment(Changes):
    """An avenant: what a contract's text became from a day on."""

    id: Code = Field(
        description="what `parent_version` names it by", json_schema_extra={"from": "name"}
    )
    title: Text = Field(description="its full title")
    deliberation: Text | None = Field(None, description="reference of the vote")
    signed_on: Period | None = Field(None, description="when it was signed")
    in_force_on: date = Field(
        description="the day from which its text holds: a TOML date, without quotation marks"
    )
    editorial: bool = Field(
        False, description="true where no change of it touches a commitment, only words"
    )
    sources: Sources = ()
    note: Note | None = None
