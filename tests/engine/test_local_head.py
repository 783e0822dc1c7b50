"""What a local contract says of itself, beside its sheets; each docstring is the input."""

from datetime import date
from typing import Any

import pytest

from cpps_cli.diagnostics import CppsError
from cpps_cli.engine import Derivation, Parent
from cpps_cli.engine.head import local_head, local_head_on, not_signed_before
from cpps_cli.engine.provenance import (
    FieldProvenance,
    only,
    provenance_of_local,
    provenance_of_parent,
)
from cpps_cli.model import Territory
from tests.conftest import PLACE, contract_of, overlay_of

FILE = "parent/local/T1.toml"


def by_item(accounts: tuple[FieldProvenance, ...]) -> dict[tuple[str, int | None], FieldProvenance]:
    return {(item.field, item.item): item for item in accounts}


def told(account: FieldProvenance) -> list[tuple[str, str, str, tuple[str, ...]]]:
    """The lines on which a value stands: file, keys, version and sources."""
    return [
        (line.place.file, ".".join(map(str, line.place.path)), line.version, line.sources)
        for line in account.lines
    ]


# --- its name


@pytest.mark.parametrize(
    ("territory", "title", "label"),
    [
        ({"short_name": "Q1"}, "Contrat fictif – quartier fictif", "Contrat fictif – Q1"),
        ({}, "Contrat fictif – quartier fictif", "Contrat fictif – quartier fictif"),
    ],
)
def test_contract_without_a_name_has_its_parents_and_its_territorys(
    territory: dict[str, str], title: str, label: str
) -> None:
    place = Territory.model_validate({"code": "T1", "name": "quartier fictif", **territory})
    contract = local_head(contract_of({}), None, place).contract
    assert (contract.id, contract.territory, contract.parent) == ("parent/T1", "T1", "parent")
    assert (contract.title, contract.label) == (title, label)


def test_title_stands_in_the_local_text_whatever_its_claims_say(
    parent: Parent, derivation: Derivation
) -> None:
    """
    [local]
    title = "Contrat d'ici"
    [[local.claims]]
    says = { title = "Un autre titre", term = "2016..2020" }
    retained = true
    """
    found = by_item(provenance_of_local(parent, derivation.derived, None))
    assert derivation.derived.contract.title == "Contrat d'ici"
    assert told(found["title", None]) == [(FILE, "title", "local", ())]
    assert told(found["term", None]) == [(FILE, "claims.0.says.term", "local", ())]


# --- its dates and claims


def test_what_the_local_text_claims_is_its_own_and_the_rest_the_parents(
    derivation: Derivation,
) -> None:
    """
    [parent]
    [[parent.claims]]
    says = { term = "2015..2020", window = "2017-S2" }
    retained = true
    [[parent.claims]]
    says = { window = "2018-Q1", announced_sheets = 31 }
    [local]
    [[local.claims]]
    says.term = "2016..2020"
    retained = true
    [[local.claims]]
    says.term = "2016..2021"
    """
    derived = derivation.derived
    term, window = derived.contract.retained("term"), derived.contract.retained("window")
    assert term is not None
    assert window is not None
    assert (str(term.value), term.disputed) == ("2016..2020", True)
    assert (str(window.value), window.disputed) == ("2017-S2", True)
    assert derived.inherited == ("window",)
    assert [sorted(claim.statement()) for claim in derived.contract.claims] == [
        ["term"],
        ["term"],
        ["window"],
        ["window"],
    ]


def test_claim_that_is_not_retained_leaves_the_field_open(derivation: Derivation) -> None:
    """
    [parent]
    window = "2017-S2"
    [local]
    [[local.claims]]
    says.window = "2018-Q1"
    """
    derived = derivation.derived
    assert "window" not in derived.inherited
    assert derived.contract.retained("window") is None


def test_where_no_text_is_known_term_and_window_are_the_parents() -> None:
    parent = contract_of({"term": "2015..2020", "window": "2017-S2", "partners": ["Le club"]})
    head = local_head(parent, None, PLACE)
    assert head.inherited == ("term", "window")
    assert head.contract.partners == ()


def test_axis_of_the_parent_announces_nothing_here(derivation: Derivation) -> None:
    """
    [parent]
    axes = [{ code = "a", number = 1, title = "Agir", announced_sheets = 12 }, { code = "b" }]
    [local]
    """
    first, second = derivation.derived.contract.axes
    assert (first.code, first.number, first.title) == ("a", 1, "Agir")
    assert (first.announced_sheets, second.code) == (None, "b")


# --- the day it was signed


@pytest.mark.parametrize(
    ("on", "unsigned"),
    [(date(2019, 5, 5), date(2019, 5, 6)), (date(2019, 5, 6), None), (None, None)],
)
@pytest.mark.parametrize(
    "table",
    [
        {"milestones": [{"kind": "signed", "on": "2019-05-06"}]},
        {
            "milestones": [
                {"kind": "presented", "on": "2018-01-01"},
                {"kind": "signed", "on": "2019-05-06"},
            ]
        },
    ],
)
def test_contract_has_no_text_before_the_day_it_was_signed(
    table: dict[str, Any], on: date | None, unsigned: date | None
) -> None:
    assert not_signed_before(contract_of(dict(table)), on) == unsigned
    assert not_signed_before(overlay_of(dict(table)), on) == unsigned


def test_contract_whose_signature_has_no_day_always_had_its_text() -> None:
    for milestones in ([], [{"kind": "signed"}], [{"kind": "presented", "on": "2019-05-06"}]):
        assert not_signed_before(contract_of({"milestones": milestones}), date(1999, 1, 1)) is None


def test_day_that_is_retained_where_sources_disagree_is_the_one() -> None:
    claims = [
        {"says": {"signed_on": "2019-06-07"}, "retained": True},
        {"says": {"signed_on": "2019-05-06"}},
    ]
    contract = contract_of({"claims": claims})
    assert not_signed_before(contract, date(2019, 6, 6)) == date(2019, 6, 7)
    assert not_signed_before(contract, date(2019, 6, 7)) is None


@pytest.mark.parametrize(
    ("on", "term", "inherited"),
    [
        (date(2019, 5, 5), "2015..2020", ("term", "window")),
        (date(2019, 5, 6), "2016..2020", ("window",)),
        (date(2020, 1, 1), "2016..2022", ("window",)),
    ],
)
def test_head_on_a_day_has_what_is_signed_and_amended_by_then(
    on: date, term: str, inherited: tuple[str, ...]
) -> None:
    own = {
        "milestones": [{"kind": "signed", "on": "2019-05-06"}],
        "contract": {"set": {"term": "2016..2020"}},
        "amendments": {
            "b1": {
                "in_force_on": date(2020, 1, 1),
                "contract": {"set": {"term": "2016..2022"}},
            }
        },
    }
    contract, found = local_head_on(contract_of({"term": "2015..2020"}), overlay_of(own), PLACE, on)
    held = contract.retained("term")
    assert held is not None
    assert (str(held.value), found) == (term, inherited)


# --- where it comes from


def test_each_value_of_a_local_contract_stands_on_its_lines(
    parent: Parent, derivation: Derivation
) -> None:
    """
    [parent]
    sources = ["S1"]
    short_title = "Fictif"
    term = "2015..2020"
    partners = ["Le club", "L'école"]
    axes = [{ code = "a", title = "Agir", sources = ["S2"] }, { code = "b" }]
    [[parent.claims]]
    says.window = "2017-S2"
    sources = ["S3"]
    retained = true
    [local]
    sources = ["S4"]
    [local.contract]
    set.term = "2016..2020"
    append.partners = ["La halle"]
    remove.partners = ["Le club"]
    """
    found = by_item(provenance_of_local(parent, derivation.derived, None))
    signed = "parent/contract.toml"
    assert told(found["short_title", None]) == [
        (signed, "short_title", "signed", ("S1",)),
        ("territories.toml", "territories.T1.short_name", "local", ()),
    ]
    assert (found["term", None].origin, told(found["term", None])) == (
        "adapted",
        [(FILE, "contract.set.term", "local", ("S4",))],
    )
    assert (found["window", None].origin, told(found["window", None])) == (
        "inherited",
        [(signed, "claims.0.says.window", "signed", ("S3",))],
    )
    assert told(found["partners", 0]) == [(signed, "partners.1", "signed", ("S1",))]
    assert told(found["partners", 1]) == [(FILE, "contract.append.partners.0", "local", ("S4",))]
    assert told(found["axes", 0]) == [(signed, "axes.0.title", "signed", ("S2",))]
    assert told(found["axes", 1]) == [(signed, "axes.1.code", "signed", ())]
    assert found["axes", 0].value == "Agir"
    assert found["axes", 1].value == "b"


def test_own_axis_is_added_or_adapted_as_it_answers_one_of_the_parents(
    parent: Parent, derivation: Derivation
) -> None:
    """
    [local]
    axes = [
      { code = "gens", number = 1, title = "Nos gens", parent = "a" },
      { code = "b", number = 2, title = "B, autrement" },
      { code = "halle", number = 3, title = "La halle" },
    ]
    """
    found = only(provenance_of_local(parent, derivation.derived, None), "axes", of_contract=True)
    assert [item.origin for item in found] == ["adapted", "adapted", "added"]
    assert [told(item)[0][1] for item in found] == ["axes.0.title", "axes.1.title", "axes.2.title"]


def test_each_value_of_the_parent_names_the_version_that_said_it(parent: Parent) -> None:
    """
    [parent]
    sources = ["S1"]
    term = "2015..2020"
    signatories = ["La mairie", "Le parquet"]
    [[parent.claims]]
    says.window = "2018-Q1"
    [[parent.claims]]
    says.window = "2017-S2"
    sources = ["S3"]
    retained = true
    [amendments.a1]
    in_force_on = 2020-01-01
    sources = ["S5"]
    contract = { set.term = "2015..2021", append.signatories = ["Le rectorat"] }
    """
    found = by_item(provenance_of_parent(parent, None))
    amended = "parent/amendments/a1.toml"
    assert (found["term", None].origin, told(found["term", None])) == (
        "amended",
        [(amended, "contract.set.term", "a1", ("S5",))],
    )
    assert (found["window", None].origin, told(found["window", None])) == (
        "signed",
        [("parent/contract.toml", "claims.1.says.window", "signed", ("S3",))],
    )
    assert told(found["signatories", 1]) == [
        ("parent/contract.toml", "signatories.1", "signed", ("S1",))
    ]
    assert told(found["signatories", 2]) == [
        (amended, "contract.append.signatories.0", "a1", ("S5",))
    ]
    assert str(found["title", None].value) == "Contrat fictif"


@pytest.mark.parametrize(
    ("field", "of_contract", "said"),
    [("term", False, "a sheet has no field `term`"), ("lead", True, "a contract has no field")],
)
def test_field_that_is_not_there_is_a_mistake_of_typing(
    field: str, of_contract: bool, said: str
) -> None:
    with pytest.raises(CppsError, match=said) as caught:
        only((), field, of_contract=of_contract)
    assert field not in str(caught.value.values["known"]).split("'")
    assert "title" in str(caught.value.values["known"])
