"""Whole drafts of a local text under a new parent, to the letter; each docstring is the input."""

from cpps_cli.engine.rebase import Rebased


def test_both_texts_are_named_and_each_piece_of_the_draft_leads_to_its_change(
    found: Rebased,
) -> None:
    """
    former = ["une"]
    new = ["une", "autre"]
    local.adapt = [{ sheet = "une", reason = "Ici", set.lead = "Le quartier" }]
    local.axes = [{ code = "a", number = 1 }]
    """
    assert (found.former.id, found.base.id, found.successor.id) == ("parent", "parent", "suite")
    assert (found.version, found.correspondence.contract) == ("signed", "suite")
    assert (found.overlay.parent, found.own_axes_added) == ("parent", ())
    assert [sheet.code for sheet in found.unmatched] == ["autre"]
    pieces = [item.operation for item in found.of_draft]
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


def test_each_piece_on_a_split_sheet_goes_where_its_words_are(found: Rebased) -> None:
    """
    link = "nuit -> soir + appels"
    former.nuit = { context = "Un contexte", lead = "La mairie", means = ["Une ligne", "Un local"] }
    new.soir = { number = "3.1", context = "Un contexte", lead = "La mairie", means = ["Un local"] }
    new.appels = { context = "Un contexte", means = ["Une ligne", "Un local"] }
    local.adapt = [{ sheet = "nuit", number = "3.1", axis = "b",
      set = { context = "Chez nous", lead = "Le quartier" },
      append.means = ["Un vélo"], remove.means = ["Un local", "Une ligne"] }]
    draft.adapt = [
      { sheet = "soir", axis = "b", set.lead = "Le quartier", remove.means = ["Un local"] },
      { sheet = "appels", axis = "b", remove.means = ["Un local", "Une ligne"] },
    ]
    dispositions = '''
    adapt.0!: remapped split -> soir appels
    adapt.0.number: to_decide split -> soir appels
    adapt.0.axis: remapped -> soir appels
    adapt.0.set.context: to_decide split -> soir appels
    adapt.0.set.lead: remapped -> soir
    adapt.0.append.means.0: to_decide split -> soir appels
    adapt.0.remove.means.0: remapped -> soir appels
    adapt.0.remove.means.1: remapped -> appels'''
    """


def test_merge_goes_on_with_the_parts_of_a_sheet_that_is_split(found: Rebased) -> None:
    """
    link = "matin -> aube + matinee; fini ->"
    former.matin.lead = "Le parquet"
    former.midi.context = "Avant"
    former.fini = {}
    new.aube = {}
    new.matinee = {}
    new.midi.context = "Depuis"
    local.merge = [{ sheets = ["matin", "midi", "fini"], code = "jour", reason = "Une équipe",
      set = { title = "Le jour", context = "Chez nous", places = ["La place"] },
      keep = { lead = "matin", means = "fini", audience = "midi" } }]
    draft.merge = [{ sheets = ["aube", "matinee", "midi"], code = "jour", reason = "Une équipe",
      set = { title = "Le jour", context = "Chez nous", places = ["La place"] },
      keep.audience = "midi" }]
    dispositions = '''
    merge.0 .code: remapped -> jour
    merge.0.sheets.0: remapped -> aube matinee
    merge.0.sheets.1: remapped -> midi
    merge.0.sheets.2: orphaned dropped
    merge.0.set.context! .set.places .set.title!: remapped -> jour
    merge.0.keep.audience: remapped -> midi
    merge.0.keep.lead: to_decide split -> aube matinee
    merge.0.keep.means: orphaned dropped
    merge.0.reason: remapped -> jour'''
    """
    [context] = [item for item in found.dispositions if item.operation.field == "context"]
    assert (context.base, context.theirs) == ("Avant", "Depuis")


# --- places


def test_place_that_a_sheet_has_already_is_not_written(found: Rebased) -> None:
    """
    link = "quatre + cinq -> ensemble"
    former = ["une", "deux", "trois", "quatre", "cinq", "six", "sept", "huit"]
    new.huit = {}
    new.une.number = "1.1"
    new.deux.number = "1.2"
    new.trois.number = "1.3"
    new.ensemble.number = "1.4"
    new.six.number = "1.6"
    new.sept.axis = "b"
    local.adapt = [{ sheet = "trois", number = "1.3", set.lead = "Le quartier" }]
    local.merge = [{ sheets = ["quatre", "cinq"], code = "notre", number = "1.4" }]
    local.renumber = [
      { sheet = "une", number = "1.1", reason = "Sa place" },
      { sheet = "deux", number = "1.2", axis = "b" },
      { sheet = "six", number = "1.7" },
      { sheet = "sept", axis = "b" },
      { sheet = "huit", axis = "b" },
    ]
    local.add = [{ code = "halle", title = "La halle", axis = "a" }]
    draft.renumber = [{ sheet = "deux", axis = "b", number = "1.2" },
      { sheet = "six", number = "1.7" }, { sheet = "huit", axis = "b" }]
    draft.adapt = [{ sheet = "trois", number = "1.3", set.lead = "Le quartier" }]
    draft.add = [{ code = "halle", title = "La halle", axis = "a" }]
    dispositions = '''
    renumber.0: remapped -> une
    renumber.0.number .reason: said_already parent_says_it -> une
    renumber.1 .number .axis: remapped -> deux
    renumber.2 .number: remapped -> six
    renumber.3: remapped -> sept
    renumber.3.axis: said_already parent_says_it -> sept
    renumber.4 .axis: remapped -> huit
    adapt.0 .number .set.lead: remapped -> trois
    merge.0!: remapped one_sheet_now -> ensemble
    merge.0.code: discarded one_sheet_now -> ensemble
    merge.0.sheets.0 .sheets.1: remapped -> ensemble
    merge.0.number: said_already parent_says_it -> ensemble
    add.0 .axis: remapped -> halle'''
    """


def test_merged_sheet_keeps_its_number_under_the_code_of_a_sheet(
    found: Rebased,
) -> None:
    """
    former = ["une", "deux"]
    new.une.number = "1.1"
    new.deux = {}
    local.merge = [{ sheets = ["une", "deux"], code = "une", number = "1.1",
      reason = "Une équipe" }]
    draft.merge = [{ sheets = ["une", "deux"], code = "une", number = "1.1",
      reason = "Une équipe" }]
    dispositions = '''
    merge.0 .code .sheets.0: remapped -> une
    merge.0.sheets.1: remapped -> deux
    merge.0.number .reason: remapped -> une'''
    """


def test_only_the_number_that_another_sheet_has_is_to_be_decided(found: Rebased) -> None:
    """
    former = ["une", "deux"]
    new.une = {}
    new.deux = {}
    new.trois.number = "3"
    local.renumber = [{ sheet = "une", number = "3" }, { sheet = "deux", number = "4" }]
    draft.renumber = [{ sheet = "deux", number = "4" }]
    dispositions = '''
    renumber.0: remapped -> une
    renumber.0.number: to_decide number_taken -> une
    renumber.1 .number: remapped -> deux'''
    """


# --- what a change says of itself


def test_what_the_correspondence_infers_is_marked_in_the_draft(found: Rebased) -> None:
    """
    link = "une ~> une; deux ~> deux; trois ~> trois"
    former = ["une", "deux", "trois", "quatre"]
    new = ["une", "deux", "trois", "quatre"]
    local.renumber = [{ sheet = "deux", number = "2.1" }]
    local.adapt = [{ sheet = "une", number = "1.1", inferred = ["number"],
      set.lead = "Le quartier" }]
    local.merge = [{ sheets = ["trois", "quatre"], code = "ensemble", inferred = ["title"],
      set.title = "Ensemble" }]
    draft.renumber = [{ sheet = "deux", number = "2.1", inferred = ["sheet"] }]
    draft.adapt = [{ sheet = "une", number = "1.1", inferred = ["number", "sheet"],
      set.lead = "Le quartier" }]
    draft.merge = [{ sheets = ["trois", "quatre"], code = "ensemble", inferred = ["title", "sheet"],
      set.title = "Ensemble" }]
    """


def test_changes_that_meet_say_what_each_said_of_itself(found: Rebased) -> None:
    """
    link = "une + deux -> ensemble"
    former.une.context = "Avant"
    former.deux = {}
    new.ensemble.context = "Depuis"
    local.adapt = [
      { sheet = "une", note = "Une note", sources = ["S1", "S2"], set.context = "Ici",
        append.means = ["Un vélo"] },
      { sheet = "deux", note = "Une autre", sources = ["S2", "S3"], set.context = "Là",
        append.means = ["Un local"] },
    ]
    draft.adapt = [{ sheet = "ensemble", sources = ["S1", "S2", "S3"], note = "Une note Une autre",
      append.means = ["Un vélo", "Un local"] }]
    dispositions = '''
    adapt.0: remapped -> ensemble
    adapt.0.set.context: to_decide meet -> ensemble
    adapt.0.append.means.0 .note .sources adapt.1: remapped -> ensemble
    adapt.1.set.context: to_decide meet -> ensemble
    adapt.1.append.means.0 .note .sources: remapped -> ensemble'''
    """


def test_reason_of_a_merge_goes_to_the_merged_sheet_alone(found: Rebased) -> None:
    """
    former = ["une", "deux"]
    new = ["une", "deux"]
    local.merge = [{ sheets = ["une", "deux"], code = "notre", keep.lead = "une",
      reason = "Une équipe" }]
    dispositions = '''
    merge.0 .code: remapped -> notre
    merge.0.sheets.0: remapped -> une
    merge.0.sheets.1: remapped -> deux
    merge.0.keep.lead: remapped -> une
    merge.0.reason: remapped -> notre'''
    """


def test_text_kept_by_a_merge_that_the_parent_says_is_no_change(
    found: Rebased,
) -> None:
    """
    link = "une + deux -> ensemble"
    former.une.lead = "La mairie"
    former.deux.lead = "Le parquet"
    new.ensemble.lead = "Le  parquet"
    local.merge = [{ sheets = ["une", "deux"], code = "notre", keep.lead = "deux" }]
    draft = {}
    dispositions = '''
    merge.0!: remapped one_sheet_now -> ensemble
    merge.0.code: discarded one_sheet_now -> ensemble
    merge.0.sheets.0 .sheets.1: remapped -> ensemble
    merge.0.keep.lead: said_already parent_says_it -> ensemble'''
    """


# --- what is left out, taken or added


def test_sheet_left_out_is_to_be_read_again_where_its_text_changed(found: Rebased) -> None:
    """
    link = "trois ->"
    former.une.lead = "La mairie"
    former.deux.lead = "Le parquet"
    former.trois = {}
    former.perdue = {}
    new.une.lead = "La mairie"
    new.deux.lead = "Le rectorat"
    local.exclude = [
      { sheet = "une", decided_by = "Le conseil" },
      { sheet = "deux", decided_by = "Le conseil" },
      { sheet = "trois", decided_by = "Le conseil" },
      { sheet = "perdue", decided_by = "Le conseil" },
    ]
    draft.exclude = [{ sheet = "deux", decided_by = "Le conseil" },
      { sheet = "une", decided_by = "Le conseil" }]
    dispositions = '''
    exclude.0 .decided_by: remapped -> une
    exclude.1! .decided_by: remapped -> deux
    exclude.2 .decided_by: said_already parent_dropped_it
    exclude.3 .decided_by: orphaned unknown'''
    """


def test_sheets_taken_whole_hold_no_more_than_was_taken(found: Rebased) -> None:
    """
    link = "une + deux -> ensemble"
    former = ["une", "deux"]
    new = ["ensemble"]
    local.takes = "listed"
    local.take = [{ sheet = "une" }]
    local.adapt = [{ sheet = "deux", set.lead = "Le quartier" }]
    dispositions = "take.0 adapt.0 .set.lead: remapped -> ensemble"
    """


def test_sheet_that_holds_more_is_not_read_again_where_all_are_taken(
    found: Rebased,
) -> None:
    """
    link = "une + deux -> ensemble"
    former = ["une", "deux"]
    new = ["ensemble"]
    local.adapt = [{ sheet = "une", set.lead = "Le quartier" }]
    draft.adapt = [{ sheet = "ensemble", set.lead = "Le quartier" }]
    dispositions = "adapt.0 .set.lead: remapped -> ensemble"
    """


def test_local_sheets_that_cannot_stand_are_shown_where_they_would(
    found: Rebased,
) -> None:
    """
    link = "axis b -> gone"
    former = ["une", "deux"]
    new = ["une", "deux", "marche", "notre"]
    local.add = [
      { code = "marche", title = "Le marché", axis = "a", number = "7" },
      { code = "square", title = "Le square", axis = "b", number = "8" },
      { code = "halle", title = "La halle", axis = "a", number = "9", sources = ["S1"] },
    ]
    local.merge = [{ sheets = ["une", "deux"], code = "notre", number = "5" }]
    draft.add = [{ code = "halle", title = "La halle", axis = "a", number = "9", sources = ["S1"] }]
    dispositions = '''
    merge.0 .code .sheets.0 .sheets.1 .number: to_decide code_taken -> une deux
    add.0 .number .axis: to_decide code_taken -> marche
    add.1 .number .axis: to_decide axis_gone -> square
    add.2 .number .axis: remapped -> halle'''
    """


# --- the contract itself


def test_parties_are_carried_each_on_its_own(found: Rebased) -> None:
    """
    former.partners = ["A"]
    former.signatories = ["M", "N"]
    new.partners = ["C"]
    new.signatories = ["M", "P"]
    local.contract = { reason = "Ici", sources = ["S1"],
      set = { partners = ["B"], term = "2020..2021" }, append.signatories = ["Q", "P"],
      remove.signatories = ["N", "M"] }
    draft.contract = { reason = "Ici", sources = ["S1"], set.partners = ["B"],
      append.signatories = ["Q"], remove.signatories = ["M"] }
    dispositions = '''
    contract.set.partners!: remapped
    contract.set.term: discarded former_contract
    contract.append.signatories.0: remapped
    contract.append.signatories.1: said_already parent_says_it
    contract.remove.signatories.0: orphaned item_gone
    contract.remove.signatories.1 .reason .sources: remapped'''
    """
    by_key = {item.operation.path: (item.base, item.theirs) for item in found.dispositions}
    assert by_key["set", "partners"] == (("A",), ("C",))
    assert by_key["remove", "signatories", 0] == (None, ("M", "P"))


def test_parties_that_the_new_parent_has_as_before_are_not_read_again(found: Rebased) -> None:
    """
    former.partners = ["A"]
    new.partners = ["A"]
    local.contract.set.partners = ["B"]
    dispositions = "contract.set.partners: remapped"
    """


def test_axis_of_a_former_code_answers_what_became_of_it(found: Rebased) -> None:
    """
    link = "axis a -> x; axis c -> x; axis d -> gone; axis e -> y; axis lost -> z"
    former.axes = [{ code = "a" }, { code = "b" }, { code = "c" }, { code = "d" }, { code = "e" }]
    former.une = {}
    new.axes = [{ code = "x" }, { code = "b" }, { code = "y" }, { code = "z" }]
    new.une.axis = "x"
    local.axes = [
      { code = "a", number = 1, title = "Nos gens", sources = ["S1"], note = "Voté" },
      { code = "b", number = 2 },
      { code = "c", number = 3 },
      { code = "d", number = 4 },
      { code = "e", parent = "e" },
      { code = "lost", parent = "d" },
    ]
    draft.axes = [
      { code = "a", title = "Nos gens", number = 1, parent = "x", sources = ["S1"], note = "Voté" },
      { code = "b", number = 2 },
      { code = "c", number = 3 },
      { code = "d", number = 4 },
      { code = "e", parent = "y" },
      { code = "lost" },
    ]
    dispositions = '''
    axes.0 axes.1 axes.2 axes.3 axes.4 axes.5 axes.4.parent=y: remapped
    axes.5.parent: orphaned axis_gone'''
    """


def test_merge_is_marked_where_its_sheets_are_inferred(
    found: Rebased,
) -> None:
    """
    link = "une ~> une"
    former = ["une", "deux"]
    new = ["une", "deux"]
    local.merge = [{ sheets = ["une", "deux"], code = "ensemble" }]
    draft.merge = [{ sheets = ["une", "deux"], code = "ensemble", inferred = ["sheet"] }]
    """


def test_text_that_the_new_parent_says_already_is_no_rival_of_another(found: Rebased) -> None:
    """
    link = "une + deux -> ensemble"
    former = ["une", "deux"]
    new.ensemble.lead = "Le quartier"
    local.adapt = [{ sheet = "une", set.lead = "Le quartier" },
      { sheet = "deux", set.lead = "Le comité" }]
    draft.adapt = [{ sheet = "ensemble", set.lead = "Le comité" }]
    dispositions = '''
    adapt.0: remapped -> ensemble
    adapt.0.set.lead: said_already parent_says_it -> ensemble
    adapt.1 .set.lead!: remapped -> ensemble'''
    """
