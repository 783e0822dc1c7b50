"""The fields in which two texts differ; each docstring is the input, `[a]` and `[b]`."""

from typing import Any

import pytest

from cpps_cli.engine.diff import Differences, DiffSide, differences
from cpps_cli.engine.diff_fields import FieldDifference, Item, ListDiff, ScalarDiff, TextDiff
from cpps_cli.engine.diff_fields import fields_between as between
from cpps_cli.model import Indicator, Period
from tests.conftest import contract_of


@pytest.fixture
def found(doc: dict[str, Any]) -> Differences:
    a, b = (DiffSide(contract_of(doc.get(name, {}))) for name in "ab")
    return differences(a, b)


def only(differing: tuple[FieldDifference, ...]) -> FieldDifference:
    [one] = differing
    return one


# --- two values of one field


@pytest.mark.parametrize("field", ["title", "context", "lead"])
def test_text_of_one_field_is_reworded(field: str) -> None:
    assert between(field, "Avant", "Après") == (TextDiff(field, "Avant", "Après"),)
    assert between(field, None, "Après") == (TextDiff(field, None, "Après"),)
    assert between(field, "Avant", "Avant") == ()


@pytest.mark.parametrize("field", ["term", "window"])
def test_period_is_replaced_as_a_whole(field: str) -> None:
    before, after = Period.parse("2015..2020"), Period.parse("2016..2020")
    assert between(field, before, after) == (ScalarDiff(field, before, after),)
    assert between(field, before, before) == ()


@pytest.mark.parametrize("field", ["means", "partners", "signatories", "axes"])
def test_list_is_compared_item_by_item_and_none_is_an_empty_one(field: str) -> None:
    added = only(between(field, None, ("A",)))
    assert added == ListDiff(field, (), ("A",), added=(Item(None, "A", None, 0),))
    removed = only(between(field, ("A",), None))
    assert removed == ListDiff(field, ("A",), (), removed=(Item("A", None, 0, None),))
    assert between(field, ("A",), ("A",)) == ()


def indicator(**fields: Any) -> Indicator:
    return Indicator.model_validate(
        {"code": "x", "title": "Élèves reçus", "unit": "élèves", **fields}
    )


def test_indicators_are_compared_one_by_one() -> None:
    old, new = (indicator(),), (indicator(title="Élèves", every="un an"),)
    assert between("indicators", old, new) == (
        TextDiff("indicator_title", "Élèves reçus", "Élèves", "x"),
        TextDiff("indicator_every", None, "un an", "x"),
    )
    assert [item.field for item in between("indicators", None, old)] == ["indicators"]
    assert [item.field for item in between("indicators", old, None)] == ["indicators"]


def test_what_was_measured_is_one_text_a_period() -> None:
    values = [
        {"period": "2021", "value": 12, "about": True, "words": "dans deux écoles"},
        {"period": "2022", "value": 20, "at_least": True, "definition": "élèves suivis"},
        {"period": "2023", "words": "en hausse"},
    ]
    found = only(between("indicators", (indicator(),), (indicator(values=values),)))
    assert isinstance(found, ListDiff)
    assert (found.field, found.part) == ("indicator_values", "x")
    assert found.after == (
        "2021: ~12, dans deux écoles",
        "2022: >20, élèves suivis",
        "2023: en hausse",
    )


# --- lists


def test_text_that_stands_twice_is_two_items() -> None:
    found = only(between("means", ("A", "B", "A", "A"), ("A", "B")))
    assert isinstance(found, ListDiff)
    assert found.removed == (Item("A", None, 2, None), Item("A", None, 3, None))


def test_item_typed_otherwise_is_retyped_and_no_other_item() -> None:
    found = only(between("means", ("L'écoute", "B"), ("L’écoute", "B")))
    assert isinstance(found, ListDiff)
    assert found.retyped == (Item("L'écoute", "L’écoute", 0, 0),)
    assert (found.typographic, found.removed, found.added) == (True, (), ())


def test_items_that_change_places_are_the_fewest() -> None:
    found = only(between("means", ("A", "B", "C", "D"), ("D", "A", "B", "C")))
    assert isinstance(found, ListDiff)
    assert found.moved == (Item("D", "D", 3, 0),)


def test_of_two_rows_as_long_the_one_that_kept_its_places_stays() -> None:
    found = only(between("means", ("A", "B", "C", "D"), ("B", "A", "C", "D")))
    assert isinstance(found, ListDiff)
    assert [item.before for item in found.moved] in (["A"], ["B"])
    found = only(between("means", ("A", "B", "C"), ("C", "B", "A")))
    assert isinstance(found, ListDiff)
    assert [item.before for item in found.moved] == ["C", "A"]


# --- sheets and contracts


def test_axis_that_has_no_counterpart_is_another(found: Differences) -> None:
    """
    [a]
    axes = [{ code = "a", number = 1 }, { code = "b", number = 2 }]
    [a.sheets.un]
    axis = "a"
    [a.sheets.deux]
    axis = "b"
    [b]
    axes = [{ code = "a", number = 1 }, { code = "c", number = 2 }]
    [b.sheets.un]
    axis = "a"
    [b.sheets.deux]
    axis = "c"
    """
    [moved] = found.sheets
    assert moved.after.code == "deux"
    assert moved.fields == (ScalarDiff("axis", "b", "c"),)


def test_context_and_lead_are_compared_word_by_word(found: Differences) -> None:
    """
    [a.sheets.un]
    context = "Avant"
    lead = "La mairie"
    [b.sheets.un]
    context = "Après"
    """
    [moved] = found.sheets
    assert moved.fields == (
        TextDiff("context", "Avant", "Après"),
        TextDiff("lead", "La mairie", None),
    )


def test_axes_say_which_of_them_has_another_title_or_number(found: Differences) -> None:
    """
    [a]
    axes = [{ code = "a", number = 1, title = "Agir" }, { code = "b", title = "Être" }]
    [b]
    axes = [{ code = "a", number = 1, title = "Agir tôt" }, { code = "b", number = 2 }]
    """
    assert found.contract == (
        TextDiff("axis_title", "Agir", "Agir tôt", "a"),
        ScalarDiff("axis_number", None, "2", "b"),
        TextDiff("axis_title", "Être", None, "b"),
    )


def test_axes_that_changed_places_have_moved(found: Differences) -> None:
    """
    [a]
    axes = [{ code = "a", title = "Agir" }, { code = "b", title = "Être" }]
    [b]
    axes = [{ code = "b", title = "Être" }, { code = "a", title = "Agir" }]
    """
    [axes] = found.contract
    assert isinstance(axes, ListDiff)
    assert (axes.before, axes.after) == (("Agir", "Être"), ("Être", "Agir"))
    assert (len(axes.moved), axes.removed, axes.added) == (1, (), ())


def test_axes_of_other_codes_are_gone_and_new(found: Differences) -> None:
    """
    [a]
    axes = [{ code = "a", title = "Agir" }]
    [b]
    axes = [{ code = "c", title = "Croire" }, { code = "d", title = "Dire" }]
    """
    [axes] = found.contract
    assert isinstance(axes, ListDiff)
    assert [item.before for item in axes.removed] == ["Agir"]
    assert [item.after for item in axes.added] == ["Croire", "Dire"]
