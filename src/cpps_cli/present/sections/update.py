"""What a parent that moved on means for local contracts, for somebody who has to decide."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from cpps_cli.diagnostics import Locate
from cpps_cli.engine.conflicts import Conflict
from cpps_cli.engine.update import Update
from cpps_cli.i18n.catalogue import N_, _, message, n_
from cpps_cli.i18n.dates import day_in_words
from cpps_cli.i18n.labels import announced_in_words, version_in_short, version_in_words
from cpps_cli.library.transaction import Left
from cpps_cli.model import Contract, Territory
from cpps_cli.present.document import Answer, Block, Cell, Column, Items, Paragraph, Section, Table
from cpps_cli.present.sections.local_update import LOCAL_UPDATE, exported_updates, local_update
from cpps_cli.present.shapes import Key, Many, Shape

ANSWERS = N_(
    "To decide: `--take parent` lets the parent's text in, `--take local` keeps the local one, "
    "`--refuse REASON` keeps it and writes down why."
)


@dataclass(frozen=True, slots=True)
class LocalReport:
    """The update of one local contract as a view has it, without all that it was made from.

    `cells`: its line among others; `blocks`: what is asked about it, and what follows by itself,
    shown where something `is_asked` or where it stands alone. `open`: how many questions there
    are; `can_answer`: whether a command can answer one of them. `ready`: its file can be written
    without a decision.
    """

    cells: tuple[Cell, ...]
    blocks: tuple[Block, ...]
    is_asked: bool
    open: int
    can_answer: bool
    ready: bool
    only_marks: bool


@dataclass(frozen=True, slots=True)
class Updates:
    """The updates of some local contracts of one parent.

    `without_text` are the territories for which no local text is held, `written` the files that
    were written, None where nothing was asked for; `left` are those that could not be.
    `named`: the local contracts were named, or all of them asked for.
    """

    parent: Contract
    version: str
    on: date
    found: tuple[LocalReport, ...]
    without_text: tuple[Territory, ...] = ()
    written: tuple[str, ...] | None = None
    left: tuple[Left, ...] = ()
    named: bool = True

    @property
    def open(self) -> int:
        """How many questions there are."""
        return sum(item.open for item in self.found)

    @property
    def ready(self) -> tuple[LocalReport, ...]:
        """Those whose file can be written without a decision."""
        return tuple(item for item in self.found if item.ready)


_SUMMARY = Shape(
    "UpdateSummary",
    Updates,
    "How many questions are open, files ready to be written, and files up to date.",
    "to_reread=open",
    Key("ready", int, lambda updates: len(updates.ready)),
    Key(
        "up_to_date",
        int,
        lambda updates: sum(not (item.ready or item.open) for item in updates.found),
    ),
)
# Without the local contracts themselves.
UPDATE = Shape(
    "UpdateDocument",
    Updates,
    """What a parent that moved on means for its local contracts.

    `without_text`: territories for which no local text is held. `written` and `left` are null where
    nothing was to be written.
    """,
    "parent=parent.id parent_version=version on",
    Key("contracts", Many(LOCAL_UPDATE), lambda updates: ()),
    Key("without_text", list[str], lambda updates: [place.code for place in updates.without_text]),
    "written",
    Key(
        "left",
        list[str] | None,
        lambda updates: None if updates.written is None else [item.file for item in updates.left],
    ),
    Key("summary", _SUMMARY, lambda updates: updates),
    schema="cpps.update/1",
)


def local_report(
    update: Update, locate: Locate, options: str, *, at_length: bool = False
) -> LocalReport:
    """Reports on one local contract; at length where something is to be read again."""
    asked = _asked(update)
    is_asked = bool(asked or update.in_place)
    return LocalReport(
        _cells(update),
        (local_update(update, locate, options),) if is_asked or at_length else (),
        is_asked,
        len(asked),
        any(not question.by_hand for question in asked),
        bool(update.edits),
        update.only_marks,
    )


def _asked(update: Update) -> tuple[Conflict, ...]:
    """The questions that its file waits for: those of a signed text are for an amendment."""
    return () if update.signed_on else update.conflicts


def updates(found: Updates) -> Answer:
    """What is to be read again, what follows by itself, and what was written; csv and JSON without
    the local contracts themselves.
    """
    title = _("Update of the local contracts: {contract}").format(contract=found.parent.label)
    blocks: list[Block] = [Paragraph(" ".join(_sum(found)))]
    if len(found.found) > 1:
        blocks.append(_overview(found))
    for item in found.found:
        if len(found.found) == 1 or item.is_asked:
            blocks.extend(item.blocks)
    blocks.extend(_end(found))
    section = Section(title, tuple(blocks))
    return Answer(section, exported_updates(()), UPDATE.write(found))


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


def _cells(update: Update) -> tuple[Cell, ...]:
    return (
        update.territory.label,
        version_in_short(update.base_version, update.derived.parent),
        len(_asked(update)),
        sum(flow.effect == "inherited" for flow in update.upstream_changes if not update.signed_on),
        _state(update),
    )


def _overview(found: Updates) -> Table:
    columns = (
        Column("place", _("Place")),
        Column("written_for", _("Written for")),
        Column("to_reread", _("To re-read"), right=True),
        Column("follows", _("Follows"), right=True),
        Column("state", _("State"), wide=True),
    )
    return Table(columns, tuple(item.cells for item in found.found))


def _state(update: Update) -> str:
    if update.ahead:
        return _("written for a later text")
    if update.signed_on is not None:
        return _("signed; the parent has changed since") if update.since_signature else _("signed")
    return _state_of_file(update)


def _state_of_file(update: Update) -> str:
    if update.is_blocked:
        return _("to be decided first")
    if update.edits and update.conflicts:
        return _("can be written; questions stay open")
    if update.only_marks:
        return _("its fingerprints can be written")
    if update.edits:
        return _("can be written")
    return _("to be decided") if update.conflicts else _("up to date")


def _end(found: Updates) -> Iterator[Block]:
    if any(item.can_answer for item in found.found):
        yield Paragraph(_(ANSWERS))
    if found.written is not None:
        yield from _written(found)
    elif ready := len(found.ready):
        said = n_(
            "{n} file can be written without a decision: add `{options}`.",
            "{n} files can be written without a decision: add `{options}`.",
            ready,
        ).format(n=ready, options="--apply" if found.named else "--all --apply")
        yield Paragraph(" ".join((said, *_only_marks(found))))
    if found.without_text and len(found.found) < 2:
        names = ", ".join(territory.label for territory in found.without_text)
        yield Paragraph(_("No text is known: {places}").format(places=names), quiet=True)


def _only_marks(found: Updates) -> Iterator[str]:
    """That the text of some files, or of all of them, would stay as it is."""
    marks = sum(item.only_marks for item in found.ready)
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
