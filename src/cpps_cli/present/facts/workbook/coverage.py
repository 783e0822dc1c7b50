"""What became of each sheet of the parent in each local contract, a row for each of both."""

from collections.abc import Iterator

from cpps_cli.engine.coverage import LocalCoverage, Outcome, covered
from cpps_cli.i18n.catalogue import _, capital
from cpps_cli.i18n.contract_labels import sheet_name
from cpps_cli.i18n.labels import ORIGIN, reasons_in_short
from cpps_cli.model import Contract, Derived
from cpps_cli.present.document_context import DocumentContext, territory_of
from cpps_cli.present.facts.workbook.tab import Column, Row, Tab


def coverage_tab(context: DocumentContext, told: tuple[Derived, ...]) -> Tab:
    """The coverage by the local contracts; where one sheet is asked for, only of that one."""
    columns = (
        Column(_("Place")),
        Column(_("Parent's no.")),
        Column(_("Parent's title"), wide=True),
        Column(_("What became of it")),
        Column(_("Local sheets"), wide=True),
        Column(_("Why"), wide=True),
        Column(_("Decided by"), wide=True),
        Column(_("Decided on")),
        Column(_("To look at again on")),
        Column(_("To be known"), wide=True),
    )
    rows = tuple(row for derived in told for row in _place(context, derived))
    return Tab(_("Coverage"), columns, rows, _("No local contract is known of."))


def _place(context: DocumentContext, derived: Derived) -> Iterator[Row]:
    place = covered(derived, territory_of(context, derived.contract.territory))
    for outcome in place.outcomes.values():
        if _is_asked(context, outcome):
            yield _row(place, outcome, derived.parent)


def _is_asked(context: DocumentContext, outcome: Outcome) -> bool:
    if context.sheet is None:
        return True
    return context.sheet in (outcome.held_by if context.derived else (outcome.sheet,))


def _row(place: LocalCoverage, outcome: Outcome, parent: Contract) -> Row:
    sheet = parent.sheet(outcome.sheet)
    names = {item.code: " ".join(filter(None, [item.number, item.title])) for item in place.sheets}
    return (
        place.territory.label,
        sheet.number if sheet else None,
        (sheet.title or sheet_name(sheet)) if sheet else outcome.sheet,
        capital(_(ORIGIN[outcome.fate])),
        "; ".join(names[code] or code for code in outcome.held_by) or None,
        " – ".join(reasons_in_short(outcome.reasons)) or None,
        outcome.decided_by,
        outcome.decided_on,
        outcome.review_on,
        " ".join(_to_be_known(outcome)) or None,
    )


def _to_be_known(outcome: Outcome) -> Iterator[str]:
    if outcome.link_inferred:
        yield _("Link to the parent inferred: read by us, stated in no source") + "."
    if outcome.to_reread:
        yield _("To read again: the parent's text has changed under this one") + "."
