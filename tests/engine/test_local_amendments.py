"""A local contract is amended by the same means as its parent; docstrings are the input."""

from datetime import date
from typing import Any

import pytest

from cpps_cli.diagnostics import Place
from cpps_cli.engine import Derivation, Parent, local_head_on
from cpps_cli.engine.history import history, local_history
from cpps_cli.engine.lookup import local_origins
from cpps_cli.engine.provenance import provenance_of_local
from cpps_cli.model import Derived, DerivedSheet, LeftOut
from tests.conftest import PLACE, overlay_of

FOLDER = "parent/local/T1/amendments"


@pytest.fixture
def derived(derivation: Derivation) -> Derived:
    assert [fault for fault in derivation.faults if fault.severity == "error"] == []
    return derivation.derived


def made(derived: Derived, code: str) -> DerivedSheet:
    [item] = [item for item in derived.sheets if item.sheet.code == code]
    return item


def left(derived: Derived, code: str) -> LeftOut:
    [item] = [item for item in derived.left_out if item.sheet.code == code]
    return item


def codes(derivation: Derivation) -> list[str]:
    return [fault.code for fault in derivation.faults]


def test_sheet_amended_locally_is_adapted_from_the_parent(derived: Derived) -> None:
    """
    [parent.sheets.un]
    [local]
    [local.amendments.b1]
    in_force_on = 2022-01-01
    adapt = [{ sheet = "un", set.title = "Ici", reason = "Autre lieu." }]
    """
    item = made(derived, "un")
    assert (item.origin, item.answers, item.sheet.title) == ("adapted", ("un",), "Ici")
    assert item.amended == (Place(f"{FOLDER}/b1.toml", ("adapt", 0)),)
    assert derived.version == "b1"
    origins = local_origins(derived, item)
    assert (origins.reasons, origins.amended_by) == ((("b1", "Autre lieu."),), ("b1",))


def test_text_before_the_day_of_the_amendment_is_the_signed_one(
    parent: Parent, doc: dict[str, Any]
) -> None:
    """
    [parent.sheets.un]
    [local]
    [local.amendments.b1]
    in_force_on = 2022-01-01
    adapt = [{ sheet = "un", set.title = "Ici" }]
    [local.amendments.b2]
    in_force_on = 2024-01-01
    adapt = [{ sheet = "un", set.title = "Là" }]
    """
    found = {}
    for year in (2021, 2022, 2025):
        now = Parent(parent.texts[0].contract, (), date(year, 1, 1))
        local = now.derive(overlay_of(doc["local"]), PLACE).derived
        found[year] = (local.version, local.contract.sheets[0].title)
    assert found == {2021: ("signed", "Fiche un"), 2022: ("b1", "Ici"), 2025: ("b2", "Là")}


def test_sheet_repealed_locally_is_left_out_for_the_reason_of_the_amendment(
    derived: Derived,
) -> None:
    """
    [parent.sheets.un]
    [parent.sheets.deux]
    [local]
    merge = [{ sheets = ["un", "deux"], code = "ensemble" }]
    add = [{ code = "a-nous", title = "À nous", axis = "a" }]
    [local.amendments.b1]
    in_force_on = 2022-01-01
    [[local.amendments.b1.exclude]]
    sheet = "ensemble"
    reason = "Terminé."
    decided_by = "Le comité fictif"
    decided_on = 2021-12-01
    [[local.amendments.b1.exclude]]
    sheet = "a-nous"
    """
    assert derived.sheets == ()
    for code in ("un", "deux"):
        item = left(derived, code)
        assert (item.origin, item.reason, item.repealed_by) == ("excluded", "Terminé.", "b1")
        assert (item.decided_by, item.decided_on) == ("Le comité fictif", date(2021, 12, 1))
    assert len(derived.left_out) == 2


def test_merged_locally_answers_all_that_its_sheets_answer(derived: Derived) -> None:
    """
    [parent.sheets.un]
    [parent.sheets.deux]
    [parent.sheets.trois]
    [local]
    merge = [{ sheets = ["un", "deux"], code = "ensemble", set.title = "Ensemble" }]
    add = [{ code = "a-nous", title = "À nous", axis = "a" }]
    [local.amendments.b1]
    in_force_on = 2022-01-01
    merge = [{ sheets = ["ensemble", "trois", "a-nous"], code = "tout" }]
    """
    [item] = derived.sheets
    assert (item.origin, set(item.answers or ())) == ("merged", {"un", "deux", "trois"})
    assert derived.left_out == ()
    assert sum(derived.parent_summary().values()) == 3


def test_sheet_of_its_own_stays_added_when_amended(derived: Derived) -> None:
    """
    [local]
    add = [{ code = "a-nous", title = "À nous", axis = "a" }]
    [local.amendments.b1]
    in_force_on = 2022-01-01
    adapt = [{ sheet = "a-nous", append.means = ["un local"] }]
    add = [{ code = "neuve", title = "Neuve", axis = "b" }]
    """
    assert [(item.origin, item.answers) for item in derived.sheets] == [("added", ())] * 2
    assert made(derived, "a-nous").sheet.means == ("un local",)


def test_renumbered_alone_stays_inherited(derived: Derived) -> None:
    """
    [parent.sheets.un]
    number = "1.1"
    [local]
    [local.amendments.b1]
    in_force_on = 2022-01-01
    renumber = [{ sheet = "un", number = "3.1" }]
    """
    assert made(derived, "un").origin == "inherited"
    assert made(derived, "un").sheet.number == "3.1"


def test_amendment_takes_up_a_sheet_that_was_left_out(derived: Derived) -> None:
    """
    [parent.sheets.un]
    number = "1.1"
    means = ["un local"]
    [local]
    exclude = [{ sheet = "un", reason = "Pas encore." }]
    axes = [{ code = "chez-nous", parent = "a" }]
    [local.amendments.b1]
    in_force_on = 2022-01-01
    take = [{ sheet = "un", number = "2.1", reason = "Le moment est venu." }]
    adapt = [{ sheet = "un", append.means = ["une salle"] }]
    """
    item = made(derived, "un")
    assert (item.origin, item.answers, item.sheet.axis) == ("adapted", ("un",), "chez-nous")
    assert (item.sheet.number, item.sheet.means) == ("2.1", ("un local", "une salle"))
    assert derived.left_out == ()


def test_sheet_already_held_cannot_be_taken_up(derivation: Derivation) -> None:
    """
    [parent.sheets.un]
    [local]
    [local.amendments.b1]
    in_force_on = 2022-01-01
    take = [{ sheet = "un" }]
    """
    assert codes(derivation) == ["CP402"]


def test_code_of_a_sheet_of_the_parent_is_no_code_for_a_new_one(derivation: Derivation) -> None:
    """
    [parent.sheets.un]
    [local]
    exclude = [{ sheet = "un", reason = "Pas ici." }]
    [local.amendments.b1]
    in_force_on = 2022-01-01
    add = [{ code = "un", title = "Un", axis = "a" }]
    """
    assert codes(derivation) == ["CP207"]


def test_amendment_is_judged_against_the_text_that_the_local_one_was_written_for(
    derivation: Derivation,
) -> None:
    """
    [parent.sheets.un]
    [parent.sheets.deux]
    [amendments.a1]
    in_force_on = 2020-01-01
    exclude = [{ sheet = "un" }]
    adapt = [{ sheet = "deux", set.title = "Autre titre" }]
    [local]
    [local.amendments.b1]
    in_force_on = 2022-01-01
    adapt = [
        { sheet = "un", set.lead = "Le quartier" },
        { sheet = "deux", set.title = "Autre titre" },
    ]
    """
    # The parent says the same of `deux` by now; it gave `un` up, which the amendment changes.
    assert codes(derivation) == ["CP408", "CP410"]
    marked = {item.sheet.code: item.to_reread for item in derivation.derived.sheets}
    assert marked == {"un": True, "deux": False}


def test_field_that_the_parent_did_not_touch_is_not_to_read_again(derived: Derived) -> None:
    """
    [parent.sheets.un]
    lead = "un service"
    [amendments.a1]
    in_force_on = 2020-01-01
    adapt = [{ sheet = "un", set.title = "Autre titre" }]
    [local]
    adapt = [{ sheet = "un", append.means = ["un local"] }]
    [local.amendments.b1]
    in_force_on = 2022-01-01
    adapt = [{ sheet = "un", set.lead = "Le quartier" }]
    """
    item = made(derived, "un")
    assert not item.to_reread
    assert (item.sheet.title, item.sheet.lead) == ("Autre titre", "Le quartier")


def test_faults_of_a_local_amendment_stand_in_its_file(derivation: Derivation) -> None:
    """
    [parent.sheets.un]
    [local]
    adapt = [{ sheet = "un", set.title = "Ici" }]
    [local.amendments.b1]
    in_force_on = 2022-01-01
    adapt = [{ sheet = "un", set.title = "Ici" }, { sheet = "inconnue", set.title = "X" }]
    """
    found = {(fault.code, fault.file) for fault in derivation.faults}
    assert found == {(code, f"{FOLDER}/b1.toml") for code in ("CP402", "CP203")}


def test_amendments_of_one_day_are_judged_together(derivation: Derivation) -> None:
    """
    [parent.sheets.un]
    [local]
    [local.amendments.b1]
    in_force_on = 2022-01-01
    adapt = [{ sheet = "un", set.title = "Ici" }]
    [local.amendments.b2]
    in_force_on = 2022-01-01
    adapt = [{ sheet = "un", set.title = "Là" }]
    """
    assert codes(derivation) == ["CP401"]


def test_term_prolonged_by_a_local_amendment_is_its_own(
    parent: Parent, derived: Derived, doc: dict[str, Any]
) -> None:
    """
    [parent]
    term = "2020..2024"
    window = "2022"
    partners = ["le club"]
    [local]
    [local.amendments.b1]
    in_force_on = 2023-01-01
    contract.set.term = "2020..2026"
    contract.append.partners = ["le quartier"]
    """
    assert derived.inherited == ("window",)
    assert derived.contract.partners == ("le club", "le quartier")
    overlay, signed = overlay_of(doc["local"]), parent.now.contract
    for day, term, inherited in (
        (date(2022, 1, 1), "2020..2024", ("term", "window")),
        (date(2023, 1, 1), "2020..2026", ("window",)),
    ):
        head, found = local_head_on(signed, overlay, PLACE, day)
        assert (str(head.term), found) == (term, inherited)


def test_claim_about_another_field_survives_an_amendment(derived: Derived) -> None:
    """
    [parent]
    [[parent.claims]]
    retained = true
    says = { term = "2020..2024", window = "2022" }
    [local]
    [local.amendments.b1]
    in_force_on = 2023-01-01
    contract.set.term = "2020..2026"
    """
    term, window = derived.contract.retained("term"), derived.contract.retained("window")
    assert term is not None
    assert window is not None
    assert (str(term.value), str(window.value)) == ("2020..2026", "2022")


def test_axes_stated_again_may_answer_the_same_axes_of_the_parent(derived: Derived) -> None:
    """
    [parent.sheets.un]
    [parent.sheets.deux]
    axis = "b"
    [local]
    axes = [{ code = "x", parent = "a" }, { code = "y", parent = "b" }]
    [local.amendments.b1]
    in_force_on = 2022-01-01
    axes = [{ code = "y", title = "Y" }, { code = "z", parent = "a" }]
    """
    assert [axis.code for axis in derived.contract.axes] == ["y", "z"]
    found = {item.sheet.code: item.sheet.axis for item in derived.sheets}
    assert found == {"un": "z", "deux": "y"}


def test_values_are_traced_through_local_amendments(parent: Parent, derived: Derived) -> None:
    """
    [parent.sheets.un]
    context = "Un."
    means = ["a", "b"]
    [parent.sheets.deux]
    context = "Deux."
    [local]
    adapt = [{ sheet = "un", append.means = ["c"], remove.means = ["a"] }]
    [local.amendments.b1]
    in_force_on = 2022-01-01
    sources = ["S1"]
    adapt = [{ sheet = "un", append.means = ["d"], sources = ["S2"] }]
    [local.amendments.b2]
    in_force_on = 2023-01-01
    merge = [{ sheets = ["un", "deux"], code = "ensemble" }]
    """
    accounts = provenance_of_local(parent, derived, made(derived, "ensemble"))
    means = {item.value: item.lines for item in accounts if item.field == "means"}
    found = {
        value: [(line.place.file, line.place.path, line.version) for line in lines]
        for value, lines in means.items()
    }
    assert found == {
        "b": [("parent/sheets/un.toml", ("means", 1), "signed")],
        "c": [("parent/local/T1.toml", ("adapt", 0, "append", "means", 0), "local")],
        "d": [(f"{FOLDER}/b1.toml", ("adapt", 0, "append", "means", 0), "b1")],
    }
    assert [line.sources for line in means["d"]] == [("S2",)]
    [context] = [item for item in accounts if item.field == "context"]
    assert (context.rule, context.origin) == ("joined", "merged")
    assert {line.place.file for line in context.lines} == {
        "parent/sheets/un.toml",
        "parent/sheets/deux.toml",
    }


def test_history_tells_local_amendments_beside_those_of_the_parent(
    parent: Parent, doc: dict[str, Any]
) -> None:
    """
    [parent.sheets.un]
    [parent.sheets.deux]
    [amendments.a1]
    in_force_on = 2020-01-01
    adapt = [{ sheet = "deux", set.title = "Second titre" }]
    [local]
    [local.amendments.b1]
    in_force_on = 2022-01-01
    adapt = [{ sheet = "un", set.title = "Ici", reason = "Autre lieu." }]
    [local.amendments.b2]
    in_force_on = 2030-01-01
    exclude = [{ sheet = "un", reason = "Terminé." }]
    """
    day = date(2025, 1, 1)
    now = Parent(parent.texts[0].contract, parent.amendments, day)
    local = now.derive(overlay_of(doc["local"]), PLACE).derived
    lived = history(parent.texts[0].contract, parent.amendments, day)
    whole = local_history(now, local, PLACE, lived, None)
    told = [
        (entry.amendment.id, [item.after.code for item in entry.differences.changed])
        for entry in whole.own
    ]
    assert told == [("b1", ["un"]), ("b2", [])]
    assert [item.sheet.code for item in whole.own[1].differences.removed] == ["un"]
    assert [reason.words for reason in whole.own[0].reasons] == ["Autre lieu."]
    assert len(local_history(now, local, PLACE, lived, "un").own) == 2
    assert local_history(now, local, PLACE, lived, "deux").own == ()


def test_sheet_to_read_again_stays_so_after_an_amendment_of_another_field(
    derived: Derived,
) -> None:
    """
    [parent.sheets.un]
    [amendments.a1]
    in_force_on = 2020-01-01
    adapt = [{ sheet = "un", set.title = "Autre titre" }]
    [local]
    adapt = [{ sheet = "un", set.title = "Ici" }]
    [local.amendments.b1]
    in_force_on = 2022-01-01
    adapt = [{ sheet = "un", set.lead = "Le quartier" }]
    """
    assert made(derived, "un").to_reread
