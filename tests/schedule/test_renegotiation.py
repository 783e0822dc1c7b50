"""States of a contract on every side of every boundary."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpps_cli.diagnostics import CppsError
from cpps_cli.model import Contract
from cpps_cli.schedule.filters import states_named
from cpps_cli.schedule.status import current_generation, status_of, successor

CPPS = {
    "id": "c",
    "title": "Contrat fictif",
    "territory": "T0",
    "term": "2015-05-05..2020",
    "window": "2017-S2..2018-S1",
}


def contract(**fields: object) -> Contract:
    return Contract.model_validate({**CPPS, **fields})


@pytest.mark.parametrize(
    ("on", "state", "days"),
    [
        ("2017-06-30", "upcoming", 1),
        ("2017-07-01", "due", 364),
        ("2017-09-01", "due", 302),
        ("2018-06-30", "due", 0),
        ("2018-07-01", "overdue", 1),
        ("2020-02-29", "overdue", 609),
        ("2020-12-31", "overdue", 915),
        ("2021-01-01", "lapsed", None),
    ],
)
def test_contract_on_a_day_is_in_one_state(on: str, state: str, days: int | None) -> None:
    found = status_of(contract(), date.fromisoformat(on))
    assert (found.state, found.days) == (state, days)


def test_without_window_nothing_is_known() -> None:
    found = status_of(Contract.model_validate({**CPPS, "window": None}), date(2018, 1, 1))
    assert (found.state, found.days, found.term_days) == ("unknown", None, 1095)


def test_without_term_a_closed_window_stays_overdue() -> None:
    found = status_of(Contract.model_validate({**CPPS, "term": None}), date(2030, 1, 1))
    assert found.state == "overdue"


def test_recorded_renegotiation_counts_from_its_day_on() -> None:
    milestones = [{"kind": "renegotiated", "on": "2018-03-01"}]
    assert status_of(contract(milestones=milestones), date(2018, 2, 28)).state == "due"
    assert status_of(contract(milestones=milestones), date(2018, 3, 1)).state == "renegotiated"


def test_window_may_be_open_although_the_term_is_over() -> None:
    found = status_of(contract(term="2015..2017", window="2018-Q1"), date(2018, 1, 15))
    assert (found.state, found.term_days) == ("due", -15)


@given(st.dates(date(2014, 1, 1), date(2024, 12, 31)))
def test_nothing_recorded_passes_through_the_states_in_order(day: date) -> None:
    order = ["upcoming", "due", "overdue", "lapsed"]
    today = status_of(contract(), day).state
    tomorrow = status_of(contract(), day + timedelta(days=1)).state
    assert order.index(tomorrow) - order.index(today) in (0, 1)


def test_current_generation_is_the_latest_that_has_begun() -> None:
    old = contract(id="old", term="2009..2014")
    new = contract(id="new", replaces="old")
    assert current_generation([old, new], date(2015, 5, 4)) == old
    assert current_generation([new, old], date(2015, 5, 5)) == new
    assert current_generation([old, new], date(2000, 1, 1)) is None
    assert successor(old, [old, new]) == new


def test_current_generation_of_two_that_begin_together_is_the_same_in_any_order() -> None:
    one, two = contract(id="one"), contract(id="two")
    assert current_generation([one, two], date(2016, 1, 1)) == two
    assert current_generation([two, one], date(2016, 1, 1)) == two


def test_unknown_state_is_refused_with_the_list() -> None:
    assert states_named("due, overdue") == {"due", "overdue"}
    with pytest.raises(CppsError) as refused:
        states_named("late")
    assert "overdue" in refused.value.values["known"]  # type: ignore[operator]
