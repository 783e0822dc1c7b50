"""Laws of the normal form of changes: what is taken apart is put together again as it was."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpps_cli.diagnostics import Place
from cpps_cli.library.reader import LibraryFolder
from cpps_cli.model import (
    LIST_FIELDS,
    Adapt,
    AdaptContract,
    Add,
    Axis,
    Changes,
    Exclude,
    Merge,
    Noun,
    Renumber,
    SheetText,
    Take,
)
from cpps_cli.model.operation import Operation, changes, operations
from cpps_cli.model.sheet import DOUBTS

FILE = "parent/local/T1.toml"
CODES = st.sampled_from(["ecole", "aide", "a-completer-1"])
TEXTS = st.sampled_from(["Un texte.", "Un autre", "à « relire »"])
MANY = st.lists(TEXTS, max_size=3)
INDICATORS = st.just([{"code": "i", "title": "Élèves", "unit": "élèves"}])
FIELDS_OF_SHEETS = {
    **dict.fromkeys(SheetText.model_fields, TEXTS),
    **dict.fromkeys(LIST_FIELDS, MANY),
    "indicators": INDICATORS,
}
PARTIES = {"signatories": MANY, "partners": MANY}
ABOUT = {
    "reason": TEXTS,
    "note": TEXTS,
    "sources": st.just(["S-1"]),
}
MARKED = dict.fromkeys(DOUBTS, st.lists(st.just("number"), max_size=1))
OF_DATES = dict.fromkeys(DOUBTS, st.lists(st.just("term"), max_size=1))
PLACED = {**MARKED, "number": st.sampled_from(["1.1", "12"]), "axis": CODES}
EDITED = {"editorial": st.booleans()}


def tables(keys: dict[str, st.SearchStrategy[Any]]) -> st.SearchStrategy[dict[str, Any]]:
    """Tables that may lack any key."""
    return st.fixed_dictionaries({}, optional=keys)


REREAD = {
    "rests_on": tables(
        dict.fromkeys((*SheetText.model_fields, "sheet"), st.just(f"sha256:{'0' * 16}"))
    ),
    "refused": tables(dict.fromkeys(("title", "means", "sheet", "term"), TEXTS)),
}
OF_SHEETS = {
    "set": tables(FIELDS_OF_SHEETS),
    **dict.fromkeys(("append", "remove"), tables(dict.fromkeys(LIST_FIELDS, MANY))),
}
OF_CONTRACT = {
    "set": tables({**PARTIES, "term": st.just("2021/2026"), "window": st.just("2023")}),
    **dict.fromkeys(("append", "remove"), tables(PARTIES)),
}
DECIDED = {
    "decided_by": TEXTS,
    **dict.fromkeys(("decided_on", "review_on"), st.just(date(2024, 1, 1))),
}
# Of each kind: what it always says, and what it may say.
KINDS: dict[str, tuple[type[Noun], dict[str, Any], dict[str, Any]]] = {
    "contract": (AdaptContract, {}, {**ABOUT, **OF_DATES, **EDITED, **REREAD, **OF_CONTRACT}),
    "axes": (
        Axis,
        {"code": CODES},
        {**MARKED, "number": st.just(1), "title": TEXTS, "parent": CODES, "note": TEXTS},
    ),
    "take": (Take, {"sheet": CODES}, {**ABOUT, **PLACED}),
    "renumber": (Renumber, {"sheet": CODES}, {**ABOUT, **PLACED, **EDITED}),
    "adapt": (Adapt, {"sheet": CODES}, {**ABOUT, **PLACED, **EDITED, **REREAD, **OF_SHEETS}),
    "exclude": (Exclude, {"sheet": CODES}, {**ABOUT, **REREAD, **DECIDED}),
    "merge": (
        Merge,
        {"sheets": st.just(["ecole", "aide"]), "code": CODES},
        {
            **ABOUT,
            **PLACED,
            **REREAD,
            "set": OF_SHEETS["set"],
            "keep": tables(dict.fromkeys(SheetText.model_fields, CODES)),
        },
    ),
    "add": (
        Add,
        {"code": CODES},
        {**ABOUT, **PLACED, **FIELDS_OF_SHEETS, "parent": st.just("unknown")},
    ),
}


@st.composite
def any_changes(draw: st.DrawFn) -> Changes:
    """Changes of every kind, up to two of each, right or wrong."""
    table: dict[str, Any] = {}
    for kind, (_noun, always, perhaps) in KINDS.items():
        drawn = st.fixed_dictionaries(always, optional=perhaps)
        table[kind] = draw(drawn if kind == "contract" else st.lists(drawn, max_size=2))
    if draw(st.booleans()):
        del table["contract"]
    return Changes.model_validate(table)


def written_keys(noun: Any) -> Any:
    """What a noun states, the keys of its tables too: `==` of two nouns is blind to defaults."""
    match noun:
        case Noun():
            return {name: written_keys(getattr(noun, name)) for name in noun.model_fields_set}
        case tuple():
            return [written_keys(item) for item in noun]
        case _:
            return noun


def taken_apart(text: Changes) -> Changes:
    return changes(operations(text, FILE))


@given(any_changes())
def test_taken_apart_and_put_together_is_the_same(text: Changes) -> None:
    again = taken_apart(text)
    assert again == text
    for kind in KINDS:
        assert written_keys(getattr(again, kind)) == written_keys(getattr(text, kind))


@given(any_changes())
def test_every_operation_is_of_its_own_place(text: Changes) -> None:
    places = [operation.place for operation in operations(text, FILE)]
    assert len(set(places)) == len(places)


@pytest.mark.parametrize("name", ["paris", "exemple"])
def test_of_every_change_file_of_the_libraries(name: str) -> None:
    folder = LibraryFolder(Path("data", name))
    texts: list[Changes] = []
    for contract in folder.contract_ids():
        texts += folder.amendments(contract)
        for code in folder.overlay_codes(contract):
            overlay = folder.overlay(contract, code)
            assert overlay is not None
            texts += (overlay, *overlay.amendments)
    assert len(texts) > 4
    for text in texts:
        stated = {kind: getattr(text, kind) for kind in Changes.model_fields}
        assert taken_apart(text) == Changes(**stated)


def test_operations_of_an_adaptation() -> None:
    adapt = Adapt.model_validate(
        {"sheet": "ecole", "set": {"title": "Ici"}, "append": {"means": ["A", "B"]}, "reason": "R"}
    )
    at = Place(FILE, ("adapt", 0))
    found = list(operations(Changes.model_validate({"adapt": [adapt]}), FILE))
    assert found == [
        Operation(at, ("ecole",), ()),
        Operation(at, ("ecole",), ("append", "means"), ("A", "B")),
        Operation(at, ("ecole",), ("reason",), "R"),
        Operation(at, ("ecole",), ("set", "title"), "Ici"),
        Operation(at, ("ecole",), ("sheet",), "ecole"),
    ]
    assert [(item.way, item.field) for item in found] == [
        (None, None),
        ("append", "means"),
        (None, "reason"),
        ("set", "title"),
        (None, "sheet"),
    ]
    assert {item.kind for item in found} == {"adapt"}
