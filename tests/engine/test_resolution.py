"""What an answer to a question writes; each docstring is the input."""

from typing import Any

import pytest

from cpps_cli.engine import Parent
from cpps_cli.engine.dependencies import mark_of
from cpps_cli.engine.resolution import Resolution, resolve
from cpps_cli.engine.update import Update, update
from cpps_cli.model.edit import Append, Drop, Edit, Put
from tests.conftest import PLACE, overlay_of

FILE = "parent/local/T1.toml"


@pytest.fixture
def found(doc: dict[str, Any], parent: Parent) -> Update:
    """The docstring's `[local]` held against its `[parent]` as amended."""
    return update(parent, overlay_of(doc["local"]), PLACE)


def answer(resolution: Resolution, found: Update) -> list[Edit]:
    """What the one file of the local text is to say."""
    edits = resolve(resolution, found)
    assert list(edits) == [FILE]
    return list(edits[FILE])


def test_merge_goes_on_without_the_sheets_that_the_parent_gave_up(found: Update) -> None:
    """
    [parent.sheets.un]
    lead = "La mairie"
    means = ["Un local"]
    context = "Avant"
    [parent.sheets.deux]
    lead = "Le parquet"
    [parent.sheets.trois]
    lead = "Le rectorat"
    audience = ["Les jeunes"]
    [amendments.a1]
    in_force_on = 2020-01-01
    exclude = [{ sheet = "un" }]
    [local]
    [[local.merge]]
    sheets = ["un", "deux", "trois"]
    code = "ensemble"
    set.title = "Ensemble"
    keep = { lead = "deux", means = "un" }
    """
    smaller: list[Edit] = [
        Put(("merge", 0, "sheets"), ("deux", "trois")),
        Drop(("merge", 0, "keep", "means")),
    ]
    assert answer(Resolution("parent", "ensemble"), found) == smaller
    assert answer(Resolution("local", "ensemble"), found) == [
        *smaller,
        Put(("merge", 0, "set", "context"), "Avant"),
        Put(("merge", 0, "set", "means"), ("Un local",)),
    ]


def test_merge_without_words_of_its_own_keeps_those_of_the_sheet_that_goes(found: Update) -> None:
    """
    [parent.sheets.un]
    title = "Un"
    [parent.sheets.deux]
    title = "Deux"
    [parent.sheets.trois]
    title = "Trois"
    [amendments.a1]
    in_force_on = 2020-01-01
    exclude = [{ sheet = "un" }]
    [local]
    merge = [{ sheets = ["un", "deux", "trois"], code = "ensemble" }]
    """
    [sheets, title] = answer(Resolution("local", "ensemble"), found)
    assert sheets == Put(("merge", 0, "sheets"), ("deux", "trois"))
    assert title == Put(("merge", 0, "set", "title"), "Deux – Trois – Un")


def test_merge_of_which_one_sheet_is_left_adapts_that_one(found: Update) -> None:
    """
    [parent.sheets.un]
    means = ["Un local"]
    [parent.sheets.deux]
    [amendments.a1]
    in_force_on = 2020-01-01
    exclude = [{ sheet = "un" }]
    [local]
    merge = [{ sheets = ["un", "deux"], code = "ensemble", number = "1.5", reason = "Un lieu" }]
    """
    assert answer(Resolution("parent", "ensemble"), found) == [Drop(("merge", 0))]
    adaptation = {
        "sheet": "deux",
        "number": "1.5",
        "reason": "Un lieu\n\nOn y tient",
        "set": {"title": "Fiche deux – Fiche un", "means": ("Un local",)},
        "rests_on": {"title": mark_of("Fiche deux"), "means": mark_of(())},
    }
    refused = Resolution("local", "ensemble", refusal="On y tient")
    assert answer(refused, found) == [Drop(("merge", 0)), Append("adapt", adaptation)]


def test_merge_of_which_nothing_is_left_becomes_a_sheet_of_its_own(found: Update) -> None:
    """
    [parent.sheets.un]
    [parent.sheets.deux]
    [parent.sheets.trois]
    [amendments.a1]
    in_force_on = 2020-01-01
    merge = [{ sheets = ["un", "deux"], code = "quatre" }]
    [local]
    takes = "listed"
    merge = [{ sheets = ["un", "deux"], code = "un", set.title = "Ici" }]
    """
    own = {"code": "un", "title": "Ici", "axis": "a"}
    assert answer(Resolution("local", "un"), found) == [Drop(("merge", 0)), Append("add", own)]
    assert answer(Resolution("parent", "un"), found) == [Drop(("merge", 0))]


def test_sheet_that_two_changes_name_becomes_one_sheet_with_their_reasons(found: Update) -> None:
    """
    [parent.sheets.un]
    means = ["Un local"]
    [amendments.a1]
    in_force_on = 2020-01-01
    exclude = [{ sheet = "un" }]
    [local]
    axes = [{ code = "ici", number = 1, parent = "a" }]
    renumber = [{ sheet = "un", number = "1.7", reason = "L'ordre d'ici" }]
    adapt = [{ sheet = "un", set.title = "Ici", note = "Voir le compte rendu" }]
    """
    own = {
        "code": "un",
        "reason": "L'ordre d'ici",
        "note": "Voir le compte rendu",
        "number": "1.7",
        "title": "Ici",
        "axis": "ici",
        "means": ("Un local",),
    }
    gone = [Drop(("renumber", 0)), Drop(("adapt", 0))]
    assert answer(Resolution("local", "un"), found) == [*gone, Append("add", own)]


def test_sheet_that_the_parent_gave_up_becomes_one_of_the_local_contract_s_own(
    found: Update,
) -> None:
    """
    [parent.sheets.un]
    number = "1.1"
    lead = "La mairie"
    [amendments.a1]
    in_force_on = 2020-01-01
    exclude = [{ sheet = "un" }]
    [local]
    adapt = [{ sheet = "un", set.lead = "Le quartier", reason = "Ici" }]
    """
    gone = Drop(("adapt", 0))
    assert answer(Resolution("parent", "un"), found) == [gone]
    own = {"number": "1.1", "title": "Fiche un", "axis": "a", "lead": "Le quartier"}
    assert answer(Resolution("local", "un"), found) == [
        gone,
        Append("add", {"code": "un", "reason": "Ici", **own}),
    ]


def test_item_to_take_out_is_given_up_where_the_parent_s_new_words_are_let_in(
    found: Update,
) -> None:
    """
    [parent.sheets.un]
    means = ["A", "B", "C"]
    [amendments.a1]
    in_force_on = 2020-01-01
    adapt = [{ sheet = "un", set.means = ["A bis", "B"] }]
    [local]
    adapt = [{ sheet = "un", remove.means = ["A", "B", "C"] }]
    """
    mark = Put(("adapt", 0, "rests_on", "means"), mark_of(("A bis", "B")))
    assert answer(Resolution("parent", "un", "means"), found) == [
        Put(("adapt", 0, "remove", "means"), ("B",)),
        mark,
    ]
    assert answer(Resolution("local", "un", "means"), found) == [
        Put(("adapt", 0, "remove", "means"), ("A bis", "B")),
        mark,
    ]


def test_local_sheet_that_says_what_the_parent_s_of_its_code_says_needs_no_change(
    found: Update,
) -> None:
    """
    [parent.sheets.un]
    [amendments.a1]
    in_force_on = 2020-01-01
    add = [{ code = "deux", title = "Deux", axis = "a" }]
    [local]
    add = [{ code = "deux", title = "Deux", axis = "a" }]
    """
    assert answer(Resolution("local", "deux"), found) == [Drop(("add", 0))]
