"""A standing as JSON and csv give it: keys may be added, never changed."""

from collections.abc import Mapping
from typing import NotRequired, TypedDict

from cpps_cli.model import Period, Retained, Territory
from cpps_cli.present.document import Cell, Column, Table
from cpps_cli.schedule import ContractStatus, Stage, State, Successor
from cpps_cli.schedule.lifecycle import ExpiryState


class WindowDocument(TypedDict):
    """The days of a window; `written` is the period as the sources give it."""

    opens_on: str
    closes_on: str
    inherited: bool
    written: str


class TermDocument(TypedDict):
    """The days of a term; `written` is the period as the sources give it."""

    starts_on: str
    ends_on: str
    inherited: bool
    written: str


class SuccessorDocument(TypedDict):
    """A contract that replaces another, signed or begun by the day."""

    id: str
    title: str
    signed_on: str | None
    begins_on: str | None


class EndDocument(TypedDict):
    """How the end of the term stands; `prolonged_from`: the first term, where it was moved."""

    state: ExpiryState
    prolonged_from: str | None
    successor: SuccessorDocument | None


class ReckonedDocument(TypedDict):
    """A date, the rule that gave it, the period written, and the line that holds it."""

    fact: str
    day: str
    rule: str
    written: str
    inherited: bool
    reading: str | None
    file: str
    line: int
    version: str
    sources: list[str]


class StandingDocument(TypedDict):
    """A contract on the day. `days`: until it opens, until its last day, or since it closed."""

    id: str
    territory: str
    title: str
    state: State
    window: WindowDocument | None
    term: TermDocument | None
    days: int | None
    term_days: int | None
    disputed: bool
    reading: str | None
    sources: list[str]
    stage: Stage
    end: EndDocument
    signatories: list[str]
    explained: NotRequired[list[ReckonedDocument]]


def places_of(
    statuses: list[ContractStatus], places: Mapping[str, Territory]
) -> Mapping[str, Territory]:
    """The territories by which local contracts can be named: none where there are several of one.

    Contracts of two generations are named in full.
    """
    generations = {item.contract.parent or item.contract.id for item in statuses}
    return {} if len(generations) > 1 else places


def name_of(item: ContractStatus, places: Mapping[str, Territory]) -> str:
    """A contract in a table: a local one by its territory."""
    territory = places.get(item.contract.territory)
    is_local = item.contract.parent is not None and territory is not None
    return territory.label if is_local and territory else item.contract.label


def status_document(item: ContractStatus) -> StandingDocument:
    """A standing as it stands in documents."""
    held, first, successor = (
        item.window or item.term,
        item.expiry.prolonged_from,
        item.expiry.successor,
    )
    return {
        "id": item.contract.id,
        "territory": item.contract.territory,
        "title": item.contract.label,
        "state": item.state,
        "window": window_document(item.window, inherited=item.window_inherited),
        "term": term_document(item.term, inherited=item.term_inherited),
        "days": item.days,
        "term_days": item.term_days,
        "disputed": item.disputed,
        "reading": held.reading if held else None,
        "sources": list(held.sources) if held else [],
        "stage": item.stage,
        "end": {
            "state": item.expiry.state,
            "prolonged_from": first.written if first else None,
            "successor": _successor(successor) if successor else None,
        },
        "signatories": list(item.contract.signatories),
    }


def window_document(held: Retained[Period] | None, *, inherited: bool) -> WindowDocument | None:
    """A window as it stands in documents."""
    if held is None:
        return None
    return {
        "opens_on": held.value.first.isoformat(),
        "closes_on": held.value.last.isoformat(),
        "inherited": inherited,
        "written": held.value.written,
    }


def term_document(held: Retained[Period] | None, *, inherited: bool) -> TermDocument | None:
    """A term as it stands in documents."""
    if held is None:
        return None
    return {
        "starts_on": held.value.first.isoformat(),
        "ends_on": held.value.last.isoformat(),
        "inherited": inherited,
        "written": held.value.written,
    }


def _successor(successor: Successor) -> SuccessorDocument:
    return {
        "id": successor.id,
        "title": successor.label,
        "signed_on": successor.signed.written if successor.signed else None,
        "begins_on": successor.begins.first.isoformat() if successor.begins else None,
    }


def exported(documents: list[StandingDocument]) -> Table:
    """The rows of csv, a contract each."""
    keys = ("id", "territory", "title", "state", "days", "opens_on", "closes_on")
    more = ("window_inherited", "starts_on", "ends_on", "term_days", "disputed", "sources")
    last = ("reading", "stage", "end", "prolonged_from", "successor", "signatories")
    return Table(
        tuple(Column(key, key) for key in (*keys, *more, *last)),
        tuple(_exported_row(item) for item in documents),
    )


def _exported_row(item: StandingDocument) -> tuple[Cell, ...]:
    window, term, end = item["window"], item["term"], item["end"]
    return (
        item["id"],
        item["territory"],
        item["title"],
        item["state"],
        item["days"],
        window and window["opens_on"],
        window and window["closes_on"],
        str(window["inherited"]).lower() if window else None,
        term and term["starts_on"],
        term and term["ends_on"],
        item["term_days"],
        str(item["disputed"]).lower(),
        " ".join(item["sources"]),
        item["reading"],
        item["stage"],
        end["state"],
        end["prolonged_from"],
        end["successor"] and end["successor"]["id"],
        " ; ".join(item["signatories"]),
    )
