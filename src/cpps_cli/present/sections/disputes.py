"""What sources disagree on: each value with its sources, which is retained, and why."""

from collections.abc import Iterator, Mapping
from itertools import groupby

from cpps_cli.check.nouns import Disputed, Subject
from cpps_cli.i18n.catalogue import _, capital, n_
from cpps_cli.i18n.labels import claim_in_words, matter_in_words, sheet_name
from cpps_cli.model import Claim, Contract, Source
from cpps_cli.model.sources import Dispute, disputes_of
from cpps_cli.present.document import Answer, Block, Cell, Column, Items, Paragraph, Section, Table
from cpps_cli.present.sections.reckoning import DATED
from cpps_cli.present.sections.sources import SOURCE, cited_sources, dispute_anchor, source_sections
from cpps_cli.present.shapes import GIVEN, Key, Many, Named, Part, Shape, cell

_CLAIM = Shape(
    "ClaimDocument",
    Claim,
    "What some sources say: fields and their values, or words on a topic.",
    "id",
    Key("says", dict[str, str | int | list[str] | None], lambda claim: claim.statement()),
    "words sources retained why",
)
DISPUTE = Shape(
    "DisputeDocument",
    Dispute,
    "Claims that do not agree on `fields`, or on a free `topic`.",
    "fields topic",
    Key("claims", Many(_CLAIM)),
)
_DISPUTED = Shape(
    "DisputedDocument",
    Disputed,
    "A dispute with what it is about; `code` and `title` are those of a sheet or programme.",
    "contract=subject.contract about=subject.about code=subject.code title=subject.title",
    Part(DISPUTE, "dispute", first=True),
)
_DISPUTES = Shape(
    "DisputesDocument",
    list,
    "The disputes of the library, or of the one `contract` asked for.",
    Key("contract", str | None, GIVEN),
    Key("disputes", Many(_DISPUTED), lambda found: found),
    Key("sources", Named(SOURCE), GIVEN),
    schema="cpps.disputes/1",
)


def disputes(found: list[Disputed], sources: Mapping[str, Source], contract: str | None) -> Answer:
    """Every dispute, contract by contract."""
    cited = [name for item in found for name in cited_by_dispute(item.dispute)]
    document = _DISPUTES.write(found, contract=contract, sources=cited_sources(cited, sources))
    groups = groupby(enumerate(found, 1), key=lambda pair: pair[1].subject.contract)
    blocks: tuple[Block, ...] = (
        Paragraph(_count(found)),
        *(_of_contract(tuple(group)) for _contract, group in groups),
        *source_sections(cited, sources),
    )
    section = Section(_("What sources disagree on"), blocks)
    return Answer(section, _exported(found), document)


def _of_contract(numbered: tuple[tuple[int, Disputed], ...]) -> Section:
    subject = numbered[0][1].subject
    title = _("Contract: {contract} ({id})")
    parts = (_numbered(number, item) for number, item in numbered)
    return Section(title.format(contract=subject.contract_label, id=subject.contract), tuple(parts))


def _numbered(number: int, item: Disputed) -> Section:
    matter = _about(item.subject, matter_in_words(item.dispute))
    title = f"{number}. {matter[0].upper()}{matter[1:]}"
    return Section(title, (dispute_items(item.dispute, item.subject.contract),))


def dispute_section(dispute: Dispute) -> Section:
    """What sources disagree on, beside what they disagree about."""
    matter = _("Sources disagree: {matter}").format(matter=matter_in_words(dispute))
    return Section(matter, (dispute_items(dispute),))


def dispute_items(dispute: Dispute, contract: str | None = None) -> Items:
    """What each side says, what is retained first, and what its reading is called.

    `contract`: the id of the one whose dates another reading may be tried on.
    """
    return Items(tuple("\n".join(_told(dispute, claim, contract)) for claim in _ordered(dispute)))


def sides(dispute: Dispute) -> Items:
    """What each side says, as a document has it."""
    return Items(tuple(claim_in_words(dispute, claim) for claim in _ordered(dispute)))


def _ordered(dispute: Dispute) -> list[Claim]:
    return sorted(dispute.claims, key=lambda claim: not claim.retained)


def _told(dispute: Dispute, claim: Claim, contract: str | None) -> Iterator[str]:
    yield claim_in_words(dispute, claim)
    if claim.id is None:
        return
    yield _("Reading: `{id}`").format(id=claim.id)
    if contract and not claim.retained and claim.statement().keys() & set(DATED):
        with_it = _(
            "Dates computed with it: `cpps renegotiation-status -c {parent} --reading {id}`"
        )
        yield with_it.format(id=claim.id, parent=contract.partition("/")[0])


def cited_by_dispute(dispute: Dispute) -> list[str]:
    """The ids of the sources of its claims."""
    return [name for claim in dispute.claims for name in claim.sources]


def _count(found: list[Disputed]) -> str:
    if not found:
        return _("Sources disagree on nothing that is held here.")
    return n_("{count} dispute.", "{count} disputes.", len(found)).format(count=len(found))


def _about(subject: Subject, matter: str) -> str:
    match subject.about:
        case "contract":
            return matter
        case "sheet":
            pattern = _("Sheet {name}: {matter}")
        case "programme":
            pattern = _("Programme {name}: {matter}")
    return pattern.format(name=subject.title or subject.code, matter=matter)


def _exported(found: list[Disputed]) -> Table:
    keys = ("contract", "about", "code", "title", "dispute", "field", "value", "retained", "why")
    last = ("sources", "reading")
    rows = tuple(
        (*_head(item.subject), number, *line)
        for number, item in enumerate(found, 1)
        for claim in item.dispute.claims
        for line in _lines(item.dispute, claim)
    )
    return Table(tuple(Column(key, key) for key in (*keys, *last)), rows)


def _head(subject: Subject) -> tuple[Cell, ...]:
    return (subject.contract, subject.about, subject.code, subject.title)


def _lines(dispute: Dispute, claim: Claim) -> list[tuple[Cell, ...]]:
    """A claim, a line for each field it states."""
    end = (cell(claim.retained), claim.why, cell(claim.sources), claim.id)
    if dispute.topic:
        return [(dispute.topic, claim.words, *end)]
    stated = claim.statement()
    return [(field, _flat(stated[field]), *end) for field in dispute.fields]


def _flat(value: object) -> Cell:
    return "; ".join(value) if isinstance(value, tuple) else cell(value)


def disputes_section(contract: Contract) -> Section:
    """Each dispute with what each side says, and which one this document follows."""
    sections = (*_in_contract(contract), *_in_sheets(contract))
    words = (
        _("This document follows what is retained; the other sides are kept here.")
        if sections
        else _("Sources disagree on nothing that is held here.")
    )
    return Section(_("What sources disagree on"), (Paragraph(words), *sections), "divergences")


def _in_contract(contract: Contract) -> Iterator[Section]:
    for position, dispute in enumerate(disputes_of(contract.claims), 1):
        title, place = capital(matter_in_words(dispute)), dispute_anchor("contrat", position)
        yield Section(title, (sides(dispute),), place)


def _in_sheets(contract: Contract) -> Iterator[Section]:
    for sheet in contract.sheets:
        for position, dispute in enumerate(disputes_of(sheet.claims), 1):
            matter = matter_in_words(dispute)
            title = _("Sheet {name}: {matter}").format(name=sheet_name(sheet), matter=matter)
            yield Section(title, (sides(dispute),), dispute_anchor(sheet.code, position))
