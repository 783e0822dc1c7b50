"""What a parent that moved on means for local contracts, for somebody who has to decide."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cpps_cli.check.adoption import Left
from cpps_cli.derive.questions import Kind, Question
from cpps_cli.derive.update import Agreement, Arrival, Flow, Update
from cpps_cli.model import ActionSheet
from cpps_cli.render.answer import Answer, Block, Column, Extract, Heading, Items, Paragraph, Table
from cpps_cli.render.sentences import message
from cpps_cli.render.views.change_lines import field_lines, field_name, name_with_code
from cpps_cli.render.views.three_texts import three_texts
from cpps_cli.render.views.update_document import (
    Locate,
    Updates,
    exported_updates,
    update_document,
)
from cpps_cli.render.views.written import quoted
from cpps_cli.words.catalogue import N_, _, capital, n_
from cpps_cli.words.dates import day_in_words
from cpps_cli.words.phrases import FIELD
from cpps_cli.words.sheets import announced_in_words, sheet_name
from cpps_cli.words.versions import version_in_short, version_in_words

ASKED: dict[Kind, str] = {
    "reworded": N_("the parent changed what this text rests on"),
    "edited_in_place": N_(
        "the parent was edited here without an amendment: its former text is not held"
    ),
    "repealed": N_("the parent gave this sheet up, and the local text names it"),
    "code_taken": N_("the parent has a sheet of this code since"),
}
ANSWERS = N_(
    "To decide: `--take parent` lets the parent's text in, `--take local` keeps the local one, "
    "`--refuse REASON` keeps it and writes down why."
)
BY_HAND = N_("No command can decide this: settle it in the file.")


@dataclass(frozen=True, slots=True)
class Shown:
    """One update among those shown, and where its places stand."""

    update: Update
    locate: Locate
    library: str | None


def updates(found: Updates, locate: Locate, library: str | None = None) -> Answer:
    """What is to be read again, what follows by itself, and what was written.

    `library` is the folder that was named on the command line, for the commands to copy.
    """
    document = update_document(found, locate)
    title = _("Update of the local contracts: {contract}").format(contract=found.parent.label)
    blocks: list[Block] = [Heading(title), Paragraph(" ".join(_sum(found)))]
    if len(found.found) > 1:
        blocks.append(_overview(found))
    for update in found.found:
        if len(found.found) == 1 or update.questions or update.in_place:
            blocks.extend(_local(Shown(update, locate, library)))
    blocks.extend(_end(found))
    return Answer(tuple(blocks), exported_updates(document), document)


def _sum(found: Updates) -> Iterator[str]:
    day, version = day_in_words(found.on), version_in_words(found.version, found.parent)
    yield _("On {day} the parent is {version}.").format(day=day, version=version)
    if found.open:
        said = n_("{n} thing is to be read again.", "{n} things are to be read again.", found.open)
        yield said.format(n=found.open)
    else:
        yield _("Nothing is to be read again.")
    if without := len(found.without_text):
        said = n_(
            "No text is known of {n} local contract.",
            "No text is known of {n} local contracts.",
            without,
        )
        yield said.format(n=without)
    yield from filter(None, [announced_in_words(found.parent)])


def _overview(found: Updates) -> Table:
    rows = tuple(
        (
            update.territory.label,
            version_in_short(update.written_for, found.parent),
            len(update.questions),
            sum(flow.stance == "inherited" for flow in update.flows),
            _state(update),
        )
        for update in found.found
    )
    columns = (
        Column("place", _("Place")),
        Column("written_for", _("Written for")),
        Column("to_reread", _("To re-read"), right=True),
        Column("follows", _("Follows"), right=True),
        Column("state", _("State"), wide=True),
    )
    return Table(columns, rows)


def _state(update: Update) -> str:
    if update.ahead:
        return _("written for a later text")
    if update.is_blocked:
        return _("to be decided first")
    if update.edits and update.questions:
        return _("can be written; questions stay open")
    if update.only_marks:
        return _("its fingerprints can be written")
    if update.edits:
        return _("can be written")
    return _("to be decided") if update.questions else _("up to date")


def _local(shown: Shown) -> Iterator[Block]:
    update = shown.update
    name = f"{update.derived.contract.label} ({update.overlay.id})"
    yield Heading(name, 2)
    yield Paragraph(" ".join(_standing(update)))
    if update.questions:
        yield Heading(_("To read again"), 3)
    for question in update.questions:
        yield from _asked(question, shown)
    for title, lines in _parts(update):
        if lines:
            yield Heading(title, 3)
            yield Items(lines, marked=True)


def _standing(update: Update) -> Iterator[str]:
    written = version_in_words(update.written_for, update.derived.parent)
    yield _("Written for the parent {version}.").format(version=written)
    if update.ahead:
        yield _("That text is later than the one asked for: nothing is to be done.")
    if update.in_place:
        yield _("That text was edited since, without an amendment.")


# --- what is asked


def _asked(question: Question, shown: Shown) -> Iterator[Block]:
    update = shown.update
    yield Heading(_about(question, update), 4)
    lines = [capital(_(ASKED[question.kind])) + _by(question) + "."]
    if question.refused:
        lines.append(_("Refused before: {reason}").format(reason=question.refused))
    yield Paragraph(" ".join(lines))
    yield Items(tuple(three_texts(question, update)), marked=True)
    span = shown.locate(question.place)
    place = _("Local change: {place}").format(place=f"{span.file}:{span.line}:{span.column}")
    yield Paragraph(place, quiet=True)
    if question.by_hand:
        yield Paragraph(_(BY_HAND), quiet=True)
    else:
        yield Extract(_command(question, shown))


def _about(question: Question, update: Update) -> str:
    if question.sheet is None:
        return _("The contract itself: {field}").format(field=_(FIELD[question.key]))
    sheet = update.derived.contract.sheet(question.sheet)
    sheet = sheet or update.changed.after.contract.sheet(question.sheet)
    name = sheet_name(sheet) if sheet else question.sheet
    if question.key == "sheet":
        return name
    return _("{sheet}: {fields}").format(sheet=name, fields=_(FIELD[question.key]))


def _by(question: Question) -> str:
    if not question.amendments:
        return ""
    return f" ({', '.join(question.amendments)})"


def _command(question: Question, shown: Shown) -> str:
    """The command that answers, but for the answer."""
    words = ["cpps", "update", "-a", quoted(shown.update.territory.code)]
    if shown.library is not None:
        words += ["--data", quoted(shown.library)]
    if question.sheet is not None:
        words += ["--sheet", question.sheet]
    if question.key != "sheet":
        words += ["--field", question.key]
    return " ".join([*words, "--take", "…"])


# --- what is not asked


def _parts(update: Update) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The lists that follow the questions, each with its title."""
    flows = update.flows
    here = [flow for flow in flows if flow.stance != "not_taken"]
    words = [flow for flow in here if flow.nature == "substantive"]
    follow = [flow for flow in words if flow.stance == "inherited"]
    beside = [flow for flow in words if flow.stance == "own"]
    yield _("Follows the parent"), (*_gone_and_new(update), *_lines(follow, update))
    yield _("Stands beside a local change that it does not touch"), tuple(_lines(beside, update))
    editorial = [flow for flow in here if flow.nature == "editorial"]
    yield _("Editorial: follows, no commitment changes"), tuple(_lines(editorial, update))
    typed = [flow for flow in here if flow.nature == "typographic"]
    yield _("Only typed in another way"), tuple(_names(typed))
    yield _("The parent says so too now"), tuple(_agreed(update.agreements, update))
    yield _("The parent's words are not taken"), tuple(_refused(update))
    yield _("Changed in the parent, not taken here"), tuple(_not_taken(update))


def _gone_and_new(update: Update) -> Iterator[str]:
    for item in update.arrivals:
        if item.stance == "inherited":
            yield _("new sheet: {sheet}").format(sheet=name_with_code(item.sheet))
    for item in update.departures:
        if item.stance == "inherited":
            yield _("sheet that goes: {sheet}").format(sheet=name_with_code(item.sheet))


def _lines(flows: Iterable[Flow], update: Update) -> Iterator[str]:
    for flow in flows:
        for line in field_lines(flow.difference, update.changed, flow.sheet):
            name = sheet_name(flow.sheet.after) if flow.sheet else _("The contract itself")
            yield f"{name} – {line}"


def _names(flows: Iterable[Flow]) -> Iterator[str]:
    for flow in flows:
        name = sheet_name(flow.sheet.after) if flow.sheet else _("The contract itself")
        yield _("{sheet}: {fields}").format(sheet=name, fields=field_name(flow.difference))


def _agreed(agreements: Iterable[Agreement], update: Update) -> Iterator[str]:
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
    asked = {(question.place, question.key) for question in update.questions}
    for beside in update.layers:
        for footing in beside.footings:
            if footing.refused and (footing.place, footing.key) not in asked:
                code = footing.sheets[0] if footing.sheets else ""
                sheet = update.derived.contract.sheet(code)
                name = sheet_name(sheet) if sheet else code or _("The contract itself")
                said = _("{sheet}: {fields}").format(sheet=name, fields=_(FIELD[footing.key]))
                yield f"{said} – {footing.refused}"


def _not_taken(update: Update) -> Iterator[str]:
    """By sheet: what is not taken needs no detail."""
    sheets: dict[str, tuple[ActionSheet, str]] = {}
    for flow in update.flows:
        if flow.stance == "not_taken" and flow.sheet:
            sheets[flow.sheet.after.code] = (flow.sheet.after, _("changed"))
    for title, arrivals in ((_("new"), update.arrivals), (_("given up"), update.departures)):
        for item in _others(arrivals):
            sheets[item.sheet.code] = (item.sheet, title)
    for sheet, what in sheets.values():
        yield _("{sheet}: {fields}").format(sheet=name_with_code(sheet), fields=what)


def _others(arrivals: Iterable[Arrival]) -> Iterator[Arrival]:
    return (item for item in arrivals if item.stance == "not_taken")


# --- the end


def _end(found: Updates) -> Iterator[Block]:
    if any(not question.by_hand for update in found.found for question in update.questions):
        yield Paragraph(_(ANSWERS))
    if found.written is not None:
        yield from _written(found)
    elif ready := len(found.ready):
        said = n_(
            "{n} file can be written without a decision: add `--apply`.",
            "{n} files can be written without a decision: add `--apply`.",
            ready,
        )
        yield Paragraph(" ".join((said.format(n=ready), *_only_marks(found))))
    if found.without_text and len(found.found) < 2:
        names = ", ".join(territory.label for territory in found.without_text)
        yield Paragraph(_("No text is known: {places}").format(places=names), quiet=True)


def _only_marks(found: Updates) -> Iterator[str]:
    """That the text of some files, or of all of them, would stay as it is."""
    marks = sum(update.only_marks for update in found.ready)
    if marks == len(found.ready):
        yield _("Only fingerprints would be written.")
    elif marks:
        yield _("Of these, files in which only fingerprints would be written: {n}.").format(n=marks)


def _written(found: Updates) -> Iterator[Block]:
    written = found.written or ()
    if not written and not found.left:
        yield Paragraph(_("Nothing was to be written."))
    if written:
        yield Paragraph(_("Written: {files}").format(files=", ".join(written)))
    for item in found.left:
        yield Paragraph(_("Left as it is: {file}").format(file=item.file))
        yield Items(tuple(_against(item)))


def _against(item: Left) -> Iterator[str]:
    """Why a file was not written."""
    for fault in item.faults:
        yield f"{fault.code}: {message(fault)}"
    if item.no_room_for is not None:
        path = ".".join(map(str, item.no_room_for.path))
        yield _("`{path}` cannot be written without losing something there").format(path=path)
