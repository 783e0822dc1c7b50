"""The status of a contract as JSON and csv give it: keys may be added, never changed."""

from collections.abc import Mapping
from datetime import date

from cpps_cli.model import Territory
from cpps_cli.present.document import Table
from cpps_cli.present.shapes import Json, Key, Many, Maybe, Shape, csv_table
from cpps_cli.schedule.lifecycle import Expiry, Successor
from cpps_cli.schedule.status import ContractStatus

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
    "How the end of the term stands; `prolonged_from`: the first term, where it was moved.",
    "state prolonged_from",
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
    "signatories=contract.signatories",
    Key("explained?", Many(RECKONED)),
)
_COLUMNS = (
    "id territory title state days opens_on=window.opens_on closes_on=window.closes_on "
    "window_inherited=window.inherited starts_on=term.starts_on ends_on=term.ends_on term_days "
    "disputed sources reading stage end=end.state prolonged_from=end.prolonged_from "
    "successor=end.successor.id signatories"
)


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


def exported(documents: list[Json]) -> Table:
    """The rows of csv, a contract each."""
    # The name of an office may hold spaces.
    named = ({**item, "signatories": " ; ".join(item["signatories"])} for item in documents)
    return csv_table(_COLUMNS, named)
