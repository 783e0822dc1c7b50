"""Which sheets are left out most, and why; which exclusions are to be looked at again."""

from collections.abc import Iterator
from datetime import date

from cpps_cli.engine.compare import (
    Exclusion,
    SheetLeftOut,
    exclusions,
    exclusions_to_review,
    left_out_most,
)
from cpps_cli.engine.coverage import Coverage
from cpps_cli.i18n.catalogue import _, n_
from cpps_cli.i18n.dates import day_in_words, short_day
from cpps_cli.i18n.labels import sheet_name
from cpps_cli.present.document import Answer, Block, Cell, Column, Items, Paragraph, Section, Table
from cpps_cli.present.sections.coverage import circumstances, decision_in_words, labels
from cpps_cli.present.sections.coverage_document import (
    COVERED,
    OUTCOME,
    exported_outcomes,
    not_shown,
)
from cpps_cli.present.shapes import GIVEN, Key, Many, Part, Shape

EXCLUSION = Shape(
    "ExclusionDocument",
    Exclusion,
    "A sheet left out by a decision, and whose.",
    Part(OUTCOME, "outcome"),
    "contract=place.contract territory=place.territory.code",
)
# Written with the coverage.
SHEET_LEFT_OUT = Shape(
    "SheetLeftOutDocument",
    SheetLeftOut,
    "A sheet with who left it out, and the territories that did not take it up.",
    Part(COVERED, "sheet"),
    Key("exclusions", Many(EXCLUSION)),
    Key(
        "not_taken_up",
        list[str],
        lambda row: [place.territory.code for place in row.not_taken_up],
    ),
)
LEFT_OUT = Shape(
    "LeftOutDocument",
    Coverage,
    "The parent's sheets that are left out somewhere, most often first.",
    "contract=parent.id parent_version=version on",
    Key("sheets", Many(SHEET_LEFT_OUT), left_out_most),
    "passed_over",
    schema="cpps.left-out/1",
)


def days_until(item: Exclusion, on: date) -> int:
    """Counts the days until an exclusion is to be looked at again."""
    return (item.outcome.review_on - on).days if item.outcome.review_on else 0


# Written with the day.
REVIEWED = Shape(
    "ReviewedExclusion",
    Exclusion,
    "An exclusion to look at again; `days` until then, below zero where the day is past.",
    Part(EXCLUSION),
    "title=sheet.title",
    Key("days", int, in_context=days_until),
)
REVIEW = Shape(
    "ReviewDocument",
    Coverage,
    """The exclusions to look at again: the day is past, or at most `within` days away.

    `without_date` counts the exclusions that no day was set for.
    """,
    "contract=parent.id parent_version=version",
    Key("on", date, GIVEN),
    Key("within", int, GIVEN),
    Key("exclusions", Many(REVIEWED), GIVEN),
    Key("without_date", int, GIVEN),
    "passed_over",
    schema="cpps.exclusions-to-review/1",
)


def left_out(found: Coverage) -> Answer:
    """The sheets left out most, and why."""
    rows = left_out_most(found)
    title = _("Sheets of {contract} left out most").format(contract=found.parent.label)
    blocks = circumstances(found)
    if rows:
        blocks.append(_ranking(rows))
        blocks.extend(_reasons(rows))
    else:
        blocks.append(Paragraph(_("No sheet is left out, as far as the texts are known.")))
    section = Section(title, tuple(blocks))
    return Answer(section, _exported(found, rows), LEFT_OUT.write(found, found))


def to_review(found: Coverage, on: date, within: int) -> Answer:
    """The exclusions whose day to look at them again is past, or at most that many days away."""
    due = exclusions_to_review(found, on, within)
    undated = sum(item.outcome.review_on is None for item in exclusions(found))
    document = REVIEW.write(
        found,
        on=on,
        within=within,
        exclusions=REVIEWED.write_all(due, on),
        without_date=undated,
    )
    title = _("Exclusions to look at again: {contract}").format(contract=found.parent.label)
    blocks: list[Block] = [Paragraph(_counted(len(due), on, within))]
    if due:
        blocks.append(_due(due, on))
    if undated:
        said = n_(
            "{count} other exclusion has no day to look at it again.",
            "{count} other exclusions have no day to look at them again.",
            undated,
        )
        blocks.append(Paragraph(said.format(count=undated), quiet=True))
    blocks.extend(Paragraph(line) for line in not_shown(found.passed_over))
    pairs = [(item.sheet, item.place) for item in due]
    section = Section(title, tuple(blocks))
    return Answer(section, exported_outcomes(pairs, found.parent), document)


# --- left out most


def _ranking(rows: tuple[SheetLeftOut, ...]) -> Table:
    columns = (
        Column("number", _("No.")),
        Column("title", _("Title, and by whom"), wide=True),
        Column("excluded", _("left out"), right=True, narrow=True),
        Column("not_taken_up", _("not taken up"), right=True, narrow=True),
    )
    return Table(columns, tuple(_ranked(row) for row in rows))


def _ranked(row: SheetLeftOut) -> tuple[Cell, ...]:
    places = [item.place for item in row.exclusions]
    lines = [f"{row.sheet.title}." if row.sheet.title else f"… ({row.sheet.code})"]
    if places:
        lines.append(_("Left out: {places}.").format(places=labels(places)))
    if row.not_taken_up:
        lines.append(_("Not taken up: {places}.").format(places=labels(row.not_taken_up)))
    return (row.sheet.number or "–", "\n".join(lines), len(places), len(row.not_taken_up))


def _reasons(rows: tuple[SheetLeftOut, ...]) -> Iterator[Block]:
    if not any(row.exclusions for row in rows):
        yield Paragraph(_("Nowhere is a reason given: these are sheets not taken up."))
        return
    by_sheet = (
        Section(sheet_name(row.sheet), (Items(tuple(map(_why, row.exclusions))),))
        for row in rows
        if row.exclusions
    )
    yield Section(_("Why"), tuple(by_sheet))


def _why(item: Exclusion) -> str:
    decision = list(decision_in_words(item.outcome)) or [_("no reason is given")]
    said = "\n".join(line.rstrip(".") + "." for line in decision)
    return _("{place}: {said}").format(place=item.place.territory.label, said=said)


def _exported(found: Coverage, rows: tuple[SheetLeftOut, ...]) -> Table:
    pairs = [
        (row.sheet, place)
        for row in rows
        for place in (*(item.place for item in row.exclusions), *row.not_taken_up)
    ]
    return exported_outcomes(pairs, found.parent)


# --- to look at again


def _counted(count: int, on: date, within: int) -> str:
    day = day_in_words(on)
    if not count:
        said = _("None on {day}, nor in the {within} days after it.")
        return said.format(day=day, within=within)
    said = n_(
        "{count} exclusion to look at again on {day}, or in the {within} days after it.",
        "{count} exclusions to look at again on {day}, or in the {within} days after it.",
        count,
    )
    return said.format(count=count, day=day, within=within)


def _due(due: tuple[Exclusion, ...], on: date) -> Table:
    columns = (
        Column("review_on", _("Look again on")),
        Column("days", _("Days"), right=True),
        Column("territory", _("Territory")),
        Column("sheet", _("Sheet, and why it was left out"), wide=True),
    )
    return Table(columns, tuple(_due_row(item, on) for item in due))


def _due_row(item: Exclusion, on: date) -> tuple[Cell, ...]:
    review_on = item.outcome.review_on
    why = [item.outcome.reason, item.outcome.decided_by]
    said = ". ".join(part.rstrip(".") for part in (sheet_name(item.sheet), *why) if part) + "."
    return (
        short_day(review_on) if review_on else "–",
        days_until(item, on),
        item.place.territory.label,
        said,
    )
