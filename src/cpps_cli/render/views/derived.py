"""A local contract as it follows from its parent."""

from typing import Final, Literal, TypedDict

from cpps_cli.model import Basis, Derived, DerivedSheet, LeftOut, Origin, Status, Territory
from cpps_cli.render.answer import Answer, Block, Cell, Column, Heading, Paragraph, Table
from cpps_cli.render.dates import day_in_words, period_in_words
from cpps_cli.render.phrases import BASIS, ORIGIN, STATUS, disputed_in_words
from cpps_cli.render.views.action_sheets import axis_title
from cpps_cli.render.words import _, n_

SCHEMA: Final = "cpps.derived-contract/1"
SCHEMA_ALL: Final = "cpps.derived-contracts/1"


class DerivedHead(TypedDict):
    """Which contract it is, and which text of the parent it comes from."""

    id: str
    territory: str
    title: str
    basis: Basis
    parent: str
    parent_version: str
    parent_fingerprint: str
    to_reread: bool
    not_signed_before: str | None


# `from` is a word of Python, so this one is written as a call.
DerivedSheetDocument = TypedDict(
    "DerivedSheetDocument",
    {
        "number": str | None,
        "code": str,
        "title": str | None,
        "axis": int | None,
        "axis_code": str | None,
        "status": Status,
        "origin": Origin,
        "from": list[str] | None,
        "link_inferred": bool,
        "to_reread": bool,
        "sources": list[str],
    },
)


class LeftOutDocument(TypedDict):
    """A sheet of the parent that the local contract does not hold."""

    number: str | None
    code: str
    title: str | None
    origin: Literal["excluded", "not_taken_up", "unknown"]
    reason: str | None
    decided_by: str | None
    decided_on: str | None
    review_on: str | None


class Summary(TypedDict):
    """Local sheets by origin."""

    inherited: int
    adapted: int
    merged: int
    added: int


class ParentSummary(TypedDict):
    """The parent's sheets by what became of them; adds up to all of them."""

    taken: int
    excluded: int
    not_taken_up: int
    unknown: int


class DerivedDocument(TypedDict):
    """A local contract: its sheets, what is left out, and the two counts."""

    schema: Literal["cpps.derived-contract/1"]
    contract: DerivedHead
    announced: int | None
    sheets: list[DerivedSheetDocument]
    left_out: list[LeftOutDocument]
    summary: Summary
    parent_summary: ParentSummary


class DerivedContractsDocument(TypedDict):
    """All the local contracts of a parent."""

    schema: Literal["cpps.derived-contracts/1"]
    parent: str
    contracts: list[DerivedDocument]


def derived_contract(derived: Derived, territory: Territory) -> Answer:
    """One local contract, whole."""
    document = derived_document(derived)
    title = _("{contract}: {place}").format(contract=derived.parent.label, place=territory.name)
    blocks: list[Block] = [Heading(title), *_head(derived)]
    if derived.sheets:
        blocks.append(_shown(derived))
    blocks.extend(_left_out(derived))
    blocks.append(Paragraph(_sum(derived), quiet=True))
    return Answer(tuple(blocks), _exported([document]), document)


def derived_contracts(all_derived: list[tuple[Derived, Territory]], parent: str) -> Answer:
    """All the local contracts of a parent, a line each."""
    documents = [derived_document(derived) for derived, _territory in all_derived]
    document: DerivedContractsDocument = {
        "schema": SCHEMA_ALL,
        "parent": parent,
        "contracts": documents,
    }
    title = _("Local contracts of {contract}").format(contract=parent)
    blocks = (Heading(title), _all_shown(all_derived), Paragraph(_all_notes(), quiet=True))
    return Answer(blocks, _exported(documents), document)


def derived_document(derived: Derived) -> DerivedDocument:
    """The JSON of a local contract."""
    held = derived.contract.held("announced_sheets")
    unsigned = derived.not_signed_before
    return {
        "schema": SCHEMA,
        "contract": {
            "id": derived.contract.id,
            "territory": derived.contract.territory,
            "title": derived.contract.title,
            "basis": derived.basis,
            "parent": derived.parent.id,
            "parent_version": derived.parent_version,
            "parent_fingerprint": derived.parent_fingerprint,
            "to_reread": derived.to_reread,
            "not_signed_before": unsigned.isoformat() if unsigned else None,
        },
        "announced": held.value if held else None,
        "sheets": [_sheet(derived, item) for item in derived.sheets],
        "left_out": [_left(item) for item in derived.left_out],
        "summary": {
            "inherited": _count(derived, "inherited"),
            "adapted": _count(derived, "adapted"),
            "merged": _count(derived, "merged"),
            "added": _count(derived, "added"),
        },
        "parent_summary": _parent_summary(derived),
    }


def _sheet(derived: Derived, item: DerivedSheet) -> DerivedSheetDocument:
    axis = derived.contract.axis(item.sheet.axis)
    return {
        "number": item.sheet.number,
        "code": item.sheet.code,
        "title": item.sheet.title,
        "axis": axis.number if axis else None,
        "axis_code": item.sheet.axis,
        "status": item.sheet.status,
        "origin": item.origin,
        "from": None if item.answers is None else list(item.answers),
        "link_inferred": item.link_inferred,
        "to_reread": item.to_reread,
        "sources": list(item.sheet.sources),
    }


def _left(item: LeftOut) -> LeftOutDocument:
    return {
        "number": item.sheet.number,
        "code": item.sheet.code,
        "title": item.sheet.title,
        "origin": item.origin,
        "reason": item.reason,
        "decided_by": item.decided_by,
        "decided_on": item.decided_on.isoformat() if item.decided_on else None,
        "review_on": item.review_on.isoformat() if item.review_on else None,
    }


def _count(derived: Derived, origin: Origin) -> int:
    return derived.summary()[origin]


def _parent_summary(derived: Derived) -> ParentSummary:
    fates = derived.parent_summary()
    return {
        "taken": fates["taken"],
        "excluded": fates["excluded"],
        "not_taken_up": fates["not_taken_up"],
        "unknown": fates["unknown"],
    }


def _head(derived: Derived) -> list[Block]:
    sentences = [_(BASIS[derived.basis]).capitalize() + "."]
    if derived.not_signed_before is not None:
        day = day_in_words(derived.not_signed_before)
        sentences = [
            _("It was signed on {day}: on the day asked it had no text.").format(day=day),
            _("This is what it would inherit."),
        ]
    announced = derived.contract.held("announced_sheets")
    if announced is not None and derived.basis == "partial":
        said = _("It announces {announced} sheets; {held} are held.")
        sentences.append(said.format(announced=announced.value, held=len(derived.sheets)))
    if derived.to_reread:
        sentences.append(_to_reread(derived))
    return [Paragraph(" ".join(sentences)), *_dates(derived)]


def _to_reread(derived: Derived) -> str:
    written = derived.overlay.parent_version if derived.overlay else ""
    return _("To read again: written against `{written}`, the parent is at `{current}`.").format(
        written=written, current=derived.parent_version
    )


def _dates(derived: Derived) -> list[Block]:
    lines = []
    for field, pattern in (("term", _("Term: {period}")), ("window", _("Window: {period}"))):
        held = derived.contract.held(field)
        if held is not None:
            line = pattern.format(period=period_in_words(held.value))
            dispute = disputed_in_words(derived.contract, field)
            lines.append(f"{line} ({dispute})" if dispute else line)
    return [Paragraph("\n".join(lines), quiet=True)] if lines else []


def _shown(derived: Derived) -> Table:
    columns = (
        Column("number", _("No.")),
        Column("title", _("Title"), wide=True),
        Column("origin", _("Origin")),
        Column("from", _("From")),
    )
    rows = tuple(_shown_row(derived, item) for item in derived.sheets)
    sections: dict[int, str] = {}
    for index, item in enumerate(derived.sheets):
        if index == 0 or item.sheet.axis != derived.sheets[index - 1].sheet.axis:
            sections[index] = axis_title(derived.contract, item.sheet.axis)
    return Table(columns, rows, sections)


def _shown_row(derived: Derived, item: DerivedSheet) -> tuple[Cell, ...]:
    title = item.sheet.title or f"… ({_(STATUS['to_complete'])})"
    again = _("to re-read") + ": " if item.to_reread else ""
    return (item.sheet.number or "–", again + title, _(ORIGIN[item.origin]), _from(derived, item))


def _from(derived: Derived, item: DerivedSheet) -> str:
    if item.answers is None:
        return "?"
    names = []
    for code in item.answers:
        parent = derived.parent.sheet(code)
        names.append((parent.number if parent else None) or "–")
    return " + ".join(names) + ("*" if item.link_inferred else "")


def _left_out(derived: Derived) -> list[Block]:
    if not derived.left_out:
        return []
    columns = (
        Column("number", _("No.")),
        Column("title", _("Title"), wide=True),
        Column("origin", _("Fate")),
    )
    rows = tuple(
        (
            item.sheet.number or "–",
            _left_title(item),
            _(ORIGIN[item.origin]),
        )
        for item in derived.left_out
    )
    heading = _("Sheets of the parent that are not here")
    return [Heading(heading, level=2), Table(columns, rows)]


def _left_title(item: LeftOut) -> str:
    title = item.sheet.title or f"… ({item.sheet.code})"
    if item.reason:
        reason = _("{title}. Reason: {reason}").format(title=title, reason=item.reason)
        return f"{reason} ({item.decided_by})" if item.decided_by else reason
    return title


def _sum(derived: Derived) -> str:
    fates = derived.parent_summary()
    counts = derived.summary()
    total = len(derived.sheets)
    sheets = n_("{count} sheet", "{count} sheets", total).format(count=total)
    kinds = ", ".join(f"{count} {_(ORIGIN[origin])}" for origin, count in counts.items() if count)
    parents = ", ".join(
        pattern.format(count=fates[fate])
        for fate, pattern in (
            ("taken", _("{count} taken")),
            ("excluded", _("{count} left out with a reason")),
            ("not_taken_up", _("{count} not taken up")),
            ("unknown", _("{count} unknown")),
        )
        if fates[fate]
    )
    said = f"{sheets} ({kinds})." if kinds else f"{sheets}."
    said += " " + _("Of the parent's {total}: {fates}.").format(
        total=len(derived.parent.sheets), fates=parents
    )
    if any(item.link_inferred for item in derived.sheets):
        said += " " + _("* link to the parent read by us, stated in no source.")
    if any(item.answers is None for item in derived.sheets):
        said += " " + _("? a sheet of the parent may be its origin.")
    return said


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


def _exported(documents: list[DerivedDocument]) -> Table:
    keys = ("contract", "territory", "number", "code", "title", "axis", "origin", "from", "reason")
    rows: list[tuple[Cell, ...]] = []
    for document in documents:
        head = document["contract"]["id"], document["contract"]["territory"]
        for sheet in document["sheets"]:
            parents = sheet["from"]
            answers = "?" if parents is None else " ".join(parents)
            names = (sheet["number"], sheet["code"], sheet["title"], sheet["axis"])
            rows.append((*head, *names, sheet["origin"], answers, None))
        for left in document["left_out"]:
            named = (left["number"], left["code"], left["title"], None)
            rows.append((*head, *named, left["origin"], left["code"], left["reason"]))
    return Table(tuple(Column(key, key) for key in keys), tuple(rows))
