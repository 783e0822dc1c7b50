"""Where each piece of a local text comes to stand on the new parent, taken alone.

A sheet that is split asks for a choice: a text that rests on words which only one of the parts has
goes to that part; the others are left to be decided, for on each part they would be commitments
that nobody took.
"""

from collections.abc import Iterator
from typing import Any, assert_never

from cpps_cli.engine.changes import ChangeSet, Placed
from cpps_cli.engine.rebase.ground import Ground, same, written_as
from cpps_cli.engine.rebase.pieces import ABOUT, Disposition, Why, axis_pieces, pieces_of
from cpps_cli.model import TEXT_FIELDS, Adapt, AdaptContract, Add, Exclude, Merge, Renumber, Take
from cpps_cli.model.operation import Operation

_ENDS = ("term", "window")


def landed(placed: Placed, ground: Ground) -> tuple[Disposition, ...]:
    """What becomes of each piece of a change."""
    pieces = [piece for piece in pieces_of(placed) if piece.field not in ABOUT]
    match placed.change:
        case Take() | Renumber() | Adapt():
            fates = tuple(_plain(pieces, placed, ground))
        case Exclude():
            fates = tuple(_left_out(pieces, placed.change.sheet, ground))
        case Merge():
            fates = tuple(_merged(pieces, placed.change, ground))
        case Add():
            fates = tuple(_added(pieces, placed.change, ground))
        case AdaptContract():
            fates = tuple(_of_contract(piece, ground) for piece in pieces)
        case _:
            assert_never(placed.change)
    return fates


def _plain(pieces: list[Operation], placed: Placed, ground: Ground) -> Iterator[Disposition]:
    """The pieces of a change that keeps a sheet: taken, placed or adapted."""
    [code] = placed.targets
    targets = ground.targets(code)
    for piece in pieces:
        if not targets:
            yield Disposition(piece, "no_home", ground.why_gone(code), value=piece.value)
        elif piece.field is None:
            yield _kept(piece, targets, ground)
        else:
            yield _one_of(piece, (code,), targets, ground)


def _kept(piece: Operation, targets: tuple[str, ...], ground: Ground) -> Disposition:
    """The sheet itself: what it has become is kept, even where that holds more than it did."""
    former = {code for target in targets for code in ground.sources(target)}
    more = ground.changes.listed and not former <= ground.taken
    why: Why = "holds_more" if more else "split" if len(targets) > 1 else ""
    return Disposition(piece, "carried", why, targets, to_reread=bool(why))


def _one_of(
    piece: Operation, codes: tuple[str, ...], targets: tuple[str, ...], ground: Ground
) -> Disposition:
    """A piece on the one sheet that holds the matter, or on that of several whose words it needs.

    `codes` are the former sheets on whose words it rests.
    """
    if len(targets) == 1 or piece.field == "axis":
        return _on(piece, codes, targets, ground)
    homes = tuple(code for code in targets if _rests_on(piece, codes, code, ground))
    if homes and (piece.way == "remove" or len(homes) == 1):
        return _on(piece, codes, homes, ground)
    return Disposition(piece, "to_decide", "split", targets, piece.value)


def _rests_on(piece: Operation, codes: tuple[str, ...], target: str, ground: Ground) -> bool:
    """Whether a part of a sheet that was split has the words that a piece rests on."""
    field = str(piece.field)
    if piece.way == "remove":
        return written_as(piece.value, ground.after((target,), field)) is not None
    before = ground.before(codes, field)
    return piece.way == "set" and bool(before) and same(before, ground.after((target,), field))


def _on(
    piece: Operation, codes: tuple[str, ...], targets: tuple[str, ...], ground: Ground
) -> Disposition:
    """A piece on sheets of the new parent, held against what they say."""
    field = str(piece.field)
    if field == "number":
        return Disposition(piece, "carried", "", targets, piece.value)
    if field == "axis":
        return _in_axis(piece, targets, ground)
    after = ground.after(targets[:1], field)
    return _weighed(piece, targets, ground.before(codes, field), after)


def _weighed(piece: Operation, to: tuple[str, ...], before: Any, after: Any) -> Disposition:
    """A text or an item, where the parent said `before` in its field and says `after` now."""
    value = piece.value
    if piece.way == "set":
        said, rests = same(value, after), not same(before, after)
    else:
        written = written_as(value, after)
        said, rests = written is not None, False
        if piece.way == "remove":
            if written is None:
                return Disposition(piece, "no_home", "item_gone", to, value, after=after)
            return Disposition(piece, "carried", "", to, written)
    if said:
        return Disposition(piece, "said_already", "parent_says_it", to, value)
    if rests:
        return Disposition(piece, "carried", "", to, value, True, before, after)
    return Disposition(piece, "carried", "", to, value)


def _in_axis(piece: Operation, targets: tuple[str, ...], ground: Ground) -> Disposition:
    axis = ground.axis(piece.value)
    if axis is None:
        return Disposition(piece, "no_home", "axis_gone", targets, piece.value)
    return Disposition(piece, "carried", "", targets, axis)


def _left_out(pieces: list[Operation], code: str, ground: Ground) -> Iterator[Disposition]:
    """A sheet left out stays out where nothing else stands on it now."""
    targets = ground.targets(code)
    former = {source for target in targets for source in ground.sources(target)}
    whole = former <= ground.excluded
    for piece in pieces:
        if not targets and ground.why_gone(code) != "unknown":
            yield Disposition(piece, "said_already", "parent_dropped_it", value=piece.value)
        elif not targets:
            yield Disposition(piece, "no_home", "unknown", value=piece.value)
        elif not whole:
            yield Disposition(piece, "to_decide", "part_left_out", targets, piece.value)
        else:
            moved = piece.field is None and not _says_the_same(code, targets, ground)
            yield Disposition(piece, "carried", "", targets, piece.value, to_reread=moved)


def _says_the_same(code: str, targets: tuple[str, ...], ground: Ground) -> bool:
    """Whether a former sheet is still the same, word for word."""
    return all(
        same(ground.before((code,), name), ground.after(targets, name)) for name in TEXT_FIELDS
    )


# --- merges


def _merged(pieces: list[Operation], merge: Merge, ground: Ground) -> Iterator[Disposition]:
    """Sheets merged into one: they still are several, they are one by now, or none."""
    targets = tuple(dict.fromkeys(to for code in merge.sheets for to in ground.targets(code)))
    if len(targets) > 1:
        yield from _still_merged(pieces, merge, targets, ground)
        return
    for piece in pieces:
        if not targets:
            yield Disposition(piece, "no_home", ground.why_gone(piece.sheets[0]), value=piece.value)
        elif piece.field is None:
            yield Disposition(piece, "carried", "one_sheet_now", targets, to_reread=True)
        elif piece.field == "code":
            yield Disposition(piece, "left_behind", "one_sheet_now", targets, piece.value)
        elif piece.field == "sheets":
            yield _source(piece, ground)
        elif piece.way == "keep":
            yield _kept_text(piece, targets, ground)
        else:
            yield _on(piece, merge.sheets, targets, ground)


def _still_merged(
    pieces: list[Operation], merge: Merge, targets: tuple[str, ...], ground: Ground
) -> Iterator[Disposition]:
    taken_by_another = ground.new.sheet(merge.code) and merge.code not in targets
    for piece in pieces:
        if taken_by_another:
            yield Disposition(piece, "to_decide", "code_taken", targets, piece.value)
        elif piece.field == "sheets":
            yield _source(piece, ground)
        elif piece.way == "keep":
            yield _kept_sheet(piece, merge, ground)
        elif piece.field == "axis":
            yield _in_axis(piece, (merge.code,), ground)
        elif piece.way == "set":
            before = ground.before(merge.sheets, str(piece.field))
            after = ground.after(targets, str(piece.field))
            moved = not same(before, after)
            rests = (before, after) if moved else (None, None)
            yield Disposition(piece, "carried", "", (merge.code,), piece.value, moved, *rests)
        else:
            yield Disposition(piece, "carried", "", (merge.code,), piece.value)


def _source(piece: Operation, ground: Ground) -> Disposition:
    """One of the sheets that are merged."""
    targets = ground.targets(piece.value)
    if not targets:
        return Disposition(piece, "no_home", ground.why_gone(piece.value), value=piece.value)
    return Disposition(piece, "carried", "", targets, piece.value)


def _kept_sheet(piece: Operation, merge: Merge, ground: Ground) -> Disposition:
    """The sheet whose text a merge keeps in a field: a choice that rests on what it put aside."""
    targets = ground.targets(piece.value)
    if not targets:
        return Disposition(piece, "no_home", ground.why_gone(piece.value), value=piece.value)
    if len(targets) > 1:
        return Disposition(piece, "to_decide", "split", targets, piece.value)
    field = str(piece.field)
    aside = [code for code in merge.sheets if code != piece.value]
    before = ground.before(aside, field)
    after = ground.after((code for old in aside for code in ground.targets(old)), field)
    moved = not same(before, after)
    rests = (before, after) if moved else (None, None)
    return Disposition(piece, "carried", "", targets, targets[0], moved, *rests)


def _kept_text(piece: Operation, targets: tuple[str, ...], ground: Ground) -> Disposition:
    """The text that a merge kept, where the parent has merged the sheets itself since."""
    field = str(piece.field)
    before, after = ground.before((piece.value,), field), ground.after(targets, field)
    if same(before, after):
        return Disposition(piece, "said_already", "parent_says_it", targets, piece.value)
    return Disposition(
        piece, "to_decide", "kept_text_changed", targets, before, False, before, after
    )


# --- what is added, and the contract itself


def _added(pieces: list[Operation], add: Add, ground: Ground) -> Iterator[Disposition]:
    """A sheet of the local contract's own."""
    code = add.code
    homeless = add.axis is not None and ground.axis(add.axis) is None
    for piece in pieces:
        if ground.new.sheet(code):
            yield Disposition(piece, "to_decide", "code_taken", (code,), piece.value)
        elif homeless:
            yield Disposition(piece, "to_decide", "axis_gone", (code,), piece.value)
        elif piece.field == "axis":
            yield _in_axis(piece, (code,), ground)
        else:
            yield Disposition(piece, "carried", "", (code,), piece.value)


def landed_beside(changes: ChangeSet, ground: Ground) -> Iterator[Disposition]:
    """What becomes of everything that is not about sheets: parties, dates, axes, titles."""
    for placed in changes.to_contract():
        yield from landed(placed, ground)
    answered: set[str] = set()
    for axis, place in changes.placed_axes():
        for piece in axis_pieces(axis, place):
            yield _of_axis(piece, ground, answered)


def _of_contract(piece: Operation, ground: Ground) -> Disposition:
    field = str(piece.field)
    if field in _ENDS:
        return Disposition(piece, "left_behind", "former_contract", value=piece.value)
    return _weighed(piece, (), getattr(ground.then, field), getattr(ground.new, field))


def _of_axis(piece: Operation, ground: Ground, answered: set[str]) -> Disposition:
    """A local axis stays; its link goes to the axis of the new parent that answers, once."""
    if piece.field is None:
        return Disposition(piece, "carried", value=piece.value)
    if piece.field != "parent":
        return Disposition(piece, "left_behind", "former_contract", value=piece.value)
    after = ground.links.axis_after(piece.value)
    if after is None or ground.new.axis(after) is None:
        return Disposition(piece, "no_home", "axis_gone", value=piece.value)
    if after in answered:
        return Disposition(piece, "to_decide", "meet", value=after)
    answered.add(after)
    return Disposition(piece, "carried", value=after)
