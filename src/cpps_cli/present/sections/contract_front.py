"""The title page: who, where, from when to when, and what a reader must know first."""

from collections.abc import Iterator
from datetime import date
from typing import Literal

from cpps_cli.i18n.catalogue import _, capital
from cpps_cli.i18n.dates import day_in_words, period_in_words
from cpps_cli.i18n.labels import MILESTONE, milestone_in_words
from cpps_cli.model import Contract, Milestone, milestones_by
from cpps_cli.present.document import Block, Fact, Facts, Notice, Text
from cpps_cli.present.document_context import (
    DocumentContext,
    amendments_in_force,
    amendments_of_parent,
)
from cpps_cli.present.sections.certainty import certainty_of, in_brackets
from cpps_cli.present.sections.since_signature import rule_in_words
from cpps_cli.present.standing import standing_notices


def front_blocks(context: DocumentContext) -> tuple[Block, ...]:
    """What stands under the title."""
    return (*notices(context), Facts(tuple(_facts(context))))


def notices(context: DocumentContext) -> Iterator[Notice]:
    """That it is invented, a project, not known or to read again, as the case may be."""
    yield from standing_notices(context.library)
    if state := state_notice(context):
        yield state
    derived = context.derived
    if derived is not None:
        for words in rule_in_words(derived):
            yield Notice("state", _("Signed text"), words)
    if derived is not None and derived.to_reread:
        words = _("The text of {parent} has changed since this one was written.")
        yield Notice("state", _("To read again"), words.format(parent=derived.parent.label))


def dated_text(context: DocumentContext) -> str:
    """Which text the document gives, in one sentence."""
    return _("; ").join(_dated(context))


def _dated(context: DocumentContext) -> Iterator[str]:
    """The day whose text it is, then each amendment that made it, those of the parent last."""
    yield _("Text of {day}").format(day=day_in_words(context.on))
    for own in amendments_in_force(context):
        yield _("as amended by: {title}").format(title=own.title)
    if context.derived is not None:
        for amendment in amendments_of_parent(context):
            of_parent = _("text of the parent as amended by: {title}")
            yield of_parent.format(title=amendment.title)


def period_text(context: DocumentContext, field: str) -> Text:
    """Its term or its window, whose it is, and whether sources disagree on it."""
    held = context.contract.retained(field)
    if held is None:
        return _("not known")
    words = period_in_words(held.value)
    if context.derived and field in context.derived.inherited:
        words = _("{period} (that of {parent})").format(
            period=words, parent=context.derived.parent.label
        )
    return in_brackets(words, certainty_of(context.contract, field))


def _facts(context: DocumentContext) -> Iterator[Fact]:
    contract = context.contract
    if context.derived:
        yield Fact(_("Derived from"), (context.derived.parent.title,))
    yield Fact(capital(_("term")), (period_text(context, "term"),))
    yield Fact(_("Last known milestone"), (_last_milestone(context),))
    yield Fact(_("Signatories"), _parties(contract.signatories))
    yield Fact(_("Partners"), _parties(contract.partners))
    yield Fact(_("Text"), tuple(capital(line) for line in _dated(context)))
    if contract.sheets:
        yield Fact(_("Sheets in this document"), (_counted(context),))


def _last_milestone(context: DocumentContext) -> str:
    """How far it has come, by the last thing that is on record."""
    met = milestones_met(context.contract, context.on)
    return capital(milestone_in_words(met[-1])) if met else _("not known")


def _counted(context: DocumentContext) -> str:
    sheets = context.contract.sheets
    written = sum(sheet.status == "documented" for sheet in sheets)
    titled = sum(sheet.status == "titled" for sheet in sheets)
    pattern = _(
        "{total}: {written} with their text, {titled} with their title only, {rest} to complete"
    )
    rest = len(sheets) - written - titled
    return pattern.format(total=len(sheets), written=written, titled=titled, rest=rest)


def _parties(names: tuple[str, ...]) -> tuple[Text, ...]:
    return names or (_("not known"),)


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
    """Lists in order what had happened to it on a day; what has no known day had happened."""
    return milestones_by(contract.milestones, on)
