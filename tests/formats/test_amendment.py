"""What an amendment says as the document that a council votes on."""

from datetime import date
from typing import Any

import pytest

from cpps_cli.engine import Parent
from cpps_cli.present.document import Items, Notice, Outline, Section, item_of, plain
from cpps_cli.present.document_kinds import amendment_dossier, local_amendment_dossier
from cpps_cli.present.sections.amendment_outline import amendment_outline
from tests.conftest import PLACE, overlay_of
from tests.formats.comparison import sections
from tests.formats.outlines import HeldTexts, dossier_of, facts, notices, rows, section, texts


@pytest.fixture
def local(parent: Parent, doc: dict[str, Any]) -> Outline:
    """The document of the last of the docstring's `[local.amendments]`."""
    overlay = overlay_of(doc["local"])
    return amendment_outline(
        local_amendment_dossier(dossier_of(parent), overlay, overlay.amendments[-1])
    )


def articles(outline: Outline) -> list[str]:
    return [item.title for item in sections(outline) if (item.anchor or "").startswith("article-")]


def test_amendment_of_a_local_contract_is_told_beside_its_parent(local: Outline) -> None:
    """
    [parent.sheets.un]
    number = "1.1"
    [parent.sheets.deux]
    number = "1.2"
    [parent.sheets.trois]
    number = "1.3"
    [local]
    takes = "listed"
    [[local.take]]
    sheet = "un"
    number = "1.1"
    [[local.take]]
    sheet = "deux"
    number = "1.2"
    [local.amendments.avenant-1]
    in_force_on = 2024-05-01
    [[local.amendments.avenant-1.adapt]]
    sheet = "un"
    append.means = ["Une salle"]
    [[local.amendments.avenant-1.take]]
    sheet = "trois"
    number = "2.4"
    reason = "Demandée par les habitants."
    [[local.amendments.avenant-1.exclude]]
    sheet = "deux"
    review_on = 2025-01-01
    """
    assert articles(local) == [
        "Article 1: sheet 1.1 Fiche un, changed",
        "Article 2: sheet 2.4 Fiche trois, taken up",
        "Article 3: sheet 1.2 Fiche deux, repealed",
        "Article 4: day from which it holds",
    ]
    assert texts(section(local, "article-2").blocks) == [
        "It is taken up from the parent.",
        "It takes the number 2.4.",
    ]
    assert texts(section(local, "article-3").blocks)[-1] == "To look at again on: 1 January 2025."
    assert rows(section(local, "effets").blocks) == [
        ("1.1 Fiche un", "Inherited: 1.1 Fiche un", "Adapted: 1.1 Fiche un"),
        ("1.2 Fiche deux", "Inherited: 1.2 Fiche deux", "Left out"),
        ("2.4 Fiche trois", "Not taken up", "Inherited: 1.3 Fiche trois"),
    ]


def test_amendment_rests_on_the_contracts_and_amendments_before_it(local: Outline) -> None:
    """
    [[parent.milestones]]
    kind = "signed"
    on = "2021-03-15"
    [parent.sheets.un]
    [local]
    title = "Contrat du quartier"
    [local.amendments.avenant-1]
    in_force_on = 2023-01-01
    contract.set.partners = ["Une association"]
    [local.amendments.avenant-2]
    in_force_on = 2024-01-01
    contract.reason = "Une autre vient."
    contract.set.partners = ["Une autre"]
    """
    whereas = section(local, "considerants").blocks
    assert texts(whereas) == [
        "Having regard to: Contrat fictif, signed: 15 March 2021.",
        "Having regard to: Contrat du quartier.",
        "Having regard to: Avenant avenant-1.",
        "Considering what follows:",
    ]
    [reasons] = [block for block in whereas if isinstance(block, Items)]
    assert [plain(item.text) for item in map(item_of, reasons.items)] == ["Une autre vient."]
    assert texts(section(local, "article-1").blocks)[0] == "Under “Partners”, is replaced:"
    assert texts(section(local, "effets").blocks) == ["No sheet changes."]


def test_amendment_is_told_beside_the_parent_of_its_day(local: Outline) -> None:
    """
    [parent.sheets.un]
    [amendments.du-parent]
    in_force_on = 2024-06-01
    [[amendments.du-parent.adapt]]
    sheet = "un"
    set.title = "Autrement dite"
    [local]
    [local.amendments.avenant-1]
    in_force_on = 2024-05-01
    [[local.amendments.avenant-1.adapt]]
    sheet = "un"
    append.means = ["Une salle"]
    """
    assert local.on == date(2024, 5, 1)
    [row] = rows(section(local, "effets").blocks)
    assert row[1:] == ("Inherited: Fiche un", "Adapted: Fiche un")
    assert facts(local.front)["Amends"] == ["Contrat local fictif"]
    assert all(isinstance(item, Section) for item in local.sections)


@pytest.mark.parametrize(("sheet", "told"), [("deux", True), ("inconnue", False)])
def test_local_contract_at_fault_is_named_and_not_told(
    sheet: str, told: bool, parent: Parent
) -> None:
    """
    [parent.sheets.un]
    [parent.sheets.deux]
    [amendments.avenant-1]
    in_force_on = 2024-06-01
    [[amendments.avenant-1.adapt]]
    sheet = "un"
    set.title = "Autrement dite"
    """
    overlay = overlay_of({"exclude": [{"sheet": sheet}]})
    texts_held = HeldTexts({PLACE.code: PLACE}, {PLACE.code: overlay})
    of = dossier_of(parent, reader=texts_held)
    outline = amendment_outline(amendment_dossier(of, parent.amendments[0], texts_held))
    effects = section(outline, "effets").blocks
    if told:
        assert rows(effects) == [("Q1", "Autrement dite", "–", "–")]
        assert notices(effects) == {}
    else:
        assert [type(block) for block in effects] == [Notice]
        assert notices(effects)["Passed over"].endswith("nothing is told of them: Q1.")
