"""Where a contract stands on every boundary day of its window and of its term.

A case is (contract, day): its state, the days, and how the end of its term stands. The contracts
are written as the files write them; `prolonged` and `own` show what amendments and local texts do.
"""

from datetime import date, timedelta
from itertools import pairwise
from typing import Any, get_args

import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st

from cpps_cli.model import Amendment, Contract, Overlay, Period, Territory
from cpps_cli.schedule.generations import catalogue, statuses
from cpps_cli.schedule.status import STATES, ContractStatus, ExpiryState, Stage
from tests.shelf import EmptyLibrary

LIBRARY = """
[plain]
term = "2015-05-05..2020"
window = "2017-S2..2018-S1"

[disputed]
claims = [
  { id = "short", says.term = "2015-05-05..2017", says.window = "2018-Q1" },
  { id = "long", says.term = "2015-05-05..2020", says.window = "2017-41..2018-40", retained = true }
]

[leap]
term = "2016-02-29..2020-02-29"
window = "2018-02..2020-02"

[year]
term = "2015..2020"
window = "2017"

[month]
term = "2015-01..2019-02"
window = "2017-02"

[whole]
term = "2015..2020"
window = "2015..2020"

[outside]
term = "2015..2017"
window = "2018-Q1"

[no-window]
term = "2015..2020"

[no-term]
window = "2017-S2"

[nothing]

[renegotiated]
term = "2015..2020"
window = "2017-S2"
milestones = [{ kind = "renegotiated", on = "2018-03-01" }]

[renegotiated-in-a-month]
term = "2015..2020"
window = "2017-S2"
milestones = [{ kind = "renegotiated", on = "2018-03" }]

[renegotiated-by]
term = "2015..2020"
window = "2017-S2"
milestones = [{ kind = "renegotiated", no_later_than = "2018-03-15" }]

[extended]
term = "2015..2020"
window = "2017-S2"
milestones = [{ kind = "extended", on = "2020-11-03" }]

[prolonged]
term = "2015..2020"
window = "2017-S2"
amendments = [{ id = "avenant-1", in_force_on = 2020-06-01, contract.set.term = "2015..2022" }]

[prolonged-on-record]
term = "2015..2020"
window = "2017-S2"
milestones = [{ kind = "extended", on = "2020-05-04" }]
amendments = [{ id = "avenant-1", in_force_on = 2020-06-01, contract.set.term = "2015..2022" }]

[moved]
term = "2015..2020"
window = "2017-S2"
amendments = [{ id = "avenant-1", in_force_on = 2017-12-31, contract.set.window = "2018-S2" }]

[old]
term = "2015..2020"
window = "2017-S2"

[new]
replaces = "old"
term = "2021-03-01..2026"
milestones = [{ kind = "signed", on = "2020-12-01" }]

[early]
replaces = "interrupted"
term = "2019-07-01..2024"

[interrupted]
term = "2015..2020"
window = "2017-S2"

[noted]
term = "2015..2020"
window = "2017-S2"
milestones = [{ kind = "replaced", on = "2021-01-15" }]
"""

LOCAL = """
[inherits]

[own-window]
contract.set.window = "2018-S2"

[own-term]
contract.set.term = "2017..2022-02"

[own-reading]
claims = [
  { id = "a", says.window = "2018-Q3", retained = true },
  { id = "b", says.window = "2018-Q4" },
]

[own-milestone]
milestones = [{ kind = "renegotiated", on = "2018-03-01" }]

[signed-late]
contract.set.window = "2019"
milestones = [{ kind = "signed", on = "2018-01-10" }]

[unknown-text]
"""

PLACES = {
    name: Territory.model_validate({"code": name, "name": f"quartier {name}"})
    for name in tomli.loads(LOCAL)
}


class Shelf(EmptyLibrary):
    """The contracts above, as a reader of files gives them."""

    def __init__(self) -> None:
        self.contracts: dict[str, Contract] = {}
        self._amendments: dict[str, tuple[Amendment, ...]] = {}
        self.territories = PLACES
        for name, table in tomli.loads(LIBRARY).items():
            amendments = [{"title": "Avenant", **item} for item in table.pop("amendments", [])]
            self._amendments[name] = tuple(map(Amendment.model_validate, amendments))
            self.contracts[name] = contract_of(name, table)
        self.overlays = {
            name: Overlay.model_validate(
                {"title": name, "takes": "all", **table, "parent": "disputed", "territory": name}
            )
            for name, table in tomli.loads(LOCAL).items()
            if name != "unknown-text"
        }

    def amendments(self, contract_id: str) -> tuple[Amendment, ...]:
        return self._amendments.get(contract_id, ())

    def overlay_codes(self, contract_id: str) -> tuple[str, ...]:
        return tuple(self.overlays) if contract_id == "disputed" else ()

    def overlay(self, contract_id: str, territory: str) -> Overlay | None:
        return self.overlays.get(territory)


def contract_of(name: str, table: dict[str, Any]) -> Contract:
    local = list(PLACES) if name == "disputed" else []
    given = {"title": "Contrat fictif", "territory": "T0", "local_territories": local, **table}
    return Contract.model_validate({**given, "id": name})


SHELF = Shelf()
# The state and its days, the end of the term and its days.
Stands = tuple[str, int | None, ExpiryState, int | None]


def found(name: str, on: date, reading: str | None = None) -> ContractStatus:
    """The standing of a contract, or of a local one of `disputed`, by its name."""
    parent = SHELF.contracts[name if name in SHELF.contracts else "disputed"]
    known = SHELF.contracts.values()
    listed = list(statuses([parent], SHELF, on, reading=reading, known=known))
    return next(item for item in listed if item.contract.id.rpartition("/")[2] == name)


CASES: list[tuple[str, str, Stands]] = [
    # the window and the term, each boundary from both sides
    ("plain", "2015-05-04", ("upcoming", 789, "not_begun", 2068)),
    ("plain", "2015-05-05", ("upcoming", 788, "running", 2067)),
    ("plain", "2017-06-30", ("upcoming", 1, "running", 1280)),
    ("plain", "2017-07-01", ("due", 364, "running", 1279)),
    ("plain", "2017-09-01", ("due", 302, "running", 1217)),
    ("plain", "2017-12-31", ("due", 181, "running", 1096)),
    ("plain", "2018-01-01", ("due", 180, "running", 1095)),
    ("plain", "2018-06-30", ("due", 0, "running", 915)),
    ("plain", "2018-07-01", ("overdue", 1, "running", 914)),
    ("plain", "2020-12-31", ("overdue", 915, "running", 0)),
    ("plain", "2021-01-01", ("lapsed", None, "expired", -1)),
    # leap days
    ("leap", "2016-02-28", ("upcoming", 704, "not_begun", 1462)),
    ("leap", "2016-02-29", ("upcoming", 703, "running", 1461)),
    ("leap", "2018-01-31", ("upcoming", 1, "running", 759)),
    ("leap", "2018-02-01", ("due", 758, "running", 758)),
    ("leap", "2020-02-28", ("due", 1, "running", 1)),
    ("leap", "2020-02-29", ("due", 0, "running", 0)),
    ("leap", "2020-03-01", ("lapsed", None, "expired", -1)),
    # precision of a year, of a month
    ("year", "2016-12-31", ("upcoming", 1, "running", 1461)),
    ("year", "2017-01-01", ("due", 364, "running", 1460)),
    ("year", "2017-12-31", ("due", 0, "running", 1096)),
    ("year", "2018-01-01", ("overdue", 1, "running", 1095)),
    ("month", "2017-01-31", ("upcoming", 1, "running", 758)),
    ("month", "2017-02-28", ("due", 0, "running", 730)),
    ("month", "2017-03-01", ("overdue", 1, "running", 729)),
    ("month", "2019-02-28", ("overdue", 730, "running", 0)),
    ("month", "2019-03-01", ("lapsed", None, "expired", -1)),
    # a window as long as the term; one after it
    ("whole", "2014-12-31", ("upcoming", 1, "not_begun", 2192)),
    ("whole", "2020-12-31", ("due", 0, "running", 0)),
    ("whole", "2021-01-01", ("lapsed", None, "expired", -1)),
    ("outside", "2017-12-31", ("upcoming", 1, "running", 0)),
    ("outside", "2018-01-15", ("lapsed", None, "expired", -15)),
    ("outside", "2018-04-01", ("lapsed", None, "expired", -91)),
    # unknown
    ("no-window", "2020-12-31", ("unknown", None, "running", 0)),
    ("no-window", "2021-01-01", ("unknown", None, "expired", -1)),
    ("no-term", "2017-06-30", ("upcoming", 1, "unknown", None)),
    ("no-term", "2018-01-01", ("overdue", 1, "unknown", None)),
    ("no-term", "2030-01-01", ("overdue", 4384, "unknown", None)),
    ("nothing", "2018-01-01", ("unknown", None, "unknown", None)),
    # a renegotiation on record counts from the day on which it is certain
    ("renegotiated", "2018-02-28", ("overdue", 59, "running", 1037)),
    ("renegotiated", "2018-03-01", ("renegotiated", None, "running", 1036)),
    ("renegotiated", "2021-01-01", ("renegotiated", None, "expired", -1)),
    ("renegotiated-in-a-month", "2018-03-30", ("overdue", 89, "running", 1007)),
    ("renegotiated-in-a-month", "2018-03-31", ("renegotiated", None, "running", 1006)),
    ("renegotiated-by", "2018-03-14", ("overdue", 73, "running", 1023)),
    ("renegotiated-by", "2018-03-15", ("renegotiated", None, "running", 1022)),
    # extension: recorded without its end, or by an amendment
    ("extended", "2020-12-31", ("overdue", 1096, "running", 0)),
    ("extended", "2021-01-01", ("overdue", 1097, "prolonged", -1)),
    ("prolonged", "2020-05-31", ("overdue", 882, "running", 214)),
    ("prolonged", "2020-06-01", ("overdue", 883, "running", 943)),
    ("prolonged", "2021-01-01", ("overdue", 1097, "running", 729)),
    ("prolonged", "2022-12-31", ("overdue", 1826, "running", 0)),
    ("prolonged", "2023-01-01", ("lapsed", None, "expired", -1)),
    ("prolonged-on-record", "2022-12-31", ("overdue", 1826, "running", 0)),
    ("prolonged-on-record", "2023-01-01", ("lapsed", None, "expired", -1)),
    ("moved", "2017-12-30", ("due", 1, "running", 1097)),
    ("moved", "2017-12-31", ("upcoming", 182, "running", 1096)),
    ("moved", "2018-12-31", ("due", 0, "running", 731)),
    # replacement: signed before it begins, begun early, or only noted
    ("old", "2020-12-31", ("overdue", 1096, "running", 0)),
    ("old", "2021-01-01", ("lapsed", None, "expired", -1)),
    ("old", "2021-02-28", ("lapsed", None, "expired", -59)),
    ("old", "2021-03-01", ("over", None, "replaced", -60)),
    ("new", "2021-02-28", ("unknown", None, "not_begun", 2132)),
    ("interrupted", "2019-06-30", ("overdue", 546, "running", 550)),
    ("interrupted", "2019-07-01", ("over", None, "replaced", 549)),
    ("noted", "2021-01-14", ("lapsed", None, "expired", -14)),
    ("noted", "2021-01-15", ("over", None, "replaced", -15)),
    # local contracts: inherited, own, and both
    ("disputed", "2017-09-01", ("due", 302, "running", 1217)),
    ("inherits", "2017-06-30", ("upcoming", 1, "running", 1280)),
    ("inherits", "2017-07-01", ("due", 364, "running", 1279)),
    ("inherits", "2021-01-01", ("lapsed", None, "expired", -1)),
    ("unknown-text", "2018-06-30", ("due", 0, "running", 915)),
    ("own-window", "2018-06-30", ("upcoming", 1, "running", 915)),
    ("own-window", "2018-07-01", ("due", 183, "running", 914)),
    ("own-window", "2019-01-01", ("overdue", 1, "running", 730)),
    ("own-term", "2016-12-31", ("upcoming", 182, "not_begun", 1885)),
    ("own-term", "2021-01-01", ("overdue", 916, "running", 423)),
    ("own-term", "2022-02-28", ("overdue", 1339, "running", 0)),
    ("own-term", "2022-03-01", ("lapsed", None, "expired", -1)),
    ("own-reading", "2018-09-30", ("due", 0, "running", 823)),
    ("own-milestone", "2018-03-01", ("renegotiated", None, "running", 1036)),
    ("signed-late", "2018-01-09", ("due", 172, "running", 1087)),
    ("signed-late", "2018-01-10", ("upcoming", 356, "running", 1086)),
    ("signed-late", "2019-12-31", ("due", 0, "running", 366)),
]
# The same days with the reading that is not retained.
OTHER_READING: list[tuple[str, str, Stands]] = [
    ("disputed", "2017-09-01", ("upcoming", 122, "running", 121)),
    ("disputed", "2017-12-31", ("upcoming", 1, "running", 0)),
    ("disputed", "2018-01-01", ("lapsed", None, "expired", -1)),
    ("disputed", "2018-01-15", ("lapsed", None, "expired", -15)),
    ("disputed", "2018-03-31", ("lapsed", None, "expired", -90)),
    ("disputed", "2018-04-01", ("lapsed", None, "expired", -91)),
    ("inherits", "2018-01-15", ("lapsed", None, "expired", -15)),
    ("unknown-text", "2017-12-31", ("upcoming", 1, "running", 0)),
    ("own-window", "2018-01-15", ("lapsed", None, "expired", -15)),
    ("own-term", "2018-04-01", ("overdue", 1, "running", 1429)),
    ("own-milestone", "2018-03-01", ("renegotiated", None, "expired", -60)),
    # one that has no such reading: what is retained
    ("own-reading", "2018-09-30", ("lapsed", None, "expired", -273)),
    ("plain", "2017-09-01", ("due", 302, "running", 1217)),
]


def stands(item: ContractStatus) -> Stands:
    return item.state, item.days, item.expiry.state, item.term_days


@pytest.mark.parametrize(("name", "on", "expected"), CASES)
def test_contract_on_a_day(name: str, on: str, expected: Stands) -> None:
    assert stands(found(name, date.fromisoformat(on))) == expected


@pytest.mark.parametrize(("name", "on", "expected"), OTHER_READING)
def test_contract_on_a_day_with_the_other_reading(name: str, on: str, expected: Stands) -> None:
    assert stands(found(name, date.fromisoformat(on), "short")) == expected


def test_each_contract_stands_in_the_table() -> None:
    every = {*SHELF.contracts, *PLACES}
    assert every - {"early"} == {case[0] for case in CASES}


@pytest.mark.parametrize(("name", "on", "expected"), CASES)
def test_list_of_contracts_judges_as_the_status_does(name: str, on: str, expected: Stands) -> None:
    parent = SHELF.contracts[name if name in SHELF.contracts else "disputed"]
    listing = catalogue([parent], SHELF, date.fromisoformat(on), SHELF.contracts.values())
    listed = {item.contract.id.rpartition("/")[2]: item.status for item in listing}
    if name == "unknown-text":
        assert name not in listed  # what has no text of its own is counted, not listed
    else:
        assert stands(listed[name]) == expected


def test_recording_the_renegotiation_of_one_local_contract_leaves_the_others() -> None:
    parent, day = SHELF.contracts["disputed"], date(2018, 3, 1)
    states = {item.contract.territory: item.state for item in statuses([parent], SHELF, day)}
    assert states.pop("own-milestone") == "renegotiated"
    assert states.pop("own-window") == states.pop("own-reading") == "upcoming"
    assert states.pop("signed-late") == "upcoming"
    assert set(states.values()) == {"due"}


def test_recording_the_renegotiation_of_the_parent_settles_no_local_contract() -> None:
    table = tomli.loads(LIBRARY)["disputed"]
    table["milestones"] = [{"kind": "renegotiated", "on": "2018-03-01"}]
    parent = contract_of("disputed", table)
    states = [item.state for item in statuses([parent], SHELF, date(2018, 3, 1))]
    assert states[0] == "renegotiated"
    assert states.count("renegotiated") == 2  # and the one that records its own


@pytest.mark.parametrize(
    ("name", "window", "term"),
    [
        ("disputed", False, False),
        ("inherits", True, True),
        ("unknown-text", True, True),
        ("own-window", False, True),
        ("own-term", True, False),
        ("own-reading", False, True),
    ],
)
def test_answer_says_whose_dates_they_are(name: str, window: bool, term: bool) -> None:
    item = found(name, date(2018, 1, 1))
    assert (item.window_inherited, item.term_inherited) == (window, term)


# --- laws

DAYS = st.dates(date(2010, 1, 1), date(2030, 12, 31))
ORDER = ["upcoming", "due", "overdue", "lapsed"]


@given(DAYS, st.sampled_from([None, "short", "long"]))
def test_on_any_day_every_contract_is_in_exactly_one_state_and_stage(
    day: date, reading: str | None
) -> None:
    listed = list(
        statuses(
            SHELF.contracts.values(), SHELF, day, reading=reading, known=SHELF.contracts.values()
        )
    )
    assert len(listed) == len(SHELF.contracts) + len(PLACES)
    for item in listed:
        done = item.state == "renegotiated"
        window: Period | None = item.window.value if item.window else None
        term_is_over = item.expiry.state != "prolonged" and (item.term_days or 0) < 0
        over = not done and item.is_over and not (window and item.state == "lapsed")
        running = not done and not over and window is not None and not term_is_over
        holds = {
            "renegotiated": done,
            "over": item.state == "over",
            "none_planned": False,
            "unknown": not done and item.state != "over" and window is None,
            "upcoming": bool(running and window and day < window.first),
            "due": bool(running and window and day in window),
            "overdue": bool(running and window and day > window.last),
            "lapsed": not done and item.state != "over" and window is not None and term_is_over,
        }
        assert [state for state in STATES if holds[state]] == [item.state]
        assert item.stage in get_args(Stage)


@st.composite
def contracts(draw: st.DrawFn) -> Contract:
    """A contract with a window in its term, and nothing on record."""
    starts = draw(st.dates(date(2010, 1, 1), date(2020, 12, 31)))
    length = draw(st.integers(0, 2500))
    opens = draw(st.integers(0, length))
    closes = draw(st.integers(opens, length))
    first, last = starts + timedelta(opens), starts + timedelta(closes)
    window = f"{first}..{last}" if first < last else f"{first}"
    term = f"{starts}..{starts + timedelta(length)}" if length else f"{starts}"
    return contract_of("drawn", {"term": term, "window": window})


@given(contracts())
def test_nothing_recorded_passes_upcoming_due_overdue_lapsed_in_that_order(
    contract: Contract,
) -> None:
    assert contract.window is not None
    assert contract.term is not None
    window, term = contract.window, contract.term
    boundaries = (term.first, window.first, window.last, term.last)
    days = sorted({day + timedelta(step) for day in boundaries for step in (-1, 0, 1)})
    passed = [ORDER.index(next(statuses([contract], SHELF, day)).state) for day in days]
    assert passed == sorted(passed)
    assert (passed[0], passed[-1]) == (0, 3)
    assert all(
        ORDER[state] != "overdue"
        for state, day in zip(passed, days, strict=True)
        if day > term.last
    )


@given(contracts(), DAYS)
def test_days_are_counted_down_to_the_last_day_and_up_again(contract: Contract, day: date) -> None:
    pairs = pairwise([next(statuses([contract], SHELF, day + timedelta(n))) for n in range(3)])
    for today, tomorrow in pairs:
        if today.state == tomorrow.state and today.days is not None:
            assert tomorrow.days == today.days + (1 if today.state == "overdue" else -1)
