"""What a derived sheet remembers of where it comes from; each docstring is the input."""

from datetime import date
from typing import Any

import pytest

from cpps_cli.engine import Derivation, Parent
from cpps_cli.engine.dependencies import mark_of
from cpps_cli.model import DerivedSheet
from cpps_cli.model.sources import with_retained
from tests.conftest import PLACE, amendments_of, contract_of, overlay_of


def only(derivation: Derivation) -> DerivedSheet:
    [item] = derivation.derived.sheets
    return item


def test_merged_sheet_remembers_its_change_and_all_its_sources(derivation: Derivation) -> None:
    """
    [parent.sheets.un]
    sources = ["S1"]
    [parent.sheets.deux]
    sources = ["S2", "S1"]
    [local]
    [[local.merge]]
    sheets = ["un", "deux"]
    code = "ensemble"
    sources = ["S3"]
    inferred = ["sheet"]
    """
    item = only(derivation)
    assert (item.change, item.link_inferred, item.to_reread) == (("merge", 0), True, False)
    assert item.sheet.sources == ("S2", "S1", "S3")


def test_merge_that_a_source_states_has_no_inferred_link(derivation: Derivation) -> None:
    """
    [parent.sheets.un]
    [parent.sheets.deux]
    [local]
    merge = [{ sheets = ["un", "deux"], code = "ensemble", inferred = ["title"] }]
    """
    assert not only(derivation).link_inferred


def test_merge_is_to_be_read_again_where_what_it_put_aside_changed(derivation: Derivation) -> None:
    """
    [parent.sheets.un]
    [parent.sheets.deux]
    lead = "La mairie"
    [amendments.a1]
    in_force_on = 2020-01-01
    adapt = [{ sheet = "deux", set.lead = "La préfecture" }]
    [local]
    merge = [{ sheets = ["un", "deux"], code = "ensemble", keep.lead = "un" }]
    """
    assert only(derivation).to_reread


@pytest.mark.parametrize(("axis", "found"), [(None, "gens"), ("places", "places")])
def test_merged_sheet_goes_to_the_axis_that_answers_that_of_its_first(
    parent: Parent, axis: str | None, found: str
) -> None:
    """
    [parent.sheets.un]
    axis = "a"
    [parent.sheets.deux]
    axis = "b"
    """
    axes = [
        {"code": "places", "number": 1, "parent": "b"},
        {"code": "gens", "number": 2, "parent": "a"},
    ]
    merge = {"sheets": ["deux", "un"], "code": "ensemble"} | ({"axis": axis} if axis else {})
    derivation = parent.derive(overlay_of({"axes": axes, "merge": [merge]}), PLACE)
    assert only(derivation).sheet.axis == found
    assert derivation.faults == ()


def test_dispute_ends_where_the_local_text_states_the_field_and_only_there(
    derivation: Derivation,
) -> None:
    """
    [parent.sheets.un]
    number = "1.1"
    [[parent.sheets.un.claims]]
    says = { number = "1.1", title = "Fiche un" }
    retained = true
    [[parent.sheets.un.claims]]
    says = { title = "Fiche une" }
    [[parent.sheets.un.claims]]
    says = { number = "1.2" }
    [local]
    renumber = [{ sheet = "un", number = "1.7" }]
    """
    sheet = only(derivation).sheet
    assert with_retained(sheet).number == "1.7"
    assert [(claim.statement(), claim.retained) for claim in sheet.claims] == [
        ({"title": "Fiche un"}, True),
        ({"title": "Fiche une"}, False),
    ]


@pytest.mark.parametrize("sources", [[], ["S9"]])
def test_number_that_the_local_text_prints_is_no_longer_inferred(sources: list[str]) -> None:
    """The same number as the parent's, which nobody had printed: now a text states it."""
    sheet = {"number": "1.1", "inferred": ["number", "axis"]}
    taken = {"sheet": "un", "number": "1.1", "sources": sources}
    parent = Parent(contract_of({"sheets": {"un": sheet}}), ())
    item = only(parent.derive(overlay_of({"takes": "listed", "take": [taken]}), PLACE))
    assert (item.sheet.inferred, item.origin) == (("axis",), "inherited")


def test_axis_that_nobody_is_sure_of_stays_so_under_its_local_name(derivation: Derivation) -> None:
    """
    [parent.sheets.un]
    axis = "a"
    uncertain = ["axis"]
    [local]
    axes = [{ code = "gens", number = 1, parent = "a" }, { code = "b", number = 2 }]
    """
    sheet = only(derivation).sheet
    assert (sheet.axis, sheet.uncertain) == ("gens", ("axis",))


def test_sheet_added_on_its_own_is_no_inferred_link(derivation: Derivation) -> None:
    """
    [local]
    add = [{ code = "halle", title = "La halle", axis = "a", sources = ["S1"] }]
    """
    item = only(derivation)
    assert (item.link_inferred, item.change, item.sheet.sources) == (False, ("add", 0), ("S1",))


@pytest.mark.parametrize("text", ["full", "partial"])
def test_derived_contract_says_what_it_was_made_from(parent: Parent, text: str) -> None:
    """
    [parent.sheets.un]
    [amendments.a1]
    in_force_on = 2020-01-01
    adapt = [{ sheet = "un", set.lead = "La préfecture" }]
    """
    derived = parent.derive(overlay_of({"text": text, "parent_version": "a1"}), PLACE).derived
    assert (derived.basis, derived.parent_version) == (text, "a1")
    assert derived.parent_fingerprint == parent.fingerprint
    assert not derived.to_reread
    assert parent.derive(overlay_of({"text": text}), PLACE).derived.to_reread


def test_where_no_text_is_known_every_sheet_is_the_parents(parent: Parent) -> None:
    """
    [parent.sheets.un]
    [parent.sheets.deux]
    """
    derivation = parent.derive(None, PLACE)
    derived = derivation.derived
    assert [(item.sheet.code, item.origin, item.answers) for item in derived.sheets] == [
        ("deux", "inherited", ("deux",)),
        ("un", "inherited", ("un",)),
    ]
    assert (derived.basis, derived.parent_version) == ("no_text", "signed")
    assert (derived.parent_fingerprint, derived.overlay) == (parent.fingerprint, None)
    assert (derived.left_out, derived.not_signed_before, derivation.texts) == ((), None, ())


SIGNED_ON = date(2019, 5, 6)


@pytest.mark.parametrize(
    ("on", "basis", "unsigned"),
    [
        (date(2019, 5, 5), "no_text", SIGNED_ON),
        (date(2019, 5, 6), "full", None),
        (None, "full", None),
    ],
)
def test_local_text_holds_from_the_day_it_was_signed(
    on: date | None, basis: str, unsigned: date | None
) -> None:
    signed = {"kind": "signed", "on": "2019-05-06"}
    local = overlay_of({"milestones": [signed], "takes": "listed"})
    parent = Parent(contract_of({"sheets": {"un": {}}}), (), on)
    derived = parent.derive(local, PLACE).derived
    assert (derived.basis, derived.not_signed_before) == (basis, unsigned)


@pytest.mark.parametrize(
    ("on", "lead"),
    [(date(2019, 12, 31), None), (date(2020, 1, 1), "Ici"), (None, "Ici")],
)
def test_local_amendment_holds_from_its_day_on(on: date | None, lead: str | None) -> None:
    change = {"in_force_on": date(2020, 1, 1), "adapt": [{"sheet": "un", "set": {"lead": "Ici"}}]}
    parent = Parent(contract_of({"sheets": {"un": {}}}), (), on)
    derivation = parent.derive(overlay_of({"amendments": {"b1": change}}), PLACE)
    assert only(derivation).sheet.lead == lead


def test_parent_stands_for_the_text_of_its_day() -> None:
    """The texts to come are known, and neither they nor their faults are told."""
    days: dict[str, Any] = {
        f"a{year}": {"in_force_on": date(year, 1, 1), "exclude": [{"sheet": "absente"}]}
        for year in (2020, 2021)
    }
    parent = Parent(contract_of({}), amendments_of(days), date(2020, 1, 1))
    assert (parent.now.version, parent.on) == ("a2020", date(2020, 1, 1))
    assert [text.version for text in parent.until_now] == ["signed", "a2020"]
    assert [(fault.code, fault.where.file) for fault in parent.faults] == [
        ("CP203", "parent/amendments/a2020.toml")
    ]
    assert [text.version for text in parent.texts] == ["signed", "a2020", "a2021"]
    assert parent.text_on(date(2021, 1, 1)).version == "a2021"


@pytest.mark.parametrize(("read", "reread"), [("La mairie", True), ("La préfecture", False)])
def test_contract_is_to_be_read_again_while_one_of_its_changes_is(
    parent: Parent, read: str, reread: bool
) -> None:
    """
    [parent.sheets.un]
    lead = "La mairie"
    [amendments.a1]
    in_force_on = 2020-01-01
    adapt = [{ sheet = "un", set.lead = "La préfecture" }]
    """
    change = {"sheet": "un", "set": {"lead": "Ici"}, "rests_on": {"lead": mark_of(read)}}
    derivation = parent.derive(overlay_of({"parent_version": "a1", "adapt": [change]}), PLACE)
    assert derivation.derived.to_reread == reread
    assert only(derivation).to_reread == reread
    assert [fault.code for fault in derivation.faults] == ["CP410"] * reread


@pytest.mark.parametrize(("editorial", "reread"), [(True, False), (False, True)])
@pytest.mark.parametrize(
    "own",
    [
        {"merge": [{"sheets": ["un", "deux"], "code": "deux-en-un", "keep": {"lead": "deux"}}]},
        {"exclude": [{"sheet": "un", "reason": "Pas ici"}]},
    ],
)
def test_choice_is_to_be_read_again_unless_the_words_alone_changed(
    own: dict[str, Any], editorial: bool, reread: bool
) -> None:
    changed = {"sheet": "un", "editorial": editorial, "set": {"lead": "La mairie de la ville"}}
    other = {"sheet": "deux", "editorial": True, "set": {"context": "Un contexte"}}
    amendments = amendments_of({"a1": {"in_force_on": date(2020, 1, 1), "adapt": [changed, other]}})
    sheets = {"un": {"lead": "La mairie"}, "deux": {"lead": "Le parquet"}}
    parent = Parent(contract_of({"sheets": sheets}), amendments)
    found = parent.derive(overlay_of(own), PLACE).derived
    made = [item.to_reread for item in found.sheets]
    left = [item.to_reread for item in found.left_out]
    assert any([*made, *left]) == reread
