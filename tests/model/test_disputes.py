"""Claims that do not agree, put together by what they are about."""

from cpps_cli.model import Period, Programme
from cpps_cli.model.disputes import disputes_of, settled_programme
from cpps_cli.model.sources import (
    ContractClaim,
    ContractStatement,
    ProgrammeClaim,
    ProgrammeStatement,
)


def claim(retained: bool = False, **says: object) -> ContractClaim:
    return ContractClaim(says=ContractStatement(**says), retained=retained)  # type: ignore[arg-type]


def test_fields_stated_by_the_same_claims_are_one_dispute() -> None:
    claims = (
        claim(True, term=Period.parse("2015..2020"), window=Period.parse("2017-S2")),
        claim(term=Period.parse("2015..2017"), window=Period.parse("2018-Q1")),
        claim(True, pages=168),
        claim(pages=190),
    )
    found = disputes_of(claims)
    assert [item.fields for item in found] == [("term", "window"), ("pages",)]
    assert found[1].claims == claims[2:]


def test_claims_that_say_the_same_are_no_dispute() -> None:
    assert disputes_of((claim(True, pages=168), claim(pages=168))) == ()


def test_a_topic_is_disputed_when_two_claims_speak_of_it() -> None:
    alone = ContractClaim(topic="seul", words="un", retained=True)
    one = ContractClaim(topic="fiches", words="31", retained=True)
    other = ContractClaim(topic="fiches", words="32")
    (found,) = disputes_of((alone, one, other))
    assert (found.topic, found.fields, found.claims) == ("fiches", (), (one, other))


def test_programme_has_the_values_of_the_claims_retained() -> None:
    programme = Programme(
        code="velib",
        title="Vélib'",
        claims=(
            ProgrammeClaim(says=ProgrammeStatement(partners=("Cyclocity",)), retained=True),
            ProgrammeClaim(says=ProgrammeStatement(partners=("Somupi",))),
        ),
    )
    assert settled_programme(programme).partners == ("Cyclocity",)
