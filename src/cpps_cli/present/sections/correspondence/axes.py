"""The axes of two generations side by side."""

from cpps_cli.i18n.catalogue import _
from cpps_cli.i18n.contract_labels import axis_title
from cpps_cli.present.document import Column, Section, Table, Text
from cpps_cli.present.document_kinds import CorrespondenceContext
from cpps_cli.present.sections.correspondence.sheets import to_be_known


def axes_section(context: CorrespondenceContext) -> Section:
    """Each axis of the former contract with the one that answers it, then those that are new."""
    columns = (
        Column("axis_of_the_former_contract", _("Axis of the former contract"), wide=True),
        Column("axis_of_the_new_contract", _("Axis of the new contract"), wide=True),
        Column("to_be_known", _("To be known"), wide=True),
    )
    table = Table(columns, tuple(_rows(context)), caption=_("Which axis answers which"))
    return Section(_("Axes"), (table,), "axes")


def _rows(context: CorrespondenceContext) -> list[tuple[Text, ...]]:
    former, successor = context.former.contract, context.of.contract
    matched = {item.before: item for item in context.correspondence.axes}
    answering = {item.after for item in matched.values()}
    rows: list[tuple[Text, ...]] = []
    for code in dict.fromkeys((*(axis.code for axis in former.axes), *matched)):
        item = matched.get(code)
        name = axis_title(successor, item.after) if item else "–"
        said_of = to_be_known(item) if item else _("No axis is said to answer it.")
        rows.append((axis_title(former, code), name, said_of))
    for axis in successor.axes:
        if axis.code not in answering:
            words = _("It is said to answer no axis.")
            rows.append(("–", axis_title(successor, axis.code), words))
    return rows
