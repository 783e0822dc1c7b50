"""What flows from a parent that moved on to its local texts; each docstring is the input."""

from typing import Any

import pytest

from cpps_cli.engine import Parent
from cpps_cli.engine.dependencies import mark_of
from cpps_cli.engine.update import Update, update
from cpps_cli.model import Period
from tests.conftest import PLACE, overlay_of


@pytest.fixture
def found(doc: dict[str, Any], parent: Parent) -> Update:
    return update(parent, overlay_of(doc["local"]), PLACE)


def upstream_changes(found: Update) -> list[tuple[str | None, str, str]]:
    return [
        (change.sheet.after.code if change.sheet else None, change.difference.field, change.effect)
        for change in found.upstream_changes
    ]


def test_field_of_a_sheet_that_the_local_text_does_not_hold_is_not_taken(found: Update) -> None:
    """
    [parent.sheets.un]
    [parent.sheets.deux]
    [amendments.a1]
    in_force_on = 2020-01-01
    adapt = [{ sheet = "un", set.lead = "Ici" }, { sheet = "deux", set.lead = "Là" }]
    [local]
    takes = "listed"
    take = [{ sheet = "un" }]
    """
    assert upstream_changes(found) == [("deux", "lead", "not_taken"), ("un", "lead", "inherited")]


def test_fields_of_an_indicator_are_one_question_where_the_local_text_has_its_own(
    found: Update,
) -> None:
    """
    [parent.sheets.un]
    indicators = [{ code = "x", title = "Élèves reçus", unit = "élèves" }]
    [amendments.a1]
    in_force_on = 2020-01-01
    [[amendments.a1.adapt]]
    sheet = "un"
    set.indicators = [{ code = "x", title = "Élèves reçus", unit = "classes", target = "12" }]
    [local]
    [[local.adapt]]
    sheet = "un"
    set.indicators = [{ code = "x", title = "Élèves reçus", unit = "élèves", target = "30" }]
    """
    assert [(item.sheet, item.key) for item in found.conflicts] == [("un", "indicators")]
    assert upstream_changes(found) == []


def test_fields_of_an_indicator_that_was_put_in_other_words_are_the_local_ones(
    found: Update,
) -> None:
    """
    [parent.sheets.un]
    indicators = [{ code = "x", title = "Élèves reçus", unit = "élèves" }]
    [amendments.a1]
    in_force_on = 2020-01-01
    [[amendments.a1.adapt]]
    sheet = "un"
    editorial = true
    set.indicators = [{ code = "x", title = "Élèves accueillis", unit = "élèves" }]
    [local]
    [[local.adapt]]
    sheet = "un"
    set.indicators = [{ code = "x", title = "Nos élèves", unit = "élèves" }]
    """
    assert found.conflicts == ()
    assert upstream_changes(found) == [("un", "indicator_title", "own")]
    assert (found.upstream_changes[0].nature, found.upstream_changes[0].amendments) == (
        "editorial",
        ("a1",),
    )


def test_sheet_that_came_is_inherited_or_not_as_the_local_text_takes(found: Update) -> None:
    """
    [parent.sheets.un]
    [amendments.a1]
    in_force_on = 2020-01-01
    add = [{ code = "deux", title = "Deux", axis = "a" }]
    [local]
    takes = "listed"
    take = [{ sheet = "un" }]
    """
    assert [(item.sheet.code, item.effect) for item in found.upstream_added] == [
        ("deux", "not_taken")
    ]


def test_sheet_that_came_under_a_local_code_is_asked_and_not_said_twice(found: Update) -> None:
    """
    [amendments.a1]
    in_force_on = 2020-01-01
    [[amendments.a1.add]]
    code = "un"
    title = "Du parent"
    axis = "a"
    [[amendments.a1.add]]
    code = "deux"
    title = "Deux"
    axis = "a"
    [local]
    add = [{ code = "un", title = "D'ici", axis = "a" }]
    """
    assert [(item.sheet, item.kind) for item in found.conflicts] == [("un", "code_taken")]
    assert [item.sheet.code for item in found.upstream_added] == ["deux"]


@pytest.mark.parametrize(
    ("local", "effect"),
    [
        ({"takes": "all"}, "inherited"),
        ({"takes": "listed"}, "not_taken"),
        ({"takes": "all", "exclude": [{"sheet": "un", "reason": "Pas ici"}]}, "not_taken"),
        ({"takes": "listed", "exclude": [{"sheet": "un", "reason": "Pas ici"}]}, "not_taken"),
    ],
)
def test_sheet_that_went_was_held_only_where_it_was_taken(
    parent: Parent, local: dict[str, Any], effect: str
) -> None:
    """
    [parent.sheets.un]
    [parent.sheets.deux]
    [amendments.a1]
    in_force_on = 2020-01-01
    exclude = [{ sheet = "un" }]
    """
    found = update(parent, overlay_of(local), PLACE)
    assert [(item.sheet.code, item.effect) for item in found.upstream_deleted] == [("un", effect)]


def test_field_read_at_another_time_leaves_what_a_reading_says_beside_it(
    parent: Parent, doc: dict[str, Any]
) -> None:
    """
    [parent]
    [[parent.claims]]
    says = { term = "2015..2020", window = "2017-S2" }
    retained = true
    [[parent.claims]]
    says = { term = "2015..2019", window = "2018-Q1" }
    [amendments.a1]
    in_force_on = 2020-01-01
    contract.set.term = "2015..2021"
    [local]
    contract.set.term = "2016..2020"
    """
    table = doc["local"]
    table["contract"]["rests_on"] = {"term": mark_of(Period.parse("2015..2021"))}
    found = update(parent, overlay_of(table), PLACE)
    assert (found.base_version, found.conflicts) == ("signed", ())
    assert upstream_changes(found) == []
    [three_way] = found.layers
    window = three_way.base.retained("window")
    assert window is not None
    assert (str(window.value), window.disputed) == ("2017-S2", True)
