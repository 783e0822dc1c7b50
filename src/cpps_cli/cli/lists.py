"""The verbs that list: action sheets, contracts, programmes, what sources disagree on."""

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple

from cpps_cli.cli.complete import complete_axis
from cpps_cli.cli.options import (
    ContractOption,
    DialectOption,
    FormatOption,
    OnlyContractOption,
    OnOption,
    option,
)
from cpps_cli.cli.session import Session
from cpps_cli.diagnostics import CppsError
from cpps_cli.i18n.catalogue import _

if TYPE_CHECKING:
    from cpps_cli.cli.parallel import Names
    from cpps_cli.cli.stream import Notation, Part
    from cpps_cli.diagnostics import Diagnostic
    from cpps_cli.engine import Parent
    from cpps_cli.library.reader import LibraryFolder
    from cpps_cli.model import Contract
    from cpps_cli.model.sheet import SheetQuestion
    from cpps_cli.present.document import Answer
    from cpps_cli.present.sections.contracts import Line, Shelf
    from cpps_cli.present.shapes import Json
    from cpps_cli.schedule.generations import CatalogueEntry, Generations


_AXIS = option(
    "--axis", metavar="N", help=_("Only this axis, by number or code."), complete=complete_axis
)
_STATUS = option(
    "--status", metavar="STATUS", help=_("Only those: documented, titled or to_complete.")
)
_SEARCH = option(
    "--search",
    metavar="WORDS",
    help=_("Only sheets that hold these words; accents and case do not count."),
)
_LEAD = option("--lead", metavar="WORDS", help=_("Only those that such an office leads."))
_PARTNER = option("--partner", metavar="WORDS", help=_("Only those with such a partner."))
_PLACE = option("--place", metavar="WORDS", help=_("Only those of such a place."))
_EVERYWHERE = option(
    "--everywhere", help=_("The sheets of each local contract whose text is held, too.")
)
_ORIGIN = option(
    "--origin",
    metavar="ORIGIN",
    help=_("With `--everywhere`, only those: inherited, adapted, merged or added."),
)


def list_actions(
    session: Session,
    contract: ContractOption = None,
    axis: Annotated[str | None, _AXIS] = None,
    status: Annotated[Literal["documented", "titled", "to_complete"] | None, _STATUS] = None,
    search: Annotated[str | None, _SEARCH] = None,
    lead: Annotated[str | None, _LEAD] = None,
    partner: Annotated[str | None, _PARTNER] = None,
    place: Annotated[str | None, _PLACE] = None,
    everywhere: Annotated[bool, _EVERYWHERE] = False,
    origin: Annotated[Literal["inherited", "adapted", "merged", "added"] | None, _ORIGIN] = None,
    on: OnOption = None,
    format: FormatOption = "table",
    dialect: DialectOption = "plain",
) -> int:
    """Lists the sheets of a contract, in the text of the day."""
    from cpps_cli.model.sheet import SheetQuestion, sheets_asked
    from cpps_cli.present.sections.action_sheets import SheetList, action_sheets

    asked = SheetQuestion(axis, status, search, lead, partner, place)
    if everywhere:
        session.refuse_dialect(dialect, format)
        answer, complete = _everywhere(session, session.text_on(contract, on), asked, origin)
        session.show(answer, format, dialect)
        return 0 if complete else 1
    if origin is not None:
        raise CppsError("`--origin` goes with `--everywhere`")
    parent = session.text_on(contract, on)
    text = parent.now.contract
    sheets = sheets_asked(text, asked)
    shown = SheetList(text, sheets, session.successor(text), session.folder.snapshot)
    session.mention_faults()
    session.show(action_sheets(shown), format, dialect)
    return 0


def _everywhere(
    session: Session, parent: "Parent", asked: "SheetQuestion", origin: str | None
) -> "tuple[Answer, bool]":
    """The sheets that answer in the parent and in its local contracts; whether all were read."""
    from cpps_cli.cli.stream import Notation, Stream, local_parts, refuse_snapshot
    from cpps_cli.model.sheet import sheets_asked
    from cpps_cli.present.sections.everywhere import FOUND, FoundSheet, sheets_everywhere

    refuse_snapshot(session)
    if asked.axis is not None:
        raise CppsError("`--axis` goes without `--everywhere`: each contract has its own axes")
    text = parent.now.contract
    own = [] if origin else [FoundSheet(text, sheet) for sheet in sheets_asked(text, asked)]
    make = partial(_found_in, session.folder, parent, asked, origin)
    parts = local_parts(session.folder, text.id, text.local_territories, make)
    stream = Stream(parts, Notation("table"))
    found = FOUND.write_all(own, text)
    for some in stream.kept():
        found += some
    complete = session.mention_faults(stream.faults)
    return sheets_everywhere(text, found), complete


def _found_in(
    folder: "LibraryFolder",
    parent: "Parent",
    asked: "SheetQuestion",
    origin: str | None,
    codes: "Names",
) -> "Part[list[Json]]":
    from cpps_cli.cli.stream import Part
    from cpps_cli.engine import local_contracts
    from cpps_cli.model.sheet import sheets_asked
    from cpps_cli.present.sections.everywhere import FOUND, FoundSheet

    found: list[Json] = []
    faults: list[Diagnostic] = []
    for derivation, _territory in local_contracts(parent, folder, codes):
        faults += derivation.faults
        local = derivation.derived
        if local.basis == "no_text" or not derivation.is_sound:
            continue
        items = {item.sheet.code: item for item in local.sheets}
        chosen = (items[sheet.code] for sheet in sheets_asked(local.contract, asked))
        told = (item for item in chosen if origin in (None, item.origin))
        some = [FoundSheet(local.contract, item.sheet, item) for item in told]
        found += FOUND.write_all(some, local.contract)
    return Part(found, (), tuple(faults))


def list_contracts(
    session: Session,
    contract: OnlyContractOption = None,
    on: OnOption = None,
    format: FormatOption = "table",
    dialect: DialectOption = "plain",
) -> int:
    """Lists each generation and its local contracts, with where they stand on a day."""
    from cpps_cli.cli.stream import Notation, Stream
    from cpps_cli.present.sections.contracts import Shelf, contracts
    from cpps_cli.schedule.generations import Generations
    from cpps_cli.schedule.status import current_generation

    day, folder, heads = on or session.today, session.folder, tuple(session.heads())
    signed = session.contracts(contract)
    session.refuse_dialect(dialect, format)
    spoken_of = folder.library.contract if folder.library else None
    shelf = Shelf(day, spoken_of, current_generation(heads, day), folder.territories)
    catalogue = _Catalogue(Generations(heads, folder, day), shelf, Notation(format, dialect))
    stream = Stream(_parts(session, signed, catalogue), catalogue.notation)
    lines = [] if stream.notation.is_itemised else [line for some in stream.kept() for line in some]
    session.pour_all(stream.written(session.stood(contracts(lines, shelf, []))))
    return 0 if session.mention_faults(stream.faults) else 1


class _Catalogue(NamedTuple):
    """The contracts of a library, what stands beside their list, and how it is written."""

    generations: "Generations"
    shelf: "Shelf"
    notation: "Notation"

    def part(self, entries: "list[CatalogueEntry]") -> "Part[list[Line]]":
        from cpps_cli.cli.stream import Part
        from cpps_cli.present.sections.contracts import CONTRACT, exported_contracts, line_of

        faults = tuple(fault for entry in entries for fault in entry.faults)
        if not self.notation.is_itemised:
            return Part([line_of(entry, self.shelf) for entry in entries], (), faults)
        documents = CONTRACT.write_all(entries)
        rows = partial(exported_contracts, shelf=self.shelf)
        return Part([], self.notation.texts(documents, rows), faults)


def _parts(
    session: Session, contracts: "list[Contract]", catalogue: _Catalogue
) -> "Iterator[Part[list[Line]]]":
    """Lists each generation, then its local contracts."""
    from cpps_cli.cli.stream import local_parts
    from cpps_cli.schedule.generations import generation_listed, oldest_first

    folder = session.folder
    for signed in oldest_first(contracts):
        yield catalogue.part([generation_listed(signed, catalogue.generations)])
        make = partial(_locals, catalogue, signed)
        yield from local_parts(folder, signed.id, folder.overlay_codes(signed.id), make)


def _locals(catalogue: _Catalogue, signed: "Contract", codes: "Names") -> "Part[list[Line]]":
    from cpps_cli.schedule.generations import locals_listed

    return catalogue.part(list(locals_listed(signed, catalogue.generations, codes)))


def list_programmes(
    session: Session,
    contract: ContractOption = None,
    format: FormatOption = "table",
    dialect: DialectOption = "plain",
) -> int:
    """Lists the programmes reported for a contract."""
    from cpps_cli.model.paths import PROGRAMMES
    from cpps_cli.present.sections.programmes import programmes

    text = session.parent(session.contract(contract)).now.contract
    found = session.folder.programmes(text.id)
    session.refuse_faults(f"{text.id}/{PROGRAMMES}")
    answer = programmes(found, text, session.folder.sources)
    complete = session.mention_faults()
    session.show(answer, format, dialect)
    return 0 if complete else 1


def disputes(
    session: Session,
    contract: OnlyContractOption = None,
    format: FormatOption = "table",
    dialect: DialectOption = "plain",
) -> int:
    """Shows the disputes of the whole library, or of one contract."""
    from cpps_cli.check.nouns import disputes_in
    from cpps_cli.present.sections.disputes import disputes as view

    found = list(disputes_in(session.contracts(contract), session.folder))
    answer = view(found, session.folder.sources, contract)
    complete = session.mention_faults()
    session.show(answer, format, dialect)
    return 0 if complete else 1
