"""What changed, as people read it; each docstring is the input, `[a]` and `[b]` the two texts."""

from typing import Any

import pytest

from cpps_cli.engine.diff import Differences, DiffSide, differences
from cpps_cli.engine.matching import diff_words
from cpps_cli.formats.markdown import section_text
from cpps_cli.present.document import Section, item_of, plain
from cpps_cli.present.sections.change_lines import (
    change_sections,
    contract_lines,
    marked,
    sheet_lines,
    typographic_lines,
)
from tests.conftest import contract_of


@pytest.fixture
def found(doc: dict[str, Any]) -> Differences:
    """What `[b]` says that `[a]` does not."""
    a, b = (DiffSide(contract_of(doc.get(name, {}))) for name in ("a", "b"))
    return differences(a, b)


def of_sheet(found: Differences) -> list[str]:
    """The lines of the one sheet, what stands under them behind them."""
    [sheet] = found.sheets
    items = map(item_of, sheet_lines(sheet, found))
    return [" ".join((plain(item.text), *item.under)) for item in items]


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("un deux trois", "un quatre trois", "un [-deux-]{+quatre+} trois"),
        ("un deux", "un deux trois", "un deux {+trois+}"),
        ("un deux trois", "deux trois", "[-un-] deux trois"),
        ("le parquet, la mairie", "le parquet et la mairie", "le parquet[-,-] {+et+} la mairie"),
        ("un\ndeux trois", "un deux\nquatre", "un deux [-trois-]{+quatre+}"),
        ("rouge", "bleu", "[-rouge-]{+bleu+}"),
    ],
)
def test_words_are_marked_in_their_sentence(before: str, after: str, shown: str) -> None:
    assert marked(diff_words(before, after)) == shown


def test_words_far_from_a_change_are_left_out() -> None:
    words = " ".join(f"mot{number}" for number in range(40))
    shown = marked(diff_words(f"{words} ancien {words}", f"{words} nouveau {words}"))
    assert shown == (
        "… mot34 mot35 mot36 mot37 mot38 mot39 [-ancien-]{+nouveau+} "
        "mot0 mot1 mot2 mot3 mot4 mot5 …"
    )


def test_each_item_of_a_list_has_its_line(found: Differences) -> None:
    """
    [a.sheets.un]
    number = "1.1"
    methods = ["écouter", "écrire", "classer", "relire"]
    [b.sheets.un]
    number = "2.1"
    axis = "b"
    methods = ["relire", "écouter", "classer", "voter"]
    """
    assert of_sheet(found) == [
        "number: 1.1 → 2.1",
        "axis: Axis 1. (title unknown) → Axis 2. (title unknown)",
        "methods: [-écrire-]",
        "methods: {+voter+}",
        "methods: moved from 4 to 1: relire",
    ]


def test_what_one_contract_alone_holds_is_not_said_to_be_removed(found: Differences) -> None:
    """
    [a]
    id = "avant"
    title = "Avant"
    signatories = ["la mairie", "le parquet"]
    term = "2016..2020"
    [b]
    id = "apres"
    title = "Après"
    """
    assert [*contract_lines(found)] == [
        "term, held only in Avant: 2016 to 2020",
        "signatories, held only in Avant: la mairie; le parquet",
    ]


def test_disputed_value_is_said_to_be(found: Differences) -> None:
    """
    [a]
    window = "2018"
    [b]
    claims = [{ says.window = "2017-S2", retained = true }, { says.window = "2018-Q1" }]
    [b.sheets.un]
    """
    [line] = contract_lines(found)
    assert isinstance(line, str)
    assert "disputed" in line
    assert line.endswith("2018 → second half of 2017")


def test_typing_alone_is_apart_from_what_changed(found: Differences) -> None:
    """
    [a.sheets.un]
    title = "L'accueil"
    means = ["l'école", "un local"]
    [b.sheets.un]
    title = "L’accueil"
    means = ["l’école", "une salle"]
    """
    assert of_sheet(found) == ["means: [-un local-]", "means: {+une salle+}"]
    assert [*typographic_lines(found)] == ["L’accueil: title, means"]


def test_blocks_say_what_was_removed_added_and_changed(found: Differences) -> None:
    """
    [a.sheets.un]
    [a.sheets.deux]
    [b.sheets.deux]
    title = "Autre"
    [b.sheets.trois]
    """
    shown = section_text(Section("", tuple(change_sections(found, {"un": "Reason: sans objet."}))))
    assert [line for line in shown.splitlines() if line.strip("# ")] == [
        "## Sheets removed",
        "- Fiche un (un). Reason: sans objet.",
        "## Sheets added",
        "- Fiche trois (trois)",
        "## Sheets changed",
        "### Autre",
        "- title:",
        r"  - before: \[-Fiche deux-\]",
        "  - after: {+Autre+}",
    ]
