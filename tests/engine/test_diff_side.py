"""The day on which a contract has the text that is meant, and what one text of two is."""

from datetime import date
from typing import Any

import pytest

from cpps_cli.diagnostics import CppsError
from cpps_cli.engine import Parent
from cpps_cli.engine.diff_side import (
    BEFORE_EVERY_AMENDMENT,
    When,
    day_of_local_text,
    day_of_text,
    local_side,
    parent_side,
)
from tests.conftest import PLACE, amendments_of, contract_of, overlay_of

TODAY = date(2026, 1, 2)
AMENDMENTS = amendments_of(
    {"a1": {"in_force_on": date(2020, 1, 1)}, "a2": {"in_force_on": date(2021, 1, 1)}}
)
OWN: dict[str, Any] = {"b1": {"in_force_on": date(2022, 5, 6)}}


@pytest.mark.parametrize(
    ("when", "day"),
    [
        (When(), TODAY),
        (When(day=date(2019, 3, 4)), date(2019, 3, 4)),
        (When(version="signed"), BEFORE_EVERY_AMENDMENT),
        (When(version="a1"), date(2020, 1, 1)),
        (When(version="a2"), date(2021, 1, 1)),
    ],
)
def test_text_of_a_contract_is_that_of_a_day_or_of_a_version(when: When, day: date) -> None:
    assert day_of_text(contract_of({}), AMENDMENTS, when, TODAY) == day


def test_version_that_a_contract_has_not_names_the_nearest() -> None:
    with pytest.raises(CppsError, match="has no version") as caught:
        day_of_text(contract_of({"short_title": "Fictif"}), AMENDMENTS, When(version="a3"), TODAY)
    assert caught.value.values["contract"] == "Fictif"
    assert caught.value.values["name"] == "a3"
    assert caught.value.values["known"] == ("a1", "a2", "signed")
    assert caught.value.help
    assert caught.value.exit_code == 2


SIGNED = {"kind": "signed", "on": "2019-05"}
PRESENTED = {"kind": "presented", "on": "2018-05-06"}


@pytest.mark.parametrize(
    ("when", "day"),
    [
        (When(), TODAY),
        (When(day=date(2019, 3, 4)), date(2019, 3, 4)),
        (When(version="signed"), date(2019, 5, 1)),
        (When(version="b1"), date(2022, 5, 6)),
        (When(version="a2"), date(2021, 1, 1)),
    ],
)
def test_local_text_is_named_by_its_own_versions_or_by_those_of_its_parent(
    when: When, day: date
) -> None:
    overlay = overlay_of({"milestones": [PRESENTED, SIGNED], "amendments": OWN})
    assert day_of_local_text(overlay, contract_of({}), AMENDMENTS, when, TODAY) == day


def test_own_version_comes_before_that_of_the_parent_of_the_same_name() -> None:
    overlay = overlay_of({"amendments": {"a1": OWN["b1"]}})
    when = When(version="a1")
    found = day_of_local_text(overlay, contract_of({}), AMENDMENTS, when, TODAY)
    assert found == date(2022, 5, 6)


@pytest.mark.parametrize("milestones", [None, [], [PRESENTED], [{"kind": "signed"}]])
def test_local_text_whose_signature_has_no_day_is_to_be_named_by_a_day(
    milestones: list[dict[str, str]] | None,
) -> None:
    overlay = None if milestones is None else overlay_of({"milestones": milestones})
    with pytest.raises(CppsError, match="is not known") as caught:
        day_of_local_text(overlay, contract_of({}), AMENDMENTS, When(version="signed"), TODAY)
    assert (caught.value.exit_code, bool(caught.value.help)) == (1, True)


def test_version_that_a_local_text_has_not_may_be_one_of_either(parent: Parent) -> None:
    """
    [amendments.a1]
    in_force_on = 2020-01-01
    """
    with pytest.raises(CppsError) as caught:
        day_of_local_text(
            overlay_of({"amendments": OWN}),
            parent.now.contract,
            parent.amendments,
            When(version="c1"),
            TODAY,
        )
    assert caught.value.values["known"] == ("a1", "b1", "signed")


# --- one of two texts


@pytest.mark.parametrize(
    ("table", "whole"),
    [
        ({"sheets": {"un": {}}}, True),
        ({"sheets": {"un": {}}, "announced_sheets": 1}, True),
        ({"sheets": {"un": {}}, "announced_sheets": 2}, False),
        ({"sheets": {"un": {"title": None}, "deux": {}}}, False),
        ({}, False),
    ],
)
def test_text_is_held_whole_where_each_announced_sheet_has_a_title(
    table: dict[str, Any], whole: bool
) -> None:
    edition = parent_side(Parent(contract_of(table), (), date(2019, 1, 1)))
    assert (edition.whole, edition.version, edition.on) == (whole, "signed", date(2019, 1, 1))


def test_day_of_the_signed_text_is_no_day() -> None:
    assert parent_side(Parent(contract_of({}), (), BEFORE_EVERY_AMENDMENT)).on is None


def test_sheets_merged_by_amendments_answer_all_that_they_come_from(parent: Parent) -> None:
    """
    [parent.sheets.un]
    [parent.sheets.deux]
    [parent.sheets.trois]
    [amendments.b2]
    in_force_on = 2020-01-01
    merge = [{ sheets = ["un", "deux"], code = "ensemble" }]
    [amendments.a1]
    in_force_on = 2021-01-01
    merge = [{ sheets = ["ensemble", "trois"], code = "tout" }]
    """
    answers = {"ensemble": ("un", "deux"), "tout": ("ensemble", "trois", "un", "deux")}
    assert dict(parent_side(parent).answers) == answers
    before = Parent(parent.texts[0].contract, parent.amendments, date(2020, 1, 1))
    assert dict(parent_side(before).answers) == {"ensemble": ("un", "deux")}
    local = overlay_of({"parent_version": "a1", "amendments": OWN})
    edition = local_side(parent, parent.derive(local, PLACE).derived)
    assert dict(edition.answers) == {"tout": ("tout", "ensemble", "trois", "un", "deux")}


@pytest.mark.parametrize(
    ("table", "basis", "whole", "version"),
    [
        ({"amendments": OWN}, "full", True, "b1"),
        ({"text": "partial"}, "partial", False, "signed"),
        (None, "no_text", True, None),
    ],
)
def test_local_text_says_what_is_held_of_it(
    table: dict[str, Any] | None, basis: str, whole: bool, version: str | None
) -> None:
    parent = Parent(contract_of({"sheets": {"un": {}}}), AMENDMENTS, date(2022, 6, 1))
    overlay = None if table is None else overlay_of({"parent_version": "a2", **table})
    edition = local_side(parent, parent.derive(overlay, PLACE).derived)
    assert (edition.basis, edition.whole, edition.own_version) == (basis, whole, version)
    assert (edition.version, edition.on) == ("a2", date(2022, 6, 1))
    assert edition.parent == parent.now.contract


def test_local_text_tells_its_own_sheets_from_those_that_it_leaves_out(parent: Parent) -> None:
    """
    [parent.sheets.un]
    [parent.sheets.deux]
    """
    table = {
        "exclude": [{"sheet": "un", "reason": "Pas ici"}],
        "add": [
            {"code": "halle", "title": "La halle", "axis": "a", "parent": "none"},
            {"code": "quai", "title": "Le quai", "axis": "a", "parent": "unknown"},
        ],
    }
    edition = local_side(parent, parent.derive(overlay_of(table), PLACE).derived)
    assert set(edition.left_out) == {"un"}
    assert edition.own == {"halle"}
