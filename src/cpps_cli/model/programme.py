"""Programmes (dispositifs) that sources report. A report about a contract is not the contract."""

from collections.abc import Iterable

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
