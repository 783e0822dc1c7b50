"""Names what is in the model in the language spoken: values, sheets, axes, disputes and figures."""

from collections.abc import Callable, Iterator, Sequence

from cpps_cli.i18n.catalogue import N_, _, capital, language
from cpps_cli.i18n.dates import period_in_words
from cpps_cli.model import (
    SHEET_FIELDS,
    SIGNED,
    ActionSheet,
    Basis,
    Claim,
    Contract,
    Milestone,
    MilestoneKind,
    Origin,
    Period,
    Status,
)
from cpps_cli.model.sources import Dispute

STATUS: dict[Status, str] = {
    "documented": N_("text held"),
    "titled": N_("titled"),
    "to_complete": N_("to complete"),
}
ORIGIN: dict[str, str] = {
    "inherited": N_("inherited"),
    "adapted": N_("adapted"),
    "merged": N_("merged"),
    "added": N_("added"),
    "excluded": N_("left out"),
    "not_taken_up": N_("not taken up"),
    "unknown": N_("unknown"),
    "since_signature": N_("since the signature"),
    "no_text": N_("no text known"),
}
PASSAGE: dict[str, str] = {
    "same": N_("the same sheet"),
    "split": N_("split"),
    "merged": N_("merged"),
    "dropped": N_("dropped"),
    "new": N_("new"),
}
BASIS: dict[Basis, str] = {
    "no_text": N_("no text is known: this is what it would inherit"),
    "partial": N_("a part of the text is known"),
    "full": N_("the whole text is known"),
}
STATE: dict[str, str] = {
    "overdue": N_("overdue"),
    "due": N_("due"),
    "upcoming": N_("upcoming"),
    "unknown": N_("unknown"),
    "none_planned": N_("none planned"),
    "lapsed": N_("lapsed"),
    "over": N_("over"),
    "renegotiated": N_("renegotiated"),
}
MILESTONE: dict[MilestoneKind, str] = {
    "drafted": N_("drafted"),
    "in_concertation": N_("in concertation"),
    "presented": N_("presented"),
    "validated": N_("validated"),
    "signed": N_("signed"),
    "in_force": N_("in force"),
    "amended": N_("amended"),
    "reviewed": N_("mid-term review"),
    "evaluated": N_("evaluated"),
    "renegotiated": N_("mid-term renegotiation"),
    "extended": N_("extended"),
    "replaced": N_("replaced"),
    "terminated": N_("terminated"),
}
EVENT: dict[str, str] = {
    "window_opens": N_("renegotiation opens"),
    "window_closes": N_("renegotiation, last day"),
    "term_ends": N_("end of term"),
    "review": N_("exclusion to look at again"),
}
STAGE: dict[str, str] = {
    "unknown": N_("nothing of its own is on record"),
    "drafted": N_("drafted, no signature on record"),
    "in_concertation": N_("in concertation, no signature on record"),
    "presented": N_("presented, no signature on record"),
    "validated": N_("validated, no signature on record"),
    "signed": N_("signed, not in force yet"),
    "in_force": N_("it is in force"),
    "amended": N_("in force, amended"),
    "in_renegotiation": N_("in force, in the window of its renegotiation"),
    "renegotiated": N_("in force, renegotiated"),
    "extended": N_("in force by prolongation"),
    "expired": N_("expired, and nothing on record replaces it"),
    "replaced": N_("it has been replaced"),
    "terminated": N_("it has been terminated before its term"),
}
FIELD: dict[str, str] = {
    **{field.name: field.label for field in SHEET_FIELDS},
    "number": N_("number"),
    "axis": N_("axis"),
    "short_title": N_("short title"),
    "axes": N_("axes"),
    "signatories": N_("signatories"),
    "term": N_("term"),
    "window": N_("window of the mid-term renegotiation"),
    "announced_sheets": N_("number of sheets announced"),
    "pages": N_("number of pages"),
    "signed_on": N_("day of signature"),
    "sheet": N_("link to the parent's sheet"),
}


def sources_in_words(sources: tuple[str, ...]) -> str:
    """Writes « Source S1 », "Sources S1, S2"; "" where there is none."""
    if not sources:
        return ""
    pattern = _("Source: {ids}") if len(sources) == 1 else _("Sources: {ids}")
    return pattern.format(ids=", ".join(sources))


def milestone_in_words(milestone: Milestone) -> str:
    """Says what happened, when and before whom."""
    words = _(MILESTONE[milestone.kind])
    if milestone.on:
        words = _("{what}: {when}").format(what=words, when=period_in_words(milestone.on))
    elif milestone.no_later_than:
        when = period_in_words(milestone.no_later_than)
        words = _("{what}: no later than {when}").format(what=words, when=when)
    else:
        words = _("{what}: on record, undated").format(what=words)
    beside = [milestone.body or "", _("inferred") if milestone.inferred else ""]
    aside = ", ".join(filter(None, beside))
    return f"{words} ({aside})" if aside else words


def disputed_in_words(contract: Contract, field: str) -> str | None:
    """Says that a value is disputed, and which others are held; None where it is not."""
    retained = contract.retained(field)
    if retained is None or not retained.disputed:
        return None
    stated = (claim.statement().get(field, retained.value) for claim in contract.claims)
    others = sorted({value_in_words(value) for value in stated if value != retained.value})
    return _("disputed; also held: {others}").format(others=", ".join(others))


def value_in_words(value: object) -> str:
    """Writes a value that a claim states."""
    match value:
        case Period():
            return period_in_words(value)
        case tuple():
            return ", ".join(str(item) for item in value)
        case None:
            return "–"
        case _:
            return str(value)


def version_in_words(version: str, contract: Contract) -> str:
    """Writes « texte signé », « modifié par `avenant-1` » of the contract it is a text of.

    Where no signature is on record, its first text is not called the signed one.
    """
    if version != SIGNED:
        return _("as amended by `{version}`").format(version=version)
    if contract.signature_on_record:
        return _("as signed")
    return _("in its first text (no signature on record)")


def version_in_short(version: str, contract: Contract) -> str:
    """Writes the same for a column or between parentheses: « texte signé », « avenant-1 »."""
    if version != SIGNED:
        return version
    return _("signed text") if contract.signature_on_record else _("first text")


def parent_version_in_words(version: str, parent: Contract) -> str:
    """Writes the same of the parent of a local contract that is spoken of."""
    if version != SIGNED:
        return _("its parent as amended by `{version}`").format(version=version)
    if parent.signature_on_record:
        return _("its parent as signed")
    return _("its parent in its first text (no signature on record)")


Reasons = tuple[tuple[str, str], ...]


def reasons_in_words(reasons: Reasons) -> Iterator[str]:
    """Writes « Motif : … » of the signed text, « Motif, avenant-1 : … » of its amendments."""
    for version, reason in reasons:
        if version == SIGNED:
            yield _("Reason: {reason}").format(reason=reason)
        else:
            yield _("Reason, {version}: {reason}").format(version=version, reason=reason)


def reasons_in_short(reasons: Reasons) -> Iterator[str]:
    """Writes the same for a cell that has a heading: the version only where several are."""
    for version, reason in reasons:
        alone = version == SIGNED or len(reasons) == 1
        yield reason if alone else _("{version}: {reason}").format(version=version, reason=reason)


def axis_title(contract: Contract, code: str | None) -> str:
    """Names an axis: « Axe 1. Prévenir… », or its code where nothing else is known."""
    axis = contract.axis(code)
    if axis is None:
        return code or ""
    number = axis.code if axis.number is None else str(axis.number)
    title = axis.title or _("(title unknown)")
    return _("Axis {number}. {title}").format(number=number, title=title)


def axis_titles(
    contract: Contract,
    sheets: Sequence[ActionSheet],
    named: Callable[[Contract, str | None], str] = axis_title,
) -> dict[int, str]:
    """Names the axes of a list of sheets, each at the index of the first sheet under it."""
    return {
        index: named(contract, sheet.axis)
        for index, sheet in enumerate(sheets)
        if index == 0 or sheet.axis != sheets[index - 1].axis
    }


def sheet_name(sheet: ActionSheet) -> str:
    """Names a sheet by its number and title, or its code where it has none."""
    title = sheet.title or _("Sheet without a known title ({code})").format(code=sheet.code)
    return " ".join(filter(None, [sheet.number, title]))


def announced_in_words(contract: Contract) -> str:
    """Says that another number of sheets is announced than held; "" where not."""
    announced, count = contract.retained("announced_sheets"), len(contract.sheets)
    if announced is None or announced.value == count:
        return ""
    text = _("{contract} announces {announced} sheets; {held} are held.")
    return text.format(contract=contract.label, announced=announced.value, held=count)


def fields_in_words(fields: tuple[str, ...]) -> str:
    """Names fields as people say them."""
    return ", ".join(_(FIELD[field]) for field in fields)


def origin_in_words(
    origin: Origin, answers: tuple[str, ...] | None, parent: str, status: Status
) -> str:
    """Says how a sheet came to be in a local contract; `answers`: the parent's.

    `status` is that of the sheet: what is not held is inherited, but not word for word.
    """
    match origin:
        case "inherited" if status == "documented":
            text = _("Inherited word for word from {parent}")
        case "inherited":
            text = _("Inherited from {parent}, whose text is not held")
        case "adapted":
            text = _("Adapted from {parent}")
        case "merged":
            text = _("Merged from several sheets of {parent}")
        case "added" if answers is None:
            text = _("Added; a sheet of {parent} may be its origin, we cannot tell which")
        case "added":
            text = _("Added: it answers no sheet of {parent}")
    return text.format(parent=parent)


def matter_in_words(dispute: Dispute) -> str:
    """Names what a dispute is about: its fields, or its topic."""
    return dispute.topic or ", ".join(_(FIELD[field]) for field in dispute.fields)


def claim_in_words(dispute: Dispute, claim: Claim) -> str:
    """Says what one side states, whether it is retained, and why."""
    head = _("Not retained ({sources}): {says}")
    if claim.retained:
        head = _("Retained ({sources}): {says}")
    sources = ", ".join(claim.sources) or _("source not identified")
    says = _statement(dispute, claim)
    # In Markdown the lines of an item become one: each is a sentence.
    text = head.format(sources=sources, says=says if says.endswith((".", "…")) else f"{says}.")
    return f"{text}\n" + _("Why: {reason}").format(reason=claim.why) if claim.why else text


def _statement(dispute: Dispute, claim: Claim) -> str:
    if dispute.topic:
        return claim.words or "–"
    says = claim.statement()
    if len(dispute.fields) == 1:
        return value_in_words(says[dispute.fields[0]])
    return _("; ").join(
        _("{field} {value}").format(field=_(FIELD[field]), value=value_in_words(says[field]))
        for field in dispute.fields
    )


def figure_in_words(value: float) -> str:
    """Writes « 12 000 », « 88,5 »; "12,000", "88.5"."""
    written = f"{value:,}"
    if language() == "fr":
        return written.replace(",", "\N{NARROW NO-BREAK SPACE}").replace(".", ",")
    return written


_HEADING = FIELD | {field.name: field.heading for field in SHEET_FIELDS if field.heading}


def heading(field: str) -> str:
    """The heading of a field of a sheet or a contract."""
    return capital(_(_HEADING[field]))
