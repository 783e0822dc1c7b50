"""The answers about derived contracts in JSON and csv, one contract or all of a parent."""

from collections.abc import Iterable, Iterator, Mapping
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from cpps_cli.diagnostics import Locate
from cpps_cli.engine.lookup import reasons_of
from cpps_cli.i18n.catalogue import _
from cpps_cli.model import Basis, Contract, Derived, DerivedSheet, LeftOut, Milestone, Territory
from cpps_cli.model.change import Follows
from cpps_cli.model.derived import Kept
from cpps_cli.present.document import Answer, Cell, Column, Paragraph, Section, Table
from cpps_cli.present.sections.provenance import VALUE
from cpps_cli.present.sections.since_signature import SINCE_SIGNATURE, follows
from cpps_cli.present.shapes import GIVEN, Json, Key, Many, Shape, cell

if TYPE_CHECKING:
    from cpps_cli.engine.provenance import FieldProvenance


class Provenance(NamedTuple):
    """Where each value of a local contract comes from: of the contract itself, and sheet by sheet,
    by code.
    """

    contract: "tuple[FieldProvenance, ...]"
    sheets: "Mapping[str, tuple[FieldProvenance, ...]]"
    locate: Locate


def with_provenance(document: Json, provenance: Provenance) -> Json:
    """The JSON of a local contract that says of each value where it comes from."""
    locate = provenance.locate
    sheets = [
        {**sheet, "provenance": VALUE.write_all(provenance.sheets[sheet["code"]], locate)}
        for sheet in document["sheets"]
    ]
    values = VALUE.write_all(provenance.contract, locate)
    contract = {**document["contract"], "provenance": values}
    return {**document, "contract": contract, "sheets": sheets}


_MILESTONE = Shape(
    "DerivedMilestone",
    Milestone,
    "Something that happened to it; `on` and `no_later_than` as written, null where unknown.",
    Key("kind", str),
    "on no_later_than body inferred sources",
)
_HEAD = Shape(
    "DerivedHead",
    Derived,
    """Which contract it is, and which text of the parent it comes from.

    `follows`: once it is signed, `signature` where it has the parent's words of that day, `parent`
    where it has those that the parent has meanwhile; null before.
    `inherited` names those of its own values here that are the parent's; `inferred`, `uncertain`
    and `cut` those that are read by us, one of several possibilities, or seen only in part.
    Signatories and partners are empty where nobody can say who signed. `version`: the last of its
    own amendments in force, or `signed`; null where no text is known. `reading`: that of the
    sources which the term and the window rest on, null where none is named or they do not disagree.
    `provenance`: where each of its own values comes from, on request.
    """,
    "id=contract.id territory=contract.territory title=contract.title basis",
    Key("version", str | None, lambda derived: derived.version if derived.overlay else None),
    "parent=parent.id parent_version parent_fingerprint to_reread not_signed_before",
    Key("follows", Follows | None, follows),
    Key("term", str | None, lambda derived: _value(derived, "term")),
    Key("window", str | None, lambda derived: _value(derived, "window")),
    "inferred=contract.inferred uncertain=contract.uncertain cut=contract.cut",
    "reading=contract.reading_used",
    Key("inherited", list[str], lambda derived: [*_inherited(derived)]),
    "signatories=contract.signatories",
    "partners=contract.partners",
    Key("milestones", Many(_MILESTONE), "contract.milestones"),
    "note=overlay?.note",
    Key("provenance?", Many(VALUE)),
)
REASON = Shape(
    "ReasonDocument",
    tuple,
    "Why, and which text of the local contract says so: `signed`, or an amendment of its own.",
    Key("version", str, itemgetter(0)),
    Key("reason", str, itemgetter(1)),
)
# Json with the contract.
_SHEET = Shape(
    "DerivedSheetDocument",
    DerivedSheet,
    "A local sheet; `reasons` are those of the changes that made it, in the order of the texts.",
    "number=sheet.number code=sheet.code title=sheet.title",
    Key(
        "axis",
        int | None,
        in_context=lambda item, derived: derived.contract.axis_number(item.sheet.axis),
    ),
    "axis_code=sheet.axis status=sheet.status origin from=answers link_inferred to_reread",
    "sources=sheet.cited inferred=sheet.inferred uncertain=sheet.uncertain cut=sheet.cut",
    Key("reasons", Many(REASON), in_context=lambda item, derived: reasons_of(derived, item)),
    Key("provenance?", Many(VALUE)),
)
_LEFT_OUT = Shape(
    "LeftOutDocument",
    LeftOut,
    """A sheet of the parent that the local contract does not hold.

    `repealed_by`: the amendment of its own that took it out, null where none did.
    """,
    "number=sheet.number code=sheet.code title=sheet.title origin to_reread",
    "reason decided_by decided_on review_on repealed_by",
)
_SUMMARY = Shape(
    "Summary", dict[str, int], "Local sheets by origin.", "inherited adapted merged added"
)
_PARENT_SUMMARY = Shape(
    "ParentSummary",
    dict[str, int],
    """The parent's sheets of the day by what became of them; adds up to all of them.

    `since_signature`: those that it has added since, and that the signed text does not have.
    """,
    "taken excluded not_taken_up unknown since_signature",
)
# Json with itself.
DERIVED = Shape(
    "DerivedDocument",
    Derived,
    "A local contract: its sheets, what is left out, and the two counts.",
    Key("contract", _HEAD, lambda derived: derived),
    Key("announced", int | None, lambda derived: _value(derived, "announced_sheets")),
    Key("sheets", Many(_SHEET)),
    Key("left_out", Many(_LEFT_OUT)),
    Key("summary", _SUMMARY, Derived.summary),
    Key("parent_summary", _PARENT_SUMMARY, Derived.parent_summary),
    Key("since_signature", Many(SINCE_SIGNATURE)),
    schema="cpps.derived-contract/1",
)
ALL_DERIVED = Shape(
    "DerivedContractsDocument",
    Contract,
    "All the local contracts of a parent.",
    "parent=id",
    Key("contracts", Many(DERIVED), GIVEN),
    schema="cpps.derived-contracts/1",
)


def _inherited(derived: Derived) -> Iterator[str]:
    """The values of the contract itself that it has from its parent, whole."""
    for name in ("term", "window", "signatories", "partners"):
        parts = derived.fields.get(name, ())
        if parts and all(isinstance(part, Kept) for part in parts):
            yield name


def _value(derived: Derived, field: str) -> Any:
    held = derived.contract.retained(field)
    return held.value if held else None


_KEYS = (
    "contract territory basis number code title axis origin from link_inferred reason sources "
    "axis_code status to_reread inferred uncertain cut reasons decided_by decided_on review_on "
    "repealed_by field kind"
)


def exported(documents: list[Json]) -> Table:
    """A line for each local sheet, each that is left out, and each change since the signature."""
    keys = _KEYS.split()
    rows = (row for document in documents for row in _rows(document))
    columns = tuple(Column(key, key) for key in keys)
    return Table(columns, tuple(tuple(cell(row.get(key)) for key in keys) for row in rows))


def _rows(document: Json) -> Iterator[Json]:
    contract = document["contract"]
    head = {"contract": contract["id"], **{key: contract[key] for key in ("territory", "basis")}}
    for sheet in document["sheets"]:
        reasons = [item["reason"] for item in sheet["reasons"]]
        why = {"reason": reasons[-1] if reasons else None, "reasons": " | ".join(reasons) or None}
        yield {**head, **sheet, **why, "from": "?" if sheet["from"] is None else sheet["from"]}
    for left in document["left_out"]:
        yield {**head, **left, "from": left["code"], "reasons": left["reason"]}
    for since in document["since_signature"]:
        yield {**head, **since, "origin": "since_signature"}


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
