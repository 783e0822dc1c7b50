"""Every fault of a library, as scripts read it."""

from collections import Counter
from typing import NamedTuple

from cpps_cli.diagnostics import Diagnostic, Span
from cpps_cli.present.sentences import message, remedy
from cpps_cli.present.shapes import GIVEN, Key, Many, Part, Shape


class Spot(NamedTuple):
    """A place: the file as it can be opened from here, and no lines where all of it is meant."""

    file: str
    span: Span | None


class Second(NamedTuple):
    """A place that a diagnostic needs to be understood, and what stands there."""

    message: str
    spot: Spot


class Located(NamedTuple):
    """A diagnostic with the places it speaks of."""

    diagnostic: Diagnostic
    spot: Spot
    related: tuple[Second, ...]


PLACE = Shape(
    "PlaceDocument",
    Spot,
    "Lines and columns from 1, the end excluded; null where the file as a whole is meant.",
    "file line=span?.line column=span?.column end_line=span?.end_line end_column=span?.end_column",
)
RELATED = Shape(
    "RelatedDocument",
    Second,
    "A second place, and what stands there.",
    "message",
    Part(PLACE, "spot", first=True),
)
DIAGNOSTIC = Shape(
    "DiagnosticDocument",
    Located,
    "One fault. `help` is null where nothing general can be advised.",
    "code=diagnostic.code severity=diagnostic.severity",
    Key("message", str, lambda item: message(item.diagnostic)),
    Key("help", str | None, lambda item: remedy(item.diagnostic) or None),
    Part(PLACE, "spot", first=True),
    Key("related", Many(RELATED)),
)
COUNT = Shape(
    "CountDocument",
    dict[str, int],
    "How many there are of each severity.",
    "errors=error warnings=warning notes=note",
)
CHECK = Shape(
    "CheckDocument",
    object,
    "Everything that `cpps check` found in a library.",
    Key("library", str, GIVEN),
    Key("diagnostics", Many(DIAGNOSTIC), lambda items: items),
    Key("summary", COUNT, lambda items: Counter(item.diagnostic.severity for item in items)),
    schema="cpps.check/1",
)
