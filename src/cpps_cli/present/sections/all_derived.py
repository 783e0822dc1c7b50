"""All the local contracts of a parent, a line each."""

from collections.abc import Iterable
from typing import NamedTuple

from cpps_cli.i18n.catalogue import _
from cpps_cli.model import Basis, Contract, Derived, Territory
from cpps_cli.present.document import Answer, Cell, Column, Paragraph, Section, Table
from cpps_cli.present.sections.derived_document import ALL_DERIVED, exported
from cpps_cli.present.shapes import Json


class Line(NamedTuple):
    """What a table of many local contracts shows of one. `counts`: its sheets, then by origin,
    then the parent's that are left out and those that are unknown.
    """

    label: str
    to_reread: bool
    basis: Basis
    counts: tuple[int, ...]


def line_of(derived: Derived, territory: Territory) -> Line:
    """One local contract among many."""
    counts, fates = derived.summary(), derived.parent_summary()
    left = fates["excluded"] + fates["not_taken_up"]
    numbers = (len(derived.sheets), *counts.values(), left, fates["unknown"])
    return Line(territory.label, derived.to_reread, derived.basis, numbers)


def derived_contracts(lines: Iterable[Line], documents: list[Json], parent: Contract) -> Answer:
    """All the local contracts of a parent, a line each; those documents are its JSON and csv."""
    document = ALL_DERIVED.write(parent, contracts=documents)
    title = _("Local contracts of {contract}").format(contract=parent.label)
    section = Section(title, (_all_shown(lines), Paragraph(_all_notes(), quiet=True)))
    return Answer(section, exported(documents), document)


def _all_shown(lines: Iterable[Line]) -> Table:
    columns = (
        Column("territory", _("Territory"), wide=True),
        Column("basis", _("Text")),
        Column("sheets", _("Sheets"), right=True),
        Column("inherited", _("inh."), right=True),
        Column("adapted", _("ada."), right=True),
        Column("merged", _("mer."), right=True),
        Column("added", _("add."), right=True),
        Column("left_out", _("out"), right=True),
        Column("unknown", _("unk."), right=True),
    )
    known = {"no_text": _("none known"), "partial": _("in part"), "full": _("whole")}
    again = " (" + _("to re-read") + ")"
    rows: list[tuple[Cell, ...]] = [
        (line.label + again * line.to_reread, known[line.basis], *line.counts) for line in lines
    ]
    return Table(columns, tuple(rows))


def _all_notes() -> str:
    return _(
        "inh., ada., mer., add.: local sheets inherited, adapted, merged, added; "
        "out, unk.: sheets of the parent not taken, unknown."
    )
