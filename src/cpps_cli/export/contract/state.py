"""How far a contract has come: whether a document may call it one, or must call it a project."""

from datetime import date
from typing import Literal

from cpps_cli.export.dossier import Dossier
from cpps_cli.export.outline import Notice, said
from cpps_cli.model import Contract, Milestone
from cpps_cli.words.catalogue import _, capital
from cpps_cli.words.dates import day_in_words
from cpps_cli.words.phrases import MILESTONE

State = Literal["no_text", "project", "in_part", "contract"]
_BEFORE_A_DECISION = frozenset({"drafted", "in_concertation", "presented"})


def state_of(dossier: Dossier) -> State:
    """`project` while its milestones speak of a draft and of no decision yet."""
    derived = dossier.derived
    if not dossier.contract.sheets or (derived and derived.basis == "no_text"):
        return "no_text"
    met = {item.kind for item in milestones_met(dossier.contract, dossier.on)}
    if met and met <= _BEFORE_A_DECISION:
        return "project"
    return "in_part" if derived and derived.basis == "partial" else "contract"


def state_notice(dossier: Dossier) -> Notice | None:
    """What a reader must know before the first word of the text; None where it is a contract."""
    match state_of(dossier):
        case "no_text":
            return Notice("state", _("Text not known"), said(_no_text(dossier)))
        case "project":
            return Notice("state", _("Project"), said(_project(dossier)))
        case "in_part":
            words = _("Only a part of the local text is held; the rest is not known.")
            return Notice("state", _("Text known in part"), said(words))
        case "contract":
            return None


def _no_text(dossier: Dossier) -> str:
    derived = dossier.derived
    if derived is None:
        return _("It is known that this contract exists; no sheet of it is held.")
    if derived.not_signed_before is not None:
        day = day_in_words(derived.not_signed_before)
        return _(
            "It was signed on {day}; on the day of this document it had no text. "
            "What follows is what it would inherit from {parent}."
        ).format(day=day, parent=derived.parent.label)
    if derived.overlay is not None:
        return _("It is known that this contract exists; no sheet of it is held.")
    return _(
        "No text of this contract is known. What follows is what it would inherit from {parent}: "
        "it is neither its text nor a project of the town hall."
    ).format(parent=derived.parent.label)


def _project(dossier: Dossier) -> str:
    last = _(MILESTONE[milestones_met(dossier.contract, dossier.on)[-1].kind])
    return _("{state}, neither validated nor signed: this text binds nobody.").format(
        state=capital(last)
    )


def milestones_met(contract: Contract, on: date) -> tuple[Milestone, ...]:
    """What had happened to it on a day; what has no known day had happened."""
    days = ((item, item.on or item.no_later_than) for item in contract.milestones)
    return tuple(item for item, when in days if when is None or when.first <= on)
