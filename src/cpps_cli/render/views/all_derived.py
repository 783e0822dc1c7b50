"""All the local contracts of a parent, a line each."""

from cpps_cli.model import (
    Contract,
    Derived,
    Territory,
)
from cpps_cli.render.answer import Answer, Cell, Column, Heading, Paragraph, Table
from cpps_cli.render.views.derived_document import (
    SCHEMA_ALL,
    DerivedContractsDocument,
    derived_document,
    exported,
)
from cpps_cli.words.catalogue import _


def derived_contracts(all_derived: list[tuple[Derived, Territory]], parent: Contract) -> Answer:
    """All the local contracts of a parent, a line each."""
    documents = [derived_document(derived) for derived, _territory in all_derived]
    document: DerivedContractsDocument = {
        "schema": SCHEMA_ALL,
        "parent": parent.id,
        "contracts": documents,
    }
    title = _("Local contracts of {contract}").format(contract=parent.label)
    blocks = (Heading(title), _all_shown(all_derived), Paragraph(_all_notes(), quiet=True))
    return Answer(blocks, exported(documents), document)


def _all_shown(all_derived: list[tuple[Derived, Territory]]) -> Table:
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
    rows: list[tuple[Cell, ...]] = []
    for derived, territory in all_derived:
        counts, fates = derived.summary(), derived.parent_summary()
        again = " (" + _("to re-read") + ")" if derived.to_reread else ""
        left = fates["excluded"] + fates["not_taken_up"]
        rows.append(
            (
                territory.label + again,
                known[derived.basis],
                len(derived.sheets),
                *counts.values(),
                left,
                fates["unknown"],
            )
        )
    return Table(columns, tuple(rows))


def _all_notes() -> str:
    return _(
        "inh., ada., mer., add.: local sheets inherited, adapted, merged, added; "
        "out, unk.: sheets of the parent not taken, unknown."
    )
