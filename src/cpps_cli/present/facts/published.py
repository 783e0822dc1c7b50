"""What is published of a contract: a package of tables for programs, a workbook for people."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from cpps_cli.diagnostics import CppsError
from cpps_cli.i18n.catalogue import _, capital, paragraphs
from cpps_cli.i18n.labels import FIELD
from cpps_cli.present.document import Block, Fact, Facts, Link, Notice, made_inert, plain, web_link
from cpps_cli.present.document_context import (
    DocumentContext,
    locals_of,
    passed_over_in_words,
    places_passed_over,
    sheets_told,
    territory_of,
)
from cpps_cli.present.facts import Row, Shown, Tab, Table, Workbook, wide
from cpps_cli.present.facts.contracts import AXES, CONTRACTS, PARTIES, TERRITORIES
from cpps_cli.present.facts.coverage import COVERAGE, coverage_tab
from cpps_cli.present.facts.days import (
    AMENDMENTS,
    EVENT_CONTRACTS,
    EVENTS,
    MILESTONES,
    amendments_tab,
    calendar_tab,
    milestones_tab,
)
from cpps_cli.present.facts.measured import (
    FIGURES,
    INDICATORS,
    PROGRAMME_FACTS,
    PROGRAMME_FIGURES,
    PROGRAMME_INDICATORS,
    PROGRAMME_PARTNERS,
    PROGRAMME_SHEETS,
    PROGRAMMES,
    indicators_tab,
    programmes_tab,
)
from cpps_cli.present.facts.scope import Scope, scope_of
from cpps_cli.present.facts.sheets import ANSWERS, MARKS, SHEETS, TEXTS, sheets_tab, texts_tab
from cpps_cli.present.facts.sources import (
    CITATIONS,
    CLAIMS,
    SOURCES,
    STATEMENTS,
    SourceRow,
    disputes_tab,
    sources_cited,
    sources_tab,
)
from cpps_cli.present.sections.contract_front import dated_text, front_blocks, notices, period_text
from cpps_cli.present.sections.contract_sheets import told_of_contract

TABLES: tuple[Table[Scope], ...] = (
    *(CONTRACTS, TERRITORIES, PARTIES, MILESTONES, AMENDMENTS, AXES),
    *(SHEETS, TEXTS, MARKS, ANSWERS, COVERAGE, INDICATORS, FIGURES, EVENTS, EVENT_CONTRACTS),
    *(PROGRAMMES, PROGRAMME_PARTNERS, PROGRAMME_SHEETS, PROGRAMME_FACTS),
    *(PROGRAMME_INDICATORS, PROGRAMME_FIGURES, CLAIMS, STATEMENTS, CITATIONS, SOURCES),
)


class Grid(NamedTuple):
    """A table with its rows."""

    table: Table[Any]
    rows: tuple[Row, ...]


class Package(NamedTuple):
    """Tables that hang together, and what describes them all."""

    about: dict[str, Any]
    grids: tuple[Grid, ...]


def package_of(context: DocumentContext) -> Package:
    """Gathers a contract and its local contracts as open data, in the language that is spoken.

    A licence is named nowhere: the library does not say under which one its texts are, and that is
    not ours to say.
    """
    if context.sheet is not None or context.locate is not None:
        raise CppsError("open data are of a whole contract: leave `--sheet` and `--provenance` out")
    scope = scope_of(context)
    at_fault = (item.contract.territory for item in scope.at_fault)
    about = about_package(context, at_fault)
    about["sources"] = [_cited(row) for row in sources_cited(scope)]
    return Package(about, tuple(Grid(table, tuple(table.rows(scope))) for table in TABLES))


def about_package(context: DocumentContext, passed_over: Iterable[str]) -> dict[str, Any]:
    """Says what must be known first, which text it is, and what is missing.

    `passed_over` are the codes of the territories of which the local text is at fault.
    """
    lines = [f"{notice.label}. {plain(notice.text)}" for notice in notices(context)]
    lines.append(f"{dated_text(context)}.")
    if places := tuple(territory_of(context, code).label for code in passed_over):
        lines.append(passed_over_in_words(places))
    return {
        "name": context.name.lower(),
        "title": context.contract.title,
        "description": "\n\n".join(lines),
        "created": f"{context.on.isoformat()}T00:00:00Z",
    }


def _cited(row: SourceRow) -> dict[str, str]:
    """Its id stands in for the title of one that the library does not describe."""
    if row.source is None:
        return {"title": row.id}
    address = row.source.address
    leads = address is not None and isinstance(web_link(address), Link)
    return {"title": row.source.title, **({"path": address} if address and leads else {})}


def workbook_of(context: DocumentContext) -> Workbook:
    """Gathers what a workbook says; call it while its language is spoken."""
    found, sheets = locals_of(context), sheets_told(context)
    tabs = (
        _about_tab(context, places_passed_over(context, found)),
        *_provenance_tabs(context),
        sheets_tab(context),
        texts_tab(context),
        coverage_tab(context, found),
        calendar_tab(context),
        indicators_tab(context),
        milestones_tab(context),
        amendments_tab(context),
        programmes_tab(context),
        disputes_tab(context, sheets),
        sources_tab(context, sheets),
    )
    return made_inert(Workbook(context.contract.title, context.place, context.on, tabs))


_Pair = tuple[str, str]


def _about_tab(context: DocumentContext, passed_over: tuple[str, ...]) -> Tab:
    """Which contract this is, and what must be known before the tables are used."""
    columns: tuple[Shown[_Pair], ...] = (Shown(_("Matter")), wide(_("What is known of it")))
    rows = (
        (_("Contract"), context.contract.title),
        (_("Place"), context.place),
        *_pairs(front_blocks(context)),
        *_facts(Fact(capital(_(FIELD["window"])), (period_text(context, "window"),))),
        *((_("Governance"), line) for line in context.contract.governance),
        *((_("Note"), part) for part in paragraphs(context.contract.note or "")),
    )
    if context.contract.sources:
        rows += ((_("Sources"), ", ".join(context.contract.sources)),)
    if passed_over:
        rows += ((_("Passed over"), passed_over_in_words(passed_over)),)
    return Tab(_("Contract"), columns, rows, "")


def _provenance_tabs(context: DocumentContext) -> Iterator[Tab]:
    """Where each value of the contract itself comes from; no tab where that is not asked for."""
    columns: tuple[Shown[_Pair], ...] = (
        wide(_("Field")),
        wide(_("Value")),
        wide(_("Where it comes from")),
    )
    if context.locate is not None:
        yield Tab(_("Provenance"), columns, tuple(told_of_contract(context)), "")


def _pairs(blocks: Iterable[Block]) -> Iterator[_Pair]:
    for block in blocks:
        match block:
            case Notice():
                yield block.label, plain(block.text)
            case Facts():
                for fact in block.facts:
                    yield from _facts(fact)
            case _:
                raise TypeError(type(block))


def _facts(fact: Fact) -> Iterator[_Pair]:
    return ((fact.term, plain(text)) for text in fact.texts)
