"""What changes took out of lists; each docstring is a parent, its amendments and a local text."""

from datetime import date
from typing import Any

from cpps_cli.engine import Derivation, Parent
from cpps_cli.engine.deletions import DeletedItem, deleted_from_local, deleted_from_parent, of_field
from tests.conftest import PLACE, amendments_of, contract_of, overlay_of


def told(gone: tuple[DeletedItem, ...]) -> list[tuple[str, Any, str, str]]:
    """Each item that is gone, with the file and the keys of the change."""
    return [
        (
            item.field,
            item.line.value,
            item.line.place.file.rpartition("/")[2],
            ".".join(map(str, item.line.place.path)),
        )
        for item in gone
    ]


def local(doc: dict[str, Any]) -> tuple[Parent, Derivation]:
    parent = Parent(contract_of(doc["parent"]), amendments_of(doc.get("amendments", {})))
    return parent, parent.derive(overlay_of(doc["local"]), PLACE)


def test_item_that_an_amendment_removes(parent: Parent) -> None:
    """
    [parent.sheets.rue]
    means = ["Un local", "Un vélo"]
    [amendments.avenant-1]
    in_force_on = 2016-01-01
    [[amendments.avenant-1.adapt]]
    sheet = "rue"
    remove.means = ["Un vélo"]
    append.means = ["Une moto"]
    """
    found = deleted_from_parent(parent, parent.now.contract.sheet("rue"))
    assert told(found) == [("means", "Un vélo", "avenant-1.toml", "adapt.0.remove.means.0")]


def test_items_that_a_list_stated_anew_leaves_out(parent: Parent) -> None:
    """
    [parent.sheets.rue]
    means = ["Un local", "Un vélo"]
    [amendments.avenant-1]
    in_force_on = 2016-01-01
    [[amendments.avenant-1.adapt]]
    sheet = "rue"
    set.means = ["Un local", "Une moto"]
    [amendments.avenant-2]
    in_force_on = 2017-01-01
    [[amendments.avenant-2.adapt]]
    sheet = "rue"
    set.means = ["Un vélo"]
    """
    found = deleted_from_parent(parent, parent.now.contract.sheet("rue"))
    assert told(found) == [
        ("means", "Un local", "avenant-2.toml", "adapt.0.set.means"),
        ("means", "Une moto", "avenant-2.toml", "adapt.0.set.means"),
    ]


def test_amendment_to_come_removes_nothing_yet(parent: Parent) -> None:
    """
    [parent.sheets.rue]
    means = ["Un vélo"]
    [amendments.avenant-1]
    in_force_on = 2016-01-01
    [[amendments.avenant-1.adapt]]
    sheet = "rue"
    remove.means = ["Un vélo"]
    """
    signed = parent.texts[0].contract
    before, after = (Parent(signed, parent.amendments, date(year, 6, 1)) for year in (2015, 2016))
    assert deleted_from_parent(before, before.now.contract.sheet("rue")) == ()
    assert len(deleted_from_parent(after, after.now.contract.sheet("rue"))) == 1


def test_local_sheet_loses_what_its_parent_and_its_own_text_remove(doc: dict[str, Any]) -> None:
    """
    [parent.sheets.rue]
    means = ["Un local", "Un vélo", "Un banc"]
    [amendments.avenant-1]
    in_force_on = 2016-01-01
    [[amendments.avenant-1.adapt]]
    sheet = "rue"
    remove.means = ["Un banc"]
    [local]
    parent_version = "avenant-1"
    [[local.adapt]]
    sheet = "rue"
    reason = "Trop pentu."
    remove.means = ["Un vélo"]
    append.means = ["Un âne"]
    [local.amendments.ici-1]
    in_force_on = 2017-01-01
    [[local.amendments.ici-1.adapt]]
    sheet = "rue"
    remove.means = ["Un âne"]
    """
    parent, derivation = local(doc)
    [item] = derivation.derived.sheets
    found = deleted_from_local(parent, derivation.derived, item)
    assert told(found) == [
        ("means", "Un vélo", "T1.toml", "adapt.0.remove.means.0"),
        ("means", "Un banc", "avenant-1.toml", "adapt.0.remove.means.0"),
        ("means", "Un âne", "ici-1.toml", "adapt.0.remove.means.0"),
    ]
    assert found[0].reason == "Trop pentu."


def test_parties_that_a_local_contract_leaves_out(doc: dict[str, Any]) -> None:
    """
    [parent]
    partners = ["Le club", "La médiathèque"]
    [local.contract]
    remove.partners = ["Le club"]
    """
    parent, derivation = local(doc)
    found = deleted_from_local(parent, derivation.derived, None)
    assert told(found) == [("partners", "Le club", "T1.toml", "contract.remove.partners.0")]


def test_merge_that_keeps_one_list_takes_out_the_items_of_the_others(doc: dict[str, Any]) -> None:
    """
    [parent.sheets.un]
    means = ["Un local", "Un vélo"]
    partners = ["Le club"]
    [parent.sheets.deux]
    means = ["Un banc", "Un local"]
    partners = ["L'école"]
    [local]
    sources = ["S1"]
    [[local.merge]]
    sheets = ["un", "deux"]
    code = "ensemble"
    reason = "Une seule équipe."
    keep.means = "un"
    set.partners = ["Le rectorat"]
    """
    parent, derivation = local(doc)
    [item] = derivation.derived.sheets
    found = deleted_from_local(parent, derivation.derived, item)
    assert told(found) == [
        ("means", "Un banc", "T1.toml", "merge.0.keep.means"),
        ("partners", "L'école", "T1.toml", "merge.0.set.partners"),
        ("partners", "Le club", "T1.toml", "merge.0.set.partners"),
    ]
    assert {gone.reason for gone in found} == {"Une seule équipe."}
    assert {(gone.line.version, gone.line.sources) for gone in found} == {("local", ("S1",))}
    assert told(of_field(found, "means")) == told(found)[:1]
    assert of_field(found, None) == found


def test_what_is_gone_names_the_version_and_its_own_sources_first(parent: Parent) -> None:
    """
    [parent]
    partners = ["Le club", "L'école"]
    [amendments.avenant-1]
    in_force_on = 2016-01-01
    sources = ["S1"]
    contract.remove.partners = ["Le club"]
    [amendments.avenant-2]
    in_force_on = 2017-01-01
    sources = ["S1"]
    contract = { sources = ["S2"], reason = "Fermée", set.partners = ["Le rectorat"] }
    """
    found = deleted_from_parent(parent, None)
    assert told(found) == [
        ("partners", "Le club", "avenant-1.toml", "contract.remove.partners.0"),
        ("partners", "L'école", "avenant-2.toml", "contract.set.partners"),
    ]
    assert [(gone.line.version, gone.line.sources, gone.reason) for gone in found] == [
        ("avenant-1", ("S1",), None),
        ("avenant-2", ("S2",), "Fermée"),
    ]


def test_item_that_came_and_went_is_told_and_one_that_came_back_is_not(parent: Parent) -> None:
    """
    [parent.sheets.rue]
    means = ["Un vélo"]
    [amendments.avenant-1]
    in_force_on = 2016-01-01
    adapt = [{ sheet = "rue", remove.means = ["Un vélo"], append.means = ["Une moto"] }]
    [amendments.avenant-2]
    in_force_on = 2017-01-01
    adapt = [{ sheet = "rue", remove.means = ["Une moto"], append.means = ["Un vélo"] }]
    """
    found = deleted_from_parent(parent, parent.now.contract.sheet("rue"))
    assert told(found) == [("means", "Une moto", "avenant-2.toml", "adapt.0.remove.means.0")]


def test_indicator_that_is_gone_is_known_by_its_code(parent: Parent) -> None:
    """
    [parent.sheets.rue]
    indicators = [
      { code = "x", title = "Élèves reçus", unit = "élèves" },
      { code = "y", title = "Vélos", unit = "vélos" },
    ]
    [amendments.avenant-1]
    in_force_on = 2016-01-01
    [[amendments.avenant-1.adapt]]
    sheet = "rue"
    set.indicators = [{ code = "x", title = "Élèves accueillis" }]
    remove.indicators = ["y"]
    """
    [gone] = deleted_from_parent(parent, parent.now.contract.sheet("rue"))
    assert (gone.field, gone.line.value.code) == ("indicators", "y")


def test_item_that_one_sheet_lost_goes_when_the_merge_loses_the_other(doc: dict[str, Any]) -> None:
    """
    [parent.sheets.un]
    means = ["Un vélo", "Un local"]
    [parent.sheets.deux]
    means = ["Un vélo"]
    [amendments.avenant-1]
    in_force_on = 2016-01-01
    adapt = [{ sheet = "un", remove.means = ["Un vélo"] }]
    [local]
    parent_version = "avenant-1"
    [[local.merge]]
    sheets = ["un", "deux"]
    code = "ensemble"
    keep.means = "un"
    """
    parent, derivation = local(doc)
    [item] = derivation.derived.sheets
    found = deleted_from_local(parent, derivation.derived, item)
    assert told(found) == [("means", "Un vélo", "T1.toml", "merge.0.keep.means")]


def test_local_list_does_not_take_out_what_the_parent_had_lost(doc: dict[str, Any]) -> None:
    """
    [parent.sheets.rue]
    means = ["Un vélo", "Un local"]
    [amendments.avenant-1]
    in_force_on = 2016-01-01
    adapt = [{ sheet = "rue", remove.means = ["Un vélo"] }]
    [local]
    parent_version = "avenant-1"
    adapt = [{ sheet = "rue", set.means = ["Une salle"] }]
    """
    parent, derivation = local(doc)
    [item] = derivation.derived.sheets
    found = deleted_from_local(parent, derivation.derived, item)
    assert told(found) == [
        ("means", "Un vélo", "avenant-1.toml", "adapt.0.remove.means.0"),
        ("means", "Un local", "T1.toml", "adapt.0.set.means"),
    ]


def test_own_amendments_are_followed_by_their_days_and_until_the_day_asked(
    doc: dict[str, Any],
) -> None:
    """
    [parent.sheets.rue]
    means = ["Un vélo", "Un banc"]
    [local.amendments.z]
    in_force_on = 2016-01-01
    adapt = [{ sheet = "rue", remove.means = ["Un vélo"] }]
    [local.amendments.a]
    in_force_on = 2017-01-01
    adapt = [{ sheet = "rue", set.means = ["Une moto"] }]
    """
    signed = contract_of(doc["parent"])
    found = {}
    for year in (2015, 2016, 2017):
        parent = Parent(signed, (), date(year, 6, 1))
        derived = parent.derive(overlay_of(dict(doc["local"])), PLACE).derived
        found[year] = told(deleted_from_local(parent, derived, derived.sheets[0]))
    assert found == {
        2015: [],
        2016: [("means", "Un vélo", "z.toml", "adapt.0.remove.means.0")],
        2017: [
            ("means", "Un vélo", "z.toml", "adapt.0.remove.means.0"),
            ("means", "Un banc", "a.toml", "adapt.0.set.means"),
        ],
    }


def test_parties_are_lost_by_an_own_amendment_and_sheets_by_a_change_of_their_own_code(
    doc: dict[str, Any],
) -> None:
    """
    [parent]
    partners = ["Le club"]
    [parent.sheets.un]
    means = ["Un vélo"]
    [parent.sheets.deux]
    means = ["Un banc"]
    [local]
    merge = [{ sheets = ["un", "deux"], code = "ensemble" }]
    [local.amendments.b1]
    in_force_on = 2016-01-01
    contract.remove.partners = ["Le club"]
    adapt = [{ sheet = "ensemble", remove.means = ["Un banc"] }]
    """
    parent, derivation = local(doc)
    [item] = derivation.derived.sheets
    assert told(deleted_from_local(parent, derivation.derived, None)) == [
        ("partners", "Le club", "b1.toml", "contract.remove.partners.0")
    ]
    assert told(deleted_from_local(parent, derivation.derived, item)) == [
        ("means", "Un banc", "b1.toml", "adapt.0.remove.means.0")
    ]
