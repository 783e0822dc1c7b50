"""A local text is carried with its own amendments; each docstring is the input."""

from datetime import date
from typing import Any

from cpps_cli.engine.rebase import Rebased
from tests.engine.conftest import carried


def test_last_of_two_texts_stands_and_the_other_is_told(found: Rebased) -> None:
    """
    former.une.lead = "La mairie"
    local.adapt = [{ sheet = "une", set.lead = "Le quartier", reason = "avant" }]
    local.amendments.b1.adapt = [{ sheet = "une", set.lead = "Le club", reason = "depuis" }]
    draft.adapt = [{ sheet = "une", reason = "depuis", set.lead = "Le club" }]
    dispositions = '''
    adapt.0 .set.lead .reason: settled amended_since
    b1/adapt.0 .set.lead .reason: remapped -> une'''
    """


def test_each_change_keeps_its_reason_and_its_place(found: Rebased) -> None:
    """
    former.une = { lead = "La mairie", means = ["a"] }
    new.une = { lead = "Le quartier", means = ["a"] }
    local.adapt = [{ sheet = "une", set.lead = "Le quartier", reason = "le service" }]
    local.amendments.b1.adapt = [{ sheet = "une", append.means = ["b"], reason = "la salle" }]
    draft.adapt = [{ sheet = "une", reason = "la salle", append.means = ["b"] }]
    dispositions = '''
    adapt.0: remapped -> une
    adapt.0.set.lead .reason: said_already parent_says_it -> une
    b1/adapt.0 .append.means.0 .reason: remapped -> une'''
    """


def test_item_put_in_and_taken_out_again_is_settled(found: Rebased) -> None:
    """
    former.une.means = ["a"]
    local.takes = "listed"
    local.adapt = [{ sheet = "une", append.means = ["b"] }]
    local.amendments.b1.adapt = [{ sheet = "une", remove.means = ["b"] }]
    draft.take = [{ sheet = "une" }]
    dispositions = '''
    adapt.0 .append.means.0: settled amended_since
    b1/adapt.0 .remove.means.0: settled undoes'''
    """


def test_item_of_the_parent_put_back_and_taken_out_again_is_taken_out(found: Rebased) -> None:
    """
    former.une.means = ["a", "b"]
    local.adapt = [{ sheet = "une", remove.means = ["a"] }]
    local.amendments.b1.adapt = [{ sheet = "une", append.means = ["a"] }]
    local.amendments.b2.adapt = [{ sheet = "une", remove.means = ["a"] }]
    draft.adapt = [{ sheet = "une", remove.means = ["a"] }]
    """


def test_list_that_was_set_is_remapped_with_what_was_put_in_since(found: Rebased) -> None:
    """
    former.une.means = ["a"]
    local.adapt = [{ sheet = "une", set.means = ["b", "c"], reason = "avant" }]
    local.amendments.b1.adapt = [{ sheet = "une", append.means = ["d"], remove.means = ["b"],
      reason = "depuis" }]
    draft.adapt = [{ sheet = "une", reason = "avant depuis", set.means = ["c", "d"] }]
    dispositions = '''
    adapt.0 .set.means .reason b1/adapt.0 .append.means.0 .remove.means.0 .reason:
      remapped -> une'''
    """


def test_sheet_repealed_locally_is_left_out_whatever_it_said_before(found: Rebased) -> None:
    """
    former = ["une", "deux"]
    local.adapt = [{ sheet = "une", set.lead = "Le quartier" }]
    local.amendments.b1.exclude = [{ sheet = "une", reason = "Terminé." }]
    draft.exclude = [{ sheet = "une", reason = "Terminé." }]
    dispositions = '''
    adapt.0 .set.lead: settled repealed_since
    b1/exclude.0 .reason: remapped -> une'''
    """


def test_merged_sheet_repealed_locally_leaves_out_all_that_it_answered(found: Rebased) -> None:
    """
    link = "deux ->"
    former = ["une", "deux"]
    new = ["une"]
    local.merge = [{ sheets = ["une", "deux"], code = "ensemble", set.lead = "Le quartier" }]
    local.amendments.b1.exclude = [{ sheet = "ensemble", reason = "Terminé." }]
    draft.exclude = [{ sheet = "une", reason = "Terminé." }]
    dispositions = '''
    merge.0 .code .sheets.0 .sheets.1 .set.lead: settled repealed_since
    b1/exclude.0: remapped -> une
    b1/exclude.0: said_already parent_dropped_it
    b1/exclude.0.reason: remapped -> une
    b1/exclude.0.reason: said_already parent_dropped_it'''
    """
    whole = [item for item in found.dispositions if item.operation.place.path == ("exclude", 0)]
    outcomes = {item.operation.sheets: item.outcome for item in whole}
    assert outcomes == {("une",): "remapped", ("deux",): "said_already"}


def test_sheet_taken_up_again_is_no_longer_left_out(found: Rebased) -> None:
    """
    former = ["une"]
    local.exclude = [{ sheet = "une", reason = "Pas encore." }]
    local.amendments.b1.take = [{ sheet = "une", number = "4.1", reason = "Le moment est venu." }]
    draft.renumber = [{ sheet = "une", number = "4.1", reason = "Le moment est venu." }]
    dispositions = '''
    exclude.0 .reason: settled taken_up_since
    b1/take.0 .number .reason: remapped -> une'''
    """


def test_merged_sheet_is_remapped_as_its_amendments_left_it(found: Rebased) -> None:
    """
    former.une.means = ["a"]
    former.deux.means = ["b"]
    local.merge = [{ sheets = ["une", "deux"], code = "ensemble", set.title = "Avant" }]
    local.amendments.b1.adapt = [{ sheet = "ensemble", set.title = "Ensemble", append.means = ["c"],
      remove.means = ["a"] }]
    draft.merge = [{ sheets = ["une", "deux"], code = "ensemble",
      set = { title = "Ensemble", means = ["b", "c"] } }]
    dispositions = '''
    merge.0 .code: remapped -> ensemble
    merge.0.sheets.0: remapped -> une
    merge.0.sheets.1: remapped -> deux
    merge.0.set.title: settled amended_since
    b1/adapt.0 .append.means.0 .remove.means.0 .set.title: remapped -> ensemble'''
    """


def test_added_sheet_is_remapped_as_its_amendments_left_it(found: Rebased) -> None:
    """
    former = ["une"]
    local.add = [{ code = "a-nous", title = "À nous", axis = "a", means = ["a"], lead = "Le club" }]
    local.amendments.b1.adapt = [{ sheet = "a-nous", set.lead = "Le quartier",
      append.means = ["b"] }]
    draft.add = [{ code = "a-nous", title = "À nous", axis = "a", means = ["a", "b"],
      lead = "Le quartier" }]
    dispositions = '''
    add.0 .axis: remapped -> a-nous
    add.0.lead: settled amended_since
    b1/adapt.0 .set.lead .append.means.0: remapped -> a-nous'''
    """


def test_added_sheet_that_was_repealed_stands_nowhere_and_is_told(found: Rebased) -> None:
    """
    former = ["une"]
    local.add = [{ code = "a-nous", title = "À nous", axis = "a" }]
    local.amendments.b1.exclude = [{ sheet = "a-nous", reason = "Terminé." }]
    draft = {}
    dispositions = '''
    add.0 .axis: settled repealed_since
    b1/exclude.0 .reason: settled undoes'''
    """


def test_sheets_merged_by_an_amendment_answer_the_parent_s(found: Rebased) -> None:
    """
    former.une.lead = "La mairie"
    former.deux.lead = "L'école"
    local.adapt = [{ sheet = "une", set.lead = "Le quartier" }]
    local.add = [{ code = "a-nous", title = "À nous", axis = "a" }]
    local.amendments.b1.merge = [{ sheets = ["une", "deux", "a-nous"], code = "tout",
      set.title = "Tout" }]
    draft.merge = [{ sheets = ["une", "deux"], code = "tout",
      set = { title = "Tout", lead = "L'école ; Le quartier" } }]
    """


def test_merged_sheet_stays_in_the_axis_that_its_own_order_gave_it(found: Rebased) -> None:
    """
    former.une = {}
    former.deux.axis = "b"
    local.axes = [{ code = "b" }, { code = "la-bas", parent = "a" }]
    local.amendments.b1.merge = [{ sheets = ["deux", "une"], code = "tout" }]
    draft.axes = [{ code = "b" }, { code = "la-bas", parent = "a" }]
    draft.merge = [{ sheets = ["deux", "une"], code = "tout", axis = "b",
      set.title = "Fiche deux – Fiche une" }]
    """


def test_refusal_is_listed(found: Rebased) -> None:
    """
    former.une.lead = "La mairie"
    local.adapt = [{ sheet = "une", set.lead = "Le quartier",
      refused.lead = "Le quartier y tient." }]
    local.contract = { append.partners = ["Le club"], refused.partners = "Non." }
    local.amendments.b1.adapt = [{ sheet = "une", append.means = ["b"],
      refused.means = "Non plus." }]
    draft.contract.append.partners = ["Le club"]
    draft.adapt = [{ sheet = "une", set.lead = "Le quartier", append.means = ["b"] }]
    dispositions = '''
    adapt.0 .set.lead: remapped -> une
    adapt.0.refused.lead: discarded refused
    b1/adapt.0 .append.means.0: remapped -> une
    b1/adapt.0.refused.means: discarded refused
    contract.append.partners.0: remapped
    contract.refused.partners: discarded refused'''
    """


def test_amendment_that_is_not_in_force_yet_is_listed(doc: dict[str, Any]) -> None:
    """
    former = ["une"]
    local.amendments.b1.adapt = [{ sheet = "une", set.lead = "Le quartier" }]
    draft = {}
    dispositions = "b1/adapt.0 .set.lead: discarded not_in_force"
    """
    assert carried(doc, date(2021, 1, 1)).own_amendments() == ()


def test_contract_is_changed_as_its_amendments_left_it(found: Rebased) -> None:
    """
    former.partners = ["A", "B"]
    former.signatories = ["M"]
    former.une = {}
    local.contract = { append.partners = ["C"], set.term = "2020..2024", reason = "D'abord",
      sources = ["S1"], refused.term = "Non" }
    local.amendments.b1.contract = { append.partners = ["D", "E"], remove.partners = ["A", "C"],
      set.term = "2020..2025", reason = "Ensuite", sources = ["S2"] }
    local.amendments.b2.contract = { append.signatories = ["N"], reason = "Enfin" }
    draft.contract = { reason = "Ensuite Enfin", sources = ["S2"],
      append = { signatories = ["N"], partners = ["D", "E"] }, remove.partners = ["A"] }
    dispositions = '''
    b1/contract.set.term: discarded former_contract
    b1/contract.append.partners.0 .append.partners.1 .remove.partners.0
      b2/contract.append.signatories.0 b1/contract.reason .sources b2/contract.reason: remapped
    contract.set.term .append.partners.0: settled amended_since
    b1/contract.remove.partners.1: settled undoes
    contract.reason .sources: settled amended_since
    contract.refused.term: discarded refused'''
    """


def test_parties_that_were_set_are_carried_with_those_put_in_since(found: Rebased) -> None:
    """
    former.partners = ["A", "B"]
    former.une = {}
    local.contract = { set.partners = ["B", "C"], reason = "D'abord" }
    local.amendments.b1.contract = { append.partners = ["D"], reason = "Ensuite" }
    draft.contract = { reason = "D'abord Ensuite", set.partners = ["B", "C", "D"] }
    dispositions = '''
    contract.set.partners b1/contract.append.partners.0 contract.reason b1/contract.reason:
      remapped'''
    """


def test_merged_sheet_keeps_its_choice_where_another_field_is_amended(
    found: Rebased,
) -> None:
    """
    former.une = { lead = "La mairie", means = ["a"] }
    former.deux = { lead = "Le parquet", means = ["b"] }
    local.merge = [{ sheets = ["une", "deux"], code = "ensemble", reason = "Une équipe",
      sources = ["S1"], note = "Vu", keep.lead = "deux" }]
    local.amendments.b1.adapt = [{ sheet = "ensemble", append.means = ["d"], reason = "Depuis",
      sources = ["S2", "S1"], note = "Relu" }]
    draft.merge = [{ sheets = ["une", "deux"], code = "ensemble", reason = "Une équipe Depuis",
      sources = ["S1", "S2"], note = "Vu Relu", set.means = ["b", "a", "d"], keep.lead = "deux" }]
    dispositions = '''
    merge.0 .code: remapped -> ensemble
    merge.0.sheets.0: remapped -> une
    merge.0.sheets.1 .keep.lead: remapped -> deux
    merge.0.reason .note .sources b1/adapt.0 .append.means.0 .reason .note .sources: remapped ->
      ensemble'''
    """


def test_sheets_merged_twice_are_merged_once_with_what_stands_of_both(found: Rebased) -> None:
    """
    former.une = { lead = "La mairie", context = "Un" }
    former.deux = { lead = "Le parquet", context = "Deux" }
    former.trois.lead = "Le rectorat"
    local.merge = [{ sheets = ["une", "deux"], code = "ensemble", number = "4.1",
      reason = "Une équipe", keep = { lead = "deux", context = "une" } }]
    local.adapt = [{ sheet = "trois", number = "4.2", set.lead = "Le club", append.means = ["c"],
      note = "Vu" }]
    local.amendments.b1.adapt = [{ sheet = "ensemble", number = "4.3", append.means = ["d"],
      reason = "Depuis" }]
    local.amendments.b2.merge = [{ sheets = ["ensemble", "trois"], code = "tout",
      set.title = "Tout", keep.lead = "trois", reason = "En un" }]
    draft.merge = [{ sheets = ["une", "deux", "trois"], code = "tout",
      reason = "Une équipe Depuis En un", note = "Vu",
      set = { title = "Tout", means = ["c", "d"], lead = "Le club" }, keep.context = "une" }]
    dispositions = '''
    adapt.0 .set.lead .append.means.0 .note: remapped -> tout
    adapt.0.number: settled amended_since
    merge.0 .code=None .sheets.0=None .sheets.1=None: remapped -> tout
    merge.0.keep.context: remapped -> une
    merge.0.reason: remapped -> tout
    merge.0.number .keep.lead: settled amended_since
    b1/adapt.0 .append.means.0 .reason: remapped -> tout
    b1/adapt.0.number: settled amended_since
    b2/merge.0 .sheets.0=None .code: remapped -> tout
    b2/merge.0.sheets.1: remapped -> trois
    b2/merge.0.keep.lead=Le club .set.title .reason: remapped -> tout'''
    """


def test_added_sheet_merged_with_one_of_the_parent_is_an_adaptation(
    found: Rebased,
) -> None:
    """
    former.une = { lead = "La mairie", context = "Un contexte" }
    new.une = { lead = "La mairie", context = "Un autre contexte" }
    local.adapt = [{ sheet = "une", set.lead = "Le quartier", reason = "Ici" }]
    local.add = [{ code = "a-nous", title = "À nous", axis = "a", number = "5", lead = "Le club",
      places = ["La place"], reason = "Voté", note = "Vu", sources = ["S1"] }]
    local.amendments.b1.adapt = [{ sheet = "a-nous", number = "6", set.lead = "La ligue",
      reason = "Relu", sources = ["S2"] }]
    local.amendments.b2.merge = [{ sheets = ["une", "a-nous"], code = "notre",
      set.title = "La nôtre", keep.lead = "a-nous", reason = "En un" }]
    draft.adapt = [{ sheet = "une", reason = "Voté Relu En un", sources = ["S1", "S2"], note = "Vu",
      set = { title = "La nôtre", places = ["La place"], lead = "La ligue" } }]
    dispositions = '''
    adapt.0 .set.lead .reason: settled amended_since
    add.0=None .places .reason .note .sources: remapped -> une
    add.0.number .lead .axis .title: settled amended_since
    b1/adapt.0 .set.lead .reason .sources: remapped -> une
    b1/adapt.0.number: settled amended_since
    b2/merge.0 .code=None .sheets.0=None .sheets.1=None .keep.lead=La ligue .set.title .reason:
      remapped -> une'''
    """
    # Each is known by the text that it had last, under the code that it had then.
    local = found.squashed.sheets
    assert (local["a-nous"].lead, local["notre"].title) == ("La ligue", "La nôtre")


def test_added_sheet_says_what_its_amendments_say_of_themselves(found: Rebased) -> None:
    """
    former = ["une"]
    local.add = [{ code = "a-nous", title = "À nous", axis = "a", number = "5", parent = "unknown",
      reason = "Voté", note = "Vu", sources = ["S1"] }]
    local.amendments.b1.adapt = [{ sheet = "a-nous", number = "6", axis = "b", reason = "Relu",
      note = "Aussi", sources = ["S2", "S1"], set.lead = "La ligue" }]
    draft.add = [{ code = "a-nous", title = "À nous", axis = "b", number = "6", lead = "La ligue",
      sources = ["S1", "S2"], note = "Vu Aussi", parent = "unknown", reason = "Voté Relu" }]
    dispositions = '''
    add.0: remapped -> a-nous
    add.0.number .axis: settled amended_since
    b1/adapt.0 .reason .note .sources .set.lead .number .axis: remapped -> a-nous'''
    """


def test_added_sheets_merged_are_one_added_sheet(found: Rebased) -> None:
    """
    former = ["une"]
    local.add = [
      { code = "ici", title = "Ici", axis = "a", lead = "Le club", reason = "Voté", note = "Vu" },
      { code = "la", title = "Là", axis = "a", means = ["Un vélo"], sources = ["S1"] },
    ]
    local.amendments.b1.merge = [{ sheets = ["ici", "la"], code = "notre", set.title = "La nôtre",
      reason = "En un" }]
    draft.add = [{ code = "notre", title = "La nôtre", axis = "a", means = ["Un vélo"],
      lead = "Le club", sources = ["S1"], note = "Vu", reason = "Voté En un" }]
    """


def test_axes_stated_again_keep_what_they_answered(found: Rebased) -> None:
    """
    former.une = {}
    former.deux.axis = "b"
    local.axes = [{ code = "x", parent = "a" }, { code = "b" },
      { code = "z", announced_sheets = 2 }]
    local.renumber = [{ sheet = "une", number = "3" }]
    local.amendments.b1.axes = [{ code = "x", title = "X" }, { code = "v", parent = "b" },
      { code = "u" }]
    draft.axes = [{ code = "x", title = "X", parent = "a" }, { code = "v", parent = "b" },
      { code = "u" }]
    draft.renumber = [{ sheet = "une", number = "3" }]
    dispositions = '''
    renumber.0 .number: remapped -> une
    b1/axes.0 b1/axes.1 b1/axes.2: remapped
    axes.0 axes.1 axes.2: settled amended_since
    b1/axes.1.parent: remapped
    axes.0.parent axes.2.announced_sheets: settled amended_since'''
    """


def test_change_of_which_nothing_is_left_is_settled_with_its_reason(
    found: Rebased,
) -> None:
    """
    former.une.means = ["a"]
    former.deux.number = "2"
    local.adapt = [{ sheet = "une", append.means = ["b"], reason = "B" }]
    local.renumber = [{ sheet = "deux", number = "7", reason = "R" }]
    local.amendments.b1.adapt = [{ sheet = "une", remove.means = ["b"], reason = "Plus de B" }]
    local.amendments.b1.renumber = [{ sheet = "deux", number = "8" }]
    draft.renumber = [{ sheet = "deux", number = "8" }]
    dispositions = '''
    renumber.0 .number .reason adapt.0 .append.means.0 .reason: settled amended_since
    b1/renumber.0 .number: remapped -> deux
    b1/adapt.0 .remove.means.0 .reason: settled undoes'''
    """


def test_sheet_taken_up_again_as_it_is_leaves_nothing_to_write(found: Rebased) -> None:
    """
    former = ["une"]
    local.exclude = [{ sheet = "une", reason = "Pas encore." }]
    local.amendments.b1.take = [{ sheet = "une", reason = "Le moment est venu." }]
    draft = {}
    dispositions = '''
    exclude.0 .reason: settled taken_up_since
    b1/take.0 .reason: settled undoes'''
    """


def test_party_of_the_parent_put_back_and_taken_out_again_is_taken_out(found: Rebased) -> None:
    """
    former.partners = ["A", "B"]
    former.une = {}
    local.contract.remove.partners = ["A"]
    local.amendments.b1.contract.append.partners = ["A"]
    local.amendments.b2.contract.remove.partners = ["A"]
    draft.contract.remove.partners = ["A"]
    """


def test_only_the_sheets_that_were_taken_are_taken(found: Rebased) -> None:
    """
    former.une.means = ["a"]
    former.deux = {}
    former.trois = {}
    former.quatre = {}
    former.cinq = {}
    former.six = {}
    former.sept = {}
    local.takes = "listed"
    local.adapt = [{ sheet = "une", number = "1", set.title = "Une", append.means = ["b"] }]
    local.take = [{ sheet = "quatre" }]
    local.exclude = [{ sheet = "cinq", reason = "Pas ici" }]
    local.merge = [{ sheets = ["six", "sept"], code = "ensemble", set.title = "Ensemble" }]
    local.amendments.b1.take = [{ sheet = "deux", number = "2" }]
    draft.take = [{ sheet = "deux", number = "2" }, { sheet = "quatre" }]
    draft.adapt = [{ sheet = "une", number = "1", set.title = "Une", append.means = ["b"] }]
    draft.exclude = [{ sheet = "cinq", reason = "Pas ici" }]
    draft.merge = [{ sheets = ["six", "sept"], code = "ensemble", set.title = "Ensemble" }]
    """


def test_all_that_an_amendment_to_come_says_is_listed(doc: dict[str, Any]) -> None:
    """
    former = ["une"]
    local.amendments.b1.contract = { append.partners = ["Le club"], reason = "Voté",
      editorial = true }
    local.amendments.b1.axes = [{ code = "x", parent = "a", title = "X" }]
    local.amendments.b1.adapt = [{ sheet = "une", set.lead = "Le quartier" }]
    dispositions = '''
    b1/adapt.0 .set.lead b1/axes.0: discarded not_in_force
    b1/contract.editorial: discarded refused
    b1/contract.reason .append.partners.0 b1/axes.0.parent: discarded not_in_force'''
    """
    assert list(carried(doc, date(2021, 1, 1)).squashed.sheets) == ["une"]
