"""Every tab of a workbook about a contract, inert."""

from cpps_cli.export.around import locals_of, places_passed_over, sheets_told
from cpps_cli.export.dossier import Dossier
from cpps_cli.export.inert import made_inert
from cpps_cli.export.workbook.about import about_tab, provenance_tabs
from cpps_cli.export.workbook.coverage import coverage_tab
from cpps_cli.export.workbook.days import amendments_tab, calendar_tab, milestones_tab
from cpps_cli.export.workbook.indicators import indicators_tab
from cpps_cli.export.workbook.programmes import programmes_tab
from cpps_cli.export.workbook.sheets import sheets_tab, texts_tab
from cpps_cli.export.workbook.sources import disputes_tab, sources_tab
from cpps_cli.export.workbook.tab import Workbook


def workbook_of(dossier: Dossier) -> Workbook:
    """What the workbook says; call it while its language is spoken."""
    told, sheets = locals_of(dossier), sheets_told(dossier)
    tabs = (
        about_tab(dossier, places_passed_over(dossier, told)),
        *provenance_tabs(dossier),
        sheets_tab(dossier),
        texts_tab(dossier),
        coverage_tab(dossier, told),
        calendar_tab(dossier),
        indicators_tab(dossier),
        milestones_tab(dossier),
        amendments_tab(dossier),
        programmes_tab(dossier),
        disputes_tab(dossier, sheets),
        sources_tab(dossier, sheets),
    )
    return made_inert(Workbook(dossier.contract.title, dossier.place, dossier.on, tabs))
