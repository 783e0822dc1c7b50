"""Each date of a standing: the rule that gave it, and the line that holds it."""

from datetime import date
from typing import Any

import pytest

from cpps_cli.diagnostics import Place
from cpps_cli.engine.lines import Line
from cpps_cli.model import Amendment, Contract, Overlay, Period, Territory
from cpps_cli.schedule.date_provenance import DateProvenance, date_provenance
from cpps_cli.schedule.generations import statuses
from cpps_cli.schedule.status import Background, ContractStatus, status_of
from tests.conftest import amendments_of
from tests.shelf import EmptyLibrary

DAY = date(2018, 1, 1)


class Texts(EmptyLibrary):
    """What a test's docstring holds: `[parent]`, `[amendments]` and `[local]`."""

    def __init__(self, doc: dict[str, Any]) -> None:
        given = {"title": "Contrat fictif", "territory": "T0", "local_territories": ["T1"]}
        self.parent = Contract.model_validate({**given, **doc.get("parent", {}), "id": "p"})
        self.territories = {
            "T1": Territory.model_validate({"code": "T1", "name": "quartier fictif"})
        }
        self._amendments = amendments_of(doc.get("amendments", {}))
        self._overlay = _local_text(doc["local"]) if "local" in doc else None

    def amendments(self, contract_id: str) -> tuple[Amendment, ...]:
        return self._amendments

    def overlay_codes(self, contract_id: str) -> tuple[str, ...]:
        return ("T1",) if self._overlay else ()

    def overlay(self, contract_id: str, territory: str) -> Overlay | None:
        return self._overlay


def _local_text(table: dict[str, Any]) -> Overlay:
    own = amendments_of(table.get("amendments", {}))
    named = {"title": "Contrat local", "takes": "all", "parent": "p", "territory": "T1"}
    return Overlay.model_validate({**table, **named, "amendments": own})


@pytest.fixture
def texts(doc: dict[str, Any]) -> Texts:
    return Texts(doc)


def both(
    texts: Texts, on: date = DAY, reading: str | None = None
) -> tuple[ContractStatus, ContractStatus]:
    parent, local = statuses([texts.parent], texts, on, reading=reading)
    return parent, local


def told(
    found: tuple[DateProvenance, ...],
) -> list[tuple[str, str, str, str, tuple[str | int, ...]]]:
    return [
        (one.fact, str(one.day), one.rule, one.line.place.file, one.line.place.path)
        for one in found
    ]


def test_days_that_are_written_and_days_that_are_computed(texts: Texts) -> None:
    """
    [parent]
    term = "2015-05-05..2020"
    window = "2017-S2..2018-06-15"
    sources = ["S1"]
    """
    parent, local = both(texts)
    file = "p/contract.toml"
    assert told(date_provenance(parent, DAY)) == [
        ("window_opens_on", "2017-07-01", "first_day", file, ("window",)),
        ("window_closes_on", "2018-06-15", "as_written", file, ("window",)),
        ("term_starts_on", "2015-05-05", "as_written", file, ("term",)),
        ("term_ends_on", "2020-12-31", "last_day", file, ("term",)),
    ]
    assert [str(one.written) for one in date_provenance(parent, DAY)][1:3] == [
        "2018-06-15",
        "2015-05-05",
    ]
    assert {one.line.sources for one in date_provenance(parent, DAY)} == {("S1",)}
    assert told(date_provenance(local, DAY)) == told(date_provenance(parent, DAY))
    assert all(one.inherited for one in date_provenance(local, DAY))


def test_reading_leads_to_its_claim(texts: Texts) -> None:
    """
    [parent]
    claims = [
      { id = "a", says.term = "2015..2020", says.window = "2017-S2", sources = ["S1"], retained = true },
      { id = "b", says.term = "2015..2017", says.window = "2018-Q1", sources = ["S2"] },
    ]
    """  # noqa: E501 (an inline table of TOML stands on one line)
    for reading, index, source in ((None, 0, "S1"), ("a", 0, "S1"), ("b", 1, "S2")):
        for item in both(texts, reading=reading):
            window, _, term, _ = date_provenance(item, DAY)
            assert window.line.place.path == ("claims", index, "says", "window")
            assert term.line.place.path == ("claims", index, "says", "term")
            assert window.line.sources == (source,)
            assert window.reading == (reading or "a")


def test_term_in_force_leads_to_its_amendment(texts: Texts) -> None:
    """
    [parent]
    window = "2017-S2"
    claims = [
      { id = "a", says.term = "2015..2020", retained = true },
      { id = "b", says.term = "2015..2017" },
    ]
    [amendments.avenant-1]
    in_force_on = 2017-01-01
    sources = ["S3"]
    contract.set.term = "2015..2021"
    [amendments.avenant-2]
    in_force_on = 2019-01-01
    contract.set.term = "2015..2022"
    [amendments.avenant-3]
    in_force_on = 2017-06-01
    contract.append.partners = ["Bailleur fictif"]
    [amendments.avenant-4]
    in_force_on = 2017-06-02
    """
    before, after = date(2016, 12, 31), date(2019, 1, 1)
    places = {
        day: date_provenance(both(texts, day)[0], day)[2].line.place for day in (before, DAY, after)
    }
    assert places[before].path == ("claims", 0, "says", "term")
    assert places[DAY].file == "p/amendments/avenant-1.toml"
    assert places[after].file == "p/amendments/avenant-2.toml"
    assert places[after].path == ("contract", "set", "term")
    assert date_provenance(both(texts)[1], DAY)[2].line.sources == ("S3",)


def test_amendment_of_a_local_contract_leads_to_its_own_file(texts: Texts) -> None:
    """
    [parent]
    term = "2015..2020"
    window = "2017-S2"
    [local]
    contract = { set.window = "2018-S2", sources = ["S1"] }
    sources = ["S2"]
    [local.amendments.a1]
    in_force_on = 2017-01-01
    sources = ["S3"]
    contract = { set.window = "2019", sources = ["S4"] }
    [local.amendments.a2]
    in_force_on = 2017-06-01
    sources = ["S5"]
    contract.set.term = "2015..2021"
    """
    days = date(2016, 12, 31), date(2017, 1, 1), date(2017, 6, 1)
    signed, first, second = (date_provenance(both(texts, day)[1], day) for day in days)
    own, a1, a2 = (
        "p/local/T1.toml",
        *(f"p/local/T1/amendments/{name}.toml" for name in ("a1", "a2")),
    )
    at = ("contract", "set", "window")
    assert signed[0].line == Line(Place(own, at), Period.parse("2018-S2"), "local", ("S1",))
    assert first[0].line == Line(Place(a1, at), Period.parse("2019"), "a1", ("S4",))
    assert second[0].line == first[0].line
    assert [one.line.place.file for one in first[2:]] == ["p/contract.toml"] * 2
    at = ("contract", "set", "term")
    assert second[2].line == Line(Place(a2, at), Period.parse("2015..2021"), "a2", ("S5",))


def test_line_says_what_it_holds_and_of_which_text(texts: Texts) -> None:
    """
    [parent]
    sources = ["S1"]
    window = "2017-S2"
    claims = [
      { id = "a", says.term = "2015..2020", sources = ["S2"], retained = true },
      { id = "b", says.term = "2015..2017" },
    ]
    [amendments.avenant-1]
    in_force_on = 2019-01-01
    contract.set.term = "2015..2022"
    [local]
    sources = ["S3"]
    contract.set.term = "2016..2020"
    claims = [
      { id = "c", says.window = "2018", sources = ["S4"], retained = true },
      { id = "d", says.window = "2019", sources = ["S5"] },
    ]
    """

    def lines(item: ContractStatus, on: date) -> list[tuple[str, str, tuple[str, ...]]]:
        found = date_provenance(item, on)
        return [(str(one.line.value), one.line.version, one.line.sources) for one in found[::2]]

    later = date(2019, 1, 1)
    assert lines(both(texts)[0], DAY) == [
        ("2017-S2", "signed", ("S1",)),
        ("2015..2020", "signed", ("S2",)),
    ]
    assert lines(both(texts, later)[0], later)[1] == ("2015..2022", "avenant-1", ())
    assert lines(both(texts)[1], DAY) == [
        ("2018", "local", ("S4",)),
        ("2016..2020", "local", ("S3",)),
    ]
    assert lines(both(texts, reading="d")[1], DAY)[0] == ("2019", "local", ("S5",))


def test_renegotiation_leads_to_its_milestone(texts: Texts) -> None:
    """
    [parent]
    milestones = [
      { kind = "validated", on = "2014-12-01" },
      { kind = "renegotiated", no_later_than = "2017-11", sources = ["S1"] },
      { kind = "renegotiated", on = "2017-12-31" },
    ]
    [local]
    milestones = [{ kind = "renegotiated", on = "2017-12-31", sources = ["S2"] }]
    """
    assert date_provenance(both(texts)[0], date(2017, 11, 29)) == ()
    [parent], [local] = (date_provenance(item, DAY) for item in both(texts))
    by = Period.parse("2017-11")
    line = Line(Place("p/contract.toml", ("milestones", 1, "no_later_than")), by, "signed", ("S1",))
    assert parent == DateProvenance("renegotiated_on", date(2017, 11, 30), "last_day", by, line)
    on = Period.parse("2017-12-31")
    line = Line(Place("p/local/T1.toml", ("milestones", 0, "on")), on, "local", ("S2",))
    assert local == DateProvenance("renegotiated_on", date(2017, 12, 31), "as_written", on, line)


def test_contract_alone_has_the_lines_of_its_own_text(texts: Texts) -> None:
    """
    [parent]
    window = "2017-S2"
    claims = [
      { id = "a", says.term = "2015..2020", retained = true },
      { id = "b", says.term = "2015..2017" },
    ]
    """
    alone = status_of(texts.parent, DAY, background=Background(reading="b"))
    assert told(date_provenance(alone, DAY)) == [
        ("window_opens_on", "2017-07-01", "first_day", "p/contract.toml", ("window",)),
        ("window_closes_on", "2017-12-31", "last_day", "p/contract.toml", ("window",)),
        (
            "term_starts_on",
            "2015-01-01",
            "first_day",
            "p/contract.toml",
            ("claims", 1, "says", "term"),
        ),
        (
            "term_ends_on",
            "2017-12-31",
            "last_day",
            "p/contract.toml",
            ("claims", 1, "says", "term"),
        ),
    ]


def test_own_dates_lead_to_the_local_text(texts: Texts) -> None:
    """
    [parent]
    term = "2015..2020"
    window = "2017-S2"
    [local]
    contract.set.term = "2017..2022"
    claims = [{ id = "a", says.window = "2018-S2", retained = true }]
    milestones = [{ kind = "signed", on = "2017-02-01" }, { kind = "renegotiated", on = "2018-01" }]
    """
    later = date(2018, 2, 1)
    _parent, local = both(texts, later)
    window, _, term, _, renegotiated = date_provenance(local, later)
    assert {one.line.place.file for one in date_provenance(local, later)} == {"p/local/T1.toml"}
    assert window.line.place.path == ("claims", 0, "says", "window")
    assert term.line.place.path == ("contract", "set", "term")
    assert renegotiated.line.place.path == ("milestones", 1, "on")
    assert (str(renegotiated.day), renegotiated.rule) == ("2018-01-31", "last_day")
    assert [one.inherited for one in (window, term)] == [False, False]


def test_text_that_is_not_signed_yet_states_nothing(texts: Texts) -> None:
    """
    [parent]
    term = "2015..2020"
    window = "2017-S2"
    [local]
    contract.set.window = "2019"
    milestones = [{ kind = "signed", on = "2018-01-02" }]
    """
    _parent, local = both(texts)
    assert {one.line.place.file for one in date_provenance(local, DAY)} == {"p/contract.toml"}
    _parent, local = both(texts, date(2018, 1, 2))
    assert date_provenance(local, date(2018, 1, 2))[0].line.place.file == "p/local/T1.toml"


def test_prolongation_is_that_of_the_text_signed(texts: Texts) -> None:
    """
    [parent]
    term = "2015..2020"
    window = "2017-S2"
    [amendments.avenant-1]
    in_force_on = 2017-01-01
    contract.set.term = "2015..2021"
    [local]
    milestones = [{ kind = "signed", on = "2017-03-01" }]
    """
    parent, local = both(texts)
    assert str(parent.expiry.prolonged_from) == "2015..2020"
    assert local.expiry.prolonged_from is None  # it was signed with the term as amended


def test_sources_are_those_of_the_change_before_those_of_its_amendment(texts: Texts) -> None:
    """
    [parent]
    term = "2015..2020"
    [amendments.a1]
    in_force_on = 2016-01-01
    sources = ["S1"]
    contract = { set.term = "2015..2021", sources = ["S2"] }
    [amendments.a2]
    in_force_on = 2017-01-01
    sources = ["S3"]
    contract = { set.window = "2018" }
    """
    parent, _local = both(texts)
    found = {one.fact: one.line.sources for one in date_provenance(parent, DAY)}
    assert found["term_ends_on"] == ("S2",)
    assert found["window_opens_on"] == ("S3",)
