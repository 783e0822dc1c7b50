"""Draw the rooms on their floors, and for each the rooms it imports most, as SVG."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Literal, NamedTuple
from xml.sax.saxutils import escape

from tools.house.rooms import THINKING, Doors, Room

WIDTH, TOP, GROUND = 900, 76, 64
BOX_WIDTH, BOX_HEIGHT, BETWEEN = 260, 86, 46
GAP = 32  # between two boxes of one floor
BESIDE, LANE = 144, 26  # what is left beside two boxes, and between arrows that go down there
BEND = 10
SHOWN = 2  # arrows of a room: to the rooms that it imports most
STYLE = """\
    .page { fill: #fbfaf7 } .floor { fill: #f0eee7 }
    .box { fill: #ffffff; stroke: #b9b4a5; stroke-width: 1.2 }
    .thinks { fill: #e4eefb; stroke: #7f9fc9 }
    text { font-family: system-ui, "Segoe UI", "DejaVu Sans", sans-serif; fill: #23272e }
    .head { font-size: 20px; font-weight: 600 } .name { font-size: 17px; font-weight: 600 }
    .task, .key { font-size: 12.5px } .size { font-size: 12px; fill: #5d6470 }
    .bar { fill: #c9862b } .rest { fill: #8a8f99; fill-opacity: .22 }
    .door { fill: none; stroke: #56606e; stroke-opacity: .75 } .tip { fill: #56606e }
    .count { font-size: 11.5px; text-anchor: middle; paint-order: stroke;
      stroke: #fbfaf7; stroke-width: 5px; stroke-linejoin: round }
    @media (prefers-color-scheme: dark) {
      .page { fill: #16181d } .floor { fill: #1f2229 }
      .box { fill: #2a2e37; stroke: #5a606d } .thinks { fill: #1f3350; stroke: #5d82b3 }
      text { fill: #e8eaee } .size { fill: #aab1bd } .bar { fill: #e0a24a }
      .door { stroke: #a6afbd } .tip { fill: #a6afbd } .count { stroke: #16181d }
    }"""

Side = Literal["left", "middle", "right"]


class Box(NamedTuple):
    """Where a room is drawn: its floor from the ground up, its left edge and its top."""

    room: Room
    floor: int
    side: Side
    x: int
    y: int

    @property
    def middle(self) -> int:
        """The middle of its width."""
        return self.x + BOX_WIDTH // 2


class Arrow(NamedTuple):
    """A room that imports another, and how often."""

    source: Box
    goal: Box
    times: int

    @property
    def floors(self) -> int:
        """How many floors down it goes."""
        return self.source.floor - self.goal.floor

    @property
    def side(self) -> Side:
        """The side on which both ends can be reached; the middle where either side will do."""
        return self.source.side if self.goal.side == "middle" else self.goal.side


class Routed(NamedTuple):
    """An arrow round the floors between: where it leaves, goes down and arrives."""

    arrow: Arrow
    outwards: int  # -1 on the left, 1 on the right
    leaves: int
    lane: int
    arrives: int


def picture(house: Doors) -> str:
    """Draws the whole picture, with a title and a description for who does not see it."""
    boxes = _boxes(house.floors)
    arrows = _arrows(boxes, house)
    height = TOP + len(house.floors) * (BOX_HEIGHT + BETWEEN) - BETWEEN + GROUND
    parts = [
        f'<rect class="page" width="{WIDTH}" height="{height}" rx="10"/>',
        f'<text class="head" x="28" y="42">{_title(house)}</text>',
        *_floors(len(house.floors)),
        *chain.from_iterable(map(_drawn, _routed(arrows))),
        *chain.from_iterable(map(_straight, _ports(arrows))),
        *chain.from_iterable(_box(box, _widest(house)) for box in boxes.values()),
        *_key(height),
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
        'role="img" aria-labelledby="title description">\n'
        f'  <title id="title">{_title(house)}</title>\n'
        f'  <desc id="description">{escape(_description(house, arrows))}</desc>\n'
        f"  <style>\n{STYLE}\n  </style>\n" + "".join(f"  {part}\n" for part in parts) + "</svg>\n"
    )


def about(count: int) -> str:
    """Two digits of a number: more would make the picture another with each commit."""
    step = 10 ** max(0, len(str(count)) - 2)
    return f"{(count + step // 2) // step * step:,}"


# --- where things are


def _boxes(floors: Sequence[Sequence[Room]]) -> dict[str, Box]:
    boxes = {}
    for number, rooms in enumerate(floors):
        y = TOP + (len(floors) - 1 - number) * (BOX_HEIGHT + BETWEEN)
        sides: tuple[Side, ...] = ("middle",) if len(rooms) == 1 else ("left", "right")
        for room, side in zip(rooms, sides, strict=True):
            boxes[room.name] = Box(room, number, side, _left_edge(side), y)
    return boxes


def _left_edge(side: Side) -> int:
    centre = WIDTH // 2
    edges = {
        "left": centre - GAP // 2 - BOX_WIDTH,
        "middle": centre - BOX_WIDTH // 2,
        "right": centre + GAP // 2,
    }
    return edges[side]


def _arrows(boxes: dict[str, Box], house: Doors) -> list[Arrow]:
    arrows = []
    for name, box in boxes.items():
        counts = [(count, goal) for (room, goal), count in house.imports.items() if room == name]
        for count, goal in sorted(counts, reverse=True)[:SHOWN]:
            arrows.append(Arrow(box, boxes[goal], count))
    return arrows


def _routed(arrows: Iterable[Arrow]) -> Iterator[Routed]:
    """Gives each arrow a lane beside the house: the longer it is, the further out."""
    left, right = _beside(arrows)
    outer = _left_edge("left"), _left_edge("right") + BOX_WIDTH
    for arrows_there, edge, outwards in ((left, outer[0], -1), (right, outer[1], 1)):
        lanes = _lanes(arrows_there)
        width = min(LANE, BESIDE // (max(lanes, default=0) + 1))
        for arrow, lane in zip(arrows_there, lanes, strict=True):
            leaves, arrives = (_port(arrow, arrows_there, lanes, box) for box in arrow[:2])
            yield Routed(arrow, outwards, leaves, edge + outwards * (lane + 1) * width, arrives)


def _beside(arrows: Iterable[Arrow]) -> tuple[list[Arrow], list[Arrow]]:
    """The arrows that go round floors, left and right, short ones first."""
    longer = sorted(
        (arrow for arrow in arrows if arrow.floors > 1),
        key=lambda one: (one.floors, one.source.floor),
    )
    left = [arrow for arrow in longer if arrow.side == "left"]
    right = [arrow for arrow in longer if arrow.side == "right"]
    for arrow in longer:
        if arrow.side == "middle":
            min(right, left, key=len).append(arrow)
    return sorted(left, key=longer.index), sorted(right, key=longer.index)


def _lanes(arrows: Sequence[Arrow]) -> list[int]:
    lanes: list[int] = []
    for arrow in arrows:
        taken = {
            lane
            for lane, other in zip(lanes, arrows, strict=False)
            if other.goal.floor <= arrow.source.floor and arrow.goal.floor <= other.source.floor
        }
        lanes.append(max(taken, default=-1) + 1)
    return lanes


def _port(arrow: Arrow, beside: Sequence[Arrow], lanes: Sequence[int], box: Box) -> int:
    """Where it meets the side of a box: those that arrive above, and none crosses another."""
    order = [
        (one.source == box, -lane if one.source == box else lane, one)
        for one, lane in zip(beside, lanes, strict=True)
        if box in {one.source, one.goal}
    ]
    order.sort(key=lambda entry: entry[:2])
    at = [one for *_, one in order].index(arrow)
    return box.y + (at + 1) * BOX_HEIGHT // (len(order) + 1)


def _ports(arrows: Iterable[Arrow]) -> Iterator[tuple[Arrow, int, int]]:
    """Where arrows to the next floor leave and arrive, spread over the width of a box."""
    next_floor = [arrow for arrow in arrows if arrow.floors == 1]
    for arrow in next_floor:
        goals = sorted(one.goal.middle for one in next_floor if one.source == arrow.source)
        sources = sorted(one.source.middle for one in next_floor if one.goal == arrow.goal)
        yield (
            arrow,
            _spread(arrow.source, goals.index(arrow.goal.middle), len(goals)),
            _spread(arrow.goal, sources.index(arrow.source.middle), len(sources)),
        )


def _spread(box: Box, at: int, count: int) -> int:
    return box.x + (at + 1) * BOX_WIDTH // (count + 1)


# --- what is drawn


def _floors(count: int) -> Iterator[str]:
    for number in range(count):
        y = TOP + number * (BOX_HEIGHT + BETWEEN) - 10
        size = f'width="{WIDTH - 40}" height="{BOX_HEIGHT + 20}"'
        yield f'<rect class="floor" x="20" y="{y}" {size} rx="8"/>'


def _box(box: Box, widest: int) -> Iterator[str]:
    thinks = " thinks" if box.room.name in THINKING else ""
    size = f'width="{BOX_WIDTH}" height="{BOX_HEIGHT}"'
    full = BOX_WIDTH - 32
    length = full * box.room.lines // widest
    x, y = box.x + 16, box.y
    yield f'<rect class="box{thinks}" x="{box.x}" y="{y}" {size} rx="8"/>'
    yield f'<text class="name" x="{x}" y="{y + 26}">{escape(box.room.name)}</text>'
    yield f'<text class="task" x="{x}" y="{y + 46}">{escape(box.room.task)}</text>'
    yield f'<text class="size" x="{x}" y="{y + 65}">{_size(box.room)}</text>'
    yield f'<rect class="rest" x="{x}" y="{y + 73}" width="{full}" height="4" rx="2"/>'
    yield f'<rect class="bar" x="{x}" y="{y + 73}" width="{length}" height="4" rx="2"/>'


def _drawn(routed: Routed) -> Iterator[str]:
    """An arrow round the floors between, with its number between two of them."""
    arrow, outwards, leaves, lane, arrives = routed
    begins, ends = (box.x + (BOX_WIDTH if outwards > 0 else 0) for box in arrow[:2])
    bend, tip = lane - outwards * BEND, ends + outwards * 8
    down = f"H{bend}Q{lane} {leaves} {lane} {leaves + BEND}V{arrives - BEND}"
    away = f"Q{lane} {arrives} {bend} {arrives}H{tip}"
    yield f'<path class="door" {_weight(arrow)} d="M{begins} {leaves}{down}{away}"/>'
    yield f'<path class="tip" d="M{ends} {arrives}l{9 * outwards} -5v10Z"/>'
    half_way = arrow.source.y + (arrow.floors + 1) // 2 * (BOX_HEIGHT + BETWEEN)
    yield _number(arrow, lane, half_way - BETWEEN // 2 + 4)


def _straight(drawn: tuple[Arrow, int, int]) -> Iterator[str]:
    """An arrow to the next floor."""
    arrow, x, to = drawn
    begins, ends = arrow.source.y + BOX_HEIGHT, arrow.goal.y
    half, tip = (begins + ends) // 2, ends - 8
    curve = f"M{x} {begins}C{x} {half} {to} {half} {to} {tip}"
    yield f'<path class="door" {_weight(arrow)} d="{curve}"/>'
    yield f'<path class="tip" d="M{to} {ends}L{to - 5} {tip - 1}H{to + 5}Z"/>'
    yield _number(arrow, (x + to) // 2, half + 2)


def _weight(arrow: Arrow) -> str:
    return f'stroke-width="{1 + arrow.times**0.5 / 3:.1f}"'


def _number(arrow: Arrow, x: int, y: int) -> str:
    return f'<text class="count" x="{x}" y="{y}">{about(arrow.times)}</text>'


def _key(height: int) -> Iterator[str]:
    y = height - 28
    yield f'<rect class="box thinks" x="28" y="{y - 13}" width="22" height="16" rx="4"/>'
    yield f'<text class="key" x="58" y="{y}">knows neither files, clock nor terminal</text>'
    yield f'<rect class="bar" x="338" y="{y - 6}" width="22" height="4" rx="2"/>'
    yield f'<text class="key" x="368" y="{y}">lines</text>'
    yield f'<path class="door" stroke-width="2" d="M426 {y - 4}h20"/>'
    yield f'<path class="tip" d="M454 {y - 4}l-9 -5v10Z"/>'
    yield (
        f'<text class="key" x="462" y="{y}">'
        f"the {_spelled(SHOWN)} rooms that each imports most, how often</text>"
    )


# --- words


def _title(house: Doors) -> str:
    lines = sum(room.lines for floor in house.floors for room in floor)
    return f"The rooms of cpps, {about(lines)} lines of Python"


def _description(house: Doors, arrows: Iterable[Arrow]) -> str:
    floors = "; ".join(
        " and ".join(f"{room.name} ({room.task}; {_size(room)})" for room in floor)
        for floor in reversed(house.floors)
    )
    drawn = ", ".join(
        f"{arrow.source.room.name} imports {arrow.goal.room.name} {about(arrow.times)} times"
        for arrow in reversed(list(arrows))
    )
    return f"Floors from the top down: {floors}. Arrows go downwards only: {drawn}."


def _size(room: Room) -> str:
    return f"{about(room.lines)} lines · {room.files} file{'s' if room.files > 1 else ''}"


def _widest(house: Doors) -> int:
    return max(room.lines for floor in house.floors for room in floor)


def _spelled(count: int) -> str:
    return ("no", "one", "two", "three")[count]
