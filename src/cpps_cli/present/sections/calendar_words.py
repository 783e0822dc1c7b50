"""What a calendar says of each date: a line for its title, and the reasons below it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from cpps_cli.i18n.catalogue import N_, _, capital, n_
from cpps_cli.i18n.dates import day_in_words, period_in_words
from cpps_cli.i18n.labels import disputed_in_words, milestone_in_words
from cpps_cli.model import ActionSheet, Exclude, Period, Source, Territory
from cpps_cli.schedule.agenda import FIELD, DatedKind, Event, EventKind, Party

TITLE: dict[EventKind, str] = {
    "window_opens": N_("Mid-term renegotiation opens: {contract}"),
    "window_closes": N_("Last day of the mid-term renegotiation: {contract}"),
    "term_ends": N_("End of the contract: {contract}"),
    "review": N_("Exclusion to look at again: {sheet} ({contract})"),
}
_PERIOD: dict[str, str] = {
    "window": N_("Window of the mid-term renegotiation: {period}."),
    "term": N_("Term of the contract: {period}."),
}
_COMPUTED: dict[DatedKind, str] = {
    "window_opens": N_("The day is computed: it is the first one of that period."),
    "window_closes": N_("The day is computed: it is the last one of that period."),
    "term_ends": N_("The day is computed: it is the last one of that period."),
}


@dataclass(frozen=True, slots=True)
class CalendarWords:
    """The words of a calendar for one place, in the language spoken at the moment."""

    place: str
    territories: Mapping[str, Territory]
    sources: Mapping[str, Source]

    @property
    def name(self) -> str:
        """The name of the calendar: the same from one generation of contracts to the next."""
        return _("Prevention contracts: {place}").format(place=self.place)

    def title(self, event: Event) -> str:
        """What the event is, on one line."""
        sheet = "" if event.change is None else sheet_left_out(event.change, event.sheet)
        said = _(TITLE[event.kind]).format(contract=parties_in_words(event), sheet=sheet)
        return _("Done: {what}").format(what=said) if event.settled else said

    def description(self, event: Event) -> str:
        """What the day rests on, whom it concerns, who says so: a line each."""
        own = self._exclusion(event.change) if event.change else self._period(event)
        ids = event.period.sources if event.period else event.change.sources if event.change else ()
        return "\n".join([*own, *self._parties(event), *self._sources(ids)])

    def _period(self, event: Event) -> Iterator[str]:
        if event.kind == "review" or event.period is None:
            return
        period: Period = event.period.value
        yield _(_PERIOD[FIELD[event.kind]]).format(period=period_in_words(period))
        if event.computed:
            yield _(_COMPUTED[event.kind])
        if event.inferred:
            yield _("The period is read by us: no source states it so.")
        if event.inherited:
            yield _("It is the parent's: no source gives one of its own.")
        if disputed := disputed_in_words(event.contract, FIELD[event.kind]):
            yield capital(disputed) + "."

    def _exclusion(self, change: Exclude) -> Iterator[str]:
        if change.reason:
            yield _("Left out because: {reason}").format(reason=" ".join(change.reason.split()))
        if change.decided_by and change.decided_on:
            said = _("Decided by: {body}, on {day}.")
            yield said.format(body=change.decided_by, day=day_in_words(change.decided_on))
        elif change.decided_by:
            yield _("Decided by: {body}.").format(body=change.decided_by)
        elif change.decided_on:
            yield _("Decided on {day}.").format(day=day_in_words(change.decided_on))

    def _parties(self, event: Event) -> Iterator[str]:
        if sharing := event.parties[1:]:
            places = ", ".join(self._place(party) for party in sharing)
            yield _(
                "Also the day of the local contracts that have it from there: {places}."
            ).format(places=places)
        if done := [party for party in event.parties if party.settled]:
            said = "; ".join(self._settled(party) for party in done)
            yield _("On record: {done}.").format(done=said)
        if event.period and event.contract.signatories and not event.settled:
            offices = ", ".join(event.contract.signatories)
            yield _("Signatories, who are to act: {offices}.").format(offices=offices)

    def _place(self, party: Party) -> str:
        territory = self.territories.get(party.contract.territory)
        return territory.label if territory else party.contract.territory

    def _settled(self, party: Party) -> str:
        who = party.contract.label if party.contract.parent is None else self._place(party)
        what = milestone_in_words(party.settled) if party.settled else ""
        return _("{who}, {what}").format(who=who, what=what)

    def _sources(self, ids: tuple[str, ...]) -> Iterator[str]:
        for name in ids:
            source = self.sources.get(name)
            if source is None:
                continue
            dated = f" ({period_in_words(source.dated)})" if source.dated else ""
            address = f" {source.address}" if source.address else ""
            said = _("Source {id}: {title}").format(id=name, title=source.title)
            yield f"{said}{dated}{address}"


def parties_in_words(event: Event) -> str:
    """The contract whose date it is, and how many local contracts have it from there."""
    label, others = event.contract.label, len(event.parties) - 1
    if not others:
        return label
    said = n_(
        "{contract} and {count} local contract", "{contract} and {count} local contracts", others
    )
    return said.format(contract=label, count=others)


def sheet_left_out(change: Exclude, sheet: ActionSheet | None) -> str:
    """The sheet that an exclusion is about: its title where it has one, else its code."""
    title = sheet.title if sheet else None
    return " ".join(title.split()) if title else change.sheet
