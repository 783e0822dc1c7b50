"""Where a fact comes from, and what sources say against one another."""

from collections.abc import Collection, Iterable, Iterator
from typing import Any, NamedTuple, TypeVar

from pydantic import Field

from cpps_cli.model.noun import Code, Count, Many, Note, Noun, SheetNumber, SourceId, Sources, Text
from cpps_cli.model.period import Period


class Source(Noun):
    """A public document that states facts."""

    title: Text = Field(description="what the document is, so that it can be found again")
    dated: Period | None = Field(
        None, description="when it was published, as precisely as it is known"
    )
    address: Text | None = Field(None, description="where it can be read, on the web or elsewhere")
    note: Note | None = None


class SourcesFile(Noun):
    """The sources of a library, by their id."""

    sources: dict[SourceId, Source] = Field(
        default_factory=dict, description="each source under its id, such as S1"
    )


class Claim(Noun):
    """What some sources say of a thing on which sources disagree, kept whether retained or not.

    A claim that states several fields at once is a reading: they are retained together.
    """

    id: Code | None = Field(None, description="the name of this reading, to speak of it")
    topic: Text | None = Field(
        None, description="what it is about, when that is no field of this file"
    )
    words: Text | None = Field(None, description="what the sources say of the topic")
    sources: Sources = ()
    retained: bool = Field(False, description="true for the one that tables and computations use")
    why: Text | None = Field(None, description="why it is retained, or not")

    def statement(self) -> dict[str, Any]:
        """Gives the fields it states, and their values."""
        says: Noun | None = getattr(self, "says", None)
        if says is None:
            return {}
        return dict(sorted(says.stated().items()))


class ContractStatement(Noun):
    """Fields of a contract that a claim may state."""

    title: Text | None = Field(None, description="the title of the contract")
    term: Period | None = Field(None, description="from when to when it runs")
    window: Period | None = Field(None, description="when the mid-term renegotiation is planned")
    announced_sheets: Count | None = Field(None, description="how many sheets it is said to have")
    pages: Count | None = Field(None, description="how many pages the document has")
    signed_on: Period | None = Field(None, description="when it was signed")


class ContractClaim(Claim, defer_build=False):
    """A claim about a contract."""

    says: ContractStatement | None = Field(None, description="the fields it states")


class SheetStatement(Noun):
    """Fields of an action sheet that a claim may state."""

    title: Text | None = Field(None, description="the title of the sheet")
    number: SheetNumber | None = Field(None, description="its printed number, such as 1.1")
    axis: Code | None = Field(None, description="the code of the axis it stands in")


class SheetClaim(Claim, defer_build=False):
    """A claim about an action sheet."""

    says: SheetStatement | None = Field(None, description="the fields it states")


class ProgrammeStatement(Noun):
    """Fields of a programme that a claim may state."""

    title: Text | None = Field(None, description="the name of the programme")
    partners: Many[Text] | None = Field(None, description="those who take part")


class ProgrammeClaim(Claim):
    """A claim about a programme."""

    says: ProgrammeStatement | None = Field(None, description="the fields it states")


C = TypeVar("C", bound=Claim)
N = TypeVar("N", bound=Noun)


def stating_only(claim: C, fields: Collection[str]) -> C:
    """Narrows a claim to these fields."""
    says = {name: value for name, value in claim.statement().items() if name in fields}
    return type(claim).model_validate({**claim.stated(), "says": says})


def about_others(claims: Iterable[C], fields: Collection[str]) -> Iterator[C]:
    """Narrows claims to what they state of other fields than these."""
    for claim in claims:
        stated = claim.statement()
        others = [name for name in stated if name not in fields]
        if len(others) == len(stated):
            yield claim
        elif others:
            yield stating_only(claim, others)


def with_retained(noun: N) -> N:
    """Applies to a noun the claims about it that are retained."""
    retained: dict[str, Any] = {}
    for claim in getattr(noun, "claims", ()):
        if claim.retained:
            retained |= claim.statement()
    return noun.replace(**retained) if retained else noun


def claims_about(claims: tuple[Claim, ...], field: str) -> list[tuple[int, Claim]]:
    """Finds the claims that state `field`, each with its position in the file."""
    return [(index, claim) for index, claim in enumerate(claims) if field in claim.statement()]


def retained_claim(
    claims: tuple[Claim, ...], field: str, reading: str | None = None
) -> tuple[int, Claim] | None:
    """Finds the claim whose word counts for `field`: the reading's, else the one retained."""
    rivals = claims_about(claims, field)
    asked = [item for item in rivals if reading is not None and item[1].id == reading]
    return next(iter([*asked, *(item for item in rivals if item[1].retained)]), None)


def is_disputed(claims: tuple[Claim, ...], field: str) -> bool:
    """Whether sources disagree on `field`."""
    return len({str(claim.statement()[field]) for _, claim in claims_about(claims, field)}) > 1


class Dispute(NamedTuple):
    """Claims that do not agree, in the order of the file.

    They are about `fields` of the noun, or about a free `topic`. Fields stated by the same claims
    are one dispute: a term and its window are read together.
    """

    fields: tuple[str, ...]
    topic: str | None
    claims: tuple[Claim, ...]


def disputes_of(claims: tuple[Claim, ...]) -> tuple[Dispute, ...]:
    """Finds every dispute there is among the claims of one noun."""
    return (*_on_fields(claims), *_on_topics(claims))


def _on_fields(claims: tuple[Claim, ...]) -> list[Dispute]:
    stated = dict.fromkeys(field for claim in claims for field in claim.statement())
    by_claims: dict[tuple[int, ...], list[str]] = {}
    for field in stated:
        if is_disputed(claims, field):
            positions = tuple(position for position, _claim in claims_about(claims, field))
            by_claims.setdefault(positions, []).append(field)
    return [
        Dispute(tuple(fields), None, tuple(claims[position] for position in positions))
        for positions, fields in by_claims.items()
    ]


def _on_topics(claims: tuple[Claim, ...]) -> list[Dispute]:
    by_topic: dict[str, list[Claim]] = {}
    for claim in claims:
        if claim.topic:
            by_topic.setdefault(claim.topic, []).append(claim)
    return [
        Dispute((), topic, tuple(rivals)) for topic, rivals in by_topic.items() if len(rivals) > 1
    ]
