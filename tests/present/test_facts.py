"""Columns of facts: noted one a line, read from rows, listed by name."""

from typing import Any, NamedTuple

import pytest

from cpps_cli.model import Period
from cpps_cli.model.sheet import Indicator
from cpps_cli.present.facts import Column, Table, columns, items, pick


class Owner(NamedTuple):
    id: str
    period: Period | None
    names: tuple[str, ...] = ()


def rows(noted: tuple[Column[Any], ...], *owners: object) -> list[tuple[object, ...]]:
    return list(Table("t", "essai", tuple, noted).rows(owners))


def test_line_notes_a_column() -> None:
    assert columns("""
        kind!                      what it is
        day:date=noun.day>days.key when it
        | is
    """, kind=("a", "b")) == (
        Column("kind", "what it is", required=True, words=("a", "b")),
        Column("day", "when it is", "noun.day", "date", to="days.key"),
    )  # fmt: skip


def test_fields_of_the_model_are_described_there() -> None:
    title, unit = columns("@ title unit", Indicator)
    assert (title.description, title.read, title.required) == (
        *("what is measured", "noun.title"),
        True,
    )
    assert unit.name == "unit"


def test_period_has_its_days_and_a_path_ends_where_nothing_is() -> None:
    noted = columns("id!  nom\nperiod,first,last=period  quand")
    year = Period.parse("2020")
    assert rows(noted, Owner("a", year), Owner("b", None)) == [
        ("a", "2020", year.first, year.last),
        ("b", None, None, None),
    ]


def test_function_reads_beside_paths() -> None:
    noted = columns("id!  nom\ncount:integer  combien", count=lambda row: len(row.names))
    assert rows(noted, Owner("a", None, ("x", "y"))) == [("a", 2)]


def test_items_are_named_by_their_place() -> None:
    found = items([Owner("a", None, ("x", "y"))], "names", "#n-")
    assert [(item.id, item.noun) for item in found] == [("a#n-1", "x"), ("a#n-2", "y")]


def test_column_may_be_published_under_another_name() -> None:
    (code, kept) = pick(columns("id!  nom\nother  autre"), "id:code other")
    assert (code.name, code.read, kept.name) == ("code", "id", "other")


def test_line_that_is_no_column_is_refused() -> None:
    with pytest.raises(ValueError, match="!"):
        columns("!kind  what it is")


def test_one_column_alone_makes_rows_too() -> None:
    assert rows(columns("id!  nom"), Owner("a", None)) == [("a",)]
