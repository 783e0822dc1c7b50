"""What sources disagree on in one noun: its rival claims, put together by what they are about."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cpps_cli.model.contract import claims_about, is_disputed
from cpps_cli.model.sources import Claim

if TYPE_CHECKING:
    from cpps_cli.model.programme import Programme


@dataclass(frozen=True, slots=True)
class Dispute:
    """Claims that do not agree, in the order of the file.

    They are about `fields` of the noun, or about a free `topic`. Fields stated by the same claims
    are one dispute: a term and its window are read together.
    """

    fields: tuple[str, ...]
    topic: str | None
    claims: tuple[Claim, ...]


def disputes_of(claims: tuple[Claim, ...]) -> tuple[Dispute, ...]:
    """Every dispute there is among the claims of one noun."""
    return (*_on_fields(claims), *_on_topics(claims))


def settled_programme(programme: "Programme") -> "Programme":
    """The programme with the values of the claims that are retained."""
    retained: dict[str, Any] = {}
    for claim in programme.claims:
        if claim.retained:
            retained |= claim.statement()
    present = {name: getattr(programme, name) for name in programme.model_fields_set}
    return type(programme)(**{**present, **retained}) if retained else programme


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
