"""The programmes that sources report, set apart from what contracts say."""

from collections.abc import Iterator, Mapping

from cpps_cli.i18n.catalogue import _, capital, paragraphs
from cpps_cli.i18n.dates import period_in_words
from cpps_cli.i18n.labels import heading, matter_in_words, sheet_name, sources_in_words
from cpps_cli.model import Contract, Source
from cpps_cli.model.beside import Fact as ReportedFact
from cpps_cli.model.beside import Programme, SheetLink
from cpps_cli.model.sources import Dispute, disputes_of, with_retained
from cpps_cli.present.document import (
    Answer,
    Block,
    Cell,
    Column,
    Fact,
    Facts,
    Items,
    Link,
    Notice,
    Paragraph,
    Section,
    Table,
    Text,
)
from cpps_cli.present.sections.disputes import DISPUTE, cited_by_dispute, dispute_section, sides
from cpps_cli.present.sections.indicators import (
    INDICATOR,
    cited_by_indicator,
    indicator_section,
    measured_section,
)
from cpps_cli.present.sections.sources import (
    SOURCE,
    cited_sources,
    ids_text,
    sheet_anchor,
    source_sections,
    sources_text,
)
from cpps_cli.present.shapes import GIVEN, Json, Key, Many, Named, Shape, cell


def _name(link: SheetLink, contract: Contract, field: str) -> str | None:
    """The number or the title of the sheet that is linked, where the contract has it."""
    name: str | None = getattr(contract.sheet(link.sheet), field, None)
    return name


# Json with the contract whose sheet it is.
_LINK = Shape(
    "LinkDocument",
    SheetLink,
    "A sheet to which a programme seems to belong; `inferred`: no source states the link.",
    "code=sheet",
    Key("number", str | None, in_context=lambda link, contract: _name(link, contract, "number")),
    Key("title", str | None, in_context=lambda link, contract: _name(link, contract, "title")),
    "inferred note",
)
_FACT = Shape(
    "FactDocument",
    ReportedFact,
    "What sources say of a programme over a period.",
    "period words sources",
)
# Json with the contract for which it is reported, once its claims are settled.
PROGRAMME = Shape(
    "ProgrammeDocument",
    Programme,
    "A programme as sources report it; where they disagree, with the values retained.",
    "code title partners",
    Key("sheets", Many(_LINK)),
    Key("facts", Many(_FACT)),
    Key("indicators", Many(INDICATOR)),
    Key("disputes", Many(DISPUTE), lambda programme: disputes_of(programme.claims)),
    "sources note",
)
_PROGRAMMES = Shape(
    "ProgrammesDocument",
    Contract,
    "The programmes reported for a contract.",
    "contract=id",
    Key("programmes", Many(PROGRAMME), GIVEN),
    Key("sources", Named(SOURCE), GIVEN),
    schema="cpps.programmes/1",
)


def programmes(
    found: tuple[Programme, ...], contract: Contract, sources: Mapping[str, Source]
) -> Answer:
    """Every programme reported for a contract."""
    cited = [name for programme in found for name in cited_by_programme(programme)]
    listed = [programme_document(programme, contract) for programme in found]
    document = _PROGRAMMES.write(contract, programmes=listed, sources=cited_sources(cited, sources))
    title = _("Programmes that sources report: {contract}").format(contract=contract.label)
    first = not_the_contract() if found else _("No programme is reported for this contract.")
    blocks: tuple[Block, ...] = (
        Paragraph(first),
        *(programme_section(programme, contract) for programme in found),
        *source_sections(cited, sources),
    )
    return Answer(Section(title, blocks), _exported(contract.id, listed), document)


def not_the_contract() -> str:
    """What a reader must know before reading of a programme."""
    return _("This is what sources report. These are not the words of the contract.")


def programme_document(programme: Programme, contract: Contract) -> Json:
    """The JSON of a programme, with the values that are retained."""
    return PROGRAMME.write(with_retained(programme), contract)


def programme_section(programme: Programme, contract: Contract, here: str | None = None) -> Section:
    """A programme: its links and partners, its facts, its series of figures, its disputes.

    `here` is the code of the sheet beside which it is shown, whose name need not be repeated.
    """
    settled, disputed = with_retained(programme), disputes_of(programme.claims)
    lines = [_link_in_words(link, contract, here) for link in settled.sheets]
    if settled.partners:
        lines.append(_partners(settled, disputed))
    lines.extend(_fact_in_words(fact) for fact in settled.facts)
    lines.extend(filter(None, [settled.note, sources_in_words(settled.sources)]))
    title = _("Programme: {title}").format(title=settled.title)
    parts = (*map(indicator_section, settled.indicators), *map(dispute_section, disputed))
    return Section(title, (Items(tuple(lines)), *parts))


def _linked_sheet(link: SheetLink, contract: Contract) -> str:
    """The number and title of the sheet a programme is linked to, or its code."""
    sheet = contract.sheet(link.sheet)
    known = () if sheet is None else filter(None, [sheet.number, sheet.title])
    return " ".join(known) or link.sheet


def cited_by_programme(programme: Programme) -> list[str]:
    """The ids of every source it cites."""
    cited = list(programme.sources)
    cited.extend(name for fact in programme.facts for name in fact.sources)
    for indicator in programme.indicators:
        cited.extend(cited_by_indicator(indicator))
    for dispute in disputes_of(programme.claims):
        cited.extend(cited_by_dispute(dispute))
    return cited


def _link_in_words(link: SheetLink, contract: Contract, here: str | None) -> str:
    name = _("this one") if link.sheet == here else _linked_sheet(link, contract)
    said = _("Sheet: {name}").format(name=name)
    if link.inferred:
        said = _("{sheet} (link inferred: read by us, stated in no source)").format(sheet=said)
    return f"{said}. {link.note}" if link.note else said


def _partners(settled: Programme, disputed: tuple[Dispute, ...]) -> str:
    said = _("Partners: {names}").format(names=", ".join(settled.partners))
    if any("partners" in dispute.fields for dispute in disputed):
        return _("{value} (disputed: see below)").format(value=said)
    return said


def _fact_in_words(fact: ReportedFact) -> str:
    words = fact.words
    if fact.period:
        words = _("{period}: {words}").format(period=period_in_words(fact.period), words=words)
        words = words[0].upper() + words[1:]
    return f"{words} ({', '.join(fact.sources)})" if fact.sources else words


def _exported(contract: str, listed: list[Json]) -> Table:
    """A line for each programme, then for each of its facts and of its figures."""
    keys = ("contract", "programme", "title", "kind", "sheets", "link_inferred", "partners")
    more = ("period", "words", "indicator", "value", "at_least", "about", "unit", "definition")
    rows = tuple((contract, *row) for item in listed for row in _exported_rows(item))
    return Table(tuple(Column(key, key) for key in (*keys, *more, "sources")), rows)


def _exported_rows(item: Json) -> list[tuple[Cell, ...]]:
    name = (item["code"], item["title"])
    sheets = " ".join(link["code"] for link in item["sheets"])
    inferred = str(any(link["inferred"] for link in item["sheets"])).lower()
    partners = "; ".join(item["partners"])
    own = (sheets, inferred if sheets else None, partners)
    blank: tuple[Cell, ...] = (None, None, None)
    rows: list[tuple[Cell, ...]] = [
        (*name, "programme", *own, None, item["note"], *blank, *blank, cell(item["sources"]))
    ]
    for fact in item["facts"]:
        said = (cell(fact["period"]), fact["words"])
        rows.append((*name, "fact", *blank, *said, *blank, *blank, cell(fact["sources"])))
    for indicator in item["indicators"]:
        rows.extend((*name, "value", *blank, *row) for row in _exported_values(indicator))
    return rows


def _exported_values(indicator: Json) -> list[tuple[Cell, ...]]:
    return [
        (
            cell(value["period"]),
            value["words"],
            indicator["title"],
            value["value"],
            cell(value["at_least"]),
            cell(value["about"]),
            indicator["unit"],
            value["definition"] or indicator["definition"],
            cell(value["sources"]),
        )
        for value in indicator["values"]
    ]


def programmes_section(contract: Contract, told: tuple[Programme, ...]) -> Iterator[Section]:
    """What is reported beside the contract, as an annex of its document; nothing where none is."""
    if told:
        words = _(
            "This is what sources report. These are not the words of the contract: "
            "nothing here is a commitment."
        )
        notice = Notice("state", _("Annex"), words)
        sections = (_section(contract, item) for item in told)
        title = _("Annex: programmes that sources report")
        yield Section(title, (notice, *sections), "dispositifs")


def _section(contract: Contract, programme: Programme) -> Section:
    return Section(
        programme.title, tuple(_blocks(contract, programme)), f"dispositif-{programme.code}"
    )


def _blocks(contract: Contract, programme: Programme) -> Iterator[Block]:
    disputes = disputes_of(programme.claims)
    for dispute in disputes:
        matter = f"{capital(matter_in_words(dispute))}."
        yield Notice("disputed", _("Disputed"), matter)
    if facts := tuple(_facts(contract, programme)):
        yield Facts(facts)
    if reported := tuple(map(_reported, programme.facts)):
        yield Items(reported)
    yield from (Paragraph(part) for part in paragraphs(programme.note or ""))
    if sources := sources_text(programme.sources):
        yield Paragraph(sources)
    yield from map(measured_section, programme.indicators)
    yield from map(_disagreement, disputes)


def _facts(contract: Contract, programme: Programme) -> Iterator[Fact]:
    if programme.partners:
        yield Fact(heading("partners"), programme.partners)
    if programme.sheets:
        yield Fact(
            _("Linked sheets"),
            tuple(_linked(contract, link) for link in programme.sheets),
        )


def _linked(contract: Contract, link: SheetLink) -> Text:
    sheet = contract.sheet(link.sheet)
    name = Link(sheet_name(sheet), f"#{sheet_anchor(sheet)}") if sheet else link.sheet
    inferred = _(" (link read by us, stated in no source)") if link.inferred else ""
    return tuple(filter(None, (name, inferred, link.note and f". {link.note}")))


def _reported(fact: ReportedFact) -> Text:
    words = fact.words
    if fact.period:
        pattern = _("{period}: {words}")
        words = capital(pattern.format(period=period_in_words(fact.period), words=words))
    return (f"{words} (", *ids_text(fact.sources), ")") if fact.sources else words


def _disagreement(dispute: Dispute) -> Section:
    matter = _("Sources disagree: {matter}").format(matter=matter_in_words(dispute))
    return Section(matter, (sides(dispute),))
