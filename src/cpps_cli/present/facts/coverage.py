"""Tables of how local sheets answer those of the parent, sheet by sheet."""

from collections.abc import Iterator
from typing import NamedTuple, get_args

from cpps_cli.engine.coverage import Fate, Outcome, outcomes
from cpps_cli.i18n.catalogue import _, capital
from cpps_cli.i18n.labels import ORIGIN, reasons_in_short, sheet_name
from cpps_cli.model import ActionSheet, Contract, Derived
from cpps_cli.present.document_context import DocumentContext, territory_of
from cpps_cli.present.facts import Shown, Tab, Table, columns, pick, sentences, tab, wide
from cpps_cli.present.facts.contracts import BASIS, where
from cpps_cli.present.facts.scope import Local, Scope, part_id


class CoverageRow(NamedTuple):
    """A sheet of the parent and its outcome in one local contract."""

    derived: Derived
    sheet: ActionSheet
    outcome: Outcome

    @property
    def contract(self) -> Contract:
        return self.derived.contract


def coverage_rows(derived: Derived) -> Iterator[CoverageRow]:
    """A row for each sheet of the parent, in its order."""
    for sheet, outcome in zip(derived.parent_of_day.sheets, outcomes(derived), strict=True):
        yield CoverageRow(derived, sheet, outcome)


def _all_reasons(row: CoverageRow) -> tuple[str, ...]:
    return tuple(reason for _version, reason in row.outcome.reasons)


_COLUMNS = columns(
    """
    contract!=contract.id>contracts  the id of the local contract
    sheet_id!>sheets                 the id of the parent's sheet
    sheet_code!=sheet.code           the code of the parent's sheet
    number=sheet.number              its number in the parent
    title=sheet.title                its title in the parent
    state!=outcome.fate  what became of it; no_text: nothing was decided, as far as is known
    local_sheets:list=outcome.held_by     the codes of the local sheets that answer it
    to_reread:boolean!=outcome.to_reread  whether the parent says otherwise since
    link_inferred:boolean!=outcome.link_inferred
    |  whether the link is read by us, stated in no source
    reasons_in_lines  why, in the words of the local contract; where it says so several times,
    | a line for each, in order, with the amendment that says it
    last_reason=outcome.reason
    |  why, in the words of the local contract; the last where it gives several
    reasons:list                     all that it gives, in the order of its texts
    decided_by=outcome.decided_by        the body that decided
    decided_on:date=outcome.decided_on   the day it decided
    review_on:date=outcome.review_on     when to look at it again
    """,
    sheet_id=lambda row: part_id(row.derived.parent, row.sheet.code),
    state=get_args(Fate),
    reasons_in_lines=lambda row: "\n".join(reasons_in_short(row.outcome.reasons)) or None,
    reasons=_all_reasons,
)

COVERAGE: Table[Scope] = Table(
    "coverage",
    "what became of the parent's sheets in each local contract",
    lambda scope: (row for derived in scope.derived for row in coverage_rows(derived)),
    pick(
        _COLUMNS,
        "contract sheet_id:sheet state to_reread link_inferred "
        "reasons_in_lines:reason decided_by decided_on review_on",
    ),
    ("contract", "sheet"),
)
LOCAL_COVERAGE: Table[Local] = Table(
    "coverage",
    "what became of each of the parent's sheets in each local contract",
    lambda local: coverage_rows(local.derived),
    (
        *where(),
        *BASIS,
        *pick(
            _COLUMNS,
            "sheet_code:sheet number title state local_sheets to_reread link_inferred "
            "last_reason:reason reasons decided_by decided_on review_on",
        ),
    ),
    ("contract", "sheet"),
)


def _answers(scope: Scope) -> Iterator[tuple[str, str, bool]]:
    for derived in scope.derived:
        for item in derived.sheets if derived.basis != "no_text" else ():
            for code in item.answers or ():
                local = part_id(derived.contract, item.sheet.code)
                yield local, part_id(derived.parent, code), item.link_inferred


ANSWERS = Table(
    "answers",
    "local sheets and the parent's",
    _answers,
    columns("""
        sheet!>sheets         the id of the local sheet
        parent_sheet!>sheets  the id of the parent's sheet that it comes from
        inferred:boolean!     whether the link is read by us, stated in no source
    """),
    ("sheet", "parent_sheet"),
)


def coverage_tab(context: DocumentContext, found: tuple[Derived, ...]) -> Tab:
    """The coverage by the local contracts; where one sheet is asked for, only of that one."""

    def place(row: CoverageRow) -> str:
        return territory_of(context, row.contract.territory).label

    shown: tuple[Shown[CoverageRow], ...] = (
        Shown(_("Place"), place),
        Shown(_("Parent's no."), "sheet.number"),
        wide(_("Parent's title"), lambda row: row.sheet.title or sheet_name(row.sheet)),
        Shown(_("What became of it"), lambda row: capital(_(ORIGIN[row.outcome.fate]))),
        wide(_("Local sheets"), _local_sheets),
        wide(_("Why"), lambda row: " – ".join(reasons_in_short(row.outcome.reasons)) or None),
        wide(_("Decided by"), "outcome.decided_by"),
        Shown(_("Decided on"), "outcome.decided_on"),
        Shown(_("To look at again on"), "outcome.review_on"),
        sentences(_("To be known"), lambda row: _circumstances(row.outcome)),
    )
    rows = (row for derived in found for row in coverage_rows(derived) if _is_asked(context, row))
    return tab(_("Coverage"), shown, rows, _("No local contract is known of."))


def _is_asked(context: DocumentContext, row: CoverageRow) -> bool:
    if context.sheet is None:
        return True
    return context.sheet in (row.outcome.held_by if context.derived else (row.sheet.code,))


def _local_sheets(row: CoverageRow) -> str | None:
    sheets = (row.contract.sheet(code) for code in row.outcome.held_by)
    numbered = ((item, [item.number, item.title]) for item in sheets if item)
    return "; ".join(" ".join(filter(None, name)) or item.code for item, name in numbered) or None


def _circumstances(outcome: Outcome) -> Iterator[str]:
    if outcome.link_inferred:
        yield _("Link to the parent inferred: read by us, stated in no source") + "."
    if outcome.to_reread:
        yield _("To read again: the parent's text has changed under this one") + "."
