"""The parent then, the parent now and the local text; each docstring is the input."""

from datetime import date
from typing import Any

import pytest
import tomli

from cpps_cli.diagnostics import CppsError
from cpps_cli.engine import Parent
from cpps_cli.engine.resolution import Resolution, resolve
from cpps_cli.engine.update import Update, update
from cpps_cli.library.toml_edits import with_edits
from cpps_cli.library.toml_format import laid_out
from cpps_cli.model import Overlay
from cpps_cli.model.edit import Append, Drop, Edit, Put, Rename
from tests.conftest import PLACE, overlay_of


@pytest.fixture
def found(doc: dict[str, Any], parent: Parent) -> Update:
    return update(parent, overlay_of(doc["local"]), PLACE)


def written(found: Update, table: dict[str, Any], edits: tuple[Edit, ...]) -> Overlay:
    """The overlay that the file would hold after the edits."""
    del found
    return overlay_of(tomli.loads(with_edits(laid_out(table), edits)))


FILE = "parent/local/T1.toml"


def edits_of(found: Update) -> tuple[Edit, ...]:
    return found.edits.get(FILE, ())


def asked(found: Update) -> list[tuple[str | None, str, str]]:
    return [(item.sheet, item.key, item.kind) for item in found.conflicts]


def upstream_changes(found: Update) -> list[tuple[str | None, str, str, str]]:
    return [
        (
            change.sheet.after.code if change.sheet else None,
            change.difference.field,
            change.nature,
            change.effect,
        )
        for change in found.upstream_changes
    ]


def test_field_without_local_words_flows_through(found: Update) -> None:
    """
    [parent.sheets.un]
    lead = "La mairie"
    [amendments.a1]
    in_force_on = 2020-01-01
    adapt = [{ sheet = "un", set.lead = "La préfecture" }]
    [local]
    adapt = [{ sheet = "un", set.title = "Ici" }]
    """
    assert asked(found) == []
    assert upstream_changes(found) == [("un", "lead", "substantive", "inherited")]
    assert found.upstream_changes[0].amendments == ("a1",)


def test_field_that_both_changed_is_asked_with_three_texts(found: Update) -> None:
    """
    [parent.sheets.un]
    lead = "La mairie"
    [amendments.a1]
    in_force_on = 2020-01-01
    adapt = [{ sheet = "un", set.lead = "La préfecture" }]
    [local]
    adapt = [{ sheet = "un", set.lead = "Le conseil de quartier" }]
    """
    [conflict] = found.conflicts
    [moved] = conflict.moved
    assert (moved.base, moved.theirs, conflict.ours) == (
        "La mairie",
        "La préfecture",
        "Le conseil de quartier",
    )
    assert conflict.amendments == ("a1",)
    assert upstream_changes(found) == []


def test_same_words_on_both_sides_are_no_question(found: Update) -> None:
    """
    [parent.sheets.un]
    lead = "La mairie"
    [amendments.a1]
    in_force_on = 2020-01-01
    adapt = [{ sheet = "un", set.lead = "L’office" }]
    [local]
    adapt = [{ sheet = "un", set.lead = "L'office" }]
    """
    assert asked(found) == []
    assert [(item.sheet, item.key) for item in found.redundant_changes] == [("un", "lead")]
    assert Drop(("adapt", 0)) in edits_of(found)


def test_item_that_the_parent_takes_out_too_is_no_question(found: Update) -> None:
    """
    [parent.sheets.un]
    means = ["A", "B", "C"]
    [amendments.a1]
    in_force_on = 2020-01-01
    adapt = [{ sheet = "un", remove.means = ["B"], append.means = ["D"] }]
    [local]
    adapt = [{ sheet = "un", remove.means = ["A", "B"], append.means = ["D", "E"] }]
    """
    assert asked(found) == []
    assert found.redundant_changes[0].items == ("D", "B")
    assert Put(("adapt", 0, "remove", "means"), ("A",)) in edits_of(found)
    assert Put(("adapt", 0, "append", "means"), ("E",)) in edits_of(found)


def test_other_words_for_an_item_taken_out_here_are_asked(found: Update) -> None:
    """
    [parent.sheets.un]
    means = ["A", "B", "C"]
    [amendments.a1]
    in_force_on = 2020-01-01
    adapt = [{ sheet = "un", set.means = ["A", "B, autrement", "C"] }]
    [local]
    adapt = [{ sheet = "un", remove.means = ["B"] }]
    """
    [conflict] = found.conflicts
    assert conflict.became == {"B": ("B, autrement",)}
    assert conflict.ours == ("A", "C")


def test_editorial_change_is_listed_apart_and_asks_nothing(found: Update) -> None:
    """
    [parent.sheets.un]
    lead = "La mairie"
    means = ["A", "B"]
    [amendments.a1]
    in_force_on = 2020-01-01
    [[amendments.a1.adapt]]
    sheet = "un"
    editorial = true
    set.lead = "La mairie de la ville"
    set.means = ["A bis", "B"]
    [local]
    adapt = [{ sheet = "un", set.lead = "Le quartier", remove.means = ["A"] }]
    """
    assert asked(found) == []
    assert {(field, nature, effect) for _, field, nature, effect in upstream_changes(found)} == {
        ("lead", "editorial", "own"),
        ("means", "editorial", "own"),
    }
    assert Put(("adapt", 0, "remove", "means"), ("A bis",)) in edits_of(found)


def test_amendment_editorial_as_a_whole_asks_nothing(found: Update) -> None:
    """
    [parent.sheets.un]
    [amendments.a1]
    in_force_on = 2020-01-01
    editorial = true
    adapt = [{ sheet = "un", set.title = "Un titre" }]
    [local]
    adapt = [{ sheet = "un", set.title = "Le nôtre" }]
    """
    assert asked(found) == []


def test_editorial_change_after_a_substantive_one_does_not_hide_it(found: Update) -> None:
    """
    [parent.sheets.un]
    [amendments.a1]
    in_force_on = 2020-01-01
    adapt = [{ sheet = "un", set.title = "Un autre engagement" }]
    [amendments.a2]
    in_force_on = 2021-01-01
    adapt = [{ sheet = "un", editorial = true, set.title = "Un autre engagement, mieux dit" }]
    [local]
    adapt = [{ sheet = "un", set.title = "Le nôtre" }]
    """
    assert asked(found) == [("un", "title", "reworded")]
    assert found.conflicts[0].amendments == ("a1", "a2")


def test_typing_alone_is_listed_apart(found: Update) -> None:
    """
    [parent.sheets.un]
    lead = "L'office"
    [amendments.a1]
    in_force_on = 2020-01-01
    adapt = [{ sheet = "un", set.lead = "L’office" }]
    [local]
    """
    assert upstream_changes(found) == [("un", "lead", "typographic", "inherited")]
    assert edits_of(found)[0] == Put(("parent_version",), "a1")


def test_field_of_the_contract_itself_is_asked(found: Update) -> None:
    """
    parent.term = "2015..2020"
    parent.partners = ["A", "B"]
    [amendments.a1]
    in_force_on = 2020-01-01
    contract = { set.term = "2015..2021", append.partners = ["C"] }
    [local]
    contract = { set.term = "2016..2020", append.partners = ["D"] }
    """
    assert asked(found) == [(None, "term", "reworded")]
    assert upstream_changes(found) == [(None, "partners", "substantive", "own")]


def test_sheet_left_out_is_looked_at_again_when_its_text_changes(found: Update) -> None:
    """
    [parent.sheets.un]
    [parent.sheets.deux]
    [amendments.a1]
    in_force_on = 2020-01-01
    adapt = [{ sheet = "un", set.lead = "La préfecture" }]
    [local]
    exclude = [{ sheet = "un", reason = "Pas ici" }, { sheet = "deux", reason = "Pas ici" }]
    """
    assert asked(found) == [("un", "sheet", "reworded")]
    assert [item.to_reread for item in found.derived.left_out] == [False, True]


def test_sheet_that_both_gave_up_is_no_question(found: Update) -> None:
    """
    [parent.sheets.un]
    [amendments.a1]
    in_force_on = 2020-01-01
    exclude = [{ sheet = "un" }]
    [local]
    exclude = [{ sheet = "un", reason = "Pas ici" }]
    """
    assert asked(found) == []
    assert Drop(("exclude", 0)) in edits_of(found)


@pytest.mark.parametrize("kind", ["take", "renumber", "adapt"])
def test_sheet_that_the_parent_gave_up_is_asked_where_the_local_names_it(kind: str) -> None:
    """A change that names it would bite on nothing: nothing is written before it is decided."""
    from tests.conftest import amendments_of, contract_of

    own: dict[str, dict[str, Any]] = {
        "take": {},
        "renumber": {"number": "9"},
        "adapt": {"set": {"lead": "Ici"}},
    }
    change = {"sheet": "un", **own[kind]}
    table = {"takes": "listed" if kind == "take" else "all", kind: [change]}
    amendments = amendments_of(
        {"a1": {"in_force_on": date(2020, 1, 1), "exclude": [{"sheet": "un"}]}}
    )
    parent = Parent(contract_of({"sheets": {"un": {}, "deux": {}}}), amendments)
    found = update(parent, overlay_of(table), PLACE)
    assert asked(found) == [("un", "sheet", "repealed")]
    assert (found.is_blocked, found.edits, found.upstream_deleted) == (True, {}, ())


def test_sheet_that_goes_untouched_is_said(found: Update) -> None:
    """
    [parent.sheets.un]
    [amendments.a1]
    in_force_on = 2020-01-01
    exclude = [{ sheet = "un" }]
    add = [{ code = "deux", title = "Deux", axis = "a" }]
    [local]
    """
    assert [(item.sheet.code, item.effect) for item in found.upstream_deleted] == [
        ("un", "inherited")
    ]
    assert [(item.sheet.code, item.effect) for item in found.upstream_added] == [
        ("deux", "inherited")
    ]


def test_code_that_the_parent_took_is_asked(found: Update) -> None:
    """
    [amendments.a1]
    in_force_on = 2020-01-01
    add = [{ code = "un", title = "Du parent", axis = "a" }]
    [local]
    add = [{ code = "un", title = "D'ici", axis = "a" }]
    """
    assert asked(found) == [("un", "sheet", "code_taken")]
    assert found.edits == {}


def test_kept_field_of_a_merge_is_asked_when_what_was_put_aside_changes(found: Update) -> None:
    """
    [parent.sheets.un]
    lead = "Un"
    [parent.sheets.deux]
    lead = "Deux"
    [amendments.a1]
    in_force_on = 2020-01-01
    adapt = [{ sheet = "un", set.lead = "Un bis" }, { sheet = "deux", set.lead = "Deux bis" }]
    [local]
    merge = [{ sheets = ["un", "deux"], code = "les-deux", keep.lead = "un" }]
    """
    [conflict] = found.conflicts
    assert (conflict.sheet, conflict.key) == ("les-deux", "lead")
    assert conflict.ours == "Un bis"


def test_field_that_a_merge_puts_together_flows_through(found: Update) -> None:
    """
    [parent.sheets.un]
    means = ["A"]
    [parent.sheets.deux]
    means = ["B"]
    [amendments.a1]
    in_force_on = 2020-01-01
    adapt = [{ sheet = "un", append.means = ["C"] }]
    [local]
    merge = [{ sheets = ["un", "deux"], code = "les-deux", set.title = "Les deux" }]
    """
    assert asked(found) == []
    assert found.derived.sheets[0].sheet.means == ("B", "A", "C")


# --- amendments of the local contract

OF_AMENDMENT = "parent/local/T1/amendments/b1.toml"


def test_field_that_a_local_amendment_changed_is_asked_in_its_file(found: Update) -> None:
    """
    [parent.sheets.un]
    lead = "La mairie"
    context = "Avant"
    [amendments.a1]
    in_force_on = 2020-01-01
    adapt = [{ sheet = "un", set.lead = "La préfecture" }]
    [local]
    adapt = [{ sheet = "un", set.context = "Ici" }]
    [local.amendments.b1]
    in_force_on = 2019-01-01
    adapt = [{ sheet = "un", set.lead = "Le quartier" }]
    """
    [conflict] = found.conflicts
    assert (conflict.place.file, conflict.sheet, conflict.key) == (OF_AMENDMENT, "un", "lead")
    assert (conflict.moved[0].base, conflict.ours) == ("La mairie", "Le quartier")
    # The amendment is written first: the file that records the version comes last.
    assert list(found.edits) == [OF_AMENDMENT, FILE]
    edits = resolve(Resolution("parent", "un", "lead"), found)
    assert edits == {OF_AMENDMENT: (Drop(("adapt", 0)),)}


def test_what_the_parent_only_put_in_other_words_reopens_no_local_amendment(found: Update) -> None:
    """
    [parent.sheets.un]
    lead = "La mairie"
    [amendments.a1]
    in_force_on = 2020-01-01
    adapt = [{ sheet = "un", editorial = true, set.lead = "La mairie de la ville" }]
    [local]
    [local.amendments.b1]
    in_force_on = 2019-01-01
    adapt = [{ sheet = "un", set.lead = "Le quartier" }]
    """
    assert asked(found) == []
    assert upstream_changes(found) == [("un", "lead", "editorial", "own")]


def test_local_amendment_that_the_parent_made_too_has_done_its_work(found: Update) -> None:
    """
    [parent.sheets.un]
    lead = "La mairie"
    [amendments.a1]
    in_force_on = 2020-01-01
    adapt = [{ sheet = "un", set.lead = "La préfecture" }]
    [local]
    [local.amendments.b1]
    in_force_on = 2019-01-01
    adapt = [{ sheet = "un", set.lead = "La préfecture" }]
    """
    assert asked(found) == []
    assert found.edits[OF_AMENDMENT] == (Drop(("adapt", 0)),)


# --- fingerprints


def pinned(table: dict[str, Any], parent: Parent) -> dict[str, Any]:
    from cpps_cli.engine.update_edits import pins

    found = pins(parent, overlay_of(dict(table)), PLACE)
    written: dict[str, Any] = tomli.loads(with_edits(laid_out(table), found.edits.get(FILE, ())))
    return written


def edited(doc: dict[str, Any]) -> Update:
    """The local text, pinned to `[parent]`, beside the parent as `[edited]` has it."""
    from tests.conftest import contract_of

    table = pinned(doc["local"], Parent(contract_of(doc["parent"]), ()))
    return update(Parent(contract_of(doc["edited"]), ()), overlay_of(table), PLACE)


def test_parent_edited_in_place_is_found_and_its_former_text_is_not_held(
    doc: dict[str, Any],
) -> None:
    """
    [parent.sheets.un]
    lead = "La mairie"
    [edited.sheets.un]
    lead = "La préfecture"
    [local]
    adapt = [{ sheet = "un", set.lead = "Ici" }]
    """
    found = edited(doc)
    [conflict] = found.conflicts
    assert (conflict.kind, conflict.moved[0].base) == ("edited_in_place", None)
    assert found.in_place
    assert found.derived.sheets[0].to_reread


def test_parent_edited_in_place_elsewhere_is_said_and_asks_nothing(doc: dict[str, Any]) -> None:
    """
    [parent.sheets.un]
    lead = "La mairie"
    [edited.sheets.un]
    lead = "La mairie"
    context = "Un contexte"
    [local]
    adapt = [{ sheet = "un", set.lead = "Ici" }]
    """
    found = edited(doc)
    assert (asked(found), found.in_place) == ([], True)


def test_parent_typed_otherwise_in_place_is_the_same_text(doc: dict[str, Any]) -> None:
    """
    [parent.sheets.un]
    lead = "L'office  « A »"
    [edited.sheets.un]
    lead = "L’office \\"A\\""
    [local]
    adapt = [{ sheet = "un", set.lead = "Ici" }]
    """
    found = edited(doc)
    assert (asked(found), found.in_place) == ([], False)


def test_change_pinned_to_an_earlier_text_stays_asked_whatever_the_version(
    doc: dict[str, Any], parent: Parent
) -> None:
    """
    [parent.sheets.un]
    lead = "La mairie"
    [amendments.a1]
    in_force_on = 2020-01-01
    adapt = [{ sheet = "un", set.lead = "La préfecture" }]
    [local]
    adapt = [{ sheet = "un", set.lead = "Ici" }]
    """
    first = update(parent, overlay_of(doc["local"]), PLACE)
    again = update(parent, written(first, doc["local"], edits_of(first)), PLACE)
    assert (again.base_version, asked(again)) == ("a1", [("un", "lead", "reworded")])
    assert again.conflicts[0].moved[0].base == "La mairie"
    assert again.edits == {}


def test_pins_that_are_there_are_not_written_again(doc: dict[str, Any], parent: Parent) -> None:
    """
    [parent.sheets.un]
    lead = "La mairie"
    [local]
    adapt = [{ sheet = "un", set.lead = "Ici" }]
    """
    once = pinned(doc["local"], parent)
    assert pinned(once, parent) == once
    assert set(once["adapt"][0]["rests_on"]) == {"lead"}


# --- decisions


def decide(doc: dict[str, Any], parent: Parent, resolution: Resolution) -> Update:
    """The update that is left once a decision, and then all that needs none, is written."""
    overlay = overlay_of(doc["local"])
    found = update(parent, overlay, PLACE)
    edits = resolve(resolution, found)[FILE]
    table: dict[str, Any] = tomli.loads(with_edits(laid_out(doc["local"]), edits))
    decided_on = overlay_of(dict(table))
    assert parent.derive(decided_on, PLACE).faults == () or _only_warnings(parent, decided_on)
    second = update(parent, decided_on, PLACE)
    table = tomli.loads(with_edits(laid_out(table), edits_of(second)))
    assert _only_warnings(parent, overlay_of(dict(table)))
    return update(parent, overlay_of(table), PLACE)


def _only_warnings(parent: Parent, overlay: Overlay) -> bool:
    return all(fault.severity != "error" for fault in parent.derive(overlay, PLACE).faults)


def sheet_of(found: Update, code: str) -> Any:
    return found.derived.contract.sheet(code)


CONFLICT = """
[parent.sheets.un]
lead = "La mairie"
context = "Avant"
[amendments.a1]
in_force_on = 2020-01-01
adapt = [{ sheet = "un", set.lead = "La préfecture", set.context = "Après" }]
[local]
takes = "all"
adapt = [{ sheet = "un", set.lead = "Ici", set.context = "Un contexte d'ici" }]
"""


def world(text: str) -> tuple[dict[str, Any], Parent]:
    from tests.conftest import amendments_of, contract_of

    doc = tomli.loads(text)
    signed = contract_of(doc.get("parent", {}))
    return doc, Parent(signed, amendments_of(doc.get("amendments", {})))


def test_taking_the_parent_lets_its_text_in() -> None:
    found = decide(*world(CONFLICT), Resolution("parent", "un", "lead"))
    assert sheet_of(found, "un").lead == "La préfecture"
    assert asked(found) == [("un", "context", "reworded")]


def test_taking_the_local_text_keeps_it_and_does_not_ask_again() -> None:
    found = decide(*world(CONFLICT), Resolution("local", "un", "lead"))
    assert sheet_of(found, "un").lead == "Ici"
    assert asked(found) == [("un", "context", "reworded")]


def test_decision_without_a_field_is_about_all_that_is_asked_of_the_sheet() -> None:
    found = decide(*world(CONFLICT), Resolution("parent", "un"))
    assert asked(found) == []
    assert found.overlay.adapt == ()


def test_refusal_is_noted_and_asked_again_only_at_the_next_change() -> None:
    doc, parent = world(CONFLICT)
    found = decide(doc, parent, Resolution("local", "un", "lead", "Le quartier a son pilote"))
    assert found.overlay.adapt[0].refused == {"lead": "Le quartier a son pilote"}
    assert ("un", "lead", "reworded") not in asked(found)
    from tests.conftest import amendments_of, contract_of

    doc["amendments"]["a2"] = {
        "in_force_on": date(2021, 1, 1),
        "adapt": [{"sheet": "un", "set": {"lead": "L'État"}}],
    }
    later = Parent(contract_of(tomli.loads(CONFLICT)["parent"]), amendments_of(doc["amendments"]))
    [conflict] = [
        item for item in update(later, found.overlay, PLACE).conflicts if item.key == "lead"
    ]
    assert (conflict.refused, conflict.moved[0].base) == (
        "Le quartier a son pilote",
        "La préfecture",
    )


@pytest.mark.parametrize(
    ("side", "means", "removed"), [("parent", ("A", "B bis"), None), ("local", ("A",), ("B bis",))]
)
def test_reworded_item_is_let_in_or_taken_out_under_its_new_words(
    side: Any, means: tuple[str, ...], removed: tuple[str, ...] | None
) -> None:
    text = """
    [parent.sheets.un]
    means = ["A", "B"]
    [amendments.a1]
    in_force_on = 2020-01-01
    adapt = [{ sheet = "un", set.means = ["A", "B bis"] }]
    [local]
    takes = "all"
    adapt = [{ sheet = "un", remove.means = ["B"] }]
    """
    found = decide(*world(text), Resolution(side, "un", "means"))
    assert (asked(found), sheet_of(found, "un").means) == ([], means)
    adapt = found.overlay.adapt
    assert (adapt[0].remove.means if adapt and adapt[0].remove else None) == removed


GIVEN_UP = """
[parent.sheets.un]
lead = "La mairie"
[parent.sheets.deux]
[amendments.a1]
in_force_on = 2020-01-01
exclude = [{ sheet = "un" }]
[local]
takes = "all"
adapt = [{ sheet = "un", number = "1.7", set.context = "Ici" }]
"""


def test_sheet_given_up_goes_with_the_parent() -> None:
    found = decide(*world(GIVEN_UP), Resolution("parent", "un"))
    assert (sheet_of(found, "un"), found.base_version) == (None, "a1")


def test_sheet_given_up_stays_as_one_of_the_local_contract() -> None:
    found = decide(*world(GIVEN_UP), Resolution("local", "un"))
    sheet = sheet_of(found, "un")
    assert (sheet.lead, sheet.context, sheet.number) == ("La mairie", "Ici", "1.7")
    [item] = [item for item in found.derived.sheets if item.sheet.code == "un"]
    assert (item.origin, found.base_version) == ("added", "a1")


TAKEN = """
[amendments.a1]
in_force_on = 2020-01-01
add = [{ code = "un", title = "Du parent", axis = "a", lead = "La mairie" }]
[local]
takes = "all"
add = [{ code = "un", title = "D'ici", axis = "b" }]
"""


def test_code_taken_by_the_parent_becomes_its_sheet_or_an_adaptation_of_it() -> None:
    found = decide(*world(TAKEN), Resolution("parent", "un"))
    assert sheet_of(found, "un").title == "Du parent"
    found = decide(*world(TAKEN), Resolution("local", "un"))
    sheet = sheet_of(found, "un")
    assert (sheet.title, sheet.axis, sheet.lead) == ("D'ici", "b", "La mairie")
    assert (asked(found), found.base_version) == ([], "a1")


LEFT_OUT = """
[parent.sheets.un]
[amendments.a1]
in_force_on = 2020-01-01
adapt = [{ sheet = "un", set.lead = "La préfecture" }]
[local]
takes = "TAKES"
exclude = [{ sheet = "un", reason = "Pas ici" }]
"""


@pytest.mark.parametrize("takes", ["all", "listed"])
def test_sheet_left_out_is_taken_again_or_stays_out(takes: str) -> None:
    text = LEFT_OUT.replace("TAKES", takes)
    found = decide(*world(text), Resolution("parent", "un"))
    assert sheet_of(found, "un").lead == "La préfecture"
    found = decide(*world(text), Resolution("local", "un"))
    assert (sheet_of(found, "un"), asked(found)) == (None, [])


MERGED = """
[parent.sheets.un]
means = ["A"]
[parent.sheets.deux]
means = ["B"]
[parent.sheets.trois]
means = ["C"]
[amendments.a1]
in_force_on = 2020-01-01
exclude = [{ sheet = "deux" }]
[local]
takes = "all"
merge = [{ sheets = ["un", "deux", "trois"], code = "ensemble", keep.title = "un" }]
"""


def test_merge_that_loses_a_sheet_loses_or_keeps_its_words() -> None:
    found = decide(*world(MERGED), Resolution("parent", "ensemble"))
    assert sheet_of(found, "ensemble").means == ("C", "A")
    found = decide(*world(MERGED), Resolution("local", "ensemble"))
    assert sheet_of(found, "ensemble").means == ("C", "A", "B")


def test_merge_of_which_one_sheet_is_left_is_settled_by_hand() -> None:
    text = MERGED.replace('"un", "deux", "trois"', '"un", "deux"')
    doc, parent = world(text)
    [conflict] = update(parent, overlay_of(doc["local"]), PLACE).conflicts
    assert conflict.by_hand
    with pytest.raises(CppsError, match="cannot be decided"):
        decide(doc, parent, Resolution("parent", "ensemble"))


def test_decision_on_what_is_not_asked_names_what_is() -> None:
    with pytest.raises(CppsError) as caught:
        decide(*world(CONFLICT), Resolution("parent", "un", "means"))
    assert caught.value.values["known"] == ("context", "lead")


@pytest.mark.parametrize("word", ["un", "UN", "1.1", "1-1", "2.5"])
def test_sheet_is_named_by_code_or_by_number_the_local_one_first(word: str) -> None:
    text = CONFLICT.replace('lead = "La mairie"', 'number = "2.5"\nlead = "La mairie"')
    text = text.replace('set.context = "Un', 'number = "1.1", set.context = "Un')
    found = decide(*world(text), Resolution("parent", word))
    assert (asked(found), sheet_of(found, "un").lead) == ([], "La préfecture")


@pytest.mark.parametrize(
    ("sheet", "field", "said"),
    [
        ("uns", None, "there is no sheet `uns`"),
        ("9.9", "lead", "there is no sheet `9.9`"),
        ("un", "leads", "a sheet has no field `leads`"),
        ("un", "term", "a sheet has no field `term`"),
        (None, "windows", "a contract has no field `windows`"),
        (None, "lead", "`lead` is a field of a sheet"),
    ],
)
def test_name_of_nothing_is_a_mistake_of_typing(
    sheet: str | None, field: str | None, said: str
) -> None:
    with pytest.raises(CppsError, match=said) as caught:
        decide(*world(CONFLICT), Resolution("parent", sheet, field))
    assert caught.value.exit_code == 2


def test_adaptation_of_which_only_the_number_is_left_becomes_a_plain_change() -> None:
    text = CONFLICT.replace('set.context = "Un contexte d\'ici"', 'number = "7.1"')
    doc, parent = world(text)
    overlay = overlay_of(doc["local"])
    found = update(parent, overlay, PLACE)
    edits = resolve(Resolution("parent", "un", "lead"), found)[FILE]
    assert Rename(("adapt", 0), "renumber") in edits
    assert not any(isinstance(edit, Append) for edit in edits)


def test_text_written_for_a_later_version_is_left_alone(doc: dict[str, Any]) -> None:
    """
    [amendments.a1]
    in_force_on = 2020-01-01
    add = [{ code = "un", title = "Un", axis = "a" }]
    adapt = [{ sheet = "deux", set.lead = "La préfecture" }]
    [parent.sheets.deux]
    lead = "La mairie"
    [local]
    parent_version = "a1"
    adapt = [{ sheet = "un", set.lead = "Ici" }, { sheet = "deux", set.lead = "Ici" }]
    """
    from tests.conftest import amendments_of, contract_of

    signed = contract_of(doc["parent"])
    parent = Parent(signed, amendments_of(doc["amendments"]), date(2019, 1, 1))
    found = update(parent, overlay_of(doc["local"]), PLACE)
    assert (found.ahead, found.edits) == (True, {})
    assert (
        found.conflicts,
        found.upstream_changes,
        found.upstream_added,
        found.upstream_deleted,
    ) == ((), (), (), ())
    assert found.redundant_changes == ()
