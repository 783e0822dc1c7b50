"""Every tab of a workbook about a contract, inert."""

from cpps_cli.present.document_context import (
    DocumentContext,
    locals_of,
    places_passed_over,
    sheets_told,
)
from cpps_cli.present.facts.workbook.about import about_tab, provenance_tabs
from cpps_cli.present.facts.workbook.coverage import coverage_tab
from cpps_cli.present.facts.workbook.days import amendments_tab, calendar_tab, milestones_tab
from cpps_cli.present.facts.workbook.indicators import indicators_tab
from cpps_cli.present.facts.workbook.programmes import programmes_tab
from cpps_cli.present.facts.workbook.sheets import sheets_tab, texts_tab
from cpps_cli.present.facts.workbook.sources import disputes_tab, sources_tab
from cpps_cli.present.facts.workbook.tab import Workbook
from cpps_cli.present.sanitize import made_inert


def workbook_of(context: DocumentContext) -> Workbook:
    """What the workbook says; call it while its language is spoken."""
    told, sheets = locals_of(context), sheets_told(context)
    tabs = (
        about_tab(context, places_passed_over(context, told)),
        *provenance_tabs(context),
        sheets_tab(context),
        texts_tab(context),
        coverage_tab(context, told),
        calendar_tab(context),
        indicators_tab(context),
        milestones_tab(context),
        amendments_tab(context),
        programmes_tab(context),
        disputes_tab(context, sheets),
        sources_tab(context, sheets),
    )
    return made_inert(Workbook(context.contract.title, context.place, context.on, tabs))
