"""States of a contract on every side of every boundary."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpps_cli.diagnostics import CppsError
from cpps_cli.model import Contract, Period, milestones_by
from cpps_cli.schedule.filters import states_named
from cpps_cli.schedule.status import Background, current_generation, status_of, successor

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


def test_contract_whose_term_is_over_is_not_due_in_its_window() -> None:
    found = status_of(contract(term="2015..2017", window="2018-Q1"), date(2018, 1, 15))
    assert (found.state, found.term_days) == ("lapsed", -15)


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


def test_replaced_or_terminated_contract_is_over() -> None:
    for kind in ("replaced", "terminated"):
        found = status_of(
            contract(milestones=[{"kind": kind, "on": "2018-01-10"}]), date(2018, 2, 1)
        )
        assert (found.state, found.expiry.state, found.stage) == ("over", kind, kind)
        assert found.is_over
        assert not found.is_missed


def test_change_of_term_ends_a_contract() -> None:
    """The term of 2024 to 2026 was cut to end in March 2025; its window is the second half."""
    known = Background(first_term=Period.parse("2024..2026"))
    head = contract(term="2024-01-01..2025-03-31", window="2025-S2")
    assert status_of(head, date(2025, 3, 31), background=known).state == "upcoming"
    found = status_of(head, date(2025, 9, 1), background=known)
    assert (found.state, found.expiry.state, found.stage) == ("over", "terminated", "terminated")
    assert found.expiry.shortened_from == Period.parse("2024..2026")


def test_second_prolongation_counts() -> None:
    """An amendment of July 2017 moved the term to 2019; another came in December 2019."""
    known = Background(first_term=Period.parse("2015..2017"), moved_on=date(2017, 7, 20))
    head = contract(term="2015..2019", milestones=[{"kind": "extended", "on": "2019-12-15"}])
    assert status_of(head, date(2020, 2, 1), background=known).expiry.state == "prolonged"
    same = contract(term="2015..2019", milestones=[{"kind": "extended", "on": "2017-07-10"}])
    assert status_of(same, date(2020, 2, 1), background=known).expiry.state == "expired"


def test_undated_renegotiation_is_on_record() -> None:
    found = status_of(contract(milestones=[{"kind": "renegotiated"}]), date(2018, 2, 1))
    assert (found.state, found.undated) == ("renegotiated", ("renegotiated",))


def test_no_window_planned_is_not_unknown() -> None:
    head = contract(window=None, no_window=True)
    found = status_of(head, date(2018, 2, 1), background=Background(no_window=True))
    assert found.state == "none_planned"


def test_milestones_are_told_in_order_up_to_the_day() -> None:
    """An amendment written before the signature; a replacement to come; one without a date."""
    kinds = [("amended", "2016"), ("signed", "2015-05"), ("replaced", "2022"), ("extended", None)]
    milestones = contract(
        milestones=[{"kind": kind, **({"on": on} if on else {})} for kind, on in kinds]
    ).milestones
    told = [item.kind for item in milestones_by(milestones, date(2018, 1, 1))]
    assert told == ["signed", "amended", "extended"]
