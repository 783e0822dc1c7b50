"""Bring `docs/architecture.md` and its picture up to date with the code."""

import re
from collections.abc import Sequence
from pathlib import Path

from tools.house.figures import Figure, table
from tools.house.picture import about, picture
from tools.house.rooms import Doors

PAGE = Path("docs", "architecture.md")
PICTURE = Path("docs", "architecture.svg")
# A part of the page that is made here: from `<!-- NAME: … -->` to `<!-- end -->`.
PART = re.compile(r"(<!-- (?P<name>[a-z]+): [^\n]* -->\n).*?(<!-- end -->)", re.DOTALL)


def generated(page: str, house: Doors, measured: Sequence[Figure]) -> dict[Path, str]:
    """Gives the text of both files, by their path from the root."""
    parts = {
        "figures": table(measured, rounded=True),
        "rooms": rooms(house),
        "imports": imports(house),
    }
    return {PAGE: filled(page, parts), PICTURE: picture(house)}


def filled(page: str, parts: dict[str, str]) -> str:
    """Puts each part where its name stands; each has exactly one place."""
    if sorted(found["name"] for found in PART.finditer(page)) != sorted(parts):
        raise ValueError(f"{PAGE.as_posix()} must have one place for each of: {', '.join(parts)}")
    return PART.sub(lambda found: f"{found[1]}\n{parts[found['name']]}\n\n{found[3]}", page)


def rooms(house: Doors) -> str:
    """Lists the floors from the top down, each room with its task."""
    rows = [
        f"| {number} | `{room.name}` | {room.task} |"
        for number, floor in reversed([*enumerate(house.floors, start=1)])
        for room in floor
    ]
    return "\n".join(["| floor | room | task |", "| ---: | --- | --- |", *rows])


def imports(house: Doors) -> str:
    """Says how often each room imports each other one, two digits of it."""
    names = [room.name for floor in reversed(house.floors) for room in floor]
    goals = [name for name in names if any(house.imports[room, name] for room in names)]
    sources = [name for name in names if any(house.imports[name, goal] for goal in goals)]
    head = f"| imports of | {' | '.join(f'`{goal}`' for goal in goals)} |"
    rows = [
        f"| `{name}` | {' | '.join(_times(house.imports[name, goal]) for goal in goals)} |"
        for name in sources
    ]
    return "\n".join([head, f"| --- |{' ---: |' * len(goals)}", *rows])


def _times(count: int) -> str:
    return about(count) if count else ""
