"""In a local contract: whether a sheet is inherited, adapted, merged or added, in words."""

from collections.abc import Iterator, Mapping

from cpps_cli.engine.lines import LOCAL
from cpps_cli.engine.lookup import Origins, local_origins
from cpps_cli.engine.provenance import FieldProvenance, provenance_of_local, provenance_of_parent
from cpps_cli.i18n.catalogue import N_, _, capital
from cpps_cli.i18n.contract_labels import fields_in_words, heading, origin_in_words, sheet_name
from cpps_cli.i18n.labels import ORIGIN, value_in_words, version_in_short
from cpps_cli.model import SIGNED, ActionSheet, Contract, Derived, DerivedSheet
from cpps_cli.present.document import Notice
from cpps_cli.present.document_context import DocumentContext, Locate


def origin_notice(context: DocumentContext, sheet: ActionSheet) -> Notice | None:
    """How the local contract came by a sheet; None in a parent contract."""
    derived = context.derived
    if derived is None:
        return None
    if derived.basis == "no_text":
        pattern = _("The local text is not known; this is the text of {parent}.")
        words = pattern.format(parent=derived.parent.label)
        return Notice("origin", capital(_("would be inherited")), words)
    item = next(item for item in derived.sheets if item.sheet.code == sheet.code)
    sentences = " ".join(f"{line.rstrip('.')}." for line in _sentences(derived, item))
    return Notice("origin", capital(_(ORIGIN[item.origin])), sentences)


def _sentences(derived: Derived, item: DerivedSheet) -> Iterator[str]:
    origins = local_origins(derived, item)
    yield origin_in_words(item.origin, item.answers, derived.parent.label)
    yield from (_answered(derived, code) for code in item.answers or ())
    if origins.own_fields:
        fields = fields_in_words(origins.own_fields)
        yield _("Its own, not the parent's: {fields}").format(fields=fields)
    if item.link_inferred:
        yield _("Link to the parent inferred: read by us, stated in no source")
    yield from _why(derived, origins)
    if origins.note:
        yield _("Note: {text}").format(text=origins.note)
    if item.to_reread:
        yield _("To read again: the parent's text has changed under this one")


def _why(derived: Derived, origins: Origins) -> Iterator[str]:
    """The reasons of the text as signed, then each of its own amendments with those it gives."""
    for version in dict.fromkeys((SIGNED, *origins.amended_by, *dict(origins.reasons))):
        if version != SIGNED:
            title = own_amendment_title(derived, version)
            yield _("By its own amendment: {title}").format(title=title)
        for given_by, reason in origins.reasons:
            if given_by == version:
                yield _("Reason: {reason}").format(reason=reason)


def _answered(derived: Derived, code: str) -> str:
    sheet = derived.parent.sheet(code)
    return _("Sheet of the parent: {name}").format(name=sheet_name(sheet) if sheet else code)


def own_amendment_title(derived: Derived, id: str) -> str:
    """What an amendment of the local contract itself is called."""
    amendments = derived.overlay.amendments if derived.overlay else ()
    return next((item.title for item in amendments if item.id == id), id)


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
