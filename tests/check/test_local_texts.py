"""A local text is judged against the parent it was written for; docstrings are the input."""

from datetime import date
from typing import Any

import pytest

from cpps_cli.check.local import check_local
from cpps_cli.diagnostics import Diagnostic, Place
from cpps_cli.engine import Derivation, Parent
from tests.conftest import PLACE, amendments_of, contract_of, overlay_of

FILE = "parent/local/T1.toml"


@pytest.fixture
def found(doc: dict[str, Any], parent: Parent) -> list[Diagnostic]:
    return list(check_local(overlay_of(doc["local"]), parent, PLACE))


def only(found: list[Diagnostic]) -> Diagnostic:
    [fault] = found
    return fault


def clashes(fault: Diagnostic) -> list[object]:
    return [item.where for item in fault.related]


def test_axes_that_an_amendment_took_away_are_to_be_read_again(
    found: list[Diagnostic], derivation: Derivation
) -> None:
    """
    [parent.sheets.un]
    [amendments.a1]
    in_force_on = 2020-01-01
    axes = [{ code = "c" }]
    renumber = [{ sheet = "un", axis = "c" }]
    [local]
    takes = "listed"
    text = "partial"
    whole_axes = ["b"]
    axes = [{ code = "x", parent = "a" }]
    take = [{ sheet = "un" }]
    """
    fault = only(found)
    assert fault.code == "CP408"
    assert clashes(fault)[:2] == [
        Place(FILE, ("whole_axes", 0)),
        Place(FILE, ("axes", 0, "parent")),
    ]
    assert [item.code for item in derivation.faults] == ["CP408"]


def test_unknown_axis_of_the_parent_then_is_an_error_today_too(found: list[Diagnostic]) -> None:
    """
    [amendments.a1]
    in_force_on = 2020-01-01
    axes = [{ code = "a" }, { code = "c" }]
    [local]
    text = "partial"
    whole_axes = ["c"]
    """
    assert [item.code for item in found] == ["CP204", "CP408"]
    assert found[1].related == ()


def test_axis_of_the_parent_is_known_in_the_version_written_for(found: list[Diagnostic]) -> None:
    """
    [amendments.a1]
    in_force_on = 2020-01-01
    axes = [{ code = "a" }, { code = "c" }]
    [local]
    parent_version = "a1"
    text = "partial"
    whole_axes = ["c"]
    """
    assert found == []


def test_number_of_a_sheet_added_since_is_to_be_read_again(found: list[Diagnostic]) -> None:
    """
    [parent.sheets.un]
    number = "1.1"
    [amendments.a1]
    in_force_on = 2020-01-01
    add = [{ code = "deux", title = "Deux", axis = "a", number = "1.2" }]
    [local]
    renumber = [{ sheet = "un", number = "1.2" }]
    """
    fault = only(found)
    assert (fault.code, clashes(fault)) == ("CP408", [Place(FILE, ("renumber", 0, "number"))])


def test_number_used_twice_when_it_was_written_is_an_error(found: list[Diagnostic]) -> None:
    """
    [parent.sheets.un]
    number = "1.1"
    [parent.sheets.deux]
    number = "1.2"
    [amendments.a1]
    in_force_on = 2020-01-01
    renumber = [{ sheet = "deux", number = "1.3" }]
    [local]
    renumber = [{ sheet = "un", number = "1.2" }]
    """
    assert [(item.code, clashes(item)) for item in found] == [
        ("CP206", [Place("parent/sheets/deux.toml", ("number",))]),
        ("CP408", []),
    ]


def test_number_that_an_amendment_gave_is_found_in_its_file(found: list[Diagnostic]) -> None:
    """
    [parent.sheets.un]
    number = "1.1"
    [amendments.a1]
    in_force_on = 2020-01-01
    add = [{ code = "deux", title = "Deux", axis = "a", number = "1.2" }]
    [local]
    parent_version = "a1"
    renumber = [{ sheet = "un", number = "1.2" }]
    """
    fault = only(found)
    assert (fault.code, clashes(fault)) == (
        "CP206",
        [Place("parent/amendments/a1.toml", ("add", 0, "number"))],
    )


def test_code_that_the_parent_took_since_is_to_be_read_again(found: list[Diagnostic]) -> None:
    """
    [amendments.a1]
    in_force_on = 2020-01-01
    add = [{ code = "un", title = "Un du parent", axis = "a" }]
    [local]
    add = [{ code = "un", title = "Un d'ici", axis = "a" }]
    """
    fault = only(found)
    assert (fault.code, clashes(fault)) == ("CP408", [Place(FILE, ("add", 0, "code"))])


# --- the day


def on_the_day(doc: dict[str, Any], day: date) -> list[Diagnostic]:
    """What is said of the docstring's local text on a day."""
    parent = Parent(contract_of(dict(doc["parent"])), amendments_of(doc["amendments"]), day)
    return list(check_local(overlay_of(doc["local"]), parent, PLACE))


def test_amendment_to_come_asks_nothing_yet(doc: dict[str, Any]) -> None:
    """
    [parent.sheets.un]
    means = ["Un local"]
    [amendments.a1]
    in_force_on = 2020-01-01
    adapt = [{ sheet = "un", set = { means = ["Une salle"] } }]
    [local]
    adapt = [{ sheet = "un", set = { means = ["Un banc"] } }]
    """
    assert on_the_day(doc, date(2019, 12, 31)) == []
    assert [item.code for item in on_the_day(doc, date(2020, 1, 1))] == ["CP408", "CP410"]


def test_text_written_for_an_amendment_to_come_is_judged_against_it(doc: dict[str, Any]) -> None:
    """
    [parent.sheets.un]
    [amendments.a1]
    in_force_on = 2020-01-01
    add = [{ code = "deux", axis = "a", title = "Deux", number = "1.2" }]
    [local]
    parent_version = "a1"
    adapt = [{ sheet = "deux", set = { title = "Deux ici" } }]
    exclude = [{ sheet = "trois", reason = "Il n'y en a pas." }]
    """
    for day in (date(2019, 12, 31), date(2020, 1, 1)):
        assert [item.code for item in on_the_day(doc, day)] == ["CP203"]


def test_amendment_of_its_own_to_come_is_judged_already(doc: dict[str, Any]) -> None:
    """
    [parent.sheets.un]
    [amendments]
    [local.amendments.ici-1]
    in_force_on = 2030-01-01
    exclude = [{ sheet = "trois", reason = "Il n'y en a pas." }]
    """
    assert [item.code for item in on_the_day(doc, date(2019, 12, 31))] == ["CP203"]
