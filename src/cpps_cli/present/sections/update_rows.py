"""What a parent that moved on means, a line for each thing to read again."""

from collections.abc import Iterable, Iterator
from typing import Any

from cpps_cli.present.document import Cell, Column, Table
from cpps_cli.present.shapes import Json, plain

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
