"""Signed words stay: what the parent has changed since a local contract was signed stands apart."""

from datetime import date
from typing import Any

import pytest
import tomli

from cpps_cli.engine import Parent
from cpps_cli.engine.coverage import outcomes
from cpps_cli.engine.proposal import Head, proposed, with_proposal
from cpps_cli.engine.update import update
from cpps_cli.model import Amendment, Contract, Derived, Overlay, Territory

PARENT = """
id = "ville"
title = "Contrat de la ville"
territory = "V"
term = "2015..2020"
partners = ["Le lycée"]
axes = [{ code = "a", number = 1, title = "Axe" }]
sheets = [
  { code = "rue", number = "1.1", title = "Rue", axis = "a", means = ["Ronde"], lead = "X" },
  { code = "parc", number = "1.2", title = "Parc", axis = "a", places = ["Le parc"] },
]
"""
MOVED = """
id = "av-1"
title = "Avenant"
in_force_on = 2018-01-01
contract = { set.term = "2015..2022", append.partners = ["Le club"] }
adapt = [{ sheet = "rue", set.lead = "Y", append.means = ["Un véhicule"] }]
exclude = [{ sheet = "parc", reason = "Faite." }]
add = [{ code = "quai", number = "1.3", title = "Quai", axis = "a" }]
"""
LOCAL = """
territory = "Q"
parent = "ville"
title = "Contrat du quartier"
takes = "all"
sources = ["S1"]
adapt = [{ sheet = "rue", append.means = ["Un banc"] }]
milestones = [{ kind = "signed", on = "2016-05-10" }]
"""
PLACE = Territory.model_validate({"code": "Q", "name": "Le quartier"})
AMENDED = {
    (None, "changed", "partners"),
    ("rue", "changed", "means"),
    ("rue", "changed", "lead"),
    ("parc", "repealed", None),
    ("quai", "added", None),
}


def parent_on(day: str) -> Parent:
    contract = Contract.model_validate(tomli.loads(PARENT))
    return Parent(contract, [Amendment.model_validate(tomli.loads(MOVED))], date.fromisoformat(day))


def local(**other: Any) -> Overlay:
    return Overlay.model_validate({**tomli.loads(LOCAL), **other})


def derived(day: str, **other: Any) -> Derived:
    return parent_on(day).derive(local(**other), PLACE).derived


def codes(text: Derived) -> list[str]:
    return [item.sheet.code for item in text.sheets]


@pytest.mark.parametrize("day", ["2016-05-10", "2017-12-31", "2018-01-01", "2021-01-01"])
def test_signed_text_has_the_words_that_its_parent_had_that_day(day: str) -> None:
    text = derived(day)
    assert codes(text) == ["rue", "parc"]
    rue = text.contract.sheets[0]
    assert (rue.means, rue.lead) == (("Ronde", "Un banc"), "X")
    assert text.contract.partners == ("Le lycée",)
    assert (text.parent_version, text.to_reread) == ("signed", False)
    since = set(text.since_signature)
    assert since == (AMENDED if day >= "2018" else set())


def test_term_that_it_does_not_state_is_that_of_its_parent() -> None:
    assert str(derived("2021-01-01").contract.value("term")) == "2015..2022"
    assert str(derived("2017-01-01").contract.value("term")) == "2015..2020"


@pytest.mark.parametrize(
    "other", [{"follows": "parent"}, {"milestones": [{"kind": "validated", "on": "2016"}]}]
)
def test_text_that_follows_its_parent_or_is_not_signed_has_the_words_of_the_day(
    other: dict[str, Any],
) -> None:
    text = derived("2021-01-01", **other)
    assert codes(text) == ["rue", "quai"]
    assert text.contract.sheets[0].means == ("Ronde", "Un véhicule", "Un banc")
    assert text.since_signature == ()


def test_text_that_records_a_later_version_has_its_words() -> None:
    text = derived("2021-01-01", parent_version="av-1")
    assert (codes(text), text.since_signature) == (["rue", "quai"], ())


def test_sheets_of_the_parent_add_up_to_those_of_the_day() -> None:
    text = derived("2021-01-01")
    assert text.parent_summary() == {
        "taken": 1,
        "excluded": 0,
        "not_taken_up": 0,
        "unknown": 0,
        "since_signature": 1,
    }
    assert {item.sheet: item.fate for item in outcomes(text)} == {
        "rue": "adapted",
        "quai": "since_signature",
    }


def test_amendment_of_its_own_takes_up_a_sheet_that_the_parent_has_added_since() -> None:
    own = {"id": "a1", "title": "A", "in_force_on": date(2019, 1, 1), "take": [{"sheet": "quai"}]}
    derivation = parent_on("2021-01-01").derive(local(amendments=[own]), PLACE)
    assert derivation.faults == ()
    assert codes(derivation.derived) == ["rue", "parc", "quai"]
    assert ("quai", "added", None) not in set(derivation.derived.since_signature)
    early = {**own, "in_force_on": date(2017, 1, 1)}
    [fault] = parent_on("2021-01-01").derive(local(amendments=[early]), PLACE).faults
    assert fault.code == "CP203"


def test_update_lists_what_an_amendment_would_take_up_and_writes_into_no_file() -> None:
    own = [{"sheet": "rue", "append": {"means": ["Un banc"]}, "set": {"lead": "Z"}}]
    found = update(parent_on("2021-01-01"), local(adapt=own), PLACE)
    assert (found.signed_on, found.edits) == (date(2016, 5, 10), {})
    assert [item.key for item in found.conflicts] == ["lead"]
    assert [item.sheet.code for item in found.upstream_added] == ["quai"]
    assert [item.sheet.code for item in found.upstream_deleted] == ["parc"]
    assert {item.cell for item in found.upstream_changes} == {
        (None, "term"),
        (None, "partners"),
        ("rue", "means"),
    }


def test_proposal_leads_to_the_text_that_follows_its_parent() -> None:
    parent, overlay = parent_on("2021-01-01"), local()
    following = parent.derive_following(overlay, PLACE).derived
    head = Head("a1", "Avenant", date(2020, 1, 1), "Le contrat de la ville l'a abrogée.")
    proposal = proposed(head, parent.derive(overlay, PLACE).derived, following)
    assert proposal is not None
    assert proposal.model_dump(include={"adapt"}, exclude_unset=True)["adapt"] == (
        {"sheet": "rue", "set": {"lead": "Y"}, "append": {"means": ("Un véhicule",)}},
    )
    after = parent.derive(with_proposal(overlay, proposal), PLACE)
    assert after.faults == ()
    assert after.derived.since_signature == ()
    assert codes(after.derived) == codes(following)
    assert proposed(head, after.derived, following) is None
