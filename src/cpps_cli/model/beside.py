"""What stands beside a contract: programmes that sources report, the generation before.

A report about a contract is not the contract.
"""

from collections.abc import Iterable
from typing import Literal

from pydantic import Field

from cpps_cli.model.noun import Code, Many, Note, Noun, Sources, Text
from cpps_cli.model.period import Period
from cpps_cli.model.sheet import Indicator
from cpps_cli.model.sources import ProgrammeClaim


class SheetLink(Noun):
    """An action sheet to which a programme seems to belong."""

    sheet: Code = Field(description="the code of the sheet")
    inferred: bool = Field(False, description="true where it is our reading, stated by no source")
    note: Note | None = None


class Fact(Noun):
    """What sources say of a programme over a period."""

    period: Period | None = Field(None, description="when it was so; absent where unknown")
    words: Text = Field(description="what the sources say, in a sentence or two")
    sources: Sources = ()


class Programme(Noun):
    """A programme as sources report it: never a sheet's objectives, never inherited."""

    code: Code = Field(description="what it is named by; never changes")
    title: Text = Field(description="its name, as the sources write it")
    partners: Many[Text] = Field((), description="those who take part, offices or associations")
    sheets: Many[SheetLink] = Field((), description="the action sheets to which it seems to belong")
    facts: Many[Fact] = Field((), description="what the sources say of it, period by period")
    indicators: Many[Indicator] = Field((), description="what was measured of it")
    claims: Many[ProgrammeClaim] = Field((), description="what the sources do not agree on")
    sources: Sources = ()
    note: Note | None = None


class ProgrammesFile(Noun):
    """The programmes reported for one contract."""

    programmes: Many[Programme] = Field((), description="the programmes, in any order")


def programmes_of(programmes: Iterable[Programme], codes: Iterable[str]) -> tuple[Programme, ...]:
    """The programmes linked to one of these sheets."""
    wanted = set(codes)
    return tuple(
        programme for programme in programmes if wanted & {link.sheet for link in programme.sheets}
    )


Passage = Literal["same", "split", "merged", "dropped", "new"]
Known = Literal["full", "partial"]


class SheetsMatched(Noun):
    """Sheets of the former contract, and those of the new one that hold their matter."""

    kind: Passage = Field(
        description="same: one sheet stays one; split: it becomes several; merged: several become "
        "one; dropped: nothing takes it up; new: it takes up nothing"
    )
    before: Many[Code] = Field((), description="codes of sheets of the former contract")
    after: Many[Code] = Field((), description="codes of sheets of this contract")
    reason: Text | None = Field(None, description="why, in words for whoever reads it")
    inferred: bool = Field(False, description="true: it is our reading, stated by no source")
    sources: Sources = ()
    note: Note | None = None


class AxesMatched(Noun):
    """An axis of the former contract, and the one of this contract that answers it."""

    before: Code = Field(description="the code of an axis of the former contract")
    after: Code = Field(description="the code of the axis of this contract")
    inferred: bool = Field(False, description="true: it is our reading, stated by no source")
    sources: Sources = ()
    note: Note | None = None


class Correspondence(Noun):
    """Which sheets of a former contract became which sheets of the one that replaces it."""

    contract: Code = Field(
        description="the contract whose file it is: the new one", json_schema_extra={"from": "name"}
    )
    former: Code = Field(description="the id of the contract that this one replaces")
    known: Known = Field(
        "full",
        description="full: every titled sheet of both contracts is accounted for; "
        "partial: what became of those that are not named is unknown",
    )
    sheets: Many[SheetsMatched] = Field((), description="what became of the sheets")
    axes: Many[AxesMatched] = Field((), description="which axis answers which")
    sources: Sources = ()
    note: Note | None = None

    def became(self, code: str) -> SheetsMatched | None:
        """Finds what became of a former contract's sheet; None where that is not known."""
        return next((item for item in self.sheets if code in item.before), None)

    def comes_from(self, code: str) -> SheetsMatched | None:
        """Finds what a sheet of the new contract comes from; None where not known."""
        return next((item for item in self.sheets if code in item.after), None)

    def axis_after(self, code: str) -> str | None:
        """Finds the axis that answers a former contract's; None where none is named."""
        return next((item.after for item in self.axes if item.before == code), None)
