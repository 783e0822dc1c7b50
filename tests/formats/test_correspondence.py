"""What a correspondence says as a document: both generations, and each local contract."""

from typing import Any

import pytest

from cpps_cli.engine import Parent
from cpps_cli.model.beside import Correspondence
from cpps_cli.present.document import Outline
from cpps_cli.present.document_kinds import CorrespondenceContext
from cpps_cli.present.sections.correspondence_outline import correspondence_outline
from tests.conftest import PLACE, contract_of, overlay_of
from tests.formats.outlines import HeldTexts, dossier_of, notices, rows, section, texts


@pytest.fixture
def outline(parent: Parent, doc: dict[str, Any]) -> Outline:
    """From the docstring's `[parent]` to its `[successor]`, by its `[correspondence]`."""
    successor = Parent(contract_of({"id": "suivant", "title": "Suivant", **doc["successor"]}), ())
    named = {"contract": "suivant", "former": "parent", **doc["correspondence"]}
    overlays = {PLACE.code: overlay_of(doc["local"])} if "local" in doc else {}
    former = dossier_of(parent, reader=HeldTexts({PLACE.code: PLACE}, overlays))
    correspondence = Correspondence.model_validate(named)
    return correspondence_outline(
        CorrespondenceContext(dossier_of(successor), former, correspondence)
    )


def test_every_sheet_of_both_sides_is_told(outline: Outline) -> None:
    """
    [parent.sheets.garde]
    [parent.sheets.coupe]
    [parent.sheets.perdue]
    [parent.sheets.oubliee]
    [successor.sheets.gardee]
    [successor.sheets.coupe-1]
    [successor.sheets.coupe-2]
    [successor.sheets.neuve]
    [correspondence]
    known = "partial"
    sheets = [
        { kind = "same", before = ["garde"], after = ["gardee"], inferred = true, note = "Vu." },
        { kind = "split", before = ["coupe"], after = ["coupe-1", "coupe-2"], reason = "Deux." },
        { kind = "dropped", before = ["perdue"], sources = ["S1"] },
        { kind = "new", after = ["neuve"] },
    ]
    """
    assert rows(section(outline, "en-bref").blocks) == [
        ("The same sheet", "1", "1"),
        ("Split", "1", "2"),
        ("Dropped", "1", "0"),
        ("New", "0", "1"),
        ("Unknown", "1", "0"),
        ("In all", "4", "4"),
    ]
    assert rows(section(outline, "depuis-l-ancien-contrat").blocks) == [
        ("Fiche coupe", "Split", "Fiche coupe-1", "Deux."),
        ("Fiche coupe", "Split", "Fiche coupe-2", "Deux."),
        (
            "Fiche garde",
            "The same sheet",
            "Fiche gardee",
            "Read by us, stated in no source. Vu.",
        ),
        ("Fiche oubliee", "Unknown", "–", "–"),
        ("Fiche perdue", "Dropped", "–", "Source: S1"),
    ]
    assert ("Fiche neuve", "New", "–") in rows(section(outline, "depuis-le-nouveau-contrat").blocks)
    assert "Known in part" in notices(outline.front)
    assert [row[0] for row in rows(section(outline, "sources").blocks)] == ["S1"]


def test_sheet_repealed_meanwhile_is_told_where_it_is_named(outline: Outline) -> None:
    """
    [parent.sheets.un]
    [parent.sheets.abrogee]
    [parent.sheets.oubliee]
    [amendments.avenant]
    in_force_on = 2024-01-01
    exclude = [{ sheet = "abrogee" }, { sheet = "oubliee" }]
    [successor.sheets.un]
    [correspondence]
    sheets = [
        { kind = "same", before = ["un"], after = ["un"] },
        { kind = "dropped", before = ["abrogee"] },
    ]
    """
    found = rows(section(outline, "depuis-l-ancien-contrat").blocks)
    assert [row[0] for row in found] == ["Fiche un", "Fiche abrogee"]


def test_local_contract_sees_what_to_look_at(outline: Outline) -> None:
    """
    [parent.sheets.garde]
    [parent.sheets.un]
    [parent.sheets.deux]
    [parent.sheets.oubliee]
    [local]
    title = "Local"
    [[local.merge]]
    sheets = ["un", "deux"]
    code = "ensemble"
    set.title = "Ensemble"
    [[local.add]]
    code = "propre"
    title = "Propre"
    axis = "a"
    [successor]
    local_territories = []
    [successor.sheets.garde]
    [successor.sheets.tout]
    [correspondence]
    known = "partial"
    sheets = [
        { kind = "same", before = ["garde"], after = ["garde"] },
        { kind = "merged", before = ["un", "deux"], after = ["tout"] },
    ]
    """
    place = section(outline, "contrat-local-T1")
    assert texts(place.blocks) == [
        "The new contract is not derived for this place.",
        "1 of its 4 sheets comes from a sheet that stays one, whose text may change.",
    ]
    assert sorted(rows(place.blocks)) == [
        ("Ensemble", "Merged", "Fiche tout"),
        ("Fiche oubliee", "Unknown", "–"),
        ("Propre", "None: it is its own", "–"),
    ]


def test_place_without_a_text_is_named(outline: Outline) -> None:
    """
    [parent.sheets.un]
    [successor.sheets.un]
    [correspondence]
    sheets = [{ kind = "same", before = ["un"], after = ["un"] }]
    """
    assert texts(section(outline, "contrats-locaux").blocks) == ["No text is known of: Q1."]


def test_place_whose_text_is_at_fault_is_not_told(outline: Outline) -> None:
    """
    [parent.sheets.un]
    [local]
    [[local.exclude]]
    sheet = "inconnue"
    [successor.sheets.un]
    [correspondence]
    sheets = [{ kind = "same", before = ["un"], after = ["un"] }]
    """
    said = notices(section(outline, "contrats-locaux").blocks)
    assert said["Passed over"].endswith("nothing is told of them: Q1.")


def test_axes_stand_side_by_side(outline: Outline) -> None:
    """
    [parent]
    axes = [{ code = "a", number = 1, title = "Un" }, { code = "b", number = 2, title = "Deux" }]
    [successor]
    axes = [{ code = "a", number = 1, title = "Tout" }, { code = "c", number = 2, title = "Autre" }]
    [correspondence]
    axes = [{ before = "a", after = "a" }]
    """
    assert rows(section(outline, "axes").blocks) == [
        ("Axis 1. Un", "Axis 1. Tout", "–"),
        ("Axis 2. Deux", "–", "No axis is said to answer it."),
        ("–", "Axis 2. Autre", "It is said to answer no axis."),
    ]
