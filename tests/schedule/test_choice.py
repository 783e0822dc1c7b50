"""What is asked for: a time ahead, what was missed, states to fail on, a reading."""

from datetime import date
from typing import Any

import pytest

from cpps_cli.diagnostics import CppsError
from cpps_cli.model import Contract, Overlay
from cpps_cli.schedule.filters import (
    Choice,
    Duration,
    changes_by,
    is_awaited,
    reading_named,
    states_named,
)
from cpps_cli.schedule.status import STATES, Background, ContractStatus, Successor, status_of
from tests.shelf import EmptyLibrary


def on(day: str, background: Background | None = None, **fields: Any) -> ContractStatus:
    given = {
        "id": "c",
        "title": "Contrat fictif",
        "territory": "T0",
        "term": "2015..2020",
        "window": "2017-S2..2018-S1",
        **fields,
    }
    contract = Contract.model_validate(given)
    return status_of(contract, date.fromisoformat(day), background=background)


@pytest.mark.parametrize(
    ("written", "start", "end"),
    [
        ("1d", "2016-02-28", "2016-02-29"),
        ("90d", "2017-09-01", "2017-11-30"),
        ("90 jours", "2017-09-01", "2017-11-30"),
        ("90J", "2017-09-01", "2017-11-30"),
        ("2w", "2017-09-01", "2017-09-15"),
        ("2 semaines", "2017-09-01", "2017-09-15"),
        ("1m", "2017-01-31", "2017-02-28"),
        ("1 month", "2016-01-31", "2016-02-29"),
        ("3 mois", "2017-11-30", "2018-02-28"),
        ("12m", "2016-02-29", "2017-02-28"),
        ("1y", "2016-02-29", "2017-02-28"),
        ("4 ans", "2016-02-29", "2020-02-29"),
        ("+30d", "2017-09-01", "2017-10-01"),
        ("90d", "9999-12-01", "9999-12-31"),
        ("1y", "9998-12-01", "9999-12-01"),
        ("2y", "9998-12-01", "9999-12-31"),
    ],
)
def test_duration_ends_on_a_day(written: str, start: str, end: str) -> None:
    assert Duration.parse(written).after(date.fromisoformat(start)) == date.fromisoformat(end)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("soon", "is not a duration"),
        ("", "is not a duration"),
        ("1.5m", "is not a duration"),
        ("90", "has no unit: days, weeks, months or years?"),
        ("-90d", "is in the past: `--within` looks ahead"),
        ("0d", "is too short or too long to look ahead"),
        ("1001d", "is too short or too long to look ahead"),
        ("9" * 5000 + "d", "is too short or too long to look ahead"),
        ("3q", "is in no unit of time that is known here"),
    ],
)
def test_each_slip_of_a_duration_has_its_sentence(written: str, said: str) -> None:
    with pytest.raises(CppsError) as refused:
        Duration.parse(written)
    assert str(refused.value) == f"`{written}` {said}"
    assert refused.value.help == "write 90d for days, 12w for weeks, 3m for months, 1y for years"


def test_duration_keeps_the_words_it_was_asked_in() -> None:
    assert Duration.parse(" 1000 Jours ") == Duration("1000 Jours", 1000, "day")


@pytest.mark.parametrize(
    ("day", "until", "is_taken"),
    [
        ("2017-06-01", "2017-06-30", False),
        ("2017-06-01", "2017-07-01", True),  # it opens
        ("2017-07-01", "2017-07-31", True),  # on that very day
        ("2017-07-02", "2018-06-29", False),
        ("2017-07-02", "2018-06-30", True),  # it closes
        ("2018-07-01", "2020-12-30", False),
        ("2018-07-01", "2020-12-31", True),  # the term ends
        ("2020-12-31", "2020-12-31", True),
        ("2021-01-01", "2030-01-01", False),
    ],
)
def test_what_comes_is_an_opening_a_closing_or_an_end(day: str, until: str, is_taken: bool) -> None:
    found = on(day)
    assert changes_by(found, date.fromisoformat(day), date.fromisoformat(until)) is is_taken


def test_what_is_settled_comes_no_more() -> None:
    milestones = [{"kind": "renegotiated", "on": "2017-08-01"}]
    day, year_end, term_end = date(2018, 6, 1), date(2018, 12, 31), date(2020, 12, 31)
    assert not changes_by(on("2018-06-01", milestones=milestones), day, year_end)
    known = Background(successor=Successor("new", "Suite", None, None))
    assert changes_by(on("2018-06-01"), date(2018, 7, 1), term_end)
    assert not changes_by(on("2018-06-01", known), date(2018, 7, 1), term_end)


@pytest.mark.parametrize(
    ("day", "is_missed"), [("2018-06-30", False), ("2018-07-01", True), ("2021-01-01", True)]
)
def test_missed_is_a_window_closed_without_renegotiation(day: str, is_missed: bool) -> None:
    assert Choice(missed=True).takes(on(day), date.fromisoformat(day)) is is_missed


def test_missed_is_also_an_expired_contract_that_nothing_replaces() -> None:
    done = [{"kind": "renegotiated", "on": "2018-01-01"}]
    assert not on("2020-12-31", milestones=done).is_missed
    assert on("2021-01-01", milestones=done).is_missed


def test_two_choices_are_either() -> None:
    soon_or_missed = Choice(Duration.parse("1m"), missed=True)
    assert soon_or_missed.takes(on("2018-06-15"), date(2018, 6, 15))
    assert soon_or_missed.takes(on("2019-01-01"), date(2019, 1, 1))
    assert not soon_or_missed.takes(on("2018-01-15"), date(2018, 1, 15))
    assert Choice().takes(on("2018-01-15"), date(2018, 1, 15))


def test_word_that_is_no_state_is_refused_with_those_there_are() -> None:
    with pytest.raises(CppsError) as refused:
        states_named("due, late")
    assert str(refused.value) == "`late` is not a state"
    assert refused.value.values["known"] == (*STATES, "expired", "any")


def test_states_to_fail_on() -> None:
    assert is_awaited(on("2018-01-01"), states_named("due,overdue"))
    assert not is_awaited(on("2018-01-01"), states_named("overdue, expired"))
    assert is_awaited(on("2021-01-01"), states_named("expired"))
    assert is_awaited(on("2016-01-01"), states_named("any"))
    assert not is_awaited(on("2016-01-01"), states_named(""))


CLAIMS = [
    {"id": "long", "says": {"window": "2017-S2"}, "retained": True},
    {"id": "short", "says": {"window": "2018-Q1"}},
    {"id": "thick", "says": {"pages": 190}, "retained": True},
]


class LocalTexts(EmptyLibrary):
    """A reader of a library whose first contract, `c`, may have a local text for T1."""

    def __init__(self, **text: Any) -> None:
        given = {"title": "Contrat local", "takes": "all", "parent": "c", "territory": "T1"}
        self.texts: dict[tuple[str, str], Overlay | None] = {}
        if text:
            self.texts["c", "T1"] = Overlay.model_validate({**given, **text})

    def overlay_codes(self, contract_id: str) -> tuple[str, ...]:
        return tuple(code for parent, code in self.texts if parent == contract_id)

    def overlay(self, contract_id: str, territory: str) -> Overlay | None:
        return self.texts.get((contract_id, territory))


def test_reading_is_one_of_a_term_or_a_window() -> None:
    contract = on("2018-01-01", claims=CLAIMS).contract
    assert reading_named("short", [contract], LocalTexts()) == "short"
    assert reading_named(None, [contract], LocalTexts()) is None
    with pytest.raises(CppsError) as refused:
        reading_named("shrt", [contract], LocalTexts())
    assert str(refused.value) == "no reading of a term or a window is called `shrt`"
    assert refused.value.help == "those of {contract}: {readings}"
    assert refused.value.values["contract"] == "Contrat fictif"
    assert refused.value.values["readings"] == ("long", "short")


def test_reading_may_be_that_of_any_contract_asked_or_of_a_local_text() -> None:
    first = on("2018-01-01", claims=CLAIMS, short_title="Premier").contract
    says = {"id": "later", "says": {"term": "2016..2021"}}
    second = on("2018-01-01", id="d", claims=[says], short_title="Second").contract
    local = LocalTexts(claims=[{"id": "own", "says": {"window": "2019"}, "retained": True}])
    for name in ("short", "later", "own"):
        assert reading_named(name, [first, second], local) == name
    with pytest.raises(CppsError) as refused:
        reading_named("thick", [first, second], local)
    assert refused.value.values["contract"] == "Premier, Second"
    assert refused.value.values["readings"] == ("long", "short", "own", "later")


def test_local_text_at_fault_has_no_reading() -> None:
    local = LocalTexts(claims=CLAIMS)
    local.texts = {("c", "T1"): None}
    with pytest.raises(CppsError) as refused:
        reading_named("short", [on("2018-01-01").contract], local)
    assert "no source disagrees" in str(refused.value)


def test_reading_of_dates_that_nobody_disputes_is_refused() -> None:
    plain, disputed = on("2018-01-01").contract, on("2018-01-01", id="d", claims=CLAIMS).contract
    with pytest.raises(CppsError) as refused:
        reading_named("short", [plain], LocalTexts(), [plain, disputed])
    said = "Contrat fictif has no reading `short`: no source disagrees on its dates"
    assert str(refused.value) == said
    assert refused.value.help == "they do on those of {others}: name one with `--contract`"
    assert refused.value.values["others"] == ("d",)


def test_reading_is_refused_where_no_contract_of_the_library_has_any() -> None:
    with pytest.raises(CppsError) as refused:
        reading_named("short", [], LocalTexts(), [on("2018-01-01").contract])
    assert str(refused.value) == "– has no reading `short`: no source disagrees on its dates"
    assert refused.value.help == ""
