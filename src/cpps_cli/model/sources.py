"""Where a fact comes from, and what sources say against one another."""

from typing import Any

from pydantic import Field

from cpps_cli.model.noun import Code, Count, Many, Noun, SheetNumber, SourceId, Text
from cpps_cli.model.period import Period


class Source(Noun):
    """A public document that states facts."""

    title: Text
    dated: Period | None = Field(
        None, description="when it was published, as precisely as it is known"
    )
    address: Text | None = Field(None, description="where it can be read")
    note: Text | None = None


class SourcesFile(Noun):
    """The sources of a library, by their id."""

    sources: dict[SourceId, Source] = Field(default_factory=dict)


class Claim(Noun):
    """What some sources say of a thing on which sources disagree, kept whether retained or not.

    A claim that states several fields at once is a reading: they are retained together.
    """

    id: Code | None = Field(None, description="the name of this reading")
    topic: Text | None = Field(
        None, description="what it is about, when that is no field of this file"
    )
    words: Text | None = Field(None, description="what the sources say of the topic")
    sources: Many[SourceId] = ()
    retained: bool = False
    why: Text | None = Field(None, description="why it is retained, or not")

    def statement(self) -> dict[str, Any]:
        """The fields it states, and their values."""
        says: Noun | None = getattr(self, "says", None)
        if says is None:
            return {}
        return {field: getattr(says, field) for field in sorted(says.model_fields_set)}


class ContractStatement(Noun):
    """Fields of a contract that a claim may state."""

    title: Text | None = None
    term: Period | None = None
    window: Period | None = None
    announced_sheets: Count | None = None
    pages: Count | None = None
    signed_on: Period | None = None


class ContractClaim(Claim):
    """A claim about a contract."""

    says: ContractStatement | None = None


class SheetStatement(Noun):
    """Fields of an action sheet that a claim may state."""

    title: Text | None = None
    number: SheetNumber | None = None
    axis: Code | None = None


class SheetClaim(Claim):
    """A claim about an action sheet."""

    says: SheetStatement | None = None


class ProgrammeStatement(Noun):
    """Fields of a programme that a claim may state."""

    title: Text | None = None
    partners: Many[Text] | None = None


class ProgrammeClaim(Claim):
    """A claim about a programme."""

    says: ProgrammeStatement | None = None
