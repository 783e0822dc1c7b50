"""`cpps coverage`: what became of each sheet of the parent, in each local contract?"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple

from cpps_cli.cli.options import (
    ContractOption,
    DialectOption,
    FormatOption,
    OnOption,
    SheetOption,
    option,
)
from cpps_cli.cli.parallel import Names
from cpps_cli.cli.session import Session
from cpps_cli.cli.stream import (
    ArrondissementsOption,
    Notation,
    Part,
    Stream,
    local_contracts_asked,
    local_parts,
    refuse_snapshot,
)
from cpps_cli.diagnostics import CppsError
from cpps_cli.i18n.catalogue import _

if TYPE_CHECKING:
    from cpps_cli.diagnostics import Diagnostic
    from cpps_cli.engine import Derivation, Parent
    from cpps_cli.engine.coverage import Coverage, LocalCoverage, Portion
    from cpps_cli.library.reader import LibraryFolder
    from cpps_cli.model import ActionSheet, Territory
    from cpps_cli.present.document import Answer

WITHIN = 90
# A column for each would fit on no screen and no page: of more of them, how many is shown.
MOST_SHOWN = 100
Kept = Literal["texts", "counts", "places", "left_out"]
# What is needed of each local contract: its text, what it adds to totals, all, what it leaves out.
LeftOutOption = Annotated[
    bool, option("--left-out", help=_("Which sheets are left out most, and why."))
]
ToReviewOption = Annotated[
    bool, option("--to-review", help=_("Which exclusions are to be looked at again."))
]
WithinOption = Annotated[
    int | None,
    option(
        "--within",
        metavar="DAYS",
        min=0,
        help=_("With `--to-review`: how many days ahead; 90 if none is given."),
    ),
]


def coverage(
    session: Session,
    sheet: SheetOption = None,
    arrondissement: ArrondissementsOption = None,
    left_out: LeftOutOption = False,
    to_review: ToReviewOption = False,
    within: WithinOption = None,
    contract: ContractOption = None,
    on: OnOption = None,
    format: FormatOption = "table",
    dialect: DialectOption = "plain",
) -> int:
    """Accounts for every sheet of the parent in the local contracts."""
    if left_out and to_review:
        raise CppsError("ask one thing at a time: `--left-out` or `--to-review`")
    if within is not None and not to_review:
        raise CppsError("`--within` goes with `--to-review`")
    parent = session.text_on(contract, on)
    chosen = None if sheet is None else _sheet_of(parent, sheet)
    notation = Notation(format, dialect)
    session.refuse_dialect(dialect, format)
    named = arrondissement is not None or chosen is not None
    kept = "left_out" if left_out or to_review else _kept(parent, notation, is_named=named)
    asked = _Asked(session.folder, parent, chosen, kept, notation)
    stream, codes = _stream(session, asked, arrondissement)
    found = _coverage(asked, stream, codes)
    complete = session.mention_faults(stream.faults)
    session.mention_edited(stream.faults)
    horizon = WITHIN if within is None else within
    answer = _to_review(session, found, horizon) if to_review else _answer(asked, found)
    if kept == "texts":
        session.pour_all(stream.written(session.stood(answer)))
    else:
        session.show(answer, format, dialect)
    return 0 if complete else 1


class _Asked(NamedTuple):
    """The parent, the one sheet of it that is asked about, and how its coverage is shown."""

    folder: "LibraryFolder"
    parent: "Parent"
    sheet: "ActionSheet | None"
    kept: Kept
    notation: Notation

    @property
    def sheets(self) -> "tuple[ActionSheet, ...]":
        """The sheets of the parent that are asked about."""
        return self.parent.now.contract.sheets if self.sheet is None else (self.sheet,)


def _sheet_of(parent: "Parent", word: str) -> "ActionSheet":
    from cpps_cli.engine.lookup import find_sheet

    return find_sheet(parent, word)


def _kept(parent: "Parent", notation: Notation, *, is_named: bool) -> Kept:
    """Whether scripts read it, or a table that has room for all of them or for totals."""
    if notation.is_itemised:
        return "texts"
    many = len(parent.now.contract.local_territories) > MOST_SHOWN
    return "counts" if many and not is_named else "places"


def _stream(
    session: Session, asked: _Asked, words: str | None
) -> "tuple[Stream[Portion], tuple[str, ...]]":
    """The local contracts named, or all, some at a time; and the codes of their territories."""
    contract = asked.parent.now.contract
    if words is None:
        refuse_snapshot(session)
        codes = contract.local_territories
        parts = local_parts(session.folder, contract.id, codes, partial(_part_of, asked))
        return Stream(parts, asked.notation), codes
    found, codes = local_contracts_asked(session, asked.parent, words)
    return Stream([_part(asked, found)], asked.notation), codes


def _part_of(asked: _Asked, codes: Names) -> "Part[Portion]":
    from cpps_cli.engine import local_contracts

    return _part(asked, local_contracts(asked.parent, asked.folder, codes))


def _part(asked: _Asked, found: "Iterable[tuple[Derivation, Territory]]") -> "Part[Portion]":
    from cpps_cli.engine.coverage import portion

    faults: list[Diagnostic] = []
    some = portion(_noting(found, faults), asked.sheet, partial(_needed, asked.kept))
    if asked.kept != "texts":
        return Part(some, (), tuple(faults)).packed()
    texts = _texts(asked, some.places) if some.places else ()
    some = replace(some, places=())
    return Part(some, texts, tuple(faults)).packed()


def _needed(kept: Kept, place: "LocalCoverage") -> "LocalCoverage | None":
    """What is still needed of a local contract after it was counted."""
    if kept == "counts":
        return None
    return place.of_left_out() if kept == "left_out" else place


def _noting(
    found: "Iterable[tuple[Derivation, Territory]]", faults: "list[Diagnostic]"
) -> "Iterator[tuple[Derivation, Territory]]":
    """Notes the faults of each as it passes: none is kept after the next was derived."""
    for derivation, territory in found:
        faults += derivation.faults
        yield derivation, territory


def _texts(asked: _Asked, places: "Sequence[LocalCoverage]") -> tuple[str, ...]:
    """Their JSON; or their rows of csv, sheet by sheet, then those that were added."""
    from cpps_cli.formats.records import csv_rows, json_items
    from cpps_cli.present.sections.coverage_document import (
        LOCAL_COVERAGE,
        exported_added,
        exported_outcomes,
    )

    if asked.notation.format == "json":
        return (json_items(LOCAL_COVERAGE.write_all(places)),)
    parent = asked.parent.now.contract
    pairs = ([(sheet, place) for place in places] for sheet in asked.sheets)
    tables = [exported_outcomes(some, parent) for some in pairs]
    if asked.sheet is None:
        tables.append(exported_added(places, parent))
    return tuple(csv_rows(table, asked.notation.dialect) for table in tables)


def _coverage(asked: _Asked, stream: "Stream[Portion]", codes: Names) -> "Coverage":
    from cpps_cli.engine.coverage import coverage

    portions = (_with_known(some, asked.folder.territories) for some in stream.kept())
    return coverage(asked.parent, portions, codes, *asked.sheets)


def _with_known(some: "Portion", territories: "Mapping[str, Territory]") -> "Portion":
    """Puts the territories known here for those that another process sends: they need no room."""
    places = (replace(item, territory=territories[item.territory.code]) for item in some.places)
    return replace(some, places=tuple(places))


def _answer(asked: _Asked, found: "Coverage") -> "Answer":
    from cpps_cli.present.sections.coverage import coverage, sheet_coverage
    from cpps_cli.present.sections.coverage_document import coverage_counted
    from cpps_cli.present.sections.left_out import left_out

    if asked.kept == "left_out":
        return left_out(found)
    if asked.kept in ("texts", "counts"):
        return coverage_counted(found)
    return coverage(found) if asked.sheet is None else sheet_coverage(found)


def _to_review(session: Session, found: "Coverage", within: int) -> "Answer":
    from cpps_cli.present.sections.left_out import to_review

    return to_review(found, found.on or session.today, within)
