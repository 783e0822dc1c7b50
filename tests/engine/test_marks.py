"""How sure we are of what changes make: no mark of doubt is lost; each docstring is the input."""

from typing import Any

import pytest
from pydantic import ValidationError

from cpps_cli.engine import Derivation, Parent
from cpps_cli.model import ActionSheet, Axis, Exclude
from cpps_cli.model.sheet import DOUBTS
from tests.conftest import overlay_of


def doubts(noun: Any) -> dict[str, tuple[str, ...]]:
    """The marks that a noun has."""
    return {mark: names for mark in DOUBTS if (names := getattr(noun, mark))}


def made(derivation: Derivation, code: str) -> ActionSheet:
    [sheet] = [item.sheet for item in derivation.derived.sheets if item.sheet.code == code]
    return sheet


def test_what_a_change_states_is_as_sure_as_it_says(derivation: Derivation) -> None:
    """
    [parent.sheets.un]
    number = "1.1"
    inferred = ["number", "title"]
    uncertain = ["axis"]
    [parent.sheets.deux]
    number = "1.2"
    inferred = ["number"]
    [parent.sheets.trois]
    number = "1.3"
    inferred = ["number"]
    [local]
    takes = "listed"
    take = [{ sheet = "deux", number = "1.2", uncertain = ["number"] }]
    renumber = []
    adapt = [
      { sheet = "un", number = "1.9", set.title = "Autre", cut = ["title"], inferred = ["number"] },
      { sheet = "trois", number = "1.4", set.lead = "Ici" },
    ]
    """
    assert doubts(made(derivation, "un")) == {
        "inferred": ("number",),
        "uncertain": ("axis",),
        "cut": ("title",),
    }
    assert doubts(made(derivation, "deux")) == {"uncertain": ("number",)}
    assert doubts(made(derivation, "trois")) == {}


def test_mark_of_a_field_that_a_change_does_not_state_is_kept_too(derivation: Derivation) -> None:
    """
    [parent.sheets.un]
    number = "1.1"
    [local]
    takes = "listed"
    take = [{ sheet = "un", uncertain = ["axis"] }]
    """
    assert doubts(made(derivation, "un")) == {"uncertain": ("axis",)}


def test_merged_sheet_has_the_doubts_of_the_fields_that_it_keeps(derivation: Derivation) -> None:
    """
    [parent.sheets.un]
    number = "1.1"
    cut = ["title"]
    inferred = ["number"]
    uncertain = ["axis"]
    [parent.sheets.deux]
    inferred = ["title"]
    uncertain = ["axis"]
    [parent.sheets.trois]
    cut = ["title"]
    [parent.sheets.quatre]
    [local]
    merge = [
      { sheets = ["un", "deux"], code = "tout", number = "1.5", uncertain = ["number"] },
      { sheets = ["trois", "quatre"], code = "rien", set.title = "Entier" },
    ]
    """
    assert doubts(made(derivation, "tout")) == {
        "inferred": ("title",),
        "uncertain": ("number", "axis"),
        "cut": ("title",),
    }
    assert doubts(made(derivation, "rien")) == {}


def test_merged_sheet_keeps_what_sources_disagree_on_in_what_it_keeps(
    derivation: Derivation,
) -> None:
    """
    [parent.sheets.un]
    title = "Un"
    number = "1.1"
    [parent.sheets.deux]
    [[parent.sheets.deux.claims]]
    says.title = "Deux"
    sources = ["S1"]
    retained = true
    [[parent.sheets.deux.claims]]
    says = { title = "Deux, ou presque", axis = "b" }
    sources = ["S2"]
    [local]
    merge = [
      { sheets = ["un", "deux"], code = "ensemble", keep.title = "deux" },
    ]
    """
    sheet = made(derivation, "ensemble")
    assert [claim.statement() for claim in sheet.claims] == [
        {"title": "Deux"},
        {"title": "Deux, ou presque"},
    ]


def test_link_of_an_added_sheet_is_inferred_too(derivation: Derivation) -> None:
    """
    [parent.sheets.un]
    [local]
    add = [{ code = "deux", title = "Deux", axis = "a", inferred = ["sheet", "axis"] }]
    """
    [item] = [item for item in derivation.derived.sheets if item.origin == "added"]
    assert (item.link_inferred, item.sheet.inferred) == (True, ("axis",))


def test_doubts_go_through_local_amendments(derivation: Derivation) -> None:
    """
    [parent.sheets.un]
    number = "1.1"
    [local]
    takes = "listed"
    take = [{ sheet = "un", number = "1.2", inferred = ["number"] }]
    [local.amendments.b1]
    in_force_on = 2022-01-01
    adapt = [{ sheet = "un", set.title = "Autre", cut = ["title"] }]
    """
    assert doubts(made(derivation, "un")) == {"inferred": ("number",), "cut": ("title",)}


def test_doubts_about_dates_go_with_them(derivation: Derivation) -> None:
    """
    [parent]
    term = "2015..2020"
    window = "2018"
    uncertain = ["term", "window"]
    [parent.sheets.un]
    [local]
    contract = { set.term = "2016..2021", inferred = ["term"] }
    """
    contract = derivation.derived.contract
    assert doubts(contract) == {"inferred": ("term",), "uncertain": ("window",)}


def test_amended_date_is_as_sure_as_the_amendment_says(parent: Parent) -> None:
    """
    [parent]
    term = "2015..2020"
    uncertain = ["term"]
    [parent.sheets.un]
    [amendments.a1]
    in_force_on = 2020-01-01
    contract = { set.term = "2015..2021" }
    [amendments.a2]
    in_force_on = 2021-01-01
    contract = { set.term = "2015..2022", inferred = ["term"] }
    """
    assert [doubts(text.contract) for text in parent.texts] == [
        {"uncertain": ("term",)},
        {},
        {"inferred": ("term",)},
    ]


def test_axis_is_marked_as_it_is_stated(derivation: Derivation) -> None:
    """
    [parent]
    axes = [{ code = "a", number = 1, title = "Un", inferred = ["number"] }, { code = "b" }]
    [parent.sheets.un]
    [local]
    """
    assert [doubts(axis) for axis in derivation.derived.contract.axes] == [
        {"inferred": ("number",)},
        {},
    ]


@pytest.mark.parametrize(
    ("noun", "marks"),
    [
        (Axis, {"code": "a", "inferred": ["axis"]}),
        (ActionSheet, {"code": "a", "cut": ["sheet"]}),
        (ActionSheet, {"code": "a", "uncertain": ["term"]}),
        (Exclude, {"sheet": "a", "inferred": ["sheet"]}),
    ],
)
def test_mark_that_would_be_shown_nowhere_is_refused(noun: type[Any], marks: Any) -> None:
    with pytest.raises(ValidationError):
        noun.model_validate(marks)


def test_marks_of_a_contract_are_of_its_dates() -> None:
    with pytest.raises(ValidationError):
        overlay_of({"contract": {"set": {"term": "2020"}, "inferred": ["title"]}})
