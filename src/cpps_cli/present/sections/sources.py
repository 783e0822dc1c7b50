"""The sources that an answer cites."""

from collections.abc import Iterable, Mapping
from typing import TypedDict

from cpps_cli.i18n.catalogue import _
from cpps_cli.i18n.dates import period_in_words
from cpps_cli.i18n.text import in_reading_order
from cpps_cli.model import Source
from cpps_cli.present.document import (
    Column,
    Section,
    Table,
)


class SourceDocument(TypedDict):
    """A source as it stands in documents; `dated` is written as in the library."""

    title: str | None
    dated: str | None
    address: str | None
    note: str | None


def source_documents(
    ids: Iterable[str], sources: Mapping[str, Source]
) -> dict[str, SourceDocument]:
    """The sources cited, by id."""
    return {name: _document(sources.get(name)) for name in in_reading_order(ids)}


def source_sections(ids: Iterable[str], sources: Mapping[str, Source]) -> list[Section]:
    """The sources cited, each with its title, date and address."""
    cited = in_reading_order(ids)
    if not cited:
        return []
    # A table, not a list: it breaks a long address over two lines and keeps all of it.
    columns = (Column("id", _("Id")), Column("source", _("Title, date, address"), wide=True))
    rows = tuple((name, _in_words(sources.get(name))) for name in cited)
    return [Section(_("Sources"), (Table(columns, rows),))]


def _document(source: Source | None) -> SourceDocument:
    if source is None:
        return {"title": None, "dated": None, "address": None, "note": None}
    return {
        "title": source.title,
        "dated": source.dated.written if source.dated else None,
        "address": source.address,
        "note": source.note,
    }


def _in_words(source: Source | None) -> str:
    if source is None:
        return _("not described in this library")
    dated = period_in_words(source.dated) if source.dated else _("undated")
    head = f"{source.title} ({dated})"
    return "\n".join(filter(None, [head, source.address, source.note]))
