"""The texts of a local contract: the one that was signed, then one after each of its amendments.

An amendment changes the local text by the engine that changes a parent's. Origins, answers and
parts of what it makes are followed through to the parent all the same.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import chain
from typing import NamedTuple

from cpps_cli.diagnostics import Diagnostic, Place
from cpps_cli.engine.apply import Fields, apply_to_sheets
from cpps_cli.engine.changes import ChangeFile, ChangeSet, ContractVersion, brought_by
from cpps_cli.engine.dependencies import Cell
from cpps_cli.engine.head import Head, amended_head, amending, local_head
from cpps_cli.engine.three_way import ThreeWay, two_way
from cpps_cli.engine.validate import validate
from cpps_cli.engine.versions import day_by_day
from cpps_cli.model import (
    SIGNED,
    Amendment,
    Changes,
    Contract,
    DerivedSheet,
    Exclude,
    Origin,
    Overlay,
    Part,
    Parts,
    Stated,
    Territory,
)
from cpps_cli.model.paths import amendment_of

_OWN_CODE = ("add", "merge")


@dataclass(frozen=True)
class LocalText:
    """A local contract in one of its versions, beside one text of its parent.

    `excluded` says, by the code of the parent's sheet, what left it out, and in which version.
    `three_way`: the changes that made it, between their base and the text of the day.
    """

    head: Head
    version: str
    sheets: tuple[DerivedSheet, ...]
    excluded: Mapping[str, tuple[Exclude, str]]
    three_way: ThreeWay
    faults: tuple[Diagnostic, ...] = ()

    @cached_property
    def contract(self) -> Contract:
        """The contract itself, with its sheets."""
        return self.head.contract.replace(sheets=tuple(item.sheet for item in self.sheets))


class LocalVersions(NamedTuple):
    """Makes the texts of one local contract from its parent's text of the day, and from the one it
    was read against; it is validated against the second.

    `dated` is the parent with the term and the window of the day. `signed` is the parent's text
    that a signed one took: its amendments are written for the local text beside that. They may
    take up sheets of the parent's text of their day, which `parent_on` gives; those of another take
    up sheets of the text that it was read against.
    """

    overlay: Overlay
    territory: Territory
    three_way: ThreeWay
    dated: Contract
    signed: Contract | None = None
    parent_on: Callable[[date], Contract] | None = None

    def after(self, amendments: Iterable[Amendment]) -> tuple[LocalText, ...]:
        """The text that was signed, then one for each day of these amendments."""
        base = self.signed or self.three_way.base
        ours = on_base = self._signed(self.three_way)
        texts = [replace(ours, faults=tuple(validate(self.changes, self.three_way)))]
        days, gone = tuple(day_by_day(amendments)), dict[str, str]()
        for position, same_day in enumerate(days):
            if position == 0 and self.three_way.theirs is not base:
                on_base = self._signed(two_way(base))
            before = _codes(on_base)
            changes = amending(self.overlay, same_day)._replace(
                given_up=self.three_way.given_up,
                coming=brought_by(chain.from_iterable(days[position + 1 :])),
                gone=dict(gone),
            )
            faults, ours, on_base = self._amended(ours, on_base, changes, same_day[0].in_force_on)
            texts.append(replace(ours, faults=faults))
            gone |= dict.fromkeys(before - _codes(on_base), ours.version)
        return tuple(texts)

    @property
    def changes(self) -> ChangeSet:
        """The changes that the local text makes to its parent's."""
        listed = self.overlay.takes == "listed"
        return ChangeSet(self.three_way.files, listed, given_up=self.three_way.given_up)

    def _signed(self, three_way: ThreeWay) -> LocalText:
        sheets = apply_to_sheets(self.changes, three_way)
        head = local_head(three_way.theirs, self.overlay, self.territory, three_way, self.dated)
        if self.overlay.text == "partial" and not sheets and not self.overlay.axes:
            head = head.without_axes()  # nothing says that its axes are the parent's
        excluded = {change.sheet: (change, SIGNED) for change in self.overlay.exclude}
        return LocalText(head, SIGNED, sheets, excluded, three_way)

    def _amended(
        self, ours: LocalText, on_base: LocalText, amending: ChangeSet, day: date
    ) -> tuple[tuple[Diagnostic, ...], LocalText, LocalText]:
        """The faults of amendments of one day, and the two texts after them."""
        ends = (two_way(self.three_way.base), self.three_way)
        if self.parent_on is not None:
            ends = (two_way(self.parent_on(day)),) * 2
        answered = {code for item in on_base.sheets for code in item.answers or ()}
        offered = ends[0].version.by_code.keys() - answered - _codes(on_base)
        changes = amending._replace(offered=frozenset(offered))
        before = self._with_taken(on_base, ends[0], changes)
        still = two_way(before.contract, changes.files)
        if ours is on_base:
            after = _after(before, before, changes, still)
            return tuple(validate(changes, still)), after, after
        amended = self._with_taken(ours, ends[1], changes)
        moving = _moving(changes, before, amended, self.three_way)
        after = _after(amended, before, changes, moving)
        return tuple(validate(changes, moving)), after, _after(before, before, changes, still)

    def _with_taken(self, text: LocalText, three_way: ThreeWay, changes: ChangeSet) -> LocalText:
        """The text with the sheets of its parent that amendments take up, as the parent has them.

        They stand in the local axes as if the local text had taken them when it was signed.
        """
        offered = changes.offered or frozenset()
        files = [
            ChangeFile(Changes.model_validate({"take": file.changes.take}), file.file)
            for file in changes.files
            if offered & {take.sheet for take in file.changes.take}
        ]
        if not files:
            return text
        axes = text.head.fields.get("axes", ())
        stating = [part.place.file for part in axes if isinstance(part, Stated)]
        own = Changes.model_validate({"axes": text.head.contract.axes})
        files += [ChangeFile(own, file) for file in stating[:1]]
        taken = apply_to_sheets(ChangeSet(tuple(files), listed=True), three_way)
        new = tuple(replace(item, change=None) for item in taken if item.sheet.code in offered)
        return replace(text, sheets=(*text.sheets, *new))


def _codes(text: LocalText) -> frozenset[str]:
    return frozenset(item.sheet.code for item in text.sheets)


def _moving(changes: ChangeSet, base: LocalText, theirs: LocalText, parent: ThreeWay) -> ThreeWay:
    """Amendments between the local text as they were read against it and that of the day.

    What the parent only put in other words is no other commitment in the local text either.
    """
    first, last = (ContractVersion(text.contract, text.version) for text in (base, theirs))
    held = {item.sheet.code: item for item in theirs.sheets}

    def in_other_words(cell: Cell) -> bool:
        code, field = cell
        item = held.get(code or "")
        if item is None or field in item.fields or item.answers is None or len(item.answers) != 1:
            return False
        return parent.is_cosmetic(((item.answers[0], field),))

    return ThreeWay(changes.files, (first, last), (first, last), in_other_words)


def _after(text: LocalText, base: LocalText, changes: ChangeSet, three_way: ThreeWay) -> LocalText:
    """A text after changes that were written for `base`."""
    before = {item.sheet.code: item for item in (*base.sheets, *text.sheets)}
    sheets = tuple(
        _through(item, before, tuple(_places(item, changes)))
        for item in apply_to_sheets(changes, three_way)
    )
    version = amendment_of(changes.files[-1].file) or SIGNED
    excluded = {**text.excluded, **dict(_repealed(changes, before))}
    head = amended_head(text.head, changes, three_way)
    return LocalText(head, version, sheets, excluded, three_way)


def _repealed(
    changes: ChangeSet, before: Mapping[str, DerivedSheet]
) -> Iterator[tuple[str, tuple[Exclude, str]]]:
    """The parent's sheets that went with the local ones that amendments repeal."""
    for file in changes.files:
        for change in file.changes.exclude:
            item = before.get(change.sheet)
            for code in (item.answers if item else None) or ():
                yield code, (change, amendment_of(file.file) or SIGNED)


def _places(item: DerivedSheet, changes: ChangeSet) -> Iterator[Place]:
    """Where amendments change a sheet, or make it."""
    for placed in changes.placed():
        if item.sheet.code in (getattr(placed.change, "code", None) or placed.targets):
            yield placed.place


def _through(
    made: DerivedSheet, before: Mapping[str, DerivedSheet], places: tuple[Place, ...]
) -> DerivedSheet:
    """A sheet that amendments made of local ones, as it stands beside the parent."""
    priors = [before[code] for code in made.answers or () if code in before]
    fields: Fields = {name: tuple(_resolved(parts, before)) for name, parts in made.fields.items()}
    change = None
    if priors and not (made.change and made.change[0] in _OWN_CODE):
        fields, change = {**priors[0].fields, **fields}, priors[0].change
    answers = made.answers if made.answers is None else _answers(priors)
    return replace(
        made,
        origin=_origin(made, priors, answers),
        answers=answers,
        link_inferred=made.link_inferred or any(item.link_inferred for item in priors),
        change=change,
        to_reread=made.to_reread or any(item.to_reread for item in priors),
        fields=fields,
        amended=(*(place for item in priors for place in item.amended), *places),
    )


def _answers(priors: list[DerivedSheet]) -> tuple[str, ...] | None:
    """The union of the parent's sheets that they answer; None where nothing of it is known."""
    found = tuple(dict.fromkeys(code for item in priors for code in item.answers or ()))
    return None if not found and any(item.answers is None for item in priors) else found


def _origin(
    made: DerivedSheet, priors: list[DerivedSheet], answers: tuple[str, ...] | None
) -> Origin:
    """The origin beside the parent: what answers none of its sheets was added."""
    if not priors or not answers:
        return "added"
    if made.origin == "merged":
        return "merged"
    before = priors[0].origin
    return "adapted" if made.origin == "adapted" and before == "inherited" else before


def _resolved(parts: Parts, before: Mapping[str, DerivedSheet]) -> Iterator[Part]:
    """The parts, with what they keep of a local sheet as the parts that it is made of."""
    for part in parts:
        if isinstance(part, Stated) or part.sheet is None:
            yield part
            continue
        prior = before[part.sheet]
        held = prior.fields.get(part.field)
        if held is None:
            [code] = prior.answers or (part.sheet,)
            yield part._replace(sheet=code)
        elif part.item is None:
            yield from held
        else:
            yield from (item for item in held if item.value == part.value)
