"""Indicators change one by one, by their codes; what was measured is no word of a contract."""

from datetime import date
from typing import Any

from cpps_cli.diagnostics import Place
from cpps_cli.engine import Derivation, Parent
from cpps_cli.engine.update import update
from cpps_cli.model import Indicator
from tests.conftest import PLACE, amendments_of, contract_of, overlay_of


def indicators(parent: Parent) -> dict[str, Indicator]:
    """The indicators of the parent's one sheet, by their codes."""
    return {item.code: item for item in parent.now.contract.sheets[0].indicators}


def test_amendment_changes_one_indicator_and_leaves_the_others(parent: Parent) -> None:
    """
    [parent.sheets.une]
    indicators = [
      { code = "i", title = "Lieux", unit = "lieux", target = "10", values = [
        { period = "2024", value = 3 } ] },
      { code = "j", title = "Heures", unit = "h", values = [{ period = "2024", value = 7 }] },
      { code = "k", title = "Pas", unit = "pas" },
    ]
    [amendments.av1]
    in_force_on = 2025-03-01
    [[amendments.av1.adapt]]
    sheet = "une"
    set.indicators = [
      { code = "i", target = "12" },
      { code = "n", title = "Nuits", unit = "nuits" },
    ]
    remove.indicators = ["k"]
    """
    assert parent.faults == ()
    found = indicators(parent)
    assert list(found) == ["i", "j", "n"]
    assert (found["i"].title, found["i"].target) == ("Lieux", "12")
    assert [item.value for item in found["i"].values] == [3]
    assert [item.value for item in found["j"].values] == [7]


def test_two_amendments_of_one_day_change_two_indicators(parent: Parent) -> None:
    """
    [parent.sheets.une]
    indicators = [
      { code = "i", title = "Lieux", unit = "lieux" },
      { code = "j", title = "Heures", unit = "h" },
    ]
    [amendments.av1]
    in_force_on = 2025-03-01
    adapt = [{ sheet = "une", set.indicators = [{ code = "i", target = "12" }] }]
    [amendments.av2]
    in_force_on = 2025-03-01
    adapt = [{ sheet = "une", set.indicators = [{ code = "j", target = "40" }] }]
    """
    assert parent.faults == ()
    assert [item.target for item in indicators(parent).values()] == ["12", "40"]


def test_faults_of_indicators_are_told_at_the_indicator(parent: Parent) -> None:
    """
    [parent.sheets.une]
    indicators = [{ code = "i", title = "Lieux", unit = "lieux", target = "10" }]
    [amendments.av1]
    in_force_on = 2025-03-01
    [[amendments.av1.adapt]]
    sheet = "une"
    set.indicators = [{ code = "i", target = "10" }, { code = "n", target = "3" }]
    remove.indicators = ["k"]
    [amendments.av2]
    in_force_on = 2025-03-01
    adapt = [{ sheet = "une", remove.indicators = ["i"] }]
    """
    found = [
        (fault.code, fault.where.path[2:])
        for fault in parent.faults
        if isinstance(fault.where, Place)
    ]
    assert sorted(found) == [
        ("CP401", ("remove", "indicators", 0)),
        ("CP402", ("set", "indicators", 0)),
        ("CP405", ("remove", "indicators", 0)),
        ("CP421", ("set", "indicators", 1)),
    ]


def test_figures_are_not_inherited_and_the_local_ones_are(derivation: Derivation) -> None:
    """
    [parent.sheets.une]
    indicators = [
      { code = "i", title = "Lieux", unit = "lieux", values = [{ period = "2024", value = 3 }] },
      { code = "j", title = "Heures", unit = "h", values = [{ period = "2024", value = 7 }] },
    ]
    [parent.sheets.deux]
    indicators = [
      { code = "k", title = "Pas", unit = "pas", values = [{ period = "2024", value = 9 }] },
    ]
    [local]
    [[local.adapt]]
    sheet = "une"
    set.indicators = [{ code = "i", values = [{ period = "2024", value = 1 }] }]
    """
    assert derivation.faults == ()
    made = {item.sheet.code: item for item in derivation.derived.sheets}
    local, other = made["une"].sheet.indicators
    assert [item.value for item in local.values] == [1]
    assert other.values == ()
    assert made["deux"].sheet.indicators[0].values == ()
    assert [item.origin for item in made.values()] == ["inherited", "inherited"]


def test_where_no_text_is_known_no_figure_is_inherited(parent: Parent) -> None:
    """
    [parent.sheets.une]
    indicators = [
      { code = "i", title = "Lieux", unit = "lieux", values = [{ period = "2024", value = 3 }] },
    ]
    """
    [made] = parent.derive(None, PLACE).derived.sheets
    assert made.sheet.indicators[0].values == ()
    assert len(indicators(parent)["i"].values) == 1


def test_local_target_is_asked_only_when_that_indicator_changes(doc: dict[str, Any]) -> None:
    """
    [parent.sheets.une]
    indicators = [
      { code = "i", title = "Lieux", unit = "lieux", target = "10" },
      { code = "j", title = "Heures", unit = "h", target = "40" },
    ]
    [amendments.other]
    in_force_on = 2025-03-01
    adapt = [{ sheet = "une", set.indicators = [{ code = "j", target = "50" }] }]
    [amendments.same]
    in_force_on = 2026-03-01
    adapt = [{ sheet = "une", set.indicators = [{ code = "i", target = "20" }] }]
    [local]
    adapt = [{ sheet = "une", set.indicators = [{ code = "i", target = "4" }] }]
    """
    amendments, overlay = amendments_of(doc["amendments"]), overlay_of(doc["local"])
    signed = contract_of(doc["parent"])
    other = update(Parent(signed, amendments, date(2025, 4, 1)), overlay, PLACE)
    assert other.conflicts == ()
    assert [i.target for i in other.derived.sheets[0].sheet.indicators] == ["4", "50"]
    [conflict] = update(Parent(signed, amendments), overlay, PLACE).conflicts
    assert (conflict.key, conflict.amendments) == ("indicators", ("other", "same"))


def test_figures_of_later_periods_are_not_known_on_a_day_gone_by(doc: dict[str, Any]) -> None:
    """
    [parent.sheets.une]
    indicators = [{ code = "i", title = "Lieux", unit = "lieux", values = [
      { period = "2024", value = 3 }, { period = "2025", value = 5 } ] }]
    """
    parent = Parent(contract_of(doc["parent"]), (), None, date(2025, 6, 1))
    assert [item.value for item in indicators(parent)["i"].values] == [3]
