"""Laws of the update, on parents amended and local texts written at random.

`pytest tests/derive/test_laws_of_update.py --hypothesis-profile thorough` tries two thousand.
"""

from datetime import date
from typing import Any

import tomli
from hypothesis import given
from hypothesis import strategies as st

from cpps_cli.engine import Parent, normalised
from cpps_cli.engine.resolution import Resolution, resolve
from cpps_cli.engine.update import Update, update
from cpps_cli.library.toml_edits import with_edits
from cpps_cli.library.toml_format import laid_out
from cpps_cli.model import ActionSheet, Amendment, Contract
from tests.conftest import PLACE, amendments_of, overlay_of
from tests.engine.test_laws import contracts, overlay_tables

TEXT_NAMES = ("title", "context", "lead")
LIST_NAMES = ("means", "objectives", "methods")
FILE = "parent/local/T1.toml"
World = tuple[Parent, dict[str, Any]]


@st.composite
def amended(draw: st.DrawFn, contract: Contract) -> tuple[Amendment, ...]:
    """Amendments without fault, of one to three days a year apart, each on the text it finds.

    Those of one day are one or two.
    """
    tables: dict[str, Any] = {}
    for year in range(2020, 2020 + draw(st.integers(1, 3))):
        now = Parent(contract, amendments_of(tables)).now.contract
        changes = draw(changes_of_parent(now, year))
        for name, table in draw(of_one_day(changes, year)).items():
            head = {"in_force_on": date(year, 1, 1), "editorial": draw(st.booleans())}
            tables[name] = {**head, **table}
    return amendments_of(tables)


@st.composite
def of_one_day(draw: st.DrawFn, changes: dict[str, Any], year: int) -> dict[str, Any]:
    """The amendments that make these changes; two of them may append to one list."""
    one: dict[str, Any] = {}
    other: dict[str, Any] = {}
    for kind, items in changes.items():
        for item in items:
            draw(st.sampled_from([one, one, other])).setdefault(kind, []).append(item)
    if "adapt" in one and draw(st.booleans()):
        first = one["adapt"][0]
        beside = {item["sheet"] for item in other.get("adapt", ())}
        if first["sheet"] not in beside and "methods" not in first.get("set", {}):
            also = {"sheet": first["sheet"], "append": {"methods": [f"le même jour de {year}"]}}
            other.setdefault("adapt", []).append(also)
    found = {f"avenant-{year}": one, f"avenant-{year}-bis": other}
    return {name: table for name, table in found.items() if table}


@st.composite
def changes_of_parent(draw: st.DrawFn, contract: Contract, year: int) -> dict[str, Any]:
    table: dict[str, Any] = {}
    for sheet in contract.sheets:
        match draw(st.sampled_from(["nothing", "nothing", "adapt", "exclude"])):
            case "adapt":
                table.setdefault("adapt", []).append(draw(adaptations(sheet, f"en {year}")))
            case "exclude" if draw(st.integers(0, 3)) == 0:
                table.setdefault("exclude", []).append({"sheet": sheet.code})
            case _:
                continue
    if draw(st.booleans()):
        added = {"code": f"neuve-{year}", "title": "Neuve", "axis": "a"}
        table.setdefault("add", []).append(added)
    return table


@st.composite
def adaptations(draw: st.DrawFn, sheet: ActionSheet, word: str) -> dict[str, Any]:
    """A change of at least one field; both sides may happen to say the same."""
    own: dict[str, Any] = {}
    append: dict[str, Any] = {}
    remove: dict[str, Any] = {}
    names = draw(st.sets(st.sampled_from((*TEXT_NAMES, *LIST_NAMES)), min_size=1))
    for name in sorted(names):
        before = getattr(sheet, name)
        if name in TEXT_NAMES:
            own[name] = draw(st.sampled_from([f"{before} {word}", f"{name} des deux"]))
            if own[name] == before:
                own[name] = f"{before} {word}"
        elif before and draw(st.booleans()):
            gone = draw(st.sampled_from(before))
            if draw(st.booleans()):
                own[name] = [f"{item} {word}" if item == gone else item for item in before]
            else:
                remove[name] = [gone]
        else:
            new = draw(st.sampled_from([f"un ajout {word}", "l'ajout des deux"]))
            append[name] = [f"un ajout {word}" if _has(before, new) else new]
    parts = {"set": own, "append": append, "remove": remove}
    return {"sheet": sheet.code, **{part: value for part, value in parts.items() if value}}


def _has(items: tuple[str, ...], item: str) -> bool:
    return normalised(item) in map(normalised, items)


@st.composite
def adapting_overlays(draw: st.DrawFn, contract: Contract) -> dict[str, Any]:
    """A local text that only adapts, in fields that the parent may change as well."""
    chosen = [sheet for sheet in contract.sheets if draw(st.booleans())]
    adapt = [draw(adaptations(sheet, "ici")) for sheet in chosen]
    return {"takes": "all", "text": "full", **({"adapt": adapt} if adapt else {})}


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """A parent that moved on, and a local text written for the signed one."""
    contract = draw(contracts())
    table = draw(st.one_of(adapting_overlays(contract), overlay_tables(contract)))
    return Parent(contract, draw(amended(contract))), table


@st.composite
def adapting_worlds(draw: st.DrawFn) -> World:
    contract = draw(contracts())
    return Parent(contract, draw(amended(contract))), draw(adapting_overlays(contract))


def compared(parent: Parent, table: dict[str, Any]) -> Update:
    return update(parent, overlay_of(dict(table)), PLACE)


def applied(found: Update, table: dict[str, Any]) -> dict[str, Any]:
    """The table that the file holds once what needs no decision is written."""
    after: dict[str, Any] = tomli.loads(with_edits(laid_out(table), found.edits.get(FILE, ())))
    return after


def answered(parent: Parent, table: dict[str, Any], side: Any) -> dict[str, Any]:
    """The table once every question that a command can answer is answered, one by one."""
    found = compared(parent, table)
    while open_questions := [item for item in found.conflicts if not item.by_hand]:
        first = open_questions[0]
        key = None if first.key == "sheet" else first.key
        edits = resolve(Resolution(side, first.sheet, key), found)[FILE]
        table = tomli.loads(with_edits(laid_out(table), edits))
        found = compared(parent, table)
    return table


def errors(parent: Parent, table: dict[str, Any]) -> list[str]:
    faults = parent.derive(overlay_of(dict(table)), PLACE).faults
    return [fault.code for fault in faults if fault.severity == "error"]


def texts(found: Update) -> list[tuple[str, tuple[Any, ...]]]:
    """What the derived sheets say, typing apart, in their order."""
    return [(sheet.code, _said(sheet)) for sheet in found.derived.contract.sheets]


def _said(sheet: ActionSheet) -> tuple[Any, ...]:
    return tuple(
        normalised(value) if isinstance(value, str) else tuple(map(normalised, value or ()))
        for value in (getattr(sheet, name) for name in (*TEXT_NAMES, *LIST_NAMES))
    )


@given(worlds())
def test_updating_twice_is_updating_once(world: World) -> None:
    parent, table = world
    once = applied(compared(parent, table), table)
    again = compared(parent, once)
    assert again.edits == {}
    assert [(item.sheet, item.key) for item in again.conflicts] == [
        (item.sheet, item.key) for item in compared(parent, table).conflicts
    ]


@given(worlds())
def test_what_is_written_without_a_decision_changes_no_text(world: World) -> None:
    parent, table = world
    found = compared(parent, table)
    after = applied(found, table)
    assert errors(parent, after) == []
    assert texts(compared(parent, after)) == texts(found)


@given(worlds())
def test_unchanged_parent_leaves_the_local_text_alone(world: World) -> None:
    parent, table = world
    found = compared(Parent(parent.texts[0].contract, ()), table)
    assert (found.conflicts, found.upstream_changes, found.redundant_changes, found.edits) == (
        (),
        (),
        (),
        {},
    )


@given(contracts(), st.data())
def test_untouched_local_takes_the_parent_whole(contract: Contract, data: st.DataObject) -> None:
    parent = Parent(contract, data.draw(amended(contract)))
    found = compared(parent, {"takes": "all"})
    assert found.conflicts == ()
    assert found.derived.contract.sheets == parent.now.contract.sheets


@given(adapting_worlds())
def test_question_exactly_where_a_substantive_change_meets_a_local_one_and_they_disagree(
    world: World,
) -> None:
    parent, table = world
    expected = {
        (change["sheet"], name)
        for change in table.get("adapt", ())
        for name in (*TEXT_NAMES, *LIST_NAMES)
        if _disagree(parent, change, name)
    }
    found = compared(parent, table)
    assert {(item.sheet, item.key) for item in found.conflicts if item.key != "sheet"} == expected
    gone = {
        change["sheet"]
        for change in table.get("adapt", ())
        if parent.now.contract.sheet(change["sheet"]) is None
    }
    assert {item.sheet for item in found.conflicts if item.key == "sheet"} == gone


def _disagree(parent: Parent, change: dict[str, Any], name: str) -> bool:
    """Told without the code under test: by the words of the two texts, and who changed them."""
    then, now = (text.contract.sheet(change["sheet"]) for text in (parent.texts[0], parent.now))
    if then is None or now is None or not _is_substantive(parent, change["sheet"], name):
        return False
    before, after = getattr(then, name), getattr(now, name)
    if name in change.get("set", {}):
        value = change["set"][name]
        plain = tuple(map(normalised, value)) if isinstance(value, list) else normalised(value)
        said = tuple(map(normalised, after)) if isinstance(after, tuple) else normalised(after)
        return plain != said
    gone = change.get("remove", {}).get(name, ())
    return any(_in_the_gap(item, before, after) for item in gone if not _has(after, item))


def _in_the_gap(item: str, before: tuple[str, ...], after: tuple[str, ...]) -> bool:
    """Whether something new stands between the two that stood round the item and still do."""
    stays = [other for other in before if _has(after, other)]
    place = before.index(item)
    left = [other for other in before[:place] if other in stays]
    right = [other for other in before[place:] if other in stays]
    start = after.index(left[-1]) + 1 if left else 0
    end = after.index(right[0]) if right else len(after)
    return start < end


def _is_substantive(parent: Parent, code: str, name: str) -> bool:
    """Whether an amendment that is not editorial changed the field."""
    before = parent.texts[0].contract.sheet(code)
    for text in parent.texts[1:]:
        after = text.contract.sheet(code)
        one, other = getattr(before, name, None), getattr(after, name, None)
        day = next(item.in_force_on for item in parent.amendments if item.id == text.version)
        editorial = all(
            item.editorial
            for item in parent.amendments
            if item.in_force_on == day and _touches(item, code, name)
        )
        if one != other and not editorial and _other_words(one, other):
            same_in_the_end = getattr(parent.texts[0].contract.sheet(code), name)
            return _other_words(same_in_the_end, getattr(parent.now.contract.sheet(code), name))
        before = after
    return False


def _touches(amendment: Amendment, code: str, name: str) -> bool:
    parts = [
        part
        for item in amendment.adapt
        if item.sheet == code
        for part in (item.set, item.append, item.remove)
    ]
    return any(part is not None and name in part.model_fields_set for part in parts)


def _other_words(one: Any, other: Any) -> bool:
    return bool(_words(one) != _words(other))


def _words(value: Any) -> Any:
    return tuple(map(normalised, value)) if isinstance(value, tuple) else normalised(value or "")


@given(worlds(), st.sampled_from(["parent", "local"]))
def test_every_question_can_be_answered_and_is_not_asked_again(world: World, side: str) -> None:
    parent, table = world
    after = answered(parent, table, side)
    found = compared(parent, after)
    assert [item for item in found.conflicts if not item.by_hand] == []
    if not found.conflicts:
        last = applied(found, after)
        assert errors(parent, last) == []
        assert compared(parent, last).base_version == parent.now.version


@given(adapting_worlds())
def test_taking_the_parent_everywhere_leaves_its_words_where_both_had_changed(
    world: World,
) -> None:
    parent, table = world
    asked = compared(parent, table).conflicts
    after = compared(parent, answered(parent, table, "parent"))
    for conflict in asked:
        local = after.derived.contract.sheet(conflict.sheet or "")
        now = parent.now.contract.sheet(conflict.sheet or "")
        if conflict.key == "sheet":
            assert local is None
        elif conflict.key in TEXT_NAMES:
            assert getattr(local, conflict.key) == getattr(now, conflict.key)


@given(adapting_worlds())
def test_taking_the_local_text_everywhere_changes_no_word_of_it(world: World) -> None:
    parent, table = world
    before = compared(parent, table)
    after = compared(parent, answered(parent, table, "local"))
    assert dict(texts(after)) == dict(texts(before))
