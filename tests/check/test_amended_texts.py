"""What amendments make of a contract is judged like what was signed; docstrings are the input."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from cpps_cli.check.contract import check_amended, check_changes
from cpps_cli.check.nouns import Index
from cpps_cli.diagnostics import Diagnostic, Place
from cpps_cli.engine import Parent
from cpps_cli.model.paths import amendment_file
from tests.conftest import amendments_of, contract_of

INDEX = Index(None, None, frozenset({"parent"}))


@pytest.fixture
def found(parent: Parent) -> list[tuple[str, Any]]:
    return [(item.code, item.where) for item in validated(parent)]


def validated(parent: Parent) -> Iterator[Diagnostic]:
    for amendment in parent.amendments:
        yield from check_changes(amendment, amendment_file("parent", amendment.id), INDEX)
    yield from check_amended(parent)


def at(amendment: str, *path: str | int) -> Place:
    return Place(f"parent/amendments/{amendment}.toml", path)


def test_number_that_an_amendment_gives_again_is_reported_once(
    parent: Parent, found: list[tuple[str, Any]]
) -> None:
    """
    [parent.sheets.un]
    number = "1.1"
    [amendments.a1]
    in_force_on = 2020-01-01
    add = [{ code = "deux", title = "Deux", axis = "a", number = "1.1" }]
    [amendments.a2]
    in_force_on = 2021-01-01
    adapt = [{ sheet = "deux", set.title = "Deux fois" }]
    """
    assert found == [("CP206", at("a1", "add", 0, "number"))]
    [fault] = validated(parent)
    assert [item.where for item in fault.related] == [Place("parent/sheets/un.toml", ("number",))]


def test_numbers_that_amendments_exchange_are_sound(found: list[tuple[str, Any]]) -> None:
    """
    [parent.sheets.un]
    number = "1.1"
    [parent.sheets.deux]
    number = "1.2"
    [amendments.a1]
    in_force_on = 2020-01-01
    renumber = [{ sheet = "un", number = "1.2" }, { sheet = "deux", number = "1.1" }]
    """
    assert found == []


def test_number_of_a_repealed_sheet_is_free(found: list[tuple[str, Any]]) -> None:
    """
    [parent.sheets.un]
    number = "1.1"
    [amendments.a1]
    in_force_on = 2020-01-01
    exclude = [{ sheet = "un" }]
    add = [{ code = "deux", title = "Deux", axis = "a", number = "1.1" }]
    """
    assert found == []


def test_number_used_twice_by_two_amendments_of_one_day_is_found_in_both_files(
    parent: Parent, found: list[tuple[str, Any]]
) -> None:
    """
    [amendments.a1]
    in_force_on = 2020-01-01
    add = [{ code = "un", title = "Un", axis = "a", number = "1.1" }]
    [amendments.a2]
    in_force_on = 2020-01-01
    add = [{ code = "deux", title = "Deux", axis = "a", number = "1.1" }]
    """
    assert found == [("CP206", at("a1", "add", 0, "number"))]
    [fault] = validated(parent)
    assert [item.where for item in fault.related] == [at("a2", "add", 0, "number")]


@pytest.mark.parametrize(
    ("stated", "place"),
    [
        ({"term": "2015..2018"}, ("contract", "set", "term")),
        ({"window": "2022"}, ("contract", "set", "window")),
        ({"term": "2015..2018", "window": "2020"}, ("contract", "set", "window")),
        ({"term": "2015..2021"}, None),
    ],
)
def test_window_outside_the_amended_term_is_reported_once(
    stated: dict[str, str], place: tuple[str, ...] | None
) -> None:
    table = {"in_force_on": date(2016, 1, 1), "contract": {"set": stated}}
    signed = contract_of({"term": "2015..2020", "window": "2019"})
    found = list(validated(Parent(signed, amendments_of({"a1": table}))))
    assert [(item.code, item.where) for item in found] == (
        [("CP302", at("a1", *place))] if place else []
    )


def test_axis_codes_of_an_amendment_are_all_different(found: list[tuple[str, Any]]) -> None:
    """
    [amendments.a1]
    in_force_on = 2020-01-01
    axes = [{ code = "a" }, { code = "b" }, { code = "a" }]
    """
    assert found == [("CP207", at("a1", "axes", 2, "code"))]


def test_indicator_codes_of_an_added_sheet_are_all_different(
    found: list[tuple[str, Any]],
) -> None:
    """
    [amendments.a1]
    in_force_on = 2020-01-01
    [[amendments.a1.add]]
    code = "un"
    title = "Un"
    axis = "a"
    indicators = [
      { code = "n", title = "N", unit = "nombre" },
      { code = "n", title = "M", unit = "nombre" },
    ]
    """
    assert found == [("CP207", at("a1", "add", 0, "indicators", 1, "code"))]
