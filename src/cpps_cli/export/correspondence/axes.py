"""The axes of two generations side by side."""

from cpps_cli.export.correspondence.sheets import to_be_known
from cpps_cli.export.outline import Column, Section, Table, Text, said
from cpps_cli.export.subject import CorrespondenceDossier
from cpps_cli.words.catalogue import _
from cpps_cli.words.sheets import axis_title


def axes_section(dossier: CorrespondenceDossier) -> Section:
    """Each axis of the former contract with the one that answers it, then those that are new."""
    columns = (
        Column(_("Axis of the former contract"), wide=True),
        Column(_("Axis of the new contract"), wide=True),
        Column(_("To be known"), wide=True),
    )
    table = Table(_("Which axis answers which"), columns, tuple(_rows(dossier)))
    return Section(_("Axes"), (table,), "axes")


def _rows(dossier: CorrespondenceDossier) -> list[tuple[Text, ...]]:
    former, successor = dossier.former.contract, dossier.of.contract
    matched = {item.before: item for item in dossier.correspondence.axes}
    answering = {item.after for item in matched.values()}
    rows: list[tuple[Text, ...]] = []
    for code in dict.fromkeys((*(axis.code for axis in former.axes), *matched)):
        item = matched.get(code)
        name = axis_title(successor, item.after) if item else "–"
        said_of = to_be_known(item) if item else said(_("No axis is said to answer it."))
        rows.append((said(axis_title(former, code)), said(name), said_of))
    for axis in successor.axes:
        if axis.code not in answering:
            words = _("It is said to answer no axis.")
            rows.append((said("–"), said(axis_title(successor, axis.code)), said(words)))
    return rows
