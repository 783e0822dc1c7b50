"""One local contract beside a parent that moved on: what is asked, what follows by itself."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cpps_cli.engine.conflicts import Conflict, Kind, RedundantChange
from cpps_cli.engine.update import Update, UpstreamChange, UpstreamSheet
from cpps_cli.i18n.catalogue import N_, _, capital
from cpps_cli.i18n.contract_labels import sheet_name
from cpps_cli.i18n.labels import FIELD, version_in_words
from cpps_cli.model import ActionSheet
from cpps_cli.present.document import Block, Extract, Items, Paragraph, Section
from cpps_cli.present.sections.change_lines import field_lines, field_name, listed, name_with_code
from cpps_cli.present.sections.three_texts import three_texts
from cpps_cli.present.sections.update_document import Locate
from cpps_cli.present.sections.written import quoted

ASKED: dict[Kind, str] = {
    "reworded": N_("the parent changed what this text rests on"),
    "edited_in_place": N_(
        "the parent was edited here without an amendment: its former text is not held"
    ),
    "repealed": N_("the parent gave this sheet up, and the local text names it"),
    "code_taken": N_("the parent has a sheet of this code since"),
}


BY_HAND = N_("No command can decide this: settle it in the file.")


@dataclass(frozen=True, slots=True)
class Shown:
    """One update among those shown, and where its places stand."""

    update: Update
    locate: Locate
    library: str | None


def local_update(shown: Shown) -> Section:
    """What is to be read again in one local contract, and what follows by itself."""
    update = shown.update
    name = f"{update.derived.contract.label} ({update.overlay.id})"
    blocks: list[Block] = [Paragraph(" ".join(_standing(update)))]
    if update.conflicts:
        asked = (_asked(question, shown) for question in update.conflicts)
        blocks.append(Section(_("To read again"), tuple(asked)))
    for title, lines in _parts(update):
        blocks.extend(listed(title, lines))
    return Section(name, tuple(blocks))


def _standing(update: Update) -> Iterator[str]:
    written = version_in_words(update.base_version, update.derived.parent)
    yield _("Written for the parent {version}.").format(version=written)
    if update.ahead:
        yield _("That text is later than the one asked for: nothing is to be done.")
    if update.in_place:
        yield _("That text was edited since, without an amendment.")


def _asked(question: Conflict, shown: Shown) -> Section:
    return Section(_about(question, shown.update), tuple(_question(question, shown)))


def _question(question: Conflict, shown: Shown) -> Iterator[Block]:
    lines = [capital(_(ASKED[question.kind])) + _by(question) + "."]
    if question.refused:
        lines.append(_("Refused before: {reason}").format(reason=question.refused))
    yield Paragraph(" ".join(lines))
    yield Items(tuple(three_texts(question, shown.update)), marked=True)
    span = shown.locate(question.place)
    place = _("Local change: {place}").format(place=f"{span.file}:{span.line}:{span.column}")
    yield Paragraph(place, quiet=True)
    if question.by_hand:
        yield Paragraph(_(BY_HAND), quiet=True)
    else:
        yield Extract(_command(question, shown))


def _about(question: Conflict, update: Update) -> str:
    if question.sheet is None:
        return _("The contract itself: {field}").format(field=_(FIELD[question.key]))
    sheet = update.derived.contract.sheet(question.sheet)
    sheet = sheet or update.changed.after.contract.sheet(question.sheet)
    name = sheet_name(sheet) if sheet else question.sheet
    if question.key == "sheet":
        return name
    return _("{sheet}: {fields}").format(sheet=name, fields=_(FIELD[question.key]))


def _by(question: Conflict) -> str:
    if not question.amendments:
        return ""
    return f" ({', '.join(question.amendments)})"


def _command(question: Conflict, shown: Shown) -> str:
    """The command that answers, but for the answer."""
    words = ["cpps", "update", "-a", quoted(shown.update.territory.code)]
    if shown.library is not None:
        words += ["--data", quoted(shown.library)]
    if question.sheet is not None:
        words += ["--sheet", question.sheet]
    if question.key != "sheet":
        words += ["--field", question.key]
    return " ".join([*words, "--take", "…"])


def _parts(update: Update) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The lists that follow the questions, each with its title."""
    flows = update.upstream_changes
    here = [flow for flow in flows if flow.effect != "not_taken"]
    words = [flow for flow in here if flow.nature == "substantive"]
    follow = [flow for flow in words if flow.effect == "inherited"]
    beside = [flow for flow in words if flow.effect == "own"]
    yield _("Follows the parent"), (*_gone_and_new(update), *_lines(follow, update))
    yield _("Stands beside a local change that it does not touch"), tuple(_lines(beside, update))
    editorial = [flow for flow in here if flow.nature == "editorial"]
    yield _("Editorial: follows, no commitment changes"), tuple(_lines(editorial, update))
    typed = [flow for flow in here if flow.nature == "typographic"]
    yield _("Only typed in another way"), tuple(_names(typed))
    yield _("The parent says so too now"), tuple(_agreed(update.redundant_changes, update))
    yield _("The parent's words are not taken"), tuple(_refused(update))
    yield _("Changed in the parent, not taken here"), tuple(_not_taken(update))


def _gone_and_new(update: Update) -> Iterator[str]:
    for item in update.upstream_added:
        if item.effect == "inherited":
            yield _("new sheet: {sheet}").format(sheet=name_with_code(item.sheet))
    for item in update.upstream_deleted:
        if item.effect == "inherited":
            yield _("sheet that goes: {sheet}").format(sheet=name_with_code(item.sheet))


def _lines(flows: Iterable[UpstreamChange], update: Update) -> Iterator[str]:
    for flow in flows:
        for line in field_lines(flow.difference, update.changed, flow.sheet):
            name = sheet_name(flow.sheet.after) if flow.sheet else _("The contract itself")
            yield f"{name} – {line}"


def _names(flows: Iterable[UpstreamChange]) -> Iterator[str]:
    for flow in flows:
        name = sheet_name(flow.sheet.after) if flow.sheet else _("The contract itself")
        yield _("{sheet}: {fields}").format(sheet=name, fields=field_name(flow.difference))


def _agreed(agreements: Iterable[RedundantChange], update: Update) -> Iterator[str]:
    for item in agreements:
        before, after = update.changed.before.contract, update.changed.after.contract
        sheet = after.sheet(item.sheet or "") or before.sheet(item.sheet or "")
        name = sheet_name(sheet) if sheet else _("The contract itself")
        if item.key == "sheet":
            yield _("{sheet}: the local change has no effect any more").format(sheet=name)
        else:
            said = _("{sheet}: {fields}").format(sheet=name, fields=_(FIELD[item.key]))
            yield " – ".join(filter(None, (said, "; ".join(item.items))))


def _refused(update: Update) -> Iterator[str]:
    """What was refused with a reason, and is not asked until the parent changes there again."""
    asked = {(question.place, question.key) for question in update.conflicts}
    for beside in update.layers:
        for dependency in beside.dependencies:
            if dependency.refused and (dependency.place, dependency.key) not in asked:
                code = dependency.sheets[0] if dependency.sheets else ""
                sheet = update.derived.contract.sheet(code)
                name = sheet_name(sheet) if sheet else code or _("The contract itself")
                said = _("{sheet}: {fields}").format(sheet=name, fields=_(FIELD[dependency.key]))
                yield f"{said} – {dependency.refused}"


def _not_taken(update: Update) -> Iterator[str]:
    """By sheet: what is not taken needs no detail."""
    sheets: dict[str, tuple[ActionSheet, str]] = {}
    for flow in update.upstream_changes:
        if flow.effect == "not_taken" and flow.sheet:
            sheets[flow.sheet.after.code] = (flow.sheet.after, _("changed"))
    for title, arrivals in (
        (_("new"), update.upstream_added),
        (_("given up"), update.upstream_deleted),
    ):
        for item in _others(arrivals):
            sheets[item.sheet.code] = (item.sheet, title)
    for sheet, what in sheets.values():
        yield _("{sheet}: {fields}").format(sheet=name_with_code(sheet), fields=what)


def _others(arrivals: Iterable[UpstreamSheet]) -> Iterator[UpstreamSheet]:
    return (item for item in arrivals if item.effect == "not_taken")
