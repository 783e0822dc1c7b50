"""What was recorded of a contract, where, and the state that follows."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from cpps_cli.i18n.catalogue import _, capital
from cpps_cli.i18n.dates import day_in_words
from cpps_cli.i18n.labels import STATE, milestone_in_words, sources_in_words
from cpps_cli.model import Contract, Milestone
from cpps_cli.present.document import (
    Answer,
    Items,
    Paragraph,
    Section,
)
from cpps_cli.present.shapes import Key, Shape, csv_table
from cpps_cli.schedule.status import ContractStatus


@dataclass(frozen=True, slots=True)
class Recorded:
    """A milestone of a contract, the file and line it is at, where it stood and stands.

    The milestone counts from the day `on`: the last one of its period where none is known.
    """

    contract: Contract
    milestone: Milestone
    where: tuple[Path, int]
    on: date
    before: ContractStatus
    after: ContractStatus
    successor: Contract | None


_RECORD = Shape(
    "RecordDocument",
    Recorded,
    "A milestone as it was written. `before` and `after` are the states on the day `on`.",
    "contract=contract.id",
    Key("file", str, lambda found: str(found.where[0])),
    Key("line", int, lambda found: found.where[1]),
    "milestone=milestone.kind",
    Key("dated", str, "milestone.on"),
    "body=milestone.body sources=milestone.sources note=milestone.note",
    "on before=before.state after=after.state",
    schema="cpps.record/1",
)


def recorded(found: Recorded) -> Answer:
    """What was written and what it changes."""
    document = _RECORD.write(found)
    lines = (_written(found), _("In {file}, line {line}").format_map(_place(found)), _state(found))
    title = _("Recorded: {contract}").format(contract=found.contract.label)
    section = Section(title, (Items(lines), *map(Paragraph, _remarks(found))))
    columns = " ".join(name for name in document if name != "schema")
    return Answer(section, csv_table(columns, [document]), document)


def _written(found: Recorded) -> str:
    said = [capital(milestone_in_words(found.milestone))]
    said += [sources_in_words(found.milestone.sources), found.milestone.note or ""]
    return ". ".join(part.rstrip(".") for part in said if part) + "."


def _place(found: Recorded) -> dict[str, object]:
    path, line = found.where
    return {"file": path, "line": line}


def _state(found: Recorded) -> str:
    before, after = _(STATE[found.before.state]), _(STATE[found.after.state])
    if before == after:
        said = _("Renegotiation on {day}: {state}, as before")
        return said.format(day=day_in_words(found.on), state=after)
    said = _("Renegotiation on {day}: {before}, now {after}")
    return said.format(day=day_in_words(found.on), before=before, after=after)


def _remarks(found: Recorded) -> Iterator[str]:
    contract, milestone, term = found.contract, found.milestone, found.after.term
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
        if found.successor is not None:
            later = _("A later contract exists: {title} (`--contract {id}`).")
            yield later.format(title=found.successor.label, id=found.successor.id)
    if not milestone.sources:
        yield _("No source is named: add `sources` to this entry once you have one.")
