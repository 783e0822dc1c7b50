"""The rooms of `src/cpps_cli`, from the ground up, and what their modules import."""

import ast
from collections import Counter
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple

PACKAGE = "cpps_cli"
FOLDER = Path(__file__).resolve().parents[2] / "src" / PACKAGE
# The rooms of each floor with their task. A door opens on lower floors only.
FLOORS = (
    {"diagnostics": "what is wrong: a code and values"},
    {"model": "what exists: frozen nouns, no files"},
    {
        "engine": "changes applied, in time and in space",
        "library": "files to nouns and back",
    },
    {
        "check": "rules, of one contract and across",
        "schedule": "what is due on a given day",
    },
    {"i18n": "two languages, days, inert text"},
    {"present": "what is said, in no format"},
    {"formats": "how it is written"},
    {"cli": "the verbs: each reads, asks, shows"},
)
FLOOR_OF = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}
# They know neither files nor the clock nor a terminal: all of it reaches them as arguments.
THINKING = {"diagnostics", "model", "engine", "schedule", "check"}

# At the start of the program, inside a function, or for a type checker alone.
When = Literal["start", "later", "types"]
Imports = list[tuple[str, int, When]]  # the module, the line, when it is imported


class Room(NamedTuple):
    """One room, and the size of its modules."""

    name: str
    task: str
    files: int
    lines: int


class Doors(NamedTuple):
    """What the package is made of: its floors, and how often a room imports another."""

    floors: tuple[tuple[Room, ...], ...]
    imports: Counter[tuple[str, str]]


def our_sources() -> dict[str, str]:
    """Reads the text of each module of the package, by its full name."""
    sources = {}
    for path in sorted(FOLDER.rglob("*.py")):
        parts = path.relative_to(FOLDER.parent).with_suffix("").parts
        sources[".".join(parts).removesuffix(".__init__")] = path.read_text(encoding="utf-8")
    return sources


def is_a_folder(module: str) -> bool:
    """Tells a folder of modules from a single file."""
    return FOLDER.parent.joinpath(*module.split("."), "__init__.py").exists()


def room_of(module: str) -> str | None:
    """The room a module of ours is in; None for the two modules at the entrance."""
    name = module.removeprefix(PACKAGE).lstrip(".").partition(".")[0]
    return None if name in {"", "__main__", "__version__"} else name


@cache
def imports_of(source: str, module: str, *, is_folder: bool = False) -> Imports:
    """Every import of a module by its full name, those inside functions included."""
    found: Imports = []

    def visit(node: ast.AST, when: When) -> None:
        if isinstance(node, ast.Import):
            found.extend((alias.name, node.lineno, when) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = module.split(".")[: len(module.split(".")) - node.level + is_folder]
            origin = ".".join([*(above if node.level else []), *filter(None, [node.module])])
            found.extend((f"{origin}.{alias.name}", node.lineno, when) for alias in node.names)
        elif isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            for statement in node.body:
                visit(statement, "types")
            for statement in node.orelse:
                visit(statement, when)
        else:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                when = "later"
            for child in ast.iter_child_nodes(node):
                visit(child, when)

    visit(ast.parse(source), "start")
    return found


def doors(sources: dict[str, str]) -> Doors:
    """Counts files, lines and imports of each room; a statement counts once for a room."""
    imports: Counter[tuple[str, str]] = Counter()
    for module, source in sources.items():
        room = room_of(module)
        found = imports_of(source, module, is_folder=is_a_folder(module))
        opened = {(_goal(target), line) for target, line, _ in found}
        imports.update((room, goal) for goal, _ in opened if room and goal and goal != room)
    floors = tuple(
        tuple(_room(name, task, sources) for name, task in rooms.items()) for rooms in FLOORS
    )
    return Doors(floors, imports)


def _goal(target: str) -> str | None:
    is_ours = target.partition(".")[0] == PACKAGE
    room = room_of(target) if is_ours else None
    return room if room in FLOOR_OF else None


def _room(name: str, task: str, sources: dict[str, str]) -> Room:
    texts = [text for module, text in sources.items() if room_of(module) == name]
    return Room(name, task, len(texts), lines_of(texts))


def lines_of(texts: Iterable[str]) -> int:
    """Counts lines, blank ones and comments included."""
    return sum(len(text.splitlines()) for text in texts)
