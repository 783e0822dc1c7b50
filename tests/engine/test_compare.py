"""A sheet beside what local texts make of it; each docstring is the input."""

from typing import Any

import pytest
from hypothesis import given

from cpps_cli.engine import Derivation, Parent
from cpps_cli.engine.compare import COMPARED, Comparison, comparison, marked_items, side
from cpps_cli.model import Contract
from tests.conftest import PLACE, overlay_of
from tests.engine.test_laws import worlds


@pytest.fixture
def found(parent: Parent, derivation: Derivation) -> Comparison:
    """The parent's sheet `une` beside what the docstring's `[local]` makes of it."""
    sheet = parent.now.contract.sheet("une")
    assert sheet is not None
    return comparison(parent, sheet, [(derivation, PLACE)], ("T1",))


def test_adapted_sheet_differs_in_the_fields_it_states(found: Comparison) -> None:
    """
    [parent.sheets.une]
    number = "1.1"
    means = ["un local", "une salle"]
    lead = "un service"
    [local]
    [[local.adapt]]
    sheet = "une"
    number = "1.2"
    append.means = ["un terrain"]
    remove.means = ["une salle"]
    """
    [local] = found.sides
    assert (local.outcome.fate, found.differing) == ("adapted", ("number", "means"))
    assert local.sheet is not None
    items = marked_items("means", found.sheet.means, local.sheet.means)
    assert [(item.value, item.mark) for item in items] == [
        ("un local", "kept"),
        ("un terrain", "own"),
        ("une salle", "dropped"),
    ]


def test_merged_sheet_names_all_that_it_answers(found: Comparison) -> None:
    """
    [parent.sheets.autre]
    means = ["un local"]
    [parent.sheets.une]
    [local]
    [[local.merge]]
    sheets = ["une", "autre"]
    code = "ensemble"
    keep.title = "une"
    """
    [local] = found.sides
    assert local.answers == ("autre", "une")
    assert local.differing == ("means",)


def test_field_that_is_no_list_drops_nothing(found: Comparison) -> None:
    """
    [parent.sheets.une]
    lead = "un service"
    [local]
    adapt = [{ sheet = "une", set.lead = "le nôtre" }]
    """
    [local] = found.sides
    assert local.sheet is not None
    [item] = marked_items("lead", found.sheet.lead, local.sheet.lead)
    assert (item.value, item.mark) == ("le nôtre", "own")


@pytest.mark.parametrize("field", ["lead", "means"])
def test_empty_field_has_no_item(field: str) -> None:
    empty: Any = () if field == "means" else None
    assert marked_items(field, empty, empty) == ()


def test_axis_that_answers_the_parents_without_a_title_is_the_same(found: Comparison) -> None:
    """
    [parent.sheets.une]
    [local]
    axes = [{ code = "axe-1", number = 1, parent = "a" }]
    """
    assert found.differing == ()


def test_axis_of_another_title_differs(found: Comparison) -> None:
    """
    [parent.sheets.une]
    [local]
    axes = [{ code = "axe-1", number = 1, parent = "a", title = "Chez nous" }]
    """
    assert found.differing == ("axis",)


def test_sheet_left_out_has_no_field(found: Comparison) -> None:
    """
    [parent.sheets.une]
    [local]
    exclude = [{ sheet = "une", reason = "sans objet" }]
    """
    [local] = found.sides
    assert (local.sheet, local.differing, local.outcome.reason) == (None, (), "sans objet")


def test_text_at_fault_is_passed_over(found: Comparison) -> None:
    """
    [parent.sheets.une]
    [local]
    adapt = [{ sheet = "inconnue", set.title = "Rien" }]
    """
    assert (found.sides, found.passed_over) == ((), ("T1",))
    assert [fault.code for fault in found.faults] == ["CP203"]


def test_where_no_text_is_known_no_sheet_is_held(parent: Parent) -> None:
    """
    [parent.sheets.une]
    """
    [sheet] = parent.now.contract.sheets
    local = side(parent.derive(None, PLACE).derived, PLACE, sheet)
    assert (local.outcome.fate, local.sheet, local.differing) == ("no_text", None, ())


@given(worlds())
def test_word_for_word_means_that_no_field_of_the_text_differs(
    world: tuple[Contract, dict[str, Any]],
) -> None:
    contract, table = world
    derived = Parent(contract, ()).derive(overlay_of(table), PLACE).derived
    for sheet in contract.sheets:
        local = side(derived, PLACE, sheet)
        assert (local.sheet is None) is (not local.outcome.held_by)
        assert set(local.differing) <= set(COMPARED)
        if local.outcome.fate == "inherited":
            assert set(local.differing) <= {"number", "axis"}
        if local.outcome.fate == "adapted":
            assert "title" in local.differing


@given(worlds())
def test_items_of_both_sides_are_all_shown_once(world: tuple[Contract, dict[str, Any]]) -> None:
    contract, table = world
    derived = Parent(contract, ()).derive(overlay_of(table), PLACE).derived
    for sheet in contract.sheets:
        local = side(derived, PLACE, sheet).sheet
        if local is None:
            continue
        items = marked_items("means", sheet.means, local.means)
        assert tuple(item.value for item in items if item.mark != "dropped") == local.means
        shared = [item.value for item in items if item.mark != "own"]
        assert sorted(shared) == sorted(sheet.means)
