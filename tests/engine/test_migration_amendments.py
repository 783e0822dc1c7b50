"""A local text is carried with its own amendments; each docstring is the input."""

from datetime import date
from typing import Any

import pytest

from cpps_cli.check.local import check_local
from cpps_cli.engine import Parent
from cpps_cli.engine.rebase import Migration, migration
from cpps_cli.model.correspondence import Correspondence
from tests.conftest import PLACE, contract_of, overlay_of
from tests.engine.test_migration import fates, proposed

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
    former = Parent(contract_of(dict(doc["former"])), (), date(2021, 1, 1))
    new = Parent(contract_of({"id": "suite", **doc["former"]}), ())
    links = {"contract": "suite", "former": "parent", "known": "partial"}
    local = overlay_of(doc["local"])
    found = migration(former, new, Correspondence.model_validate(links), local, PLACE)
    assert found.proposal.adapt == ()
    assert found.own_amendments() == ()
    [fate] = [fate for fate in found.fates if fate.piece.way == "set"]
    assert (fate.outcome, fate.why) == ("left_behind", "not_in_force")


def told_by_file(found: Migration) -> list[tuple[str, ...]]:
    """Of each piece but the titles: its file, its keys, its own words, its fate and where to."""
    return [
        (
            fate.piece.place.file.rpartition("/")[2].removesuffix(".toml"),
            fate.piece.kind,
            ".".join(map(str, fate.piece.place.path)),
            fate.outcome + (f" {fate.why}" if fate.why else ""),
            " ".join(fate.to),
        )
        for fate in found.fates
        if fate.piece.kind != "head"
    ]


def test_contract_is_changed_as_its_amendments_left_it(found: Migration) -> None:
    """
    [former]
    partners = ["A", "B"]
    signatories = ["M"]
    [former.sheets.une]
    [local.contract]
    append.partners = ["C"]
    set.term = "2020..2024"
    reason = "D'abord"
    sources = ["S1"]
    refused.term = "Non"
    [local.amendments.b1]
    in_force_on = 2022-01-01
    [local.amendments.b1.contract]
    append = { partners = ["D", "E"] }
    remove = { partners = ["A", "C"] }
    set.term = "2020..2025"
    reason = "Ensuite"
    sources = ["S2"]
    [local.amendments.b2]
    in_force_on = 2023-01-01
    contract = { append = { signatories = ["N"] }, reason = "Enfin" }
    """
    assert proposed(found) == {
        "contract": {
            "reason": "Ensuite Enfin",
            "sources": ["S2"],
            "append": {"signatories": ["N"], "partners": ["D", "E"]},
            "remove": {"partners": ["A"]},
        }
    }
    one = "contract"
    assert told_by_file(found) == [
        ("b1", one, "contract.set.term", "left_behind former_contract", ""),
        ("b1", one, "contract.append.partners.0", "carried", ""),
        ("b1", one, "contract.append.partners.1", "carried", ""),
        ("b1", one, "contract.remove.partners.0", "carried", ""),
        ("b2", one, "contract.append.signatories.0", "carried", ""),
        ("b1", one, "contract.reason", "carried", ""),
        ("b1", one, "contract.sources", "carried", ""),
        ("b2", one, "contract.reason", "carried", ""),
        ("T1", one, "contract.set.term", "settled amended_since", ""),
        ("T1", one, "contract.append.partners.0", "settled amended_since", ""),
        ("b1", one, "contract.remove.partners.1", "settled undoes", ""),
        ("T1", one, "contract.reason", "settled amended_since", ""),
        ("T1", one, "contract.sources", "settled amended_since", ""),
        ("T1", one, "contract.refused.term", "left_behind refused", ""),
    ]
    words = {fate.piece.place.path[1:]: fate.value for fate in found.of("settled")}
    assert (words["append", "partners", 0], words["remove", "partners", 1]) == ("C", "C")


def test_parties_that_were_set_are_carried_with_those_put_in_since(found: Migration) -> None:
    """
    [former]
    partners = ["A", "B"]
    [former.sheets.une]
    [local]
    contract = { set.partners = ["B", "C"], reason = "D'abord" }
    [local.amendments.b1]
    in_force_on = 2022-01-01
    contract = { append.partners = ["D"], reason = "Ensuite" }
    """
    whole = {"reason": "D'abord Ensuite", "set": {"partners": ["B", "C", "D"]}}
    assert proposed(found) == {"contract": whole}
    assert {fate for *_key, fate, _to in told_by_file(found)} == {"carried"}


def test_merged_sheet_keeps_its_choice_where_an_amendment_touches_another_field(
    found: Migration,
) -> None:
    """
    [former.sheets.une]
    lead = "La mairie"
    means = ["a"]
    [former.sheets.deux]
    lead = "Le parquet"
    means = ["b"]
    [local]
    [[local.merge]]
    sheets = ["une", "deux"]
    code = "ensemble"
    reason = "Une équipe"
    sources = ["S1"]
    note = "Vu"
    keep.lead = "deux"
    [local.amendments.b1]
    in_force_on = 2022-01-01
    [[local.amendments.b1.adapt]]
    sheet = "ensemble"
    append.means = ["d"]
    reason = "Depuis"
    sources = ["S2", "S1"]
    note = "Relu"
    """
    assert proposed(found) == {
        "merge": [
            {
                "sheets": ["une", "deux"],
                "code": "ensemble",
                "reason": "Une équipe Depuis",
                "sources": ["S1", "S2"],
                "note": "Vu Relu",
                "set": {"means": ["b", "a", "d"]},
                "keep": {"lead": "deux"},
            }
        ]
    }
    ours = "ensemble"
    assert told_by_file(found) == [
        ("T1", "merge", "merge.0", "carried", ours),
        ("T1", "merge", "merge.0.code", "carried", ours),
        ("T1", "merge", "merge.0.sheets.0", "carried", "une"),
        ("T1", "merge", "merge.0.sheets.1", "carried", "deux"),
        ("T1", "merge", "merge.0.keep.lead", "carried", "deux"),
        *(("T1", "merge", f"merge.0.{key}", "carried", ours) for key in ("reason", "note")),
        ("T1", "merge", "merge.0.sources", "carried", ours),
        ("b1", "adapt", "adapt.0", "carried", ours),
        ("b1", "adapt", "adapt.0.append.means.0", "carried", ours),
        *(("b1", "adapt", f"adapt.0.{key}", "carried", ours) for key in ("reason", "note")),
        ("b1", "adapt", "adapt.0.sources", "carried", ours),
    ]
    [code] = [fate.value for fate in found.fates if fate.piece.field == "code"]
    assert code == ours


def test_sheets_merged_twice_are_merged_once_with_what_stands_of_both(found: Migration) -> None:
    """
    [former.sheets.une]
    lead = "La mairie"
    context = "Un"
    [former.sheets.deux]
    lead = "Le parquet"
    context = "Deux"
    [former.sheets.trois]
    lead = "Le rectorat"
    [local]
    [[local.merge]]
    sheets = ["une", "deux"]
    code = "ensemble"
    number = "4.1"
    reason = "Une équipe"
    keep = { lead = "deux", context = "une" }
    [[local.adapt]]
    sheet = "trois"
    number = "4.2"
    set.lead = "Le club"
    append.means = ["c"]
    note = "Vu"
    [local.amendments.b1]
    in_force_on = 2022-01-01
    [[local.amendments.b1.adapt]]
    sheet = "ensemble"
    number = "4.3"
    append.means = ["d"]
    reason = "Depuis"
    [local.amendments.b2]
    in_force_on = 2023-01-01
    [[local.amendments.b2.merge]]
    sheets = ["ensemble", "trois"]
    code = "tout"
    set.title = "Tout"
    keep.lead = "trois"
    reason = "En un"
    """
    assert proposed(found) == {
        "merge": [
            {
                "sheets": ["une", "deux", "trois"],
                "code": "tout",
                "reason": "Une équipe Depuis En un",
                "note": "Vu",
                "set": {"title": "Tout", "lead": "Le club", "means": ["c", "d"]},
                "keep": {"context": "une"},
            }
        ]
    }
    assert settled(found) == [
        ("adapt.0.number", "4.2", "amended_since"),
        ("merge.0.number", "4.1", "amended_since"),
        ("merge.0.keep.lead", "deux", "amended_since"),
        ("adapt.0.number", "4.3", "amended_since"),
    ]
    told = {(file, key): to for file, _kind, key, fate, to in told_by_file(found) if to}
    assert told["T1", "adapt.0.set.lead"] == told["b2", "merge.0.keep.lead"] == "tout"
    assert told["b2", "merge.0.code"] == told["b2", "merge.0.sheets.0"] == "tout"
    assert told["b2", "merge.0.sheets.1"] == "trois"


def test_added_sheet_merged_with_one_of_the_parent_s_becomes_an_adaptation(
    found: Migration,
) -> None:
    """
    [former.sheets.une]
    lead = "La mairie"
    context = "Un contexte"
    [new.sheets.une]
    lead = "La mairie"
    context = "Un autre contexte"
    [local]
    adapt = [{ sheet = "une", set.lead = "Le quartier", reason = "Ici" }]
    [[local.add]]
    code = "a-nous"
    title = "À nous"
    axis = "a"
    number = "5"
    lead = "Le club"
    places = ["La place"]
    reason = "Voté"
    note = "Vu"
    sources = ["S1"]
    [local.amendments.b1]
    in_force_on = 2022-01-01
    [[local.amendments.b1.adapt]]
    sheet = "a-nous"
    number = "6"
    set.lead = "La ligue"
    reason = "Relu"
    sources = ["S2"]
    [local.amendments.b2]
    in_force_on = 2023-01-01
    [[local.amendments.b2.merge]]
    sheets = ["une", "a-nous"]
    code = "notre"
    set.title = "La nôtre"
    keep.lead = "a-nous"
    reason = "En un"
    """
    assert proposed(found) == {
        "adapt": [
            {
                "sheet": "une",
                "reason": "Voté Relu En un",
                "note": "Vu",
                "sources": ["S1", "S2"],
                "set": {"title": "La nôtre", "lead": "La ligue", "places": ["La place"]},
            }
        ]
    }
    carried = [(file, key) for file, _kind, key, fate, _to in told_by_file(found) if fate[0] == "c"]
    assert carried[:4] == [
        ("T1", "add.0"),
        *(("T1", f"add.0.{key}") for key in ("places", "reason", "note")),
    ]
    assert ("add.0.lead", "Le club", "amended_since") in settled(found)
    assert ("adapt.0.set.lead", "Le quartier", "amended_since") in settled(found)
    assert ("adapt.0.reason", "Ici", "amended_since") in settled(found)
    words = {fate.piece.place.path[1:]: fate.value for fate in found.of("carried")}
    assert (words[0, "set", "title"], words[0, "keep", "lead"]) == ("La nôtre", "La ligue")
    # Each is known by the text that it had last, under the code that it had then.
    local = found.local.sheets
    assert (local["a-nous"].lead, local["notre"].title) == ("La ligue", "La nôtre")


def test_added_sheet_says_what_its_amendments_say_of_themselves(found: Migration) -> None:
    """
    [former.sheets.une]
    [local]
    [[local.add]]
    code = "a-nous"
    title = "À nous"
    axis = "a"
    number = "5"
    parent = "unknown"
    reason = "Voté"
    note = "Vu"
    sources = ["S1"]
    [local.amendments.b1]
    in_force_on = 2022-01-01
    [[local.amendments.b1.adapt]]
    sheet = "a-nous"
    number = "6"
    axis = "b"
    reason = "Relu"
    note = "Aussi"
    sources = ["S2", "S1"]
    set.lead = "La ligue"
    """
    assert proposed(found) == {
        "add": [
            {
                "code": "a-nous",
                "title": "À nous",
                "axis": "b",
                "number": "6",
                "parent": "unknown",
                "reason": "Voté Relu",
                "note": "Vu Aussi",
                "sources": ["S1", "S2"],
                "lead": "La ligue",
            }
        ]
    }
    ours = "a-nous"
    assert told_by_file(found) == [
        ("T1", "add", "add.0", "carried", ours),
        ("T1", "add", "add.0.number", "settled amended_since", ""),
        ("T1", "add", "add.0.axis", "settled amended_since", ""),
        ("b1", "adapt", "adapt.0", "carried", ours),
        *(("b1", "adapt", f"adapt.0.{key}", "carried", ours) for key in ("reason", "note")),
        ("b1", "adapt", "adapt.0.sources", "carried", ours),
        ("b1", "adapt", "adapt.0.set.lead", "carried", ours),
        ("b1", "adapt", "adapt.0.number", "carried", ours),
        ("b1", "adapt", "adapt.0.axis", "carried", ours),
    ]


def test_added_sheets_merged_are_one_added_sheet(found: Migration) -> None:
    """
    [former.sheets.une]
    [local]
    add = [
      { code = "ici", title = "Ici", axis = "a", lead = "Le club", reason = "Voté", note = "Vu" },
      { code = "la", title = "Là", axis = "a", means = ["Un vélo"], sources = ["S1"] },
    ]
    [local.amendments.b1]
    in_force_on = 2022-01-01
    merge = [{ sheets = ["ici", "la"], code = "notre", set.title = "La nôtre", reason = "En un" }]
    """
    [add] = proposed(found)["add"]
    assert (add["code"], add["title"], add["axis"]) == ("notre", "La nôtre", "a")
    assert (add["reason"], add["note"], add["sources"]) == ("Voté En un", "Vu", ["S1"])
    assert (add["lead"], add["means"]) == ("Le club", ["Un vélo"])


def test_axes_stated_again_keep_what_they_answered(found: Migration) -> None:
    """
    [former.sheets.une]
    [former.sheets.deux]
    axis = "b"
    [local]
    axes = [{ code = "x", parent = "a" }, { code = "b" }, { code = "z", announced_sheets = 2 }]
    renumber = [{ sheet = "une", number = "3" }]
    [local.amendments.b1]
    in_force_on = 2022-01-01
    axes = [{ code = "x", title = "X" }, { code = "v", parent = "b" }, { code = "u" }]
    """
    assert proposed(found) == {
        "renumber": [{"sheet": "une", "number": "3"}],
        "axes": [
            {"code": "x", "title": "X", "parent": "a"},
            {"code": "v", "parent": "b"},
            {"code": "u"},
        ],
    }
    gone = "settled amended_since"
    assert told_by_file(found) == [
        ("T1", "renumber", "renumber.0", "carried", "une"),
        ("T1", "renumber", "renumber.0.number", "carried", "une"),
        *(("b1", "axes", f"axes.{index}", "carried", "") for index in range(3)),
        *(("T1", "axes", f"axes.{index}", gone, "") for index in range(3)),
        ("b1", "axes", "axes.1.parent", "carried", ""),
        ("T1", "axes", "axes.0.parent", gone, ""),
        ("T1", "axes", "axes.2.announced_sheets", gone, ""),
    ]


def test_change_that_an_amendment_leaves_nothing_of_is_settled_with_its_reason(
    found: Migration,
) -> None:
    """
    [former.sheets.une]
    means = ["a"]
    [former.sheets.deux]
    number = "2"
    [local]
    adapt = [{ sheet = "une", append.means = ["b"], reason = "B" }]
    renumber = [{ sheet = "deux", number = "7", reason = "R" }]
    [local.amendments.b1]
    in_force_on = 2022-01-01
    adapt = [{ sheet = "une", remove.means = ["b"], reason = "Plus de B" }]
    renumber = [{ sheet = "deux", number = "8" }]
    """
    assert proposed(found) == {"renumber": [{"sheet": "deux", "number": "8"}]}
    assert settled(found) == [
        ("renumber.0", None, "amended_since"),
        ("renumber.0.number", "7", "amended_since"),
        ("renumber.0.reason", "R", "amended_since"),
        ("adapt.0", None, "amended_since"),
        ("adapt.0.append.means.0", "b", "amended_since"),
        ("adapt.0.reason", "B", "amended_since"),
        ("adapt.0", None, "undoes"),
        ("adapt.0.remove.means.0", "b", "undoes"),
        ("adapt.0.reason", "Plus de B", "undoes"),
    ]


def test_sheet_taken_up_again_as_it_is_leaves_nothing_to_write(found: Migration) -> None:
    """
    [former.sheets.une]
    [local]
    exclude = [{ sheet = "une", reason = "Pas encore." }]
    [local.amendments.b1]
    in_force_on = 2022-01-01
    take = [{ sheet = "une", reason = "Le moment est venu." }]
    """
    assert proposed(found) == {}
    assert settled(found) == [
        ("exclude.0", None, "taken_up_since"),
        ("exclude.0.reason", "Pas encore.", "taken_up_since"),
        ("take.0", None, "undoes"),
        ("take.0.reason", "Le moment est venu.", "undoes"),
    ]


def test_party_of_the_parent_put_back_and_taken_out_again_is_taken_out(found: Migration) -> None:
    """
    [former]
    partners = ["A", "B"]
    [former.sheets.une]
    [local]
    contract = { remove.partners = ["A"] }
    [local.amendments.b1]
    in_force_on = 2022-01-01
    contract = { append.partners = ["A"] }
    [local.amendments.b2]
    in_force_on = 2023-01-01
    contract = { remove.partners = ["A"] }
    """
    assert proposed(found) == {"contract": {"remove": {"partners": ["A"]}}}


def test_only_the_sheets_that_were_taken_are_taken(found: Migration) -> None:
    """
    [former]
    [former.sheets.une]
    means = ["a"]
    [former.sheets.deux]
    [former.sheets.trois]
    [former.sheets.quatre]
    [former.sheets.cinq]
    [former.sheets.six]
    [former.sheets.sept]
    [local]
    takes = "listed"
    adapt = [{ sheet = "une", number = "1", set.title = "Une", append.means = ["b"] }]
    take = [{ sheet = "quatre" }]
    exclude = [{ sheet = "cinq", reason = "Pas ici" }]
    merge = [{ sheets = ["six", "sept"], code = "ensemble", set.title = "Ensemble" }]
    [local.amendments.b1]
    in_force_on = 2022-01-01
    take = [{ sheet = "deux", number = "2" }]
    """
    assert proposed(found) == {
        "adapt": [
            {"sheet": "une", "number": "1", "set": {"title": "Une"}, "append": {"means": ["b"]}}
        ],
        "take": [{"sheet": "deux", "number": "2"}, {"sheet": "quatre"}],
        "exclude": [{"sheet": "cinq", "reason": "Pas ici"}],
        "merge": [{"sheets": ["six", "sept"], "code": "ensemble", "set": {"title": "Ensemble"}}],
    }


def test_all_that_an_amendment_to_come_says_is_listed(doc: dict[str, Any]) -> None:
    """
    [former.sheets.une]
    [local]
    [local.amendments.b1]
    in_force_on = 2022-01-01
    contract = { append.partners = ["Le club"], reason = "Voté", editorial = true }
    axes = [{ code = "x", parent = "a", title = "X" }]
    adapt = [{ sheet = "une", set.lead = "Le quartier" }]
    """
    former = Parent(contract_of(dict(doc["former"])), (), date(2021, 1, 1))
    new = Parent(contract_of({"id": "suite", **doc["former"]}), ())
    links = {"contract": "suite", "former": "parent", "known": "partial"}
    local = overlay_of(doc["local"])
    found = migration(former, new, Correspondence.model_validate(links), local, PLACE)
    left = "left_behind not_in_force"
    assert told_by_file(found) == [
        ("b1", "adapt", "adapt.0", left, ""),
        ("b1", "adapt", "adapt.0.set.lead", left, ""),
        ("b1", "axes", "axes.0", left, ""),
        ("b1", "contract", "contract.editorial", "left_behind refused", ""),
        ("b1", "contract", "contract.reason", left, ""),
        ("b1", "contract", "contract.append.partners.0", left, ""),
        ("b1", "axes", "axes.0.parent", left, ""),
    ]
    assert [fate.value for fate in found.fates if fate.piece.way] == ["Le quartier", "Le club"]
    assert list(found.local.sheets) == ["une"]
