"""Faults in words: each one, the answer of the check, and the meaning of the codes."""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from cpps_cli.diagnostics import Code, Diagnostic, Severity, Span
from cpps_cli.i18n.catalogue import N_, _, message, remedy
from cpps_cli.present.document import Answer, Block, Column, Extract, Paragraph, Section, Table
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


SEVERITY: dict[Severity, str] = {
    "error": N_("error"),
    "warning": N_("warning"),
    "note": N_("note"),
}


_EXPLANATION = Shape(
    "ExplanationDocument",
    Code,
    'One code. `wrong` and `right` are extracts of files, "" where there is nothing to show.',
    "code=id severity",
    Key("title", str, lambda code: _(code.title)),
    Key("why", str, lambda code: _(code.why)),
    "wrong right",
)
_EXPLANATIONS = Shape(
    "ExplanationsDocument",
    list,
    "The codes asked for: one, or all of them.",
    Key("codes", Many(_EXPLANATION), lambda codes: codes),
    schema="cpps.explanations/1",
)


def explanation(code: Code) -> Answer:
    """One code at length."""
    blocks: list[Block] = [
        Paragraph(
            _("Severity: {severity}").format(severity=_(SEVERITY[code.severity])), quiet=True
        ),
        Paragraph(_(code.why)),
    ]
    for title, extract in ((_("Wrong"), code.wrong), (_("Right"), code.right)):
        if extract:
            blocks.append(Section(title, (Extract(extract),)))
    section = Section(f"{code.id} – {_(code.title)}", tuple(blocks))
    return Answer(section, _table([code]), _EXPLANATIONS.write([code]))


def explanations(codes: Iterable[Code]) -> Answer:
    """Every code, a line each."""
    listed = list(codes)
    hint = Paragraph(_("`cpps explain CODE` says why it matters, with examples."), quiet=True)
    table = _table(listed)
    section = Section(_("What `cpps check` can find"), (table, hint))
    return Answer(section, table, _EXPLANATIONS.write(listed))


def _table(codes: list[Code]) -> Table:
    columns = (
        Column("code", _("Code")),
        Column("severity", _("Severity")),
        Column("title", _("What it says"), wide=True),
    )
    rows = [(code.id, _(SEVERITY[code.severity]), _(code.title)) for code in codes]
    return Table(columns, tuple(rows))
