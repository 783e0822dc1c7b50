"""The rooms of `src/cpps_cli`: doors open downwards only, and names say something."""

import ast
import re
from collections.abc import Iterator

import pytest
from tools.house.rooms import (
    FLOOR_OF,
    FLOORS,
    PACKAGE,
    THINKING,
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
    floor = FLOOR_OF[room] if room else len(FLOORS)
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


def slow_starts(sources: dict[str, str], module: str) -> Iterator[str]:
    """The ways by which importing a module imports something slow, as chains of names."""
    chains = [[module]]
    seen = {module}
    while chains:
        chain = chains.pop()
        here = chain[-1]
        is_folder = any(name.startswith(f"{here}.") for name in sources)
        for target, _, at_start in imports_of(sources[here], here, is_folder=is_folder):
            if not at_start:
                continue
            if target.partition(".")[0] in SLOW:
                yield " > ".join([*chain, target])
            parts = target.split(".")
            for end in range(1, len(parts) + 1):  # a folder is imported before what is in it
                step = ".".join(parts[:end])
                if step in sources and step not in seen:
                    seen.add(step)
                    chains.append([*chain, step])


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


@pytest.mark.parametrize("module", SOURCES)
def test_module_is_in_a_room(module: str) -> None:
    assert room_of(module) in {None, *FLOOR_OF}


@pytest.mark.parametrize("module", SOURCES)
def test_doors_open_downwards_only(module: str) -> None:
    assert wrong_doors(SOURCES[module], module, is_folder=is_a_folder(module)) == []


@pytest.mark.parametrize("module", [name for name in SOURCES if room_of(name) in {None, "cli"}])
def test_command_line_imports_nothing_slow_at_the_start(module: str) -> None:
    assert list(slow_starts(SOURCES, module)) == []


@pytest.mark.parametrize("module", SOURCES)
def test_names_say_something(module: str) -> None:
    assert empty_names(SOURCES[module], module) == []


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


def test_an_empty_name_is_seen() -> None:
    source = "class HTTPHandler: ...\ndef read_helpers(): ...\ndef information(): ..."
    assert empty_names(source, "cpps_cli.cli.utils") == [
        "cpps_cli.cli.utils: utils",
        "cpps_cli.cli.utils: HTTPHandler",
        "cpps_cli.cli.utils: read_helpers",
    ]
