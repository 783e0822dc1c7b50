"""What each diagnostic means: why it matters, and an example of each side."""

from collections.abc import Iterable

from cpps_cli.diagnostics import Code, Severity
from cpps_cli.i18n.catalogue import N_, _
from cpps_cli.present.document import Answer, Block, Column, Extract, Paragraph, Section, Table
from cpps_cli.present.shapes import Key, Many, Shape

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
