"""Every value of a derived contract stands on lines that hold it."""

from pathlib import Path
from typing import Any

import pytest
import tomli

from cpps_cli.diagnostics import Place
from cpps_cli.engine import Derivation, Parent, local_contracts
from cpps_cli.engine.dependencies import mark_of
from cpps_cli.engine.provenance import (
    FieldProvenance,
    provenance_of_all,
    provenance_of_local,
    provenance_of_parent,
    provenance_of_snapshot,
)
from cpps_cli.library.locate import bundled
from cpps_cli.library.reader import LibraryFolder
from cpps_cli.library.toml_format import plain_value
from cpps_cli.model.paths import SNAPSHOT
from cpps_cli.model.snapshot import Snapshot
from tests.conftest import PLACE, overlay_of


def accounts(parent: Parent, derivation: Derivation, code: str) -> dict[Any, FieldProvenance]:
    """The accounts of a local sheet by field, or by field and item."""
    derived = derivation.derived
    [made] = [item for item in derived.sheets if item.sheet.code == code]
    found = provenance_of_local(parent, derived, made)
    return {item.field if item.item is None else (item.field, item.item): item for item in found}


def lines(account: FieldProvenance) -> list[tuple[str, tuple[str | int, ...], str]]:
    return [(line.place.file, line.place.path, line.version) for line in account.lines]


def test_inherited_value_stands_in_the_signed_sheet(parent: Parent, derivation: Derivation) -> None:
    """
    [parent.sheets.un]
    means = ["un local", "une salle"]
    [local]
    """
    found = accounts(parent, derivation, "un")
    assert found["title"].origin == "inherited"
    assert lines(found["title"]) == [("parent/sheets/un.toml", ("title",), "signed")]
    assert lines(found["means", 1]) == [("parent/sheets/un.toml", ("means", 1), "signed")]


def test_appended_item_stands_in_the_local_text_and_the_others_do_not(
    parent: Parent, derivation: Derivation
) -> None:
    """
    [parent.sheets.un]
    means = ["un local", "une salle"]
    [local]
    [[local.adapt]]
    sheet = "un"
    append.means = ["un terrain"]
    remove.means = ["un local"]
    """
    found = accounts(parent, derivation, "un")
    assert (found["means", 0].value, found["means", 0].origin) == ("une salle", "inherited")
    assert lines(found["means", 0]) == [("parent/sheets/un.toml", ("means", 1), "signed")]
    assert (found["means", 1].value, found["means", 1].origin) == ("un terrain", "adapted")
    assert lines(found["means", 1]) == [
        ("parent/local/T1.toml", ("adapt", 0, "append", "means", 0), "local")
    ]


def test_value_that_an_amendment_set_stands_in_the_amendment(
    parent: Parent, derivation: Derivation
) -> None:
    """
    [parent.sheets.un]
    lead = "un service"
    [amendments.a1]
    in_force_on = 2020-01-01
    adapt = [{ sheet = "un", set.title = "Second titre" }]
    [amendments.a2]
    in_force_on = 2021-01-01
    adapt = [{ sheet = "un", set.context = "Contexte." }]
    [local]
    parent_version = "a2"
    """
    found = accounts(parent, derivation, "un")
    path = ("adapt", 0, "set", "title")
    assert lines(found["title"]) == [("parent/amendments/a1.toml", path, "a1")]
    assert lines(found["lead"]) == [("parent/sheets/un.toml", ("lead",), "signed")]
    assert lines(found["context"])[0][2] == "a2"
    assert {item.origin for item in found.values()} == {"inherited"}


def test_merged_text_stands_on_the_lines_of_all_it_was_made_from(
    parent: Parent, derivation: Derivation
) -> None:
    """
    [parent.sheets.un]
    context = "Premier."
    partners = ["le club"]
    [parent.sheets.deux]
    context = "Second."
    partners = ["le club", "l'école"]
    [local]
    [[local.merge]]
    sheets = ["un", "deux"]
    code = "ensemble"
    set.title = "Ensemble"
    """
    found = accounts(parent, derivation, "ensemble")
    assert found["context"].rule == "joined"
    assert [file for file, _, _ in lines(found["context"])] == [
        "parent/sheets/deux.toml",
        "parent/sheets/un.toml",
    ]
    assert len(lines(found["partners", 0])) == 2
    assert lines(found["title"])[0][0] == "parent/local/T1.toml"


def test_sheet_repealed_since_is_traced_to_the_text_that_was_read(
    parent: Parent, derivation: Derivation
) -> None:
    """
    [parent.sheets.un]
    [amendments.a1]
    in_force_on = 2020-01-01
    adapt = [{ sheet = "un", set.title = "Second titre" }]
    [amendments.a2]
    in_force_on = 2021-01-01
    exclude = [{ sheet = "un" }]
    [local]
    adapt = [{ sheet = "un", set.lead = "Le quartier" }]
    """
    found = accounts(parent, derivation, "un")
    assert found["title"].value == "Fiche un"
    assert lines(found["title"]) == [("parent/sheets/un.toml", ("title",), "signed")]


def test_words_read_in_another_text_than_the_one_recorded_are_traced_to_it(
    doc: dict[str, Any], parent: Parent
) -> None:
    """
    [parent.sheets.un]
    means = ["un local"]
    [amendments.a1]
    in_force_on = 2020-01-01
    adapt = [{ sheet = "un", append.means = ["un vélo"] }]
    [amendments.a2]
    in_force_on = 2021-01-01
    exclude = [{ sheet = "un" }]
    [local]
    [[local.adapt]]
    sheet = "un"
    append.means = ["un banc"]
    """
    doc["local"]["adapt"][0]["rests_on"] = {"means": mark_of(("un local", "un vélo"))}
    found = accounts(parent, parent.derive(overlay_of(doc["local"]), PLACE), "un")
    held = [account for key, account in found.items() if key[0] == "means"]
    assert [account.value for account in held] == ["un local", "un vélo", "un banc"]
    assert lines(held[0]) == [("parent/sheets/un.toml", ("means", 0), "signed")]
    assert lines(held[1]) == [
        ("parent/amendments/a1.toml", ("adapt", 0, "append", "means", 0), "a1")
    ]
    assert lines(found["title"]) == [("parent/sheets/un.toml", ("title",), "signed")]


def test_amended_sheet_of_the_parent_says_which_amendment(parent: Parent) -> None:
    """
    [parent.sheets.un]
    [amendments.a1]
    in_force_on = 2020-01-01
    adapt = [{ sheet = "un", set.title = "Second titre" }]
    """
    [sheet] = parent.now.contract.sheets
    found = {item.field: item for item in provenance_of_parent(parent, sheet)}
    assert (found["title"].origin, found["axis"].origin) == ("amended", "signed")


@pytest.mark.parametrize("library", ["paris", "exemple"])
def test_every_value_of_the_libraries_is_held_by_the_lines_it_names(library: str) -> None:
    folder = LibraryFolder(bundled(library))
    seen = 0
    for contract_id in folder.contract_ids():
        contract = folder.contract(contract_id)
        assert contract is not None
        parent = Parent(contract, folder.amendments(contract_id))
        for derivation, _territory in local_contracts(parent, folder):
            for made in derivation.derived.sheets:
                for account in provenance_of_local(parent, derivation.derived, made):
                    seen += 1
                    assert account.lines, (made.sheet.code, account)
                    held = [written(folder.root, line.place) for line in account.lines]
                    assert is_held(account, held), (account, held)
    assert seen > 500


def written(root: Path, place: Place) -> Any:
    """What the file of a place says there."""
    value: Any = tomli.loads((root / place.file).read_text(encoding="utf-8"))
    for step in place.path:
        value = value[step]
    return value


def is_held(account: FieldProvenance, held: list[Any]) -> bool:
    if account.rule == "joined":
        return all(text in account.value for text in held)
    if account.field == "axis" and account.origin != "inherited":
        return all(isinstance(text, str) for text in held)
    value = plain_value(account.value)
    if account.field == "indicators":  # a local contract does not inherit what was measured
        value.pop("values", None)
        held = [{name: item[name] for name in item if name != "values"} for item in held]
    return all(text in (value, str(value).replace(".", "-")) for text in held)


def test_file_that_stands_alone_holds_its_values_itself(doc: dict[str, Any]) -> None:
    """
    format = 1
    [snapshot]
    id = "parent/T1"
    parent = "parent"
    parent_version = "signed"
    parent_fingerprint = "sha256:0"
    basis = "full"
    [contract]
    id = "parent/T1"
    title = "Contrat d'ici"
    territory = "T1"
    partners = ["Le club"]
    axes = [{ code = "a", title = "Agir" }, { code = "b" }]
    [[contract.claims]]
    says = { title = "Un autre titre", term = "2015..2020" }
    sources = ["S1"]
    retained = true
    [[sheets]]
    code = "un"
    title = "Un"
    origin = "inherited"
    [[sheets]]
    code = "deux"
    origin = "adapted"
    means = ["Un local", "Une salle"]
    [[sheets.claims]]
    says.title = "Deux"
    sources = ["S2"]
    retained = true
    """
    snapshot = Snapshot.model_validate(doc)
    found = {(item.field, item.item): item for item in provenance_of_snapshot(snapshot, None)}
    assert {item.origin for item in found.values()} == {"unrecorded"}
    files = {line.place.file for item in found.values() for line in item.lines}
    assert files == {SNAPSHOT}
    assert {
        key: (".".join(map(str, line.place.path)), line.version, line.sources)
        for key, item in found.items()
        for line in item.lines
    } == {
        ("title", None): ("contract.title", "snapshot", ()),
        ("term", None): ("contract.claims.0.says.term", "snapshot", ("S1",)),
        ("partners", 0): ("contract.partners.0", "snapshot", ()),
        ("axes", 0): ("contract.axes.0.title", "snapshot", ()),
        ("axes", 1): ("contract.axes.1.code", "snapshot", ()),
    }
    assert found["axes", 0].value == "Agir"
    sheet = provenance_of_snapshot(snapshot, snapshot.sheets[1])
    assert [
        (item.field, item.value, ".".join(map(str, item.lines[0].place.path)), item.lines[0].value)
        for item in sheet
    ] == [
        ("title", "Deux", "sheets.1.claims.0.says.title", "Deux"),
        ("means", "Un local", "sheets.1.means.0", "Un local"),
        ("means", "Une salle", "sheets.1.means.1", "Une salle"),
    ]


def test_value_that_a_claim_of_a_sheet_states_stands_on_the_claim(
    parent: Parent, derivation: Derivation
) -> None:
    """
    [parent.sheets.un]
    number = "1.1"
    sources = ["S1"]
    [[parent.sheets.un.claims]]
    says.title = "Une"
    [[parent.sheets.un.claims]]
    says.title = "Fiche un"
    sources = ["S2"]
    retained = true
    [local]
    """
    path = ("claims", 1, "says", "title")
    for found in (
        accounts(parent, derivation, "un"),
        {item.field: item for item in provenance_of_parent(parent, parent.now.contract.sheets[0])},
    ):
        assert lines(found["title"]) == [("parent/sheets/un.toml", path, "signed")]
        assert found["title"].lines[0].sources == ("S2",)
        assert lines(found["number"]) == [("parent/sheets/un.toml", ("number",), "signed")]
        assert found["number"].lines[0].sources == ("S1",)
        assert not found["number"].lines[0].is_local


def test_change_names_its_own_sources_or_those_of_its_file(
    parent: Parent, derivation: Derivation
) -> None:
    """
    [parent.sheets.un]
    [local]
    sources = ["S1"]
    [[local.adapt]]
    sheet = "un"
    set = { lead = "Ici" }
    [[local.add]]
    code = "halle"
    title = "La halle"
    axis = "a"
    sources = ["S3"]
    [local.amendments.b1]
    in_force_on = 2020-01-01
    sources = ["S4"]
    [[local.amendments.b1.adapt]]
    sheet = "un"
    sources = ["S5"]
    set.context = "Un contexte"
    """
    found = accounts(parent, derivation, "un")
    assert found["lead"].lines[0].sources == ("S1",)
    assert (found["context"].lines[0].sources, found["context"].lines[0].version) == (("S5",), "b1")
    assert {found[field].lines[0].contract for field in ("lead", "context")} == {"parent/T1"}
    assert accounts(parent, derivation, "halle")["title"].lines[0].sources == ("S3",)


def test_accounts_of_a_whole_contract_are_those_of_each_sheet(
    parent: Parent, derivation: Derivation
) -> None:
    """
    [parent]
    term = "2015..2020"
    [parent.sheets.un]
    lead = "La mairie"
    [parent.sheets.deux]
    [local]
    adapt = [{ sheet = "un", number = "7", set.context = "Ici" }]
    """
    derived = derivation.derived
    own, sheets = provenance_of_all(parent, derived)
    assert own == provenance_of_local(parent, derived, None)
    assert own
    assert sheets == {
        item.sheet.code: provenance_of_local(parent, derived, item) for item in derived.sheets
    }
    assert list(sheets) == ["un", "deux"]


def test_number_of_a_sheet_taken_word_for_word_is_adapted(
    parent: Parent, derivation: Derivation
) -> None:
    """
    [parent.sheets.un]
    number = "1"
    [local]
    renumber = [{ sheet = "un", number = "7" }]
    """
    found = accounts(parent, derivation, "un")
    assert derivation.derived.sheets[0].origin == "inherited"
    assert {field: item.origin for field, item in found.items()} == {
        "number": "adapted",
        "axis": "inherited",
        "title": "inherited",
    }


def test_text_that_an_amendment_put_together_says_so(
    parent: Parent, derivation: Derivation
) -> None:
    """
    [parent.sheets.un]
    context = "Premier."
    [parent.sheets.deux]
    context = "Second."
    [amendments.a1]
    in_force_on = 2020-01-01
    merge = [{ sheets = ["un", "deux"], code = "ensemble", set.title = "Ensemble" }]
    [local]
    title = "Contrat d'ici"
    parent_version = "a1"
    """
    [sheet] = parent.now.contract.sheets
    for found in (
        {item.field: item for item in provenance_of_parent(parent, sheet)},
        accounts(parent, derivation, "ensemble"),
    ):
        rules = {field: item.rule for field, item in found.items()}
        assert rules == {"axis": None, "title": None, "context": "joined"}
    own = provenance_of_local(parent, derivation.derived, None)
    assert {item.field: item.rule for item in own if item.item is None} == {
        "title": None,
        "short_title": "joined",
    }


def test_source_of_one_field_stays_with_it_and_goes_when_the_field_is_stated_anew(
    parent: Parent, derivation: Derivation
) -> None:
    """
    [parent.sheets.un]
    lead = "La mairie fictive"
    context = "Premier."
    sources = ["S1"]
    sources_of = { lead = ["S2"], context = ["S3"] }
    [local]
    title = "Contrat d'ici"
    adapt = [{ sheet = "un", set.lead = "Un autre service", sources = ["S4"] }]
    [[local.add]]
    code = "trois"
    title = "Trois"
    lead = "Le centre fictif"
    sources = ["S5"]
    sources_of = { lead = ["S6"] }
    """
    [sheet] = parent.now.contract.sheets
    of_parent = {item.field: item.lines[0].sources for item in provenance_of_parent(parent, sheet)}
    assert of_parent["lead"] == ("S2",)
    assert of_parent["context"] == ("S3",)
    assert of_parent["title"] == ("S1",)
    local = {
        field: item.lines[0].sources for field, item in accounts(parent, derivation, "un").items()
    }
    assert local["lead"] == ("S4",)
    assert local["context"] == ("S3",)
    added = {
        field: item.lines[0].sources
        for field, item in accounts(parent, derivation, "trois").items()
    }
    assert added == {"title": ("S5",), "lead": ("S6",)}
    derived = derivation.derived.contract.sheet("un")
    assert derived is not None
    assert derived.sources_of == {"context": ("S3",)}
    assert derived.cited == ("S1", "S4", "S3")
