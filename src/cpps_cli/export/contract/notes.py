"""Where each paragraph of a sheet, and each value of a contract itself, comes from."""

from collections.abc import Iterator, Mapping

from cpps_cli.derive.provenance import (
    Account,
    account_of_local,
    account_of_local_contract,
    account_of_parent,
    account_of_parent_contract,
)
from cpps_cli.derive.texts_behind import LOCAL
from cpps_cli.export.contract.headings import heading
from cpps_cli.export.dossier import Dossier, Locate
from cpps_cli.model import SIGNED, ActionSheet, Contract
from cpps_cli.words.catalogue import N_, _, capital
from cpps_cli.words.claims import value_in_words
from cpps_cli.words.phrases import ORIGIN
from cpps_cli.words.versions import version_in_short

Notes = Mapping[tuple[str, int | None], str]
_SAID: dict[str, str] = {**ORIGIN, "amended": N_("amended")}


def notes_of(dossier: Dossier, sheet: ActionSheet) -> Notes:
    """A note for each value of a sheet, by field and item; {} where none is asked for."""
    if dossier.locate is None:
        return {}
    locate, parent = dossier.locate, dossier.parent.now.contract
    return {
        (account.field, account.item): _note(account, locate, parent)
        for account in _accounts(dossier, sheet)
    }


def told_of_contract(dossier: Dossier) -> Iterator[tuple[str, str, str]]:
    """Each value of the contract itself: its heading, its words, where it comes from.

    Nothing where that is not asked for.
    """
    if dossier.locate is None:
        return
    derived = dossier.derived
    accounts = (
        account_of_local_contract(dossier.parent, derived)
        if derived
        else account_of_parent_contract(dossier.parent)
    )
    for account in accounts:
        note = _note(account, dossier.locate, dossier.parent.now.contract)
        yield heading(account.field), value_in_words(account.value), note


def _accounts(dossier: Dossier, sheet: ActionSheet) -> tuple[Account, ...]:
    derived = dossier.derived
    if derived is None:
        return account_of_parent(dossier.parent, sheet)
    item = next(item for item in derived.sheets if item.sheet.code == sheet.code)
    return account_of_local(dossier.parent, derived, item)


def _note(account: Account, locate: Locate, parent: Contract) -> str:
    joined = _(", several texts put together") if account.rule == "joined" else ""
    is_signed = account.origin == SIGNED
    said = version_in_short(SIGNED, parent) if is_signed else _(_SAID[account.origin])
    return _("; ").join([f"{capital(said)}{joined}", *_places(account, locate, parent)])


def _places(account: Account, locate: Locate, parent: Contract) -> Iterator[str]:
    for line in account.lines:
        span = locate(line.place)
        where = _("{file}, line {line}").format(file=span.file, line=span.line)
        sources = f" [{', '.join(line.sources)}]" if line.sources else ""
        said = _("local text") if line.version == LOCAL else version_in_short(line.version, parent)
        version = "" if account.origin == SIGNED else f"{said}, "  # said already
        yield f"{version}{where}{sources}"
