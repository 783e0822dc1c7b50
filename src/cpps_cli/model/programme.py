"""Programmes (dispositifs) that sources report. A report about a contract is not the contract."""

from pydantic import Field

from cpps_cli.model.noun import Code, Many, Noun, SourceId, Text
from cpps_cli.model.period import Period
from cpps_cli.model.sheet import Indicator
from cpps_cli.model.sources import ProgrammeClaim


class SheetLink(Noun):
    """An action sheet to which a programme seems to belong."""

    sheet: Code
    inferred: bool = Field(False, description="true: our reading, stated nowhere")
    note: Text | None = None


class Fact(Noun):
    """What sources say of a programme over a period."""

    period: Period | None = None
    words: Text
    sources: Many[SourceId] = ()


class Programme(Noun):
    """A programme as sources report it: never a sheet's objectives, never inherited."""

    code: Code
    title: Text
    partners: Many[Text] = ()
    sheets: Many[SheetLink] = ()
    facts: Many[Fact] = ()
    indicators: Many[Indicator] = ()
    claims: Many[ProgrammeClaim] = ()
    sources: Many[SourceId] = ()
    note: Text | None = None


class ProgrammesFile(Noun):
    """The programmes reported for one contract."""

    programmes: Many[Programme] = ()
