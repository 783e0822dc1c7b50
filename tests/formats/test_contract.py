"""What a contract says as a document, chapter by chapter."""

from dataclasses import replace

import pytest
import tomli

from cpps_cli.diagnostics import Place, Span
from cpps_cli.engine import Derivation, Parent
from cpps_cli.formats.html import html
from cpps_cli.formats.markdown import markdown
from cpps_cli.i18n.catalogue import speaking
from cpps_cli.model import LIST_FIELDS, ActionSheet, Contract
from cpps_cli.model.beside import Programme
from cpps_cli.present.document import Items, Outline, Section, item_of, plain
from cpps_cli.present.document_context import DocumentContext
from cpps_cli.present.sections.contract_front import state_of
from cpps_cli.present.sections.contract_outline import contract_outline
from tests.conftest import PLACE, contract_of, overlay_of
from tests.formats.comparison import assert_same, heard_in, sections, squeezed
from tests.formats.hostile import HOSTILE, OBEYED
from tests.formats.outlines import ON, dossier_of, facts, notices, rows, section, texts
from tests.formats.reader_html import read_html
from tests.formats.reader_markdown import read_markdown
from tests.formats.subjects import outlined, subjects


@pytest.fixture
def outline(parent: Parent) -> Outline:
    """The document of the docstring's `[parent]`."""
    return contract_outline(dossier_of(parent))


# --- how far it has come


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [
        ((), "contract"),
        (("drafted",), "project"),
        (("drafted", "in_concertation", "presented"), "project"),
        (("drafted", "validated"), "contract"),
        (("drafted", "signed"), "contract"),
        (("in_force",), "contract"),
    ],
)
def test_project_while_it_is_drafted_and_not_decided(
    kinds: tuple[str, ...], expected: str, parent: Parent
) -> None:
    """
    [parent.sheets.un]
    """
    milestones = [{"kind": kind, "on": "2024"} for kind in kinds]
    signed = parent.texts[0].contract.model_copy()
    table = {"id": "parent", "title": "Contrat", "territory": "T0", "milestones": milestones}
    contract = type(signed).model_validate({**table, "sheets": signed.sheets})
    assert state_of(dossier_of(Parent(contract, ()))) == expected


def test_milestone_to_come_is_not_met(outline: Outline) -> None:
    """
    [[parent.milestones]]
    kind = "drafted"
    on = "2024-05"
    [[parent.milestones]]
    kind = "validated"
    on = "2025-03-01"
    [parent.sheets.un]
    """
    assert notices(outline.front) == {
        "Project": "Drafted, neither validated nor signed: this text binds nobody."
    }
    assert [row[:2] for row in rows(section(outline, "etapes").blocks)] == [("Drafted", "May 2024")]
    assert facts(outline.front)["Last known milestone"] == ["Drafted: May 2024"]


def test_contract_without_sheets_has_no_known_text(outline: Outline) -> None:
    """
    [parent]
    """
    assert list(notices(outline.front)) == ["Text not known"]
    assert notices(section(outline, "axe-a").blocks) == {
        "Not known": "No sheet of this axis is held."
    }


def test_local_contract_without_text_is_no_project_of_the_town_hall(parent: Parent) -> None:
    """
    [parent.sheets.un]
    """
    derived = parent.derive(None, PLACE).derived
    outline = contract_outline(dossier_of(parent, derived=derived))
    [said] = notices(outline.front).values()
    assert "neither its text nor a project of the town hall" in said
    assert "Would be inherited" in notices(section(outline, "fiche-un").blocks)
    assert rows(section(outline, "correspondance").blocks)[0][2] == "Would be inherited"


# --- what is not known is said in its place


def test_title_page_says_what_is_not_known(outline: Outline) -> None:
    """
    [parent]
    partners = ["Une association"]
    [parent.sheets.un]
    """
    found = facts(outline.front)
    assert found["Term"] == ["not known"]
    assert found["Signatories"] == ["not known"]
    assert found["Last known milestone"] == ["not known"]
    assert found["Sheets in this document"] == [
        "1: 0 with their text, 1 with their title only, 0 to complete"
    ]
    assert found["Partners"] == ["Une association"]


def test_sheet_says_what_is_held_of_it(outline: Outline) -> None:
    """
    [parent.sheets.sans-titre]
    title = "…"
    note = "Titre cherché."
    cut = ["title"]
    [parent.sheets.ecrite]
    objectives = ["Un", "Deux"]
    methods = ["D'abord", "Ensuite"]
    context = '''
    Un paragraphe
    sur deux lignes.

    Un autre.'''
    """
    titled = section(outline, "fiche-sans-titre")
    assert notices(titled.blocks) == {"To complete": "Its title is held; its text is not known."}
    assert texts(titled.blocks) == [
        "Cut, the source was seen only in part: title.",
        "Note: Titre cherché.",
    ]
    written = section(outline, "fiche-ecrite")
    assert [item.title for item in written.blocks if isinstance(item, Section)] == [
        "Context",
        "Objectives",
        "Methods of implementation",
    ]
    context, objectives, methods = (item for item in written.blocks if isinstance(item, Section))
    assert texts(context.blocks) == ["Un paragraphe sur deux lignes.", "Un autre."]
    [listed], [ordered] = objectives.blocks, methods.blocks
    assert isinstance(listed, Items)
    assert isinstance(ordered, Items)
    assert [plain(item.text) for item in map(item_of, listed.items)] == ["Un", "Deux"]
    assert (listed.numbered, ordered.numbered) == (False, True)
    assert notices(written.blocks)["Not known"].startswith("Audience, places, means, ")


def test_disputed_value_says_so_and_leads_to_the_dispute(outline: Outline) -> None:
    """
    [[parent.claims]]
    says.term = "2021..2024"
    sources = ["S1"]
    retained = true
    [[parent.claims]]
    says.term = "2021..2025"
    [parent.sheets.un]
    [[parent.sheets.un.claims]]
    says.number = "1.1"
    retained = true
    [[parent.sheets.un.claims]]
    says.number = "1.2"
    """
    assert facts(outline.front)["Term"] == ["2021 to 2024 (disputed; also held: 2021 to 2025)"]
    assert "Disputed" in notices(section(outline, "fiche-un").blocks)
    [sides] = section(outline, "divergence-contrat-1").blocks
    assert isinstance(sides, Items)
    assert plain(item_of(sides.items[0]).text) == "Retained (S1): 2021 to 2024."
    assert section(outline, "divergence-un-1").title.endswith("number")
    assert [row[0] for row in rows(section(outline, "sources").blocks)] == ["S1"]


# --- a local contract


LOCAL = """
    [parent.sheets.un]
    number = "1.1"
    means = ["Un local"]
    [parent.sheets.deux]
    number = "1.2"
    [parent.sheets.trois]
    number = "1.3"
    [parent.sheets.quatre]
    number = "1.4"
    [parent.sheets.cinq]
    number = "1.5"
    [[local.adapt]]
    sheet = "un"
    reason = "Il y a deux locaux."
    append.means = ["Un autre local"]
    [[local.exclude]]
    sheet = "deux"
    reason = "Sans objet."
    decided_by = "Le conseil"
    decided_on = 2024-05-02
    [[local.merge]]
    sheets = ["trois", "quatre"]
    code = "ensemble"
    set.title = "Ensemble"
    [[local.add]]
    code = "nouvelle"
    title = "Nouvelle"
    axis = "a"
"""


@pytest.fixture
def local() -> Outline:
    """The document of `LOCAL`."""
    table = tomli.loads(LOCAL)
    parent = Parent(contract_of(table["parent"]), ())
    derived = parent.derive(overlay_of(table["local"]), PLACE).derived
    return contract_outline(dossier_of(parent, derived=derived))


def test_each_sheet_says_in_words_where_it_comes_from(local: Outline) -> None:
    labels = {
        item.anchor: next(iter(notices(item.blocks)))
        for item in sections(local)
        if item.anchor and item.anchor.startswith("fiche-")
    }
    assert labels == {
        "fiche-un": "Adapted",
        "fiche-cinq": "Inherited",
        "fiche-ensemble": "Merged",
        "fiche-nouvelle": "Added",
    }
    adapted = notices(section(local, "fiche-un").blocks)["Adapted"]
    assert "Its own, not the parent's: means." in adapted
    assert "Reason: Il y a deux locaux." in adapted


def test_what_is_left_out_has_its_reason(local: Outline) -> None:
    [row] = rows(section(local, "non-repris").blocks)
    assert row == (
        "1.2",
        "Fiche deux",
        "Left out",
        "Sans objet. Decided by: Le conseil. Decided on: 2 May 2024.",
    )


def test_correspondence_names_every_sheet_on_both_sides(local: Outline) -> None:
    found = rows(section(local, "correspondance").blocks)
    assert [(row[1], row[2], row[3], row[4]) for row in found] == [
        ("Fiche un", "Adapted", "1.1", "Fiche un"),
        ("Fiche cinq", "Inherited", "1.5", "Fiche cinq"),
        ("Ensemble", "Merged", "1.3", "Fiche trois"),
        ("Ensemble", "Merged", "1.4", "Fiche quatre"),
        ("Nouvelle", "Added", "–", "none"),
    ]


def test_local_amendments_are_named_where_they_matter(
    derivation: Derivation, parent: Parent
) -> None:
    """
    [parent.sheets.un]
    [parent.sheets.deux]
    [amendments.du-parent]
    title = "Avenant du parent"
    in_force_on = 2024-01-01
    [[amendments.du-parent.adapt]]
    sheet = "un"
    set.lead = "Un service"
    [local]
    parent_version = "du-parent"
    [local.amendments.a-venir]
    in_force_on = 2026-01-01
    contract.set.partners = ["Une association"]
    [local.amendments.le-premier]
    deliberation = "2024-7"
    in_force_on = 2024-06-01
    sources = ["S7"]
    [[local.amendments.le-premier.adapt]]
    sheet = "un"
    append.means = ["Une salle"]
    [[local.amendments.le-premier.exclude]]
    sheet = "deux"
    """
    signed, overlay = parent.texts[0].contract, derivation.derived.overlay
    derived = Parent(signed, parent.amendments, ON).derive(overlay, PLACE).derived
    outline = contract_outline(dossier_of(Parent(signed, parent.amendments, ON), derived=derived))
    assert facts(outline.front)["Text"] == [
        "Text of 15 January 2025",
        "As amended by: Avenant le-premier",
        "Text of the parent as amended by: Avenant du parent",
    ]
    assert rows(section(outline, "avenants").blocks) == [
        ("Avenant le-premier", "2024-7", "not known", "1 June 2024", "S7")
    ]
    assert [row[0] for row in rows(section(outline, "sources").blocks)] == ["S7"]
    assert (
        "By its own amendment: Avenant le-premier."
        in notices(section(outline, "fiche-un").blocks)["Adapted"]
    )
    [left_out] = rows(section(outline, "non-repris").blocks)
    assert "Repealed by: Avenant le-premier." in left_out[3]


def test_origin_stands_beside_each_paragraph_on_request(
    parent: Parent, derivation: Derivation
) -> None:
    """
    [[parent.milestones]]
    kind = "signed"
    on = "2021"
    [parent.sheets.un]
    means = ["Un local"]
    objectives = ["But"]
    [[local.adapt]]
    sheet = "un"
    append.means = ["Un autre local"]
    """

    def locate(where: Place) -> Span:
        return Span(where.file, 7, 1, 7, 2)

    outline = contract_outline(dossier_of(parent, derived=derivation.derived, locate=locate))
    inside = {item.title: item.blocks for item in sections(outline)}
    [means], [objectives] = inside["Means"], inside["Objectives"]
    assert isinstance(means, Items)
    assert isinstance(objectives, Items)
    assert [item.note for item in map(item_of, means.items)] == [
        "Inherited; signed text, parent/sheets/un.toml, line 7",
        "Adapted; local text, parent/local/T1.toml, line 7",
    ]
    assert (
        item_of(objectives.items[0]).note == "Inherited; signed text, parent/sheets/un.toml, line 7"
    )


def test_text_that_nobody_signed_is_not_called_signed(parent: Parent) -> None:
    """
    [parent.sheets.un]
    means = ["Un local"]
    """

    def locate(where: Place) -> Span:
        return Span(where.file, 7, 1, 7, 2)

    outline = contract_outline(dossier_of(parent, locate=locate))
    [means] = {item.title: item.blocks for item in sections(outline)}["Means"]
    assert isinstance(means, Items)
    assert [item.note for item in map(item_of, means.items)] == [
        "First text; parent/sheets/un.toml, line 7"
    ]


def test_contract_itself_has_its_origin_on_request(parent: Parent, derivation: Derivation) -> None:
    """
    [parent]
    signatories = ["La mairie"]
    sources = ["S1"]
    [parent.sheets.un]
    [amendments.avenant]
    in_force_on = 2024-01-01
    contract.append.signatories = ["Le rectorat"]
    [local]
    title = "Contrat du quartier"
    parent_version = "avenant"
    """

    def locate(where: Place) -> Span:
        return Span(where.file, 7, 1, 7, 2)

    outline = contract_outline(dossier_of(parent, locate=locate))
    assert ("Signatories", "La mairie", "First text; parent/contract.toml, line 7 [S1]") in rows(
        section(outline, "provenance").blocks
    )
    outline = contract_outline(dossier_of(parent, derived=derivation.derived, locate=locate))
    found = {row[1]: row[2] for row in rows(section(outline, "provenance").blocks)}
    assert found["Contrat du quartier"] == "Adapted; local text, parent/local/T1.toml, line 7"
    assert found["Le rectorat"] == "Inherited; avenant, parent/amendments/avenant.toml, line 7"
    assert [row[0] for row in rows(section(outline, "sources").blocks)] == ["S1"]
    plain_one = contract_outline(dossier_of(parent, derived=derivation.derived))
    assert "provenance" not in {item.anchor for item in sections(plain_one)}


# --- what is reported beside the contract


def test_programmes_stand_in_an_annex_that_is_not_the_contract(parent: Parent) -> None:
    """
    [parent.sheets.un]
    number = "1.1"
    """
    programme = {
        "code": "ateliers",
        "title": "Les ateliers",
        "partners": ["Somupi"],
        "sheets": ({"sheet": "un", "inferred": True, "note": "Même public."},),
        "facts": ({"period": "2021", "words": "ils ouvrent.", "sources": ["S3"]},),
        "claims": (
            {"says": {"partners": ["Cyclocity"]}, "sources": ["S1"], "retained": True},
            {"says": {"partners": ["Somupi"]}, "sources": ["S2"]},
        ),
    }
    told = (Programme.model_validate(programme),)
    outline = contract_outline(dossier_of(parent, programmes=told))
    annex = section(outline, "dispositifs")
    assert "nothing here is a commitment" in notices(annex.blocks)["Annex"]
    one = section(outline, "dispositif-ateliers")
    assert facts(one.blocks) == {
        "Partners": ["Cyclocity"],
        "Linked sheets": ["1.1 Fiche un (link read by us, stated in no source). Même public."],
    }
    [reported] = [block for block in one.blocks if isinstance(block, Items)]
    assert [plain(item.text) for item in map(item_of, reported.items)] == [
        "2021: ils ouvrent. (S3)"
    ]
    assert notices(one.blocks) == {"Disputed": "Partners."}
    assert [row[0] for row in rows(section(outline, "sources").blocks)] == ["S1", "S2", "S3"]


def test_programmes_are_no_commitments_and_are_not_handed_down() -> None:
    told = subjects()["cpps-2015-2020"]
    assert isinstance(told, DocumentContext)
    reported = [squeezed(fact.words) for item in told.programmes for fact in item.facts]
    assert reported
    outline = outlined(told)
    in_annex = heard_in(outline._replace(sections=(section(outline, "dispositifs"),))).all_text
    assert all(words in in_annex for words in reported)
    others = tuple(item for item in outline.sections if item.anchor != "dispositifs")
    for document in (
        outline._replace(sections=others),
        outlined(subjects()["cpps-2015-2020/75119"]),
        outlined(replace(told, sheet="recidive-des-mineurs-et-jeunes-majeurs")),
    ):
        text = heard_in(document).all_text
        assert not [words for words in reported if words in text]


HOSTILE_TEXTS = tuple(text for text in HOSTILE.values() if text.strip())


def test_nothing_of_the_data_can_be_obeyed(parent: Parent) -> None:
    """
    [parent.sheets.un]
    """
    lists = dict.fromkeys(LIST_FIELDS, HOSTILE_TEXTS)
    sheet = {
        **lists,
        "code": "un",
        "axis": "a",
        "title": HOSTILE["control"],
        "lead": HOSTILE["ansi"],
    }
    table = {
        "id": "parent",
        "title": HOSTILE["right_to_left"],
        "territory": "T0",
        "governance": HOSTILE_TEXTS,
        "signatories": HOSTILE_TEXTS,
        "note": "\n\n".join(HOSTILE_TEXTS),
        "axes": [{"code": "a", "title": HOSTILE["not_characters"], "note": HOSTILE["script"]}],
        "milestones": [{"kind": "signed", "on": "2024", "body": HOSTILE["control"]}],
        "sheets": (ActionSheet.model_validate({**sheet, "context": HOSTILE["control"]}),),
    }
    context = dossier_of(Parent(Contract.model_validate(table), ()))
    outline = outlined(context)
    assert not OBEYED & set(heard_in(outline).all_text)
    assert_same(read_html(html(outline)), outline)
    with speaking("fr"):
        assert_same(read_markdown(markdown(outline)), outline)
