"""Sources: named where they are used, listed at the end, with what each of them is; and anchors."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from cpps_cli.i18n.catalogue import _, in_reading_order
from cpps_cli.i18n.dates import period_in_words
from cpps_cli.i18n.labels import sources_in_words
from cpps_cli.model import ActionSheet, Source
from cpps_cli.present.document import Column, Link, Run, Section, Table, Text, web_link
from cpps_cli.present.shapes import Json, Shape

if TYPE_CHECKING:
    from cpps_cli.present.document_context import DocumentContext


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


def sources_text(ids: Iterable[str]) -> tuple[Run, ...]:
    """« Sources : S1, S2 », each leading to its line in the list of sources; () without any."""
    names = tuple(dict.fromkeys(ids))
    # The words before the ids are those of the catalogue, whatever the language puts there.
    before = sources_in_words(names).removesuffix(", ".join(names))
    return (before, *linked_ids(names)) if names else ()


def ids_text(ids: Iterable[str]) -> Text:
    """« S1, S2 » for the cell of a table."""
    return linked_ids(ids) or "–"


def linked_ids(ids: Iterable[str]) -> tuple[Run, ...]:
    """The ids with commas between them, each leading to its line; () without any."""
    links = (run for name in dict.fromkeys(ids) for run in (", ", Link(name, f"#{anchor(name)}")))
    return tuple(links)[1:]


def source_section(context: "DocumentContext", ids: Iterable[str]) -> Section:
    """The sources that the document cites, in the order of their ids."""
    names = in_reading_order(ids)
    columns = (
        Column("id", _("Id")),
        Column("title", _("Title"), wide=True),
        Column("dated", _("Dated")),
        Column("address", _("Address"), wide=True),
    )
    rows = tuple(_row(name, context.sources) for name in names)
    table = Table(
        columns,
        rows,
        caption=_("Sources cited in this document"),
        anchors=tuple(map(anchor, names)),
    )
    return Section(_("Sources"), (table,), "sources")


def sheet_anchor(sheet: ActionSheet) -> str:
    """What links to a sheet call it."""
    return f"fiche-{sheet.code}"


def dispute_anchor(subject: str, position: int) -> str:
    """What links to a dispute call it; `subject` is the code of a sheet, or "contrat"."""
    return f"divergence-{subject}-{position}"


def anchor(name: str) -> str:
    """What links to a source call it."""
    return f"source-{name}"


def ids_of(noun: Any) -> Iterator[str]:
    """The ids of every source that a noun of the model cites, wherever they stand in it."""
    if isinstance(noun, tuple):
        for item in noun:
            yield from ids_of(item)
    elif isinstance(noun, BaseModel):
        yield from getattr(noun, "sources", ())
        yield from ids_of(tuple(getattr(noun, "sources_of", {}).values()))
        for name in type(noun).model_fields:
            if name != "sources":
                yield from ids_of(getattr(noun, name))


def _row(name: str, sources: Mapping[str, Source]) -> tuple[Text, ...]:
    source = sources.get(name)
    if source is None:
        return name, _("not described in this library"), "–", "–"
    dated = period_in_words(source.dated) if source.dated else _("undated")
    title = f"{source.title}. {source.note}" if source.note else source.title
    address = (web_link(source.address),) if source.address else "–"
    return name, title, dated, address
