"""What changes took out of lists; each docstring is a parent, its amendments and a local text."""

from datetime import date
from typing import Any

from cpps_cli.derive import Derivation, Parent
from cpps_cli.derive.removals import Gone, gone_from_local, gone_from_parent
from tests.conftest import PLACE, amendments_of, contract_of, overlay_of


def told(gone: tuple[Gone, ...]) -> list[tuple[str, Any, str, str]]:
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
    found = gone_from_parent(parent, parent.now.contract.sheet("rue"))
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
    found = gone_from_parent(parent, parent.now.contract.sheet("rue"))
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
    assert gone_from_parent(before, before.now.contract.sheet("rue")) == ()
    assert len(gone_from_parent(after, after.now.contract.sheet("rue"))) == 1


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
    found = gone_from_local(parent, derivation.derived, item)
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
    found = gone_from_local(parent, derivation.derived, None)
    assert told(found) == [("partners", "Le club", "T1.toml", "contract.remove.partners.0")]
