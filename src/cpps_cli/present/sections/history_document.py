"""The life of a contract, as scripts read it."""

from collections.abc import Iterable, Iterator

from cpps_cli.engine.history import Entry, History, LocalHistory, Reason
from cpps_cli.model import Milestone, Period
from cpps_cli.present.document import Column, Table
from cpps_cli.present.sections.change_document import (
    CHANGES,
    Row,
    change_rows,
    row_columns,
)
from cpps_cli.present.sections.sources import SOURCE
from cpps_cli.present.shapes import GIVEN, Json, Key, Many, Maybe, Named, Part, Shape, cell

_REASON = Shape(
    "ReasonDocument",
    Reason,
    """Why `sheets` change; why the contract itself does where it names none.

    `editorial`: that change touches no commitment, only words.
    """,
    "sheets reason=words decided_by decided_on editorial",
)
# Json with the history in which it stands.
_AMENDMENT = Shape(
    "AmendmentDocument",
    Entry,
    "An amendment and what it changed. `in_force`: on the day asked.",
    "id=amendment.id title=amendment.title deliberation=amendment.deliberation",
    "signed_on=amendment.signed_on in_force_on=amendment.in_force_on",
    Key("in_force", bool, in_context=lambda entry, found: entry.amendment.in_force_on <= found.on),
    "editorial=amendment.editorial",
    Part(CHANGES, "differences", first=True),
    Key("reasons", Many(_REASON)),
    "sources=amendment.sources",
)
_SHEET_LIFE = Shape(
    "SheetLifeDocument",
    History,
    "The one sheet asked for: whether it stands in the signed text, and in that of the day.",
    Key("code", str, "sheet.code"),
    "number=sheet?.number title=sheet?.title",
    Key("signed", bool, lambda found: bool(found.signed.sheet(found.sheet.code))),
    Key("in_force", bool, lambda found: bool(found.now.contract.sheet(found.sheet.code))),
)
_MILESTONE = Shape(
    "MilestoneDocument",
    Milestone,
    "What happened to a contract; `on` and `no_later_than` are periods as written.",
    "kind on no_later_than body sources",
)


def _signed_on(found: History) -> Period | None:
    held = found.signed.retained("signed_on")
    return held.value if held else found.signed.signed_on


def _version(found: LocalHistory) -> str | None:
    return found.derived.version if found.derived.overlay else None


# Both are written with the history of the parent.
HISTORY = Shape(
    "HistoryDocument",
    History,
    "A contract, or one `sheet` of it, amendment by amendment, those to come included.",
    "contract=signed.id title=signed.title on version=now.version",
    Key("signed_on", str | None, _signed_on),
    "amendments_without_text=signed.amendments_without_text",
    Key("sheet", Maybe(_SHEET_LIFE), lambda found: found if found.sheet else None),
    Key("amendments", Many(_AMENDMENT), "entries"),
    Key("sources", Named(SOURCE), GIVEN),
    schema="cpps.history/1",
)
LOCAL_HISTORY = Shape(
    "LocalHistoryDocument",
    LocalHistory,
    """A local contract beside its parent. `written_for`: the parent's version then.

    `unread`: ids of the parent's amendments in force that came afterwards. `version`: the last of
    its own amendments in force, or `signed`, null where no text is known; `own_amendments`: what
    each of them changed.
    """,
    "contract=derived.contract.id title=derived.contract.title",
    "territory=derived.contract.territory basis=derived.basis parent=derived.parent.id",
    "on=parent.on",
    Key("version", str | None, _version),
    "written_for=derived.overlay?.parent_version parent_version=derived.parent_version",
    Key("unread", list[str], lambda found: sorted(found.unread)),
    Key("milestones", Many(_MILESTONE), "derived.contract.milestones"),
    Key("sheet", Maybe(_SHEET_LIFE), lambda found: found.parent if found.parent.sheet else None),
    Key("own_amendments", Many(_AMENDMENT), "own"),
    Key("amendments", Many(_AMENDMENT), "parent.entries"),
    Key("sources", Named(SOURCE), GIVEN),
    schema="cpps.local-history/1",
)


def cited(found: History) -> list[str]:
    """The ids of the sources of its amendments."""
    return [name for entry in found.entries for name in entry.amendment.sources]


def cited_by_local(found: LocalHistory) -> list[str]:
    """The ids of the sources of what happened to a local contract."""
    milestones = [name for item in found.derived.contract.milestones for name in item.sources]
    return [*milestones, *(name for entry in found.own for name in entry.amendment.sources)]


def exported_history(document: Json) -> Table:
    """A line for each thing that an amendment changed."""
    return _exported(_of_contract(document["contract"], _amendment_rows(document["amendments"])))


def exported_local_history(document: Json) -> Table:
    """A line for each thing that happened, or that an amendment changed."""
    own = (*_milestone_rows(document["milestones"]), *_amendment_rows(document["own_amendments"]))
    of_parent = _of_contract(document["parent"], _amendment_rows(document["amendments"]))
    return _exported((*_of_contract(document["contract"], own), *of_parent))


def _exported(rows: Iterable[Row]) -> Table:
    columns = row_columns("date", "amendment", "editorial")
    return Table((*columns, Column("contract", "contract")), tuple(rows))


def _of_contract(contract: str, rows: Iterable[Row]) -> Iterator[Row]:
    """The rows, each with the contract to which it happened."""
    yield from ((*row, contract) for row in rows)


def _milestone_rows(milestones: list[Json]) -> Iterator[Row]:
    for item in milestones:
        day = cell(item["on"] or item["no_later_than"])
        nothing = (None,) * 4
        yield (day, None, None, "milestone", None, None, item["body"], item["kind"], *nothing)


def _amendment_rows(amendments: list[Json]) -> Iterator[Row]:
    for item in amendments:
        head = (cell(item["in_force_on"]), item["id"], cell(item["editorial"]))
        yield from ((*head, *row) for row in change_rows(item))
