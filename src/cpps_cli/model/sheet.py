"""Action sheets (fiches action), the axes they stand in, and those that answer a question."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple, TypeVar, cast, get_args

from pydantic import Field

from cpps_cli.diagnostics import N_, CppsError
from cpps_cli.model.noun import (
    Code,
    Count,
    Many,
    Note,
    Noun,
    SheetNumber,
    Sources,
    Text,
    number_order,
)
from cpps_cli.model.period import Period
from cpps_cli.model.sources import SheetClaim

if TYPE_CHECKING:
    from cpps_cli.model.contract import Contract

# What people and documents write before a number.
_CALLED = re.compile(r"(?i)^(fiche( action)?|sheet)?\s*(n\s*[°ºo.]*)?\s*(?=\d)")
Status = Literal["documented", "titled", "to_complete"]
DOUBTS = ("inferred", "uncertain", "cut")
F = TypeVar("F")
# How sure we are of single fields, those that `F` names.
Inferred = Annotated[Many[F], Field(description="fields read by us, stated by no source")]
Uncertain = Annotated[
    Many[F], Field(description="fields whose value is one of several possibilities")
]
Cut = Annotated[Many[F], Field(description="fields of which the source was seen only in part")]
_OfAxis = Literal["number", "title"]
_OfSheet = Literal["number", "axis", "title"]


class Axis(Noun, defer_build=False):
    """A chapter of a contract. Its title may be unknown."""

    code: Code = Field(description="what sheets name it by; never changes")
    number: Count | None = Field(None, description="its number, as printed")
    title: Text | None = Field(None, description="its title; absent where no source gives it")
    parent: Code | None = Field(
        None, description="in a local contract: the parent's axis that it answers"
    )
    announced_sheets: Count | None = Field(None, description="how many sheets the sources say")
    inferred: Inferred[_OfAxis] = ()
    uncertain: Uncertain[_OfAxis] = ()
    cut: Cut[_OfAxis] = ()
    sources: Sources = ()
    note: Note | None = None


class IndicatorValue(Noun):
    """What was measured over a period, with its words: a figure alone says little."""

    period: Period = Field(description="when it was measured")
    value: int | float | None = Field(None, description="absent where only words are known")
    at_least: bool = Field(False, description="true where the source says « more than » this")
    about: bool = Field(False, description="true where the source gives a round figure")
    words: Text | None = Field(None, description="what the figure means, or stands in its place")
    definition: Text | None = Field(
        None, description="what is counted here, where that differs from the indicator"
    )
    sources: Sources = ()


class IndicatorChange(Noun, defer_build=False):
    """What a change says of one indicator: what it leaves unsaid stays as it is."""

    code: Code = Field(description="what it is named by; never changes")
    title: Text | None = Field(None, description="what is measured")
    unit: Text | None = Field(None, description="what is counted, such as élèves, % or euros")
    definition: Text | None = Field(None, description="what exactly is counted, and how")
    every: Text | None = Field(None, description="how often it is measured")
    target: Text | None = Field(None, description="what is aimed at, with its date")
    values: Many[IndicatorValue] = Field((), description="what was measured, period by period")
    note: Note | None = None

    @property
    def only_measures(self) -> bool:
        """Whether it states figures alone, which are no words of a contract."""
        return self.model_fields_set <= {"code", "values"}

    def of(self, before: "Indicator | None") -> "Indicator":
        """The indicator after the change; figures of periods that it does not state stay."""
        stated = {} if before is None else before.stated()
        stated = {"title": self.code, "unit": self.code, **stated, **self.stated()}
        again = {item.period for item in self.values}
        former = () if before is None else before.values
        kept = tuple(item for item in former if item.period not in again)
        return Indicator(**{**stated, "values": (*kept, *self.values)})


class Indicator(IndicatorChange, defer_build=False):
    """A measure of what a sheet or programme achieves: unit, definition and its values."""

    title: Text = Field(description="what is measured")
    unit: Text = Field(description="what is counted, such as élèves, % or euros")


N = TypeVar("N", bound=Noun)


def measured_by(noun: N, day: date | None) -> N:
    """A noun, of whose indicators nothing is known that was measured later; all for None."""
    return noun if day is None else cast(N, _measured_by(noun, day))


def _measured_by(value: object, day: date) -> object:
    match value:
        case IndicatorChange():
            known = tuple(item for item in value.values if item.period.last <= day)
            return value if known == value.values else value.replace(values=known)
        case Noun():
            former = {name: getattr(value, name) for name in _leading_to_figures(type(value))}
            now = {name: _measured_by(item, day) for name, item in former.items()}
            changed = {name: item for name, item in now.items() if item is not former[name]}
            return value.replace(**changed) if changed else value
        case tuple():
            items = tuple(_measured_by(item, day) for item in value)
            same = all(new is old for new, old in zip(items, value, strict=True))
            return value if same else items
        case _:
            return value


@cache
def _leading_to_figures(noun: type[Noun]) -> tuple[str, ...]:
    """The fields in which indicators can stand: texts are long, and looked at often."""
    fields = noun.model_fields.items()
    return tuple(name for name, field in fields if _leads_to_figures(field.annotation))


def _leads_to_figures(annotation: object) -> bool:
    if isinstance(annotation, type) and issubclass(annotation, Noun):
        return issubclass(annotation, IndicatorChange) or bool(_leading_to_figures(annotation))
    return any(map(_leads_to_figures, get_args(annotation)))


class AdaptedText(Noun):
    """What a change may set in an action sheet, field by field; indicators one by one, by code.

    The headings are those of the City of Paris (objectives, means and methods, expected results)
    with those attested elsewhere, all optional: unknown is a value.
    """

    title: Text | None = Field(None, description="its title, without the number")
    context: Text | None = Field(None, description="what was found, and why something must be done")
    objectives: Many[Text] = Field((), description="what is to be reached")
    audience: Many[Text] = Field((), description="for whom")
    places: Many[Text] = Field((), description="streets, squares, quarters")
    means: Many[Text] = Field((), description="people, places, money, tools")
    methods: Many[Text] = Field((), description="how it is put into practice, in order")
    expected_results: Many[Text] = Field((), description="by what success is seen")
    lead: Text | None = Field(None, description="the office that leads, never a person")
    partners: Many[Text] = Field((), description="the offices and associations that take part")
    schedule: Many[Text] = Field((), description="steps with their dates, in order")
    indicators: Many[IndicatorChange] = Field(
        (),
        description="indicators that change, each named by its code, with what changes in it; the "
        "others stay, and so do figures",
    )


class SheetText(AdaptedText):
    """What an action sheet says, field by field."""

    indicators: Many[Indicator] = Field((), description="what is measured to follow it up")


class ListItems(Noun):
    """Items of the list fields of a sheet."""

    objectives: Many[Text] = Field((), description="items of the objectives")
    audience: Many[Text] = Field((), description="items of the audience")
    places: Many[Text] = Field((), description="items of the places")
    means: Many[Text] = Field((), description="items of the means")
    methods: Many[Text] = Field((), description="steps of the methods")
    expected_results: Many[Text] = Field((), description="items of the expected results")
    partners: Many[Text] = Field((), description="items of the partners")
    schedule: Many[Text] = Field((), description="items of the schedule")


class RemovedItems(ListItems):
    """Items of the list fields of a sheet, and indicators, that are taken out."""

    indicators: Many[Code] = Field((), description="codes of the indicators")


class Marks(Noun):
    """How sure we are of single fields of a sheet, and of which sheet it answers."""

    inferred: Inferred[Literal["number", "axis", "title", "sheet"]] = ()
    uncertain: Uncertain[_OfSheet] = ()
    cut: Cut[_OfSheet] = ()


if TYPE_CHECKING:
    _Sourced = str
else:
    _Sourced = Literal[("number", "axis", *SheetText.model_fields)]


class ActionSheet(SheetText, Marks):
    """One commitment of a contract. Its code never changes; its number is only what is printed."""

    code: Code = Field(
        description="what changes, links and commands name it by",
        json_schema_extra={"from": "name"},
    )
    number: SheetNumber | None = Field(
        None, description="its number as printed, such as 1.1; absent where no source gives it"
    )
    axis: Code | None = Field(None, description="the code of the axis it stands in")
    sources: Sources = ()
    sources_of: dict[_Sourced, Sources] = Field(
        default_factory=dict,
        description="for a field, the sources that say just this; the others rest on `sources`",
    )
    claims: Many[SheetClaim] = Field((), description="what the sources do not agree on")
    note: Note | None = None

    @property
    def cited(self) -> tuple[str, ...]:
        """Every source of the sheet: of the whole, then of single fields."""
        every = (self.sources, *self.sources_of.values())
        return tuple(dict.fromkeys(name for names in every for name in names))

    def sources_for(self, field: str) -> tuple[str, ...]:
        """The sources of what stands in a field: its own, or those of the claim retained."""
        for claim in self.claims:
            if claim.retained and field in claim.statement():
                return claim.sources
        return self.sources_of.get(field, self.sources)

    @property
    def status(self) -> Status:
        """Whether its text is held (what it aims at, does or brings), its title, or nothing yet."""
        if self.objectives or self.means or self.methods or self.expected_results:
            return "documented"
        return "titled" if self.title else "to_complete"


def in_order(sheets: tuple[ActionSheet, ...], axes: tuple[Axis, ...]) -> tuple[ActionSheet, ...]:
    """Sorts sheets as they are printed: by axis, by number, those without a number last.

    Among the latter, those with a title come first; then the code decides, read as people read
    it (`a-completer-2` before `a-completer-10`).
    """
    place = {axis.code: index for index, axis in enumerate(axes)}

    def key(sheet: ActionSheet) -> tuple[object, ...]:
        number = number_order(sheet.number) if sheet.number else (10_000,)
        axis = place.get(sheet.axis or "", len(place))
        return (axis, number, sheet.title is None, _natural(sheet.code))

    return tuple(sorted(sheets, key=key))


@lru_cache(maxsize=4096)  # the codes of a parent come back in each of its local contracts
def _natural(code: str) -> tuple[tuple[int, str], ...]:
    return tuple((int(part), "") if part.isdigit() else (-1, part) for part in code.split("-"))


# --- those that answer a question


def axis_called(contract: "Contract", word: str) -> Axis | None:
    """Finds the axis of that number or code."""
    return next((axis for axis in contract.axes if word in (axis.code, str(axis.number))), None)


def sheet_called(sheets: Iterable[ActionSheet], word: str) -> ActionSheet | None:
    """Finds the sheet of that code or number (`1.1`, `1-1`, `Fiche n° 7`).

    Raises `CppsError` where several sheets have the number: it names all of them.
    """
    name = _CALLED.sub("", word.strip()).casefold()
    by_code = {sheet.code: sheet for sheet in sheets}
    numbered = [item for item in by_code.values() if item.number == name.replace("-", ".")]
    if name in by_code or len(numbered) < 2:
        return by_code.get(name) or next(iter(numbered), None)
    raise CppsError(
        "several sheets have the number `{name}`",
        help=N_("say which one by its code"),
        name=name,
        known=tuple(sheet.code for sheet in numbered),
    )


class SheetQuestion(NamedTuple):
    """Which sheets are asked for; of each part that is given, all the words must be met.

    `lead`, `partner` and `place` are words of the office that leads, of one partner, of one place.
    """

    axis: str | None = None
    status: Status | None = None
    words: str | None = None
    lead: str | None = None
    partner: str | None = None
    place: str | None = None


def sheets_asked(contract: "Contract", asked: SheetQuestion) -> tuple[ActionSheet, ...]:
    """Selects sheets by every part of the question; raises `CppsError` on an unknown axis."""
    sheets: Iterable[ActionSheet] = contract.sheets
    if asked.axis is not None:
        chosen = _axis_named(contract, asked.axis)
        sheets = (sheet for sheet in sheets if sheet.axis == chosen.code)
    if asked.status is not None:
        sheets = (sheet for sheet in sheets if sheet.status == asked.status)
    if asked.lead is not None:
        sheets = (sheet for sheet in sheets if _holds([sheet.lead or ""], asked.lead))
    if asked.partner is not None:
        sheets = (sheet for sheet in sheets if _holds(sheet.partners, asked.partner))
    if asked.place is not None:
        sheets = (sheet for sheet in sheets if _holds(sheet.places, asked.place))
    return tuple(sheets) if asked.words is None else with_words(sheets, asked.words)


def _holds(texts: Iterable[str], words: str) -> bool:
    """Whether one of the texts holds each of the words; accents and case do not count."""
    wanted = plain(words).split()
    return any(all(word in text for word in wanted) for text in map(plain, texts))


def _axis_named(contract: "Contract", word: str) -> Axis:
    found = axis_called(contract, word)
    if found is None:
        codes = tuple(axis.code for axis in contract.axes)
        raise CppsError("there is no axis `{name}` in this contract", name=word, known=codes)
    return found


def with_words(sheets: Iterable[ActionSheet], words: str) -> tuple[ActionSheet, ...]:
    """Selects the sheets in whose code, title or text each of the words stands."""
    wanted = plain(words).split()
    held = ((sheet, plain(" ".join(_texts(sheet)))) for sheet in sheets)
    return tuple(sheet for sheet, text in held if all(word in text for word in wanted))


def plain(text: str) -> str:
    """Takes accents, case and typographic apostrophes out of a text."""
    import unicodedata

    folded = text.casefold().replace("’", "'").replace("œ", "oe").replace("æ", "ae")
    apart = unicodedata.normalize("NFKD", folded)
    return "".join(mark for mark in apart if not unicodedata.combining(mark))


def _texts(sheet: ActionSheet) -> Iterator[str]:
    yield sheet.code.replace("-", " ")
    yield from _strings(sheet, tuple(SheetText.model_fields))


def _strings(noun: Noun, fields: tuple[str, ...]) -> Iterator[str]:
    for name in fields:
        value = getattr(noun, name)
        for item in value if isinstance(value, tuple) else (value,):
            if isinstance(item, str):
                yield item
            elif isinstance(item, Noun):
                yield from _strings(item, tuple(type(item).model_fields))
