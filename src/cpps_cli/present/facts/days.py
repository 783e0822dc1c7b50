"""Tables of the days of contracts: milestones, amendments, dates to come."""

from collections.abc import Iterator
from typing import get_args

from cpps_cli.i18n.catalogue import _, capital
from cpps_cli.i18n.dates import period_in_words
from cpps_cli.i18n.labels import EVENT, MILESTONE, disputed_in_words
from cpps_cli.model import Amendment, Milestone, MilestoneKind
from cpps_cli.present.document_context import (
    DocumentContext,
    amendments_in_force,
    events_of,
    territory_of,
)
from cpps_cli.present.facts import Item, Shown, Tab, Table, columns, items, sentences, tab, wide
from cpps_cli.present.facts.scope import Published, Scope
from cpps_cli.present.sections.contract_front import milestones_met
from cpps_cli.schedule.agenda import FIELD, Event, EventKind


def milestones_of(*contracts: Published) -> Iterator[Item]:
    """Numbers what had happened to contracts by the day of the text."""
    return items(contracts, "milestones", "#milestone-")


MILESTONES: Table[Scope] = Table(
    "milestones",
    "what happened to contracts",
    lambda scope: milestones_of(*scope.contracts),
    columns(
        """
        id!                          the id of the milestone
        contract!=of.id>contracts    the id of the contract
        kind!=noun.kind              what happened
        on,first_on,last_on=noun.on  when
        no_later_than=noun.no_later_than.written
        |  when it had happened for certain, where the day is unknown
        no_later_than_on:date=noun.no_later_than.last  the last day of that period
        inferred:boolean!=noun.inferred  whether the day is read by us, stated in no source
        @ body note
        """,
        Milestone,
        kind=get_args(MilestoneKind),
    ),
)


def amendments_of(*contracts: Published) -> Iterator[Item]:
    """Those in force; `version` of a contract names the last of its own."""
    for row in items(contracts, "amendments", "#"):
        yield row._replace(id=f"{row.of.id}#{row.noun.id}")


AMENDMENTS: Table[Scope] = Table(
    "amendments",
    "amendments that the texts hold",
    lambda scope: amendments_of(*scope.contracts),
    columns(
        """
        id!                        the id of the amendment: that of its contract, and its own
        contract!=of.id>contracts  the id of the contract that it amends
        code!=noun.id              what `version` names it by
        @ title deliberation
        signed_on,signed_first_on,signed_last_on=noun.signed_on  when it was signed
        @ in_force_on:date editorial:boolean note
        """,
        Amendment,
    ),
)

EVENTS: Table[Scope] = Table(
    "events",
    "the dates of contracts",
    lambda scope: scope.events,
    columns(
        """
        id!=uid                            the identity of the date, the same when its day changes
        contract!=contract.id>contracts    the id of the contract whose date it is
        kind!                              what is due
        on:date!                           the day
        period=period.value.written        the window or term it comes from, as it is written
        computed:boolean!   whether it is the first or last day of a longer period
        inherited:boolean!  whether it is the parent's, no source giving one of its own
        inferred:boolean!   whether it is read by us, stated in no source
        disputed:boolean!   whether sources disagree on it
        excluded_sheet=change.sheet
        |  of an exclusion to look at again: the parent's sheet, by code
        reason=change.reason  of an exclusion to look at again: why the sheet was left out
        """,
        kind=get_args(EventKind),
    ),
)


def _event_contracts(scope: Scope) -> Iterator[tuple[str, str, bool]]:
    """The contracts that each date concerns: its own, and those that have it from there."""
    known = {one.id for one in scope.contracts}
    for event in scope.events:
        for party in event.parties:
            if party.contract.id in known:
                yield event.uid, party.contract.id, party.settled is not None


EVENT_CONTRACTS = Table(
    "event_contracts",
    "the contracts that each date concerns",
    _event_contracts,
    columns("""
        event!>events        the id of the date
        contract!>contracts  the id of a contract that it concerns
        settled:boolean!     whether something on record leaves nothing to be reminded of
    """),
    ("event", "contract"),
)


# --- for people


def milestones_tab(context: DocumentContext) -> Tab:
    """Lists the milestones met up to the day of the workbook."""
    shown: tuple[Shown[Milestone], ...] = (
        Shown(_("Milestone"), lambda item: capital(_(MILESTONE[item.kind]))),
        wide(_("When"), _when),
        Shown(_("First day"), "on.first"),
        Shown(
            _("Last day"),
            lambda item: when.last if (when := item.on or item.no_later_than) else None,
        ),
        wide(_("Before whom"), "body"),
        sentences(_("To be known"), _doubt),
        Shown(_("Sources"), "sources"),
    )
    met = milestones_met(context.contract, context.on)
    return tab(_("Milestones"), shown, met, _("No milestone is held."))


def _when(item: Milestone) -> str:
    if item.on:
        return period_in_words(item.on)
    if item.no_later_than:
        return _("no later than {day}").format(day=period_in_words(item.no_later_than))
    return _("not known")


def _doubt(item: Milestone) -> Iterator[str]:
    if item.inferred:
        yield _("The day is inferred: stated in no source.")
    if item.note:
        yield item.note


def amendments_tab(context: DocumentContext) -> Tab:
    """The amendments that the text of the day holds."""
    shown: tuple[Shown[Amendment], ...] = (
        wide(_("Amendment"), "title"),
        Shown(_("Deliberation"), "deliberation"),
        wide(
            _("Signed on"), lambda item: period_in_words(item.signed_on) if item.signed_on else None
        ),
        Shown(_("In force from"), "in_force_on"),
        wide(_("Note"), "note"),
        Shown(_("Sources"), "sources"),
    )
    empty = _("The text of this day holds no amendment.")
    return tab(_("Amendments"), shown, amendments_in_force(context), empty)


def calendar_tab(context: DocumentContext) -> Tab:
    """Every date, past ones too; those that local contracts have from their parent stand once."""

    def inheriting(event: Event) -> tuple[str, ...]:
        codes = (party.contract.territory for party in event.parties[1:])
        return tuple(territory_of(context, code).label for code in codes)

    shown: tuple[Shown[Event], ...] = (
        Shown(_("Day"), "on"),
        Shown(_("What"), lambda event: capital(_(EVENT[event.kind]))),
        wide(_("Contract"), "contract.label"),
        wide(_("Local contracts that have it from there"), inheriting),
        wide(_("Sheet"), _excluded),
        wide(
            _("Period"), lambda event: period_in_words(event.period.value) if event.period else None
        ),
        sentences(_("To be known"), _circumstances),
        Shown(_("Sources"), "sources"),
    )
    return tab(_("Calendar"), shown, events_of(context), _("No date is known."))


def _excluded(event: Event) -> str | None:
    if event.sheet and event.sheet.title:
        return event.sheet.title
    return event.change.sheet if event.change else None


def _circumstances(event: Event) -> Iterator[str]:
    if event.settled:
        yield _("Settled: what was to be done is on record.")
    if event.computed:
        yield _("Day computed: the sources give a longer period.")
    if event.inherited:
        yield _("It is the parent's: no source gives one of its own.")
    if event.inferred:
        yield _("The period is read by us: no source states it so.")
    if event.kind != "review" and (
        disputed := disputed_in_words(event.contract, FIELD[event.kind])
    ):
        yield capital(disputed) + "."
    if event.change and event.change.reason:
        yield _("Left out because: {reason}").format(reason=event.change.reason)
