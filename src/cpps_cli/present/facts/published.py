"""The tables that are published, as one package or by département."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from cpps_cli.diagnostics import CppsError
from cpps_cli.i18n.catalogue import _, capital, paragraphs
from cpps_cli.i18n.labels import FIELD
from cpps_cli.model import Derived, Territory
from cpps_cli.present.document import Block, Fact, Facts, Link, Notice, made_inert, plain, web_link
from cpps_cli.present.document_context import (
    DocumentContext,
    locals_of,
    passed_over_in_words,
    places_passed_over,
    territory_of,
)
from cpps_cli.present.facts import (
    Row,
    Shown,
    Tab,
    Table,
    Workbook,
    contracts,
    coverage,
    days,
    measured,
    sheets,
    sources,
    wide,
)
from cpps_cli.present.facts.scope import Local, Scope, scope_of
from cpps_cli.present.sections.contract_front import dated_text, front_blocks, notices, period_text
from cpps_cli.present.sections.contract_sheets import told_of_contract
from cpps_cli.present.standing import standing

TABLES: tuple[Table[Scope], ...] = (
    contracts.CONTRACTS,
    contracts.TERRITORIES,
    contracts.PARTIES,
    days.MILESTONES,
    days.AMENDMENTS,
    contracts.AXES,
    sheets.SHEETS,
    sheets.TEXTS,
    sheets.MARKS,
    coverage.ANSWERS,
    coverage.COVERAGE,
    measured.INDICATORS,
    measured.FIGURES,
    days.EVENTS,
    days.EVENT_CONTRACTS,
    measured.PROGRAMMES,
    measured.PROGRAMME_PARTNERS,
    measured.PROGRAMME_SHEETS,
    measured.PROGRAMME_FACTS,
    measured.PROGRAMME_INDICATORS,
    measured.PROGRAMME_FIGURES,
    sources.CLAIMS,
    sources.STATEMENTS,
    sources.CITATIONS,
    sources.SOURCES,
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
    about["sources"] = [_cited(row) for row in sources.sources_cited(scope)]
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


def _cited(row: sources.SourceRow) -> dict[str, str]:
    """Its id stands in for the title of one that the library does not describe."""
    if row.source is None:
        return {"title": row.id}
    address = row.source.address
    leads = address is not None and isinstance(web_link(address), Link)
    return {"title": row.source.title, **({"path": address} if address and leads else {})}


def workbook_of(context: DocumentContext) -> Workbook:
    """Gathers what a workbook says; call it while its language is spoken."""
    found = locals_of(context)
    tabs = (
        _about_tab(context, places_passed_over(context, found)),
        *_provenance_tabs(context),
        sheets.sheets_tab(context),
        sheets.texts_tab(context),
        coverage.coverage_tab(context, found),
        days.calendar_tab(context),
        measured.indicators_tab(context),
        days.milestones_tab(context),
        days.amendments_tab(context),
        measured.programmes_tab(context),
        sources.disputes_tab(context),
        sources.sources_tab(context),
    )
    above = standing(context.library)
    return made_inert(Workbook(context.contract.title, context.place, context.on, tabs, above))


_Pair = tuple[str, str]


def _about_tab(context: DocumentContext, passed_over: tuple[str, ...]) -> Tab:
    """Says of which contract the tables are, and what must be known before they are used."""
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
    """Traces each value of the contract itself; no tab where that is not asked for."""
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


LOCAL_TABLES: tuple[Table[Local], ...] = (
    contracts.LOCAL_CONTRACTS,
    sheets.LOCAL_SHEETS,
    measured.LOCAL_INDICATORS,
    coverage.LOCAL_COVERAGE,
)

# INSEE, Code officiel géographique: the code of a commune begins with that of its département,
# which has three signs overseas. The code of a département may stand alone.
_OVERSEAS = r"(97[1-8]|98[4-9])(\d{2})?"
_OTHERS = r"(0[1-9]|[1-8]\d|9[0-5]|2[AB])(\d{3})?"
_NOT_KNOWN = "__HIVE_DEFAULT_PARTITION__"  # what engines read as no value


@dataclass(frozen=True, slots=True)
class Departement:
    """A département by its INSEE code, None where that of a place is not known; its territories."""

    code: str | None
    territories: tuple[str, ...]

    def file_of(self, table: str, suffix: str) -> str:
        """The name of its file of a table, from the folder: engines read the département in it."""
        return f"{table}/departement={self.code or _NOT_KNOWN}/{table}{suffix}"


def grids_of(found: Iterable[tuple[Derived, Territory]]) -> Iterator[Grid]:
    """Fills the tables with these local contracts, read one after the other."""
    rows: list[list[Row]] = [[] for _table in LOCAL_TABLES]
    for pair in found:
        for filled, table in zip(rows, LOCAL_TABLES, strict=True):
            filled.extend(table.rows(Local(*pair)))
    return (Grid(table, tuple(filled)) for table, filled in zip(LOCAL_TABLES, rows, strict=True))


def departements(
    codes: Iterable[str], territories: Mapping[str, Territory]
) -> tuple[Departement, ...]:
    """The départements of these territories in the order of their codes, the unknown one last."""
    found: dict[str | None, list[str]] = {}
    for code in codes:
        place = territories.get(code)
        parts = place.made_of if place else ()
        found.setdefault(departement_of(code, *parts), []).append(code)
    known = sorted(found.items(), key=lambda item: (item[0] is None, item[0] or ""))
    return tuple(Departement(code, tuple(places)) for code, places in known)


def departement_of(code: str, *parts: str) -> str | None:
    """The département of a place by its code, or else by those of the places it is made of."""
    own = re.fullmatch(_OVERSEAS, code) or re.fullmatch(_OTHERS, code)
    if own:
        return own[1]
    shared = {departement_of(part) for part in parts}
    return shared.pop() if len(shared) == 1 else None
