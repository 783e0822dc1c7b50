"""`cpps diff` and `cpps compare`: two texts of a contract, one sheet in many."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated

from cpps_cli.cli.complete import complete_contract, complete_sheet
from cpps_cli.cli.options import (
    ContractOption,
    DialectOption,
    FormatOption,
    OnOption,
    a_day,
    argument,
    day_of,
    option,
)
from cpps_cli.cli.session import Session, refuse_before
from cpps_cli.cli.stream import ArrondissementsOption, local_contracts_asked
from cpps_cli.diagnostics import CppsError
from cpps_cli.i18n.catalogue import _

if TYPE_CHECKING:
    from cpps_cli.engine.diff import DiffSide
    from cpps_cli.engine.diff_side import When
    from cpps_cli.engine.matching import Generations
    from cpps_cli.model import Contract
    from cpps_cli.model.beside import Correspondence


def diff(
    session: Session,
    a: Annotated[
        str,
        argument(
            metavar="A",
            help=_("CONTRACT, CONTRACT/N for a local one; then @DAY, @signed or @AMENDMENT."),
            complete=complete_contract,
        ),
    ],
    b: Annotated[
        str,
        argument(
            metavar="B",
            help=_("The other text, named in the same way."),
            complete=complete_contract,
        ),
    ],
    on_a: Annotated[
        date | None,
        option(
            "--on-a",
            metavar="DATE",
            parser=a_day,
            help=_("The day that is meant for A; today if none is given."),
        ),
    ] = None,
    on_b: Annotated[
        date | None,
        option(
            "--on-b",
            metavar="DATE",
            parser=a_day,
            help=_("The day that is meant for B; today if none is given."),
        ),
    ] = None,
    fail_on_change: Annotated[
        bool, option("--fail-on-change", help=_("Exit 1 where they differ, typography apart."))
    ] = False,
    format: FormatOption = "table",
    dialect: DialectOption = "plain",
) -> int:
    """Shows what differs between two texts."""
    from cpps_cli.engine.diff import differences
    from cpps_cli.present.sections.differences import differences as view

    before, after = edition_named(session, a, on_a), edition_named(session, b, on_b)
    found = differences(before, after, generations_of(session, before, after))
    session.mention_faults()
    session.show(view(found), format, dialect)
    return 1 if fail_on_change and found else 0


# --- the texts named: `CONTRACT[/N][@WHEN]`


@dataclass(frozen=True, slots=True)
class Named:
    """What was written: the contract ("" for that of the verbs), the place, the day or version."""

    contract: str
    place: str
    when: str

    @classmethod
    def read(cls, word: str) -> "Named":
        """`cpps-2015-2020/19@2017-09-01` in its three parts; each of them may be left out."""
        text, _, when = word.strip().partition("@")
        contract, _, place = text.partition("/")
        return cls(contract, place, when)


def edition_named(session: Session, word: str, on: date | None) -> "DiffSide":
    """The text named so; `on` is a day given apart. Raises `CppsError` where there is none."""
    from cpps_cli.engine import not_signed_before
    from cpps_cli.engine.diff_side import BEFORE_EVERY_AMENDMENT, When, day_of_text, parent_side

    named = Named.read(word)
    if on is not None and named.when:
        raise CppsError("`{word}` says already which text is meant: give no other day", word=word)
    day = on or day_of(named.when)
    when = When(day, named.when if named.when and day is None else None)
    # A library in one file holds one contract, whose id has a place in it.
    alone = f"{named.contract}/{named.place}" in session.folder.contract_ids()
    if named.place and not alone:
        return _local(session, session.contract(named.contract or None), named.place, when)
    signed = session.contract(word.partition("@")[0] or None)
    amendments = session.folder.amendments(signed.id)
    meant = day_of_text(signed, amendments, when, session.today)
    if meant != BEFORE_EVERY_AMENDMENT:
        refuse_before(not_signed_before(signed, meant), signed.label)
    return parent_side(session.parent(signed, meant))


def generations_of(session: Session, a: "DiffSide", b: "DiffSide") -> "Generations | None":
    """What is held of the sheets of two generations; None where nothing is, or they are of one.

    Ends the run where what is held is at fault.
    """
    from cpps_cli.engine.matching import generations

    if correspondence := _correspondence(session, a.generation, b.generation):
        return generations(correspondence)
    if correspondence := _correspondence(session, b.generation, a.generation):
        return generations(correspondence, backwards=True)
    return None


def _correspondence(session: Session, former: str, contract: str) -> "Correspondence | None":
    """What became of the sheets of `former` in `contract`, where that is held."""
    from cpps_cli.check.library import correspondence_faults
    from cpps_cli.model.paths import correspondence_file

    if former == contract:
        return None
    found = session.folder.correspondence(contract)
    file = correspondence_file(contract)
    if found is None or found.former != former:
        session.refuse_faults(file)
        return None
    successor = session.parent(session.contract(contract))
    session.refuse_faults(file, correspondence_faults(session.folder, successor))
    return found


def _local(session: Session, signed: "Contract", place: str, when: "When") -> "DiffSide":
    from cpps_cli.engine import not_signed_before
    from cpps_cli.engine.diff_side import day_of_local_text, local_side

    overlay = session.overlay(signed, session.territory(place, signed))
    amendments = session.folder.amendments(signed.id)
    day = day_of_local_text(overlay, signed, amendments, when, session.today)
    refuse_before(not_signed_before(signed, day), signed.label)
    parent = session.parent(signed, day)
    derived, _territory = session.derived(parent, place)
    refuse_before(derived.not_signed_before, derived.contract.label)
    return local_side(parent, derived)


def compare(
    session: Session,
    sheet: Annotated[
        str,
        argument(
            metavar="SHEET",
            help=_("A sheet of the parent, by code or number: 1.4, 1-4."),
            complete=complete_sheet,
        ),
    ],
    arrondissement: ArrondissementsOption = None,
    all_fields: Annotated[
        bool, option("--all-fields", help=_("The fields that do not differ too."))
    ] = False,
    contract: ContractOption = None,
    on: OnOption = None,
    format: FormatOption = "table",
    dialect: DialectOption = "plain",
) -> int:
    """Shows a sheet beside the local sheets that answer it."""
    from cpps_cli.engine.compare import COMPARED, comparison
    from cpps_cli.engine.lookup import find_sheet
    from cpps_cli.present.sections.comparison import comparison as view

    parent = session.text_on(contract, on)
    asked = find_sheet(parent, sheet)
    found = comparison(parent, asked, *local_contracts_asked(session, parent, arrondissement))
    answer = view(found, COMPARED if all_fields else found.differing)
    complete = session.mention_faults(found.faults)
    session.mention_edited(found.faults)
    session.show(answer, format, dialect)
    return 0 if complete else 1
