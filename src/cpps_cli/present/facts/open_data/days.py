"""The dates of the contracts, past ones too."""

from typing import get_args

from cpps_cli.present.facts.open_data.contracts import OF_CONTRACT
from cpps_cli.present.facts.open_data.scope import Scope
from cpps_cli.present.facts.open_data.table import Column, Reference, Table, claimed, identity, link
from cpps_cli.schedule.agenda import EventKind


def events_table(scope: Scope) -> Table:
    """Windows that open and close, terms that end, exclusions to look at again."""
    columns = (
        identity("the identity of the date, the same when its day changes"),
        link("contract", "the id of the contract whose date it is"),
        Column("kind", "what is due", required=True, words=get_args(EventKind)),
        Column("on", "the day", "date", required=True),
        Column("period", "the window or term it comes from, as it is written"),
        claimed("computed", "whether it is the first or last day of a longer period"),
        claimed("inherited", "whether it is the parent's, no source giving one of its own"),
        claimed("inferred", "whether it is read by us, stated in no source"),
        claimed("disputed", "whether sources disagree on it"),
        Column("excluded_sheet", "of an exclusion to look at again: the parent's sheet, by code"),
        Column("reason", "of an exclusion to look at again: why the sheet was left out"),
    )
    rows = tuple(
        (
            event.uid,
            event.contract.id,
            event.kind,
            event.on,
            event.period.value.written if event.period else None,
            event.computed,
            event.inherited,
            event.inferred,
            event.disputed,
            event.change.sheet if event.change else None,
            event.change.reason if event.change else None,
        )
        for event in scope.events
    )
    return Table("events", "the dates of contracts", columns, ("id",), (OF_CONTRACT,), rows)


def event_contracts_table(scope: Scope) -> Table:
    """The contracts that each date concerns: its own, and those that have it from there."""
    columns = (
        link("event", "the id of the date"),
        link("contract", "the id of a contract that it concerns"),
        claimed("settled", "whether something on record leaves nothing to be reminded of"),
    )
    known = {told.contract.id for told in scope.contracts}
    rows = tuple(
        (event.uid, party.contract.id, party.settled is not None)
        for event in scope.events
        for party in event.parties
        if party.contract.id in known
    )
    key, references = ("event", "contract"), (Reference("event", "events"), OF_CONTRACT)
    description = "the contracts that each date concerns"
    return Table("event_contracts", description, columns, key, references, rows)
