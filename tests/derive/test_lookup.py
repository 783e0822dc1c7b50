"""The one sheet that a question is about."""

import pytest
import tomli

from cpps_cli.derive import Parent
from cpps_cli.derive.lookup import local_origins, local_sheet_asked, sheet_asked
from cpps_cli.diagnostics import CppsError
from cpps_cli.model import Derived, LeftOut
from tests.conftest import PLACE, contract_of, overlay_of

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


@pytest.mark.parametrize("word", ["1.2", "1-2", "places-et-rues"])
def test_sheet_is_found_by_number_or_code(word: str) -> None:
    assert sheet_asked(parent(), word).code == "places-et-rues"


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
        sheet_asked(parent(), word)
    assert refused.value.exit_code == 2
    assert helps.items() <= refused.value.values.items()


def test_local_number_comes_before_that_of_the_parent() -> None:
    item = local_sheet_asked(parent(), derived(), "1.1")
    assert item.sheet.code == "recidive"


def test_number_of_the_parent_leads_to_what_became_of_its_sheet() -> None:
    item = local_sheet_asked(parent(), derived(), "1.3")
    assert item.sheet.number == "1.1"


def test_sheet_left_out_comes_with_its_reason() -> None:
    item = local_sheet_asked(parent(), derived(), "places-et-rues")
    assert isinstance(item, LeftOut)
    assert item.reason == "Pas de place ici."


def test_origins_say_which_fields_are_its_own_and_why() -> None:
    found = derived()
    origins = local_origins(found, local_sheet_asked(parent(), found, "ecole"))
    assert origins.answers == ("ecole",)
    assert origins.own_fields == ("title",)
    assert (origins.reason, origins.sources) == ("Ils l'ont voulu.", ("S8",))
