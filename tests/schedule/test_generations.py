"""Contracts that replace one another and are amended; each test's docstring is a library.

`[contracts.ID]` are parent contracts, `[local.ID]` the text of T1 under each, `[amendments.ID]` the
amendments of a parent; `at_fault` names parents under which the text of T1 cannot be read.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from cpps_cli.model import Amendment, Contract, Overlay, Territory
from cpps_cli.schedule.generations import CatalogueEntry, catalogue, status_in, statuses
from cpps_cli.schedule.status import ContractStatus
from tests.conftest import PLACE, amendments_of, contract_of
from tests.shelf import EmptyLibrary

PLACES = {"T1": PLACE, "T2": Territory.model_validate({"code": "T2", "name": "autre quartier"})}


class Library(EmptyLibrary):
    """What a test's docstring holds, as who reads files gives it."""

    def __init__(self, doc: dict[str, Any]) -> None:
        self.territories: Mapping[str, Territory] = PLACES
        self.contracts = {
            name: contract_of({**table, "id": name}) for name, table in doc["contracts"].items()
        }
        self._amendments = {
            name: amendments_of(tables) for name, tables in doc.get("amendments", {}).items()
        }
        self._at_fault = doc.get("at_fault", [])
        self._overlays = {
            name: _local_text(name, table) for name, table in doc.get("local", {}).items()
        }

    def contract_head(self, contract_id: str) -> Contract | None:
        return self.contracts.get(contract_id)

    def amendments(self, contract_id: str) -> tuple[Amendment, ...]:
        return self._amendments.get(contract_id, ())

    def overlay_codes(self, contract_id: str) -> tuple[str, ...]:
        return ("T1",) if contract_id in {*self._overlays, *self._at_fault} else ()

    def overlay(self, contract_id: str, territory: str) -> Overlay | None:
        return self._overlays.get(contract_id) if territory == "T1" else None

    def both(
        self, contract_id: str, on: str, reading: str | None = None
    ) -> tuple[ContractStatus, ContractStatus]:
        """Where a contract and that of T1 stand on a day."""
        known = self.contracts.values()
        day, parent = date.fromisoformat(on), self.contracts[contract_id]
        first, second = statuses([parent], self, day, reading=reading, known=known)
        return first, second

    def listed(self, on: str) -> tuple[CatalogueEntry, ...]:
        return tuple(catalogue(self.contracts.values(), self, date.fromisoformat(on)))


def _local_text(parent: str, table: dict[str, Any]) -> Overlay:
    own = amendments_of(table.get("amendments", {}))
    given = {"title": "Contrat local", "takes": "all", **table, "amendments": own}
    return Overlay.model_validate({**given, "parent": parent, "territory": "T1"})


@pytest.fixture
def library(doc: dict[str, Any]) -> Library:
    return Library(doc)


def followed(item: ContractStatus) -> tuple[str, str | None]:
    """How the end of its term stands, and what comes after it."""
    return item.expiry.state, item.expiry.successor.id if item.expiry.successor else None


# --- one replaces another


def test_signed_contract_follows_from_its_signature_and_replaces_from_its_first_day(
    library: Library,
) -> None:
    """
    [contracts.old]
    term = "2015..2020"
    [contracts.new]
    replaces = "old"
    term = "2021-03-01..2026"
    milestones = [{ kind = "signed", on = "2020-12-01" }]
    [local.new]
    milestones = [{ kind = "signed", on = "2020-12-15" }]
    """
    days = ("2020-11-30", "2020-12-01", "2020-12-14", "2020-12-15", "2021-02-28", "2021-03-01")
    found = [[followed(item) for item in library.both("old", day)] for day in days]
    assert found == [
        [("running", None), ("running", None)],
        [("running", "new"), ("running", None)],
        [("running", "new"), ("running", None)],
        [("running", "new"), ("running", "new/T1")],
        [("expired", "new"), ("expired", "new/T1")],
        [("replaced", "new"), ("replaced", "new/T1")],
    ]
    parent, local = (item.expiry.successor for item in library.both("old", "2020-12-31"))
    assert parent
    assert (str(parent.signed), str(parent.begins)) == ("2020-12-01", "2021-03-01..2026")
    assert local
    assert (str(local.signed), str(local.begins)) == ("2020-12-15", "2021-03-01..2026")


def test_local_text_that_only_inherits_its_dates_replaces_nothing(library: Library) -> None:
    """
    [contracts.old]
    term = "2015..2020"
    [contracts.new]
    replaces = "old"
    term = "2021-03-01..2026"
    [local.new]
    contract.set.window = "2023"
    """
    parent, local = library.both("old", "2021-03-01")
    assert followed(parent) == ("replaced", "new")
    assert followed(local) == ("expired", None)


def test_local_text_with_a_term_of_its_own_replaces_from_its_first_day(library: Library) -> None:
    """
    [contracts.old]
    term = "2015..2020"
    [contracts.new]
    replaces = "old"
    term = "2021-03-01..2026"
    [local.new]
    contract.set.term = "2021-05-01..2026"
    """
    assert followed(library.both("old", "2021-04-30")[1]) == ("expired", None)
    assert followed(library.both("old", "2021-05-01")[1]) == ("replaced", "new/T1")


def test_local_text_that_is_not_signed_yet_replaces_nothing(library: Library) -> None:
    """
    [contracts.old]
    term = "2015..2020"
    [contracts.new]
    replaces = "old"
    term = "2021..2026"
    [local.new]
    contract.set.term = "2021-03-01..2026"
    milestones = [{ kind = "signed", on = "2021-05-03" }]
    """
    assert followed(library.both("old", "2021-05-02")[1]) == ("expired", None)
    assert followed(library.both("old", "2021-05-03")[1]) == ("replaced", "new/T1")


def test_term_that_an_amendment_will_give_replaces_nothing_before_it(library: Library) -> None:
    """
    [contracts.old]
    term = "2015..2020"
    [contracts.new]
    replaces = "old"
    term = "2021..2026"
    [local.new.amendments.b1]
    in_force_on = 2022-01-01
    contract.set.term = "2021..2027"
    """
    assert followed(library.both("old", "2021-12-31")[1]) == ("expired", None)
    assert followed(library.both("old", "2022-01-01")[1]) == ("replaced", "new/T1")


def test_generation_that_a_place_has_no_text_of_is_passed_over(library: Library) -> None:
    """
    [contracts.old]
    term = "2009..2014"
    [contracts.middle]
    replaces = "old"
    term = "2015..2020"
    [contracts.new]
    replaces = "middle"
    term = "2021..2026"
    [local.new]
    milestones = [{ kind = "signed", on = "2021-02-01" }]
    """
    parent, local = library.both("old", "2021-02-01")
    assert followed(parent) == ("replaced", "middle")
    assert followed(local) == ("replaced", "new/T1")
    assert followed(library.both("old", "2021-01-31")[1]) == ("expired", None)


def test_local_text_at_fault_is_no_successor(library: Library) -> None:
    """
    at_fault = ["new"]
    [contracts.old]
    term = "2015..2020"
    [contracts.new]
    replaces = "old"
    term = "2021..2026"
    """
    assert followed(library.both("old", "2021-02-01")[1]) == ("expired", None)


def test_contracts_that_replace_one_another_in_a_circle_have_an_answer(library: Library) -> None:
    """
    [contracts.old]
    replaces = "new"
    term = "2015..2020"
    [contracts.new]
    replaces = "old"
    term = "2021..2026"
    [local.old]
    milestones = [{ kind = "signed", on = "2015-01-01" }]
    """
    assert followed(library.both("old", "2021-02-01")[1]) == ("expired", None)


# --- amended


def test_amended_is_the_contract_whose_own_text_an_amendment_in_force_changed(
    library: Library,
) -> None:
    """
    [contracts.c]
    term = "2015..2020"
    [amendments.c.avenant-1]
    in_force_on = 2016-03-01
    contract.append.partners = ["Bailleur fictif"]
    [local.c]
    milestones = [{ kind = "signed", on = "2015-06-01" }]
    [local.c.amendments.b1]
    in_force_on = 2017-05-01
    contract.append.partners = ["Association fictive"]
    """
    days = ("2016-02-29", "2016-03-01", "2017-04-30", "2017-05-01")
    assert [[item.stage for item in library.both("c", day)] for day in days] == [
        ["in_force", "in_force"],
        ["amended", "in_force"],
        ["amended", "in_force"],
        ["amended", "amended"],
    ]


def test_local_contract_is_prolonged_by_its_parent_until_its_own_amendment(
    library: Library,
) -> None:
    """
    [contracts.c]
    term = "2015..2020"
    [amendments.c.avenant-1]
    in_force_on = 2020-06-01
    contract.set.term = "2015..2021"
    [local.c]
    milestones = [{ kind = "signed", on = "2015-06-01" }]
    [local.c.amendments.b1]
    in_force_on = 2021-05-01
    contract.set.term = "2015..2022"
    """

    def terms(day: str) -> list[tuple[str, str]]:
        found = library.both("c", day)
        return [
            (str(item.term and item.term.value), str(item.expiry.prolonged_from)) for item in found
        ]

    assert terms("2020-05-31") == [("2015..2020", "None")] * 2
    assert terms("2020-06-01") == [("2015..2021", "2015..2020")] * 2
    assert terms("2021-05-01")[1] == ("2015..2022", "2015..2020")


def test_without_a_signature_the_first_term_is_that_of_the_parent(library: Library) -> None:
    """
    [contracts.c]
    local_territories = ["T1", "T2"]
    claims = [
      { id = "long", says.term = "2015..2020", retained = true },
      { id = "short", says.term = "2015..2017" },
    ]
    [amendments.c.avenant-1]
    in_force_on = 2020-06-01
    contract.set.term = "2015..2021"
    [local.c]
    milestones = [{ kind = "signed", no_later_than = "2020-12-01" }]
    """
    for reading, term in ((None, "2015..2020"), ("short", "2015..2017")):
        day, parents = date(2021, 1, 1), [library.contracts["c"]]
        found = [*statuses(parents, library, day, reading=reading)]
        assert [str(item.background.first_term) for item in found] == [term] * 3


def test_prolongation_of_a_reading_is_counted_from_its_own_term(library: Library) -> None:
    """
    [contracts.c]
    claims = [
      { id = "long", says.term = "2015..2020", retained = true },
      { id = "short", says.term = "2015..2017" },
    ]
    [local.c]
    claims = [
      { id = "long", says.term = "2016..2020", retained = true },
      { id = "short", says.term = "2016..2018" },
    ]
    [amendments.c.avenant-1]
    in_force_on = 2017-06-01
    contract.set.term = "2015..2021"
    [local.c.amendments.b1]
    in_force_on = 2017-06-01
    contract.set.term = "2016..2021"
    """
    for reading, first_terms in (
        (None, ["2015..2020", "2016..2020"]),
        ("short", ["2015..2017", "2016..2018"]),
    ):
        found = library.both("c", "2017-06-01", reading)
        assert [str(item.background.first_term) for item in found] == first_terms


def test_steps_towards_a_signature_count_before_it(library: Library) -> None:
    """
    [contracts.c]
    term = "2015..2020"
    [local.c]
    milestones = [
      { kind = "validated", on = "2016-01-28" },
      { kind = "signed", on = "2016-05-10" },
    ]
    """
    days = ("2016-01-27", "2016-01-28", "2016-05-09", "2016-05-10")
    stages = [library.both("c", day)[1].stage for day in days]
    assert stages == ["unknown", "validated", "validated", "in_force"]


def test_one_contract_is_asked_for_by_itself(library: Library) -> None:
    """
    [contracts.c]
    window = "2017-S2"
    [amendments.c.avenant-1]
    in_force_on = 2017-06-01
    contract.set.window = "2018"
    [local.c]
    milestones = [{ kind = "renegotiated", on = "2017-12-01" }]
    """
    days = date(2017, 5, 31), date(2017, 11, 30), date(2017, 12, 1)
    for which, states in (
        (0, ["upcoming", "upcoming", "upcoming"]),
        (1, ["upcoming", "upcoming", "renegotiated"]),
    ):
        contract = library.both("c", "2017-05-31")[which].contract
        found = [status_in(contract, library, day) for day in days]
        assert [item.contract.id for item in found] == [contract.id] * 3
        assert [item.state for item in found] == states
        windows = [str(item.window and item.window.value) for item in found]
        assert windows == ["2017-S2", "2018", "2018"]


# --- listed


def test_generations_are_listed_from_the_oldest_each_with_its_local_texts(
    library: Library,
) -> None:
    """
    [contracts.undated]
    [contracts.a]
    term = "2021..2026"
    [contracts.c]
    term = "2015..2020"
    local_territories = ["T1", "T2"]
    [contracts.b]
    term = "2015..2020"
    local_territories = []
    [local.c]
    """
    listed = library.listed("2018-01-01")
    assert [item.contract.id for item in listed] == ["b", "c", "c/T1", "a", "undated"]
    assert [item.without_text for item in listed] == [0, 1, 0, 1, 1]


def test_contract_is_listed_as_its_text_of_the_day_is(library: Library) -> None:
    """
    [contracts.c]
    sheets = { x = {}, y = {} }
    milestones = [{ kind = "signed", on = "2015-05-05" }]
    [amendments.c.avenant-1]
    in_force_on = 2018-01-01
    exclude = [{ sheet = "x", reason = "Faite." }]
    [local.c]
    milestones = [{ kind = "signed", on = "2016-05-10" }]
    """
    signed = date(2015, 5, 5), date(2016, 5, 10)
    for day, codes, unsigned in (
        ("2015-05-04", ["x", "y"], signed),
        ("2016-05-09", ["x", "y"], (None, signed[1])),
        ("2016-05-10", ["x", "y"], (None, None)),
        ("2018-01-01", ["y"], (None, None)),
    ):
        parent, local = library.listed(day)
        assert [sheet.code for sheet in parent.contract.sheets] == codes
        # Signed, it has the words of its parent that day.
        assert [sheet.code for sheet in local.contract.sheets] == ["x", "y"]
        assert (parent.not_signed_before, local.not_signed_before) == unsigned


def test_faults_of_a_local_text_come_with_it(library: Library) -> None:
    """
    [contracts.c]
    [local.c]
    exclude = [{ sheet = "gone" }]
    """
    parent, local = library.listed("2018-01-01")
    assert parent.faults == ()
    assert [fault.code for fault in local.faults] == ["CP203"]


def test_text_of_a_place_that_is_not_known_is_not_listed(library: Library) -> None:
    """
    [contracts.c]
    [local.c]
    """
    assert len(library.listed("2018-01-01")) == 2
    library.territories = {}
    assert [item.contract.id for item in library.listed("2018-01-01")] == ["c"]
