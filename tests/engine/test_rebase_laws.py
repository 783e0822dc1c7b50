"""Laws of a migration, on generations, correspondences and local texts made at random.

`pytest tests/engine/test_rebase_laws.py --hypothesis-profile thorough` tries two thousand.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from cpps_cli.check.correspondence import check_correspondence
from cpps_cli.check.local import check_local, check_overlay
from cpps_cli.check.nouns import Index
from cpps_cli.engine import Parent
from cpps_cli.engine.rebase import Rebased, rebase
from cpps_cli.engine.rebase.disposition import Disposition
from cpps_cli.library.toml_format import plain_table, plain_value
from cpps_cli.model import TEXT_FIELDS, ActionSheet, Axis, Contract, Derived, Overlay
from cpps_cli.model.beside import Correspondence
from cpps_cli.model.sheet import DOUBTS
from tests.conftest import PLACE, contract_of, overlay_of
from tests.engine.conftest import correspondence_of
from tests.engine.test_laws import LISTS, TEXTS, contracts, overlay_tables, sheet_tables

INDEX = Index(frozenset(), frozenset({"T0", "T1"}), frozenset({"parent", "suite"}))
FIELDS = ("title", "context", "lead", "means", "objectives", "methods")
SAID_ANEW = ("takes", "text", "parent_version", "id")
PASSAGES = ("same", "renamed", "dropped", "split", "unknown")


AMENDMENTS = ("nothing", "set", "items", "list", "back", "place", "exclude", "merge")


@dataclass(frozen=True)
class Generations:
    """A former contract, its successor, what became of the sheets, and a local text."""

    former: Contract
    successor: Contract
    correspondence: Correspondence
    overlay: Overlay

    def migrated(self) -> Rebased:
        return rebase(
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
    axes: list[Any] = ["a", "b"]
    if draw(st.booleans()):
        table["axes"] = draw(own_axes())
        axes = [axis["code"] for axis in table["axes"]]
        for add in table.get("add", ()):
            add["axis"] = "la-bas"
    changes = [change for kind in ("take", "adapt", "merge") for change in table.get(kind, ())]
    for index, change in enumerate(changes):
        stated = {
            "number": draw(st.sampled_from([None, f"8.{index + 1}"])),
            "axis": draw(st.sampled_from([None, *_others(axes, change, contract, table)])),
            "reason": draw(st.none() | TEXTS),
        }
        change.update({key: value for key, value in stated.items() if value})
    for change in table.get("adapt", ()):
        if draw(st.booleans()):
            change["refused"] = {"title": draw(TEXTS)}
    for change in table.get("merge", ()):
        if draw(st.booleans()):
            change["set"] = {"title": draw(TEXTS)}
        if draw(st.booleans()):
            change["keep"] = {"lead": change["sheets"][0], "means": change["sheets"][-1]}
    if draw(st.booleans()):
        items = {"partners": [draw(TEXTS)]}
        table["contract"] = {"set": {"term": "2020..2021"}, "append": items}
    return table


def _others(
    axes: list[str], change: dict[str, Any], contract: Contract, table: dict[str, Any]
) -> list[str]:
    """The axes that a change may give a sheet: without axes of one's own, not the one it has."""
    sheet = contract.sheet(change.get("sheet", ""))
    return [axis for axis in axes if "axes" in table or sheet is None or axis != sheet.axis]


@st.composite
def amended_tables(draw: st.DrawFn, contract: Contract) -> dict[str, Any]:
    """A local text with up to three amendments of its own, each made for the text before it."""
    table = draw(local_tables(contract))
    own: dict[str, Any] = {}
    for index in range(draw(st.integers(0, 3))):
        before = Parent(contract, ()).derive(overlay_of({**table, "amendments": own}), PLACE)
        amendment = draw(amendment_tables(before.derived, index + 1))
        if amendment.keys() - {"in_force_on"}:  # one that changes nothing is a fault
            own[f"b{index + 1}"] = amendment
    return {**table, "amendments": own}


@st.composite
def amendment_tables(draw: st.DrawFn, local: Derived, position: int) -> dict[str, Any]:
    """An amendment without fault, of a local text: each sheet has one fate."""
    table: dict[str, Any] = {"in_force_on": date(2021, 1, position)}
    before = local.contract.axes
    axes = draw(axes_again(before, position)) if draw(st.booleans()) else []
    codes = [axis["code"] for axis in axes] or [axis.code for axis in before]
    if axes:
        table["axes"] = axes
    fates = {item.sheet.code: draw(st.sampled_from(AMENDMENTS)) for item in local.sheets}
    for index, item in enumerate(local.sheets):
        sheet, fate = item.sheet, fates[item.sheet.code]
        if fate == "exclude":
            exclude = {"sheet": sheet.code, "reason": draw(TEXTS)}
            table.setdefault("exclude", []).append(exclude)
        elif fate == "place" and not axes:
            place = {"number": f"2{position}.{index + 1}", "axis": draw(st.sampled_from(codes))}
            table.setdefault("renumber", []).append({"sheet": sheet.code, **place})
        elif ways := draw(ways_of(sheet, fate, position)):
            table.setdefault("adapt", []).append({"sheet": sheet.code, **ways})
    merged = [code for code, fate in fates.items() if fate == "merge"]
    if len(merged) > 1:
        table["merge"] = [draw(merges_of(merged, position))]
    return table | draw(taken_and_added(local, codes, position))


@st.composite
def axes_again(draw: st.DrawFn, before: Iterable[Axis], position: int) -> list[dict[str, Any]]:
    """The axes stated again, some under another code that answers the same axis of the parent."""
    found = []
    for axis in before:
        answer = axis.parent or axis.code
        renamed = {"code": f"{axis.code}-{position}", "parent": answer}
        kept = {"code": axis.code, "title": f"Axe {position}"}
        # Stated again under its code, it needs not say which axis of the parent it answers.
        found.append(draw(st.sampled_from([kept, renamed] if answer in ("a", "b") else [kept])))
    return found


@st.composite
def merges_of(draw: st.DrawFn, codes: list[str], position: int) -> dict[str, Any]:
    """A merge of local sheets."""
    merge: dict[str, Any] = {"sheets": codes, "code": f"reunies-{position}"}
    if draw(st.booleans()):
        merge |= {"set": {"title": draw(TEXTS)}, "number": f"3{position}.1"}
    if draw(st.booleans()):
        merge |= {"keep": {"lead": codes[0], "means": codes[-1]}}
    return merge


@st.composite
def taken_and_added(
    draw: st.DrawFn, local: Derived, axes: list[str], position: int
) -> dict[str, Any]:
    """Sheets that the local text did not have, and a change to the contract itself."""
    table: dict[str, Any] = {}
    for item in local.left_out:
        if draw(st.booleans()):
            take = {"sheet": item.sheet.code, "reason": draw(TEXTS), "axis": axes[0]}
            table.setdefault("take", []).append(take)
    if draw(st.booleans()):
        table["add"] = [{"code": f"neuve-{position}", "title": "Neuve", "axis": axes[-1]}]
    if draw(st.booleans()):
        items = {"append": {"partners": [f"{draw(TEXTS)} {position}"]}, "reason": draw(TEXTS)}
        table["contract"] = items
    return table


@st.composite
def ways_of(draw: st.DrawFn, sheet: ActionSheet, fate: str, position: int) -> dict[str, Any]:
    """What an amendment changes in the text of a local sheet."""
    means, reason = list(sheet.means), {"reason": draw(TEXTS)}
    if fate == "set":
        return {"set": {"title": f"Titre {position}", "lead": f"Service {position}"}, **reason}
    if fate == "items":
        ways: dict[str, Any] = {"append": {"means": [f"{draw(TEXTS)} {position}"]}, **reason}
        if means:
            ways["remove"] = {"means": [draw(st.sampled_from(means))]}
        return ways
    if fate == "list":
        return {"set": {"means": [f"liste {position}", *means[:1]]}}
    # The last item that was put in is taken out again.
    return {"remove": {"means": means[-1:]}, **reason} if fate == "back" and means else {}


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
        overlay_of(draw(amended_tables(former))),
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


def covers(fate: Disposition, path: tuple[str | int, ...]) -> bool:
    """Whether a fate speaks of what stands at `path`: itself, or a whole that holds it."""
    place = fate.operation.place.path
    whole = fate.operation.path or fate.operation.kind in ("add", "axes")
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
    by_file: dict[str, list[Disposition]] = defaultdict(list)
    for fate in found.dispositions:
        by_file[fate.operation.place.file].append(fate)
    for file in found.squashed.files:
        for path, _ in leaves(plain_table(file.changes)):
            if path[0] not in SAID_ANEW:
                own = by_file[file.file]
                assert [fate for fate in own if covers(fate, path)], (file.file, path)


@given(generations())
def test_every_text_stands_in_the_proposal_or_is_told(world: Generations) -> None:
    found = world.migrated()
    held = [value for _, value in leaves(plain_table(found.proposal))]
    told = [
        plain_value(fate.operation.value) for fate in found.dispositions if not fate.is_remapped
    ]
    held += [value for item in told for _, value in leaves(item)]
    # An item that is taken out of the local text's own list stands nowhere: it is told as well.
    ways = ("remove", "keep")
    held += [fate.operation.value for fate in found.dispositions if fate.operation.way in ways]
    texts = "\n".join(str(value) for value in held)
    for file in found.squashed.files:
        for path, value in leaves(plain_table(file.changes)):
            if (
                path[0] not in SAID_ANEW
                and "axis" not in path
                and path[-1] not in ("sheet", "code")
                # The doubt about a field goes with what was stated of it.
                and (value == "sheet" or not {*DOUBTS} & {*path})
            ):
                assert str(value) in texts or "sheets" in path, (file.file, path, value)


@given(generations())
def test_what_is_remapped_stands_in_the_proposal(world: Generations) -> None:
    found = world.migrated()
    values = [value for _, value in leaves(plain_table(found.proposal))]
    for fate in found.of_draft:
        if fate.is_remapped and (
            fate.operation.way or fate.operation.field in ("number", "reason")
        ):
            for _, value in leaves(plain_value(fate.value)):
                held = any(str(value) in str(item) for item in values)
                assert held, fate


@given(generations())
def test_every_piece_has_one_fate(world: Generations) -> None:
    # A local sheet that answers several of the parent's is left out once for each of them.
    places = [
        (fate.operation.place, fate.operation.sheets) for fate in world.migrated().dispositions
    ]
    assert len(places) == len(set(places))


@given(contracts().flatmap(lambda c: st.tuples(st.just(c), amended_tables(c))))
def test_migration_to_the_same_text_changes_nothing(world: tuple[Contract, Any]) -> None:
    former, table = world
    successor = former.replace(id="suite")
    links = correspondence_of("", former, successor)
    overlay = overlay_of(table)
    found = Generations(former, successor, links, overlay).migrated()
    assert found.of("to_decide", "orphaned") == ()
    if not overlay.amendments:  # which may put back what the parent says
        assert found.of("said_already", "settled") == ()
    assert not [fate for fate in found.dispositions if fate.to_reread]
    before = Parent(former, ()).derive(overlay, PLACE).derived
    after = Parent(successor, ()).derive(found.proposal, PLACE).derived
    assert _texts(after, former) == _texts(before, former)
    assert [item.sheet.code for item in after.left_out] == [
        item.sheet.code for item in before.left_out
    ]
    assert after.contract.partners == before.contract.partners


def _texts(local: Derived, former: Contract) -> list[Any]:
    """What its sheets say, each under its number in its axis.

    A sheet that amendments made of one of the parent's and of others has the parent's code again,
    and its number where it had none of its own.
    """
    fields = (*TEXT_FIELDS, "axis")
    found = []
    for item in local.sheets:
        [code] = item.answers if item.answers and len(item.answers) == 1 else [item.sheet.code]
        number = item.sheet.number
        before = former.sheet(code)
        if number is None and before is not None and code != item.sheet.code:
            number = before.number
        found.append((code, number, *(getattr(item.sheet, name) for name in fields)))
    return sorted(found, key=str)
