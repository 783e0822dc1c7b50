"""Names sheets, axes, disputes and figures in the language spoken."""

from collections.abc import Sequence

from cpps_cli.i18n.catalogue import _, capital, language
from cpps_cli.i18n.labels import FIELD, value_in_words
from cpps_cli.model import (
    SHEET_FIELDS,
    ActionSheet,
    Claim,
    Contract,
    Derived,
    Indicator,
    IndicatorValue,
    LeftOut,
    Origin,
)
from cpps_cli.model.sources import Dispute


def axis_title(contract: Contract, code: str | None) -> str:
    """Names an axis: « Axe 1. Prévenir… », or its code where nothing else is known."""
    axis = contract.axis(code)
    if axis is None:
        return code or ""
    number = axis.code if axis.number is None else str(axis.number)
    title = axis.title or _("(title unknown)")
    return _("Axis {number}. {title}").format(number=number, title=title)


def axis_titles(contract: Contract, sheets: Sequence[ActionSheet]) -> dict[int, str]:
    """Names the axes of a list of sheets, each at the index of the first sheet under it."""
    return {
        index: axis_title(contract, sheet.axis)
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


def origin_in_words(origin: Origin, answers: tuple[str, ...] | None, parent: str) -> str:
    """Says how a sheet came to be in a local contract; `answers`: the parent's."""
    match origin:
        case "inherited":
            text = _("Inherited word for word from {parent}")
        case "adapted":
            text = _("Adapted from {parent}")
        case "merged":
            text = _("Merged from several sheets of {parent}")
        case "added" if answers is None:
            text = _("Added; a sheet of {parent} may be its origin, we cannot tell which")
        case "added":
            text = _("Added: it answers no sheet of {parent}")
    return text.format(parent=parent)


def parent_sheet_in_words(derived: Derived, code: str) -> str:
    """Names a sheet of the parent by number, title and code."""
    parent = derived.parent.sheet(code)
    if parent is None:
        return _("Parent's sheet {code}").format(code=code)
    named = _("Parent's sheet {number}: {title} ({code})")
    if parent.number is None:
        named = _("Parent's sheet without a known number: {title} ({code})")
    return named.format(number=parent.number, title=parent.title or "…", code=code)


def fate_in_words(item: LeftOut) -> str:
    """Says what became of a parent's sheet that is not in the local contract."""
    match item.origin:
        case "excluded":
            return _("Left out")
        case "not_taken_up":
            return _("Not taken up: the local text does not have it and gives no reason")
        case "unknown":
            return _("Unknown: we cannot tell whether the local text takes it up")


def matter_in_words(dispute: Dispute) -> str:
    """Names what a dispute is about: its fields, or its topic."""
    return dispute.topic or ", ".join(_(FIELD[field]) for field in dispute.fields)


def claim_in_words(dispute: Dispute, claim: Claim) -> str:
    """Says what one side states, whether it is retained, and why."""
    head = (
        _("Retained ({sources}): {says}")
        if claim.retained
        else _("Not retained ({sources}): {says}")
    )
    sources = ", ".join(claim.sources) or _("source not identified")
    says = _statement(dispute, claim)
    # In Markdown the lines of an item become one: each is a sentence.
    text = head.format(sources=sources, says=says if says.endswith((".", "…")) else f"{says}.")
    return f"{text}\n" + _("Why: {reason}").format(reason=claim.why) if claim.why else text


def reading_in_words(contract: Contract) -> str:
    """Says which reading the dates rest on; "" where that is no question."""
    used = contract.reading_used
    return _("Reading used: `{used}`, which is retained.").format(used=used) if used else ""


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


def amount_in_words(item: IndicatorValue) -> str:
    """Writes « plus de 300 », "about 50", "131"; a dash where only words are known."""
    if item.value is None:
        return "–"
    figure = figure_in_words(item.value)
    if item.at_least:
        return _("more than {figure}").format(figure=figure)
    return _("about {figure}").format(figure=figure) if item.about else figure


def figure_in_words(value: float) -> str:
    """Writes « 12 000 », « 88,5 »; "12,000", "88.5"."""
    written = f"{value:,}"
    if language() == "fr":
        return written.replace(",", "\N{NARROW NO-BREAK SPACE}").replace(".", ",")
    return written


def measure_in_words(indicator: Indicator) -> str:
    """Says its unit, what exactly is counted, how often, and what is aimed at."""
    parts = (
        (_("Unit: {text}."), indicator.unit),
        (_("Definition: {text}."), indicator.definition),
        (_("Measured: {text}."), indicator.every),
        (_("Target: {text}."), indicator.target),
    )
    return " ".join(pattern.format(text=text.rstrip(".")) for pattern, text in parts if text)


_HEADING = FIELD | {field.name: field.heading for field in SHEET_FIELDS if field.heading}


def heading(field: str) -> str:
    """The heading of a field of a sheet or a contract."""
    return capital(_(_HEADING[field]))
