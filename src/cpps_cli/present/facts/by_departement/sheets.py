"""The sheets of local contracts with their text, and what is measured to follow them up.

As in all open data, what a local contract without a known text would inherit is not told as its
own: it has no row here.
"""

from collections.abc import Iterator
from typing import get_args

from cpps_cli.model import (
    LIST_FIELDS,
    TEXT_FIELDS,
    ActionSheet,
    Derived,
    DerivedSheet,
    Status,
    Territory,
)
from cpps_cli.model.derived import ORIGINS
from cpps_cli.present.facts.by_departement.columns import BASIS, LINK_INFERRED, WHERE
from cpps_cli.present.facts.open_data.indicators import indicator_columns, indicator_values
from cpps_cli.present.facts.open_data.table import (
    Column,
    Row,
    Table,
    claimed,
    link,
    listed,
    of_model,
    position,
)

_TEXTS = tuple(field for field in TEXT_FIELDS if field not in {"title", "indicators"})


def _text_column(field: str) -> Column:
    described = of_model(ActionSheet, field)
    return listed(field, described.description) if field in LIST_FIELDS else described


SHEETS = Table(
    "sheets",
    "the action sheets of the local contracts whose text is held",
    (
        *WHERE,
        BASIS,
        position("its place in the contract"),
        of_model(ActionSheet, "number"),
        of_model(ActionSheet, "code"),
        of_model(ActionSheet, "title"),
        Column("axis", "the number of the axis it stands in", "integer"),
        Column("axis_code", "the code of that axis"),
        Column("status", "what is held of it", required=True, words=get_args(Status)),
        Column("origin", "how it came to be there", required=True, words=ORIGINS),
        listed("from", "the parent's sheets that it answers; no value where that is not known"),
        LINK_INFERRED,
        claimed("to_reread", "whether the parent has changed under it"),
        *(_text_column(field) for field in _TEXTS),
        listed("sources", "the sources of the sheet"),
    ),
    ("contract", "code"),
)


def sheet_rows(derived: Derived, territory: Territory) -> Iterator[Row]:
    """A row for each sheet, in its order."""
    for place, item in enumerate(_own(derived), 1):
        sheet = item.sheet
        axis = derived.contract.axis(sheet.axis)
        yield (
            derived.contract.id,
            territory.code,
            derived.basis,
            place,
            sheet.number,
            sheet.code,
            sheet.title,
            axis.number if axis else None,
            sheet.axis,
            sheet.status,
            item.origin,
            item.answers,
            item.link_inferred,
            item.to_reread,
            *(getattr(sheet, field) for field in _TEXTS),
            sheet.sources,
        )


INDICATORS = Table(
    "indicators",
    "what is measured to follow those sheets up",
    (
        *WHERE,
        link("sheet", "the code of the sheet"),
        position("its place in the sheet"),
        *indicator_columns(),
    ),
    ("contract", "sheet", "position"),
)


def indicator_rows(derived: Derived, territory: Territory) -> Iterator[Row]:
    """A row for each indicator of each sheet."""
    for item in _own(derived):
        for place, indicator in enumerate(item.sheet.indicators, 1):
            head = (derived.contract.id, territory.code, item.sheet.code, place)
            yield (*head, *indicator_values(indicator))


def _own(derived: Derived) -> tuple[DerivedSheet, ...]:
    return () if derived.basis == "no_text" else derived.sheets
