"""A table of plain values to a noun, or to diagnostics in our own words.

Pydantic's stable error types are translated; its sentences are never shown. A type that is not
in the table below is a bug of ours, and a test lists those handled.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from cpps_cli.diagnostics import Diagnostic, KeyPath, Place, Word, nearest
from cpps_cli.diagnostics.diagnostic import Value
from cpps_cli.model import Claim

N = TypeVar("N", bound=BaseModel)

_KINDS: tuple[tuple[type, str], ...] = (
    (bool, "true or false"),
    (int, "a whole number"),
    (float, "a number"),
    (str, "a text"),
    (list, "a list"),
    (dict, "a table"),
)
_EXPECTED = {
    "string_type": "a text between quotation marks",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "bool_type": "true or false",
    "tuple_type": "a list",
    "dict_type": "a table",
    "model_type": "a table",
    "model_attributes_type": "a table",
    "date_type": "a date",
    "date_parsing": "a date",
    "date_from_datetime_parsing": "a date",
    "date_from_datetime_inexact": "a date",
    "period_type": "a day or a period between quotation marks",
}
SHAPES = {
    r"^[a-z0-9]+(-[a-z0-9]+)*$": "a code (small letters without accents, digits, hyphens)",
    r"^[1-9][0-9]{0,3}([.-][1-9][0-9]{0,3})?$": "the number of a sheet, such as `1.1` or `12`",
    r"^[A-Za-z0-9][A-Za-z0-9._-]*$": "the id of a source (letters, digits, points, hyphens)",
    r"^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$": "the code of a territory (letters, digits, hyphens)",
}


def validate(noun: type[N], table: Mapping[str, Any], place: Place) -> tuple[N | None, list[Diagnostic]]:
    """The noun in `table`, or None with everything that is wrong with its shape."""
    try:
        return noun.model_validate(table), []
    except ValidationError as wrong:
        details = wrong.errors(include_url=False)
        return None, [_diagnostic(noun, item, place) for item in details]


def stated_twice(noun: BaseModel, place: Place) -> list[Diagnostic]:
    """The keys that are written although claims state them."""
    claims: tuple[Claim, ...] = getattr(noun, "claims", ())
    claimed = {field for claim in claims for field in claim.statement()}
    twice = sorted(claimed & noun.model_fields_set)
    return [Diagnostic("CP113", place.at(key).key(), {"key": key}) for key in twice]


def _diagnostic(noun: type[BaseModel], wrong: ErrorDetails, place: Place) -> Diagnostic:
    path: KeyPath = tuple(part for part in wrong["loc"] if part != "[key]")
    at = place.at(*path)
    translate = _TRANSLATIONS.get(wrong["type"], _wrong_type)
    code, values = translate(wrong, noun)
    if code == "CP102":
        at = place.at(*path[:-1]).key()
    elif code == "CP101" or wrong["loc"][-1:] == ("[key]",):
        at = at.key()
    return Diagnostic(code, at, {"key": _key(path), **values})


Translated = tuple[str, dict[str, Value]]


def _wrong_type(wrong: ErrorDetails, noun: type[BaseModel]) -> Translated:
    expected = _EXPECTED[wrong["type"]]
    return "CP103", {"found": Word(_kind(wrong["input"])), "expected": Word(expected)}


def _unknown_key(wrong: ErrorDetails, noun: type[BaseModel]) -> Translated:
    return "CP101", nearest(str(wrong["loc"][-1]), _keys_at(noun, wrong["loc"][:-1]))


def _missing_key(wrong: ErrorDetails, noun: type[BaseModel]) -> Translated:
    return "CP102", {}


def _not_in_list(wrong: ErrorDetails, noun: type[BaseModel]) -> Translated:
    value = wrong["input"]
    known = re.findall(r"'([^']*)'", wrong["ctx"]["expected"])
    if not isinstance(value, str):
        if known:
            expected = "a text between quotation marks"
        else:
            return "CP111", {"value": str(value), "known_format": wrong["ctx"]["expected"]}
        return "CP103", {"found": Word(_kind(value)), "expected": Word(expected)}
    near = nearest(value, known)
    return "CP104", {"value": value, **(near if "nearest" in near else {"known": tuple(known)})}


def _badly_formed(wrong: ErrorDetails, noun: type[BaseModel]) -> Translated:
    pattern = wrong["ctx"]["pattern"]
    if pattern == r"\S":
        return "CP106", {}
    return "CP105", {"value": str(wrong["input"]), "shape": Word(SHAPES[pattern])}


def _too_long(wrong: ErrorDetails, noun: type[BaseModel]) -> Translated:
    shape = "short enough: {limit} characters at most"
    return "CP105", {
        "value": str(wrong["input"])[:40] + "…",
        "shape": Word(shape),
        "limit": wrong["ctx"]["max_length"],
    }


def _empty(wrong: ErrorDetails, noun: type[BaseModel]) -> Translated:
    return "CP106", {}


def _out_of_bounds(wrong: ErrorDetails, noun: type[BaseModel]) -> Translated:
    return "CP107", {"value": str(wrong["input"]), "least": 0, "most": 100_000}


def _too_short(wrong: ErrorDetails, noun: type[BaseModel]) -> Translated:
    return "CP108", {"least": wrong["ctx"]["min_length"]}


def _no_period(code: str) -> Callable[[ErrorDetails, type[BaseModel]], Translated]:
    return lambda wrong, noun: (code, {"value": str(wrong["input"])})


_TRANSLATIONS: dict[str, Callable[[ErrorDetails, type[BaseModel]], Translated]] = {
    "extra_forbidden": _unknown_key,
    "missing": _missing_key,
    "literal_error": _not_in_list,
    "string_pattern_mismatch": _badly_formed,
    "string_too_long": _too_long,
    "string_too_short": _empty,
    "greater_than_equal": _out_of_bounds,
    "less_than_equal": _out_of_bounds,
    "too_short": _too_short,
    "period_form": _no_period("CP109"),
    "period_calendar": _no_period("CP110"),
    "period_reversed": _no_period("CP301"),
    **dict.fromkeys(_EXPECTED, _wrong_type),
}
HANDLED = frozenset(_TRANSLATIONS)


def _kind(value: object) -> str:
    return next((word for kind, word in _KINDS if isinstance(value, kind)), "a date")


def _key(path: KeyPath) -> str:
    names = [str(part) for part in path if isinstance(part, str)]
    return names[-1] if names else ""


def _keys_at(noun: type[BaseModel], path: tuple[int | str, ...]) -> list[str]:
    """The keys that a user may write in the table found at `path` below `noun`."""
    here: type[BaseModel] | None = noun
    for part in path:
        if here is None:
            return []
        if isinstance(part, str) and part in here.model_fields:
            here = _model_in(here.model_fields[part].annotation)
    return [] if here is None else written_keys(here)


def written_keys(noun: type[BaseModel]) -> list[str]:
    """The keys of `noun` that stand in a file; the others come from the file's name."""
    return [
        name
        for name, field in noun.model_fields.items()
        if field.json_schema_extra != {"from": "name"}
    ]


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """The model inside `X | None`, a list of X or a table of X."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    found = (_model_in(inner) for inner in getattr(annotation, "__args__", ()))
    return next((model for model in found if model is not None), None)
