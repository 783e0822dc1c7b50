"""What was made for the user, and the commands that come next, as lines that can be copied."""

import os
import shlex
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from cpps_cli.engine.update_edits import Pins
from cpps_cli.i18n.catalogue import _, capital, n_
from cpps_cli.i18n.dates import day_in_words
from cpps_cli.i18n.labels import STATE, milestone_in_words, sources_in_words
from cpps_cli.library.transaction import Left
from cpps_cli.model import Contract, Milestone
from cpps_cli.model.paths import local_file
from cpps_cli.present.document import Answer, Block, Column, Items, Paragraph, Section, Table
from cpps_cli.present.shapes import GIVEN, Key, Many, Shape, csv_table
from cpps_cli.schedule.status import ContractStatus, State

Lines = tuple[str, ...]
# Commands that come after a new library, by its kind.
_NEXT: dict[str, Lines] = {
    "empty": ("cpps check {folder}", "cpps list-actions --data {folder}"),
    "exemple": ("cpps list-actions --data {folder}", "cpps derive --all --data {folder}"),
    "paris": (
        "cpps list-actions --status to_complete --data {folder}",
        "cpps start --arrondissement 18 --data {folder}",
    ),
}


def library_made(folder: Path, kind: str, contract: Contract) -> Lines:
    """What the new library holds."""
    total = len(contract.sheets)
    empty = sum(sheet.status == "to_complete" for sheet in contract.sheets)
    counted = n_(
        "{folder}: a library with {contract}, {total} sheet, {empty} to complete.",
        "{folder}: a library with {contract}, {total} sheets, {empty} to complete.",
        total,
    ).format(folder=folder, contract=contract.label, total=total, empty=empty)
    hint = _("Fill in its files, each says how; then:") if kind == "empty" else _("Next:")
    named = {"folder": quoted(str(folder))}
    return (counted, hint, *(f"  {command.format_map(named)}" for command in _NEXT[kind]))


def draft_written(
    path: Path, contract: Contract, word: str, data: str | None, options: str
) -> Lines:
    """Where the overlay is, and what to do with it; `options` are repeated."""
    total = len(contract.sheets)
    listed = n_(
        "{path} written: {total} sheet of {contract} to choose from.",
        "{path} written: {total} sheets of {contract} to choose from.",
        total,
    ).format(path=path, total=total, contract=contract.label)
    hint = _("Open it, delete what is not taken, adapt its title; then:")
    return (
        listed,
        hint,
        f"  cpps derive -a {quoted(word)}{options}",
        f"  cpps check {quoted(data)}" if data else "  cpps check",
    )


def quoted(word: str) -> str:
    """A word as it is typed after a command, whatever it holds."""
    if os.name != "nt":
        return shlex.quote(word)
    return f'"{word}"' if " " in word else word


def _count(item: Pins, written: tuple[str, ...]) -> int:
    """How many fingerprints were written for one local contract."""
    return sum(len(edits) for name, edits in item.edits.items() if name in written)


# Written with the names of the files that were written.
_PINNED = Shape(
    "PinnedDocument",
    Pins,
    "One file: how many fingerprints it stated already, and how many were written.",
    "id=overlay.id territory=territory.code",
    Key("file", str, lambda item: local_file(item.overlay)),
    "stated",
    Key("written", int, in_context=_count),
)
_PINS = Shape(
    "PinsDocument",
    Contract,
    "The local texts of a contract; `left`: files in which there was no room to write.",
    "parent=id",
    Key("contracts", Many(_PINNED), GIVEN),
    Key("left", list[str], GIVEN),
    schema="cpps.pins/1",
)


def pinned(
    parent: Contract, found: tuple[Pins, ...], written: tuple[str, ...], left: tuple[Left, ...]
) -> Answer:
    """A line for each file; `written` are those that were, `left` those with no room."""
    document = _PINS.write(
        parent,
        contracts=_PINNED.write_all(found, written),
        left=sorted(item.file for item in left),
    )
    rows = tuple(
        (item["file"], item["stated"], item["written"], item["id"], item["territory"])
        for item in document["contracts"]
    )
    columns = (
        Column("file", _("File"), wide=True),
        Column("stated", _("Stated already"), right=True),
        Column("written", _("Written"), right=True),
        Column("id", _("Contract")),
        Column("territory", _("Territory")),
    )
    table = Table(columns, rows, hidden=frozenset({"id", "territory"}))
    title = _("Fingerprints in the local texts of {contract}").format(contract=parent.label)
    blocks: tuple[Block, ...] = (
        table if rows else Paragraph(_("No local text is held.")),
        *(Paragraph(_("Left as it is: {file}").format(file=file)) for file in document["left"]),
    )
    return Answer(Section(title, blocks), table, document)


# Where the milestone stands, and the states on the day from which it counts, are given.
_RECORD = Shape(
    "RecordDocument",
    Milestone,
    "A milestone as it was written. `before` and `after` are the states on the day `on`.",
    *(Key("contract", str, GIVEN), Key("file", str, GIVEN), Key("line", int, GIVEN)),
    "milestone=kind",
    Key("dated", str, "on"),
    "body sources note",
    *(Key("on", date, GIVEN), Key("before", State, GIVEN), Key("after", State, GIVEN)),
    schema="cpps.record/1",
)


def recorded(
    milestone: Milestone,
    where: tuple[Path, int],
    on: date,
    states: tuple[ContractStatus, ContractStatus],
    successor: Contract | None,
) -> Answer:
    """What was written in a file at a line, and what it changes of its contract.

    The milestone counts from the day `on`: the last one of its period where none is known.
    `states`: where the contract stood on that day, and stands.
    """
    (file, line), (before, after) = where, states
    found = {"file": str(file), "line": line, "on": on}
    stands = {"before": before.state, "after": after.state}
    document = _RECORD.write(milestone, contract=after.contract.id, **found, **stands)
    place = _("In {file}, line {line}").format_map(found)
    lines = (_written(milestone), place, _state(before, after, day_in_words(on)))
    remarks = map(Paragraph, _remarks(milestone, after, successor))
    title = _("Recorded: {contract}").format(contract=after.contract.label)
    section = Section(title, (Items(lines), *remarks))
    columns = " ".join(name for name in document if name != "schema")
    return Answer(section, csv_table(columns, [document]), document)


def _written(milestone: Milestone) -> str:
    words = [capital(milestone_in_words(milestone))]
    words += [sources_in_words(milestone.sources), milestone.note or ""]
    return ". ".join(part.rstrip(".") for part in words if part) + "."


def _state(before: ContractStatus, after: ContractStatus, day: str) -> str:
    former, state = _(STATE[before.state]), _(STATE[after.state])
    if former == state:
        return _("Renegotiation on {day}: {state}, as before").format(day=day, state=state)
    words = _("Renegotiation on {day}: {before}, now {after}")
    return words.format(day=day, before=former, after=state)


def _remarks(
    milestone: Milestone, after: ContractStatus, successor: Contract | None
) -> Iterator[str]:
    contract, term = after.contract, after.term
    if milestone.kind == "renegotiated" and contract.local_territories:
        yield _("Its local contracts are as before: each is recorded with `--arrondissement N`.")
    if milestone.kind == "extended":
        yield _(
            "Its term is as before: the new end is stated by an amendment, or by `set.term` in a "
            "local text."
        )
    if term is not None and milestone.on and milestone.on.first > term.value.last:
        ended = _("Its term ended on {day}, before that.")
        yield ended.format(day=day_in_words(term.value.last))
        if successor is not None:
            later = _("A later contract exists: {title} (`--contract {id}`).")
            yield later.format(title=successor.label, id=successor.id)
    if not milestone.sources:
        yield _("No source is named: add `sources` to this entry once you have one.")
