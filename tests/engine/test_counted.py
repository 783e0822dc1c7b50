"""Local contracts that are counted and not held."""

from typing import Any

import pytest
import tomli

from cpps_cli.engine import Parent
from cpps_cli.engine.coverage import FATES, Coverage, Fate, LocalCoverage, Tally, covered
from cpps_cli.model import Overlay, Territory

LOCAL = """
[parent.sheets.une]
lead = "La mairie"
[parent.sheets.deux]
[amendments.a1]
in_force_on = 2020-01-01
adapt = [{ sheet = "une", set.lead = "La préfecture" }]
[local.T1]
text = "full"
adapt = [{ sheet = "une", set.lead = "Le quartier" }]
add = [
  { code = "a-nous", title = "À nous", axis = "a" },
  { code = "aussi", title = "Aussi", axis = "a" },
]
[local.T2]
takes = "listed"
text = "partial"
parent_version = "a1"
take = [{ sheet = "deux", inferred = ["sheet"] }]
[local.T3]
"""


@pytest.fixture
def doc() -> dict[str, Any]:
    """One input for every test: the `parent` of all is made of it, too."""
    return tomli.loads(LOCAL)


@pytest.fixture
def places(doc: dict[str, Any], parent: Parent) -> list[LocalCoverage]:
    """A table without a key is a text that is not known."""
    found = []
    for code, table in doc["local"].items():
        territory = Territory.model_validate({"code": code, "name": code})
        given = {"title": "Local", "takes": "all", "parent": "parent", "territory": code, **table}
        overlay = Overlay.model_validate(given) if table else None
        found.append(covered(parent.derive(overlay, territory).derived, territory))
    return found


def fates(**counts: int) -> dict[Fate, int]:
    return {fate: counts.get(fate, 0) for fate in FATES}


def tally_of(*places: LocalCoverage) -> Tally:
    tally = Tally()
    for place in places:
        tally.count(place)
    return tally


def test_local_contracts_are_counted_by_what_is_to_be_said_of_them(
    places: list[LocalCoverage],
) -> None:
    assert tally_of(*places) == Tally(
        places=3,
        known=2,
        partial=1,
        to_reread=1,
        inferred=1,
        added=2,
        fates={
            "une": fates(adapted=1, unknown=1, no_text=1),
            "deux": fates(inherited=2, no_text=1),
        },
    )


def test_tallies_of_some_and_of_others_are_the_tally_of_all(places: list[LocalCoverage]) -> None:
    total = Tally()
    for place in places:
        total.add(tally_of(place))
    assert total == tally_of(*places)
    total.add(total)
    assert (total.places, total.known, total.partial) == (6, 4, 2)
    assert (total.to_reread, total.inferred, total.added) == (2, 2, 4)
    assert total.fates["deux"] == fates(inherited=4, no_text=2)


def test_totals_add_up_to_the_sheets_asked_for_times_the_local_contracts(
    parent: Parent, places: list[LocalCoverage]
) -> None:
    contract = parent.now.contract
    found = Coverage(contract, "a1", None, contract.sheets, (), (), tally_of(*places))
    assert found.totals_of("une") == fates(adapted=1, unknown=1, no_text=1)
    assert found.totals() == fates(adapted=1, unknown=1, inherited=2, no_text=2)
    assert found.totals_of("inconnue") == fates()
    one = Coverage(contract, "a1", None, contract.sheets[:1], (), (), tally_of(*places))
    assert one.totals() == found.totals_of(contract.sheets[0].code)
