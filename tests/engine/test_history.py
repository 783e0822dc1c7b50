"""What changed, when, by which amendment; each docstring is the input."""

from datetime import date
from typing import Any

import pytest
import tomli

from cpps_cli.diagnostics import CppsError
from cpps_cli.engine import Parent
from cpps_cli.engine.history import History, Reason, history, local_history, sheet_history
from tests.conftest import PLACE, amendments_of, contract_of, overlay_of

DAY = date(2025, 1, 1)


@pytest.fixture
def lived(parent: Parent) -> History:
    """The history of the docstring's `[parent]`."""
    return history(parent.texts[0].contract, parent.amendments, DAY)


def touched(lived: History) -> dict[str, list[str]]:
    """For each amendment, the sheets it touched."""
    return {
        entry.amendment.id: [
            *(item.sheet.code for item in (*entry.differences.removed, *entry.differences.added)),
            *(item.after.code for item in entry.differences.sheets),
        ]
        for entry in lived.entries
    }


def test_each_amendment_says_what_it_changed_in_the_text_it_found(lived: History) -> None:
    """
    [parent]
    term = "2020..2025"
    [parent.sheets.un]
    lead = "la mairie"
    means = ["un local"]
    [amendments.avenant-1]
    in_force_on = 2021-01-01
    adapt = [{ sheet = "un", set.lead = "le parquet", append.means = ["une salle"], reason = "R" }]
    [amendments.avenant-2]
    in_force_on = 2022-01-01
    contract = { set.term = "2020..2026", reason = "Une année de plus." }
    adapt = [{ sheet = "un", set.lead = "le rectorat" }]
    """
    first, second = lived.entries
    [sheet] = first.differences.sheets
    assert [(item.field, item.after) for item in sheet.fields] == [
        ("lead", "le parquet"),
        ("means", ("un local", "une salle")),
    ]
    assert [(reason.sheets, reason.words) for reason in first.reasons] == [(("un",), "R")]
    [sheet] = second.differences.sheets
    assert [(item.before, item.after) for item in sheet.fields] == [("le parquet", "le rectorat")]
    assert [item.field for item in second.differences.contract] == ["term"]
    assert [(reason.sheets, reason.words) for reason in second.reasons] == [
        ((), "Une année de plus.")
    ]


def test_amendments_of_one_day_are_told_apart(lived: History) -> None:
    """
    [parent.sheets.un]
    [parent.sheets.deux]
    [amendments.avenant-1]
    in_force_on = 2021-01-01
    adapt = [{ sheet = "un", set.title = "A" }]
    [amendments.avenant-2]
    in_force_on = 2021-01-01
    adapt = [{ sheet = "deux", set.title = "B" }]
    """
    assert touched(lived) == {"avenant-1": ["un"], "avenant-2": ["deux"]}
    assert lived.now.version == "avenant-2"


def test_amendment_to_come_is_listed_and_not_in_the_text_of_the_day(lived: History) -> None:
    """
    [parent.sheets.un]
    [amendments.avenant-1]
    in_force_on = 2030-01-01
    exclude = [{ sheet = "un" }]
    """
    assert touched(lived) == {"avenant-1": ["un"]}
    assert lived.now.version == "signed"


def test_merge_says_which_sheet_the_others_went_into(lived: History) -> None:
    """
    [parent.sheets.un]
    [parent.sheets.deux]
    [amendments.avenant-1]
    in_force_on = 2021-01-01
    merge = [{ sheets = ["un", "deux"], code = "ensemble", set.title = "Ensemble", reason = "R" }]
    """
    [entry] = lived.entries
    assert {item.sheet.code: item.linked for item in entry.differences.removed} == {
        "un": ("ensemble",),
        "deux": ("ensemble",),
    }
    assert [reason.sheets for reason in entry.reasons] == [("un", "deux", "ensemble")]


def test_axes_and_numbers_are_part_of_the_history(lived: History) -> None:
    """
    [parent.sheets.un]
    number = "1.1"
    [amendments.avenant-1]
    in_force_on = 2021-01-01
    axes = [{ code = "a", number = 1, title = "Un titre" }, { code = "b", number = 2 }]
    renumber = [{ sheet = "un", number = "2.1", axis = "b" }]
    """
    [entry] = lived.entries
    assert [item.field for item in entry.differences.contract] == ["axis_title"]
    [sheet] = entry.differences.sheets
    assert [(item.before, item.after) for item in sheet.fields] == [("1.1", "2.1"), ("a", "b")]


# --- one sheet


def of_sheet(parent: Parent, lived: History, word: str) -> History:
    return sheet_history(parent, lived, word)


def test_life_of_a_sheet_holds_only_what_touched_it(parent: Parent, lived: History) -> None:
    """
    [parent.sheets.un]
    [parent.sheets.deux]
    [amendments.avenant-1]
    in_force_on = 2021-01-01
    adapt = [
      { sheet = "un", set.title = "A", reason = "Pour un." },
      { sheet = "deux", set.title = "B", reason = "Pour deux." },
    ]
    [amendments.avenant-2]
    in_force_on = 2022-01-01
    exclude = [{ sheet = "deux", reason = "Sans objet." }]
    """
    life = of_sheet(parent, lived, "un")
    assert touched(life) == {"avenant-1": ["un"]}
    assert [reason.words for reason in life.entries[0].reasons] == ["Pour un."]


@pytest.mark.parametrize("word", ["deux", "1.2", "1-2"])
def test_repealed_sheet_is_found(word: str) -> None:
    parent, lived = repealed()
    life = of_sheet(parent, lived, word)
    assert life.sheet is not None
    assert (life.sheet.code, touched(life)) == ("deux", {"avenant-1": ["deux"]})


def test_number_given_again_is_that_of_the_day() -> None:
    parent, lived = repealed(add=[{"code": "neuf", "title": "Neuf", "axis": "a", "number": "1.2"}])
    life = of_sheet(parent, lived, "1.2")
    assert life.sheet is not None
    assert life.sheet.code == "neuf"


def test_sheet_that_never_was_is_refused_with_the_nearest() -> None:
    parent, lived = repealed()
    with pytest.raises(CppsError) as refused:
        of_sheet(parent, lived, "deuxx")
    assert (refused.value.exit_code, refused.value.values["nearest"]) == (2, "deux")


def repealed(**changes: Any) -> tuple[Parent, History]:
    """A contract of which the sheet `deux` was repealed."""
    signed = contract_of({"sheets": {"un": {"number": "1.1"}, "deux": {"number": "1.2"}}})
    table = {"in_force_on": date(2021, 1, 1), "exclude": [{"sheet": "deux"}], **changes}
    amendments = amendments_of({"avenant-1": table})
    return Parent(signed, amendments), history(signed, amendments, DAY)


# --- a local contract


def test_local_text_does_not_know_later_amendments(
    doc: dict[str, Any], parent: Parent, lived: History
) -> None:
    """
    [parent.sheets.un]
    [amendments.avenant-1]
    in_force_on = 2021-01-01
    adapt = [{ sheet = "un", set.title = "A" }]
    [amendments.avenant-2]
    in_force_on = 2022-01-01
    adapt = [{ sheet = "un", set.title = "B" }]
    [amendments.avenant-3]
    in_force_on = 2030-01-01
    adapt = [{ sheet = "un", set.title = "C" }]
    [local]
    parent_version = "avenant-1"
    """
    now = Parent(parent.texts[0].contract, parent.amendments, DAY)
    derived = now.derive(overlay_of(doc["local"]), PLACE).derived
    assert local_history(now, derived, PLACE, lived, None).unread == {"avenant-2"}


def test_sheet_of_a_local_contract_follows_the_sheets_it_answers(
    doc: dict[str, Any], parent: Parent, lived: History
) -> None:
    """
    [parent.sheets.un]
    [parent.sheets.deux]
    [parent.sheets.trois]
    [amendments.avenant-1]
    in_force_on = 2021-01-01
    adapt = [{ sheet = "deux", set.lead = "A" }, { sheet = "trois", set.lead = "B" }]
    [local]
    merge = [{ sheets = ["un", "deux"], code = "ensemble", set.title = "Ensemble" }]
    """
    derived = parent.derive(overlay_of(doc["local"]), PLACE).derived
    found = local_history(parent, derived, PLACE, lived, "ensemble")
    assert touched(found.parent) == {"avenant-1": ["deux"]}
    assert found.item is not None
    assert found.item.origin == "merged"


def test_sheet_that_the_local_text_leaves_out_is_found(
    doc: dict[str, Any], parent: Parent, lived: History
) -> None:
    """
    [parent.sheets.un]
    [local]
    exclude = [{ sheet = "un", reason = "Pas ici." }]
    """
    derived = parent.derive(overlay_of(doc["local"]), PLACE).derived
    found = local_history(parent, derived, PLACE, lived, "un")
    assert found.item is not None
    assert found.item.origin == "excluded"


def test_reasons_say_who_decided_when_and_whether_only_words_changed(lived: History) -> None:
    """
    [parent]
    sheets = { un = {}, deux = {}, trois = {}, quatre = {}, cinq = {}, six = {} }
    [amendments.avenant-1]
    in_force_on = 2021-01-01
    contract = { append.partners = ["A"], editorial = true }
    add = [{ code = "sept", title = "Sept", axis = "a", reason = "En plus." }]
    adapt = [
      { sheet = "un", set.title = "A", editorial = true },
      { sheet = "deux", set.title = "B" },
      { sheet = "six", set.title = "C", reason = "Mieux." },
    ]
    exclude = [
      { sheet = "trois", reason = "Fini.", decided_by = "Le comité", decided_on = 2020-12-01 },
      { sheet = "quatre", decided_by = "Le comité" },
      { sheet = "cinq", decided_on = 2020-12-01 },
    ]
    """
    [entry] = lived.entries
    day = date(2020, 12, 1)
    assert entry.reasons == (
        Reason((), None, editorial=True),
        Reason(("un",), None, editorial=True),
        Reason(("six",), "Mieux."),
        Reason(("trois",), "Fini.", "Le comité", day),
        Reason(("quatre",), None, "Le comité"),
        Reason(("cinq",), None, None, day),
        Reason(("sept",), "En plus."),
    )
    assert (lived.signed.id, lived.on, lived.sheet) == ("parent", DAY, None)
    found = entry.differences
    assert (found.before.version, found.after.version) == ("signed", "avenant-1")


def test_text_of_the_day_knows_the_amendment_that_takes_effect_on_it(
    doc: dict[str, Any], parent: Parent, lived: History
) -> None:
    """
    [parent.sheets.un]
    [amendments.avenant-1]
    in_force_on = 2025-01-01
    adapt = [{ sheet = "un", set.title = "A" }]
    [local]
    """
    derived = parent.derive(overlay_of(doc["local"]), PLACE).derived
    found = local_history(parent, derived, PLACE, lived, None)
    assert found.unread == {"avenant-1"}
    assert found.own == ()
    assert (found.derived, found.parent, found.item) == (derived, lived, None)


OWN = """
[parent.sheets.un]
[parent.sheets.deux]
number = "1.2"
[parent.sheets.trois]
[parent.sheets.quatre]
[amendments.avenant-1]
in_force_on = 2021-01-01
adapt = [{ sheet = "deux", set.lead = "A" }, { sheet = "trois", set.lead = "B" }]
exclude = [{ sheet = "quatre" }]
[local]
takes = "listed"
take = [{ sheet = "un" }, { sheet = "deux" }]
add = [{ code = "halle", title = "La halle", axis = "a" }]
[local.amendments.b1]
in_force_on = 2022-01-01
take = [{ sheet = "trois", reason = "Le moment est venu." }]
exclude = [{ sheet = "halle", reason = "Fermée." }, { sheet = "deux", reason = "Plus ici." }]
[local.amendments.b2]
in_force_on = 2030-01-01
add = [{ code = "quai", title = "Le quai", axis = "a", reason = "Ouvert." }]
"""


@pytest.mark.parametrize(
    ("word", "sheet", "origin", "own", "of_parent"),
    [
        ("trois", "trois", "inherited", ["b1"], ["avenant-1"]),
        ("un", "un", "inherited", [], []),
        ("deux", "deux", "excluded", ["b1"], ["avenant-1"]),
        ("1.2", "deux", "excluded", ["b1"], ["avenant-1"]),
        ("quatre", "quatre", None, [], ["avenant-1"]),
        ("halle", "halle", None, ["b1"], []),
        ("quai", "quai", None, ["b2"], []),
    ],
)
def test_life_of_a_local_sheet_is_told_whether_it_stands_or_not(
    word: str, sheet: str, origin: str | None, own: list[str], of_parent: list[str]
) -> None:
    table = tomli.loads(OWN)
    signed, amendments = contract_of(table["parent"]), amendments_of(table["amendments"])
    parent = Parent(signed, amendments, DAY)
    derived = parent.derive(overlay_of(table["local"]), PLACE).derived
    whole = history(signed, amendments, DAY)
    found = local_history(parent, derived, PLACE, whole, word)
    assert found.parent.sheet is not None
    assert (found.parent.sheet.code, found.derived) == (sheet, derived)
    assert found.unread == {"avenant-1"}
    assert (found.item.origin if found.item else None) == origin
    assert [entry.amendment.id for entry in found.own] == own
    assert [entry.amendment.id for entry in found.parent.entries] == of_parent


def test_own_amendment_says_its_reasons() -> None:
    table = tomli.loads(OWN)
    parent = Parent(contract_of(table["parent"]), (), DAY)
    derived = parent.derive(overlay_of(table["local"]), PLACE).derived
    whole = history(parent.now.contract, (), DAY)
    first, second = local_history(parent, derived, PLACE, whole, None).own
    assert first.reasons == (
        Reason(("trois",), "Le moment est venu."),
        Reason(("halle",), "Fermée."),
        Reason(("deux",), "Plus ici."),
    )
    assert second.reasons == (Reason(("quai",), "Ouvert."),)
