"""What a reader must not miss about a contract on a day, in sentences."""

from collections.abc import Iterator

from cpps_cli.i18n.catalogue import _, capital, n_
from cpps_cli.i18n.dates import day_in_words, period_in_words
from cpps_cli.i18n.labels import STAGE
from cpps_cli.model import Period
from cpps_cli.schedule.lifecycle import Successor
from cpps_cli.schedule.status import ContractStatus

END_IS_NEAR_DAYS = 366


def sentences(item: ContractStatus) -> list[str]:
    """Its window and its source, its stage, the end of its term and what comes after."""
    return [_window(item), _stage(item), *_end(item)]


def _window(item: ContractStatus) -> str:
    label = item.contract.label
    if item.window is None:
        unknown = _("{contract}: no source gives a window for its renegotiation.")
        return unknown.format(contract=label)
    window, sources = period_in_words(item.window.value), ", ".join(item.window.sources)
    if sources:
        said = _("{contract}: window {window} ({sources}).")
        return said.format(contract=label, window=window, sources=sources)
    return _("{contract}: window {window}.").format(contract=label, window=window)


def _stage(item: ContractStatus) -> str:
    return _("{stage}.").format(stage=capital(_(STAGE[item.stage])))


def _end(item: ContractStatus) -> Iterator[str]:
    successor = item.expiry.successor
    if item.term is None or item.term_days is None:
        yield _("Its term is not known.")
    else:
        yield _term(item, item.term.value, item.term_days)
        if item.expiry.prolonged_from is not None:
            first = day_in_words(item.expiry.prolonged_from.last)
            yield _("It was prolonged: its first term ended on {day}.").format(day=first)
        yield from _computed(item.term.value)
    if successor is not None:
        yield _succession(successor, replaced=item.expiry.state == "replaced")


def _term(item: ContractStatus, term: Period, days: int) -> str:
    match item.expiry.state:
        case "not_begun":
            return _("Its term begins on {day}.").format(day=day_in_words(term.first))
        case "prolonged":
            said = _("Its term ended on {day}; it was prolonged, until when is not on record.")
            return said.format(day=day_in_words(term.last))
        case _ if days < 0:
            return _("Its term ended on {day}.").format(day=day_in_words(term.last))
        case _ if days < END_IS_NEAR_DAYS:
            about = n_(
                "Its term ends on {day}, in {count} day.",
                "Its term ends on {day}, in {count} days.",
                days,
            )
            return about.format(day=day_in_words(term.last), count=days)
        case _:
            return _("Its term ends on {day}.").format(day=day_in_words(term.last))


def _computed(term: Period) -> Iterator[str]:
    """That a last day is ours, where the sources give no day."""
    if term.ends[1].precision != "day":
        said = _("(Computed: the sources give the term as {term}.)")
        yield said.format(term=period_in_words(term))


def _succession(successor: Successor, *, replaced: bool) -> str:
    if replaced and successor.begins is not None:
        said = _("{successor} replaces it since {day} ({id}).")
        day = day_in_words(successor.begins.first)
        return said.format(successor=successor.label, day=day, id=successor.id)
    said = _("{successor} is signed already, to replace it ({id}).")
    return said.format(successor=successor.label, id=successor.id)
