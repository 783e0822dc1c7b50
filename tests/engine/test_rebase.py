"""What becomes of each piece of a local text under a new parent; each docstring is the input."""

from cpps_cli.engine.rebase import Rebased


def test_text_that_rests_on_other_words_is_to_be_read_again(found: Rebased) -> None:
    """
    former.une = { lead = "La mairie", context = "Avant" }
    new.une = { lead = "La préfecture", context = " Avant " }
    local.adapt = [{ sheet = "une", set = { lead = "Le quartier", context = "Chez nous" } }]
    draft.adapt = [{ sheet = "une", set = { context = "Chez nous", lead = "Le quartier" } }]
    dispositions = "adapt.0 .set.context .set.lead!: remapped -> une"
    """
    [item] = [item for item in found.dispositions if item.to_reread]
    assert (item.base, item.theirs) == ("La mairie", "La préfecture")


def test_text_is_held_against_the_version_it_was_written_for(found: Rebased) -> None:
    """
    former.une.lead = "La mairie"
    former_amendments.avenant = { in_force_on = 2020-01-01,
      adapt = [{ sheet = "une", set.lead = "La préfecture" }] }
    new.une.lead = "La mairie"
    local.parent_version = "signed"
    local.adapt = [{ sheet = "une", set.lead = "Le quartier" }]
    draft.adapt = [{ sheet = "une", set.lead = "Le quartier" }]
    dispositions = "adapt.0 .set.lead: remapped -> une"
    """
    assert found.proposal.parent_version == "signed"


def test_what_the_new_parent_says_already_is_not_written(found: Rebased) -> None:
    """
    former.une.partners = ["A"]
    new.une = { lead = "Le  quartier", partners = ["A", "Le collège d’ici"] }
    local.adapt = [{ sheet = "une", reason = "ici", set.lead = "Le quartier",
      append.partners = ["Le collège d'ici"] }]
    draft = {}
    dispositions = '''
    adapt.0: remapped -> une
    adapt.0.set.lead .append.partners.0 .reason: said_already parent_says_it -> une'''
    """


def test_item_to_take_out_is_written_as_the_new_parent_writes_it(found: Rebased) -> None:
    """
    former.une.places = ["L'école", "Le stade"]
    new.une.places = ["L’école", "La gare"]
    local.adapt = [{ sheet = "une", remove.places = ["L'école", "Le stade"] }]
    draft.adapt = [{ sheet = "une", remove.places = ["L’école"] }]
    dispositions = '''
    adapt.0 .remove.places.0=L’école: remapped -> une
    adapt.0.remove.places.1: orphaned item_gone -> une'''
    """


def test_each_part_of_a_split_sheet_is_taken_or_left_out(found: Rebased) -> None:
    """
    link = "nuit -> soir + appels; jour -> midi + matin"
    former = ["nuit", "jour"]
    new = ["soir", "appels", "midi", "matin"]
    local.takes = "listed"
    local.take = [{ sheet = "nuit", number = "1.1" }]
    local.exclude = [{ sheet = "jour", reason = "ailleurs", decided_by = "Le comité",
      decided_on = 2020-02-03, review_on = 2021-02-03 }]
    draft.take = [{ sheet = "appels" }, { sheet = "soir" }]
    draft.exclude = [
      { sheet = "matin", reason = "ailleurs", decided_by = "Le comité", decided_on = 2020-02-03,
        review_on = 2021-02-03 },
      { sheet = "midi", reason = "ailleurs", decided_by = "Le comité", decided_on = 2020-02-03,
        review_on = 2021-02-03 },
    ]
    dispositions = '''
    take.0!: remapped split -> soir appels
    take.0.number: to_decide split -> soir appels
    exclude.0! .decided_by .decided_on .review_on .reason: remapped -> midi matin'''
    """


def test_two_texts_on_one_field_of_a_merged_sheet_are_a_question(found: Rebased) -> None:
    """
    link = "une + deux -> ensemble"
    former = ["une", "deux"]
    new = ["ensemble"]
    local.adapt = [{ sheet = "une", set.lead = "Le quartier", append.means = ["Un vélo"] },
      { sheet = "deux", set.lead = "Le comité", append.means = ["Un local"] }]
    draft.adapt = [{ sheet = "ensemble", append.means = ["Un vélo", "Un local"] }]
    dispositions = '''
    adapt.0: remapped -> ensemble
    adapt.0.set.lead: to_decide meet -> ensemble
    adapt.0.append.means.0 adapt.1: remapped -> ensemble
    adapt.1.set.lead: to_decide meet -> ensemble
    adapt.1.append.means.0: remapped -> ensemble'''
    """


def test_changes_on_sheets_that_are_gone_find_no_home(found: Rebased) -> None:
    """
    link = "tombee ->; abrogee -> suite"
    former = ["tombee", "perdue", "abrogee"]
    new = ["suite"]
    new_amendments.avenant = { in_force_on = 2030-01-01, exclude = [{ sheet = "suite" }] }
    local.adapt = [{ sheet = "tombee", set.lead = "A" }, { sheet = "perdue", set.lead = "B" },
      { sheet = "abrogee", set.lead = "C" }]
    draft = {}
    dispositions = '''
    adapt.0 .set.lead: orphaned dropped
    adapt.1 .set.lead: orphaned unknown
    adapt.2 .set.lead: orphaned repealed'''
    """


def test_added_sheet_keeps_its_text_and_finds_its_axis(found: Rebased) -> None:
    """
    link = "axis a -> z"
    former = []
    new.axes = [{ code = "z" }]
    new.suite = { axis = "z", number = "1.1" }
    local.add = [
      { code = "marche", title = "Le marché", axis = "a", number = "1.1" },
      { code = "square", title = "Le square", axis = "b" },
      { code = "suite", title = "La suite", axis = "a" },
    ]
    draft.add = [{ code = "marche", title = "Le marché", axis = "z" }]
    dispositions = '''
    add.0: remapped -> marche
    add.0.number: to_decide number_taken -> marche
    add.0.axis=z: remapped -> marche
    add.1 .axis: to_decide axis_gone -> square
    add.2 .axis: to_decide code_taken -> suite'''
    """
    assert [sheet.code for sheet in found.unmatched] == ["suite"]


def test_own_axes_keep_their_links_and_receive_what_is_new(found: Rebased) -> None:
    """
    link = "-> nouvelle; axis a -> y"
    former = ["une"]
    new.axes = [{ code = "y", title = "Y" }, { code = "z", title = "Z" }]
    new.une.axis = "y"
    new.nouvelle.axis = "z"
    local.axes = [{ code = "chez-nous", parent = "a" }, { code = "ailleurs", parent = "b" }]
    draft.axes = [{ code = "chez-nous", parent = "y" }, { code = "ailleurs" },
      { code = "z", title = "Z" }]
    dispositions = '''
    axes.0 axes.1 axes.0.parent=y: remapped
    axes.1.parent: orphaned axis_gone'''
    """
    assert found.own_axes_added == ("z",)
    assert [sheet.code for sheet in found.new_sheets] == ["nouvelle"]


def test_proposal_is_a_draft(found: Rebased) -> None:
    """
    former = []
    new = []
    new_amendments.avenant = { in_force_on = 2030-01-01, contract.append.partners = ["Le club"] }
    local.text = "full"
    draft = {}
    """
    proposal = found.proposal
    assert (proposal.text, proposal.parent_version) == ("partial", "avenant")
    assert (proposal.milestones, proposal.sources) == ((), ())


def test_sheet_that_holds_more_than_was_taken_is_to_be_read_again(found: Rebased) -> None:
    """
    link = "une + deux -> ensemble"
    former = ["une", "deux"]
    new = ["ensemble"]
    local.takes = "listed"
    local.take = [{ sheet = "une" }]
    draft.take = [{ sheet = "ensemble" }]
    dispositions = "take.0!: remapped holds_more -> ensemble"
    """


def test_two_local_merges_that_the_new_parent_joins_are_a_question(found: Rebased) -> None:
    """
    link = "une -> prima; deux + trois -> centre; quatre -> ultima"
    former = ["une", "deux", "trois", "quatre"]
    new = ["prima", "centre", "ultima"]
    local.takes = "listed"
    local.merge = [{ sheets = ["une", "deux"], code = "premiere" },
      { sheets = ["trois", "quatre"], code = "seconde", set.title = "La seconde" }]
    draft.take = [{ sheet = "ultima" }]
    draft.merge = [{ sheets = ["prima", "centre"], code = "premiere" }]
    dispositions = '''
    merge.0 .code: remapped -> premiere
    merge.0.sheets.0: remapped -> prima
    merge.0.sheets.1: remapped -> centre
    merge.1 .code: to_decide merged_elsewhere -> seconde
    merge.1.sheets.0: to_decide merged_elsewhere -> centre
    merge.1.sheets.1: to_decide merged_elsewhere -> ultima
    merge.1.set.title: to_decide merged_elsewhere -> seconde'''
    """


def test_merge_under_a_code_that_the_new_parent_has_is_a_question(found: Rebased) -> None:
    """
    former = ["une", "deux"]
    new = ["une", "deux", "la-notre"]
    local.takes = "listed"
    local.merge = [{ sheets = ["une", "deux"], code = "la-notre", set.title = "Chez nous" }]
    draft.take = [{ sheet = "deux" }, { sheet = "une" }]
    dispositions = "merge.0 .code .sheets.0 .sheets.1 .set.title: to_decide code_taken -> une deux"
    """


def test_text_on_a_sheet_that_another_change_merges_is_a_question(found: Rebased) -> None:
    """
    link = "une -> prima; deux + trois -> centre"
    former = ["une", "deux", "trois"]
    new = ["prima", "centre"]
    local.merge = [{ sheets = ["une", "deux"], code = "la-notre" }]
    local.adapt = [{ sheet = "trois", set.lead = "Le quartier" }]
    draft.merge = [{ sheets = ["prima", "centre"], code = "la-notre" }]
    dispositions = '''
    adapt.0: remapped -> la-notre
    adapt.0.set.lead: to_decide merged_elsewhere -> centre
    merge.0 .code: remapped -> la-notre
    merge.0.sheets.0: remapped -> prima
    merge.0.sheets.1: remapped -> centre'''
    """


def test_reason_of_a_sheet_that_is_in_a_merge_by_now_stands_in_the_merge(found: Rebased) -> None:
    """
    link = "une + trois -> une"
    former = ["une", "deux", "trois"]
    new = ["une", "deux"]
    local.takes = "listed"
    local.take = [{ sheet = "trois", reason = "On y tient." }]
    local.merge = [{ sheets = ["une", "deux"], code = "ensemble", reason = "Une équipe." }]
    draft.merge = [{ sheets = ["une", "deux"], code = "ensemble",
      reason = "Une équipe. On y tient." }]
    """


def test_reason_of_a_merge_that_the_parent_has_made_itself_is_told(found: Rebased) -> None:
    """
    link = "une + deux -> une"
    former = ["une", "deux"]
    new = ["une"]
    local.merge = [{ sheets = ["une", "deux"], code = "ensemble", reason = "Une équipe." }]
    draft = {}
    dispositions = '''
    merge.0!: remapped one_sheet_now -> une
    merge.0.code: discarded one_sheet_now -> une
    merge.0.sheets.0 .sheets.1: remapped -> une
    merge.0.reason: discarded one_sheet_now -> une'''
    """
