"""What amendments make of the signed text; each docstring is the input."""

from datetime import date

from cpps_cli.engine import Parent, consolidated, fingerprint, normalised
from tests.conftest import amendments_of, contract_of


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


def test_empty_amendment_changes_nothing(parent: Parent) -> None:
    """
    [parent.sheets.un]
    [amendments.avenant-1]
    in_force_on = 2020-01-01
    """
    assert parent.texts[1].contract == parent.texts[0].contract


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
