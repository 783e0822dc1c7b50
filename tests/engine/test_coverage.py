"""What became of the parent's sheets; each docstring is the input."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given

from cpps_cli.engine import Derivation, Parent
from cpps_cli.engine.compare import exclusions_to_review, left_out_most
from cpps_cli.engine.coverage import FATES, Coverage, LocalCoverage, coverage, covered, portion
from cpps_cli.model import Contract, Overlay, Territory
from tests.conftest import PLACE, overlay_of
from tests.engine.test_laws import worlds


def fates(place: LocalCoverage) -> dict[str, str]:
    return {code: outcome.fate for code, outcome in place.outcomes.items()}


@pytest.fixture
def place(derivation: Derivation) -> LocalCoverage:
    """What the docstring's `[local]` makes of its `[parent]`."""
    assert derivation.is_sound
    return covered(derivation.derived, PLACE)


@pytest.fixture
def found(doc: dict[str, Any], parent: Parent) -> Coverage:
    """The docstring's `[local.T1]`, `[local.T2]`…; a table without a title is a text not known."""
    derivations = []
    for code, table in doc["local"].items():
        territory = Territory.model_validate({"code": code, "name": code})
        overlay = _overlay(code, table) if table else None
        derivations.append((parent.derive(overlay, territory), territory))
    return coverage(parent, [portion(derivations)], tuple(doc["local"]))


def _overlay(code: str, table: dict[str, Any]) -> Overlay:
    given = {"title": "Local", "takes": "all", "parent": "parent", "territory": code}
    return Overlay.model_validate({**given, **table})


def test_each_fate_is_told_apart(place: LocalCoverage) -> None:
    """
    [parent.sheets.gardee]
    [parent.sheets.adaptee]
    [parent.sheets.une]
    [parent.sheets.autre]
    [parent.sheets.ecartee]
    [local]
    [[local.adapt]]
    sheet = "adaptee"
    set.title = "Autrement"
    reason = "ici, autrement"
    [[local.merge]]
    sheets = ["une", "autre"]
    code = "ensemble"
    [[local.exclude]]
    sheet = "ecartee"
    reason = "sans objet"
    decided_by = "comité fictif"
    decided_on = 2020-01-02
    review_on = 2021-01-02
    """
    assert fates(place) == {
        "adaptee": "adapted",
        "autre": "merged",
        "ecartee": "excluded",
        "gardee": "inherited",
        "une": "merged",
    }
    assert place.outcomes["adaptee"].reason == "ici, autrement"
    assert place.outcomes["une"].held_by == place.outcomes["autre"].held_by == ("ensemble",)
    left = place.outcomes["ecartee"]
    assert (left.reason, left.decided_by) == ("sans objet", "comité fictif")
    assert (left.decided_on, left.review_on) == (date(2020, 1, 2), date(2021, 1, 2))
    assert left.held_by == ()


def test_what_is_not_named_is_not_taken_up_or_unknown(place: LocalCoverage) -> None:
    """
    [parent.sheets.prise]
    [parent.sheets.laissee]
    [parent.sheets.ailleurs]
    axis = "b"
    [local]
    takes = "listed"
    text = "partial"
    whole_axes = ["a"]
    take = [{ sheet = "prise", inferred = ["sheet"] }]
    """
    assert fates(place) == {"laissee": "not_taken_up", "prise": "inherited", "ailleurs": "unknown"}
    assert place.outcomes["prise"].link_inferred


def test_local_sheets_say_what_they_answer(place: LocalCoverage) -> None:
    """
    [parent.sheets.une]
    [parent.sheets.autre]
    [local]
    [[local.merge]]
    sheets = ["une", "autre"]
    code = "ensemble"
    [[local.add]]
    code = "a-nous"
    title = "À nous"
    axis = "a"
    [[local.add]]
    code = "peut-etre"
    title = "Peut-être"
    axis = "a"
    parent = "unknown"
    """
    answers = {item.code: (item.origin, item.answers) for item in place.sheets}
    assert answers == {
        "ensemble": ("merged", ("autre", "une")),
        "a-nous": ("added", ()),
        "peut-etre": ("added", None),
    }


def test_sheet_that_rests_on_what_moved_is_to_reread(place: LocalCoverage) -> None:
    """
    [parent.sheets.une]
    lead = "un service"
    [parent.sheets.autre]
    [amendments.avenant-1]
    in_force_on = 2020-01-01
    adapt = [{ sheet = "une", set.lead = "un autre" }]
    [local]
    adapt = [{ sheet = "une", set.lead = "le nôtre" }]
    """
    marks = {code: outcome.to_reread for code, outcome in place.outcomes.items()}
    assert marks == {"autre": False, "une": True}
    assert place.to_reread


def test_where_no_text_is_known_nothing_is_inherited(found: Coverage) -> None:
    """
    [parent.sheets.une]
    [local.T1]
    """
    [place] = found.places
    assert (place.basis, place.sheets) == ("no_text", ())
    assert fates(place) == {"une": "no_text"}
    assert place.outcomes["une"].held_by == ()


def test_text_at_fault_is_passed_over_and_the_others_shown(found: Coverage) -> None:
    """
    [parent.sheets.une]
    [local.T1]
    adapt = [{ sheet = "inconnue", set.title = "Rien" }]
    [local.T2]
    title = "Sans faute"
    """
    assert [place.territory.code for place in found.places] == ["T2"]
    assert found.passed_over == ("T1",)


def test_territory_that_is_not_read_is_passed_over(parent: Parent) -> None:
    """
    [parent.sheets.une]
    """
    found = coverage(parent, [], ("T1",))
    assert (found.places, found.passed_over, found.is_whole) == ((), ("T1",), True)


def test_totals_add_up_both_ways(found: Coverage) -> None:
    """
    [parent.sheets.une]
    [parent.sheets.autre]
    [local.T1]
    exclude = [{ sheet = "une", reason = "sans objet" }]
    [local.T2]
    [local.T3]
    takes = "listed"
    take = [{ sheet = "une" }]
    """
    zero = dict.fromkeys(FATES, 0)
    assert found.totals_of("une") == {**zero, "excluded": 1, "no_text": 1, "inherited": 1}
    assert found.totals_of("autre") == {**zero, "inherited": 1, "no_text": 1, "not_taken_up": 1}
    assert found.totals() == {
        **zero,
        "excluded": 1,
        "not_taken_up": 1,
        "no_text": 2,
        "inherited": 2,
    }


def test_one_sheet_keeps_only_what_answers_it(found: Coverage) -> None:
    """
    [parent.sheets.une]
    [parent.sheets.autre]
    [local.T1]
    adapt = [{ sheet = "une", set.title = "Ici" }]
    """
    [place] = found.places
    one = place.of_sheet("une")
    assert list(one.outcomes) == ["une"]
    assert [item.code for item in one.sheets] == ["une"]
    assert sum(one.totals().values()) == 1


def test_sheets_left_out_most_come_first(found: Coverage) -> None:
    """
    [parent.sheets.a-garder]
    [parent.sheets.b-ecartee]
    [parent.sheets.c-laissee]
    [parent.sheets.d-deux-fois]
    [local.T1]
    exclude = [{ sheet = "b-ecartee" }, { sheet = "d-deux-fois", reason = "une raison" }]
    [local.T2]
    takes = "listed"
    take = [{ sheet = "a-garder" }, { sheet = "b-ecartee" }]
    exclude = [{ sheet = "d-deux-fois", reason = "une autre" }]
    [local.T3]
    """
    rows = left_out_most(found)
    assert [(row.sheet.code, len(row.exclusions), len(row.not_taken_up)) for row in rows] == [
        ("d-deux-fois", 2, 0),
        ("b-ecartee", 1, 0),
        ("c-laissee", 0, 1),
    ]
    assert [item.outcome.reason for item in rows[0].exclusions] == ["une raison", "une autre"]


@pytest.mark.parametrize(
    ("on", "within", "expected"),
    [
        (date(2020, 1, 1), 0, []),
        (date(2020, 1, 1), 31, ["b"]),
        (date(2020, 2, 1), 0, ["b"]),
        (date(2021, 6, 1), 0, ["b", "a"]),
        (date(9999, 12, 31), 90, ["b", "a"]),
    ],
)
def test_exclusions_past_their_day_or_near_it(
    found: Coverage, on: date, within: int, expected: list[str]
) -> None:
    """
    [parent.sheets.a]
    [parent.sheets.b]
    [parent.sheets.c]
    [local.T1]
    exclude = [
        { sheet = "a", review_on = 2021-06-01 },
        { sheet = "b", review_on = 2020-02-01 },
        { sheet = "c", reason = "sans date" },
    ]
    """
    due = exclusions_to_review(found, on, within)
    assert [item.sheet.code for item in due] == expected


@given(worlds())
def test_every_sheet_of_the_parent_is_accounted_for_once(
    world: tuple[Contract, dict[str, Any]],
) -> None:
    contract, table = world
    parent, codes = Parent(contract, ()), [sheet.code for sheet in contract.sheets]
    for overlay in (overlay_of(table), None):
        place = covered(parent.derive(overlay, PLACE).derived, PLACE)
        assert list(place.outcomes) == codes
        assert [outcome.sheet for outcome in place.outcomes.values()] == codes
        assert sum(place.totals().values()) == len(codes)


@given(worlds())
def test_both_ways_say_the_same(world: tuple[Contract, dict[str, Any]]) -> None:
    contract, table = world
    place = covered(Parent(contract, ()).derive(overlay_of(table), PLACE).derived, PLACE)
    from_sheets = {(item.code, code) for item in place.sheets for code in item.answers or ()}
    from_outcomes = {
        (local, code) for code, outcome in place.outcomes.items() for local in outcome.held_by
    }
    assert from_sheets == from_outcomes
