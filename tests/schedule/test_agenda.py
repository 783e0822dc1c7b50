"""Which dates stand in a calendar, and what tells one from another."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from typing import Any

import pytest
import tomli

from cpps_cli.diagnostics import CppsError
from cpps_cli.model import Amendment, Contract, Overlay, Territory
from cpps_cli.schedule.agenda import Event, Record, agenda
from cpps_cli.schedule.filters import Reminders, days_before
from tests.conftest import amendments_of, contract_of
from tests.shelf import EmptyLibrary

PLACES = ("T1", "T2", "T3")


@dataclass(frozen=True)
class Town(EmptyLibrary):
    """A library with one contract, as the agenda asks for it."""

    signed: Contract
    overlays: Mapping[str, Overlay] = field(default_factory=dict)
    changes: tuple[Amendment, ...] = ()

    territories = MappingProxyType(
        {
            code: Territory.model_validate({"code": code, "name": f"quartier {code}"})
            for code in PLACES
        }
    )

    def overlay_codes(self, contract_id: str) -> tuple[str, ...]:
        return tuple(self.overlays) if contract_id == self.signed.id else ()

    def overlay(self, contract_id: str, territory: str) -> Overlay | None:
        return self.overlays.get(territory) if contract_id == self.signed.id else None

    def amendments(self, contract_id: str) -> tuple[Amendment, ...]:
        return self.changes if contract_id == self.signed.id else ()

    def dates(self, on: str = "2016-01-01", territory: str | None = None) -> tuple[Event, ...]:
        return agenda([self.signed], self, date.fromisoformat(on), territory)


@pytest.fixture
def town(doc: dict[str, Any]) -> Town:
    """The docstring's `[parent]`, `[local.T1]` and so on, and `[amendments]`."""
    return town_of(doc)


def town_of(doc: dict[str, Any]) -> Town:
    parent = {"local_territories": PLACES, "sheets": {"x": {}, "y": {}}, **doc.get("parent", {})}
    return Town(
        contract_of(parent),
        {code: local_text(code, table) for code, table in doc.get("local", {}).items()},
        amendments_of(doc.get("amendments", {})),
    )


def local_text(code: str, table: dict[str, Any]) -> Overlay:
    own = amendments_of(table.get("amendments", {}))
    given = {"title": code, "takes": "all", **table, "amendments": own}
    return Overlay.model_validate({**given, "parent": "parent", "territory": code})


def said(events: tuple[Event, ...]) -> list[str]:
    """Each event as `day kind territory+territory…`."""
    return [
        f"{event.on} {event.kind} {'+'.join(item.contract.territory for item in event.parties)}"
        for event in events
    ]


def test_date_that_local_contracts_share_is_one_event(town: Town) -> None:
    """
    [parent]
    term = "2015-05-05..2020"
    window = "2017-S2..2018-S1"
    """
    assert said(town.dates()) == [
        "2017-07-01 window_opens T0+T1+T2+T3",
        "2018-06-30 window_closes T0+T1+T2+T3",
        "2020-12-31 term_ends T0+T1+T2+T3",
    ]


def test_local_contract_with_a_date_of_its_own_has_an_event_of_its_own(town: Town) -> None:
    """
    [parent]
    term = "2015..2020"
    window = "2018"

    [local.T2]
    contract.set.window = "2019-03-04..2019-03-29"
    """
    assert said(town.dates()) == [
        "2018-01-01 window_opens T0+T1+T3",
        "2018-12-31 window_closes T0+T1+T3",
        "2019-03-04 window_opens T2",
        "2019-03-29 window_closes T2",
        "2020-12-31 term_ends T0+T1+T2+T3",
    ]
    opens = town.dates()[2]
    assert (opens.uid, opens.inherited, opens.computed) == (
        "parent.T2.window-opens@cpps",
        False,
        False,
    )


def test_text_that_is_not_signed_yet_moves_no_date(town: Town) -> None:
    """
    [parent]
    window = "2018"

    [local.T1]
    contract.set.window = "2019"
    milestones = [{ kind = "signed", on = "2016-05-10" }]
    """
    [opens, _closes] = town.dates("2016-05-09", "T1")
    assert (opens.on, opens.inherited) == (date(2018, 1, 1), True)
    [opens, _closes] = town.dates("2016-05-10", "T1")
    assert (opens.on, opens.inherited) == (date(2019, 1, 1), False)


def test_place_asked_alone_has_its_own_identity_for_what_it_inherits(town: Town) -> None:
    """
    [parent]
    window = "2018"
    """
    opens, closes = town.dates(territory="T2")
    assert said((opens, closes)) == ["2018-01-01 window_opens T2", "2018-12-31 window_closes T2"]
    assert (opens.uid, opens.inherited) == ("parent.T2.window-opens@cpps", True)
    assert town.dates(territory="T9") == ()


def test_identity_stays_when_the_day_moves_and_the_later_version_is_known(town: Town) -> None:
    """
    [parent]
    window = "2018"

    [amendments.later]
    in_force_on = 2017-02-03
    contract.set.window = "2019"
    """
    before = Town(town.signed).dates("2018-01-01")
    after = town.dates("2018-01-01")
    assert [event.uid for event in after] == [event.uid for event in before]
    assert [event.on.year for event in (*before, *after)] == [2018, 2018, 2019, 2019]
    assert after[0].record.facts > before[0].record.facts
    assert after[0].record.last_on == date(2017, 2, 3)


@pytest.mark.parametrize(
    ("added", "facts", "last_on"),
    [
        ('parent.term = "2015-05-05..2020"', 0, "2015-05-05"),
        ('parent.milestones = [{ kind = "validated", on = "2015-04" }]', 1, "2015-04-01"),
        ('parent.milestones = [{ kind = "signed", no_later_than = "2015-06" }]', 1, "2015-06-01"),
        ('parent.milestones = [{ kind = "signed" }]', 1, "1970-01-01"),
        (
            "parent.claims = [{ says.pages = 9, retained = true }, { says.pages = 8 }]",
            2,
            "1970-01-01",
        ),
        ("amendments.a.in_force_on = 2016-02-03", 1, "2016-02-03"),
        ('local.T1.note = "held"', 1, "1970-01-01"),
        ('local.T1.milestones = [{ kind = "signed", on = "2016-05-10" }]', 2, "2016-05-10"),
        ("local.T1.amendments.b.in_force_on = 2017-02-03", 2, "2017-02-03"),
        ('parent.term = "2015"\namendments.a.in_force_on = 2014-12-25', 1, "2015-01-01"),
    ],
)
def test_each_thing_on_record_counts_and_the_last_day_dates_it(
    added: str, facts: int, last_on: str
) -> None:
    doc = tomli.loads(f'parent.window = "2018"\n{added}')
    record = town_of(doc).dates()[0].record
    assert record == Record(1 + facts, date.fromisoformat(last_on))


def test_what_is_on_record_of_another_place_makes_no_later_version(town: Town) -> None:
    """
    [parent]
    window = "2018"

    [local.T1]
    milestones = [{ kind = "signed", on = "2016-05-10" }]

    [local.T2]
    """
    everywhere, first, second, third = (
        town.dates(territory=place)[0].record.facts for place in (None, "T1", "T2", "T3")
    )
    assert (everywhere, first, second, third) == (4, 3, 2, 1)


def test_what_is_on_record_does_not_depend_on_the_day_asked(town: Town) -> None:
    """
    [parent]
    window = "2018"

    [amendments.later]
    in_force_on = 2019-02-03
    contract.set.window = "2020"
    """
    early, late = town.dates("2018-01-01")[0], town.dates("2020-01-01")[0]
    assert early.on != late.on
    assert early.record == late.record


def test_day_is_computed_only_where_no_source_gives_it(town: Town) -> None:
    """
    [parent]
    term = "2015-05-05..2020"
    window = "2017-07-01..2018-S1"
    """
    assert [event.computed for event in town.dates()] == [False, True, True]


def test_renegotiation_on_record_settles_only_who_made_it(town: Town) -> None:
    """
    [parent]
    window = "2018"

    [local.T1]
    milestones = [{ kind = "renegotiated", on = "2018-03-01" }]
    """
    _opens, closes = town.dates("2018-03-01")
    assert [bool(party.settled) for party in closes.parties] == [False, True, False, False]
    assert not closes.settled
    assert [event.settled for event in town.dates("2018-03-01", "T1")] == [True, True]
    assert [event.settled for event in town.dates("2018-02-28", "T1")] == [False, False]


def test_renegotiation_that_nobody_dated_settles_nothing(town: Town) -> None:
    """
    [parent]
    window = "2018"
    milestones = [{ kind = "renegotiated" }]
    """
    assert [event.settled for event in town.dates("2019-01-01")] == [False, False]


def test_replaced_contract_has_no_end_to_wait_for(town: Town) -> None:
    """
    [parent]
    term = "2015..2020"
    milestones = [{ kind = "replaced", on = "2019-03-01" }]
    local_territories = []
    """
    assert [event.settled for event in town.dates("2019-03-01")] == [True]


def test_exclusion_is_looked_at_again_once_its_text_is_signed(town: Town) -> None:
    """
    [parent]
    term = "2015..2020"

    [local.T1]
    milestones = [{ kind = "signed", on = "2016-05-10" }]
    exclude = [{ sheet = "x", review_on = 2018-10-01 }, { sheet = "y" }]
    """
    [review, _end] = town.dates("2016-05-10")
    assert said((review,)) == ["2018-10-01 review T1"]
    assert review.uid == "parent.T1.review.x@cpps"
    assert review.sheet
    assert review.sheet.title == "Fiche x"
    assert said(town.dates("2016-05-09")) == ["2020-12-31 term_ends T0+T1+T2+T3"]


def test_sheet_repealed_for_a_time_is_looked_at_again(town: Town) -> None:
    """
    [amendments.first]
    in_force_on = 2016-01-01
    exclude = [{ sheet = "x", reason = "essai", review_on = 2018-10-01 }]
    """
    [review] = town.dates()
    assert (review.uid, review.sheet and review.sheet.code) == ("parent.T0.review.x@cpps", "x")


def test_sheet_that_a_local_amendment_repeals_is_looked_at_again(town: Town) -> None:
    """
    [local.T1]
    add = [{ code = "z", title = "Fiche locale", axis = "a" }]

    [local.T1.amendments.later]
    in_force_on = 2017-01-01
    exclude = [{ sheet = "x", review_on = 2018-10-01 }, { sheet = "z", review_on = 2018-11-02 }]
    """
    assert town.dates("2016-12-31") == ()
    first, second = town.dates("2017-01-01")
    assert said((first, second)) == ["2018-10-01 review T1", "2018-11-02 review T1"]
    assert town.dates("2017-01-01", "T1") == (first, second)
    assert [event.sheet and event.sheet.title for event in (first, second)] == [
        "Fiche x",
        "Fiche locale",
    ]


def test_exclusion_of_a_sheet_that_no_text_has_is_looked_at_all_the_same(town: Town) -> None:
    """
    [local.T1]
    exclude = [{ sheet = "gone", review_on = 2018-10-01 }]
    """
    [review] = town.dates()
    assert (review.uid, review.sheet) == ("parent.T1.review.gone@cpps", None)
    assert review.record.facts == 2


def test_repeal_is_looked_at_again_once_it_is_in_force(town: Town) -> None:
    """
    [amendments.later]
    in_force_on = 2016-01-02
    exclude = [{ sheet = "x", review_on = 2018-10-01, sources = ["S1"] }]
    """
    assert town.dates("2016-01-01") == ()
    [review] = town.dates("2016-01-02")
    assert (review.record, review.sources) == (Record(2, date(2016, 1, 2)), ("S1",))
    assert not review.computed
    assert not review.disputed
    assert not review.settled


def test_sheet_taken_up_since_is_not_looked_at_again(town: Town) -> None:
    """
    [local.T1]
    exclude = [{ sheet = "x", review_on = 2018-10-01 }, { sheet = "y", review_on = 2018-11-02 }]

    [local.T1.amendments.later]
    in_force_on = 2017-01-01
    take = [{ sheet = "x" }]
    """
    assert said(town.dates("2016-12-31")) == ["2018-10-01 review T1", "2018-11-02 review T1"]
    assert said(town.dates("2017-01-01")) == ["2018-11-02 review T1"]


def test_sheet_repealed_again_is_looked_at_on_the_last_day_given(town: Town) -> None:
    """
    [local.T1]
    exclude = [{ sheet = "x", review_on = 2018-10-01 }]

    [local.T1.amendments.back]
    in_force_on = 2017-01-01
    take = [{ sheet = "x" }]

    [local.T1.amendments.away]
    in_force_on = 2017-06-01
    exclude = [{ sheet = "x", review_on = 2019-10-01 }]
    """
    assert said(town.dates("2017-06-01")) == ["2019-10-01 review T1"]


def test_local_amendment_that_moves_a_date_makes_a_later_version(town: Town) -> None:
    """
    [parent]
    window = "2018"

    [local.T1]
    contract.set.window = "2018-S2"

    [local.T1.amendments.later]
    in_force_on = 2017-02-03
    contract.set.window = "2019"
    """
    signed = replace(
        town, overlays={"T1": local_text("T1", {"contract": {"set": {"window": "2018-S2"}}})}
    )
    before, after = signed.dates("2018-01-01", "T1")[0], town.dates("2018-01-01", "T1")[0]
    assert before.uid == after.uid
    assert (before.on, after.on) == (date(2018, 7, 1), date(2019, 1, 1))
    assert after.record.facts > before.record.facts
    assert after.record.last_on == date(2017, 2, 3)


def test_period_read_by_us_is_marked_until_an_amendment_states_it(town: Town) -> None:
    """
    [parent]
    term = "2015..2020"
    window = "2018"

    [local.T1.contract]
    set.window = "2018-S2"
    inferred = ["window"]

    [local.T1.amendments.later]
    in_force_on = 2017-01-01
    contract.set.window = "2019"
    """
    assert [event.inferred for event in town.dates("2016-12-31", "T1")] == [True, True, False]
    assert [event.inferred for event in town.dates("2017-01-01", "T1")] == [False, False, False]
    assert [event.inferred for event in town.dates("2016-12-31", "T2")] == [False, False, False]


@pytest.mark.parametrize(
    ("on", "days"),
    [
        ("2017-04-01", (90, 30, 7)),
        ("2017-04-02", (90, 30, 7)),
        ("2017-04-03", (30, 7)),
        ("2017-06-24", (7,)),
        ("2017-06-25", ()),
        ("2017-07-01", ()),
        ("2017-07-02", ()),
    ],
)
def test_reminder_in_the_past_is_left_out(on: str, days: tuple[int, ...]) -> None:
    contract = contract_of({"window": "2017-07-01..2018-06-30", "local_territories": []})
    reminders = Reminders((90, 30, 7), date.fromisoformat(on))
    events = Town(contract).dates(on)
    assert reminders.of(events[0]) == days
    is_soon = "2017-06-25" <= on <= "2017-07-01"  # to come, and even the last reminder is past
    assert reminders.too_late(events) == (events[:1] if is_soon else ())


def test_without_reminders_none_is_too_late() -> None:
    contract = contract_of({"window": "2017-07-01..2018-06-30", "local_territories": []})
    events = Town(contract).dates()
    assert Reminders((), date(2018, 6, 29)).too_late(events) == ()


@pytest.mark.parametrize(
    ("words", "days"),
    [("90,30,7", (90, 30, 7)), ("7, 30,7", (30, 7)), ("0", (0,)), ("none", ()), ("3650", (3650,))],
)
def test_days_before_are_read(words: str, days: tuple[int, ...]) -> None:
    assert days_before(words) == days


HOW = "write how many days before: `--alarm 90,30,7`"
OR_NONE = f"{HOW}, or `--alarm none`"


@pytest.mark.parametrize(
    ("words", "said", "help"),
    [
        ("90,-7", "a reminder `-7` days before a date would come after it", HOW),
        ("soon", "`soon` is not a number of days", OR_NONE),
        ("7.5", "`7.5` is not a number of days", OR_NONE),
        ("", "`` is not a number of days", OR_NONE),
        ("30,", "`` is not a number of days", OR_NONE),
        ("none,7", "`none` is not a number of days", OR_NONE),
        ("3651", "a reminder `3651` days before is too far off: 3650 at most", ""),
        ("9999999", "`9999999` is not a number of days", OR_NONE),
    ],
)
def test_what_is_no_reminder_is_refused(words: str, said: str, help: str) -> None:
    with pytest.raises(CppsError) as refused:
        days_before(words)
    assert (str(refused.value), refused.value.help) == (said, help)
