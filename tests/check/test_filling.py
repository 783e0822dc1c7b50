"""What a table says of sheets; each docstring holds a contract's sheets, then the table."""

from inspect import cleandoc
from typing import Any

import pytest
import tomli

from cpps_cli.check.filling import COLUMNS, Filling, TableFault, fillings
from cpps_cli.engine import Parent
from cpps_cli.library.spreadsheet import spreadsheet
from cpps_cli.model import SheetText
from cpps_cli.model.edit import Drop, Put
from tests.conftest import amendments_of, contract_of

Found = tuple[list[Filling], list[TableFault]]


def parts(request: pytest.FixtureRequest) -> tuple[str, str]:
    """The two parts of the docstring."""
    library, _, table = cleandoc(request.function.__doc__ or "").partition("\n---\n")
    return library, table


@pytest.fixture
def parent(request: pytest.FixtureRequest) -> Parent:
    written = tomli.loads(parts(request)[0])
    amendments = amendments_of(written.pop("amendments", {}))
    return Parent(contract_of(written), amendments)


@pytest.fixture
def table(request: pytest.FixtureRequest) -> bytes:
    return parts(request)[1].encode()


@pytest.fixture
def found(parent: Parent, table: bytes) -> Found:
    return fillings(spreadsheet(table, COLUMNS, "table"), parent)


@pytest.fixture
def replaced(parent: Parent, table: bytes) -> Found:
    return fillings(spreadsheet(table, COLUMNS, "table"), parent, replace=True)


def outcomes(found: Found) -> dict[str, str]:
    return {cell.field: cell.outcome for filling in found[0] for cell in filling.cells}


def kinds(found: Found) -> list[tuple[int, str]]:
    return [(fault.row, fault.kind) for fault in found[1]]


def changes(found: Found) -> dict[str, dict[str, Any]]:
    return {filling.sheet.code: _values(filling) for filling in found[0]}


def _values(filling: Filling) -> dict[str, Any]:
    """The values to write, by key; None for a key that goes."""
    return {
        str(edit.path[0]): edit.value if isinstance(edit, Put) else None
        for edit in filling.edits(None)
        if isinstance(edit, Put | Drop)
    }


def test_every_text_of_a_sheet_but_its_indicators_is_a_column() -> None:
    assert set(SheetText.model_fields) - set(COLUMNS) == {"indicators"}


def test_empty_sheet_is_filled(found: Found) -> None:
    """[sheets.s1]
    title = "Un"
    [sheets.axe-a-completer]
    ---
    code;number;title;objectives;context;lead;sources;status
    axe-a-completer;2-1;« Deux »;"Un but
    Un autre but";"Ligne 1
    Ligne 2";Mairie;S1, S2;to_complete
    """
    assert found[1] == []
    # contract_of gives every sheet a title: it is the one that differs.
    assert outcomes(found).pop("title") == "conflict"
    assert changes(found) == {
        "axe-a-completer": {
            "number": "2.1",
            "objectives": ("Un but", "Un autre but"),
            "context": "Ligne 1\nLigne 2",
            "lead": "Mairie",
            # The title, which the table does not change, does not come from the two.
            "sources_of": ("S1", "S2"),
        }
    }


def test_empty_cell_says_nothing(found: Found) -> None:
    """[sheets.s1]
    title = "Un"
    lead = "Mairie"
    ---
    code;title;lead;objectives
    s1;;;
    """
    assert outcomes(found) == {}


def test_what_typing_changes_is_the_same(found: Found) -> None:
    """[sheets.s1]
    title = "Prévenir l’absentéisme"
    number = "1.1"
    partners = ["Le « club »", "L'école"]
    context = "Une ligne.\\nUne autre.\\n"
    ---
    code,number,title,partners,context
    S1,1-1,Prévenir  l'absentéisme,"Le ""club""
    L’école",Une ligne. Une autre.
    """
    assert set(outcomes(found).values()) == {"same"}


def test_library_that_says_otherwise_is_a_conflict(found: Found) -> None:
    """[sheets.s1]
    title = "Un"
    partners = ["A", "B"]
    ---
    code;title;partners;axis
    s1;Deux;"B
    A";b
    """
    assert outcomes(found) == dict.fromkeys(("title", "partners", "axis"), "conflict")
    assert changes(found) == {"s1": {}}


def test_library_is_overwritten_where_that_is_asked(replaced: Found) -> None:
    """[sheets.s1]
    title = "Un"
    ---
    code;title;axis
    s1;Deux;2
    """
    assert changes(replaced) == {"s1": {"title": "Deux", "axis": "b"}}


def test_field_that_is_stated_is_no_longer_doubtful(replaced: Found) -> None:
    """[sheets.s1]
    number = "1.1"
    inferred = ["number", "sheet"]
    uncertain = ["axis"]
    cut = ["title"]
    ---
    code;number;axis;title
    s1;1.2;b;Entier
    """
    assert changes(replaced)["s1"] | {"number": 0, "axis": 0, "title": 0} == {
        "number": 0,
        "axis": 0,
        "title": 0,
        "inferred": ("sheet",),
        "uncertain": None,
        "cut": None,
    }


def test_doubt_stays_on_what_the_table_repeats(replaced: Found) -> None:
    """[sheets.s1]
    number = "1.1"
    inferred = ["number"]
    ---
    code;number
    s1;1.1
    """
    assert changes(replaced) == {"s1": {}}


def test_title_that_was_cut_is_completed(found: Found) -> None:
    """[sheets.s1]
    title = "Accompagner les victimes d'exploitation sex…"
    cut = ["title"]
    ---
    code;title
    s1;Accompagner les victimes d’exploitation sexuelle
    """
    assert changes(found)["s1"] == {
        "title": "Accompagner les victimes d’exploitation sexuelle",
        "cut": None,
    }


def test_title_that_was_cut_elsewhere_is_a_conflict(found: Found) -> None:
    """[sheets.s1]
    title = "Accompagner les victimes d'exploitation sex…"
    cut = ["title"]
    ---
    code;title
    s1;Accompagner les familles
    """
    assert outcomes(found) == {"title": "conflict"}


def test_sources_are_added_and_never_taken_away(found: Found) -> None:
    """[sheets.s1]
    sources = ["S1", "S2"]
    [sheets.s2]
    sources = ["S1", "S2"]
    ---
    code;sources
    s1;S2 S3
    s2;S2
    """
    assert changes(found) == {"s1": {"sources": ("S1", "S2", "S3")}, "s2": {}}


def test_row_without_code_is_that_of_its_number(found: Found) -> None:
    """[sheets.s1]
    number = "1.2"
    ---
    code;number;lead
    ;1-2;Mairie
    """
    assert changes(found) == {"s1": {"lead": "Mairie"}}


def test_faults_of_a_table_are_all_found(found: Found) -> None:
    """[sheets.recidive]
    number = "1.2"
    [sheets.s2]
    ---
    code;number;titel;title;title;axis;axis_code
    recidives;;;;;;
    ;9.9;;;;;
    ;;;Un;;;
    recidive;;;;;3;
    s2;;;;;1;b
    s2;;;;;;;surplus
    """
    assert kinds(found) == [
        (1, "unknown_column"),
        (1, "column_twice"),
        (2, "unknown_sheet"),
        (3, "unknown_number"),
        (4, "no_sheet_named"),
        (5, "unknown_axis"),
        (6, "axes_disagree"),
        (7, "surplus"),
        (7, "two_rows"),
    ]
    assert found[1][0].values["nearest"] == "title"
    assert found[1][2].values["nearest"] == "recidive"


def test_column_without_a_name_and_without_a_cell_is_nothing(found: Found) -> None:
    """[sheets.s1]
    ---
    code;;lead
    s1;;Mairie
    """
    assert kinds(found) == []


def test_text_of_an_amendment_is_left_to_it(replaced: Found) -> None:
    """[sheets.s1]
    title = "Un"
    [sheets.s2]
    title = "Deux"
    [sheets.s3]
    title = "Trois"
    [amendments.avenant-1]
    in_force_on = 2020-01-01
    [[amendments.avenant-1.adapt]]
    sheet = "s1"
    set.title = "Un, modifié"
    [[amendments.avenant-1.adapt]]
    sheet = "s2"
    set.title = "Deux, modifié"
    [[amendments.avenant-1.add]]
    code = "s4"
    title = "Quatre"
    axis = "a"
    ---
    code;title
    s1;Un, modifié
    s2;Autre
    s3;Autre
    s4;Quatre
    """
    (one, two, three, four), faults = replaced
    assert [cell.outcome for cell in (*one.cells, *three.cells, *four.cells)] == [
        "same",
        "replace",
        "same",
    ]
    assert [(cell.outcome, cell.held_by, cell.library) for cell in two.cells] == [
        ("conflict", "amendment", "Deux, modifié")
    ]
    assert faults == []


def test_sheet_of_an_amendment_is_not_filled(found: Found) -> None:
    """[sheets.s1]
    [amendments.avenant-1]
    in_force_on = 2020-01-01
    [[amendments.avenant-1.add]]
    code = "s2"
    axis = "a"
    ---
    code;title
    s2;Deux
    """
    assert kinds(found) == [(2, "from_amendment")]
    assert changes(found) == {"s2": {}}


def test_field_on_which_sources_disagree_is_left_to_its_claims(replaced: Found) -> None:
    """[[sheets.s1.claims]]
    says.number = "1.1"
    retained = true
    [[sheets.s1.claims]]
    says.number = "1.2"
    ---
    code;number
    s1;1.2
    """
    ((cell,),) = ([*filling.cells] for filling in replaced[0])
    assert (cell.outcome, cell.held_by) == ("conflict", "claims")
