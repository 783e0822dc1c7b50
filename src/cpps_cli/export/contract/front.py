"""The title page: who, where, from when to when, and what a reader must know first."""

from collections.abc import Iterator

from cpps_cli.derive.consolidation import in_force
from cpps_cli.export.around import amendments_in_force
from cpps_cli.export.contract.state import milestones_met, state_notice
from cpps_cli.export.dossier import Dossier
from cpps_cli.export.outline import Block, Fact, Facts, Notice, Text, said
from cpps_cli.model import Library
from cpps_cli.words.catalogue import _, capital
from cpps_cli.words.dates import day_in_words, period_in_words
from cpps_cli.words.phrases import disputed_in_words, milestone_in_words


def front_blocks(dossier: Dossier) -> tuple[Block, ...]:
    """What stands under the title."""
    return (*notices(dossier), Facts(tuple(_facts(dossier))))


def notices(dossier: Dossier) -> Iterator[Notice]:
    """That it is invented, a project, not known or to read again, as the case may be."""
    yield from fictional_notices(dossier.library)
    if state := state_notice(dossier):
        yield state
    derived = dossier.derived
    if derived is not None and derived.to_reread:
        words = _("The text of {parent} has changed since this one was written.")
        yield Notice("state", _("To read again"), said(words.format(parent=derived.parent.label)))


def fictional_notices(library: Library) -> Iterator[Notice]:
    """That nothing is real, where the library says so."""
    if library.fictional:
        words = _("Nothing in this document is real: it is an example for learning.")
        yield Notice("state", _("Fictional"), said(words))


def dated_text(dossier: Dossier) -> str:
    """Which text the document gives, in one sentence."""
    return _("; ").join(_dated(dossier))


def _dated(dossier: Dossier) -> Iterator[str]:
    """The day whose text it is, then each amendment that made it, those of the parent last."""
    yield _("Text of {day}").format(day=day_in_words(dossier.on))
    for own in amendments_in_force(dossier):
        yield _("as amended by: {title}").format(title=own.title)
    if dossier.derived is not None:
        for amendment in in_force(dossier.parent.amendments, dossier.on):
            of_parent = _("text of the parent as amended by: {title}")
            yield of_parent.format(title=amendment.title)


def period_text(dossier: Dossier, field: str) -> Text:
    """Its term or its window, whose it is, and whether sources disagree on it."""
    held = dossier.contract.held(field)
    if held is None:
        return said(_("not known"))
    words = period_in_words(held.value)
    if dossier.derived and field in dossier.derived.inherited:
        words = _("{period} (that of {parent})").format(
            period=words, parent=dossier.derived.parent.label
        )
    elif _is_inferred(dossier, field):
        words = _("{period} (inferred: stated in no source)").format(period=words)
    dispute = disputed_in_words(dossier.contract, field)
    return said(f"{words} ({dispute})" if dispute else words)


def _facts(dossier: Dossier) -> Iterator[Fact]:
    contract = dossier.contract
    if dossier.derived:
        yield Fact(_("Derived from"), (said(dossier.derived.parent.title),))
    yield Fact(capital(_("term")), (period_text(dossier, "term"),))
    yield Fact(_("Last known milestone"), (said(_last_milestone(dossier)),))
    yield Fact(_("Signatories"), _parties(contract.signatories))
    yield Fact(_("Partners"), _parties(contract.partners))
    yield Fact(_("Text"), tuple(said(capital(line)) for line in _dated(dossier)))
    if contract.sheets:
        yield Fact(_("Sheets in this document"), (said(_counted(dossier)),))


def _last_milestone(dossier: Dossier) -> str:
    """How far it has come, by the last thing that is on record."""
    met = milestones_met(dossier.contract, dossier.on)
    return capital(milestone_in_words(met[-1])) if met else _("not known")


def _counted(dossier: Dossier) -> str:
    sheets = dossier.contract.sheets
    written = sum(sheet.status == "documented" for sheet in sheets)
    titled = sum(sheet.status == "titled" for sheet in sheets)
    pattern = _(
        "{total}: {written} with their text, {titled} with their title only, {rest} to complete"
    )
    rest = len(sheets) - written - titled
    return pattern.format(total=len(sheets), written=written, titled=titled, rest=rest)


def _parties(names: tuple[str, ...]) -> tuple[Text, ...]:
    return tuple(map(said, names)) or (said(_("not known")),)


def _is_inferred(dossier: Dossier, field: str) -> bool:
    overlay = dossier.derived.overlay if dossier.derived else None
    change = overlay.contract if overlay else None
    return change is not None and field in change.inferred
