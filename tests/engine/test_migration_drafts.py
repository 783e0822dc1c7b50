"""Whole drafts of a local text under a new parent, to the letter; each docstring is the input."""

from typing import Any

import pytest

from cpps_cli.check.local import check_local
from cpps_cli.engine import Parent
from cpps_cli.engine.rebase import Migration, migration
from cpps_cli.model.correspondence import Correspondence
from tests.conftest import PLACE, contract_of, overlay_of
from tests.engine.test_migration import fates, proposed
from tests.engine.test_migration_fates import told


@pytest.fixture
def found(doc: dict[str, Any]) -> Migration:
    """`[local]`, carried from `[former]` to `[new]` by `[link]`; sheets of one code are the same.

    The draft passes the check.
    """
    former, new = contract_of(doc["former"]), contract_of({"id": "suite", **doc["new"]})
    link = {"contract": "suite", "former": "parent", "known": "partial", **doc.get("link", {})}
    stated = link.get("sheets", [])
    named = {code for item in stated for code in item["before"]}
    kept = [sheet.code for sheet in former.sheets if new.sheet(sheet.code)]
    same = [{"kind": "same", "before": [c], "after": [c]} for c in kept if c not in named]
    links = Correspondence.model_validate({**link, "sheets": [*stated, *same]})
    found = migration(Parent(former, ()), Parent(new, ()), links, overlay_of(doc["local"]), PLACE)
    faults = list(check_local(found.proposal, Parent(new, ()), PLACE))
    assert [fault for fault in faults if fault.severity != "note"] == []
    return found


def test_migration_names_both_texts_and_where_each_piece_of_the_draft_comes_from(
    found: Migration,
) -> None:
    """
    [former.sheets.une]
    [new.sheets.une]
    [new.sheets.autre]
    [local]
    adapt = [{ sheet = "une", reason = "Ici", set.lead = "Le quartier" }]
    axes = [{ code = "a", number = 1 }]
    """
    assert (found.former.id, found.then.id, found.successor.id) == ("parent", "parent", "suite")
    assert (found.version, found.correspondence.contract) == ("signed", "suite")
    assert (found.overlay.parent, found.own_axes_added) == ("parent", ())
    assert [sheet.code for sheet in found.unmatched] == ["autre"]
    pieces = [fate.piece for fate in found.drafted]
    assert [piece.path for piece in pieces if piece.kind == "adapt"] == [
        (),
        ("set", "lead"),
        ("reason",),
    ]
    [change] = {id(found.change_at(piece.change)) for piece in pieces if piece.kind == "adapt"}
    assert change == id(found.overlay.adapt[0])
    [axis] = [piece for piece in pieces if piece.kind == "axes"]
    assert found.change_at(axis.change) == found.overlay.axes[0]


# --- splits


def test_each_piece_on_a_split_sheet_goes_where_its_words_are(found: Migration) -> None:
    """
    [former.sheets.nuit]
    context = "Un contexte"
    lead = "La mairie"
    means = ["Une ligne", "Un local"]
    [new.sheets.soir]
    number = "3.1"
    context = "Un contexte"
    lead = "La mairie"
    means = ["Un local"]
    [new.sheets.appels]
    context = "Un contexte"
    means = ["Une ligne", "Un local"]
    [link]
    axes = [{ before = "b", after = "b" }]
    sheets = [{ kind = "split", before = ["nuit"], after = ["soir", "appels"] }]
    [[local.adapt]]
    sheet = "nuit"
    number = "3.1"
    axis = "b"
    set = { context = "Chez nous", lead = "Le quartier" }
    remove.means = ["Un local"]
    """
    nuit, both = ("nuit",), ("soir", "appels")
    assert told(found)[:-1] == [
        ("adapt.0", nuit, "", "carried!", "split", both),
        ("adapt.0.number", nuit, "3.1", "to_decide", "split", both),
        ("adapt.0.axis", nuit, "b", "carried", "", both),
        ("adapt.0.set.context", nuit, "Chez nous", "to_decide", "split", both),
        ("adapt.0.set.lead", nuit, "Le quartier", "carried", "", ("soir",)),
        ("adapt.0.remove.means.0", nuit, "Un local", "carried", "", both),
    ]
    less = {"axis": "b", "remove": {"means": ["Un local"]}}
    assert proposed(found) == {
        "adapt": [
            {"sheet": "soir", "set": {"lead": "Le quartier"}, **less},
            {"sheet": "appels", **less},
        ]
    }


def test_merge_goes_on_with_the_parts_of_a_sheet_that_is_split(found: Migration) -> None:
    """
    [former.sheets.matin]
    lead = "Le parquet"
    [former.sheets.midi]
    context = "Avant"
    [former.sheets.fini]
    [new.sheets.aube]
    [new.sheets.matinee]
    [new.sheets.midi]
    context = "Depuis"
    [link]
    sheets = [
      { kind = "split", before = ["matin"], after = ["aube", "matinee"] },
      { kind = "dropped", before = ["fini"] },
    ]
    [[local.merge]]
    sheets = ["matin", "midi", "fini"]
    code = "jour"
    reason = "Une équipe"
    set = { title = "Le jour", context = "Chez nous", places = ["La place"] }
    keep = { lead = "matin", means = "fini", audience = "midi" }
    """
    three, parts, ours = ("matin", "midi", "fini"), ("aube", "matinee"), ("jour",)
    assert told(found)[:-1] == [
        ("merge.0", three, "", "carried", "", ours),
        ("merge.0.code", three, "jour", "carried", "", ours),
        ("merge.0.sheets.0", ("matin",), "matin", "carried", "", parts),
        ("merge.0.sheets.1", ("midi",), "midi", "carried", "", ("midi",)),
        ("merge.0.sheets.2", ("fini",), "fini", "no_home", "dropped", ()),
        ("merge.0.set.context", three, "Chez nous", "carried!", "", ours),
        ("merge.0.set.places", three, "('La place',)", "carried", "", ours),
        ("merge.0.set.title", three, "Le jour", "carried!", "", ours),
        ("merge.0.keep.audience", ("midi",), "midi", "carried", "", ("midi",)),
        ("merge.0.keep.lead", ("matin",), "matin", "to_decide", "split", parts),
        ("merge.0.keep.means", ("fini",), "fini", "no_home", "dropped", ()),
        ("merge.0.reason", three, "Une équipe", "carried", "", ours),
    ]
    [context] = [fate for fate in found.fates if fate.piece.field == "context"]
    assert (context.before, context.after) == ("Avant", "Depuis")
    [merge] = proposed(found)["merge"]
    assert (merge["sheets"], merge["keep"]) == (["aube", "matinee", "midi"], {"audience": "midi"})


# --- places


def test_place_that_a_sheet_has_already_is_not_written(found: Migration) -> None:
    """
    [former.sheets]
    une = {}
    deux = {}
    trois = {}
    quatre = {}
    cinq = {}
    six = {}
    sept = {}
    huit = {}
    [new]
    [new.sheets.huit]
    [new.sheets.une]
    number = "1.1"
    [new.sheets.deux]
    number = "1.2"
    [new.sheets.trois]
    number = "1.3"
    [new.sheets.ensemble]
    number = "1.4"
    [new.sheets.six]
    number = "1.6"
    [new.sheets.sept]
    axis = "b"
    [link]
    axes = [{ before = "a", after = "a" }, { before = "b", after = "b" }]
    sheets = [{ kind = "merged", before = ["quatre", "cinq"], after = ["ensemble"] }]
    [local]
    adapt = [{ sheet = "trois", number = "1.3", set.lead = "Le quartier" }]
    merge = [{ sheets = ["quatre", "cinq"], code = "notre", number = "1.4" }]
    renumber = [
      { sheet = "une", number = "1.1", reason = "Sa place" },
      { sheet = "deux", number = "1.2", axis = "b" },
      { sheet = "six", number = "1.7" },
      { sheet = "sept", axis = "b" },
      { sheet = "huit", axis = "b" },
    ]
    add = [{ code = "halle", title = "La halle", axis = "a" }]
    """
    said = ("said_already", "parent_says_it")
    assert {key: fate for key, fate in fates(found).items() if fate == said} == dict.fromkeys(
        ("renumber.0.number", "renumber.0.reason", "renumber.3.axis", "merge.0.number"), said
    )
    assert proposed(found) == {
        "adapt": [{"sheet": "trois", "number": "1.3", "set": {"lead": "Le quartier"}}],
        "renumber": [
            {"sheet": "deux", "number": "1.2", "axis": "b"},
            {"sheet": "six", "number": "1.7"},
            {"sheet": "huit", "axis": "b"},
        ],
        "add": [{"code": "halle", "title": "La halle", "axis": "a"}],
    }


def test_number_that_is_to_be_decided_is_not_said_by_the_parent(found: Migration) -> None:
    """
    [former.sheets.une]
    [new.sheets.part-1]
    number = "3.1"
    [new.sheets.part-2]
    [link]
    sheets = [{ kind = "split", before = ["une"], after = ["part-1", "part-2"] }]
    [local]
    renumber = [{ sheet = "une", number = "3.1" }]
    """
    assert fates(found)["renumber.0.number"] == ("to_decide", "split")


def test_merged_sheet_keeps_its_number_under_the_code_of_a_sheet_that_has_it(
    found: Migration,
) -> None:
    """
    [former.sheets.une]
    [former.sheets.deux]
    [new.sheets.une]
    number = "1.1"
    [new.sheets.deux]
    [local]
    merge = [{ sheets = ["une", "deux"], code = "une", number = "1.1", reason = "Une équipe" }]
    """
    assert fates(found)["merge.0.number"] == ("carried", "")
    merge = {"sheets": ["une", "deux"], "code": "une", "number": "1.1", "reason": "Une équipe"}
    assert proposed(found) == {"merge": [merge]}


def test_only_the_number_that_another_sheet_has_is_to_be_decided(found: Migration) -> None:
    """
    [former.sheets.une]
    [former.sheets.deux]
    [new.sheets.une]
    [new.sheets.deux]
    [new.sheets.trois]
    number = "3"
    [local]
    renumber = [{ sheet = "une", number = "3" }, { sheet = "deux", number = "4" }]
    """
    assert proposed(found) == {"renumber": [{"sheet": "deux", "number": "4"}]}
    assert fates(found)["renumber.0.number"] == ("to_decide", "number_taken")
    assert fates(found)["renumber.1.number"] == ("carried", "")


# --- what a change says of itself


def test_what_the_correspondence_infers_is_marked_in_the_draft(found: Migration) -> None:
    """
    [former]
    sheets = { une = {}, deux = {}, trois = {}, quatre = {} }
    [new]
    sheets = { une = {}, deux = {}, trois = {}, quatre = {} }
    [link]
    sheets = [
      { kind = "same", before = ["une"], after = ["une"], inferred = true },
      { kind = "same", before = ["deux"], after = ["deux"], inferred = true },
      { kind = "same", before = ["trois"], after = ["trois"], inferred = true },
    ]
    [local]
    renumber = [{ sheet = "deux", number = "2.1" }]
    [[local.adapt]]
    sheet = "une"
    number = "1.1"
    inferred = ["number"]
    set.lead = "Le quartier"
    [[local.merge]]
    sheets = ["trois", "quatre"]
    code = "ensemble"
    inferred = ["title"]
    set.title = "Ensemble"
    """
    draft = found.proposal
    assert draft.adapt[0].inferred == ("number", "sheet")
    assert draft.renumber[0].inferred == ("sheet",)
    assert draft.merge[0].inferred == ("title", "sheet")


def test_changes_that_meet_say_what_each_said_of_itself(found: Migration) -> None:
    """
    [former.sheets.une]
    context = "Avant"
    [former.sheets.deux]
    [new.sheets.ensemble]
    context = "Depuis"
    [link]
    sheets = [{ kind = "merged", before = ["une", "deux"], after = ["ensemble"] }]
    [[local.adapt]]
    sheet = "une"
    note = "Une note"
    sources = ["S1", "S2"]
    set.context = "Ici"
    append.means = ["Un vélo"]
    [[local.adapt]]
    sheet = "deux"
    note = "Une autre"
    sources = ["S2", "S3"]
    set.context = "Là"
    append.means = ["Un local"]
    """
    assert proposed(found) == {
        "adapt": [
            {
                "sheet": "ensemble",
                "note": "Une note Une autre",
                "sources": ["S1", "S2", "S3"],
                "append": {"means": ["Un vélo", "Un local"]},
            }
        ]
    }
    asked = [item for item in told(found) if item[3].startswith("to_decide")]
    assert asked == [
        ("adapt.0.set.context", ("une",), "Ici", "to_decide", "meet", ("ensemble",)),
        ("adapt.1.set.context", ("deux",), "Là", "to_decide", "meet", ("ensemble",)),
    ]
    assert not [fate for fate in found.fates if fate.to_reread]


def test_reason_of_a_merge_goes_to_the_merged_sheet_alone(found: Migration) -> None:
    """
    [former.sheets.une]
    [former.sheets.deux]
    [new.sheets.une]
    [new.sheets.deux]
    [local]
    merge = [{ sheets = ["une", "deux"], code = "notre", keep.lead = "une", reason = "Une équipe" }]
    """
    [reason] = [fate for fate in found.fates if fate.piece.field == "reason"]
    assert (reason.outcome, reason.to) == ("carried", ("notre",))


def test_text_kept_by_a_merge_that_the_parent_has_made_and_says_is_no_change(
    found: Migration,
) -> None:
    """
    [former.sheets.une]
    lead = "La mairie"
    [former.sheets.deux]
    lead = "Le parquet"
    [new.sheets.ensemble]
    lead = "Le  parquet"
    [link]
    sheets = [{ kind = "merged", before = ["une", "deux"], after = ["ensemble"] }]
    [local]
    merge = [{ sheets = ["une", "deux"], code = "notre", keep.lead = "deux" }]
    """
    [kept] = [item for item in told(found) if item[0] == "merge.0.keep.lead"]
    here = ("ensemble",)
    assert kept[1:] == (("deux",), "deux", "said_already", "parent_says_it", here)
    assert proposed(found) == {}


# --- what is left out, taken or added


def test_sheet_left_out_is_to_be_read_again_where_its_text_changed(found: Migration) -> None:
    """
    [former.sheets.une]
    lead = "La mairie"
    [former.sheets.deux]
    lead = "Le parquet"
    [former.sheets.trois]
    [former.sheets.perdue]
    [new.sheets.une]
    lead = "La mairie"
    [new.sheets.deux]
    lead = "Le rectorat"
    [link]
    sheets = [{ kind = "dropped", before = ["trois"] }]
    [local]
    exclude = [
      { sheet = "une", decided_by = "Le conseil" },
      { sheet = "deux", decided_by = "Le conseil" },
      { sheet = "trois", decided_by = "Le conseil" },
      { sheet = "perdue", decided_by = "Le conseil" },
    ]
    """
    who = "Le conseil"
    assert told(found)[:-1] == [
        ("exclude.0", ("une",), "", "carried", "", ("une",)),
        ("exclude.0.decided_by", ("une",), who, "carried", "", ("une",)),
        ("exclude.1", ("deux",), "", "carried!", "", ("deux",)),
        ("exclude.1.decided_by", ("deux",), who, "carried", "", ("deux",)),
        ("exclude.2", ("trois",), "", "said_already", "parent_dropped_it", ()),
        ("exclude.2.decided_by", ("trois",), who, "said_already", "parent_dropped_it", ()),
        ("exclude.3", ("perdue",), "", "no_home", "unknown", ()),
        ("exclude.3.decided_by", ("perdue",), who, "no_home", "unknown", ()),
    ]
    assert [exclude.sheet for exclude in found.proposal.exclude] == ["deux", "une"]


def test_sheets_taken_whole_hold_no_more_than_was_taken(found: Migration) -> None:
    """
    [former]
    sheets = { une = {}, deux = {} }
    [new]
    sheets = { ensemble = {} }
    [link]
    sheets = [{ kind = "merged", before = ["une", "deux"], after = ["ensemble"] }]
    [local]
    takes = "listed"
    take = [{ sheet = "une" }]
    adapt = [{ sheet = "deux", set.lead = "Le quartier" }]
    """
    assert not [fate for fate in found.fates if fate.to_reread]


def test_one_of_two_sheets_that_the_parent_merged_is_read_again_only_where_few_are_taken(
    found: Migration,
) -> None:
    """
    [former]
    sheets = { une = {}, deux = {} }
    [new]
    sheets = { ensemble = {} }
    [link]
    sheets = [{ kind = "merged", before = ["une", "deux"], after = ["ensemble"] }]
    [local]
    adapt = [{ sheet = "une", set.lead = "Le quartier" }]
    """
    assert not [fate for fate in found.fates if fate.to_reread]
    assert proposed(found) == {"adapt": [{"sheet": "ensemble", "set": {"lead": "Le quartier"}}]}


def test_sheets_of_the_local_contract_that_cannot_stand_are_shown_where_they_would(
    found: Migration,
) -> None:
    """
    [former]
    sheets = { une = {}, deux = {} }
    [new]
    sheets = { une = {}, deux = {}, marche = {}, notre = {} }
    [link]
    axes = [{ before = "a", after = "a" }, { before = "b", after = "gone" }]
    [local]
    add = [
      { code = "marche", title = "Le marché", axis = "a", number = "7" },
      { code = "square", title = "Le square", axis = "b", number = "8" },
      { code = "halle", title = "La halle", axis = "a", number = "9", sources = ["S1"] },
    ]
    merge = [{ sheets = ["une", "deux"], code = "notre", number = "5" }]
    """
    both, sheets = ("une", "deux"), [item for item in told(found) if item[4]]
    assert sheets[:-1] == [
        ("merge.0", both, "", "to_decide", "code_taken", both),
        ("merge.0.code", both, "notre", "to_decide", "code_taken", both),
        ("merge.0.sheets.0", ("une",), "une", "to_decide", "code_taken", both),
        ("merge.0.sheets.1", ("deux",), "deux", "to_decide", "code_taken", both),
        ("merge.0.number", both, "5", "to_decide", "code_taken", both),
        ("add.0", (), "marche", "to_decide", "code_taken", ("marche",)),
        ("add.0.number", (), "7", "to_decide", "code_taken", ("marche",)),
        ("add.0.axis", (), "a", "to_decide", "code_taken", ("marche",)),
        ("add.1", (), "square", "to_decide", "axis_gone", ("square",)),
        ("add.1.number", (), "8", "to_decide", "axis_gone", ("square",)),
        ("add.1.axis", (), "b", "to_decide", "axis_gone", ("square",)),
    ]
    halle = {"code": "halle", "title": "La halle", "axis": "a", "number": "9", "sources": ["S1"]}
    assert proposed(found) == {"add": [halle]}


# --- the contract itself


def test_parties_are_carried_each_on_its_own(found: Migration) -> None:
    """
    [former]
    partners = ["A"]
    signatories = ["M", "N"]
    [new]
    partners = ["C"]
    signatories = ["M", "P"]
    [local.contract]
    reason = "Ici"
    sources = ["S1"]
    set = { partners = ["B"], term = "2020..2021" }
    append.signatories = ["Q", "P"]
    remove.signatories = ["N", "M"]
    """
    assert told(found)[:-1] == [
        ("contract.set.partners", (), "('B',)", "carried!", "", ()),
        ("contract.set.term", (), "2020..2021", "left_behind", "former_contract", ()),
        ("contract.append.signatories.0", (), "Q", "carried", "", ()),
        ("contract.append.signatories.1", (), "P", "said_already", "parent_says_it", ()),
        ("contract.remove.signatories.0", (), "N", "no_home", "item_gone", ()),
        ("contract.remove.signatories.1", (), "M", "carried", "", ()),
        ("contract.reason", (), "Ici", "carried", "", ()),
        ("contract.sources", (), "('S1',)", "carried", "", ()),
    ]
    by_key = {fate.piece.path: (fate.before, fate.after) for fate in found.fates}
    assert by_key["set", "partners"] == (("A",), ("C",))
    assert by_key["remove", "signatories", 0] == (None, ("M", "P"))
    assert proposed(found)["contract"] == {
        "reason": "Ici",
        "sources": ["S1"],
        "set": {"partners": ["B"]},
        "append": {"signatories": ["Q"]},
        "remove": {"signatories": ["M"]},
    }


def test_parties_that_the_new_parent_has_as_before_are_not_read_again(found: Migration) -> None:
    """
    [former]
    partners = ["A"]
    [new]
    partners = ["A"]
    [local]
    contract = { set.partners = ["B"] }
    """
    assert [item[3] for item in told(found)[:-1]] == ["carried"]


def test_axis_of_a_former_code_answers_what_became_of_it(found: Migration) -> None:
    """
    [former]
    axes = [{ code = "a" }, { code = "b" }, { code = "c" }, { code = "d" }, { code = "e" }]
    [former.sheets.une]
    [new]
    axes = [{ code = "x" }, { code = "b" }, { code = "y" }, { code = "z" }]
    [new.sheets.une]
    axis = "x"
    [link]
    axes = [
      { before = "a", after = "x" },
      { before = "b", after = "b" },
      { before = "c", after = "x" },
      { before = "d", after = "gone" },
      { before = "e", after = "y" },
      { before = "lost", after = "z" },
    ]
    [local]
    axes = [
      { code = "a", number = 1, title = "Nos gens", sources = ["S1"], note = "Voté" },
      { code = "b", number = 2 },
      { code = "c", number = 3 },
      { code = "d", number = 4 },
      { code = "e", parent = "e" },
      { code = "lost", parent = "d" },
    ]
    """
    first = {"code": "a", "number": 1, "title": "Nos gens", "sources": ["S1"], "note": "Voté"}
    assert proposed(found)["axes"] == [
        {**first, "parent": "x"},
        {"code": "b", "number": 2},
        {"code": "c", "number": 3},
        {"code": "d", "number": 4},
        {"code": "e", "parent": "y"},
        {"code": "lost"},
    ]
    assert fates(found)["axes.5.parent"] == ("no_home", "axis_gone")


def test_merge_that_says_nothing_of_itself_is_marked_where_its_sheets_are_inferred(
    found: Migration,
) -> None:
    """
    [former]
    sheets = { une = {}, deux = {} }
    [new]
    sheets = { une = {}, deux = {} }
    [link]
    sheets = [{ kind = "same", before = ["une"], after = ["une"], inferred = true }]
    [local]
    merge = [{ sheets = ["une", "deux"], code = "ensemble" }]
    """
    merge = {"sheets": ["une", "deux"], "code": "ensemble", "inferred": ["sheet"]}
    assert proposed(found) == {"merge": [merge]}


def test_text_that_the_new_parent_says_already_is_no_rival_of_another(found: Migration) -> None:
    """
    [former.sheets.une]
    [former.sheets.deux]
    [new.sheets.ensemble]
    lead = "Le quartier"
    [link]
    sheets = [{ kind = "merged", before = ["une", "deux"], after = ["ensemble"] }]
    [local]
    adapt = [
      { sheet = "une", set.lead = "Le quartier" },
      { sheet = "deux", set.lead = "Le comité" },
    ]
    """
    assert proposed(found) == {"adapt": [{"sheet": "ensemble", "set": {"lead": "Le comité"}}]}
    assert fates(found)["adapt.0.set.lead"] == ("said_already", "parent_says_it")
    assert fates(found)["adapt.1.set.lead"] == ("carried", "")
