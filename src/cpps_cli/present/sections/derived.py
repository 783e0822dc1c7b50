"""A local contract as it follows from its parent."""

from collections.abc import Iterator
from dataclasses import dataclass

from cpps_cli.engine.lookup import reasons_of
from cpps_cli.i18n.catalogue import _, capital, n_
from cpps_cli.i18n.dates import day_in_words, period_in_words
from cpps_cli.i18n.labels import (
    BASIS,
    ORIGIN,
    announced_in_words,
    axis_titles,
    milestone_in_words,
    reasons_in_words,
    sheet_name,
)
from cpps_cli.model import SIGNED, Contract, Derived, DerivedSheet, LeftOut, Territory
from cpps_cli.present.document import Answer, Block, Cell, Column, Paragraph, Section, Table
from cpps_cli.present.sections.certainty import (
    axis_signed,
    certainty_of,
    in_brackets,
    legend,
    numbered,
    titled,
)
from cpps_cli.present.sections.derived_document import (
    DERIVED,
    Provenance,
    exported,
    with_provenance,
)
from cpps_cli.present.sections.provenance import account_sections
from cpps_cli.present.sections.since_signature import rule_in_words, since_signature_section


@dataclass(frozen=True, slots=True)
class Later:
    """The contract of the next generation, and whether it holds a text of the same territory."""

    contract: Contract
    has_text: bool


def derived_contract(
    derived: Derived,
    territory: Territory,
    later: Later | None = None,
    provenance: Provenance | None = None,
) -> Answer:
    """One local contract, whole; with where each value comes from where that is asked."""
    document = DERIVED.write(derived, derived)
    title = _("{contract}: {place}").format(contract=derived.parent.label, place=territory.name)
    blocks = _head(derived)
    if derived.sheets:
        blocks.append(_shown(derived))
    blocks.extend(_left_out(derived))
    blocks.extend(since_signature_section(derived))
    blocks.append(Paragraph(_sum(derived), quiet=True))
    if later is not None:
        blocks.append(Paragraph(_later(later), quiet=not later.has_text))
    table = exported([document])
    if provenance is not None:
        blocks.append(_provenance(derived, provenance))
        document = with_provenance(document, provenance)
    return Answer(Section(title, tuple(blocks)), table, document)


def _provenance(derived: Derived, provenance: Provenance) -> Section:
    accounts = [(_("The contract itself"), provenance.contract)]
    accounts += [
        (sheet_name(item.sheet), provenance.sheets[item.sheet.code]) for item in derived.sheets
    ]
    parts = (
        Section(title, tuple(account_sections(own, provenance.locate))) for title, own in accounts
    )
    return Section(_("Where each value comes from"), tuple(parts))


def _later(later: Later) -> str:
    title, name = later.contract.label, later.contract.id
    if later.has_text:
        held = _("A text of this territory is held under {title}: `--contract {id}`.")
        return held.format(title=title, id=name)
    return _("A later contract exists: {title} (`--contract {id}`).").format(title=title, id=name)


def _head(derived: Derived) -> list[Block]:
    sentences = [capital(_(BASIS[derived.basis])) + "."]
    if derived.basis == "partial" and not derived.sheets:
        sentences = [_("It is known to exist; no sheet of it is held.")]
    if derived.not_signed_before is not None:
        day = day_in_words(derived.not_signed_before)
        sentences = [
            _("It was signed on {day}: on the day asked it had no text.").format(day=day),
            *before_signature(derived),
            _("This is what it would inherit."),
        ]
    announced = derived.contract.retained("announced_sheets")
    if announced is not None and derived.basis == "partial":
        said = _("Sheets announced: {announced}; held: {held}.")
        sentences.append(said.format(announced=announced.value, held=len(derived.sheets)))
    if missing := announced_in_words(derived.parent):
        sentences.append(missing)
    if derived.version != SIGNED:
        amended = _("Text as amended by: {version}").format(version=derived.version)
        sentences.append(f"{amended}.")
    sentences.extend(rule_in_words(derived))
    if derived.to_reread:
        sentences.append(_to_reread(derived))
    return [*_own_title(derived), Paragraph(" ".join(sentences)), *_dates(derived)]


def before_signature(derived: Derived) -> Iterator[str]:
    """What a text was on a day before its signature: drafted, presented, validated."""
    if derived.contract.milestones:
        lines = ", ".join(map(milestone_in_words, derived.contract.milestones))
        yield _("On that day: {milestones}.").format(milestones=lines)


def _own_title(derived: Derived) -> list[Block]:
    """The title and the life of a local text, and what its keepers say of it."""
    if derived.overlay is None:
        return []
    lines = [milestone_in_words(milestone) for milestone in derived.contract.milestones]
    life = " · ".join(capital(line) for line in lines)
    blocks: list[Block] = [Paragraph(derived.contract.title)]
    blocks.extend(Paragraph(line, quiet=True) for line in (life, derived.overlay.note) if line)
    return blocks


def _to_reread(derived: Derived) -> str:
    written = derived.overlay.parent_version if derived.overlay else ""
    if written == derived.parent_version:
        return _("To read again in part: `cpps update` shows where.")
    return _("To read again: written against `{written}`, the parent is at `{current}`.").format(
        written=written, current=derived.parent_version
    )


def _dates(derived: Derived) -> list[Block]:
    lines = []
    for field, pattern in (("term", _("Term: {period}")), ("window", _("Window: {period}"))):
        held = derived.contract.retained(field)
        if held is not None:
            line = pattern.format(period=period_in_words(held.value))
            if field in derived.inherited:
                line = _("{fact}, the parent's").format(fact=line)
            lines.append(in_brackets(line, certainty_of(derived.contract, field)))
    lines += filter(None, [_reading_in_words(derived.contract)])
    return [Paragraph("\n".join(lines), quiet=True)] if lines else []


def _shown(derived: Derived) -> Table:
    columns = (
        Column("number", _("No.")),
        Column("title", _("Title"), wide=True),
        Column("origin", _("Origin")),
        Column("from", _("From")),
    )
    rows = tuple(_shown_row(derived, item) for item in derived.sheets)
    sheets = [item.sheet for item in derived.sheets]
    return Table(columns, rows, axis_titles(derived.contract, sheets, axis_signed))


def _shown_row(derived: Derived, item: DerivedSheet) -> tuple[Cell, ...]:
    title = titled(item.sheet, f"… ({item.sheet.code})")
    again = _("to re-read:") + " " if item.to_reread else ""
    why = (f"{reason.rstrip('.')}." for reason in reasons_in_words(reasons_of(derived, item)))
    told = ". ".join((again + title, *(line.rstrip(".") for line in why)))
    return (numbered(item.sheet), told, _(ORIGIN[item.origin]), _from(derived, item))


def _from(derived: Derived, item: DerivedSheet) -> str:
    if item.answers is None:
        return "?"
    names = []
    for code in item.answers:
        parent = derived.parent_sheet(code)
        unnumbered = "–" if code == item.sheet.code else code
        names.append((parent.number if parent else None) or unnumbered)
    return " + ".join(names) + ("*" if item.link_inferred else "")


def _left_out(derived: Derived) -> list[Section]:
    if not derived.left_out:
        return []
    columns = (
        Column("number", _("No.")),
        Column("title", _("Title"), wide=True),
        Column("origin", _("Fate")),
    )
    rows = tuple(
        (
            numbered(item.sheet),
            _left_title(item),
            _(ORIGIN[item.origin]),
        )
        for item in derived.left_out
    )
    heading = _("What becomes of the parent's other sheets")
    return [Section(heading, (Table(columns, rows),))]


def _left_title(item: LeftOut) -> str:
    again = _("to re-read:") + " " if item.to_reread else ""
    title = again + titled(item.sheet, f"… ({item.sheet.code})")
    if item.reason:
        title = _("{title}. Reason: {reason}").format(title=title, reason=item.reason)
    day = day_in_words(item.decided_on) if item.decided_on else None
    by = ", ".join(filter(None, (item.decided_by, day, item.repealed_by)))
    title = f"{title} ({by})" if by else title
    if item.review_on:
        review = _("To look at again on: {day}").format(day=day_in_words(item.review_on))
        title = f"{title.rstrip('.')}. {review}"
    return title


def _sum(derived: Derived) -> str:
    total = len(derived.sheets)
    sheets = n_("{count} sheet", "{count} sheets", total).format(count=total)
    kinds = _kinds(derived)
    said = f"{sheets} ({kinds})." if kinds else f"{sheets}."
    said += " " + _of_the_parent(derived)
    if any(item.link_inferred for item in derived.sheets):
        said += " " + _("* link to the parent read by us, stated in no source.")
    if any(item.answers is None for item in derived.sheets):
        said += " " + _("? a sheet of the parent may be its origin.")
    told = (item.sheet for items in (derived.sheets, derived.left_out) for item in items)
    signs = legend(derived.contract, told)
    return f"{said} {signs}" if signs else said


def _kinds(derived: Derived) -> str:
    """The local sheets by origin; French agrees with each count."""
    count = derived.summary()
    inherited, adapted = count["inherited"], count["adapted"]
    merged, added = count["merged"], count["added"]
    return _counted(
        (inherited, n_("{count} inherited", "{count} inherited", inherited)),
        (adapted, n_("{count} adapted", "{count} adapted", adapted)),
        (merged, n_("{count} merged", "{count} merged", merged)),
        (added, n_("{count} added", "{count} added", added)),
    )


def _fates(derived: Derived) -> str:
    """The parent's sheets by what became of them."""
    count = derived.parent_summary()
    taken, excluded = count["taken"], count["excluded"]
    absent, unknown = count["not_taken_up"], count["unknown"]
    since = count["since_signature"]
    left_out = n_("{count} left out with a reason", "{count} left out with a reason", excluded)
    return _counted(
        (taken, n_("{count} taken", "{count} taken", taken)),
        (excluded, left_out),
        (absent, n_("{count} not taken up", "{count} not taken up", absent)),
        (unknown, n_("{count} unknown", "{count} unknown", unknown)),
        (since, n_("{count} since the signature", "{count} since the signature", since)),
    )


def _counted(*said: tuple[int, str]) -> str:
    return ", ".join(pattern.format(count=count) for count, pattern in said if count)


def _of_the_parent(derived: Derived) -> str:
    parent = derived.parent_of_day
    if not parent.sheets:
        return _("No sheet of the parent is held.")
    total, announced = len(parent.sheets), parent.retained("announced_sheets")
    if announced is None or announced.value == total:
        return _("Of the parent's {total}: {fates}.").format(total=total, fates=_fates(derived))
    said = _("Of the {total} held of the parent's {announced}: {fates}.")
    return said.format(total=total, announced=announced.value, fates=_fates(derived))


def _reading_in_words(contract: Contract) -> str:
    """Says which reading the dates rest on; "" where that is no question."""
    used = contract.reading_used
    return _("Reading used: `{used}`, which is retained.").format(used=used) if used else ""
