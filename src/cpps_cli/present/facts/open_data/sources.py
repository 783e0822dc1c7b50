"""What the rows of the other tables rest on: sources, and what they say against one another."""

from collections.abc import Iterable, Iterator

from cpps_cli.i18n.text import in_reading_order
from cpps_cli.model import ActionSheet, Claim, Source
from cpps_cli.model.programme import Programme
from cpps_cli.present.facts.open_data.amendments import amendment_id
from cpps_cli.present.facts.open_data.contracts import (
    OF_CONTRACT,
    milestone_id,
    period_columns,
    period_values,
)
from cpps_cli.present.facts.open_data.indicators import values
from cpps_cli.present.facts.open_data.programmes import programme_facts, programme_values
from cpps_cli.present.facts.open_data.scope import Scope, part_id, programme_id
from cpps_cli.present.facts.open_data.sheets import OF_SHEET
from cpps_cli.present.facts.open_data.table import (
    Column,
    Reference,
    Row,
    Table,
    Value,
    claimed,
    identity,
    link,
    of_model,
    position,
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


def claims_table(scope: Scope) -> Table:
    """What sources say of a thing on which they disagree, retained or not."""
    columns = (
        identity("the id of the claim"),
        link("contract", "the id of the contract"),
        Column("sheet", "the id of the sheet, where it is about one"),
        Column("programme", "the id of the programme, where it is about one"),
        Column("reading", "the name of this reading, to speak of it"),
        of_model(Claim, "topic"),
        of_model(Claim, "words"),
        claimed("retained", "whether the other tables follow it"),
        of_model(Claim, "why"),
    )
    rows = tuple(
        (
            id,
            contract.id,
            part_id(contract, about.code) if isinstance(about, ActionSheet) else None,
            programme_id(scope, about) if isinstance(about, Programme) else None,
            claim.id,
            claim.topic,
            claim.words,
            claim.retained,
            claim.why,
        )
        for id, contract, about, claim in scope.claims()
    )
    references = (OF_CONTRACT, OF_SHEET, Reference("programme", "programmes"))
    description = "what sources say of things on which they disagree"
    return Table("claims", description, columns, ("id",), references, rows)


def statements_table(scope: Scope) -> Table:
    """The values that claims state, field by field."""
    columns = (
        link("claim", "the id of the claim"),
        Column("field", "the field that it states", required=True),
        position("the place of the value, where the field is a list"),
        Column("value", "the value it states, as it is written", required=True),
    )
    rows = tuple(
        (id, field, place, str(value))
        for id, _contract, _about, claim in scope.claims()
        for field, stated in claim.statement().items()
        for place, value in enumerate(stated if isinstance(stated, tuple) else (stated,), 1)
        if value is not None
    )
    key, references = ("claim", "field", "position"), (Reference("claim", "claims"),)
    return Table("claim_values", "what claims state", columns, key, references, rows)


def citations_table(scope: Scope) -> Table:
    """Which source states which row: each names one row of one other table."""
    columns = (
        *(Column(name, f"the id of what it states, in {table}") for name, table in _CITING.items()),
        link("source", "the id of the source"),
    )
    references = (
        *(Reference(name, table) for name, table in _CITING.items()),
        Reference("source", "sources"),
    )
    rows = tuple(_row(*citation) for citation in _citations(scope))
    return Table("citations", "which source states what", columns, (), references, rows)


def sources_table(scope: Scope) -> Table:
    """Each source that is cited; one that the library does not describe has no title."""
    columns = (
        identity("the id of the source"),
        Column("title", "what the document is, so that it can be found again"),
        *period_columns("dated", "when it was published", "dated_first_on", "dated_last_on"),
        of_model(Source, "address"),
        of_model(Source, "note"),
    )
    rows = tuple(_source(scope, name) for name in sources_cited(scope))
    return Table("sources", "the documents that state these facts", columns, ("id",), (), rows)


def sources_cited(scope: Scope) -> list[str]:
    """Their ids, in the order of reading."""
    return in_reading_order(source for _citing, _id, source in _citations(scope))


def _citations(scope: Scope) -> Iterator[tuple[str, str, str]]:
    for citing, id, sources in _citing(scope):
        yield from ((citing, id, source) for source in dict.fromkeys(sources))


def _citing(scope: Scope) -> Iterator[tuple[str, str, Iterable[str]]]:
    for told in scope.contracts:
        contract = told.contract
        yield "contract", contract.id, contract.sources
        for axis in told.axes:
            yield "axis", part_id(contract, axis.code), axis.sources
        for sheet in told.sheets:
            yield "sheet", part_id(contract, sheet.code), sheet.sources
        for number, milestone in enumerate(told.milestones, 1):
            yield "milestone", milestone_id(told, number), milestone.sources
        for amendment in told.amendments:
            yield "amendment", amendment_id(told, amendment), amendment.sources
    yield from (("claim", id, claim.sources) for id, _contract, _about, claim in scope.claims())
    yield from (("indicator_value", id, item.sources) for id, _of, item in values(scope))
    yield from (("event", event.uid, event.sources) for event in scope.events)
    for item in scope.programmes:
        yield "programme", programme_id(scope, item), item.sources
    yield from (("programme_fact", id, fact.sources) for id, _of, fact in programme_facts(scope))
    yield from (("programme_value", id, item.sources) for id, _of, item in programme_values(scope))


def _row(citing: str, id: str, source: str) -> Row:
    cells: list[Value] = [id if name == citing else None for name in _CITING]
    return (*cells, source)


def _source(scope: Scope, name: str) -> Row:
    source = scope.context.sources.get(name)
    if source is None:
        return name, None, None, None, None, None, None
    return name, source.title, *period_values(source.dated), source.address, source.note
