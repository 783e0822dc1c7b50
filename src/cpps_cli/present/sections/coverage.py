"""What became of each sheet of the parent in each local contract: a letter where they meet."""

from collections.abc import Iterator, Sequence

from cpps_cli.engine.coverage import FATES, Coverage, LocalCoverage, LocalSheet, Outcome
from cpps_cli.i18n.catalogue import _, n_
from cpps_cli.i18n.dates import day_in_words
from cpps_cli.i18n.labels import (
    ORIGIN,
    announced_in_words,
    axis_titles,
    reasons_in_short,
    sheet_name,
)
from cpps_cli.model import ActionSheet, Contract
from cpps_cli.present.document import Answer, Block, Cell, Column, Paragraph, Section, Table
from cpps_cli.present.sections.coverage_document import (
    COVERAGE,
    LEGEND,
    LOCAL_COVERAGE,
    counts,
    exported_coverage,
    not_shown,
    sign,
)


def coverage(found: Coverage) -> Answer:
    """The sheets × the local contracts, with their totals, and what local sheets answer."""
    title = _("Coverage of {contract}").format(contract=found.parent.label)
    blocks = circumstances(found)
    if found.places:
        blocks.append(Paragraph(legend()))
        if found.sheets and (columns := _shown(found)):
            blocks.append(_matrix(found, columns))
        blocks.append(Section(_("Totals by territory"), (_by_territory(found),)))
        blocks.extend(_answering(found))
    return _answer(title, blocks, found)


def sheet_coverage(found: Coverage) -> Answer:
    """One sheet of the parent, a line for each local contract."""
    [sheet] = found.sheets
    title = _("Coverage of the sheet {name}").format(name=sheet_name(sheet))
    blocks: list[Block] = [Paragraph(found.parent.label), *circumstances(found)]
    if with_text(found):
        blocks.append(_by_place(found, sheet))
    return _answer(title, blocks, found)


def _answer(title: str, blocks: list[Block], found: Coverage) -> Answer:
    document = COVERAGE.write(found, found, contracts=LOCAL_COVERAGE.write_all(found.places))
    return Answer(Section(title, tuple(blocks)), exported_coverage(found), document)


def legend() -> str:
    """What the letters mean."""
    signs = ", ".join(_(LEGEND[fate]) for fate in FATES)
    taken = ", ".join(sign(fate) for fate in ("inherited", "adapted", "merged"))
    out = ", ".join(sign(fate) for fate in ("excluded", "not_taken_up"))
    said = _("{signs}; ! beside a letter: to re-read. Taken: {taken}; out: {out}.")
    return said.format(signs=signs, taken=taken, out=out)


def with_text(found: Coverage) -> list[LocalCoverage]:
    """The local contracts of which a text is known."""
    return [place for place in found.places if place.basis != "no_text"]


def circumstances(found: Coverage) -> list[Block]:
    """What the reader must know before the figures: how many, and of whom nothing is known."""
    if not found.parent.local_territories:
        return [Paragraph(_("This contract is derived for no territory."))]
    counted = counts(len(found.sheets), len(found.places), len(with_text(found)))
    blocks: list[Block] = [Paragraph(counted)]
    blocks.extend(Paragraph(sentence) for sentence in _unknown(found))
    blocks.extend(Paragraph(sentence, quiet=True) for sentence in _reservations(found))
    return blocks


def _unknown(found: Coverage) -> Iterator[str]:
    if not found.parent.sheets:
        yield _("No sheet of the parent is held.")
    without = [p for p in found.places if p.basis == "no_text" and p.not_signed_before is None]
    if without:
        said = _("No text is known of: {places}. What they would inherit was decided by nobody.")
        yield said.format(places=labels(without))
    for place in found.places:
        if place.not_signed_before is not None:
            said = _("{place}: signed on {day}; on the day asked it had no text.")
            day = day_in_words(place.not_signed_before)
            yield said.format(place=place.territory.label, day=day)
    yield from not_shown(found.passed_over)


def _reservations(found: Coverage) -> Iterator[str]:
    """What makes the figures less sure than they look."""
    yield from filter(None, [announced_in_words(found.parent)])
    for said, places in (
        (
            _("Written against an earlier text of the parent, or to be read again: {places}."),
            [place for place in found.places if place.to_reread],
        ),
        (
            _("Held in part, so that the rest is unknown: {places}."),
            [place for place in found.places if place.basis == "partial"],
        ),
        (
            _("Links to the parent read by us, stated in no source: {places}."),
            [place for place in found.places if _is_inferred(place)],
        ),
    ):
        if places:
            yield said.format(places=labels(places))


def _is_inferred(place: LocalCoverage) -> bool:
    return any(outcome.link_inferred for outcome in place.outcomes.values())


def labels(places: Sequence[LocalCoverage]) -> str:
    """The short names of territories."""
    return ", ".join(place.territory.label for place in places)


# --- the sheets of the parent


def _shown(found: Coverage) -> list[LocalCoverage]:
    """The local contracts that get a column: those named, else those of which a text is known.

    In the columns of the others nothing but the same sign would stand.
    """
    return with_text(found) if found.is_whole else list(found.places)


def _matrix(found: Coverage, places: list[LocalCoverage]) -> Table:
    """A row for each sheet, a column for each of these local contracts."""
    columns = (
        Column("number", _("No.")),
        Column("title", _("Title"), wide=True),
        *(Column(item.territory.code, item.territory.label, narrow=True) for item in places),
        Column("taken", _("taken"), right=True, narrow=True),
        Column("left", _("out"), right=True, narrow=True),
    )
    rows = tuple(_matrix_row(found, sheet, places) for sheet in found.sheets)
    return Table(columns, rows, axis_titles(found.parent, found.sheets))


def _matrix_row(
    found: Coverage, sheet: ActionSheet, places: list[LocalCoverage]
) -> tuple[Cell, ...]:
    count = found.totals_of(sheet.code)
    cells = (_cell(place.outcomes[sheet.code]) for place in places)
    taken = count["inherited"] + count["adapted"] + count["merged"]
    name = sheet.title or f"… ({sheet.code})"
    return (sheet.number or "–", name, *cells, taken, count["excluded"] + count["not_taken_up"])


def _cell(outcome: Outcome) -> str:
    return sign(outcome.fate) + ("!" if outcome.to_reread else "")


def _by_territory(found: Coverage) -> Table:
    columns = (
        Column("territory", _("Territory")),
        Column("text", _("Text")),
        *(Column(fate, sign(fate), right=True, narrow=True) for fate in FATES),
        Column("to_reread", "!", right=True, narrow=True),
        Column("added", _("added"), right=True, narrow=True),
    )
    known = {"no_text": _("none known"), "partial": _("in part"), "full": _("whole")}
    shown = _shown(found)
    others = [place for place in found.places if place not in shown]
    rows: list[tuple[Cell, ...]] = [
        (place.territory.label, known[place.basis], *_counts([place])) for place in shown
    ]
    if others:
        many = n_("{count} other", "{count} others", len(others)).format(count=len(others))
        rows.append((many, known["no_text"], *_counts(others)))
    if len(rows) > 1:
        rows.append((_("Total"), "", *_counts(found.places)))
    return Table(columns, tuple(rows))


def _counts(places: Sequence[LocalCoverage]) -> tuple[int, ...]:
    totals = [place.totals() for place in places]
    outcomes = [outcome for place in places for outcome in place.outcomes.values()]
    added = [item for place in places for item in place.sheets if item.origin == "added"]
    by_fate = (sum(count[fate] for count in totals) for fate in FATES)
    return (*by_fate, sum(outcome.to_reread for outcome in outcomes), len(added))


def _by_place(found: Coverage, sheet: ActionSheet) -> Table:
    columns = (
        Column("territory", _("Territory")),
        Column("state", _("State")),
        Column("local", _("Local sheet, or why not"), wide=True),
    )
    rows = tuple(_place_row(place, sheet) for place in with_text(found))
    return Table(columns, rows)


def _place_row(place: LocalCoverage, sheet: ActionSheet) -> tuple[Cell, ...]:
    outcome = place.outcomes[sheet.code]
    held = (item for item in place.sheets if item.code in outcome.held_by)
    names = "; ".join(_local_name(item) for item in held)
    state = _(ORIGIN[outcome.fate]) + ("!" if outcome.to_reread else "")
    lines = [names, *decision_in_words(outcome)]
    return (place.territory.label, state, " – ".join(filter(None, lines)) or "–")


def decision_in_words(outcome: Outcome) -> Iterator[str]:
    """Why, who decided and when, and when to look at it again."""
    yield from reasons_in_short(outcome.reasons)
    day = day_in_words(outcome.decided_on) if outcome.decided_on else None
    if decided := ", ".join(filter(None, [outcome.decided_by, day])):
        yield decided
    if outcome.review_on:
        yield _("To look at again on: {day}").format(day=day_in_words(outcome.review_on))


# --- the local sheets


def _answering(found: Coverage) -> Iterator[Section]:
    """What local sheets answer: all of them where territories are named, else the merged and added.

    The others are in the matrix, each in one place.
    """
    rows: list[tuple[Cell, ...]] = []
    sections: dict[int, str] = {}
    for place in with_text(found):
        items = [item for item in place.sheets if not found.is_whole or _is_own(item)]
        if items:
            sections[len(rows)] = place.territory.name
            rows.extend(_local_row(found.parent, item) for item in items)
    if not rows:
        return
    columns = (
        Column("number", _("No.")),
        Column("title", _("Title"), wide=True),
        Column("origin", _("Origin")),
        Column("from", _("From")),
    )
    heading = _("Merged and added local sheets") if found.is_whole else _("Local sheets")
    said = _("From: the parent's sheets that it answers; ? one of them may be its origin.")
    if any(str(row[-1]).endswith("*") for row in rows):
        said += " " + _("* link to the parent read by us, stated in no source.")
    if found.is_whole:
        said += " " + _("`--arrondissement N` lists every sheet of one.")
    table = Table(columns, tuple(rows), sections)
    yield Section(heading, (table, Paragraph(said, quiet=True)))


def _is_own(item: LocalSheet) -> bool:
    return item.origin in ("merged", "added")


def _local_row(parent: Contract, item: LocalSheet) -> tuple[Cell, ...]:
    title = item.title or f"… ({item.code})"
    again = _("to re-read:") + " " if item.to_reread else ""
    return (item.number or "–", again + title, _(ORIGIN[item.origin]), _from(parent, item))


def _from(parent: Contract, item: LocalSheet) -> str:
    if item.answers is None:
        return "?"
    sheets = [parent.sheet(code) for code in item.answers]
    names = [(sheet.number if sheet else None) or "–" for sheet in sheets]
    return " + ".join(names) + ("*" if item.link_inferred and names else "")


def _local_name(item: LocalSheet) -> str:
    return " ".join(filter(None, [item.number, item.title or item.code]))
