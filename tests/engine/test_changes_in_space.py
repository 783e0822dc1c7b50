"""What an overlay makes of its parent; each docstring is the input."""

from cpps_cli.engine import Derivation, Parent
from cpps_cli.model import ActionSheet
from tests.conftest import PLACE, contract_of, overlay_of


def origins(derivation: Derivation) -> dict[str, str]:
    return {item.sheet.code: item.origin for item in derivation.derived.sheets}


def codes(derivation: Derivation) -> list[str]:
    return [fault.code for fault in derivation.faults]


def test_untouched_local_takes_the_parent_whole(derivation: Derivation) -> None:
    """
    [parent.sheets.un]
    [parent.sheets.deux]
    [local]
    """
    assert derivation.derived.contract.sheets == derivation.derived.parent.sheets
    assert origins(derivation) == {"deux": "inherited", "un": "inherited"}
    assert codes(derivation) == []


def test_listed_overlay_takes_only_what_it_names(derivation: Derivation) -> None:
    """
    [parent.sheets.un]
    number = "1.1"
    [parent.sheets.deux]
    number = "1.2"
    [local]
    takes = "listed"
    take = [{ sheet = "deux", number = "1.1" }]
    """
    assert origins(derivation) == {"deux": "inherited"}
    assert derivation.derived.sheets[0].sheet.number == "1.1"
    assert [(left.sheet.code, left.origin) for left in derivation.derived.left_out] == [
        ("un", "not_taken_up")
    ]


def test_sheet_kept_word_for_word_under_another_number_is_inherited(
    derivation: Derivation,
) -> None:
    """
    [parent.sheets.un]
    number = "1.1"
    [local]
    renumber = [{ sheet = "un", number = "2.1", axis = "b" }]
    """
    [sheet] = derivation.derived.sheets
    assert (sheet.origin, sheet.sheet.number, sheet.sheet.axis) == ("inherited", "2.1", "b")
    assert codes(derivation) == []


def test_adapted_sheet_sets_appends_and_removes(derivation: Derivation) -> None:
    """
    [parent.sheets.un]
    means = ["un local", "une salle"]
    objectives = ["prévenir"]
    [local]
    [[local.adapt]]
    sheet = "un"
    set.title = "Fiche du quartier"
    append.means = ["un terrain"]
    remove.means = ["une salle"]
    """
    [item] = derivation.derived.sheets
    assert item.origin == "adapted"
    assert item.sheet.title == "Fiche du quartier"
    assert item.sheet.means == ("un local", "un terrain")
    assert item.sheet.objectives == ("prévenir",)
    assert codes(derivation) == []


def test_excluded_sheet_is_left_out_with_its_reason(derivation: Derivation) -> None:
    """
    [parent.sheets.un]
    [local]
    [[local.exclude]]
    sheet = "un"
    reason = "sans objet dans le quartier"
    decided_by = "comité fictif"
    """
    [left] = derivation.derived.left_out
    assert (left.origin, left.reason) == ("excluded", "sans objet dans le quartier")
    assert derivation.derived.parent_summary() == {
        "taken": 0,
        "excluded": 1,
        "not_taken_up": 0,
        "unknown": 0,
        "since_signature": 0,
    }


def test_merge_puts_together_what_it_neither_sets_nor_keeps(derivation: Derivation) -> None:
    """
    [parent.sheets.un]
    context = "Premier."
    means = ["un local"]
    partners = ["le club"]
    [parent.sheets.deux]
    context = "Second."
    means = ["une salle"]
    partners = ["le club"]
    [local]
    [[local.merge]]
    sheets = ["un", "deux"]
    code = "ensemble"
    set.title = "Ensemble"
    keep.context = "deux"
    """
    [item] = derivation.derived.sheets
    assert (item.origin, set(item.answers or ())) == ("merged", {"un", "deux"})
    assert item.sheet.title == "Ensemble"
    assert item.sheet.context == "Second."
    assert item.sheet.means == ("une salle", "un local")  # the parent's order: deux, un
    assert item.sheet.partners == ("le club",)


def test_added_sheet_answers_none_or_we_cannot_tell(derivation: Derivation) -> None:
    """
    [local]
    add = [
      { code = "square", title = "Le square", axis = "a", parent = "none" },
      { code = "halle", title = "La halle", axis = "a", parent = "unknown" },
    ]
    """
    assert {item.sheet.code: item.answers for item in derivation.derived.sheets} == {
        "square": (),
        "halle": None,
    }


def test_own_axes_receive_the_parents_sheets_by_their_link(derivation: Derivation) -> None:
    """
    [parent.sheets.un]
    axis = "a"
    [parent.sheets.deux]
    axis = "b"
    [local]
    axes = [
      { code = "places", number = 1, title = "Nos places", parent = "b" },
      { code = "gens", number = 2, title = "Nos gens", parent = "a" },
    ]
    """
    placed = [(item.sheet.code, item.sheet.axis) for item in derivation.derived.sheets]
    assert placed == [("deux", "places"), ("un", "gens")]
    assert codes(derivation) == []


def test_what_lies_beyond_a_text_known_in_part_is_unknown(derivation: Derivation) -> None:
    """
    [parent.sheets.sure]
    axis = "a"
    [parent.sheets.ailleurs]
    axis = "b"
    [parent.sheets.incertaine]
    axis = "a"
    uncertain = ["axis"]
    [local]
    takes = "listed"
    text = "partial"
    whole_axes = ["a"]
    """
    fates = {left.sheet.code: left.origin for left in derivation.derived.left_out}
    assert fates == {"sure": "not_taken_up", "ailleurs": "unknown", "incertaine": "unknown"}


def test_untitled_sheet_of_the_parent_is_never_not_taken_up() -> None:
    sheet = ActionSheet.model_validate({"code": "sans-titre", "axis": "a"})
    untitled = contract_of({}).replace(sheets=(sheet,))
    derivation = Parent(untitled, ()).derive(overlay_of({"takes": "listed"}), PLACE)
    assert [left.origin for left in derivation.derived.left_out] == ["unknown"]


def test_a_claimed_mark_disappears_where_the_local_text_states_the_field(
    derivation: Derivation,
) -> None:
    """
    [parent.sheets.un]
    number = "1.1"
    inferred = ["number", "axis"]
    cut = ["title"]
    [local]
    [[local.adapt]]
    sheet = "un"
    number = "1.2"
    set.title = "Titre entier"
    """
    [item] = derivation.derived.sheets
    assert (item.sheet.inferred, item.sheet.cut) == (("axis",), ())


def test_term_and_window_are_the_parents_unless_stated(derivation: Derivation) -> None:
    """
    [parent]
    term = "2015..2020"
    window = "2017-S2"
    [local]
    contract.set.term = "2017..2022"
    """
    contract = derivation.derived.contract
    term, window = contract.retained("term"), contract.retained("window")
    assert term is not None
    assert window is not None
    assert (str(term.value), str(window.value)) == ("2017..2022", "2017-S2")


def test_dispute_on_an_inherited_window_is_inherited(derivation: Derivation) -> None:
    """
    [parent]
    claims = [
      { says.window = "2017-S2", retained = true },
      { says.window = "2018-Q1" },
    ]
    [local]
    """
    window = derivation.derived.contract.retained("window")
    assert window is not None
    assert window.disputed


def test_window_stated_by_the_local_text_is_not_disputed(derivation: Derivation) -> None:
    """
    [parent]
    claims = [
      { says.window = "2017-S2", retained = true },
      { says.window = "2018-Q1" },
    ]
    [local]
    contract.set.window = "2019-S1"
    """
    window = derivation.derived.contract.retained("window")
    assert window is not None
    assert (str(window.value), window.disputed) == ("2019-S1", False)


def test_parties_of_a_text_known_in_part_are_unknown(derivation: Derivation) -> None:
    """
    [parent]
    signatories = ["Ville fictive"]
    [local]
    text = "partial"
    """
    assert derivation.derived.contract.signatories == ()
