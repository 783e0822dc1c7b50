"""Rules of the day from which an amendment holds: a text is signed before it changes."""

from collections.abc import Iterator

from cpps_cli.diagnostics import N_, Diagnostic, Place, Related, Word
from cpps_cli.model import Amendment, Contract, Overlay, Period

_SIGNED = Word(N_("the day of that signature"))
# When a text was signed, and where that is written.
Signature = tuple[Period, Place]


def check_in_force(
    amendment: Amendment, file: str, signed: Signature | None
) -> Iterator[Diagnostic]:
    """The amendment is not in force, for certain, before the contract was signed, or itself was.

    `signed`: when the contract was. One fault is said once.
    """
    place = Place(file)
    own = (amendment.signed_on, place.at("signed_on")) if amendment.signed_on else None
    for code, signature in (("CP307", signed), ("CP308", own)):
        if signature is not None and amendment.in_force_on < signature[0].first:
            values = {"on": amendment.in_force_on.isoformat()}
            related = (Related(signature[1], _SIGNED),)
            yield Diagnostic(code, place.at("in_force_on"), values, related)
            return


def signature_of(contract: Contract | Overlay, place: Place) -> Signature | None:
    """When a contract was signed, as the claim that is retained has it, or else its milestone."""
    for index, claim in enumerate(contract.claims):
        if claim.retained and claim.says is not None and claim.says.signed_on is not None:
            return claim.says.signed_on, place.at("claims", index, "says", "signed_on")
    for index, milestone in enumerate(contract.milestones):
        if milestone.kind == "signed" and milestone.on is not None:
            return milestone.on, place.at("milestones", index, "on")
    return None
