"""The status of a contract: its JSON, its rows of csv, and the sentences about it."""

from collections.abc import Iterator, Mapping
from datetime import date

from cpps_cli.i18n.catalogue import _, capital, n_
from cpps_cli.i18n.dates import day_in_words, period_in_words
from cpps_cli.i18n.labels import MILESTONE, STAGE
from cpps_cli.model import Period, Territory
from cpps_cli.present.document import Table
from cpps_cli.present.shapes import Json, Key, Many, Maybe, Shape, csv_table
from cpps_cli.schedule.status import ContractStatus, Expiry, Successor

WINDOW = Shape(
    "WindowDocument",
    ContractStatus,
    "The days of a window; `written` is the period as the sources give it.",
    *(Key("opens_on", date, "window.value.first"), Key("closes_on", date, "window.value.last")),
    "inherited=window_inherited",
    Key("written", str, "window.value"),
)
TERM = Shape(
    "TermDocument",
    ContractStatus,
    "The days of a term; `written` is the period as the sources give it.",
    *(Key("starts_on", date, "term.value.first"), Key("ends_on", date, "term.value.last")),
    "inherited=term_inherited",
    Key("written", str, "term.value"),
)
_SUCCESSOR = Shape(
    "SuccessorDocument",
    Successor,
    "A contract that replaces another, signed or begun by the day.",
    "id title=label signed_on=signed begins_on=begins?.first",
)
_END = Shape(
    "EndDocument",
    Expiry,
    "How the end of the term stands; `prolonged_from`, `shortened_from`: the term before.",
    "state prolonged_from shortened_from",
    Key("successor", Maybe(_SUCCESSOR)),
)
# Json with what looks up a place.
RECKONED = Shape(
    "ReckonedDocument",
    object,
    "A date, the rule that gave it, the period written, and the line that holds it.",
    *(Key("fact", str), Key("day", date), Key("rule", str), Key("written", str)),
    *(Key("inherited", bool), Key("reading", str | None)),
    Key("file", str, in_context=lambda one, locate: locate(one.line.place).file),
    Key("line", int, in_context=lambda one, locate: locate(one.line.place).line),
    *(Key("version", str, "line.version"), Key("sources", list[str], "line.sources")),
)
WINDOW_KEY = Key("window", Maybe(WINDOW), lambda item: item if item.window else None)
TERM_KEY = Key("term", Maybe(TERM), lambda item: item if item.term else None)
SOURCES_KEYS = (
    Key("reading", str | None, lambda item: getattr(item.window or item.term, "reading", None)),
    Key("sources", list[str], lambda item: getattr(item.window or item.term, "sources", ())),
)
STATUS = Shape(
    "StandingDocument",
    ContractStatus,
    "A contract on the day. `days`: until it opens, until its last day, or since it closed.",
    "id=contract.id territory=contract.territory title=contract.label state",
    *(WINDOW_KEY, TERM_KEY),
    "days term_days disputed",
    *SOURCES_KEYS,
    "stage",
    Key("end", _END, "expiry"),
    "undated",
    "signatories=contract.signatories",
    Key("explained?", Many(RECKONED)),
)
_COLUMNS = (
    "id territory title state days opens_on=window.opens_on closes_on=window.closes_on "
    "window_inherited=window.inherited starts_on=term.starts_on ends_on=term.ends_on term_days "
    "disputed sources reading stage end=end.state prolonged_from=end.prolonged_from "
    "shortened_from=end.shortened_from undated successor=end.successor.id signatories"
    " window=window.written term=term.written"
)


def places_of(
    statuses: list[ContractStatus], places: Mapping[str, Territory]
) -> Mapping[str, Territory]:
    """The territories by which local contracts can be named: none where there are several of one.

    Contracts of two generations are named in full.
    """
    generations = {item.contract.parent or item.contract.id for item in statuses}
    return {} if len(generations) > 1 else places


def not_known(at_fault: tuple[str, ...]) -> Iterator[str]:
    """The contracts of which a file is at fault, so that not all of it is known."""
    if at_fault:
        said = _("Not known, because a file is at fault: {contracts}.")
        yield said.format(contracts=", ".join(at_fault))


def name_of(item: ContractStatus, places: Mapping[str, Territory]) -> str:
    """A contract in a table: a local one by its territory."""
    territory = places.get(item.contract.territory)
    is_local = item.contract.parent is not None and territory is not None
    return territory.label if is_local and territory else item.contract.label


def exported(documents: list[Json]) -> Table:
    """The rows of csv, a contract each."""
    # The name of an office may hold spaces.
    named = ({**item, "signatories": " ; ".join(item["signatories"])} for item in documents)
    return csv_table(_COLUMNS, named)


END_IS_NEAR_DAYS = 366


def sentences(item: ContractStatus) -> list[str]:
    """Its window and its source, its stage, the end of its term and what comes after."""
    return [_window(item), _stage(item), *undated_in_words(item), *_end(item)]


def _window(item: ContractStatus) -> str:
    label = item.contract.label
    if item.window is None and item.background.no_window:
        none = _("{contract}: no mid-term renegotiation is planned.")
        return none.format(contract=label)
    if item.window is None:
        unknown = _("{contract}: no source gives a window for its renegotiation.")
        return unknown.format(contract=label)
    window, sources = period_in_words(item.window.value), ", ".join(item.window.sources)
    if sources:
        said = _("{contract}: window {window} ({sources}).")
        return said.format(contract=label, window=window, sources=sources)
    return _("{contract}: window {window}.").format(contract=label, window=window)


def _stage(item: ContractStatus) -> str:
    return _("{stage}.").format(stage=capital(_(STAGE[item.stage])))


def undated_in_words(item: ContractStatus) -> Iterator[str]:
    """That something is on record of it without a date."""
    if item.undated:
        kinds = ", ".join(_(MILESTONE[kind]) for kind in item.undated)
        yield _("On record, undated: {kinds}.").format(kinds=kinds)


def _end(item: ContractStatus) -> Iterator[str]:
    successor = item.expiry.successor
    if item.term is None or item.term_days is None:
        yield _("Its term is not known.")
    else:
        yield _term(item, item.term.value, item.term_days)
        if item.expiry.prolonged_from is not None:
            first = day_in_words(item.expiry.prolonged_from.last)
            yield _("It was prolonged: its first term ended on {day}.").format(day=first)
        if item.expiry.shortened_from is not None:
            first = day_in_words(item.expiry.shortened_from.last)
            yield _("It was shortened: its first term ended on {day}.").format(day=first)
        yield from _computed(item.term.value)
    if successor is not None:
        yield _succession(successor, replaced=item.expiry.state == "replaced")


def _term(item: ContractStatus, term: Period, days: int) -> str:
    match item.expiry.state:
        case "not_begun":
            return _("Its term begins on {day}.").format(day=day_in_words(term.first))
        case "prolonged":
            said = _("Its term ended on {day}; it was prolonged, until when is not on record.")
            return said.format(day=day_in_words(term.last))
        case _ if days < 0:
            return _("Its term ended on {day}.").format(day=day_in_words(term.last))
        case _ if days < END_IS_NEAR_DAYS:
            about = n_(
                "Its term ends on {day}, in {count} day.",
                "Its term ends on {day}, in {count} days.",
                days,
            )
            return about.format(day=day_in_words(term.last), count=days)
        case _:
            return _("Its term ends on {day}.").format(day=day_in_words(term.last))


def _computed(term: Period) -> Iterator[str]:
    """That a last day is ours, where the sources give no day."""
    if term.ends[1].precision != "day":
        said = _("(Computed: the sources give the term as {term}.)")
        yield said.format(term=period_in_words(term))


def _succession(successor: Successor, *, replaced: bool) -> str:
    if replaced and successor.begins is not None:
        said = _("{successor} replaces it since {day} ({id}).")
        day = day_in_words(successor.begins.first)
        return said.format(successor=successor.label, day=day, id=successor.id)
    said = _("{successor} is signed already, to replace it ({id}).")
    return said.format(successor=successor.label, id=successor.id)
