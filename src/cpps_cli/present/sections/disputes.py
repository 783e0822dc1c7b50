"""What sources disagree on: each value with its sources, which is retained, and why."""

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Final, Literal, TypedDict

from cpps_cli.check.disputes import About, Disputed, Subject
from cpps_cli.i18n.catalogue import _, n_
from cpps_cli.i18n.contract_labels import claim_in_words, matter_in_words
from cpps_cli.model import Claim, Period, Source
from cpps_cli.model.sources import Dispute
from cpps_cli.present.document import (
    Answer,
    Block,
    Cell,
    Column,
    Items,
    Paragraph,
    Section,
    Table,
)
from cpps_cli.present.sections.readings import DATED
from cpps_cli.present.sections.sources import SourceDocument, source_documents, source_sections

SCHEMA: Final = "cpps.disputes/1"


class ClaimDocument(TypedDict):
    """What some sources say: fields and their values, or words on a topic."""

    id: str | None
    says: dict[str, str | int | list[str] | None]
    words: str | None
    sources: list[str]
    retained: bool
    why: str | None


class DisputeDocument(TypedDict):
    """Claims that do not agree on `fields`, or on a free `topic`."""

    fields: list[str]
    topic: str | None
    claims: list[ClaimDocument]


class DisputedDocument(DisputeDocument):
    """A dispute with what it is about; `code` and `title` are those of a sheet or programme."""

    contract: str
    about: About
    code: str | None
    title: str | None


class DisputesDocument(TypedDict):
    """The disputes of the library, or of the one `contract` asked for."""

    schema: Literal["cpps.disputes/1"]
    contract: str | None
    disputes: list[DisputedDocument]
    sources: dict[str, SourceDocument]


def disputes(found: list[Disputed], sources: Mapping[str, Source], contract: str | None) -> Answer:
    """Every dispute, contract by contract."""
    cited = [name for item in found for name in cited_by_dispute(item.dispute)]
    listed = [_disputed_document(item) for item in found]
    document: DisputesDocument = {
        "schema": SCHEMA,
        "contract": contract,
        "disputes": listed,
        "sources": source_documents(cited, sources),
    }
    groups = groupby(enumerate(found, 1), key=lambda pair: pair[1].subject.contract)
    blocks: tuple[Block, ...] = (
        Paragraph(_count(found)),
        *(_of_contract(tuple(group)) for _contract, group in groups),
        *source_sections(cited, sources),
    )
    section = Section(_("What sources disagree on"), blocks)
    return Answer(section, _exported(listed), document)


def _of_contract(numbered: tuple[tuple[int, Disputed], ...]) -> Section:
    subject = numbered[0][1].subject
    title = _("Contract: {contract} ({id})")
    parts = (_numbered(number, item) for number, item in numbered)
    return Section(title.format(contract=subject.contract_label, id=subject.contract), tuple(parts))


def _numbered(number: int, item: Disputed) -> Section:
    matter = _about(item.subject, matter_in_words(item.dispute))
    title = f"{number}. {matter[0].upper()}{matter[1:]}"
    return Section(title, (dispute_items(item.dispute, item.subject.contract),))


def dispute_document(dispute: Dispute) -> DisputeDocument:
    """A dispute as it stands in documents."""
    return {
        "fields": list(dispute.fields),
        "topic": dispute.topic,
        "claims": [_claim_document(claim) for claim in dispute.claims],
    }


def dispute_section(dispute: Dispute) -> Section:
    """What sources disagree on, beside what they disagree about."""
    matter = _("Sources disagree: {matter}").format(matter=matter_in_words(dispute))
    return Section(matter, (dispute_items(dispute),))


def dispute_items(dispute: Dispute, contract: str | None = None) -> Items:
    """What each side says, what is retained first, and what its reading is called.

    `contract`: the id of the one whose dates another reading may be tried on.
    """
    ordered = sorted(dispute.claims, key=lambda claim: not claim.retained)
    return Items(tuple("\n".join(_told(dispute, claim, contract)) for claim in ordered))


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


def _claim_document(claim: Claim) -> ClaimDocument:
    return {
        "id": claim.id,
        "says": {field: _plain(value) for field, value in claim.statement().items()},
        "words": claim.words,
        "sources": list(claim.sources),
        "retained": claim.retained,
        "why": claim.why,
    }


def _plain(value: object) -> str | int | list[str] | None:
    match value:
        case Period():
            return value.written
        case tuple():
            return [str(item) for item in value]
        case None | int() | str():
            return value
        case _:
            return str(value)


def _disputed_document(item: Disputed) -> DisputedDocument:
    return {
        "contract": item.subject.contract,
        "about": item.subject.about,
        "code": item.subject.code,
        "title": item.subject.title,
        **dispute_document(item.dispute),
    }


def _exported(listed: list[DisputedDocument]) -> Table:
    keys = ("contract", "about", "code", "title", "dispute", "field", "value", "retained", "why")
    last = ("sources", "reading")
    rows = tuple(
        (*_head(item), number, *line)
        for number, item in enumerate(listed, 1)
        for claim in item["claims"]
        for line in _lines(item, claim)
    )
    return Table(tuple(Column(key, key) for key in (*keys, *last)), rows)


def _head(item: DisputedDocument) -> tuple[Cell, ...]:
    return (item["contract"], item["about"], item["code"], item["title"])


def _lines(item: DisputedDocument, claim: ClaimDocument) -> list[tuple[Cell, ...]]:
    """A claim, a line for each field it states."""
    retained, sources = str(claim["retained"]).lower(), " ".join(claim["sources"])
    end = (retained, claim["why"], sources, claim["id"])
    if item["topic"]:
        return [(item["topic"], claim["words"], *end)]
    return [(field, _flat(claim["says"][field]), *end) for field in item["fields"]]


def _flat(value: str | int | list[str] | None) -> Cell:
    return "; ".join(value) if isinstance(value, list) else value
