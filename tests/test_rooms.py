"""The rooms of `src/cpps_cli`: doors open downwards only, and names say something."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = "cpps_cli"
FOLDER = Path(__file__).resolve().parents[1] / "src" / PACKAGE
FLOORS = (
    {"diagnostics"},
    {"model"},
    {"engine", "library"},
    {"check", "schedule"},
    {"i18n"},
    {"present"},
    {"formats"},
    {"cli"},
)
FLOOR_OF = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}
THINKING = {"diagnostics", "model", "engine", "schedule", "check"}
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

Imports = list[tuple[str, int, bool]]  # the module, the line, whether it is imported at the start


def imports_of(source: str, module: str, *, is_folder: bool = False) -> Imports:
    """Every import of a module by its full name, those inside functions included."""
    found: Imports = []

    def visit(node: ast.AST, at_start: bool) -> None:
        if isinstance(node, ast.Import):
            found.extend((alias.name, node.lineno, at_start) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = module.split(".")[: len(module.split(".")) - node.level + is_folder]
            origin = ".".join([*(above if node.level else []), *filter(None, [node.module])])
            found.extend((f"{origin}.{alias.name}", node.lineno, at_start) for alias in node.names)
        elif isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            for statement in node.body:
                visit(statement, False)
            for statement in node.orelse:
                visit(statement, at_start)
        else:
            is_function = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
            for child in ast.iter_child_nodes(node):
                visit(child, at_start and not is_function)

    visit(ast.parse(source), True)
    return found


def room_of(module: str) -> str | None:
    """The room a module of ours is in; None for the two modules at the entrance."""
    name = module.removeprefix(PACKAGE).lstrip(".").partition(".")[0]
    return None if name in {"", "__main__", "__version__"} else name


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


def our_sources() -> dict[str, str]:
    """The text of each module of the package, by its full name."""
    sources = {}
    for path in sorted(FOLDER.rglob("*.py")):
        parts = path.relative_to(FOLDER.parent).with_suffix("").parts
        sources[".".join(parts).removesuffix(".__init__")] = path.read_text(encoding="utf-8")
    return sources


SOURCES = our_sources()


def is_a_folder(module: str) -> bool:
    return FOLDER.parent.joinpath(*module.split("."), "__init__.py").exists()


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
