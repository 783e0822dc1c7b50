"""What amendments make of the signed text; each docstring is the input."""

from datetime import date

from cpps_cli.diagnostics import Place
from cpps_cli.engine import Derivation, Parent, consolidated, fingerprint, normalised
from cpps_cli.model.paths import amendment_file
from tests.conftest import amendments_of, contract_of


def file_of(amendment: str) -> str:
    return amendment_file("parent", amendment)


def test_text_of_a_day_has_the_amendments_in_force(parent: Parent) -> None:
    """
    [parent.sheets.un]
    [amendments.avenant-1]
    in_force_on = 2020-01-01
    adapt = [{ sheet = "un", set.title = "Second titre" }]
    [amendments.avenant-2]
    in_force_on = 2021-01-01
    exclude = [{ sheet = "un" }]
    add = [{ code = "deux", title = "Fiche deux", axis = "b" }]
    """
    assert [text.version for text in parent.texts] == ["signed", "avenant-1", "avenant-2"]
    titles = [[sheet.title for sheet in text.contract.sheets] for text in parent.texts]
    assert titles == [["Fiche un"], ["Second titre"], ["Fiche deux"]]
    assert [text.faults for text in parent.texts] == [(), (), ()]


def test_amendment_is_in_force_from_its_day_on() -> None:
    signed = contract_of({"sheets": {"un": {}}})
    amendments = amendments_of(
        {"a1": {"in_force_on": date(2020, 1, 1), "exclude": [{"sheet": "un"}]}}
    )
    assert consolidated(signed, amendments, date(2019, 12, 31)).version == "signed"
    assert consolidated(signed, amendments, date(2020, 1, 1)).version == "a1"


def test_empty_amendment_changes_nothing_and_is_a_fault(parent: Parent) -> None:
    """
    [parent.sheets.un]
    [amendments.avenant-1]
    in_force_on = 2020-01-01
    """
    assert parent.texts[1].contract == parent.texts[0].contract
    [fault] = parent.texts[1].faults
    assert (fault.code, fault.where) == ("CP402", Place(file_of("avenant-1"), ("title",)))


def test_items_that_amendments_of_one_day_append_both_stay(parent: Parent) -> None:
    """
    [parent]
    partners = ["Une école"]
    [parent.sheets.un]
    means = ["A", "B"]
    [amendments.avenant-1]
    in_force_on = 2020-01-01
    adapt = [{ sheet = "un", append.means = ["C"] }]
    contract.append.partners = ["Un collège"]
    [amendments.avenant-2]
    in_force_on = 2020-01-01
    adapt = [{ sheet = "un", append.means = ["D"], remove.means = ["A"] }]
    contract.append.partners = ["Un lycée"]
    """
    assert parent.texts[1].faults == ()
    assert parent.now.contract.sheets[0].means == ("B", "C", "D")
    assert parent.now.contract.partners == ("Une école", "Un collège", "Un lycée")


def test_one_item_that_two_amendments_of_a_day_name_is_an_error(parent: Parent) -> None:
    """
    [parent.sheets.un]
    means = ["A"]
    [amendments.avenant-1]
    in_force_on = 2020-01-01
    adapt = [{ sheet = "un", append.means = ["B", "L'été"] }]
    [amendments.avenant-2]
    in_force_on = 2020-01-01
    adapt = [{ sheet = "un", append.means = ["L’été"] }]
    """
    [fault] = parent.texts[1].faults
    at = Place(file_of("avenant-2"), ("adapt", 0, "append", "means", 0))
    assert (fault.code, fault.where) == ("CP401", at)


def test_code_of_a_sheet_that_was_repealed_stays_taken(parent: Parent) -> None:
    """
    [parent.sheets.un]
    [parent.sheets.deux]
    [amendments.avenant-1]
    in_force_on = 2020-01-01
    exclude = [{ sheet = "un" }]
    [amendments.avenant-2]
    in_force_on = 2021-01-01
    adapt = [{ sheet = "deux", set.title = "Fiche deux, revue" }]
    [amendments.avenant-3]
    in_force_on = 2022-01-01
    add = [{ code = "un", title = "Une autre", axis = "a" }]
    """
    assert [fault.code for text in parent.texts for fault in text.faults] == ["CP207"]


def test_change_to_a_sheet_of_another_time_says_which(parent: Parent) -> None:
    """
    [parent.sheets.un]
    [parent.sheets.deux]
    [amendments.avenant-1]
    in_force_on = 2020-01-01
    exclude = [{ sheet = "un" }]
    adapt = [{ sheet = "trois", set.lead = "Ici" }]
    [amendments.avenant-2]
    in_force_on = 2021-01-01
    add = [{ code = "trois", title = "Trois", axis = "a" }]
    adapt = [{ sheet = "un", set.lead = "Ici" }, { sheet = "quatre", set.lead = "Ici" }]
    """
    faults = [fault for text in parent.texts for fault in text.faults]
    assert [(fault.code, fault.values.get("version")) for fault in faults] == [
        ("CP428", "avenant-2"),
        ("CP428", "avenant-1"),
        ("CP203", None),
    ]


def test_local_change_to_a_sheet_of_another_version_says_which(derivation: Derivation) -> None:
    """
    [parent.sheets.un]
    [amendments.avenant-1]
    in_force_on = 2020-01-01
    add = [{ code = "deux", title = "Deux", axis = "a" }]
    exclude = [{ sheet = "un" }]
    [local]
    parent_version = "signed"
    adapt = [{ sheet = "deux", set.lead = "Ici" }]
    amendments.b1.in_force_on = 2021-01-01
    amendments.b1.adapt = [{ sheet = "trois", set.lead = "Ici" }]
    amendments.b2.in_force_on = 2022-01-01
    amendments.b2.add = [{ code = "trois", title = "Trois", axis = "a" }]
    """
    found = [(fault.code, fault.values.get("version")) for fault in derivation.faults]
    assert [one for one in found if one[0] == "CP428"] == [
        ("CP428", "avenant-1"),
        ("CP428", "b2"),
    ]


def test_amendments_of_one_day_on_one_field_are_an_error(parent: Parent) -> None:
    """
    [parent.sheets.un]
    [amendments.avenant-1]
    in_force_on = 2020-01-01
    adapt = [{ sheet = "un", set.title = "A" }]
    [amendments.avenant-2]
    in_force_on = 2020-01-01
    adapt = [{ sheet = "un", set.title = "B" }]
    """
    assert [fault.code for fault in parent.texts[1].faults] == ["CP401"]


def test_amended_window_settles_the_dispute(parent: Parent) -> None:
    """
    [parent]
    claims = [
      { says.window = "2017-S2", retained = true },
      { says.window = "2018-Q1" },
    ]
    [amendments.avenant-1]
    in_force_on = 2017-01-01
    contract.set.window = "2019"
    """
    window = parent.now.contract.retained("window")
    assert window is not None
    assert (str(window.value), window.disputed) == ("2019", False)


def test_amended_term_leaves_the_window_of_its_reading_and_the_dispute(parent: Parent) -> None:
    """
    [parent]
    claims = [
      { id = "a", says.term = "2015..2020", says.window = "2017-S2", retained = true },
      { id = "b", says.term = "2015..2017", says.window = "2018-Q1" },
    ]
    [amendments.avenant-1]
    in_force_on = 2017-01-01
    contract.set.term = "2015..2021"
    """
    contract = parent.now.contract
    term, window = contract.retained("term"), contract.retained("window")
    assert term is not None
    assert window is not None
    assert (str(term.value), term.disputed) == ("2015..2021", False)
    assert (str(window.value), window.disputed) == ("2017-S2", True)
    other = contract.retained("window", "b")
    assert other is not None
    assert str(other.value) == "2018-Q1"


def test_fingerprint_does_not_see_typing() -> None:
    one = contract_of({"sheets": {"un": {"title": "L'éte\u0301  « cité »"}}})
    other = contract_of({"sheets": {"un": {"title": "L’été « cité »"}}})
    third = contract_of({"sheets": {"un": {"title": "L’été « citée »"}}})
    assert fingerprint(one) == fingerprint(other) != fingerprint(third)


def test_normalised_is_settled_at_once() -> None:
    text = "  L’ « été »\n\tde “ l'an ” "
    assert normalised(normalised(text)) == normalised(text)
