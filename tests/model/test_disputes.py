"""Claims that do not agree, put together by what they are about."""

from typing import Any

from cpps_cli.model import Contract
from cpps_cli.model.beside import Programme
from cpps_cli.model.sources import Dispute, disputes_of, with_retained
from tests.conftest import contract_of


def found_in(doc: dict[str, Any]) -> tuple[Contract, tuple[Dispute, ...]]:
    contract = contract_of(doc)
    return contract, disputes_of(contract.claims)


def test_fields_stated_by_the_same_claims_are_one_dispute(doc: dict[str, Any]) -> None:
    """
    claims = [
        { says = { term = "2015..2020", window = "2017-S2" }, retained = true },
        { says = { term = "2015..2017", window = "2018-Q1" } },
        { says = { pages = 168 }, retained = true },
        { says = { pages = 190 } },
    ]
    """
    contract, found = found_in(doc)
    assert [item.fields for item in found] == [("term", "window"), ("pages",)]
    assert found[1].claims == contract.claims[2:]


def test_claims_that_say_the_same_are_no_dispute(doc: dict[str, Any]) -> None:
    """
    claims = [{ says = { pages = 168 }, retained = true }, { says = { pages = 168 } }]
    """
    assert found_in(doc)[1] == ()


def test_a_topic_is_disputed_when_two_claims_speak_of_it(doc: dict[str, Any]) -> None:
    """
    claims = [
        { topic = "seul", words = "un", retained = true },
        { topic = "fiches", words = "31", retained = true },
        { topic = "fiches", words = "32" },
    ]
    """
    contract, (found,) = found_in(doc)
    assert (found.topic, found.fields, found.claims) == ("fiches", (), contract.claims[1:])


def test_programme_has_the_values_of_the_claims_retained(doc: dict[str, Any]) -> None:
    """
    code = "velib"
    title = "Ateliers"
    claims = [
        { says = { partners = ["Cyclocity"] }, retained = true },
        { says = { partners = ["Somupi"] } },
    ]
    """
    assert with_retained(Programme.model_validate(doc)).partners == ("Cyclocity",)
