"""The sources that an answer cites."""

from collections.abc import Iterable, Mapping

from cpps_cli.i18n.catalogue import _
from cpps_cli.i18n.dates import period_in_words
from cpps_cli.i18n.text import in_reading_order
from cpps_cli.model import Source
from cpps_cli.present.document import (
    Column,
    Section,
    Table,
)
from cpps_cli.present.shapes import Json, Shape

SOURCE = Shape(
    "SourceDocument",
    Source,
    "A source as it stands in documents; `dated` is written as in the library.",
    "title=?.title dated=?.dated address=?.address note=?.note",
)


def cited_sources(ids: Iterable[str], sources: Mapping[str, Source]) -> dict[str, Json]:
    """The JSON of the sources cited, by id."""
    return {name: SOURCE.write(sources.get(name)) for name in in_reading_order(ids)}


def source_sections(ids: Iterable[str], sources: Mapping[str, Source]) -> list[Section]:
    """The sources cited, each with its title, date and address."""
    cited = in_reading_order(ids)
    if not cited:
        return []
    # A table, not a list: it breaks a long address over two lines and keeps all of it.
    columns = (Column("id", _("Id")), Column("source", _("Title, date, address"), wide=True))
    rows = tuple((name, _in_words(sources.get(name))) for name in cited)
    return [Section(_("Sources"), (Table(columns, rows),))]


def _in_words(source: Source | None) -> str:
    if source is None:
        return _("not described in this library")
    dated = period_in_words(source.dated) if source.dated else _("undated")
    head = f"{source.title} ({dated})"
    return "\n".join(filter(None, [head, source.address, source.note]))
