"""The rooms of `src/cpps_cli`: doors open downwards only, and names say something."""

import ast
import re
from collections.abc import Collection, Iterator

import pytest
from tools.house.rooms import (
    FLOOR_OF,
    FLOORS,
    PACKAGE,
    THINKING,
    When,
    imports_of,
    is_a_folder,
    our_sources,
    room_of,
)

OUTSIDE_WORLD = {"typer", "rich", "pathlib", "os", "tomli", "tomllib"}
# Each costs more to import than a whole command that does without.
SLOW = {
    "babel",
    "docx",
    "duckdb",
    "icalendar",
    "jinja2",
    "pyarrow",
    "pydantic",
    "rich",
    "typst",
    "xlsxwriter",
}
SAYS_NOTHING = re.compile(r"(manager|handler|helper|processor|util|info|misc)s?")


def wrong_doors(source: str, module: str, *, is_folder: bool = False) -> list[str]:
    """What a module imports that its room may not, one sentence each."""
    room = room_of(module)
    floor = FLOOR_OF.get(room or "", len(FLOORS))
    said = []
    for target, line, _ in imports_of(source, module, is_folder=is_folder):
        top = target.partition(".")[0]
        if top == PACKAGE:
            goal = room_of(target)
            if goal not in {None, room} and FLOOR_OF.get(goal or "", len(FLOORS)) >= floor:
                said.append(f"{module}:{line}: {room} opens no door to {goal}")
        elif top == "click" or (top == "typer" and room != "cli"):
            said.append(f"{module}:{line}: {top} has no place in {room}")
        elif room in THINKING and top in OUTSIDE_WORLD:
            said.append(f"{module}:{line}: {room} thinks, it does not import {top}")
    return said


def folders_of(sources: Collection[str]) -> set[str]:
    """The modules that hold others."""
    return {name.rpartition(".")[0] for name in sources}


def slow_starts(sources: dict[str, str], module: str) -> Iterator[str]:
    """The ways by which importing a module imports something slow, as chains of names."""
    folders = folders_of(sources)
    chains = [[module]]
    seen = {module}
    while chains:
        chain = chains.pop()
        here = chain[-1]
        for target, _, when in imports_of(sources[here], here, is_folder=here in folders):
            if when != "start":
                continue
            if target.partition(".")[0] in SLOW:
                yield " > ".join([*chain, target])
            parts = target.split(".")
            for end in range(1, len(parts) + 1):  # a folder is imported before what is in it
                step = ".".join(parts[:end])
                if step in sources and step not in seen:
                    seen.add(step)
                    chains.append([*chain, step])


def circles(sources: dict[str, str], *, when: tuple[When, ...] = ("start",)) -> list[list[str]]:
    """The modules of one room that lead to each other by imports, those of each circle together."""
    folders = folders_of(sources)
    steps = {
        here: {
            found
            for target, _, time in imports_of(source, here, is_folder=here in folders)
            if time in when and (found := module_of(target, sources))
            if room_of(found) == room_of(here)
        }
        for here, source in sources.items()
    }
    reached = {here: reach(steps, here) for here in sources}
    on_circles = (
        tuple(sorted(other for other in found if here in reached[other]))
        for here, found in reached.items()
    )
    return [list(circle) for circle in sorted(set(on_circles)) if circle]


def module_of(target: str, sources: Collection[str]) -> str | None:
    """The module that an import of a module, or of a name in one, reads."""
    return next((name for name in (target, target.rpartition(".")[0]) if name in sources), None)


def reach(steps: dict[str, set[str]], start: str) -> set[str]:
    """The modules that one leads to, itself only where it comes back to itself."""
    found: set[str] = set()
    waiting = [*steps[start]]
    while waiting:
        if (here := waiting.pop()) not in found:
            found.add(here)
            waiting += steps[here]
    return found


def empty_names(source: str, module: str) -> list[str]:
    """The names a module defines, its own included, that hold a word which says nothing."""
    named = (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    names = [node.name for node in ast.walk(ast.parse(source)) if isinstance(node, named)]
    words_of = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
    return [
        f"{module}: {name}"
        for name in [*module.split("."), *names]
        if any(SAYS_NOTHING.fullmatch(word.lower()) for word in words_of.findall(name))
    ]


SOURCES = our_sources()


def test_every_module_is_in_a_room() -> None:
    lost = [module for module in SOURCES if room_of(module) not in {None, *FLOOR_OF}]
    assert not lost, "\n".join(lost)


def test_doors_open_downwards_only() -> None:
    wrong = [
        door
        for module, source in SOURCES.items()
        for door in wrong_doors(source, module, is_folder=is_a_folder(module))
    ]
    assert not wrong, "\n".join(wrong)


def test_formats_know_no_contract() -> None:
    """They write what is said: it reaches them as words, tables and days."""
    known = {None, "diagnostics", "i18n", "present", "formats"}
    wrong = [
        f"{module}:{line}: {target}"
        for module, source in SOURCES.items()
        if room_of(module) == "formats"
        for target, line, _ in imports_of(source, module, is_folder=is_a_folder(module))
        if target.startswith(f"{PACKAGE}.") and room_of(target) not in known
    ]
    assert not wrong, "\n".join(wrong)


def test_command_line_imports_nothing_slow_at_the_start() -> None:
    starts = [module for module in SOURCES if room_of(module) in {None, "cli"}]
    slow = [chain for module in starts for chain in slow_starts(SOURCES, module)]
    assert not slow, "\n".join(slow)


def test_no_module_comes_back_to_itself_by_imports() -> None:
    found = circles(SOURCES)
    assert not found, "\n".join(", ".join(circle) for circle in found)


def test_names_say_something() -> None:
    empty = [name for module, source in SOURCES.items() for name in empty_names(source, module)]
    assert not empty, "\n".join(empty)


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("cpps_cli.model", "import cpps_cli.library"),
        ("cpps_cli.model.sheet", "from ..engine import derive"),
        ("cpps_cli.engine.merge", "from cpps_cli import library"),
        ("cpps_cli.library.read", "def f():\n    from cpps_cli.engine import merge"),
        ("cpps_cli.check", "if TYPE_CHECKING:\n    from cpps_cli.schedule import Window"),
        ("cpps_cli.present.json", "from cpps_cli.formats import Outline"),
        ("cpps_cli.present.json", "from cpps_cli.attic import Outline"),
        ("cpps_cli.engine", "from pathlib import Path"),
        ("cpps_cli.schedule", "import os.path"),
        ("cpps_cli.diagnostics", "import tomllib"),
        ("cpps_cli.present", "import typer"),
        ("cpps_cli.cli.sheets", "from click import Context"),
        ("cpps_cli.__main__", "import typer"),
    ],
)
def test_a_wrong_door_is_seen(module: str, source: str) -> None:
    assert len(wrong_doors(source, module)) == 1


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("cpps_cli.cli.sheets", "import typer\nfrom cpps_cli.present import table"),
        ("cpps_cli.engine.merge", "from .apply import apply\nfrom ..model import Contract"),
        ("cpps_cli.library", "import os, tomli\nfrom cpps_cli import __version__, diagnostics"),
    ],
)
def test_a_right_door_is_let_be(module: str, source: str) -> None:
    assert wrong_doors(source, module) == []


def test_relative_import_in_a_folder_stays_in_its_room() -> None:
    source = "from .apply import apply\nfrom ..library import read"
    said = wrong_doors(source, "cpps_cli.engine", is_folder=True)
    assert said == ["cpps_cli.engine:2: engine opens no door to library"]


def test_a_slow_start_is_seen_through_other_modules() -> None:
    sources = {
        "cpps_cli.cli": "def f():\n    import rich\nif TYPE_CHECKING:\n    import jinja2",
        "cpps_cli.cli.sheets": "from cpps_cli.present.words import say",
        "cpps_cli.present": "from cpps_cli.model import Contract",
        "cpps_cli.present.words": "",
        "cpps_cli.model": "from pydantic import BaseModel",
    }
    assert list(slow_starts(sources, "cpps_cli.cli")) == []
    assert list(slow_starts(sources, "cpps_cli.cli.sheets")) == [
        "cpps_cli.cli.sheets > cpps_cli.present > cpps_cli.model > pydantic.BaseModel"
    ]


CIRCLES = {
    "cpps_cli.model": "from .sheet import ActionSheet\nfrom .axis import Axis",
    "cpps_cli.model.sheet": "from .contract import Contract",
    "cpps_cli.model.contract": "from .axis import Axis\nfrom cpps_cli.model import sheet",
    "cpps_cli.model.axis": "def f():\n    from .field import Field",
    "cpps_cli.model.field": "if TYPE_CHECKING:\n    from .axis import Axis\nfrom .field import all",
    "cpps_cli.library": "from cpps_cli.model import Contract",
}


@pytest.mark.parametrize(
    ("when", "found"),
    [
        (("start",), [["contract", "sheet"], ["field"]]),
        (("start", "later"), [["contract", "sheet"], ["field"]]),
        (("start", "later", "types"), [["axis", "field"], ["contract", "sheet"]]),
    ],
)
def test_a_circle_of_imports_is_seen(when: tuple[When, ...], found: list[list[str]]) -> None:
    seen = circles(CIRCLES, when=when)
    assert [[name.rpartition(".")[2] for name in circle] for circle in seen] == found


def test_a_module_that_imports_from_the_folder_that_gathers_it_is_seen() -> None:
    sources = {
        "cpps_cli.model": "from .sheet import ActionSheet",
        "cpps_cli.model.sheet": "from cpps_cli.model import ActionSheet",
    }
    assert circles(sources) == [["cpps_cli.model", "cpps_cli.model.sheet"]]


def test_an_empty_name_is_seen() -> None:
    source = "class HTTPHandler: ...\ndef read_helpers(): ...\ndef information(): ..."
    assert empty_names(source, "cpps_cli.cli.utils") == [
        "cpps_cli.cli.utils: utils",
        "cpps_cli.cli.utils: HTTPHandler",
        "cpps_cli.cli.utils: read_helpers",
    ]
