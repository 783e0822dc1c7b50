"""The coverage of so many local contracts that each sheet shows how many, and not which."""

from collections.abc import Iterator

from cpps_cli.engine.coverage import FATES, Coverage
from cpps_cli.i18n.catalogue import _, n_
from cpps_cli.i18n.contract_labels import axis_title
from cpps_cli.model import ActionSheet
from cpps_cli.present.document import Answer, Block, Cell, Column, Paragraph, Section, Table
from cpps_cli.present.sections.coverage import LEGEND, not_shown, sign
from cpps_cli.present.sections.coverage_document import COVERAGE, exported_coverage

MOST_NAMED = 20


def coverage_counted(found: Coverage) -> Answer:
    """A row for each sheet of the parent, a column for each fate."""
    title = _("Coverage of {contract}").format(contract=found.parent.label)
    blocks: list[Block] = [Paragraph(_counts(found))]
    blocks.extend(Paragraph(sentence) for sentence in _passed_over(found.passed_over))
    blocks.extend(Paragraph(sentence, quiet=True) for sentence in _reservations(found))
    signs = ", ".join(_(LEGEND[fate]) for fate in FATES) + "."
    blocks.extend((Paragraph(signs), _by_sheet(found)))
    said = _("`--arrondissement N` shows one local contract; `--format csv` has a line for each.")
    blocks.append(Paragraph(said, quiet=True))
    document = COVERAGE.write(found, found, contracts=())
    section = Section(title, tuple(blocks))
    return Answer(section, exported_coverage(found), document)


def _counts(found: Coverage) -> str:
    sheets, places, known = len(found.sheets), found.tally.places, found.tally.known
    counted = (
        n_("{count} sheet", "{count} sheets", sheets).format(count=sheets),
        n_("{count} local contract", "{count} local contracts", places).format(count=places),
        n_("{count} with a known text", "{count} with a known text", known).format(count=known),
    )
    return ", ".join(counted) + "."


def _passed_over(codes: tuple[str, ...]) -> Iterator[str]:
    """Those of which nothing is said: by their codes, where they are not too many to read."""
    if len(codes) > MOST_NAMED:
        said = _("Not shown, because a file is at fault: {count} local contracts.")
        yield said.format(count=len(codes))
    else:
        yield from not_shown(codes)


def _reservations(found: Coverage) -> Iterator[str]:
    tally = found.tally
    for said, count in (
        (_("Written against an earlier text, or to be read again: {count}."), tally.to_reread),
        (_("Held in part, so that the rest is unknown: {count}."), tally.partial),
        (_("With a link to the parent read by us: {count}."), tally.inferred),
        (_("Local sheets that were added: {count}."), tally.added),
    ):
        if count:
            yield said.format(count=count)


def _by_sheet(found: Coverage) -> Table:
    columns = (
        Column("number", _("No.")),
        Column("title", _("Title"), wide=True),
        *(Column(fate, sign(fate), right=True) for fate in FATES),
    )
    rows = [_row(found, sheet) for sheet in found.sheets]
    rows.append(("", _("Total"), *found.totals().values()))
    sections = {
        index: axis_title(found.parent, sheet.axis)
        for index, sheet in enumerate(found.sheets)
        if index == 0 or sheet.axis != found.sheets[index - 1].axis
    }
    return Table(columns, tuple(rows), sections)


def _row(found: Coverage, sheet: ActionSheet) -> tuple[Cell, ...]:
    name = sheet.title or f"… ({sheet.code})"
    return (sheet.number or "–", name, *found.totals_of(sheet.code).values())
