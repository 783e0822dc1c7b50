"""Rules of any noun, wherever it stands: its sources exist, its lists and claims are sound."""

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, Literal, NamedTuple

from cpps_cli.diagnostics import N_, Diagnostic, Place, Word, no_such
from cpps_cli.library.validate import written_keys
from cpps_cli.model import (
    ActionSheet,
    Claim,
    Contract,
    LibraryReader,
    Noun,
    Overlay,
    Period,
    is_disputed,
)
from cpps_cli.model.sources import Dispute, claims_about, disputes_of, with_retained

_NONE = Word(N_("none of the claims about `{key}` is retained"))
_SEVERAL = Word(N_("{count} claims about `{key}` are retained, where only one can be"))


class Index(NamedTuple):
    """The names that a file may refer to; None where their file cannot be read.

    The names of what is itself at fault are among them: that fault is said once, where it is.
    """

    sources: frozenset[str] | None
    territories: frozenset[str] | None
    contracts: frozenset[str]

    def lacks_source(self, name: str) -> bool:
        """Whether no source has that id, as far as we can tell."""
        return self.sources is not None and name not in self.sources

    def lacks_territory(self, name: str) -> bool:
        """Whether no territory has that code, as far as we can tell."""
        return self.territories is not None and name not in self.territories


def check_noun(noun: Noun, place: Place, index: Index) -> Iterator[Diagnostic]:
    """Judges a noun and everything written inside it."""
    written, has_claims, has_dates = _kind(type(noun))
    for name in sorted(noun.model_fields_set & written):
        value = getattr(noun, name)
        if isinstance(value, Noun | dict | tuple):  # the others hold nothing
            yield from _check_value(name, value, place.at(name), index)
    if has_claims:
        yield from _claims(noun, place)
    if has_dates:
        yield from _window_in_term(noun, place)


@cache
def _kind(noun: type[Noun]) -> tuple[frozenset[str], bool, bool]:
    """Finds the keys of a kind, whether it has claims, and dates: once, for there are many."""
    fields, written = noun.model_fields, written_keys(noun)
    return frozenset(written), "claims" in fields, {"term", "window"} <= fields.keys()


def _check_value(name: str, value: Any, place: Place, index: Index) -> Iterator[Diagnostic]:
    match value:
        case Noun():
            yield from check_noun(value, place, index)
        case dict():
            for key, item in value.items():
                of_it = "sources" if name == "sources_of" else str(key)
                yield from _check_value(of_it, item, place.at(key), index)
        case tuple():
            for position, item in enumerate(value):
                if not isinstance(item, str):
                    yield from _check_value("", item, place.at(position), index)
            yield from _repeated(name, value, place)
            if name == "sources":
                yield from _sources(value, place, index)
        case _:
            return


def _sources(ids: tuple[str, ...], place: Place, index: Index) -> Iterator[Diagnostic]:
    for position, name in enumerate(ids):
        if index.lacks_source(name):
            yield Diagnostic("CP201", place.at(position), no_such(name, index.sources or ()))


def known_territory(code: str, place: Place, index: Index) -> Iterator[Diagnostic]:
    """Requires a territory to be one of the library."""
    if index.lacks_territory(code):
        yield Diagnostic("CP202", place, no_such(code, index.territories or ()))


def _repeated(name: str, items: tuple[Any, ...], place: Place) -> Iterator[Diagnostic]:
    seen: set[str] = set()
    for position, item in enumerate(items):
        if isinstance(item, str):
            if item in seen:
                yield Diagnostic("CP112", place.at(position), {"value": item, "key": name})
            seen.add(item)


def _claims(noun: Noun, place: Place) -> Iterator[Diagnostic]:
    claims: tuple[Claim, ...] = getattr(noun, "claims", ())
    if not claims:
        return
    fields = sorted({field for claim in claims for field in claim.statement()})
    for field in fields:
        rivals = claims_about(claims, field)
        retained = [position for position, claim in rivals if claim.retained]
        # Two of them retained: the second is one too many.
        at = place.at("claims", (retained or [rivals[0][0]])[-1], "says", field).key()
        if len(retained) != 1:
            yield Diagnostic("CP114", at, _retained(field, len(retained)))
        elif is_disputed(claims, field):
            count = len({str(claim.statement()[field]) for _, claim in rivals})
            yield Diagnostic("CP215", at, {"key": field, "count": count})
    yield from _topics(claims, place)


def _retained(key: str, count: int) -> dict[str, Any]:
    """Says how many claims about one thing are retained."""
    return {"key": key, "count": count, "what": _SEVERAL if count else _NONE}


def _topics(claims: tuple[Claim, ...], place: Place) -> Iterator[Diagnostic]:
    rivals = Counter(claim.topic for claim in claims if claim.topic)
    retained = Counter(claim.topic for claim in claims if claim.topic and claim.retained)
    for position, claim in enumerate(claims):
        at = place.at("claims", position)
        if not claim.statement() and not (claim.topic and claim.words):
            yield Diagnostic("CP115", at)
        elif claim.topic and rivals[claim.topic]:
            count = retained[claim.topic]
            if count != 1:
                yield Diagnostic("CP114", at.at("topic"), _retained(claim.topic, count))
            elif rivals[claim.topic] > 1:
                values: dict[str, Any] = {"key": claim.topic, "count": rivals[claim.topic]}
                yield Diagnostic("CP215", at.at("topic"), values)
            rivals[claim.topic] = 0


def _window_in_term(noun: Noun, place: Place) -> Iterator[Diagnostic]:
    """Judges a noun that states both: a contract, a statement, a change to the contract."""
    term, window = getattr(noun, "term", None), getattr(noun, "window", None)
    if not isinstance(term, Period) or not isinstance(window, Period):
        return
    if not lies_within(window, term):
        yield window_outside(window, term, place.at("window"))


def lies_within(window: Period, term: Period) -> bool:
    """Whether no day of the window is outside the term."""
    return term.first <= window.first and window.last <= term.last


def window_outside(window: Period, term: Period, place: Place) -> Diagnostic:
    """Reports a window that is not within the term."""
    return Diagnostic("CP302", place, {"window": str(window), "term": str(term)})


About = Literal["contract", "sheet", "programme"]


class Subject(NamedTuple):
    """The subject of a dispute: a contract, or one of its sheets or programmes by its code."""

    about: About
    contract: str
    contract_label: str
    code: str | None = None
    title: str | None = None


class Disputed(NamedTuple):
    """A dispute and what it is about."""

    subject: Subject
    dispute: Dispute


def disputes_in(contracts: Iterable[Contract], reader: LibraryReader) -> Iterator[Disputed]:
    """Finds the disputes of each contract, its sheets, its programmes and its local texts.

    They are those of the files: an amendment that settles a field does not make sources agree.
    """
    for contract in contracts:
        yield from _of(Subject("contract", contract.id, contract.label), contract.claims)
        added = [item for change in reader.amendments(contract.id) for item in change.add]
        yield from _of_sheets((*contract.sheets, *added), contract.id, contract.label)
        for programme in map(with_retained, reader.programmes(contract.id)):
            subject = Subject(
                "programme", contract.id, contract.label, programme.code, programme.title
            )
            yield from _of(subject, programme.claims)
        for code in reader.overlay_codes(contract.id):
            overlay = reader.overlay(contract.id, code)
            if overlay is not None:
                yield from _of_overlay(overlay)


def _of_overlay(overlay: Overlay) -> Iterator[Disputed]:
    label = overlay.short_title or overlay.title
    yield from _of(Subject("contract", overlay.id, label), overlay.claims)
    added = [item for amendment in overlay.amendments for item in amendment.add]
    yield from _of_sheets((*overlay.add, *added), overlay.id, label)


def _of_sheets(sheets: Iterable[ActionSheet], contract: str, label: str) -> Iterator[Disputed]:
    for sheet in sheets:
        title = " ".join(filter(None, [sheet.number, sheet.title])) or None
        yield from _of(Subject("sheet", contract, label, sheet.code, title), sheet.claims)


def _of(subject: Subject, claims: tuple[Claim, ...]) -> Iterator[Disputed]:
    for dispute in disputes_of(claims):
        yield Disputed(subject, dispute)
