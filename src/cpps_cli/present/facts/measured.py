"""Tables of measures: the indicators of sheets, and the reports of sources on programmes.

Programmes have tables of their own, as none of it is a contract's word.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from cpps_cli.i18n.catalogue import _
from cpps_cli.i18n.dates import period_in_words
from cpps_cli.i18n.labels import matter_in_words, sheet_name
from cpps_cli.model import ActionSheet, Indicator, IndicatorValue, Period
from cpps_cli.model.beside import Fact, Programme, SheetLink
from cpps_cli.model.sources import disputes_of
from cpps_cli.present.document_context import DocumentContext, programmes_told, sheets_told
from cpps_cli.present.facts import (
    Column,
    Item,
    Shown,
    Tab,
    Table,
    columns,
    days_of,
    items,
    listed,
    tab,
    wide,
)
from cpps_cli.present.facts.contracts import where
from cpps_cli.present.facts.scope import Scope, part_id
from cpps_cli.present.facts.sheets import local_sheet_rows, sheet_rows


def programme_rows(scope: Scope) -> Iterator[Item]:
    """The programmes reported for the parent; where sources disagree, with what is retained."""
    for place, item in enumerate(programmes_told(scope.context), 1):
        yield Item(f"{scope.parent.id}#programme-{item.code}", scope.contracts[0], place, item)


_indicators = listed(sheet_rows, "sheet.indicators", "#indicator-")
sheet_figures = listed(_indicators, "noun.values", "-")
programme_facts = listed(programme_rows, "noun.facts", "#fact-")
_programme_indicators = listed(programme_rows, "noun.indicators", "#indicator-")
programme_figures = listed(_programme_indicators, "noun.values", "-")
_INDICATOR = columns("@ code title unit definition every target note", Indicator)
_FIGURE = columns(
    """
    period,first_on,last_on=noun.period  when it was measured
    @ value:number at_least:boolean about:boolean words definition
    """,
    IndicatorValue,
)


def _of(owner: str, tables: str) -> tuple[Column[Any], ...]:
    """Declares an indicator, and what it is one of."""
    head = f"""
        id!                      the id of the indicator
        {owner}!=of.id>{tables}  the id of the {owner}
        position:integer!        its place in the {owner}
    """
    return (*columns(head), *_INDICATOR)


def _figures(indicators: str) -> tuple[Column[Any], ...]:
    """Declares a figure, and the indicator it is one of."""
    head = f"""
        id!                           the id of the value
        indicator!=of.id>{indicators} the id of the indicator
    """
    return (*columns(head), *_FIGURE)


INDICATORS = Table(
    "indicators", "what is measured to follow the sheets up", _indicators, _of("sheet", "sheets")
)
FIGURES = Table("indicator_values", "what was measured", sheet_figures, _figures("indicators"))
LOCAL_INDICATORS = Table(
    "indicators",
    "what is measured to follow those sheets up",
    listed(local_sheet_rows, "sheet.indicators", "#indicator-"),
    (
        *where("of."),
        *columns("""
            sheet!=of.sheet.code  the code of the sheet
            position:integer!     its place in the sheet
        """),
        *_INDICATOR,
    ),
    ("contract", "sheet", "position"),
)


# --- programmes

PROGRAMMES = Table(
    "programmes",
    "programmes that sources report: they are not the words of a contract",
    programme_rows,
    columns(
        """
        id!                        the id of the programme
        contract!=of.id>contracts  the id of the contract for which it is reported
        @ code title note
        """,
        Programme,
    ),
)
PROGRAMME_PARTNERS = Table(
    "programme_partners",
    "partners of programmes",
    listed(programme_rows, "noun.partners", "-"),
    columns("""
        programme!=of.id>programmes  the id of the programme
        position:integer!            its place in the list of the programme
        words!=noun                  the office or association
    """),
    ("programme", "position"),
)


def _linked_sheets(scope: Scope) -> Iterator[Item]:
    """Only those held: one that is repealed since, or not added yet, has no row."""
    known = {sheet.code for sheet in scope.parent.sheets}
    links = items(programme_rows(scope), "noun.sheets", "-")
    return (row for row in links if row.noun.sheet in known)


PROGRAMME_SHEETS = Table(
    "programme_sheets",
    "action sheets to which programmes seem to belong",
    _linked_sheets,
    columns(
        """
        programme!=of.id>programmes      the id of the programme
        sheet!>sheets                    the id of the sheet
        inferred:boolean!=noun.inferred  whether the link is read by us, stated in no source
        @ note
        """,
        SheetLink,
        sheet=lambda row: part_id(row.of.of.contract, row.noun.sheet),
    ),
    ("programme", "sheet"),
)
PROGRAMME_FACTS = Table(
    "programme_facts",
    "what sources say of programmes",
    programme_facts,
    columns(
        """
        id!                                  the id of the fact
        programme!=of.id>programmes          the id of the programme
        period,first_on,last_on=noun.period  when it was so
        @ words
        """,
        Fact,
    ),
)
PROGRAMME_INDICATORS = Table(
    "programme_indicators",
    "what sources count of programmes",
    _programme_indicators,
    _of("programme", "programmes"),
)
PROGRAMME_FIGURES = Table(
    "programme_values",
    "figures that sources give of programmes",
    programme_figures,
    _figures("programme_indicators"),
)


# --- for people


class _Measure(NamedTuple):
    """A figure counted of a sheet, or a report on a programme."""

    about: Any
    known: str | None
    sources: tuple[str, ...]
    period: Period | None = None
    words: str | None = None
    indicator: Indicator | None = None
    figure: IndicatorValue | None = None


def _measures(about: ActionSheet | Programme, indicator: Indicator) -> Iterator[_Measure]:
    """Lists the figures of an indicator in the order of their periods."""
    for figure in sorted(indicator.values, key=lambda item: (item.period.first, item.period.last)):
        counted = figure.definition or indicator.definition
        of_figure = (figure.sources, figure.period, figure.words, indicator, figure)
        yield _Measure(about, counted, *of_figure)


def indicators_tab(context: DocumentContext) -> Tab:
    """Figures as figures, with the words without which they say little."""
    shown: tuple[Shown[_Measure], ...] = (
        Shown(_("No."), "about.number"),
        wide(_("Sheet"), lambda row: row.about.title or sheet_name(row.about)),
        wide(_("Indicator"), "indicator.title"),
        Shown(_("Unit"), "indicator.unit"),
        Shown(_("Period"), lambda row: _period(row) or _("No value is held.")),
        *days_of("period"),
        Shown(_("Value"), "figure.value"),
        Shown(_("How exact"), _how_exact),
        wide(_("In words"), "words"),
        wide(_("What is counted"), "known"),
        Shown(_("Measured"), "indicator.every"),
        wide(_("Target"), "indicator.target"),
        Shown(_("Sources"), "sources"),
        wide(_("Note"), "indicator.note"),
    )
    rows = (
        row
        for sheet in sheets_told(context)
        for indicator in sheet.indicators
        for row in tuple(_measures(sheet, indicator)) or (_not_measured(sheet, indicator),)
    )
    return tab(_("Indicators"), shown, rows, _("No indicator is held."))


def _not_measured(sheet: ActionSheet, indicator: Indicator) -> _Measure:
    return _Measure(sheet, indicator.definition, (), indicator=indicator)


def _period(row: _Measure) -> str | None:
    return period_in_words(row.period) if row.period else None


def _how_exact(row: _Measure) -> str | None:
    if row.figure is None:
        return None
    if row.figure.value is None:
        return _("in words only")
    if row.figure.at_least:
        return _("more than")
    return _("about") if row.figure.about else None


def _reports(programme: Programme) -> Iterator[_Measure]:
    """Lists what is reported of a programme: of itself, then each fact and each figure."""
    known = " ".join(_circumstances(programme)) or None
    yield _Measure(programme, known, programme.sources)
    for fact in programme.facts:
        yield _Measure(programme, None, fact.sources, fact.period, fact.words)
    for indicator in programme.indicators:
        yield from _measures(programme, indicator)


def programmes_tab(context: DocumentContext) -> Tab:
    """Reported beside the contract; a local contract has none of its own."""

    def links(row: _Measure) -> str | None:
        sheets = ((link.sheet, context.contract.sheet(link.sheet)) for link in row.about.sheets)
        return "; ".join(sheet_name(sheet) if sheet else code for code, sheet in sheets) or None

    shown: tuple[Shown[_Measure], ...] = (
        wide(_("Programme"), "about.title"),
        wide(_("Linked sheets"), links),
        wide(_("Partners"), "about.partners"),
        Shown(_("Period"), _period),
        *days_of("period"),
        wide(_("What is said"), "words"),
        wide(_("Indicator"), "indicator.title"),
        Shown(_("Value"), "figure.value"),
        Shown(_("How exact"), _how_exact),
        Shown(_("Unit"), "indicator.unit"),
        wide(_("To be known"), "known"),
        Shown(_("Sources"), "sources"),
    )
    rows = (row for item in programmes_told(context) for row in _reports(item))
    empty = _("What sources report of programmes is told with the parent contract.")
    if context.derived is None:
        empty = _("No programme is reported for this contract.")
    return tab(_("Reported programmes"), shown, rows, empty)


def _circumstances(programme: Programme) -> Iterator[str]:
    if any(link.inferred for link in programme.sheets):
        yield _("Link to the sheet inferred: read by us, stated in no source") + "."
    for dispute in disputes_of(programme.claims):
        yield _("Disputed: {matter}.").format(matter=matter_in_words(dispute))
    if programme.note:
        yield _("Note: {text}").format(text=programme.note)
