"""Sources: named where they are used, listed at the end, with what each of them is."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from cpps_cli.i18n.catalogue import _
from cpps_cli.i18n.dates import period_in_words
from cpps_cli.i18n.labels import sources_in_words
from cpps_cli.i18n.text import in_reading_order
from cpps_cli.model import Source
from cpps_cli.present.document import Column, Link, Run, Section, Table, Text
from cpps_cli.present.document_context import DocumentContext
from cpps_cli.present.sanitize import web_link


def cited(ids: Iterable[str]) -> Text:
    """« Sources : S1, S2 », each leading to its line in the list of sources; () without any."""
    names = tuple(dict.fromkeys(ids))
    # The words before the ids are those of the catalogue, whatever the language puts there.
    before = sources_in_words(names).removesuffix(", ".join(names))
    return (before, *_listed(names)) if names else ()


def ids_text(ids: Iterable[str]) -> Text:
    """« S1, S2 » for the cell of a table."""
    return tuple(_listed(tuple(dict.fromkeys(ids)))) or "–"


def source_section(context: DocumentContext, ids: Iterable[str]) -> Section:
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
        for name in type(noun).model_fields:
            if name != "sources":
                yield from ids_of(getattr(noun, name))


def _listed(names: tuple[str, ...]) -> Iterator[Run]:
    for position, name in enumerate(names):
        if position:
            yield ", "
        yield Link(name, f"#{anchor(name)}")


def _row(name: str, sources: Mapping[str, Source]) -> tuple[Text, ...]:
    source = sources.get(name)
    if source is None:
        return name, _("not described in this library"), "–", "–"
    dated = period_in_words(source.dated) if source.dated else _("undated")
    title = f"{source.title}. {source.note}" if source.note else source.title
    address = (web_link(source.address),) if source.address else "–"
    return name, title, dated, address
