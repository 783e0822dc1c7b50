"""The verbs that list: action sheets, contracts, programmes, what sources disagree on."""

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple

from cpps_cli.cli.options import (
    ContractOption,
    DialectOption,
    FormatOption,
    OnlyContractOption,
    OnOption,
    option,
)
from cpps_cli.cli.session import Session
from cpps_cli.i18n.catalogue import _

if TYPE_CHECKING:
    from cpps_cli.cli.parallel import Names
    from cpps_cli.cli.stream import Notation, Part
    from cpps_cli.model import Contract
    from cpps_cli.present.sections.contracts import Line, Shelf
    from cpps_cli.schedule.generations import CatalogueEntry, Generations


def list_actions(
    session: Session,
    contract: ContractOption = None,
    axis: Annotated[
        str | None, option("--axis", metavar="N", help=_("Only this axis, by number or code."))
    ] = None,
    status: Annotated[
        Literal["documented", "titled", "to_complete"] | None,
        option(
            "--status", metavar="STATUS", help=_("Only those: documented, titled or to_complete.")
        ),
    ] = None,
    search: Annotated[
        str | None,
        option(
            "--search",
            metavar="WORDS",
            help=_("Only sheets that hold these words; accents and case do not count."),
        ),
    ] = None,
    on: OnOption = None,
    format: FormatOption = "table",
    dialect: DialectOption = "plain",
) -> int:
    """Lists the sheets of a contract, in the text of the day."""
    from cpps_cli.model.sheet import sheets_asked
    from cpps_cli.present.sections.action_sheets import SheetList, action_sheets

    parent = session.text_on(contract, on)
    text = parent.now.contract
    sheets = sheets_asked(text, axis=axis, status=status, words=search)
    asked = SheetList(text, sheets, session.successor(text), session.folder.snapshot)
    session.mention_faults()
    session.show(action_sheets(asked), format, dialect)
    return 0


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
