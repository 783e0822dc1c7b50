"""Where each paragraph of a sheet, and each value of a contract itself, comes from."""

from collections.abc import Iterator, Mapping

from cpps_cli.engine.lines import LOCAL
from cpps_cli.engine.provenance import (
    FieldProvenance,
    provenance_of_local,
    provenance_of_parent,
)
from cpps_cli.i18n.catalogue import N_, _, capital
from cpps_cli.i18n.contract_labels import value_in_words
from cpps_cli.i18n.labels import ORIGIN, version_in_short
from cpps_cli.model import SIGNED, ActionSheet, Contract
from cpps_cli.present.document_context import DocumentContext, Locate
from cpps_cli.present.sections.contract.headings import heading

Notes = Mapping[tuple[str, int | None], str]
_SAID: dict[str, str] = {**ORIGIN, "amended": N_("amended")}


def notes_of(context: DocumentContext, sheet: ActionSheet) -> Notes:
    """A note for each value of a sheet, by field and item; {} where none is asked for."""
    if context.locate is None:
        return {}
    locate, parent = context.locate, context.parent.now.contract
    return {
        (account.field, account.item): _note(account, locate, parent)
        for account in _accounts(context, sheet)
    }


def told_of_contract(context: DocumentContext) -> Iterator[tuple[str, str, str]]:
    """Each value of the contract itself: its heading, its words, where it comes from.

    Nothing where that is not asked for.
    """
    if context.locate is None:
        return
    derived = context.derived
    accounts = (
        provenance_of_local(context.parent, derived, None)
        if derived
        else provenance_of_parent(context.parent, None)
    )
    for account in accounts:
        note = _note(account, context.locate, context.parent.now.contract)
        yield heading(account.field), value_in_words(account.value), note


def _accounts(context: DocumentContext, sheet: ActionSheet) -> tuple[FieldProvenance, ...]:
    derived = context.derived
    if derived is None:
        return provenance_of_parent(context.parent, sheet)
    item = next(item for item in derived.sheets if item.sheet.code == sheet.code)
    return provenance_of_local(context.parent, derived, item)


def _note(account: FieldProvenance, locate: Locate, parent: Contract) -> str:
    joined = _(", several texts put together") if account.rule == "joined" else ""
    is_signed = account.origin == SIGNED
    said = version_in_short(SIGNED, parent) if is_signed else _(_SAID[account.origin])
    return _("; ").join([f"{capital(said)}{joined}", *_places(account, locate, parent)])


def _places(account: FieldProvenance, locate: Locate, parent: Contract) -> Iterator[str]:
    for line in account.lines:
        span = locate(line.place)
        where = _("{file}, line {line}").format(file=span.file, line=span.line)
        sources = f" [{', '.join(line.sources)}]" if line.sources else ""
        said = _("local text") if line.version == LOCAL else version_in_short(line.version, parent)
        version = "" if account.origin == SIGNED else f"{said}, "  # said already
        yield f"{version}{where}{sources}"
