"""What is to come, and what happened: rows with real dates."""

from collections.abc import Iterator

from cpps_cli.i18n.catalogue import _, capital
from cpps_cli.i18n.dates import period_in_words
from cpps_cli.i18n.labels import EVENT, MILESTONE, disputed_in_words
from cpps_cli.model import Amendment, Milestone
from cpps_cli.present.document_context import (
    DocumentContext,
    amendments_in_force,
    events_of,
    territory_of,
)
from cpps_cli.present.facts.workbook.tab import Column, Row, Tab
from cpps_cli.present.sections.contract_front import milestones_met
from cpps_cli.schedule.agenda import FIELD, Event


def calendar_tab(context: DocumentContext) -> Tab:
    """Every date, past ones too; those that local contracts have from their parent stand once."""
    columns = (
        Column(_("Day")),
        Column(_("What")),
        Column(_("Contract"), wide=True),
        Column(_("Local contracts that have it from there"), wide=True),
        Column(_("Sheet"), wide=True),
        Column(_("Period"), wide=True),
        Column(_("To be known"), wide=True),
        Column(_("Sources")),
    )
    rows = tuple(_event(context, event) for event in events_of(context))
    return Tab(_("Calendar"), columns, rows, _("No date is known."))


def milestones_tab(context: DocumentContext) -> Tab:
    """What happened, up to the day of the workbook."""
    columns = (
        Column(_("Milestone")),
        Column(_("When"), wide=True),
        Column(_("First day")),
        Column(_("Last day")),
        Column(_("Before whom"), wide=True),
        Column(_("To be known"), wide=True),
        Column(_("Sources")),
    )
    rows = tuple(map(_milestone, milestones_met(context.contract, context.on)))
    return Tab(_("Milestones"), columns, rows, _("No milestone is held."))


def amendments_tab(context: DocumentContext) -> Tab:
    """The amendments that the text of the day holds."""
    columns = (
        Column(_("Amendment"), wide=True),
        Column(_("Deliberation")),
        Column(_("Signed on"), wide=True),
        Column(_("In force from")),
        Column(_("Note"), wide=True),
        Column(_("Sources")),
    )
    rows = tuple(map(_amendment, amendments_in_force(context)))
    return Tab(_("Amendments"), columns, rows, _("The text of this day holds no amendment."))


def _amendment(item: Amendment) -> Row:
    return (
        item.title,
        item.deliberation,
        period_in_words(item.signed_on) if item.signed_on else None,
        item.in_force_on,
        item.note,
        ", ".join(item.sources) or None,
    )


def _event(context: DocumentContext, event: Event) -> Row:
    held, change = event.period, event.change
    title = event.sheet.title if event.sheet else None
    return (
        event.on,
        capital(_(EVENT[event.kind])),
        event.contract.label,
        ", ".join(
            territory_of(context, item.contract.territory).label for item in event.parties[1:]
        )
        or None,
        title or (change.sheet if change else None),
        period_in_words(held.value) if held else None,
        " ".join(_to_be_known(event)) or None,
        ", ".join(event.sources) or None,
    )


def _to_be_known(event: Event) -> Iterator[str]:
    if event.settled:
        yield _("Settled: what was to be done is on record.")
    if event.computed:
        yield _("Day computed: the sources give a longer period.")
    if event.inherited:
        yield _("It is the parent's: no source gives one of its own.")
    if event.inferred:
        yield _("The period is read by us: no source states it so.")
    if event.kind != "review" and (said := disputed_in_words(event.contract, FIELD[event.kind])):
        yield capital(said) + "."
    if event.change and event.change.reason:
        yield _("Left out because: {reason}").format(reason=event.change.reason)


def _milestone(item: Milestone) -> Row:
    when = item.on or item.no_later_than
    words = period_in_words(when) if when else _("not known")
    inferred = _("The day is inferred: stated in no source.") if item.inferred else None
    return (
        capital(_(MILESTONE[item.kind])),
        words if item.on or not when else _("no later than {day}").format(day=words),
        item.on.first if item.on else None,
        when.last if when else None,
        item.body,
        " ".join(filter(None, [inferred, item.note])) or None,
        ", ".join(item.sources) or None,
    )
