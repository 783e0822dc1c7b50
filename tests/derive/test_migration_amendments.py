"""A local text is carried with its own amendments; each docstring is the input."""

from typing import Any

import pytest

from cpps_cli.check.local import check_local
from cpps_cli.derive import Parent
from cpps_cli.derive.migration import Migration, migration
from cpps_cli.model.correspondence import Correspondence
from tests.conftest import PLACE, contract_of, overlay_of
from tests.derive.test_migration import fates, proposed

FILE = "parent/local/T1/amendments/b1.toml"


@pytest.fixture
def found(doc: dict[str, Any]) -> Migration:
    """`[local]`, carried from `[former]` to the same sheets under the same codes, or to `[new]`."""
    former = contract_of(dict(doc["former"]))
    new = Parent(contract_of({"id": "suite", **doc.get("new", doc["former"])}), ())
    sheets = [
        {"kind": "same", "before": [sheet.code], "after": [sheet.code]}
        if new.now.contract.sheet(sheet.code)
        else {"kind": "dropped", "before": [sheet.code]}
        for sheet in former.sheets
    ]
    axes = [{"before": axis.code, "after": axis.code} for axis in former.axes]
    link = {"contract": "suite", "former": "parent", "sheets": sheets, "axes": axes}
    links, local = Correspondence.model_validate(link), overlay_of(doc["local"])
    before = Parent(former, ())
    assert [item for item in check_local(local, before, PLACE) if item.severity == "error"] == []
    found = migration(before, new, links, local, PLACE)
    faults = list(check_local(found.proposal, new, PLACE))
    assert [fault for fault in faults if fault.severity != "note"] == []
    return found


def settled(found: Migration) -> list[tuple[str, Any, str]]:
    """What the amendments have settled: the key, the words, and why."""
    return [
        (".".join(map(str, fate.piece.place.path)), fate.piece.value, fate.why)
        for fate in found.of("settled")
    ]


def test_last_of_two_texts_stands_and_the_other_is_told(found: Migration) -> None:
    """
    [former.sheets.une]
    lead = "La mairie"
    [local]
    adapt = [{ sheet = "une", set.lead = "Le quartier", reason = "avant" }]
    [local.amendments.b1]
    in_force_on = 2022-01-01
    adapt = [{ sheet = "une", set.lead = "Le club", reason = "depuis" }]
    """
    change = {"sheet": "une", "reason": "depuis", "set": {"lead": "Le club"}}
    assert proposed(found) == {"adapt": [change]}
    told = settled(found)
    assert ("adapt.0.set.lead", "Le quartier", "amended_since") in told
    assert ("adapt.0.reason", "avant", "amended_since") in told
    carried = [fate.piece.place for fate in found.of("carried") if fate.piece.way]
    assert [(place.file, place.path) for place in carried] == [(FILE, ("adapt", 0, "set", "lead"))]


def test_each_change_keeps_its_reason_and_its_place(found: Migration) -> None:
    """
    [former.sheets.une]
    lead = "La mairie"
    means = ["a"]
    [new.sheets.une]
    lead = "Le quartier"
    means = ["a"]
    [local]
    adapt = [{ sheet = "une", set.lead = "Le quartier", reason = "le service" }]
    [local.amendments.b1]
    in_force_on = 2022-01-01
    adapt = [{ sheet = "une", append.means = ["b"], reason = "la salle" }]
    """
    change = {"sheet": "une", "reason": "la salle", "append": {"means": ["b"]}}
    assert proposed(found) == {"adapt": [change]}
    reasons = {f.piece.value: f.outcome for f in found.fates if f.piece.field == "reason"}
    assert reasons == {"le service": "said_already", "la salle": "carried"}


def test_item_put_in_and_taken_out_again_is_settled(found: Migration) -> None:
    """
    [former.sheets.une]
    means = ["a"]
    [local]
    takes = "listed"
    adapt = [{ sheet = "une", append.means = ["b"] }]
    [local.amendments.b1]
    in_force_on = 2022-01-01
    adapt = [{ sheet = "une", remove.means = ["b"] }]
    """
    assert proposed(found) == {"take": [{"sheet": "une"}]}
    told = settled(found)
    assert ("adapt.0.append.means.0", "b", "amended_since") in told
    assert ("adapt.0.remove.means.0", "b", "undoes") in told


def test_item_of_the_parent_put_back_and_taken_out_again_is_taken_out(found: Migration) -> None:
    """
    [former.sheets.une]
    means = ["a", "b"]
    [local]
    adapt = [{ sheet = "une", remove.means = ["a"] }]
    [local.amendments.b1]
    in_force_on = 2022-01-01
    adapt = [{ sheet = "une", append.means = ["a"] }]
    [local.amendments.b2]
    in_force_on = 2023-01-01
    adapt = [{ sheet = "une", remove.means = ["a"] }]
    """
    assert proposed(found) == {"adapt": [{"sheet": "une", "remove": {"means": ["a"]}}]}


def test_list_that_was_set_is_carried_with_what_was_put_in_since(found: Migration) -> None:
    """
    [former.sheets.une]
    means = ["a"]
    [local]
    adapt = [{ sheet = "une", set.means = ["b", "c"], reason = "avant" }]
    [local.amendments.b1]
    in_force_on = 2022-01-01
    [[local.amendments.b1.adapt]]
    sheet = "une"
    append.means = ["d"]
    remove.means = ["b"]
    reason = "depuis"
    """
    [change] = proposed(found)["adapt"]
    assert (change["set"], change["reason"]) == ({"means": ["c", "d"]}, "avant depuis")
    assert settled(found) == []


def test_sheet_repealed_locally_is_left_out_whatever_it_said_before(found: Migration) -> None:
    """
    [former.sheets.une]
    [former.sheets.deux]
    [local]
    adapt = [{ sheet = "une", set.lead = "Le quartier" }]
    [local.amendments.b1]
    in_force_on = 2022-01-01
    exclude = [{ sheet = "une", reason = "Terminé." }]
    """
    assert proposed(found) == {"exclude": [{"sheet": "une", "reason": "Terminé."}]}
    assert ("adapt.0.set.lead", "Le quartier", "repealed_since") in settled(found)


def test_merged_sheet_repealed_locally_leaves_out_all_that_it_answered(found: Migration) -> None:
    """
    [former.sheets.une]
    [former.sheets.deux]
    [new.sheets.une]
    [local]
    merge = [{ sheets = ["une", "deux"], code = "ensemble", set.lead = "Le quartier" }]
    [local.amendments.b1]
    in_force_on = 2022-01-01
    exclude = [{ sheet = "ensemble", reason = "Terminé." }]
    """
    assert proposed(found) == {"exclude": [{"sheet": "une", "reason": "Terminé."}]}
    whole = [fate for fate in found.fates if fate.piece.place.path == ("exclude", 0)]
    outcomes = {fate.piece.sheets: fate.outcome for fate in whole}
    assert outcomes == {("une",): "carried", ("deux",): "said_already"}


def test_sheet_taken_up_again_is_no_longer_left_out(found: Migration) -> None:
    """
    [former.sheets.une]
    [local]
    exclude = [{ sheet = "une", reason = "Pas encore." }]
    [local.amendments.b1]
    in_force_on = 2022-01-01
    take = [{ sheet = "une", number = "4.1", reason = "Le moment est venu." }]
    """
    change = {"sheet": "une", "number": "4.1", "reason": "Le moment est venu."}
    assert proposed(found) == {"renumber": [change]}
    assert ("exclude.0.reason", "Pas encore.", "taken_up_since") in settled(found)


def test_merged_sheet_is_carried_as_its_amendments_left_it(found: Migration) -> None:
    """
    [former.sheets.une]
    means = ["a"]
    [former.sheets.deux]
    means = ["b"]
    [local]
    merge = [{ sheets = ["une", "deux"], code = "ensemble", set.title = "Avant" }]
    [local.amendments.b1]
    in_force_on = 2022-01-01
    [[local.amendments.b1.adapt]]
    sheet = "ensemble"
    set.title = "Ensemble"
    append.means = ["c"]
    remove.means = ["a"]
    """
    [merge] = proposed(found)["merge"]
    assert merge["set"] == {"title": "Ensemble", "means": ["b", "c"]}
    assert ("merge.0.set.title", "Avant", "amended_since") in settled(found)


def test_added_sheet_is_carried_as_its_amendments_left_it(found: Migration) -> None:
    """
    [former.sheets.une]
    [local]
    add = [{ code = "a-nous", title = "À nous", axis = "a", means = ["a"], lead = "Le club" }]
    [local.amendments.b1]
    in_force_on = 2022-01-01
    adapt = [{ sheet = "a-nous", set.lead = "Le quartier", append.means = ["b"] }]
    """
    [add] = proposed(found)["add"]
    assert (add["lead"], add["means"]) == ("Le quartier", ["a", "b"])
    assert settled(found) == [("add.0.lead", "Le club", "amended_since")]
    assert fates(found)["adapt.0.append.means.0"] == ("carried", "")


def test_added_sheet_that_was_repealed_stands_nowhere_and_is_told(found: Migration) -> None:
    """
    [former.sheets.une]
    [local]
    add = [{ code = "a-nous", title = "À nous", axis = "a" }]
    [local.amendments.b1]
    in_force_on = 2022-01-01
    exclude = [{ sheet = "a-nous", reason = "Terminé." }]
    """
    assert proposed(found) == {}
    why = {key: reason for key, _value, reason in settled(found)}
    assert (why["add.0"], why["exclude.0.reason"]) == ("repealed_since", "undoes")


def test_sheets_merged_by_an_amendment_answer_the_parent_s(found: Migration) -> None:
    """
    [former.sheets.une]
    lead = "La mairie"
    [former.sheets.deux]
    lead = "L'école"
    [local]
    adapt = [{ sheet = "une", set.lead = "Le quartier" }]
    add = [{ code = "a-nous", title = "À nous", axis = "a" }]
    [local.amendments.b1]
    in_force_on = 2022-01-01
    merge = [{ sheets = ["une", "deux", "a-nous"], code = "tout", set.title = "Tout" }]
    """
    [merge] = proposed(found)["merge"]
    assert (merge["sheets"], merge["code"]) == (["une", "deux"], "tout")
    assert merge["set"] == {"title": "Tout", "lead": "L'école ; Le quartier"}


def test_merged_sheet_stays_in_the_axis_that_its_own_order_gave_it(found: Migration) -> None:
    """
    [former.sheets.une]
    [former.sheets.deux]
    axis = "b"
    [local]
    axes = [{ code = "b" }, { code = "la-bas", parent = "a" }]
    [local.amendments.b1]
    in_force_on = 2022-01-01
    merge = [{ sheets = ["deux", "une"], code = "tout" }]
    """
    [merge] = proposed(found)["merge"]
    assert merge["axis"] == "b"


def test_axes_stated_again_answer_the_parent_s_as_before(found: Migration) -> None:
    """
    [former.sheets.une]
    [local]
    axes = [{ code = "x", parent = "a" }, { code = "y", parent = "b" }]
    [local.amendments.b1]
    in_force_on = 2022-01-01
    axes = [{ code = "y", title = "Y" }, { code = "z", parent = "a" }]
    """
    assert [axis.code for axis in found.proposal.axes] == ["y", "z"]
    [x, y] = [fate for fate in found.of("settled") if fate.piece.path == ()]
    assert (x.piece.value.code, y.piece.value.code) == ("x", "y")


def test_refusal_is_listed(found: Migration) -> None:
    """
    [former.sheets.une]
    lead = "La mairie"
    [local]
    [[local.adapt]]
    sheet = "une"
    set.lead = "Le quartier"
    refused.lead = "Le quartier y tient."
    [local.contract]
    append.partners = ["Le club"]
    refused.partners = "Non."
    [local.amendments.b1]
    in_force_on = 2022-01-01
    adapt = [{ sheet = "une", append.means = ["b"], refused.means = "Non plus." }]
    """
    refusals = [(f.outcome, f.why, f.piece.value) for f in found.fates if f.why == "refused"]
    assert refusals == [
        ("left_behind", "refused", reason)
        for reason in ("Le quartier y tient.", "Non plus.", "Non.")
    ]
    assert "refused" not in str(proposed(found))


def test_amendment_that_is_not_in_force_yet_is_listed(doc: dict[str, Any]) -> None:
    """
    [former.sheets.une]
    [local]
    [local.amendments.b1]
    in_force_on = 2022-01-01
    adapt = [{ sheet = "une", set.lead = "Le quartier" }]
    """
    from datetime import date

    former = Parent(contract_of(dict(doc["former"])), (), date(2021, 1, 1))
    new = Parent(contract_of({"id": "suite", **doc["former"]}), ())
    links = {"contract": "suite", "former": "parent", "known": "partial"}
    local = overlay_of(doc["local"])
    found = migration(former, new, Correspondence.model_validate(links), local, PLACE)
    assert found.proposal.adapt == ()
    assert found.own_amendments() == ()
    [fate] = [fate for fate in found.fates if fate.piece.way == "set"]
    assert (fate.outcome, fate.why) == ("left_behind", "not_in_force")
