"""Fingerprints are written in the files of users: what they see of a text may never change."""

from datetime import date
from typing import Any

import pytest
import tomli

from cpps_cli.engine import Parent, fingerprint
from cpps_cli.engine.dependencies import mark_of
from cpps_cli.engine.merge3 import digest, is_mark_of, short, states
from cpps_cli.model import Contract, Indicator
from tests.conftest import PLACE, contract_of, overlay_of


def full() -> dict[str, Any]:
    """A contract that states each field that a fingerprint sees."""
    return {
        "title": "Contrat d'été",
        "signatories": ["La mairie", "Le parquet"],
        "partners": ["Le club"],
        "term": "2021..2026",
        "window": "2023-S2",
        "axes": [{"code": "a", "number": 1, "title": "Protéger"}, {"code": "b", "number": 2}],
        "sheets": {
            "un": {
                "number": "1.1",
                "lead": "La préfecture",
                "means": ["Un local", "Une salle"],
                "indicators": [
                    {
                        "code": "x",
                        "title": "Élèves reçus",
                        "unit": "élèves",
                        "values": [{"period": "2022", "value": 12, "about": True}],
                    }
                ],
            }
        },
    }


def contract(**other: Any) -> Contract:
    return contract_of({**full(), **other})


def test_fingerprint_that_a_file_holds_stays_right() -> None:
    """A fingerprint that changed with this program would ask everything again, everywhere."""
    whole = "sha256:69cd848e0d8e97ef27ee1d56a8c257bf37fadecbdddac6f43bfb8665c172cb38"
    assert states(short(whole), contract())
    assert short(whole) == "sha256:69cd848e0d8e97ef"
    assert mark_of("La mairie") == "sha256:1a6d72692e42464e"
    assert mark_of(("L'écoute", "Un local")) == "sha256:2e074a740b1a4bdf"
    assert mark_of(None) == "sha256:1d8fc6ceb1f94c63"


@pytest.mark.parametrize(
    "other",
    [
        {"title": "Contrat d'hiver"},
        {"signatories": ["La mairie"]},
        {"partners": ["Le club", "L'école"]},
        {"term": "2021..2027"},
        {"window": "2024-S2"},
        {"window": None},
        {"axes": [{"code": "a", "number": 1, "title": "Agir"}, {"code": "b", "number": 2}]},
        {"axes": [{"code": "a", "number": 3, "title": "Protéger"}, {"code": "b", "number": 2}]},
        {"axes": [{"code": "a", "number": 1, "title": "Protéger"}, {"code": "c", "number": 2}]},
    ],
)
def test_each_field_of_the_contract_is_in_its_fingerprint(other: dict[str, Any]) -> None:
    assert fingerprint(contract(**other)) != fingerprint(contract())


@pytest.mark.parametrize(
    "other",
    [
        {"title": "Un titre"},
        {"number": "1.2"},
        {"axis": "b"},
        {"lead": "La mairie"},
        {"means": ["Une salle", "Un local"]},
        {"context": "Un contexte"},
        {"indicators": []},
    ],
)
def test_each_field_of_a_sheet_is_in_the_fingerprint(other: dict[str, Any]) -> None:
    sheets = {"un": {**full()["sheets"]["un"], **other}}
    assert fingerprint(contract(sheets=sheets)) != fingerprint(contract())


def test_code_of_a_sheet_is_in_the_fingerprint() -> None:
    sheets = {"deux": {**full()["sheets"]["un"], "title": "Fiche un"}}
    assert fingerprint(contract(sheets=sheets)) != fingerprint(contract())


def test_what_is_said_about_a_text_is_not_in_its_fingerprint() -> None:
    """Sources, notes and doubts are about the text: they reopen nothing."""
    about = {"sources": ["S1"], "note": "Une note", "inferred": ["number"], "uncertain": ["axis"]}
    sheets = {"un": {**full()["sheets"]["un"], **about}}
    told = contract(sheets=sheets, sources=["S1"], note="Une note", short_title="Court")
    assert fingerprint(told) == fingerprint(contract())


def test_retained_value_of_a_dispute_is_in_the_fingerprint() -> None:
    claims = [{"says": {"window": "2023-S2"}, "retained": True}, {"says": {"window": "2030"}}]
    assert fingerprint(contract(window=None, claims=claims)) == fingerprint(contract())


def test_field_that_is_empty_or_absent_leaves_the_same_fingerprint() -> None:
    table = {"code": "x", "title": "Élèves", "unit": "élèves"}
    bare = Indicator.model_validate(table)
    stated = Indicator.model_validate({**table, "target": None, "values": ()})
    assert digest(bare) == digest(stated) == digest(table)
    assert digest({"b": 1, "a": "L’été"}) == digest({"a": "L'été", "b": 1})


def test_figure_that_is_entered_leaves_the_fingerprint() -> None:
    """What was measured is no text: this year's figure edits nothing."""
    [indicator] = full()["sheets"]["un"]["indicators"]
    more = {**indicator, "values": [*indicator["values"], {"period": "2023", "value": 15}]}
    sheets = {"un": {**full()["sheets"]["un"], "indicators": [more]}}
    entered = contract(sheets=sheets)
    assert fingerprint(entered) == fingerprint(contract())
    assert mark_of(entered.sheets[0].indicators) == mark_of(contract().sheets[0].indicators)


def test_fingerprint_in_which_figures_counted_stays_right_when_one_is_entered() -> None:
    measured = [{"period": "2022", "value": 12}, {"period": "2023", "value": 15}]
    words = {"code": "x", "title": "Élèves", "unit": "élèves"}
    before, after = (
        Indicator.model_validate({**words, "values": values}) for values in (measured[:1], measured)
    )
    held = short(digest(before, measured_by := date(2022, 12, 31)))
    assert held != short(digest(before))
    assert is_mark_of(held, before)
    assert is_mark_of(held, after)
    reworded = Indicator.model_validate({**words, "unit": "lycéens", "values": measured})
    assert not is_mark_of(held, reworded)
    assert digest(after, measured_by) == digest(before, measured_by)


def test_no_figure_is_no_zero() -> None:
    assert len({digest(value) for value in (0, None, False, "", "0")}) == 5


ENTERED = """
[sheets.une]
title = "Une fiche"
context = "Un texte."
lead = "Service A"
partners = ["P1", "P2"]
indicators = [{ code = "i", title = "Lieux", unit = "lieux", values = [
    { period = "2024", value = 3 }, { period = "2025", value = 5 },
] }]
"""
LEFT_OUT = """
takes = "all"
exclude = [{ sheet = "une", reason = "x", rests_on.sheet = "sha256:c6bdde4fea0bcb06" }]
"""


def test_figure_that_is_entered_reopens_no_sheet_that_is_left_out() -> None:
    """The fingerprint is of an earlier file: the figure of 2024 was there alone, and counted."""
    parent = Parent(contract_of(tomli.loads(ENTERED)), ())
    derivation = parent.derive(overlay_of(tomli.loads(LEFT_OUT)), PLACE)
    assert not derivation.derived.to_reread
    assert [fault.code for fault in derivation.faults if fault.code == "CP410"] == []
