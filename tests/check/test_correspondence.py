"""A correspondence accounts for every sheet of both generations; each docstring is the input."""

from typing import Any

import pytest

from cpps_cli.check.correspondence import check_correspondence
from cpps_cli.check.nouns import Index
from cpps_cli.diagnostics import Diagnostic
from cpps_cli.engine import Parent
from cpps_cli.model import ActionSheet
from cpps_cli.model.beside import Correspondence
from tests.conftest import amendments_of, contract_of

INDEX = Index(frozenset(), frozenset(), frozenset())


@pytest.fixture
def found(doc: dict[str, Any]) -> list[Diagnostic]:
    """What is wrong with `[link]`, between `[former]` and `[new]`, with their amendments."""
    former = Parent(contract_of(doc["former"]), amendments_of(doc.get("former_amendments", {})))
    new = Parent(contract_of({"id": "suite", **doc["new"]}), amendments_of(doc.get("amended", {})))
    link = Correspondence.model_validate({"contract": "suite", "former": "parent", **doc["link"]})
    return list(check_correspondence(link, new, former, INDEX))


def codes(found: list[Diagnostic]) -> list[str]:
    return [fault.code for fault in found]


def test_sheet_that_was_repealed_may_be_named_and_need_not_be(found: list[Diagnostic]) -> None:
    """
    [former.sheets.une]
    [former.sheets.deux]
    [former.sheets.trois]
    [former_amendments.avenant]
    in_force_on = 2020-01-01
    exclude = [{ sheet = "deux" }, { sheet = "trois" }]
    [new.sheets.une]
    [[link.sheets]]
    kind = "same"
    before = ["une"]
    after = ["une"]
    [[link.sheets]]
    kind = "dropped"
    before = ["trois"]
    """
    assert codes(found) == []


def test_sheet_that_the_new_contract_adds_later_makes_nothing_wrong(
    found: list[Diagnostic],
) -> None:
    """
    [former.sheets.une]
    [new.sheets.une]
    [amended.avenant]
    in_force_on = 2030-01-01
    add = [{ code = "tard-venue", title = "Tard venue", axis = "a" }]
    [[link.sheets]]
    kind = "same"
    before = ["une"]
    after = ["une"]
    """
    assert codes(found) == []


def test_each_titled_sheet_of_both_is_to_be_named(found: list[Diagnostic]) -> None:
    """
    [former.sheets.une]
    [new.sheets.une]
    [new.sheets.deux]
    [[link.sheets]]
    kind = "new"
    after = ["une"]
    """
    named = {fault.values["name"] for fault in found}
    assert (codes(found), named) == (["CP224", "CP224"], {"une", "deux"})


def test_partial_correspondence_counts_what_is_unknown(found: list[Diagnostic]) -> None:
    """
    [former.sheets.une]
    [former.sheets.deux]
    [new.sheets.une]
    [link]
    known = "partial"
    [[link.sheets]]
    kind = "same"
    before = ["une"]
    after = ["une"]
    """
    [fault] = found
    assert (fault.code, fault.severity) == ("CP225", "note")
    assert (fault.values["count"], fault.values["total"]) == (1, 3)


@pytest.mark.parametrize(
    ("kind", "before", "after", "fits"),
    [
        ("same", 1, 1, True),
        ("same", 1, 2, False),
        ("split", 1, 2, True),
        ("split", 1, 1, False),
        ("split", 2, 2, False),
        ("merged", 2, 1, True),
        ("merged", 1, 1, False),
        ("dropped", 2, 0, True),
        ("dropped", 1, 1, False),
        ("new", 0, 2, True),
        ("new", 0, 0, False),
        ("new", 1, 1, False),
    ],
)
def test_kind_fits_the_number_of_sheets(kind: str, before: int, after: int, fits: bool) -> None:
    former = [f"avant-{number}" for number in range(before)]
    new = [f"apres-{number}" for number in range(after)]
    entry = {"kind": kind, "before": former, "after": new}
    link = Correspondence.model_validate(
        {"contract": "suite", "former": "parent", "sheets": [entry]}
    )
    parents = [
        Parent(contract_of({"sheets": {code: {} for code in side}}), ()) for side in (former, new)
    ]
    found = list(check_correspondence(link, parents[1], parents[0], INDEX))
    assert ("CP222" not in codes(found)) is fits


def test_sheet_without_title_need_not_be_named() -> None:
    untitled = {"axis": "a", "code": "a-completer"}
    former = contract_of({})
    former = former.replace(sheets=(ActionSheet.model_validate(untitled),))
    link = Correspondence.model_validate({"contract": "suite", "former": "parent"})
    new = Parent(contract_of({"id": "suite"}), ())
    assert list(check_correspondence(link, new, Parent(former, ()), INDEX)) == []
