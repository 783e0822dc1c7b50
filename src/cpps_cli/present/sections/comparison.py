"""A sheet of the parent beside the local sheets that answer it, one under the other."""

from collections.abc import Iterator
from typing import Any

from cpps_cli.engine.compare import Comparison, Item, Mark, Side, items_of, marked_items
from cpps_cli.engine.coverage import Fate
from cpps_cli.i18n.catalogue import N_, _, capital
from cpps_cli.i18n.labels import FIELD, ORIGIN, sheet_name
from cpps_cli.model import TEXT_FIELDS, Axis, Indicator
from cpps_cli.present.document import Answer, Block, Cell, Column, Items, Paragraph, Section, Table
from cpps_cli.present.sections.coverage import decision_in_words
from cpps_cli.present.sections.coverage_document import OUTCOME, not_shown
from cpps_cli.present.sections.indicators import INDICATOR
from cpps_cli.present.shapes import Key, Many, Maybe, Part, Shape

# Of a sheet beside the axis in which it stands.
_COMPARED = Shape(
    "ComparedSheet",
    Comparison,
    "What a sheet says, field by field; `axis` is the code of the axis it stands in there.",
    "code=sheet.code number=sheet.number axis=sheet.axis axis_title=axis?.title",
    *(f"{field}=sheet.{field}" for field in TEXT_FIELDS if field != "indicators"),
    Key("indicators", Many(INDICATOR), "sheet.indicators"),
)
_SIDE = Shape(
    "SideDocument",
    Side,
    """What one local contract makes of it; `local_sheet` is null where it holds none.

    `answers`: all the parent's sheets that the local sheet answers, several where it is merged.
    `differing`: the fields in which it does not say what the parent says.
    """,
    Part(OUTCOME, "outcome"),
    "contract territory=territory.code basis answers differing",
    Key("local_sheet", Maybe(_COMPARED), lambda side: side if side.sheet else None),
)
COMPARISON = Shape(
    "ComparisonDocument",
    Comparison,
    """A sheet of the parent beside what each local contract makes of it.

    `differing`: the fields in which at least one local sheet does not say what the parent says.
    """,
    "contract=parent.id parent_version=version",
    Key("sheet", _COMPARED, lambda found: found),
    "differing",
    Key("sides", Many(_SIDE)),
    "passed_over",
    schema="cpps.comparison/1",
)


def exported_comparison(found: Comparison, fields: tuple[str, ...]) -> Table:
    """A line for each contract, then one for each value or item that it has in these fields.

    `mark`: kept (the parent has it too), own (the parent has it not), dropped (only the parent
    has it); none beside the parent's own.
    """
    keys = ("contract", "territory", "state", "sheet", "field", "mark", "text", "reason")
    return Table(tuple(Column(key, key) for key in keys), tuple(_exported(found, fields)))


def _exported(found: Comparison, fields: tuple[str, ...]) -> Iterator[tuple[Cell, ...]]:
    head: tuple[Cell, ...] = (found.parent.id, found.parent.territory, None, found.sheet.code)
    yield (*head, None, None, None, None)
    for field in fields:
        for value in items_of(field, getattr(found.sheet, field)):
            yield (*head, field, None, _flat(value), None)
    for side in found.sides:
        local, outcome = side.sheet, side.outcome
        head = (side.contract, side.territory.code, outcome.fate, local.code if local else None)
        yield (*head, None, None, None, outcome.reason)
        for field in fields if local else ():
            for item in _items(field, found, side):
                yield (*head, field, item.mark, _flat(item.value), None)


def _items(field: str, found: Comparison, side: Side) -> tuple[Item, ...]:
    return marked_items(field, getattr(found.sheet, field), getattr(side.sheet, field))


def _flat(value: str | Indicator) -> str:
    return value.title if isinstance(value, Indicator) else value.strip()


SIGN: dict[Mark, str] = {"kept": "", "own": "+", "dropped": "-"}

ABSENT: dict[Fate, str] = {
    "excluded": N_("left out."),
    "not_taken_up": N_("not taken up: the local text does not have it and gives no reason."),
    "unknown": N_("unknown: we cannot tell whether the local text takes it up."),
    "since_signature": N_("added by the parent since the signature."),
    "no_text": N_("no text is known on that day; what it would inherit was decided by nobody."),
}


def comparison(found: Comparison, fields: tuple[str, ...]) -> Answer:
    """These fields of the sheet, in the parent and in each local contract that holds it."""
    blocks: list[Block] = [Paragraph(_text(found))]
    holders = [side for side in found.sides if side.sheet]
    apart = _apart(found)
    if apart:
        blocks.append(Items(tuple(_side(found, side) for side in apart)))
    if holders and fields:
        blocks.append(_beside(found, holders, fields))
        key = _("= says the same; + the parent does not have it; - only the parent has it.")
        blocks.append(Paragraph(key, quiet=True))
    elif holders:
        is_held = found.sheet.status == "documented"
        same = _("No field differs: the parent's text, word for word.")
        blocks.append(Paragraph(same if is_held else _("Nothing that is held differs.")))
    elif found.is_whole:
        blocks.append(Paragraph(_("No local contract whose text is known holds it.")))
    blocks.extend(Paragraph(line, quiet=True) for line in _others(found, apart))
    section = Section(sheet_name(found.sheet), tuple(blocks))
    return Answer(section, exported_comparison(found, fields), COMPARISON.write(found))


def _text(found: Comparison) -> str:
    if found.version == "signed":
        return found.parent.label
    amended = _("Parent's text as amended by: {version}").format(version=found.version)
    return f"{found.parent.label}. {amended}"


# --- who does what


def _apart(found: Comparison) -> tuple[Side, ...]:
    """Those with a line of their own: who is named, else who has something of its own to say."""
    if not found.is_whole:
        return found.sides
    own = ("adapted", "merged", "excluded")
    return tuple(side for side in found.sides if side.outcome.fate in own or _is_doubtful(side))


def _is_doubtful(side: Side) -> bool:
    return side.outcome.link_inferred or side.outcome.to_reread


def _side(found: Comparison, side: Side) -> str:
    first = _("{place}: {said}").format(place=side.territory.label, said=_fate(found, side))
    return "\n".join([first, *(line.rstrip(".") + "." for line in _remarks(side))])


def _fate(found: Comparison, side: Side) -> str:
    """What it makes of the sheet, with number and title where they are not the parent's."""
    match side.outcome.fate:
        case "inherited":
            is_held = found.sheet.status == "documented"
            how = _("inherited word for word") if is_held else _("inherited; its text is not held")
        case "adapted":
            how = _("adapted")
        case "merged":
            codes = (code for code in side.answers if code != found.sheet.code)
            sheets = ((code, found.parent.sheet(code)) for code in codes)
            others = ((sheet.number if sheet else None) or code for code, sheet in sheets)
            how = _("merged with {others}").format(others=", ".join(others))
        case absent:
            return _(ABSENT[absent])
    local = side.sheet
    if local is None or (local.number is None and local.title == found.sheet.title):
        return f"{how}."
    name = local.number if local.title == found.sheet.title else sheet_name(local)
    return _("{how}, as {name}.").format(how=how, name=name)


def _remarks(side: Side) -> Iterator[str]:
    yield from decision_in_words(side.outcome)
    if side.outcome.link_inferred:
        yield _("Link to the parent inferred: read by us, stated in no source")
    if side.outcome.to_reread:
        yield _("To read again: the parent's text has changed under this one")


def _others(found: Comparison, apart: tuple[Side, ...]) -> Iterator[str]:
    """Those without a line of their own, by what is known of them."""
    places: dict[Fate, list[str]] = {}
    for side in found.sides:
        if side not in apart:
            places.setdefault(side.outcome.fate, []).append(side.territory.label)
    for fate, labels in places.items():
        words = _("{what}: {when}").format(what=capital(_(ORIGIN[fate])), when=", ".join(labels))
        yield f"{words}."
    yield from not_shown(found.passed_over)


# --- field by field


def _beside(found: Comparison, holders: list[Side], fields: tuple[str, ...]) -> Table:
    """Rows under each field: the parent's items, those who say the same, then the others."""
    rows: list[tuple[Cell, ...]] = []
    sections: dict[int, str] = {}
    for field in fields:
        sections[len(rows)] = capital(_(FIELD[field]))
        own = [("", value) for value in _shown_items(field, found.sheet, found.axis)]
        rows.extend(_rows(_("Parent"), own))
        same = [side.territory.label for side in holders if field not in side.differing]
        if same:
            rows.append(("", "=", ", ".join(same)))
        for side in holders:
            if field in side.differing:
                rows.extend(_rows(side.territory.label, _marked(field, found, side)))
    columns = (
        Column("whose", _("Whose")),
        Column("mark", ""),
        Column("text", _("Text"), wide=True),
    )
    return Table(columns, tuple(rows), sections)


def _rows(label: str, items: list[tuple[str, str]]) -> Iterator[tuple[Cell, ...]]:
    for position, (mark, value) in enumerate(items or [("", "–")]):
        yield ("" if position else label, mark, value)


def _marked(field: str, found: Comparison, side: Side) -> list[tuple[str, str]]:
    if field == "axis":
        return [("+", _axis(side.axis, side.sheet.axis if side.sheet else None))]
    return [(SIGN[item.mark], _in_words(item.value)) for item in _items(field, found, side)]


def _shown_items(field: str, sheet: Any, axis: Axis | None) -> list[str]:
    if field == "axis":
        return [_axis(axis, sheet.axis)]
    return [_in_words(value) for value in items_of(field, getattr(sheet, field))]


def _axis(axis: Axis | None, code: str | None) -> str:
    if axis is None:
        return code or _("Axis unknown")
    number = axis.code if axis.number is None else str(axis.number)
    title = axis.title or _("(title unknown)")
    return _("Axis {number}. {title}").format(number=number, title=title)


def _in_words(value: str | Indicator) -> str:
    """On one line: the line ends inside a text are those of the file."""
    if isinstance(value, str):
        return " ".join(value.split())
    measured = filter(None, [value.unit, value.every, value.target])
    return f"{value.title} ({' ; '.join(measured)})"
