"""How far a contract has come: whether a document may call it one, or must call it a project."""

from datetime import date
from typing import Literal

from cpps_cli.i18n.catalogue import _, capital
from cpps_cli.i18n.dates import day_in_words
from cpps_cli.i18n.labels import MILESTONE
from cpps_cli.model import Contract, Milestone
from cpps_cli.present.document import Notice
from cpps_cli.present.document_context import DocumentContext

State = Literal["no_text", "project", "in_part", "contract"]
_BEFORE_A_DECISION = frozenset({"drafted", "in_concertation", "presented"})


def state_of(context: DocumentContext) -> State:
    """`project` while its milestones speak of a draft and of no decision yet."""
    derived = context.derived
    if not context.contract.sheets or (derived and derived.basis == "no_text"):
        return "no_text"
    met = {item.kind for item in milestones_met(context.contract, context.on)}
    if met and met <= _BEFORE_A_DECISION:
        return "project"
    return "in_part" if derived and derived.basis == "partial" else "contract"


def state_notice(context: DocumentContext) -> Notice | None:
    """What a reader must know before the first word of the text; None where it is a contract."""
    match state_of(context):
        case "no_text":
            return Notice("state", _("Text not known"), _no_text(context))
        case "project":
            return Notice("state", _("Project"), _project(context))
        case "in_part":
            words = _("Only a part of the local text is held; the rest is not known.")
            return Notice("state", _("Text known in part"), words)
        case "contract":
            return None


def _no_text(context: DocumentContext) -> str:
    derived = context.derived
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


def _project(context: DocumentContext) -> str:
    last = _(MILESTONE[milestones_met(context.contract, context.on)[-1].kind])
    return _("{state}, neither validated nor signed: this text binds nobody.").format(
        state=capital(last)
    )


def milestones_met(contract: Contract, on: date) -> tuple[Milestone, ...]:
    """What had happened to it on a day; what has no known day had happened."""
    days = ((item, item.on or item.no_later_than) for item in contract.milestones)
    return tuple(item for item, when in days if when is None or when.first <= on)
