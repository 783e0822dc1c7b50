"""The stage of a contract's life on a day, derived from its milestones and dates."""

from datetime import date
from typing import Any

import pytest

from cpps_cli.model import Contract, Period
from cpps_cli.schedule.status import Background, ContractStatus, Successor, status_of

TERM = "2015-05-05..2020"
LIFE = [
    {"kind": "drafted", "on": "2014-06"},
    {"kind": "in_concertation", "on": "2014-09..2014-12"},
    {"kind": "presented", "on": "2015-03-16"},
    {"kind": "validated", "on": "2015-04-01"},
    {"kind": "signed", "on": "2015-04-20"},
    {"kind": "renegotiated", "on": "2018-03-01"},
]


def on(day: str, background: Background | None = None, **fields: Any) -> ContractStatus:
    given = {"id": "c", "title": "Contrat fictif", "territory": "T0", "term": TERM, **fields}
    contract = Contract.model_validate(given)
    return status_of(contract, date.fromisoformat(day), background=background)


@pytest.mark.parametrize(
    ("day", "stage"),
    [
        ("2014-06-29", "unknown"),
        ("2014-06-30", "drafted"),  # in June: for certain on its last day
        ("2014-08-31", "drafted"),
        ("2014-09-01", "in_concertation"),  # it lasts: from its first day
        ("2015-03-15", "in_concertation"),
        ("2015-03-16", "presented"),
        ("2015-03-31", "presented"),
        ("2015-04-01", "validated"),
        ("2015-04-19", "validated"),
        ("2015-04-20", "signed"),
        ("2015-05-04", "signed"),
        ("2015-05-05", "in_force"),
        ("2017-06-30", "in_force"),
        ("2017-07-01", "in_renegotiation"),
        ("2018-02-28", "in_renegotiation"),
        ("2018-03-01", "renegotiated"),
        ("2020-12-31", "renegotiated"),
        ("2021-01-01", "expired"),
    ],
)
def test_contract_goes_through_its_life(day: str, stage: str) -> None:
    assert on(day, window="2017-S2..2018-S1", milestones=LIFE).stage == stage


def test_missed_window_leaves_the_contract_in_force() -> None:
    assert on("2019-01-01", window="2017-S2").stage == "in_force"


def test_in_force_says_more_than_signature_and_term() -> None:
    milestones = [
        {"kind": "signed", "on": "2015-04-20"},
        {"kind": "in_force", "on": "2015-09-01"},
    ]
    assert on("2015-08-31", milestones=milestones).stage == "signed"
    assert on("2015-09-01", milestones=milestones).stage == "in_force"


def test_term_does_not_say_that_a_contract_is_signed() -> None:
    milestones = [{"kind": "signed", "no_later_than": "2017-02-28"}]
    assert on("2017-02-27", milestones=milestones).stage == "unknown"
    assert on("2017-02-28", milestones=milestones).stage == "in_force"


def test_amended_from_the_day_the_amendment_is_in_force() -> None:
    assert on("2016-01-01", Background(is_amended=True)).stage == "amended"
    milestones = [{"kind": "amended", "on": "2016-01-02"}]
    assert on("2016-01-01", milestones=milestones).stage == "in_force"
    assert on("2016-01-02", milestones=milestones).stage == "amended"


def test_extended_once_the_first_term_is_over() -> None:
    first = Background(first_term=Period.parse("2015-05-05..2019"), is_amended=True)
    assert on("2019-12-31", first).stage == "amended"
    found = on("2020-01-01", first)
    assert (found.stage, found.expiry.state) == ("extended", "running")
    assert str(found.expiry.prolonged_from) == "2015-05-05..2019"
    assert on("2021-01-01", first).stage == "expired"


def test_prolongation_without_an_end_on_record_is_no_expiry() -> None:
    milestones = [{"kind": "extended", "on": "2020-11-03"}]
    found = on("2021-01-01", milestones=milestones, window="2017-S2")
    assert (found.stage, found.expiry.state, found.state) == ("extended", "prolonged", "overdue")


def test_amended_term_that_is_shorter_is_no_prolongation() -> None:
    shortened = Background(first_term=Period.parse("2015-05-05..2021"))
    assert on("2020-06-01", shortened).expiry.prolonged_from is None


def test_successor_replaces_from_its_first_day() -> None:
    later = Successor("new", "Suite", Period.parse("2020-12-01"), Period.parse("2021-03-01..2026"))
    known = Background(successor=later)
    assert on("2020-12-31", known).stage == "in_force"
    assert on("2021-01-01", known).stage == "expired"
    assert on("2021-03-01", known).stage == "replaced"


@pytest.mark.parametrize(
    ("day", "milestones", "stage"),
    [
        ("2017-09-01", [], "unknown"),
        ("2017-09-01", [{"kind": "validated", "on": "2016-01-28"}], "validated"),
        ("2017-09-01", [{"kind": "signed", "on": "2016-05-10"}], "in_renegotiation"),
        ("2017-09-01", [{"kind": "in_force", "on": "2016-06-01"}], "in_renegotiation"),
        ("2016-05-09", [{"kind": "signed", "on": "2016-05-10"}], "unknown"),
        ("2016-05-10", [{"kind": "signed", "on": "2016-05-10"}], "in_force"),
        ("2021-01-01", [], "expired"),
    ],
)
def test_dates_of_a_parent_say_nothing_of_the_signature_of_a_local_contract(
    day: str, milestones: list[Any], stage: str
) -> None:
    known = Background(("term", "window"))
    found = on(day, known, milestones=milestones, window="2017-S2..2018-S1", parent="p")
    assert found.stage == stage
