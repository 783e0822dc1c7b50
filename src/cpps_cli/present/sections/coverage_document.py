"""Coverage as scripts read it: its JSON, and its csv, a line for each sheet and territory."""

from collections.abc import Iterable
from operator import itemgetter
from typing import NamedTuple

from cpps_cli.engine.coverage import Coverage, LocalCoverage, LocalSheet, Outcome
from cpps_cli.model import ActionSheet, Contract
from cpps_cli.present.document import Table
from cpps_cli.present.shapes import GIVEN, Key, Many, Shape, csv_table

TOTALS = Shape(
    "Totals",
    dict[str, int],
    "Outcomes by state; adds up to all of them.",
    "inherited adapted merged excluded not_taken_up unknown no_text",
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
REASON = Shape(
    "ReasonDocument",
    tuple,
    "Why, and which text of the local contract says so: `signed`, or an amendment of its own.",
    Key("version", str, itemgetter(0)),
    Key("reason", str, itemgetter(1)),
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
    "review_on=outcome.review_on"
)


class _Row(NamedTuple):
    """A sheet of the parent in one local contract, by the id of the parent."""

    parent: str
    sheet: ActionSheet
    place: LocalCoverage
    outcome: Outcome


def exported_coverage(found: Coverage) -> Table:
    """A line for each sheet of the parent in each territory."""
    pairs = ((sheet, place) for sheet in found.sheets for place in found.places)
    return exported_outcomes(pairs, found.parent)


def exported_outcomes(
    pairs: Iterable[tuple[ActionSheet, LocalCoverage]], parent: Contract
) -> Table:
    """A line for each of these pairs."""
    rows = (_Row(parent.id, sheet, place, place.outcomes[sheet.code]) for sheet, place in pairs)
    return csv_table(_COLUMNS, rows, in_names=False)
