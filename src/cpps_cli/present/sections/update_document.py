"""What an update would do and has to ask, as scripts read it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from cpps_cli.diagnostics import Place, Span
from cpps_cli.engine.conflicts import Conflict, Moved, RedundantChange
from cpps_cli.engine.update import Update, UpstreamChange, UpstreamSheet
from cpps_cli.library.toml_format import plain_value
from cpps_cli.library.transaction import Left
from cpps_cli.model import Contract, Territory
from cpps_cli.model.paths import local_file
from cpps_cli.present.document import Block, Cell, Column, Table
from cpps_cli.present.sections.change_document import FIELD
from cpps_cli.present.sections.provenance import SPAN
from cpps_cli.present.shapes import Json, Key, Many, Part, Shape, plain

Locate = Callable[[Place], Span]


@dataclass(frozen=True, slots=True)
class Told:
    """What a view says of the update of one local contract, whatever it took to find out.

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
    """

    parent: Contract
    version: str
    on: date
    found: tuple[Told, ...]
    without_text: tuple[Territory, ...] = ()
    written: tuple[str, ...] | None = None
    left: tuple[Left, ...] = ()

    @property
    def open(self) -> int:
        """How many questions there are."""
        return sum(item.open for item in self.found)

    @property
    def ready(self) -> tuple[Told, ...]:
        """Those whose file can be written without a decision."""
        return tuple(item for item in self.found if item.ready)


def _left(updates: Updates) -> list[str] | None:
    """The files that were to be written and could not be."""
    return None if updates.written is None else [item.file for item in updates.left]


_MOVED = Shape(
    "MovedDocument",
    Moved,
    "A field of the parent; `before` is null where it said nothing, or where that is not held.",
    "sheet field",
    Key("before", object, lambda moved: plain_value(moved.base)),
    Key("now", object, lambda moved: plain_value(moved.theirs)),
)
# This one, the agreement and the update are written with what looks up a place.
_QUESTION = Shape(
    "QuestionDocument",
    Conflict,
    """What is to be read again; `sheet` is null for the contract itself.

    `former_text_held`: false where the parent was edited without an amendment. `refused`: why an
    earlier change of the parent was not taken. `by_hand`: no command can answer it.
    """,
    "kind sheet field=key",
    Key("parent", Many(_MOVED), "moved"),
    Key("local", object, lambda question: plain_value(question.ours)),
    Key("former_text_held", bool, lambda question: question.kind != "edited_in_place"),
    "amendments refused by_hand",
    Part(SPAN, in_context=lambda question, locate: locate(question.place)),
)
_FLOW = Shape(
    "FlowDocument",
    UpstreamChange,
    "A field that the parent changed and that nobody has to read again.",
    "sheet=sheet?.after.code nature stance=effect amendments",
    Key("change", FIELD, "difference"),
)
_ARRIVAL = Shape(
    "ArrivalDocument",
    UpstreamSheet,
    "A sheet that the parent has since, or no longer.",
    "sheet=sheet.code number=sheet.number title=sheet.title stance=effect",
)
_AGREEMENT = Shape(
    "AgreementDocument",
    RedundantChange,
    "A local change that the parent makes as well now; `field` is `sheet` for a whole one.",
    "sheet field=key items",
    Key("file", str, in_context=lambda item, locate: locate(item.place).file),
    Key("line", int, in_context=lambda item, locate: locate(item.place).line),
)
LOCAL_UPDATE = Shape(
    "LocalUpdateDocument",
    Update,
    """One local contract beside its parent.

    `ahead`: it was written for a later text than the one asked for. `ready`: its file can be
    written without a decision. `edited_in_place`: the text it records was edited since, without an
    amendment.
    """,
    "id=overlay.id territory=territory.code",
    Key("file", str, lambda update: local_file(update.overlay)),
    "written_for=base_version behind=is_behind ahead edited_in_place=in_place",
    Key("ready", bool, lambda update: bool(update.edits)),
    Key("questions", Many(_QUESTION), "conflicts"),
    Key("flows", Many(_FLOW), "upstream_changes"),
    Key("new_sheets", Many(_ARRIVAL), "upstream_added"),
    Key("gone_sheets", Many(_ARRIVAL), "upstream_deleted"),
    Key("agreements", Many(_AGREEMENT), "redundant_changes"),
)
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
    Key("left", list[str] | None, _left),
    Key("summary", _SUMMARY, lambda updates: updates),
    schema="cpps.update/1",
)


COLUMNS = (
    "contract", "what", "kind", "sheet", "field", "before", "now", "local", "amendments", "file",
    "line", "stance",
)  # fmt: skip


def exported_updates(documents: Iterable[Json]) -> Table:
    """A line for each question, each change that flows, each sheet and each agreement."""
    rows = tuple(row for local in documents for row in _rows(local))
    return Table(tuple(Column(key, key) for key in COLUMNS), rows)


def _rows(local: Json) -> Iterator[tuple[Cell, ...]]:
    file = local["file"]
    for question in local["questions"]:
        by = ", ".join(question["amendments"])
        for moved in question["parent"] or [_nothing(question)]:
            yield (
                local["id"], "to_reread", question["kind"], question["sheet"], moved["field"],
                _flat(moved["before"]), _flat(moved["now"]), _flat(question["local"]), by,
                file, question["line"], "by_hand" if question["by_hand"] else "to_decide",
            )  # fmt: skip
    for flow in local["flows"]:
        change = flow["change"]
        said = (change["field"], _flat(change["before"]), _flat(change["after"]), None)
        by = ", ".join(flow["amendments"])
        what = ("flows", flow["nature"], flow["sheet"])
        yield (local["id"], *what, *said, by, file, None, flow["stance"])
    for change_of, sheets in (("new", local["new_sheets"]), ("gone", local["gone_sheets"])):
        for sheet in sheets:
            about = (change_of, sheet["stance"], sheet["sheet"], None, None, sheet["title"])
            yield (local["id"], *about, None, None, file, None, None)
    for item in local["agreements"]:
        items = "; ".join(item["items"]) or None
        agreed = ("agrees", None, item["sheet"], item["field"], None, items)
        yield (local["id"], *agreed, None, None, file, item["line"], None)


def _nothing(question: Json) -> Json:
    return {"sheet": question["sheet"], "field": question["field"], "before": None, "now": None}


def _flat(value: object) -> Cell:
    """A value in one cell: the items of a list one after the other."""
    match value:
        case None | str() | int() | float():
            return value
        case list() | tuple():
            return "; ".join(str(_flat(item)) for item in value)
        case dict():
            named: dict[str, Any] = value
            return str(named.get("title") or named)
        case _:
            return plain(value)
