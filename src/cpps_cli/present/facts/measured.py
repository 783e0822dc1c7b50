"""What is measured: the indicators of sheets; and what sources report of programmes.

Programmes have tables of their own, as none of it is a contract's word.
"""

from collections.abc import Iterator
from typing import NamedTuple

from cpps_cli.i18n.catalogue import _
from cpps_cli.i18n.contract_labels import matter_in_words, sheet_name
from cpps_cli.i18n.dates import period_in_words
from cpps_cli.model import ActionSheet, Indicator, IndicatorValue, Period
from cpps_cli.model.programme import Fact, Programme, SheetLink
from cpps_cli.model.sources import disputes_of
from cpps_cli.present.document_context import DocumentContext
from cpps_cli.present.facts import (
    Column,
    Item,
    Shown,
    Tab,
    Table,
    claimed,
    given,
    items,
    of_model,
    period,
    position,
    tab,
    wide,
)
from cpps_cli.present.facts.contracts import Local, where
from cpps_cli.present.facts.scope import Scope, part_id
from cpps_cli.present.facts.sheets import local_sheet_rows, sheet_rows
from cpps_cli.present.surroundings import programmes_told, sheets_told


def _indicators(scope: Scope) -> Iterator[Item]:
    return items(sheet_rows(scope), "sheet.indicators", "#indicator-")


def sheet_figures(scope: Scope) -> Iterator[Item]:
    """Numbers what was measured of the sheets, period by period."""
    return items(_indicators(scope), "noun.values", "-")


def programme_rows(scope: Scope) -> Iterator[Item]:
    """The programmes reported for the parent; where sources disagree, with what is retained."""
    for place, item in enumerate(programmes_told(scope.context), 1):
        yield Item(f"{scope.parent.id}#programme-{item.code}", scope.contracts[0], place, item)


def programme_facts(scope: Scope) -> Iterator[Item]:
    """Numbers what sources say of each programme, period by period."""
    return items(programme_rows(scope), "noun.facts", "#fact-")


def _programme_indicators(scope: Scope) -> Iterator[Item]:
    return items(programme_rows(scope), "noun.indicators", "#indicator-")


def programme_figures(scope: Scope) -> Iterator[Item]:
    """Numbers what sources count of programmes, period by period."""
    return items(_programme_indicators(scope), "noun.values", "-")


_INDICATOR = tuple(
    of_model(Indicator, "code", "title", "unit", "definition", "every", "target", "note")
)
_FIGURE: tuple[Column[Item], ...] = (
    *period(("period", "first_on", "last_on"), "when it was measured", "noun.period"),
    *of_model(IndicatorValue, "value", holds="number"),
    *of_model(IndicatorValue, "at_least", "about", holds="boolean"),
    *of_model(IndicatorValue, "words", "definition"),
)

INDICATORS = Table(
    "indicators",
    "what is measured to follow the sheets up",
    _indicators,
    (
        given("id", "the id of the indicator"),
        given("sheet", "the id of the sheet", "of.id", "sheets"),
        position("its place in the sheet"),
        *_INDICATOR,
    ),
)
FIGURES = Table(
    "indicator_values",
    "what was measured",
    sheet_figures,
    (
        given("id", "the id of the value"),
        given("indicator", "the id of the indicator", "of.id", "indicators"),
        *_FIGURE,
    ),
)
LOCAL_INDICATORS: Table[Local] = Table(
    "indicators",
    "what is measured to follow those sheets up",
    lambda local: items(local_sheet_rows(local), "sheet.indicators", "#indicator-"),
    (
        *where("of."),
        given("sheet", "the code of the sheet", "of.sheet.code"),
        position("its place in the sheet"),
        *_INDICATOR,
    ),
    ("contract", "sheet", "position"),
)


# --- programmes

PROGRAMMES = Table(
    "programmes",
    "programmes that sources report: they are not the words of a contract",
    programme_rows,
    (
        given("id", "the id of the programme"),
        given("contract", "the id of the contract for which it is reported", "of.id", "contracts"),
        *of_model(Programme, "code", "title", "note"),
    ),
)
_OF_PROGRAMME: Column[Item] = given("programme", "the id of the programme", "of.id", "programmes")

PROGRAMME_PARTNERS: Table[Scope] = Table(
    "programme_partners",
    "partners of programmes",
    lambda scope: items(programme_rows(scope), "noun.partners", "-"),
    (
        _OF_PROGRAMME,
        position("its place in the list of the programme"),
        given("words", "the office or association", "noun"),
    ),
    ("programme", "position"),
)


def _linked_sheets(scope: Scope) -> Iterator[Item]:
    """Only those held: one that is repealed since, or not added yet, has no row."""
    held = {sheet.code for sheet in scope.parent.sheets}
    links = items(programme_rows(scope), "noun.sheets", "-")
    return (row for row in links if row.noun.sheet in held)


PROGRAMME_SHEETS = Table(
    "programme_sheets",
    "action sheets to which programmes seem to belong",
    _linked_sheets,
    (
        _OF_PROGRAMME,
        given(
            "sheet",
            "the id of the sheet",
            lambda row: part_id(row.of.of.contract, row.noun.sheet),
            "sheets",
        ),
        claimed("inferred", "whether the link is read by us, stated in no source", "noun.inferred"),
        *of_model(SheetLink, "note"),
    ),
    ("programme", "sheet"),
)
PROGRAMME_FACTS = Table(
    "programme_facts",
    "what sources say of programmes",
    programme_facts,
    (
        given("id", "the id of the fact"),
        _OF_PROGRAMME,
        *period(("period", "first_on", "last_on"), "when it was so", "noun.period"),
        *of_model(Fact, "words"),
    ),
)
PROGRAMME_INDICATORS = Table(
    "programme_indicators",
    "what sources count of programmes",
    _programme_indicators,
    (
        given("id", "the id of the indicator"),
        _OF_PROGRAMME,
        position("its place in the programme"),
        *_INDICATOR,
    ),
)
PROGRAMME_FIGURES = Table(
    "programme_values",
    "figures that sources give of programmes",
    programme_figures,
    (
        given("id", "the id of the value"),
        given("indicator", "the id of the indicator", "of.id", "programme_indicators"),
        *_FIGURE,
    ),
)


# --- for people


class _Measure(NamedTuple):
    """A figure of a sheet; an indicator of which none is held has a row without one."""

    sheet: ActionSheet
    indicator: Indicator
    figure: IndicatorValue | None


def indicators_tab(context: DocumentContext) -> Tab:
    """Figures as figures, with the words without which they say little."""
    columns: tuple[Shown[_Measure], ...] = (
        Shown(_("No."), "sheet.number"),
        wide(_("Sheet"), lambda row: row.sheet.title or sheet_name(row.sheet)),
        wide(_("Indicator"), "indicator.title"),
        Shown(_("Unit"), "indicator.unit"),
        Shown(
            _("Period"),
            lambda row: (
                period_in_words(row.figure.period) if row.figure else _("No value is held.")
            ),
        ),
        Shown(_("First day"), "figure.period.first"),
        Shown(_("Last day"), "figure.period.last"),
        Shown(_("Value"), "figure.value"),
        Shown(_("How exact"), lambda row: _how_exact(row.figure)),
        wide(_("In words"), "figure.words"),
        wide(
            _("What is counted"),
            lambda row: (row.figure and row.figure.definition) or row.indicator.definition,
        ),
        Shown(_("Measured"), "indicator.every"),
        wide(_("Target"), "indicator.target"),
        Shown(_("Sources"), "figure.sources"),
        wide(_("Note"), "indicator.note"),
    )
    rows = (
        _Measure(sheet, indicator, figure)
        for sheet in sheets_told(context)
        for indicator in sheet.indicators
        for figure in _in_time(indicator) or (None,)
    )
    return tab(_("Indicators"), columns, rows, _("No indicator is held."))


def _in_time(indicator: Indicator) -> list[IndicatorValue]:
    return sorted(indicator.values, key=lambda item: (item.period.first, item.period.last))


def _how_exact(figure: IndicatorValue | None) -> str | None:
    if figure is None:
        return None
    if figure.value is None:
        return _("in words only")
    if figure.at_least:
        return _("more than")
    return _("about") if figure.about else None


class _Report(NamedTuple):
    """What is reported of a programme: of itself, then each fact and each figure."""

    programme: Programme
    known: str | None
    sources: tuple[str, ...]
    period: Period | None = None
    words: str | None = None
    indicator: Indicator | None = None
    figure: IndicatorValue | None = None


def _reports(programme: Programme) -> Iterator[_Report]:
    known = " ".join(_circumstances(programme)) or None
    yield _Report(programme, known, programme.sources)
    for fact in programme.facts:
        yield _Report(programme, None, fact.sources, fact.period, fact.words)
    for indicator in programme.indicators:
        for item in _in_time(indicator):
            counted = item.definition or indicator.definition
            about = (item.sources, item.period, item.words, indicator, item)
            yield _Report(programme, counted, *about)


def programmes_tab(context: DocumentContext) -> Tab:
    """Reported beside the contract; a local contract has none of its own."""

    def links(row: _Report) -> str | None:
        sheets = ((link.sheet, context.contract.sheet(link.sheet)) for link in row.programme.sheets)
        return "; ".join(sheet_name(sheet) if sheet else code for code, sheet in sheets) or None

    columns: tuple[Shown[_Report], ...] = (
        wide(_("Programme"), "programme.title"),
        wide(_("Linked sheets"), links),
        wide(_("Partners"), "programme.partners"),
        Shown(_("Period"), lambda row: period_in_words(row.period) if row.period else None),
        Shown(_("First day"), "period.first"),
        Shown(_("Last day"), "period.last"),
        wide(_("What is said"), "words"),
        wide(_("Indicator"), "indicator.title"),
        Shown(_("Value"), "figure.value"),
        Shown(_("How exact"), lambda row: _how_exact(row.figure)),
        Shown(_("Unit"), "indicator.unit"),
        wide(_("To be known"), "known"),
        Shown(_("Sources"), "sources"),
    )
    rows = (row for item in programmes_told(context) for row in _reports(item))
    empty = _("What sources report of programmes is told with the parent contract.")
    if context.derived is None:
        empty = _("No programme is reported for this contract.")
    return tab(_("Reported programmes"), columns, rows, empty)


def _circumstances(programme: Programme) -> Iterator[str]:
    if any(link.inferred for link in programme.sheets):
        yield _("Link to the sheet inferred: read by us, stated in no source") + "."
    for dispute in disputes_of(programme.claims):
        yield _("Disputed: {matter}.").format(matter=matter_in_words(dispute))
    if programme.note:
        yield _("Note: {text}").format(text=programme.note)
