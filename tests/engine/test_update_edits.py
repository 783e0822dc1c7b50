"""What an update writes, so that only the questions are left; each docstring is the input."""

from datetime import date
from typing import Any

import pytest
import tomli

from cpps_cli.diagnostics import KeyPath
from cpps_cli.engine import Parent
from cpps_cli.engine.dependencies import mark_of, short
from cpps_cli.engine.resolution import Resolution, Side, resolve
from cpps_cli.engine.update import Update, update
from cpps_cli.engine.update_edits import pins
from cpps_cli.library.toml_edits import with_edits
from cpps_cli.library.toml_format import laid_out
from cpps_cli.model import Overlay
from cpps_cli.model.edit import Append, Drop, Edit, Put, Rename
from tests.conftest import PLACE, amendments_of, contract_of, overlay_of

FILE = "parent/local/T1.toml"


@pytest.fixture
def found(doc: dict[str, Any], parent: Parent) -> Update:
    return update(parent, overlay_of(doc["local"]), PLACE)


def text_edits(found: Update) -> list[Edit]:
    """The edits of the file, those of versions and fingerprints apart."""
    noted = ("parent_version", "parent_fingerprint", "rests_on")
    return [edit for edit in found.edits[FILE] if not {*keys_of(edit)} & {*noted}]


def keys_of(edit: Edit) -> KeyPath:
    return () if isinstance(edit, Append) else edit.path


def written(table: dict[str, Any], edits: tuple[Edit, ...]) -> Overlay:
    return overlay_of(tomli.loads(with_edits(laid_out(table), edits)))


# --- versions and fingerprints


def test_update_names_both_versions_and_what_changed(parent: Parent, doc: dict[str, Any]) -> None:
    """
    [parent.sheets.un]
    [amendments.a1]
    in_force_on = 2020-01-01
    adapt = [{ sheet = "un", set.lead = "La préfecture" }]
    [local]
    """
    overlay = overlay_of(doc["local"])
    found = update(parent, overlay, PLACE)
    assert (found.base_version, found.theirs_version, found.is_behind) == ("signed", "a1", True)
    assert (found.territory, found.overlay) == (PLACE, overlay)
    assert [item.after.code for item in found.changed.sheets] == ["un"]
    assert found.edits[FILE] == (
        Put(("parent_version",), "a1"),
        Put(("parent_fingerprint",), short(parent.fingerprint)),
    )
    assert not found.only_marks


def test_text_that_is_up_to_date_and_not_pinned_is_left_as_it_is(found: Update) -> None:
    """
    [parent.sheets.un]
    [local]
    adapt = [{ sheet = "un", set.lead = "Ici" }]
    """
    assert (found.is_behind, found.edits, found.only_marks) == (False, {}, False)


def test_fingerprint_that_is_still_right_is_not_written_again(
    parent: Parent, doc: dict[str, Any]
) -> None:
    """
    [parent.sheets.un]
    [amendments.a1]
    in_force_on = 2020-01-01
    [local]
    """
    overlay = overlay_of({**doc["local"], "parent_fingerprint": short(parent.fingerprint)})
    assert update(parent, overlay, PLACE).edits == {FILE: (Put(("parent_version",), "a1"),)}


def test_parent_edited_in_place_elsewhere_leaves_only_a_fingerprint_to_write(
    parent: Parent, doc: dict[str, Any]
) -> None:
    """
    [parent.sheets.un]
    lead = "La mairie"
    [local]
    adapt = [{ sheet = "un", set.lead = "Ici" }]
    """
    pinned = pins(parent, overlay_of(dict(doc["local"])), PLACE)
    overlay = written(doc["local"], pinned.edits[FILE])
    signed = contract_of({"sheets": {"un": {"lead": "La mairie", "context": "Un contexte"}}})
    moved = Parent(signed, ())
    found = update(moved, overlay, PLACE)
    assert found.edits == {FILE: (Put(("parent_fingerprint",), short(moved.fingerprint)),)}
    assert (found.only_marks, found.in_place) == (True, True)


def test_missing_fingerprint_of_a_change_is_written_where_the_others_stand(
    parent: Parent, doc: dict[str, Any]
) -> None:
    """
    [parent.sheets.un]
    lead = "La mairie"
    [local]
    adapt = [{ sheet = "un", set.lead = "Ici" }]
    """
    overlay = overlay_of({**doc["local"], "parent_fingerprint": short(parent.fingerprint)})
    found = update(parent, overlay, PLACE)
    mark = mark_of("La mairie")
    assert found.edits == {FILE: (Put(("adapt", 0, "rests_on", "lead"), mark),)}
    assert found.only_marks


def test_pins_count_those_that_are_there_and_write_the_others(
    parent: Parent, doc: dict[str, Any]
) -> None:
    """
    [parent.sheets.un]
    lead = "La mairie"
    [local]
    [[local.adapt]]
    sheet = "un"
    set = { lead = "Ici", context = "Un contexte" }
    [local.amendments.b1]
    in_force_on = 2020-01-01
    adapt = [{ sheet = "un", set.title = "Le titre d'ici" }]
    """
    doc["local"]["adapt"][0]["rests_on"] = {"lead": mark_of("La mairie")}
    found = pins(parent, overlay_of(doc["local"]), PLACE)
    assert found.stated == 1
    assert {file: [keys_of(edit) for edit in edits] for file, edits in found.edits.items()} == {
        FILE: [("parent_fingerprint",), ("adapt", 0, "rests_on", "context")],
        "parent/local/T1/amendments/b1.toml": [("adapt", 0, "rests_on", "title")],
    }


# --- changes that have done their work


def test_only_the_field_that_the_parent_says_too_goes(found: Update) -> None:
    """
    [parent.sheets.un]
    [amendments.a1]
    in_force_on = 2020-01-01
    adapt = [{ sheet = "un", set.lead = "La préfecture" }]
    [local]
    adapt = [{ sheet = "un", set.lead = "La préfecture", set.context = "Ici" }]
    """
    assert text_edits(found) == [Drop(("adapt", 0, "set", "lead"))]


@pytest.mark.parametrize(
    ("takes", "own", "left"),
    [
        ("all", {}, Drop(("adapt", 0))),
        ("all", {"number": "7"}, Rename(("adapt", 0), "renumber")),
        ("all", {"axis": "b"}, Rename(("adapt", 0), "renumber")),
        ("listed", {}, Rename(("adapt", 0), "take")),
        ("listed", {"number": "7"}, Rename(("adapt", 0), "take")),
    ],
)
def test_sheet_whose_own_words_are_the_parents_now_is_taken_as_it_is(
    parent: Parent, takes: str, own: dict[str, str], left: Edit
) -> None:
    """
    [parent.sheets.un]
    [amendments.a1]
    in_force_on = 2020-01-01
    adapt = [{ sheet = "un", set.lead = "La préfecture" }]
    """
    change = {"sheet": "un", **own, "set": {"lead": "La préfecture"}}
    found = update(parent, overlay_of({"takes": takes, "adapt": [change]}), PLACE)
    assert text_edits(found)[-1] == left


def test_list_items_that_the_parent_has_too_go_with_their_part(found: Update) -> None:
    """
    [parent.sheets.un]
    means = ["B", "A"]
    [amendments.a1]
    in_force_on = 2020-01-01
    adapt = [{ sheet = "un", remove.means = ["B"], append.means = ["C"] }]
    [local]
    adapt = [{ sheet = "un", remove.means = ["A", "B"], append.means = ["C"] }]
    """
    assert text_edits(found) == [
        Put(("adapt", 0, "remove", "means"), ("A",)),
        Drop(("adapt", 0, "append", "means")),
    ]


def test_list_change_that_the_parent_made_too_goes_whole(found: Update) -> None:
    """
    [parent.sheets.un]
    means = ["B", "A"]
    [amendments.a1]
    in_force_on = 2020-01-01
    adapt = [{ sheet = "un", remove.means = ["B"], append.means = ["C"] }]
    [local]
    adapt = [{ sheet = "un", remove.means = ["B"], append.means = ["C"], set.lead = "Ici" }]
    """
    assert text_edits(found) == [
        Drop(("adapt", 0, "append", "means")),
        Drop(("adapt", 0, "remove", "means")),
    ]
    assert [(item.key, item.items) for item in found.redundant_changes] == [("means", ("C", "B"))]


def test_new_place_that_the_parent_gave_too_goes_and_another_stays(found: Update) -> None:
    """
    [parent.sheets.un]
    number = "1"
    [parent.sheets.deux]
    number = "2"
    [amendments.a1]
    in_force_on = 2020-01-01
    renumber = [{ sheet = "un", number = "5" }, { sheet = "deux", number = "6" }]
    [local]
    renumber = [
      { sheet = "deux", number = "7" },
      { sheet = "un", number = "5", axis = "a" },
    ]
    """
    assert text_edits(found) == [Drop(("renumber", 1))]
    assert [(item.sheet, item.key) for item in found.redundant_changes] == [("un", "sheet")]


# --- what is asked stays as it was read


def test_items_stay_under_the_words_they_were_read_in_until_it_is_decided(found: Update) -> None:
    """
    [parent.sheets.un]
    means = ["A", "B", "C"]
    [amendments.a1]
    in_force_on = 2020-01-01
    adapt = [{ sheet = "un", set.means = ["A bis", "B"] }]
    [local]
    adapt = [{ sheet = "un", remove.means = ["A", "C"] }]
    """
    assert [(item.key, dict(item.became)) for item in found.conflicts] == [
        ("means", {"A": ("A bis",)})
    ]
    assert text_edits(found) == [Put(("adapt", 0, "remove", "means"), ("A",))]
    mark = mark_of(("A", "B", "C"))
    assert Put(("adapt", 0, "rests_on", "means"), mark) in found.edits[FILE]


REFUSED = """
[parent.sheets.un]
lead = "La mairie"
[amendments.a1]
in_force_on = 2020-01-01
adapt = [{ sheet = "un", set.lead = "La préfecture" }]
[amendments.a2]
in_force_on = 2021-01-01
adapt = [{ sheet = "un", editorial = EDITORIAL, set.lead = "La préfecture de police" }]
[local]
parent_version = "a1"
takes = "all"
[[local.adapt]]
sheet = "un"
set.lead = "Le quartier"
refused.lead = "Le quartier a son pilote"
"""


@pytest.mark.parametrize(("editorial", "asked"), [("true", []), ("false", ["lead"])])
def test_reason_of_a_refusal_stays_beside_the_change(editorial: str, asked: list[str]) -> None:
    table = tomli.loads(REFUSED.replace("EDITORIAL", editorial))
    parent = Parent(contract_of(table["parent"]), amendments_of(table["amendments"]))
    found = update(parent, overlay_of(table["local"]), PLACE)
    assert [item.key for item in found.conflicts] == asked
    assert [item.refused for item in found.conflicts] == ["Le quartier a son pilote"] * len(asked)
    assert text_edits(found) == []
    assert written(table["local"], found.edits[FILE]).adapt[0].refused == {
        "lead": "Le quartier a son pilote"
    }


def test_reason_of_a_refusal_goes_with_a_change_that_the_parent_made_too() -> None:
    table = tomli.loads(REFUSED.replace("EDITORIAL", "false"))
    table["local"]["adapt"][0]["set"] = {"lead": "La préfecture de police", "context": "Ici"}
    parent = Parent(contract_of(table["parent"]), amendments_of(table["amendments"]))
    found = update(parent, overlay_of(table["local"]), PLACE)
    assert text_edits(found) == [
        Drop(("adapt", 0, "set", "lead")),
        Drop(("adapt", 0, "refused", "lead")),
    ]


# --- decisions about what a merge keeps


KEPT = """
[parent.sheets.un]
lead = "La mairie"
[parent.sheets.deux]
lead = "Le parquet"
[amendments.a1]
in_force_on = 2020-01-01
adapt = [{ sheet = "un", set.lead = "La préfecture" }]
[local]
takes = "all"
merge = [{ sheets = ["un", "deux"], code = "ensemble", keep.lead = "deux" }]
"""


@pytest.mark.parametrize(
    ("side", "edits"),
    [
        ("parent", [Drop(("merge", 0, "keep", "lead"))]),
        (
            "local",
            [Put(("merge", 0, "rests_on", "lead"), mark_of("La préfecture", "Le parquet"))],
        ),
    ],
)
def test_choice_of_a_merge_is_given_up_or_stays_and_the_sheets_stay_merged(
    side: Side, edits: list[Edit]
) -> None:
    table = tomli.loads(KEPT)
    parent = Parent(contract_of(table["parent"]), amendments_of(table["amendments"]))
    found = update(parent, overlay_of(table["local"]), PLACE)
    [conflict] = found.conflicts
    assert (conflict.sheet, conflict.key, conflict.ours) == ("ensemble", "lead", "Le parquet")
    assert [(item.sheet, item.base, item.theirs) for item in conflict.moved] == [
        ("un", "La mairie", "La préfecture")
    ]
    resolution = Resolution(side, "ensemble", "lead")
    written_now = resolve(resolution, found)[FILE]
    assert [edit for edit in written_now if keys_of(edit) == keys_of(edits[0])] == edits
    assert len(written_now) == 1


def test_text_written_for_a_later_version_says_both(parent: Parent) -> None:
    """
    [parent.sheets.un]
    [amendments.a1]
    in_force_on = 2020-01-01
    adapt = [{ sheet = "un", set.lead = "La préfecture" }]
    """
    overlay = overlay_of({"parent_version": "a1"})
    before = Parent(parent.texts[0].contract, parent.amendments, date(2019, 1, 1))
    found = update(before, overlay, PLACE)
    assert (found.base_version, found.theirs_version, found.ahead) == ("a1", "signed", True)
    assert (found.territory, found.overlay, found.layers) == (PLACE, overlay, ())
    assert found.derived == before.derive(overlay, PLACE).derived
    assert (found.changed.sheets, found.changed.added, found.changed.contract) == ((), (), ())
    assert before.is_before(overlay)
    assert not parent.is_before(overlay)
    assert not before.is_before(overlay_of({}))
    assert not before.is_before(overlay_of({"parent_version": "b7"}))


def test_parent_as_of_the_text_that_a_local_one_was_written_for(parent: Parent) -> None:
    """
    [parent.sheets.un]
    [amendments.a1]
    in_force_on = 2020-01-01
    adapt = [{ sheet = "un", set.lead = "La préfecture" }]
    """
    assert parent.at_base_of(overlay_of({"parent_version": "a1"})) is parent
    assert parent.at_base_of(overlay_of({"parent_version": "b7"})) is parent
    then = parent.at_base_of(overlay_of({}))
    assert then is parent.at_base_of(overlay_of({}))
    assert (then.now, then.texts, then.amendments) == (
        parent.texts[0],
        parent.texts,
        parent.amendments,
    )
    before = Parent(parent.texts[0].contract, parent.amendments, date(2019, 1, 1))
    later = before.at_base_of(overlay_of({"parent_version": "a1"}))
    assert (later.now.version, before.at_base_of(overlay_of({})).on) == ("a1", None)
