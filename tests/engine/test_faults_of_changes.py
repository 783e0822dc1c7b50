"""Every change bites exactly once; each docstring is the input."""

import pytest

from cpps_cli.diagnostics import Diagnostic, Place
from cpps_cli.engine import Derivation


def only(derivation: Derivation) -> Diagnostic:
    [fault] = derivation.faults
    return fault


def path(fault: Diagnostic) -> tuple[str | int, ...]:
    assert isinstance(fault.where, Place)
    return fault.where.path


def test_change_to_unknown_sheet_is_reported(derivation: Derivation) -> None:
    """
    [parent.sheets.recidive]
    [local]
    adapt = [{ sheet = "recidives", set.title = "Autre" }]
    """
    fault = only(derivation)
    assert (fault.code, path(fault)) == ("CP203", ("adapt", 0, "sheet"))
    assert fault.values["nearest"] == "recidive"


def test_setting_what_the_parent_says_is_an_error(derivation: Derivation) -> None:
    """
    [parent.sheets.un]
    [local]
    adapt = [{ sheet = "un", set.title = "Fiche un" }]
    """
    fault = only(derivation)
    assert (fault.code, path(fault)) == ("CP402", ("adapt", 0, "set", "title"))


def test_two_changes_on_one_field_are_an_error_at_both_places(derivation: Derivation) -> None:
    """
    [parent.sheets.un]
    [local]
    adapt = [
      { sheet = "un", set.title = "A" },
      { sheet = "un", set.title = "B" },
    ]
    """
    fault = only(derivation)
    assert (fault.code, path(fault)) == ("CP401", ("adapt", 1, "set", "title"))
    assert [related.where for related in fault.related] == [
        Place("parent/local/T1.toml", ("adapt", 0, "set", "title"))
    ]


def test_two_changes_on_two_fields_of_one_sheet_are_one_adaptation(derivation: Derivation) -> None:
    """
    [parent.sheets.un]
    [local]
    adapt = [
      { sheet = "un", set.title = "A" },
      { sheet = "un", set.context = "B" },
    ]
    """
    [item] = derivation.derived.sheets
    assert (item.sheet.title, item.sheet.context, derivation.faults) == ("A", "B", ())


@pytest.mark.parametrize("other", ["take", "adapt", "exclude", "merge"])
def test_nothing_else_touches_what_is_left_out(other: str) -> None:
    from cpps_cli.engine import Parent
    from tests.conftest import PLACE, contract_of, overlay_of

    change: dict[str, object] = {
        "take": {"sheet": "un"},
        "adapt": {"sheet": "un", "set": {"title": "A"}},
        "exclude": {"sheet": "un", "reason": "encore"},
        "merge": {"sheets": ["un", "deux"], "code": "ensemble"},
    }
    table: dict[str, object] = {"takes": "listed", "exclude": [{"sheet": "un"}]}
    table[other] = [*table.get(other, []), change[other]]  # type: ignore[misc]
    parent = Parent(contract_of({"sheets": {"un": {}, "deux": {}}}), ())
    assert [fault.code for fault in parent.derive(overlay_of(table), PLACE).faults] == ["CP403"]


def test_merge_that_swallows_an_adapted_sheet_is_an_error(derivation: Derivation) -> None:
    """
    [parent.sheets.un]
    [parent.sheets.deux]
    [local]
    merge = [{ sheets = ["un", "deux"], code = "ensemble" }]
    adapt = [{ sheet = "un", set.title = "A" }]
    """
    assert (only(derivation).code, path(only(derivation))) == ("CP404", ("adapt", 0, "sheet"))


def test_removing_what_is_not_in_the_list_is_an_error(derivation: Derivation) -> None:
    """
    [parent.sheets.un]
    means = ["un local"]
    [local]
    adapt = [{ sheet = "un", remove.means = ["un locale"] }]
    """
    fault = only(derivation)
    assert (fault.code, fault.values["nearest"]) == ("CP405", "un local")


def test_appending_what_the_list_has_is_an_error(derivation: Derivation) -> None:
    """
    [parent.sheets.un]
    means = ["un local"]
    [local]
    adapt = [{ sheet = "un", append.means = ["un local"] }]
    """
    assert path(only(derivation)) == ("adapt", 0, "append", "means", 0)


def test_taking_what_is_taken_already_has_no_effect(derivation: Derivation) -> None:
    """
    [parent.sheets.un]
    [local]
    take = [{ sheet = "un" }]
    """
    assert only(derivation).code == "CP402"


def test_code_of_the_parent_cannot_be_added_again(derivation: Derivation) -> None:
    """
    [parent.sheets.un]
    [local]
    add = [{ code = "un", title = "Encore", axis = "a" }]
    """
    assert (only(derivation).code, path(only(derivation))) == ("CP207", ("add", 0, "code"))


def test_keep_names_a_sheet_of_the_merge(derivation: Derivation) -> None:
    """
    [parent.sheets.un]
    [parent.sheets.deux]
    [parent.sheets.trois]
    [local]
    merge = [{ sheets = ["un", "deux"], code = "ensemble", keep.title = "trois" }]
    """
    fault = only(derivation)
    assert (fault.code, path(fault)) == ("CP406", ("merge", 0, "keep", "title"))


def test_sheet_without_a_place_among_local_axes_is_reported(derivation: Derivation) -> None:
    """
    [parent.sheets.un]
    axis = "a"
    [local]
    axes = [{ code = "places" }]
    """
    assert only(derivation).code == "CP407"


def test_overlay_of_an_unknown_version_is_reported(derivation: Derivation) -> None:
    """
    [local]
    parent_version = "avenant-9"
    """
    assert (only(derivation).code, only(derivation).values["name"]) == (
        "CP210",
        "avenant-9",
    )


def test_overlay_is_judged_against_the_text_it_was_written_for(derivation: Derivation) -> None:
    """
    [parent.sheets.un]
    [amendments.avenant-1]
    in_force_on = 2020-01-01
    adapt = [{ sheet = "un", set.title = "Nouveau titre" }]
    [local]
    parent_version = "signed"
    adapt = [{ sheet = "un", set.title = "Nouveau titre" }]
    """
    # Said against the signed text it had an effect; today both say the same: no error, no question.
    assert [fault.code for fault in derivation.faults] == ["CP408"]
    [item] = derivation.derived.sheets
    assert not item.to_reread
    assert item.sheet.title == "Nouveau titre"


def test_local_text_stays_where_the_parent_repealed_the_sheet(derivation: Derivation) -> None:
    """
    [parent.sheets.un]
    [amendments.avenant-1]
    in_force_on = 2020-01-01
    exclude = [{ sheet = "un" }]
    [local]
    adapt = [{ sheet = "un", set.title = "La nôtre" }]
    """
    [item] = derivation.derived.sheets
    assert (item.sheet.title, item.to_reread) == ("La nôtre", True)


def test_change_to_another_field_does_not_reopen_a_sheet(derivation: Derivation) -> None:
    """
    [parent.sheets.un]
    [amendments.avenant-1]
    in_force_on = 2020-01-01
    adapt = [{ sheet = "un", set.lead = "un service fictif" }]
    [local]
    adapt = [{ sheet = "un", set.title = "La nôtre" }]
    """
    [item] = derivation.derived.sheets
    assert (item.sheet.lead, item.sheet.title) == ("un service fictif", "La nôtre")
    assert not item.to_reread
