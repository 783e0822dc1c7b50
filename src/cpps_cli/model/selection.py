"""The sheets of a contract that answer a question."""

import unicodedata
from collections.abc import Iterable, Iterator

from pydantic import BaseModel

from cpps_cli.diagnostics import CppsError
from cpps_cli.model.contract import Contract
from cpps_cli.model.sheet import ActionSheet, Axis, SheetText, Status


def axis_called(contract: Contract, word: str) -> Axis | None:
    """Finds the axis of that number or code."""
    return next((axis for axis in contract.axes if word in (axis.code, str(axis.number))), None)


def sheet_called(sheets: Iterable[ActionSheet], word: str) -> ActionSheet | None:
    """Finds the sheet of that code or number (`1.1`, `1-1`)."""
    number = word.strip().replace("-", ".")
    known = tuple(sheets)
    by_code = (sheet for sheet in known if sheet.code == word.strip().casefold())
    by_number = (sheet for sheet in known if sheet.number == number)
    return next(by_code, None) or next(by_number, None)


def sheets_asked(
    contract: Contract, *, axis: str | None, status: Status | None, words: str | None
) -> tuple[ActionSheet, ...]:
    """Selects sheets by every part of the question; raises `CppsError` on an unknown axis."""
    sheets = contract.sheets
    if axis is not None:
        chosen = _axis_named(contract, axis)
        sheets = tuple(sheet for sheet in sheets if sheet.axis == chosen.code)
    if status is not None:
        sheets = tuple(sheet for sheet in sheets if sheet.status == status)
    return sheets if words is None else with_words(sheets, words)


def _axis_named(contract: Contract, word: str) -> Axis:
    found = axis_called(contract, word)
    if found is None:
        codes = tuple(axis.code for axis in contract.axes)
        raise CppsError("there is no axis `{name}` in this contract", name=word, known=codes)
    return found


def with_words(sheets: Iterable[ActionSheet], words: str) -> tuple[ActionSheet, ...]:
    """Selects the sheets in whose code, title or text each of the words stands."""
    wanted = plain(words).split()
    return tuple(sheet for sheet in sheets if _holds(plain(" ".join(_texts(sheet))), wanted))


def plain(text: str) -> str:
    """Takes accents, case and typographic apostrophes out of a text."""
    folded = text.casefold().replace("’", "'").replace("œ", "oe").replace("æ", "ae")
    apart = unicodedata.normalize("NFKD", folded)
    return "".join(mark for mark in apart if not unicodedata.combining(mark))


def _holds(text: str, wanted: list[str]) -> bool:
    return all(word in text for word in wanted)


def _texts(sheet: ActionSheet) -> Iterator[str]:
    yield sheet.code.replace("-", " ")
    yield from _strings(sheet, tuple(SheetText.model_fields))


def _strings(noun: BaseModel, fields: tuple[str, ...]) -> Iterator[str]:
    for name in fields:
        value = getattr(noun, name)
        for item in value if isinstance(value, tuple) else (value,):
            if isinstance(item, str):
                yield item
            elif isinstance(item, BaseModel):
                yield from _strings(item, tuple(type(item).model_fields))
