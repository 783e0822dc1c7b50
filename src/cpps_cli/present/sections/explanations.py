"""What each diagnostic means: why it matters, and an example of each side."""

from collections.abc import Iterable
from typing import Literal, TypedDict

from cpps_cli.diagnostics import Code, Severity
from cpps_cli.i18n.catalogue import N_, _
from cpps_cli.present.document import (
    Answer,
    Block,
    Column,
    Extract,
    Paragraph,
    Section,
    Table,
)

SEVERITY: dict[Severity, str] = {
    "error": N_("error"),
    "warning": N_("warning"),
    "note": N_("note"),
}


class ExplanationDocument(TypedDict):
    """One code. `wrong` and `right` are extracts of files, "" where there is nothing to show."""

    code: str
    severity: Severity
    title: str
    why: str
    wrong: str
    right: str


class ExplanationsDocument(TypedDict):
    """The codes asked for: one, or all of them."""

    schema: Literal["cpps.explanations/1"]
    codes: list[ExplanationDocument]


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
    return Answer(section, _table([code]), _document([code]))


def explanations(codes: Iterable[Code]) -> Answer:
    """Every code, a line each."""
    listed = list(codes)
    hint = Paragraph(_("`cpps explain CODE` says why it matters, with examples."), quiet=True)
    table = _table(listed)
    section = Section(_("What `cpps check` can find"), (table, hint))
    return Answer(section, table, _document(listed))


def _table(codes: list[Code]) -> Table:
    columns = (
        Column("code", _("Code")),
        Column("severity", _("Severity")),
        Column("title", _("What it says"), wide=True),
    )
    rows = [(code.id, _(SEVERITY[code.severity]), _(code.title)) for code in codes]
    return Table(columns, tuple(rows))


def _document(codes: list[Code]) -> ExplanationsDocument:
    return {
        "schema": "cpps.explanations/1",
        "codes": [
            {
                "code": code.id,
                "severity": code.severity,
                "title": _(code.title),
                "why": _(code.why),
                "wrong": code.wrong,
                "right": code.right,
            }
            for code in codes
        ],
    }
