"""What sources disagree on, side by side, in the words of the field."""

from cpps_cli.model import Claim, Contract, Period
from cpps_cli.model.disputes import Dispute
from cpps_cli.words.catalogue import _
from cpps_cli.words.dates import period_in_words
from cpps_cli.words.phrases import FIELD


def matter_in_words(dispute: Dispute) -> str:
    """What a dispute is about: the names of its fields, or its topic."""
    return dispute.topic or ", ".join(_(FIELD[field]) for field in dispute.fields)


def claim_in_words(dispute: Dispute, claim: Claim) -> str:
    """What one side says, whether it is retained, and why."""
    head = (
        _("Retained ({sources}): {says}")
        if claim.retained
        else _("Not retained ({sources}): {says}")
    )
    sources = ", ".join(claim.sources) or _("source not identified")
    says = _said(dispute, claim)
    # In Markdown the lines of an item become one: each is a sentence.
    said = head.format(sources=sources, says=says if says.endswith((".", "…")) else f"{says}.")
    return f"{said}\n" + _("Why: {reason}").format(reason=claim.why) if claim.why else said


def reading_in_words(contract: Contract) -> str:
    """Which reading of the sources its dates rest on; "" where that is no question."""
    used = contract.reading_used
    return _("Reading used: `{used}`, which is retained.").format(used=used) if used else ""


def _said(dispute: Dispute, claim: Claim) -> str:
    if dispute.topic:
        return claim.words or "–"
    says = claim.statement()
    if len(dispute.fields) == 1:
        return value_in_words(says[dispute.fields[0]])
    return _("; ").join(
        _("{field} {value}").format(field=_(FIELD[field]), value=value_in_words(says[field]))
        for field in dispute.fields
    )


def value_in_words(value: object) -> str:
    """A value that a claim states."""
    match value:
        case Period():
            return period_in_words(value)
        case tuple():
            return ", ".join(str(item) for item in value)
        case None:
            return "–"
        case _:
            return str(value)
