"""What becomes of each piece of a local text under a new parent; each docstring is the input."""

from typing import Any

import pytest

from cpps_cli.check.local import check_local
from cpps_cli.engine import Parent
from cpps_cli.engine.rebase import Migration, migration
from cpps_cli.library.toml_format import plain_table
from cpps_cli.model.correspondence import Correspondence
from tests.conftest import PLACE, amendments_of, contract_of, overlay_of

HEAD = ("title", "parent_version", "takes", "text")


@pytest.fixture
def found(doc: dict[str, Any]) -> Migration:
    """`[local]`, carried from `[former]` to `[new]` by `[link]`; the proposal passes the check."""
    former = Parent(contract_of(doc["former"]), amendments_of(doc.get("former_amendments", {})))
    new = Parent(contract_of({"id": "suite", **doc["new"]}), amendments_of(doc.get("amended", {})))
    link = {"contract": "suite", "former": "parent", "known": "partial", **doc.get("link", {})}
    found = migration(
        former, new, Correspondence.model_validate(link), overlay_of(doc["local"]), PLACE
    )
    faults = list(check_local(found.proposal, new, PLACE))
    assert [fault for fault in faults if fault.severity != "note"] == []
    return found


def proposed(found: Migration) -> dict[str, Any]:
    """The changes of the proposal."""
    table = plain_table(found.proposal)
    return {key: value for key, value in table.items() if key not in HEAD}


def fates(found: Migration) -> dict[str, tuple[str, str]]:
    """What became of each piece of the changes to sheets, and why."""
    return {
        ".".join(map(str, fate.piece.place.path)): (fate.outcome, fate.why) for fate in found.fates
    }


def test_change_goes_to_the_sheet_under_its_new_code(found: Migration) -> None:
    """
    [former.sheets.une]
    lead = "La mairie"
    [new.sheets.autre]
    lead = "La mairie"
    [[link.sheets]]
    kind = "same"
    before = ["une"]
    after = ["autre"]
    [[local.adapt]]
    sheet = "une"
    number = "4.1"
    reason = "ici"
    set.lead = "Le quartier"
    """
    change = {"sheet": "autre", "number": "4.1", "reason": "ici", "set": {"lead": "Le quartier"}}
    assert proposed(found) == {"adapt": [change]}
    assert not [fate for fate in found.fates if fate.to_reread]


def test_text_that_rests_on_other_words_is_to_be_read_again(found: Migration) -> None:
    """
    [former.sheets.une]
    lead = "La mairie"
    context = "Avant"
    [new.sheets.une]
    lead = "La préfecture"
    context = " Avant "
    [[link.sheets]]
    kind = "same"
    before = ["une"]
    after = ["une"]
    [[local.adapt]]
    sheet = "une"
    set.lead = "Le quartier"
    set.context = "Chez nous"
    """
    assert len(found.proposal.adapt) == 1
    [fate] = [fate for fate in found.fates if fate.to_reread]
    said = (fate.piece.field, fate.before, fate.after, fate.value)
    assert said == ("lead", "La mairie", "La préfecture", "Le quartier")


def test_text_is_held_against_the_version_it_was_written_for(found: Migration) -> None:
    """
    [former.sheets.une]
    lead = "La mairie"
    [former_amendments.avenant]
    in_force_on = 2020-01-01
    adapt = [{ sheet = "une", set.lead = "La préfecture" }]
    [new.sheets.une]
    lead = "La mairie"
    [[link.sheets]]
    kind = "same"
    before = ["une"]
    after = ["une"]
    [local]
    parent_version = "signed"
    adapt = [{ sheet = "une", set.lead = "Le quartier" }]
    """
    assert not [fate for fate in found.fates if fate.to_reread]
    assert found.proposal.parent_version == "signed"


def test_what_the_new_parent_says_already_is_not_written(found: Migration) -> None:
    """
    [former.sheets.une]
    partners = ["A"]
    [new.sheets.une]
    lead = "Le  quartier"
    partners = ["A", "Le collège d’ici"]
    [[link.sheets]]
    kind = "same"
    before = ["une"]
    after = ["une"]
    [[local.adapt]]
    sheet = "une"
    reason = "ici"
    set.lead = "Le quartier"
    append.partners = ["Le collège d'ici"]
    """
    assert proposed(found) == {}
    said = ("said_already", "parent_says_it")
    assert fates(found)["adapt.0.set.lead"] == said
    assert fates(found)["adapt.0.append.partners.0"] == said
    assert fates(found)["adapt.0.reason"] == said


def test_item_to_take_out_is_written_as_the_new_parent_writes_it(found: Migration) -> None:
    """
    [former.sheets.une]
    places = ["L'école", "Le stade"]
    [new.sheets.une]
    places = ["L’école", "La gare"]
    [[link.sheets]]
    kind = "same"
    before = ["une"]
    after = ["une"]
    [[local.adapt]]
    sheet = "une"
    remove.places = ["L'école", "Le stade"]
    """
    assert proposed(found) == {"adapt": [{"sheet": "une", "remove": {"places": ["L’école"]}}]}
    assert fates(found)["adapt.0.remove.places.1"] == ("no_home", "item_gone")


def test_text_goes_to_the_part_of_a_split_sheet_that_has_its_words(found: Migration) -> None:
    """
    [former.sheets.nuit]
    lead = "La mairie"
    means = ["Une ligne", "Deux agents"]
    [new.sheets.soir]
    lead = "La mairie"
    means = ["Deux agents"]
    [new.sheets.appels]
    lead = "La préfecture"
    means = ["Une ligne", "Un standard"]
    [[link.sheets]]
    kind = "split"
    before = ["nuit"]
    after = ["soir", "appels"]
    [[local.adapt]]
    sheet = "nuit"
    set.lead = "Le quartier"
    remove.means = ["Une ligne"]
    append.means = ["Un vélo"]
    """
    assert proposed(found)["adapt"] == [
        {"sheet": "appels", "remove": {"means": ["Une ligne"]}},
        {"sheet": "soir", "set": {"lead": "Le quartier"}},
    ]
    assert fates(found)["adapt.0.append.means.0"] == ("to_decide", "split")


def test_each_part_of_a_split_sheet_is_taken_or_left_out(found: Migration) -> None:
    """
    [former.sheets.nuit]
    [former.sheets.jour]
    [new.sheets.soir]
    [new.sheets.appels]
    [new.sheets.midi]
    [new.sheets.matin]
    [[link.sheets]]
    kind = "split"
    before = ["nuit"]
    after = ["soir", "appels"]
    [[link.sheets]]
    kind = "split"
    before = ["jour"]
    after = ["midi", "matin"]
    [local]
    takes = "listed"
    take = [{ sheet = "nuit", number = "1.1" }]
    [[local.exclude]]
    sheet = "jour"
    reason = "ailleurs"
    decided_by = "Le comité"
    decided_on = 2020-02-03
    review_on = 2021-02-03
    """
    assert [take.sheet for take in found.proposal.take] == ["appels", "soir"]
    assert [exclude.sheet for exclude in found.proposal.exclude] == ["matin", "midi"]
    for exclude in found.proposal.exclude:
        assert (exclude.reason, exclude.decided_by) == ("ailleurs", "Le comité")
        assert (str(exclude.decided_on), str(exclude.review_on)) == ("2020-02-03", "2021-02-03")
    assert fates(found)["take.0.number"] == ("to_decide", "split")


def test_two_texts_on_one_field_of_a_merged_sheet_are_a_question(found: Migration) -> None:
    """
    [former.sheets.une]
    [former.sheets.deux]
    [new.sheets.ensemble]
    [[link.sheets]]
    kind = "merged"
    before = ["une", "deux"]
    after = ["ensemble"]
    [[local.adapt]]
    sheet = "une"
    set.lead = "Le quartier"
    append.means = ["Un vélo"]
    [[local.adapt]]
    sheet = "deux"
    set.lead = "Le comité"
    append.means = ["Un local"]
    """
    change = {"sheet": "ensemble", "append": {"means": ["Un vélo", "Un local"]}}
    assert proposed(found) == {"adapt": [change]}
    assert fates(found)["adapt.0.set.lead"] == ("to_decide", "meet")
    assert fates(found)["adapt.1.set.lead"] == ("to_decide", "meet")


def test_sheet_of_which_a_part_only_was_left_out_is_a_question(found: Migration) -> None:
    """
    [former.sheets.une]
    [former.sheets.deux]
    [new.sheets.ensemble]
    [[link.sheets]]
    kind = "merged"
    before = ["une", "deux"]
    after = ["ensemble"]
    [[local.exclude]]
    sheet = "une"
    reason = "ailleurs"
    """
    assert proposed(found) == {}
    assert fates(found)["exclude.0.reason"] == ("to_decide", "part_left_out")


def test_merge_that_the_new_parent_made_becomes_an_adaptation(found: Migration) -> None:
    """
    [former.sheets.une]
    lead = "La mairie"
    [former.sheets.deux]
    lead = "La préfecture"
    [new.sheets.ensemble]
    lead = "Le parquet"
    [[link.sheets]]
    kind = "merged"
    before = ["une", "deux"]
    after = ["ensemble"]
    [[local.merge]]
    sheets = ["une", "deux"]
    code = "la-notre"
    number = "2.1"
    set.title = "Chez nous"
    keep.lead = "deux"
    """
    change = {"sheet": "ensemble", "number": "2.1", "set": {"title": "Chez nous"}}
    assert proposed(found) == {"adapt": [change]}
    assert fates(found)["merge.0.code"] == ("left_behind", "one_sheet_now")
    [kept] = [fate for fate in found.fates if fate.piece.way == "keep"]
    assert (kept.outcome, kept.value, kept.after) == ("to_decide", "La préfecture", "Le parquet")
    assert kept.before == kept.value


def test_merge_goes_on_with_the_sheets_that_are_left(found: Migration) -> None:
    """
    [former.sheets.une]
    [former.sheets.deux]
    [former.sheets.trois]
    [new.sheets.prima]
    [new.sheets.seconda]
    [[link.sheets]]
    kind = "same"
    before = ["une"]
    after = ["prima"]
    [[link.sheets]]
    kind = "same"
    before = ["deux"]
    after = ["seconda"]
    [[link.sheets]]
    kind = "dropped"
    before = ["trois"]
    [[local.merge]]
    sheets = ["une", "deux", "trois"]
    code = "la-notre"
    keep = { lead = "deux", means = "trois" }
    """
    merge = {"sheets": ["prima", "seconda"], "code": "la-notre", "keep": {"lead": "seconda"}}
    assert proposed(found) == {"merge": [merge]}
    assert fates(found)["merge.0.sheets.2"] == ("no_home", "dropped")
    assert fates(found)["merge.0.keep.means"] == ("no_home", "dropped")


def test_changes_on_sheets_that_are_gone_find_no_home(found: Migration) -> None:
    """
    [former.sheets.tombee]
    [former.sheets.perdue]
    [former.sheets.abrogee]
    [new.sheets.suite]
    [amended.avenant]
    in_force_on = 2030-01-01
    exclude = [{ sheet = "suite" }]
    [[link.sheets]]
    kind = "dropped"
    before = ["tombee"]
    [[link.sheets]]
    kind = "same"
    before = ["abrogee"]
    after = ["suite"]
    [[local.adapt]]
    sheet = "tombee"
    set.lead = "A"
    [[local.adapt]]
    sheet = "perdue"
    set.lead = "B"
    [[local.adapt]]
    sheet = "abrogee"
    set.lead = "C"
    """
    assert proposed(found) == {}
    assert fates(found)["adapt.0.set.lead"] == ("no_home", "dropped")
    assert fates(found)["adapt.1.set.lead"] == ("no_home", "unknown")
    assert fates(found)["adapt.2.set.lead"] == ("no_home", "repealed")


def test_sheet_left_out_that_the_new_parent_drops_is_no_change_any_more(found: Migration) -> None:
    """
    [former.sheets.une]
    [new]
    [[link.sheets]]
    kind = "dropped"
    before = ["une"]
    [[local.exclude]]
    sheet = "une"
    reason = "ailleurs"
    """
    assert proposed(found) == {}
    assert fates(found)["exclude.0.reason"] == ("said_already", "parent_dropped_it")


def test_added_sheet_keeps_its_text_and_finds_its_axis(found: Migration) -> None:
    """
    [former]
    [new]
    axes = [{ code = "z" }]
    [new.sheets.suite]
    axis = "z"
    number = "1.1"
    [link]
    axes = [{ before = "a", after = "z" }]
    [[local.add]]
    code = "marche"
    title = "Le marché"
    axis = "a"
    number = "1.1"
    [[local.add]]
    code = "square"
    title = "Le square"
    axis = "b"
    [[local.add]]
    code = "suite"
    title = "La suite"
    axis = "a"
    """
    add = {"code": "marche", "title": "Le marché", "axis": "z"}
    assert proposed(found) == {"add": [add]}
    assert fates(found)["add.0.number"] == ("to_decide", "number_taken")
    assert fates(found)["add.1"] == ("to_decide", "axis_gone")
    assert fates(found)["add.2"] == ("to_decide", "code_taken")
    assert [sheet.code for sheet in found.unmatched] == ["suite"]


def test_own_axes_keep_their_links_and_receive_what_is_new(found: Migration) -> None:
    """
    [former.sheets.une]
    [new]
    axes = [{ code = "y", title = "Y" }, { code = "z", title = "Z" }]
    [new.sheets.une]
    axis = "y"
    [new.sheets.nouvelle]
    axis = "z"
    [link]
    axes = [{ before = "a", after = "y" }]
    [[link.sheets]]
    kind = "same"
    before = ["une"]
    after = ["une"]
    [[link.sheets]]
    kind = "new"
    after = ["nouvelle"]
    [[local.axes]]
    code = "chez-nous"
    parent = "a"
    [[local.axes]]
    code = "ailleurs"
    parent = "b"
    """
    assert proposed(found)["axes"] == [
        {"code": "chez-nous", "parent": "y"},
        {"code": "ailleurs"},
        {"code": "z", "title": "Z"},
    ]
    assert found.own_axes_added == ("z",)
    assert fates(found)["axes.1.parent"] == ("no_home", "axis_gone")
    assert [sheet.code for sheet in found.new_sheets] == ["nouvelle"]


def test_parties_are_carried_and_dates_stay_with_the_former_contract(found: Migration) -> None:
    """
    [former]
    partners = ["A"]
    [new]
    partners = ["A", "Le club"]
    [local.contract]
    set.term = "2020..2021"
    append.partners = ["Le quartier", "Le club"]
    [[local.milestones]]
    kind = "signed"
    on = "2020-05-05"
    """
    assert proposed(found) == {"contract": {"append": {"partners": ["Le quartier"]}}}
    left = ("left_behind", "former_contract")
    assert fates(found)["contract.set.term"] == left
    assert fates(found)["milestones.0"] == left
    assert fates(found)["contract.append.partners.1"] == ("said_already", "parent_says_it")


def test_proposal_is_a_draft(found: Migration) -> None:
    """
    [former]
    [new]
    [amended.avenant]
    in_force_on = 2030-01-01
    contract = { append = { partners = ["Le club"] } }
    [local]
    text = "full"
    """
    proposal = found.proposal
    assert (proposal.text, proposal.parent_version) == ("partial", "avenant")
    assert (proposal.milestones, proposal.sources) == ((), ())


def test_sheet_that_holds_more_than_was_taken_is_to_be_read_again(found: Migration) -> None:
    """
    [former.sheets.une]
    [former.sheets.deux]
    [new.sheets.ensemble]
    [[link.sheets]]
    kind = "merged"
    before = ["une", "deux"]
    after = ["ensemble"]
    [local]
    takes = "listed"
    take = [{ sheet = "une" }]
    """
    assert proposed(found) == {"take": [{"sheet": "ensemble"}]}
    [fate] = [fate for fate in found.fates if fate.to_reread]
    assert (fate.outcome, fate.why) == ("carried", "holds_more")


def test_two_local_merges_that_the_new_parent_joins_are_a_question(found: Migration) -> None:
    """
    [former.sheets.une]
    [former.sheets.deux]
    [former.sheets.trois]
    [former.sheets.quatre]
    [new.sheets.prima]
    [new.sheets.centre]
    [new.sheets.ultima]
    [[link.sheets]]
    kind = "same"
    before = ["une"]
    after = ["prima"]
    [[link.sheets]]
    kind = "merged"
    before = ["deux", "trois"]
    after = ["centre"]
    [[link.sheets]]
    kind = "same"
    before = ["quatre"]
    after = ["ultima"]
    [local]
    takes = "listed"
    [[local.merge]]
    sheets = ["une", "deux"]
    code = "premiere"
    [[local.merge]]
    sheets = ["trois", "quatre"]
    code = "seconde"
    set.title = "La seconde"
    """
    assert proposed(found) == {
        "merge": [{"sheets": ["prima", "centre"], "code": "premiere"}],
        "take": [{"sheet": "ultima"}],
    }
    assert fates(found)["merge.1.set.title"] == ("to_decide", "merged_elsewhere")


def test_merge_under_a_code_that_the_new_parent_has_is_a_question(found: Migration) -> None:
    """
    [former.sheets.une]
    [former.sheets.deux]
    [new.sheets.une]
    [new.sheets.deux]
    [new.sheets.la-notre]
    [[link.sheets]]
    kind = "same"
    before = ["une"]
    after = ["une"]
    [[link.sheets]]
    kind = "same"
    before = ["deux"]
    after = ["deux"]
    [local]
    takes = "listed"
    merge = [{ sheets = ["une", "deux"], code = "la-notre", set.title = "Chez nous" }]
    """
    assert proposed(found) == {"take": [{"sheet": "deux"}, {"sheet": "une"}]}
    assert fates(found)["merge.0.set.title"] == ("to_decide", "code_taken")


def test_text_on_a_sheet_that_another_change_merges_is_a_question(found: Migration) -> None:
    """
    [former.sheets.une]
    [former.sheets.deux]
    [former.sheets.trois]
    [new.sheets.prima]
    [new.sheets.centre]
    [[link.sheets]]
    kind = "same"
    before = ["une"]
    after = ["prima"]
    [[link.sheets]]
    kind = "merged"
    before = ["deux", "trois"]
    after = ["centre"]
    [[local.merge]]
    sheets = ["une", "deux"]
    code = "la-notre"
    [[local.adapt]]
    sheet = "trois"
    set.lead = "Le quartier"
    """
    assert proposed(found) == {"merge": [{"sheets": ["prima", "centre"], "code": "la-notre"}]}
    assert fates(found)["adapt.0.set.lead"] == ("to_decide", "merged_elsewhere")


def test_reason_of_a_sheet_that_is_in_a_merge_by_now_stands_in_the_merge(found: Migration) -> None:
    """
    [former.sheets.une]
    [former.sheets.deux]
    [former.sheets.trois]
    [new.sheets.une]
    [new.sheets.deux]
    [[link.sheets]]
    kind = "merged"
    before = ["une", "trois"]
    after = ["une"]
    [[link.sheets]]
    kind = "same"
    before = ["deux"]
    after = ["deux"]
    [local]
    takes = "listed"
    take = [{ sheet = "trois", reason = "On y tient." }]
    merge = [{ sheets = ["une", "deux"], code = "ensemble", reason = "Une équipe." }]
    """
    [merge] = found.proposal.merge
    assert merge.reason == "Une équipe. On y tient."


def test_reason_of_a_merge_that_the_parent_has_made_itself_is_told(found: Migration) -> None:
    """
    [former.sheets.une]
    [former.sheets.deux]
    [new.sheets.une]
    [[link.sheets]]
    kind = "merged"
    before = ["une", "deux"]
    after = ["une"]
    [local]
    merge = [{ sheets = ["une", "deux"], code = "ensemble", reason = "Une équipe." }]
    """
    assert proposed(found) == {}
    assert fates(found)["merge.0.reason"] == ("left_behind", "one_sheet_now")
