"""A derived contract in one file: what was derived, from which text, on which day."""

from datetime import date
from typing import Literal

from pydantic import Field

from cpps_cli.model.change import Follows
from cpps_cli.model.contract import Contract
from cpps_cli.model.derived import Basis, LeftOutOrigin, Origin, SinceKind
from cpps_cli.model.library import Territory
from cpps_cli.model.noun import Code, Many, Noun, SheetNumber, SourceId, TerritoryCode, Text
from cpps_cli.model.sheet import ActionSheet
from cpps_cli.model.sources import Source


class SnapshotHead(Noun):
    """Which derived contract this is."""

    id: Text = Field(description="the id of the contract, `PARENT/TERRITORY`")
    parent: Code = Field(description="the contract it is derived from")
    parent_version: Text = Field(
        description="the id of the parent's last amendment then, or `signed`"
    )
    version: Text | None = Field(
        None, description="the id of its own last amendment then, or `signed`; none without a text"
    )
    parent_fingerprint: Text = Field(
        description="the fingerprint of the parent's text it comes from"
    )
    follows: Follows | None = Field(
        None,
        description="once it is signed: whether it has the parent's words of that day, or follows "
        "its parent; none before",
    )
    basis: Basis = Field(description="whether a local text is held: none, a part, or the whole")
    reconstruction: bool = Field(
        False, description="true where the library it comes from is a reconstruction"
    )
    on: date | None = Field(
        None, description="the day for which it was derived, where one was asked"
    )


class SnapshotSheet(ActionSheet):
    """A sheet of a derived contract, with its origin."""

    code: Code = Field(description="what changes, links and commands name it by")
    origin: Origin = Field(description="how it came to be in the contract")
    answers: Many[Code] | None = Field(
        None, description="the parent's sheets it comes from; absent where that is not known"
    )
    link_inferred: bool = Field(
        False, description="true where `answers` is our reading, stated by no source"
    )


class SnapshotLeftOut(Noun):
    """A sheet of the parent that the derived contract does not hold."""

    code: Code = Field(description="the code of the parent's sheet")
    number: SheetNumber | None = Field(None, description="its number in the parent")
    title: Text | None = Field(None, description="its title in the parent")
    origin: LeftOutOrigin = Field(description="whether it was excluded, not taken up, or unknown")
    reason: Text | None = Field(None, description="why it was excluded")
    decided_by: Text | None = Field(None, description="the body that decided")
    decided_on: date | None = Field(None, description="the day it decided")
    review_on: date | None = Field(None, description="when to look at it again")


class SnapshotSince(Noun):
    """A change of the parent since the signature, which the signed text does not follow."""

    code: Code | None = Field(
        None, description="the code of the parent's sheet; absent for the contract itself"
    )
    kind: SinceKind = Field(description="whether it was added, repealed, or changed")
    field: Text | None = Field(None, description="the field that was changed")


class Snapshot(Noun):
    """A file that stands alone: the contract, its sheets, and the sources and place they name."""

    format: Literal[1] = Field(description="the version of the file format")
    snapshot: SnapshotHead = Field(description="what was derived, and from which text")
    contract: Contract = Field(description="the contract itself, without its sheets")
    sheets: Many[SnapshotSheet] = Field((), description="its sheets, in order")
    left_out: Many[SnapshotLeftOut] = Field((), description="sheets of the parent that it lacks")
    since_signature: Many[SnapshotSince] = Field(
        (), description="what the parent has changed since the signature"
    )
    territories: dict[TerritoryCode, Territory] = Field(
        default_factory=dict, description="its territory, under its code"
    )
    sources: dict[SourceId, Source] = Field(
        default_factory=dict, description="the sources that it names, each under its id"
    )
