"""Coverage in JSON and csv, and of so many local contracts that each sheet shows how many."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from cpps_cli.engine.coverage import FATES, Coverage, Fate, LocalCoverage, LocalSheet, Outcome
from cpps_cli.i18n.catalogue import N_, _, n_
from cpps_cli.i18n.labels import axis_titles
from cpps_cli.model import ActionSheet, Contract
from cpps_cli.present.document import Answer, Block, Cell, Column, Paragraph, Section, Table
from cpps_cli.present.sections.derived_document import REASON
from cpps_cli.present.shapes import GIVEN, Key, Many, Shape, cell, csv_table

TOTALS = Shape(
    "Totals",
    dict[str, int],
    "Outcomes by state; adds up to all of them.",
    "inherited adapted merged excluded not_taken_up unknown since_signature no_text",
)
# Written with the coverage.
COVERED = Shape(
    "CoveredSheet",
    ActionSheet,
    "A sheet of the parent; `totals` counts the local contracts by what they made of it.",
    "number code title",
    Key("axis", int | None, in_context=lambda sheet, found: found.parent.axis_number(sheet.axis)),
    "axis_code=axis",
    Key("totals", TOTALS, in_context=lambda sheet, found: found.totals_of(sheet.code)),
)
OUTCOME = Shape(
    "OutcomeDocument",
    Outcome,
    """What became of a sheet of the parent in a local contract.

    `no_text`: no local text is known, so that nothing was decided; it would inherit the sheet.
    `local_sheets` are the codes of those that answer it. `reasons` are all those given, in the
    order of the texts; `reason` is the last.
    """,
    "sheet state=fate local_sheets=held_by to_reread link_inferred reason",
    Key("reasons", Many(REASON)),
    "decided_by decided_on review_on",
)
LOCAL_SHEET = Shape(
    "LocalSheetDocument",
    LocalSheet,
    "",
    "number code title origin from=answers link_inferred to_reread",
)
LOCAL_COVERAGE = Shape(
    "LocalCoverageDocument",
    LocalCoverage,
    "A local contract, both ways: each sheet of the parent, and each of its own sheets.",
    "contract territory=territory.code name=territory.name basis to_reread not_signed_before",
    Key("totals", TOTALS, LocalCoverage.totals),
    Key("sheets", Many(OUTCOME), lambda place: place.outcomes.values()),
    Key("local_sheets", Many(LOCAL_SHEET), "sheets"),
)
# Written with itself, whole or counted.
COVERAGE = Shape(
    "CoverageDocument",
    Coverage,
    """What became of each sheet of the parent in each of its local contracts.

    `passed_over`: territories of which a file is at fault, so that nothing is said of them.
    """,
    "contract=parent.id parent_version=version on",
    Key("sheets", Many(COVERED)),
    Key("contracts", Many(LOCAL_COVERAGE), GIVEN),
    "passed_over",
    Key("totals", TOTALS, lambda found: found.totals()),
    schema="cpps.coverage/1",
)
_COLUMNS = (
    "parent sheet=sheet.code number=sheet.number title=sheet.title "
    "territory=place.territory.code name=place.territory.label state=outcome.fate "
    "local_sheets=outcome.held_by to_reread=outcome.to_reread link_inferred=outcome.link_inferred "
    "reason=outcome.reason decided_by=outcome.decided_by decided_on=outcome.decided_on "
    "review_on=outcome.review_on axis axis_code=sheet.axis basis=place.basis reasons local_numbers "
    "local_titles"
)


class _Row(NamedTuple):
    """A sheet of the parent in one local contract."""

    of: Contract
    sheet: ActionSheet
    place: LocalCoverage
    outcome: Outcome

    @property
    def parent(self) -> str:
        return self.of.id

    @property
    def axis(self) -> int | None:
        return self.of.axis_number(self.sheet.axis)

    @property
    def reasons(self) -> str | None:
        return " | ".join(reason for _version, reason in self.outcome.reasons) or None

    @property
    def _held(self) -> list[LocalSheet]:
        return [item for item in self.place.sheets if item.code in self.outcome.held_by]

    @property
    def local_numbers(self) -> str | None:
        return " ".join(item.number or "–" for item in self._held) or None

    @property
    def local_titles(self) -> str | None:
        return " | ".join(item.title or item.code for item in self._held) or None


def exported_coverage(found: Coverage) -> Table:
    """A line for each sheet of the parent in each territory, and for each that was added there."""
    pairs = ((sheet, place) for sheet in found.sheets for place in found.places)
    table = exported_outcomes(pairs, found.parent)
    if not found.is_of_all_sheets:
        return table
    return table._replace(rows=(*table.rows, *exported_added(found.places, found.parent).rows))


def exported_added(places: Iterable[LocalCoverage], parent: Contract) -> Table:
    """A line for each local sheet that answers none of the parent's, or none for certain."""
    added = ((place, item) for place in places for item in place.sheets if not item.answers)
    rows = (
        {
            "parent": parent.id,
            "territory": place.territory.code,
            "name": place.territory.label,
            "state": item.origin,
            "local_sheets": item.code,
            "to_reread": item.to_reread,
            "link_inferred": item.link_inferred,
            "basis": place.basis,
            "local_numbers": item.number,
            "local_titles": item.title,
        }
        for place, item in added
    )
    names = tuple(word.partition("=")[0] for word in _COLUMNS.split())
    cells = tuple(tuple(cell(row.get(name)) for name in names) for row in rows)
    return Table(tuple(Column(name, name) for name in names), cells)


def exported_outcomes(
    pairs: Iterable[tuple[ActionSheet, LocalCoverage]], parent: Contract
) -> Table:
    """A line for each of these pairs."""
    rows = (_Row(parent, sheet, place, place.outcomes[sheet.code]) for sheet, place in pairs)
    return csv_table(_COLUMNS, rows, in_names=False)


MOST_NAMED = 20


def coverage_counted(found: Coverage) -> Answer:
    """A row for each sheet of the parent, a column for each fate."""
    title = _("Coverage of {contract}").format(contract=found.parent.label)
    blocks: list[Block] = [
        Paragraph(counts(len(found.sheets), found.tally.places, found.tally.known))
    ]
    blocks.extend(Paragraph(sentence) for sentence in _passed_over(found.passed_over))
    blocks.extend(Paragraph(sentence, quiet=True) for sentence in _reservations(found))
    signs = ", ".join(_(LEGEND[fate]) for fate in FATES) + "."
    blocks.extend((Paragraph(signs), _by_sheet(found)))
    said = _("`--arrondissement N` shows one local contract; `--format csv` has a line for each.")
    blocks.append(Paragraph(said, quiet=True))
    document = COVERAGE.write(found, found, contracts=())
    section = Section(title, tuple(blocks))
    return Answer(section, exported_coverage(found), document)


def counts(sheets: int, places: int, known: int) -> str:
    """The figures of a coverage: sheets, local contracts, those of which a text is known."""
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
    return Table(columns, tuple(rows), axis_titles(found.parent, found.sheets))


def _row(found: Coverage, sheet: ActionSheet) -> tuple[Cell, ...]:
    name = sheet.title or f"… ({sheet.code})"
    return (sheet.number or "–", name, *found.totals_of(sheet.code).values())


# The sign of each fate, then what it means: one translation holds both, so that they agree.
LEGEND: dict[Fate, str] = {
    "inherited": N_("I inherited"),
    "adapted": N_("A adapted"),
    "merged": N_("M merged"),
    "excluded": N_("X left out"),
    "not_taken_up": N_("N not taken up"),
    "unknown": N_("? unknown"),
    "since_signature": N_("S since the signature"),
    "no_text": N_("· no text known"),
}


def sign(fate: Fate) -> str:
    """The letter of a fate in the language of the run."""
    return _(LEGEND[fate])[0]


def not_shown(passed_over: tuple[str, ...]) -> Iterator[str]:
    """The territories of which nothing is said, where there are any."""
    if passed_over:
        said = _("Not shown, because a file is at fault: {places}.")
        yield said.format(places=", ".join(passed_over))
