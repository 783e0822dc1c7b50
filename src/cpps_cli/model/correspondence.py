"""What became of the sheets of one generation of a contract in the next: same, split, merged…"""

from typing import Literal

from pydantic import Field

from cpps_cli.model.noun import Code, Many, Note, Noun, Sources, Text

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
