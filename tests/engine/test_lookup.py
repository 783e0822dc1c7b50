"""The one sheet that a question is about."""

from datetime import date

import pytest
import tomli

from cpps_cli.diagnostics import CppsError
from cpps_cli.engine import Parent
from cpps_cli.engine.lookup import (
    find_local_sheet,
    find_sheet,
    local_origins,
    names_contract,
    require_local_sheet,
)
from cpps_cli.model import Derived, LeftOut
from tests.conftest import PLACE, amendments_of, contract_of, overlay_of

CONTRACT = """
[sheets.ecole]
number = "1.1"
title = "À l'école"
[sheets.places-et-rues]
number = "1.2"
[sheets.recidive]
number = "1.3"
title = "Prévenir la récidive"
"""
LOCAL = """
takes = "listed"
take = [{ sheet = "recidive", number = "1.1" }]
exclude = [{ sheet = "places-et-rues", reason = "Pas de place ici." }]
[[adapt]]
sheet = "ecole"
number = "1.2"
set.title = "À l'école et après"
reason = "Ils l'ont voulu."
sources = ["S8"]
"""


def parent() -> Parent:
    return Parent(contract_of(tomli.loads(CONTRACT)), ())


def derived() -> Derived:
    return parent().derive(overlay_of(tomli.loads(LOCAL)), PLACE).derived


@pytest.mark.parametrize(
    "word",
    [
        "1.2",
        "1-2",
        "places-et-rues",
        "Fiche 1.2",
        "FICHE ACTION 1-2",
        "n° 1.2",
        "Fiche n°\N{NO-BREAK SPACE}1.2",
    ],
)
def test_sheet_is_found_by_number_or_code(word: str) -> None:
    assert find_sheet(parent(), word).code == "places-et-rues"


@pytest.mark.parametrize(
    ("word", "helps"),
    [
        ("places-et-rue", {"nearest": "places-et-rues"}),
        ("recidve", {"nearest": "recidive"}),
        ("prévenir", {"nearest": "recidive"}),
        ("9.9", {"known": ("1.1", "1.2", "1.3")}),
    ],
)
def test_unknown_sheet_is_refused_with_what_was_meant(word: str, helps: dict[str, object]) -> None:
    with pytest.raises(CppsError) as refused:
        find_sheet(parent(), word)
    assert refused.value.exit_code == 2
    assert helps.items() <= refused.value.values.items()


def test_local_number_comes_before_that_of_the_parent() -> None:
    item = find_local_sheet(parent(), derived(), "1.1")
    assert item.sheet.code == "recidive"


def test_number_of_the_parent_leads_to_what_became_of_its_sheet() -> None:
    item = find_local_sheet(parent(), derived(), "1.3")
    assert item.sheet.number == "1.1"


def test_sheet_left_out_comes_with_its_reason() -> None:
    item = find_local_sheet(parent(), derived(), "places-et-rues")
    assert isinstance(item, LeftOut)
    assert item.reason == "Pas de place ici."


def test_origins_say_which_fields_are_its_own_and_why() -> None:
    found = derived()
    origins = local_origins(found, find_local_sheet(parent(), found, "ecole"))
    assert origins.answers == ("ecole",)
    assert origins.own_fields == ("title",)
    assert (origins.reason, origins.sources) == ("Ils l'ont voulu.", ("S8",))


@pytest.mark.parametrize("word", ["contract", " Contract "])
def test_word_contract_means_the_contract_unless_a_sheet_has_that_code(word: str) -> None:
    plain = parent().now.contract
    taken = contract_of({"sheets": {"contract": {}}})
    assert names_contract(word, plain)
    assert names_contract(word)
    assert not names_contract(word, plain, taken)
    assert not names_contract("contracts", plain)


def test_sheet_that_must_be_held_is_refused_where_it_is_left_out() -> None:
    assert require_local_sheet(parent(), derived(), "recidive").sheet.number == "1.1"
    with pytest.raises(CppsError, match="does not hold the sheet") as refused:
        require_local_sheet(parent(), derived(), "places-et-rues")
    assert refused.value.exit_code == 1
    assert refused.value.values["name"] == "places-et-rues"
    assert refused.value.values["contract"] == derived().contract.label
    assert refused.value.help


def test_sheet_of_another_day_is_refused_with_the_version_that_has_it() -> None:
    added = {"code": "halle", "title": "La halle", "axis": "a"}
    amendments = amendments_of({"a1": {"in_force_on": date(2020, 1, 1), "add": [added]}})
    before = Parent(contract_of({"sheets": {"un": {}}}), amendments, date(2019, 1, 1))
    for ask in (
        lambda: find_sheet(before, "halle"),
        lambda: find_local_sheet(before, before.derive(None, PLACE).derived, "halle"),
    ):
        with pytest.raises(CppsError) as refused:
            ask()
        assert refused.value.values["version"] == "a1"
        assert (refused.value.exit_code, "--on" in refused.value.help) == (1, True)


def test_unknown_local_sheet_is_refused_with_those_of_both_texts() -> None:
    own = {"takes": "listed", "add": [{"code": "halle", "title": "La halle", "axis": "a"}]}
    local = parent().derive(overlay_of(own), PLACE).derived
    for word, meant in (("hale", "halle"), ("recidve", "recidive")):
        with pytest.raises(CppsError) as refused:
            find_local_sheet(parent(), local, word)
        assert refused.value.values["nearest"] == meant
        assert refused.value.values["contract"] == local.contract.label
        assert refused.value.exit_code == 2


REMEMBERED = """
takes = "all"
[[adapt]]
sheet = "ecole"
set.title = "À l'école et après"
reason = "Ils l'ont voulu."
note = "Lu sur la copie du conseil."
refused.title = "Nous gardons notre titre."
[amendments.b1]
in_force_on = 2020-01-01
[[amendments.b1.adapt]]
sheet = "ecole"
set.lead = "Le rectorat"
reason = "Le pilote a changé."
[[amendments.b1.exclude]]
sheet = "recidive"
reason = "Plus ici."
"""


def test_origins_remember_reasons_notes_and_refusals_in_their_order() -> None:
    found = parent().derive(overlay_of(tomli.loads(REMEMBERED)), PLACE).derived
    item = find_local_sheet(parent(), found, "ecole")
    origins = local_origins(found, item)
    assert origins.reasons == (
        ("signed", "Ils l'ont voulu."),
        ("b1", "Le pilote a changé."),
    )
    assert origins.note == "Lu sur la copie du conseil."
    assert origins.refused == (("title", "Nous gardons notre titre."),)
    assert origins.amended_by == ("b1",)


def test_sheet_that_an_amendment_left_out_says_which_and_why() -> None:
    found = parent().derive(overlay_of(tomli.loads(REMEMBERED)), PLACE).derived
    left = find_local_sheet(parent(), found, "recidive")
    origins = local_origins(found, left)
    assert (origins.reasons, origins.amended_by) == ((("b1", "Plus ici."),), ("b1",))
    signed = local_origins(derived(), find_local_sheet(parent(), derived(), "places-et-rues"))
    assert (signed.reasons, signed.amended_by) == ((("signed", "Pas de place ici."),), ())


RESTARTING = """
[sheets.axe-a-un]
number = "1"
[sheets.axe-a-deux]
number = "2"
[sheets.axe-b-un]
number = "1"
"""


def test_two_sheets_of_one_number_are_both_named() -> None:
    text = Parent(contract_of(tomli.loads(RESTARTING)), ())
    assert find_sheet(text, "2").code == "axe-a-deux"
    assert find_sheet(text, "axe-b-un").number == "1"
    with pytest.raises(CppsError) as refused:
        find_sheet(text, "fiche 1")
    assert refused.value.values["known"] == ("axe-a-un", "axe-b-un")
    assert refused.value.help == "say which one by its code"
