"""Laws of a migration, on generations, correspondences and local texts made at random.

`pytest tests/derive/test_migration_laws.py --hypothesis-profile thorough` tries two thousand.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from cpps_cli.check.correspondence import check_correspondence
from cpps_cli.check.index import Index
from cpps_cli.check.local import check_local, check_overlay
from cpps_cli.derive import Parent
from cpps_cli.derive.migration import Fate, Migration, migration
from cpps_cli.model import ActionSheet, Contract, Correspondence, Overlay
from cpps_cli.store.layout import plain_table
from tests.conftest import PLACE, contract_of, overlay_of
from tests.derive.test_laws import LISTS, TEXTS, contracts, overlay_tables, sheet_tables

INDEX = Index(frozenset(), frozenset({"T0", "T1"}), frozenset({"parent", "suite"}))
FIELDS = ("title", "context", "lead", "means", "objectives", "methods")
PASSAGES = ("same", "renamed", "dropped", "split", "unknown")


@dataclass(frozen=True)
class Generations:
    """A former contract, its successor, what became of the sheets, and a local text."""

    former: Contract
    successor: Contract
    correspondence: Correspondence
    overlay: Overlay

    def migrated(self) -> Migration:
        return migration(
            Parent(self.former, ()),
            Parent(self.successor, ()),
            self.correspondence,
            self.overlay,
            PLACE,
        )


@st.composite
def local_tables(draw: st.DrawFn, contract: Contract) -> dict[str, Any]:
    """Changes without fault, some in axes and under numbers of the local contract's own."""
    table = draw(overlay_tables(contract))
    axes: list[Any] = [None, "a", "b"]
    if draw(st.booleans()):
        table["axes"] = draw(own_axes())
        axes = [None, *(axis["code"] for axis in table["axes"])]
        for add in table.get("add", ()):
            add["axis"] = "la-bas"
    changes = [change for kind in ("take", "adapt", "merge") for change in table.get(kind, ())]
    for index, change in enumerate(changes):
        stated = {
            "number": draw(st.sampled_from([None, f"8.{index + 1}"])),
            "axis": draw(st.sampled_from(axes)),
            "reason": draw(st.none() | TEXTS),
        }
        change.update({key: value for key, value in stated.items() if value})
    for change in table.get("merge", ()):
        if draw(st.booleans()):
            change["set"] = {"title": draw(TEXTS)}
        if draw(st.booleans()):
            change["keep"] = {"lead": change["sheets"][0], "means": change["sheets"][-1]}
    if draw(st.booleans()):
        items = {"partners": [draw(TEXTS)]}
        table["contract"] = {"set": {"term": "2020..2021"}, "append": items}
    return table


@st.composite
def own_axes(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Two axes that answer those of the parent, one of them perhaps by its code alone."""
    first = draw(
        st.sampled_from([{"code": "a"}, {"code": "chez-nous", "parent": "a"}, {"code": "b"}])
    )
    if first["code"] == "b":
        return [{"code": "b"}, {"code": "la-bas", "parent": "a"}]
    return [first, {"code": "la-bas", "parent": "b"}]


@st.composite
def passages(draw: st.DrawFn, sheet: ActionSheet) -> tuple[dict[str, Any] | None, list[str]]:
    """What became of one sheet that is not merged: the entry, and the codes it has now."""
    code = sheet.code
    match draw(st.sampled_from(PASSAGES)):
        case "same":
            after = [code]
        case "renamed":
            after = [f"suite-de-{code}"]
        case "split":
            after = [f"{code}-un", f"{code}-deux"]
        case "dropped":
            return {"kind": "dropped", "before": [code]}, []
        case _:  # nobody knows what became of it
            return None, []
    kind = "split" if len(after) > 1 else "same"
    return {"kind": kind, "before": [code], "after": after}, after


@st.composite
def generations(draw: st.DrawFn) -> Generations:
    """A successor in which each former sheet has one fate."""
    former = draw(contracts())
    sheets: dict[str, Any] = {}
    entries: list[dict[str, Any]] = []
    count = draw(st.sampled_from([0, 0, 2, 3]))
    merged, others = former.sheets[:count], former.sheets[count:]
    if len(merged) > 1:
        code = draw(st.sampled_from(["reunion", "ensemble", "notre-fiche", merged[0].code]))
        sheets[code] = draw(rewritten(merged[0]))
        before = [sheet.code for sheet in merged]
        entries.append({"kind": "merged", "before": before, "after": [code]})
    for sheet in others:
        entry, after = draw(passages(sheet))
        entries += [entry] if entry else []
        sheets |= {code: draw(rewritten(sheet)) for code in after}
    if "notre-fiche" not in sheets and draw(st.booleans()):
        sheets["notre-fiche"] = draw(sheet_tables())
        entries.append({"kind": "new", "after": ["notre-fiche"]})
    axes = draw(st.sampled_from([("a", "b"), ("c", "d"), ("b", "c")]))
    for index, sheet_table in enumerate(sheets.values()):
        sheet_table["axis"] = draw(st.sampled_from(axes))
        numbers = [None, f"1.{index + 1}", f"8.{index + 1}"]
        if number := draw(st.sampled_from(numbers)):
            sheet_table["number"] = number
    linked = [(axis, draw(st.sampled_from([None, *axes]))) for axis in ("a", "b")]
    table = {
        "contract": "suite",
        "former": former.id,
        "known": "partial",
        "sheets": entries,
        "axes": [{"before": before, "after": after} for before, after in linked if after],
    }
    return Generations(
        former,
        contract_of({"id": "suite", "sheets": sheets, "axes": [{"code": axis} for axis in axes]}),
        Correspondence.model_validate(table),
        overlay_of(draw(local_tables(former))),
    )


@st.composite
def rewritten(draw: st.DrawFn, sheet: ActionSheet) -> dict[str, Any]:
    """The text of a sheet, some fields kept word for word, some written anew."""
    table: dict[str, Any] = {}
    for field in FIELDS:
        value = getattr(sheet, field)
        fate = draw(st.sampled_from(["kept", "kept", "new", "local"]))
        if fate == "new":
            value = draw(LISTS) if isinstance(value, tuple) else draw(TEXTS)
        elif fate == "local" and field == "title":
            value = f"{value} d'ici"  # what the local text says, typed otherwise
        table[field] = list(value) if isinstance(value, tuple) else value
    return table


def leaves(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[Any, Any]]:
    """Each text, number or date in a table, with its path."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from leaves(item, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from leaves(item, (*path, index))
    else:
        yield path, value


def covers(fate: Fate, path: tuple[str | int, ...]) -> bool:
    """Whether a fate speaks of what stands at `path`: itself, or a whole that holds it."""
    place = fate.piece.place.path
    whole = fate.piece.path or fate.piece.kind in ("add", "axes")
    names_it = path[-1] in ("sheet", "code") or path[-2:-1] == ("sheets",)
    return path[: len(place)] == place and bool(whole or names_it)


@given(generations())
def test_what_is_made_at_random_is_sound(world: Generations) -> None:
    found = check_correspondence(
        world.correspondence, Parent(world.successor, ()), Parent(world.former, ()), INDEX
    )
    assert [fault for fault in found if fault.severity == "error"] == []
    local = check_local(world.overlay, Parent(world.former, ()), PLACE)
    assert [fault for fault in local if fault.severity == "error"] == []


@given(generations())
def test_proposal_passes_the_check_of_the_new_contract(world: Generations) -> None:
    proposal, successor = world.migrated().proposal, Parent(world.successor, ())
    found = [*check_overlay(proposal, INDEX), *check_local(proposal, successor, PLACE)]
    assert [fault for fault in found if fault.severity != "note"] == []


@given(generations())
def test_nothing_is_lost_in_silence(world: Generations) -> None:
    found = world.migrated()
    stated = plain_table(world.overlay)
    for path, _ in leaves(stated):
        if path[0] not in ("takes", "text", "parent_version"):
            assert [fate for fate in found.fates if covers(fate, path)], path


@given(generations())
def test_what_is_carried_stands_in_the_proposal(world: Generations) -> None:
    found = world.migrated()
    values = [value for _, value in leaves(plain_table(found.proposal))]
    for fate in found.of("carried"):
        if fate.piece.way or fate.piece.field in ("number", "reason"):
            for _, value in leaves(fate.value):
                held = any(value in str(item) for item in values if isinstance(item, str))
                assert held, fate


@given(generations())
def test_every_piece_has_one_fate(world: Generations) -> None:
    places = [fate.piece.place for fate in world.migrated().fates]
    assert len(places) == len(set(places))


@given(contracts().flatmap(lambda c: st.tuples(st.just(c), local_tables(c))))
def test_migration_to_the_same_text_changes_nothing(world: tuple[Contract, Any]) -> None:
    former, table = world
    successor = former.with_fields(id="suite")
    correspondence = Correspondence.model_validate(
        {
            "contract": "suite",
            "former": former.id,
            "sheets": [
                {"kind": "same", "before": [sheet.code], "after": [sheet.code]}
                for sheet in former.sheets
            ],
            "axes": [{"before": axis.code, "after": axis.code} for axis in former.axes],
        }
    )
    overlay = overlay_of(table)
    found = Generations(former, successor, correspondence, overlay).migrated()
    assert found.of("to_decide", "no_home", "said_already") == ()
    assert not [fate for fate in found.fates if fate.to_reread]
    before = Parent(former, ()).derive(overlay, PLACE).derived
    after = Parent(successor, ()).derive(found.proposal, PLACE).derived
    assert after.contract.sheets == before.contract.sheets
    assert [item.sheet.code for item in after.left_out] == [
        item.sheet.code for item in before.left_out
    ]
