"""Laws of derivation, on contracts and overlays made at random.

`pytest tests/derive/test_laws.py --hypothesis-profile thorough` tries two thousand of each.
"""

from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import tomli
from hypothesis import given
from hypothesis import strategies as st

from cpps_cli.engine import Parent
from cpps_cli.library.snapshot import SnapshotFile, snapshot_text
from cpps_cli.library.toml_format import laid_out, plain_table
from cpps_cli.model import ActionSheet, Contract, Derived
from tests.conftest import PLACE, contract_of, overlay_of

TEXTS = st.text(
    st.characters(codec="utf-8", categories=["L", "N", "P", "Zs", "S"]), min_size=1, max_size=30
).filter(lambda text: text.strip() != "")
LISTS = st.lists(TEXTS, max_size=3, unique=True)
_FIELDS = ("number", "axis", "title")


def marks(*also: str) -> st.SearchStrategy[dict[str, Any]]:
    """Marks of doubt on some fields, none most often; `also` those that may be inferred."""
    some = st.one_of(st.just(()), st.sets(st.sampled_from(_FIELDS), max_size=2))
    inferred = st.one_of(st.just(()), st.sets(st.sampled_from((*_FIELDS, *also)), max_size=2))
    drawn = st.fixed_dictionaries({"inferred": inferred, "uncertain": some, "cut": some})
    return drawn.map(lambda table: {mark: sorted(names) for mark, names in table.items() if names})


@st.composite
def sheet_tables(draw: st.DrawFn) -> dict[str, Any]:
    """The fields of a sheet, each there or not."""
    table: dict[str, Any] = {"axis": draw(st.sampled_from(["a", "b"]))}
    for field in ("title", "context", "lead"):
        table[field] = draw(TEXTS)
    for field in ("means", "objectives", "methods"):
        if items := draw(LISTS):
            table[field] = items
    return table


@st.composite
def contracts(draw: st.DrawFn) -> Contract:
    """A parent of up to seven sheets, some with a number."""
    count = draw(st.integers(0, 7))
    sheets = {f"fiche-{index}": draw(sheet_tables()) for index in range(count)}
    for index, table in enumerate(sheets.values()):
        table.update(draw(marks()))
        if draw(st.booleans()):
            table["number"] = f"1.{index + 1}"
    return contract_of({"sheets": sheets})


_OURS = {"code": "notre-fiche", "title": "La nôtre", "axis": "a"}


@st.composite
def overlay_tables(draw: st.DrawFn, contract: Contract) -> dict[str, Any]:
    """Changes without fault: each sheet of the parent has one fate."""
    listed = draw(st.booleans())
    table: dict[str, Any] = {"takes": "listed" if listed else "all", "text": "full"}
    fates = ["nothing", "take" if listed else "renumber", "adapt", "exclude", "merge"]
    merged: list[str] = []
    for index, sheet in enumerate(contract.sheets):
        match draw(st.sampled_from(fates)):
            case "take":
                table.setdefault("take", []).append({"sheet": sheet.code})
            case "renumber":
                change = {"sheet": sheet.code, "number": f"9.{index + 1}"}
                table.setdefault("renumber", []).append(change)
            case "adapt":
                table.setdefault("adapt", []).append(_adapted(draw, sheet))
            case "exclude":
                table.setdefault("exclude", []).append({"sheet": sheet.code, "reason": "fictif"})
            case "merge":
                merged.append(sheet.code)
            case _:  # nothing: it is taken or left as the overlay says
                continue
    if len(merged) > 1:
        table["merge"] = [{"sheets": merged, "code": "ensemble"}]
    elif merged and listed:
        table.setdefault("take", []).append({"sheet": merged[0]})
    table |= draw(st.sampled_from([{}, {"add": [dict(_OURS)]}]))
    for change in _stated(table):
        change.update(draw(marks("sheet")))
    return table


def _stated(table: dict[str, Any]) -> list[dict[str, Any]]:
    """The changes that can be marked."""
    kinds = ("take", "renumber", "adapt", "merge", "add")
    return [change for kind in kinds for change in table.get(kind, ())]


def _adapted(draw: st.DrawFn, sheet: ActionSheet) -> dict[str, Any]:
    change: dict[str, Any] = {"sheet": sheet.code, "set": {"title": f"{sheet.title} d’ici"}}
    extra = draw(TEXTS)
    if extra not in sheet.means:
        change["append"] = {"means": [extra]}
    if sheet.objectives:
        change["remove"] = {"objectives": [sheet.objectives[0]]}
    return change


@st.composite
def worlds(draw: st.DrawFn) -> tuple[Contract, dict[str, Any]]:
    """A parent and the table of an overlay without fault."""
    contract = draw(contracts())
    return contract, draw(overlay_tables(contract))


def derived(contract: Contract, table: dict[str, Any]) -> Derived:
    derivation = Parent(contract, ()).derive(overlay_of(table), PLACE)
    assert derivation.faults == ()
    return derivation.derived


@given(contracts())
def test_untouched_local_takes_the_parent_whole(contract: Contract) -> None:
    local = derived(contract, {})
    assert local.contract.sheets == contract.sheets
    assert {item.origin for item in local.sheets} <= {"inherited"}


@given(contracts())
def test_without_text_the_parent_is_inherited_whole(contract: Contract) -> None:
    local = Parent(contract, ()).derive(None, PLACE).derived
    assert (local.basis, local.contract.sheets) == ("no_text", contract.sheets)


@given(worlds(), st.randoms(use_true_random=False))
def test_order_of_changes_means_nothing(
    world: tuple[Contract, dict[str, Any]], random: Random
) -> None:
    contract, table = world
    shuffled = dict(table)
    for kind in ("take", "renumber", "adapt", "exclude", "add"):
        if kind in shuffled:
            shuffled[kind] = random.sample(shuffled[kind], len(shuffled[kind]))
    one, other = derived(contract, table), derived(contract, shuffled)
    assert one.contract == other.contract
    assert one.left_out == other.left_out
    assert [(item.origin, item.answers) for item in one.sheets] == [
        (item.origin, item.answers) for item in other.sheets
    ]


@given(worlds())
def test_every_sheet_of_the_parent_is_accounted_for_once(
    world: tuple[Contract, dict[str, Any]],
) -> None:
    contract, table = world
    local = derived(contract, table)
    answered = [code for item in local.sheets for code in item.answers or ()]
    left = [item.sheet.code for item in local.left_out]
    assert sorted(answered + left) == sorted(sheet.code for sheet in contract.sheets)
    assert sum(local.parent_summary().values()) == len(contract.sheets)
    assert sum(local.summary().values()) == len(local.sheets)


@given(worlds())
def test_doubts_go_with_the_fields_that_they_are_about(
    world: tuple[Contract, dict[str, Any]],
) -> None:
    contract, table = world
    changes = _stated(table)
    for item in derived(contract, table).sheets:
        sheet, code = item.sheet, item.sheet.code
        own = next((one for one in changes if code in (one.get("code"), one.get("sheet"))), {})
        before = [contract.sheet(one) for one in own.get("sheets", item.answers or ())]
        stated = {*own, *own.get("set", {})}
        for mark in ("inferred", "uncertain", "cut"):
            expected = {*own.get(mark, ())} - {"sheet"}
            for field in {*_FIELDS} - stated:
                # A merged sheet has no number of theirs, and the axis of the first of them.
                kept = {"number": 0, "axis": 1} if "sheets" in own else {}
                sheets = before[: kept.get(field)]
                expected |= {field for one in sheets if one and field in getattr(one, mark)}
            assert set(getattr(sheet, mark)) == expected
        assert item.link_inferred == ("sheet" in own.get("inferred", ()))


@given(worlds())
def test_empty_amendment_changes_nothing(world: tuple[Contract, dict[str, Any]]) -> None:
    from datetime import date

    from tests.conftest import amendments_of

    contract, _ = world
    empty = amendments_of({"vide": {"in_force_on": date(2020, 1, 1)}})
    assert Parent(contract, empty).now.contract == contract


@given(worlds())
def test_change_applied_again_has_no_effect_and_says_so(
    world: tuple[Contract, dict[str, Any]],
) -> None:
    contract, table = world
    adaptations = [
        {"sheet": change["sheet"], "set": change["set"]} for change in table.get("adapt", ())
    ]
    changed = derived(contract, {"adapt": adaptations}).contract.replace(
        id=contract.id, parent=None, territory=contract.territory
    )
    again = Parent(changed, ()).derive(overlay_of({"adapt": adaptations}), PLACE)
    assert [fault.code for fault in again.faults] == ["CP402"] * len(adaptations)


@given(sheet_tables())
def test_sheet_written_then_read_is_the_same(table: dict[str, Any]) -> None:
    sheet = ActionSheet.model_validate({**table, "code": "fiche"})
    table = tomli.loads(laid_out(plain_table(sheet)))
    assert ActionSheet.model_validate({**table, "code": "fiche"}) == sheet


@given(worlds())
def test_snapshot_written_then_read_is_the_same_contract(
    world: tuple[Contract, dict[str, Any]],
) -> None:
    local = derived(*world)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "local.toml"
        path.write_text(snapshot_text(local, PLACE, {}, None), encoding="utf-8", newline="\n")
        snapshot = SnapshotFile(path)
        read = snapshot.contract(local.contract.id)
    assert [fault for fault in snapshot.faults if fault.severity == "error"] == []
    assert read is not None
    assert [plain_table(sheet) for sheet in read.sheets] == [
        {**plain_table(item.sheet), **_origin(item)} for item in local.sheets
    ]
    assert read.title == local.contract.title


def _origin(item: Any) -> dict[str, Any]:
    known: dict[str, Any] = {"link_inferred": True} if item.link_inferred else {}
    if item.answers is not None:
        known["answers"] = list(item.answers)
    return {"code": item.sheet.code, "origin": item.origin, **known}
