"""Tables of sources, of their claims against one another, and of the rows that cite them."""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any, NamedTuple

from cpps_cli.i18n.catalogue import _, capital, in_reading_order
from cpps_cli.i18n.dates import period_in_words
from cpps_cli.i18n.labels import claim_in_words, matter_in_words, sheet_name
from cpps_cli.model import Claim, Source
from cpps_cli.model.sources import disputes_of
from cpps_cli.present.document_context import (
    DocumentContext,
    amendments_in_force,
    events_of,
    programmes_told,
    sheets_told,
)
from cpps_cli.present.facts import (
    Cell,
    Column,
    Item,
    Row,
    Shown,
    Tab,
    Table,
    columns,
    days_of,
    items,
    tab,
    wide,
)
from cpps_cli.present.facts.days import amendments_of, milestones_of
from cpps_cli.present.facts.measured import (
    programme_facts,
    programme_figures,
    programme_rows,
    sheet_figures,
)
from cpps_cli.present.facts.scope import Scope
from cpps_cli.present.facts.sheets import SheetRow, rows_of
from cpps_cli.present.sections.sources import ids_of


def _claims(scope: Scope) -> Iterator[Item]:
    """Every claim: those of contracts and of their sheets, then those of programmes."""
    for one in scope.contracts:
        yield from items([one], "contract.claims", "#claim-")
        yield from items(rows_of(one), "sheet.claims", "#claim-")
    yield from items(programme_rows(scope), "noun.claims", "#claim-")


def _contract(row: Item) -> str:
    about = row.of
    return str(about.of.id if isinstance(about, Item) else about.contract.id)


CLAIMS = Table(
    "claims",
    "what sources say of things on which they disagree",
    _claims,
    columns(
        """
        id!                              the id of the claim
        contract!>contracts              the id of the contract
        sheet>sheets                     the id of the sheet, where it is about one
        programme>programmes             the id of the programme, where it is about one
        reading=noun.id                  the name of this reading, to speak of it
        @ topic words
        retained:boolean!=noun.retained  whether the other tables follow it
        @ why
        """,
        Claim,
        contract=_contract,
        sheet=lambda row: row.of.id if isinstance(row.of, SheetRow) else None,
        programme=lambda row: row.of.id if isinstance(row.of, Item) else None,
    ),
)


def _statements(scope: Scope) -> Iterator[tuple[str, str, int, str]]:
    for row in _claims(scope):
        for field, stated in row.noun.statement().items():
            values = stated if isinstance(stated, tuple) else (stated,)
            for place, value in enumerate(values, 1):
                if value is not None:
                    yield row.id, field, place, str(value)


STATEMENTS = Table(
    "claim_values",
    "what claims state",
    _statements,
    columns("""
        claim!>claims      the id of the claim
        field!             the field that it states
        position:integer!  the place of the value, where the field is a list
        value!             the value it states, as it is written
    """),
    ("claim", "field", "position"),
)

# What a citation may be about: the column that names it, and the table it is in.
_CITING = {
    "contract": "contracts",
    "axis": "axes",
    "sheet": "sheets",
    "milestone": "milestones",
    "claim": "claims",
    "indicator_value": "indicator_values",
    "event": "events",
    "amendment": "amendments",
    "programme": "programmes",
    "programme_fact": "programme_facts",
    "programme_value": "programme_values",
}


def _citing(scope: Scope) -> Iterator[tuple[str, str, Iterable[str]]]:
    """Lists what cites sources: the column that names it, its id, those of the sources."""
    for one in scope.contracts:
        yield "contract", one.id, one.contract.sources
        yield from (("axis", f"{one.id}/{axis.code}", axis.sources) for axis in one.axes)
        yield from (("sheet", row.id, row.sheet.cited) for row in rows_of(one))
        yield from _of_items("milestone", milestones_of(one))
        yield from _of_items("amendment", amendments_of(one))
    yield from _of_items("claim", _claims(scope))
    yield from _of_items("indicator_value", sheet_figures(scope))
    yield from (("event", event.uid, event.sources) for event in scope.events)
    yield from _of_items("programme", programme_rows(scope))
    yield from _of_items("programme_fact", programme_facts(scope))
    yield from _of_items("programme_value", programme_figures(scope))


def _of_items(column: str, rows: Iterable[Item]) -> Iterator[tuple[str, str, Iterable[str]]]:
    return ((column, row.id, row.noun.sources) for row in rows)


def _citations(scope: Scope) -> Iterator[Row]:
    for citing, id, sources in _citing(scope):
        cells = [id if name == citing else None for name in _CITING]
        yield from ((*cells, source) for source in dict.fromkeys(sources))


CITATIONS = Table(
    "citations",
    "which source states what",
    _citations,
    (
        *(
            Column(name, f"the id of what it states, in {table}", to=table)
            for name, table in _CITING.items()
        ),
        *columns("source!>sources  the id of the source"),
    ),
    (),
)


class SourceRow(NamedTuple):
    """A source that is cited; one that the library does not describe is only an id."""

    id: str
    source: Source | None


def sources_cited(scope: Scope) -> Iterator[SourceRow]:
    """Each of them once, in the order of reading."""
    cited = chain.from_iterable(sources for _citing_it, _id, sources in _citing(scope))
    return _described(scope.context, cited)


def _described(context: DocumentContext, ids: Iterable[str]) -> Iterator[SourceRow]:
    return (SourceRow(name, context.sources.get(name)) for name in in_reading_order(ids))


SOURCES = Table(
    "sources",
    "the documents that state these facts",
    sources_cited,
    columns(
        """
        id!                 the id of the source
        title=source.title  what the document is, so that it can be found again
        dated,dated_first_on,dated_last_on=source.dated  when it was published
        @ address note
        """,
        Source,
        "source.",
    ),
)


# --- for people


def disputes_tab(context: DocumentContext) -> Tab:
    """A row for each side of a dispute; those that are retained first."""
    shown: tuple[Shown[Any], ...] = (
        wide(_("About")),
        wide(_("Matter")),
        Shown(_("Retained")),
        wide(_("What is said")),
    )
    about: list[tuple[str, tuple[Claim, ...]]] = []
    if not context.sheet:
        about.append((context.contract.label, context.contract.claims))
    about += ((sheet_name(item), item.claims) for item in sheets_told(context))
    about += ((item.title, item.claims) for item in programmes_told(context))
    sides = tuple(side for name, claims in about for side in _sides(name, claims))
    empty = _("Sources disagree on nothing that is held here.")
    return Tab(_("Disputes"), shown, sides, empty)


def _sides(about: str, claims: tuple[Claim, ...]) -> Iterator[tuple[Cell, ...]]:
    for dispute in disputes_of(claims):
        matter = capital(matter_in_words(dispute))
        for claim in sorted(dispute.claims, key=lambda item: not item.retained):
            retained = _("Yes") if claim.retained else _("No")
            yield about, matter, retained, claim_in_words(dispute, claim)


def sources_tab(context: DocumentContext) -> Tab:
    """Each source that the tables cite, once."""
    shown: tuple[Shown[SourceRow], ...] = (
        Shown(_("Id"), "id"),
        wide(
            _("Title"),
            lambda row: row.source.title if row.source else _("not described in this library"),
        ),
        Shown(_("Dated"), _dated),
        *days_of("source.dated"),
        wide(_("Address"), "source.address"),
        wide(_("Note"), "source.note"),
    )
    beside = (amendments_in_force(context), programmes_told(context))
    of_dates = (name for event in events_of(context) for name in event.sources)
    ids = (*ids_of((context.contract.replace(sheets=sheets_told(context)), *beside)), *of_dates)
    return tab(_("Sources"), shown, _described(context, ids), _("No source is cited."))


def _dated(row: SourceRow) -> str | None:
    if row.source is None:
        return None
    return period_in_words(row.source.dated) if row.source.dated else _("undated")
