"""A table of plain values to a noun, or to diagnostics in our own words.

Pydantic's stable error types are translated; its sentences are never shown. A type that is not
in the table below is a bug of ours, and a test lists those handled.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from functools import cache
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from cpps_cli.diagnostics import N_, Diagnostic, KeyPath, Place, Value, Word, nearest
from cpps_cli.model import Claim, Contract, Overlay

N = TypeVar("N", bound=BaseModel)
MOST_SUGGESTIONS = 100
FROM_NAME = {"from": "name"}

_KINDS: tuple[tuple[type, str], ...] = (
    (bool, N_("`true` or `false`")),
    (int, N_("a whole number")),
    (float, N_("a number")),
    (str, N_("a text")),
    (list, N_("a list")),
    (dict, N_("a table")),
    (datetime, N_("a date with an hour")),
    (date, N_("a date")),
    (time, N_("an hour")),
)
_QUOTED = N_("a text between quotation marks")
_NUMBER = N_("a number")
_EXPECTED = {
    "string_type": _QUOTED,
    "int_type": N_("a whole number"),
    "int_from_float": N_("a whole number"),
    "float_type": _NUMBER,
    "bool_type": N_("`true` or `false`"),
    "tuple_type": N_("a list between `[` and `]`"),
    "dict_type": N_("a table"),
    "model_type": N_("a table"),
    "model_attributes_type": N_("a table"),
    "date_type": N_("a date (2021-01-31, without quotation marks)"),
    "date_parsing": N_("a date (2021-01-31, without quotation marks)"),
    "date_from_datetime_parsing": N_("a date (2021-01-31, without quotation marks)"),
    "date_from_datetime_inexact": N_("a date (2021-01-31, without quotation marks)"),
    "period_type": N_("a day or a period between quotation marks"),
}
CODE = r"^[a-z0-9]+(-[a-z0-9]+)*$"
TERRITORY = r"^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$"
SHAPES = {
    CODE: N_("a code (small letters without accents, digits, hyphens)"),
    r"^[1-9][0-9]{0,3}([.-][1-9][0-9]{0,3})?$": N_("the number of a sheet, such as `1.1` or `12`"),
    r"^[A-Za-z0-9][A-Za-z0-9._-]*$": N_("the id of a source (letters, digits, points, hyphens)"),
    TERRITORY: N_("the code of a territory (letters, digits, hyphens)"),
    r"^sha256:[0-9a-f]{16}$": N_("a fingerprint, as `cpps pin` writes it"),
}
_SHORT_ENOUGH = N_("short enough ({limit} characters at most)")
_NAME_SAYS_IT = N_("the name of its file or folder says it")
_BY_NAME: Mapping[tuple[type[BaseModel], str], str] = {
    (Contract, "sheets"): N_("each sheet is a file of its own in the folder `sheets`"),
    (Contract, "parent"): N_("a local contract is a file of its own in the folder `local`"),
    (Overlay, "amendments"): N_(
        "each amendment is a file of its own in the folder `amendments` beside the local text"
    ),
}


def validate(
    noun: type[N], table: Mapping[str, Any], place: Place
) -> tuple[N | None, list[Diagnostic]]:
    """Makes a noun of `table`; None with everything that is wrong with its shape."""
    try:
        return noun.model_validate(table), []
    except ValidationError as wrong:
        return None, [_diagnostic(noun, item, place) for item in _reported_once(wrong)]


def _reported_once(wrong: ValidationError) -> list[ErrorDetails]:
    """Pydantic's errors, one for each slip of the user.

    A value that is none of several kinds is said for each kind; a key under another name is said
    to be unknown, and the right one to be missing.
    """
    found: dict[tuple[object, ...], ErrorDetails] = {}
    for item in wrong.errors(include_url=False):
        if item["loc"][-1:] in (("int",), ("float",)):
            item["loc"], item["type"] = item["loc"][:-1], "float_type"
        found.setdefault((item["loc"], item["type"]), item)
    reported = list(found.values())
    for item in reported[MOST_SUGGESTIONS:]:
        item.setdefault("ctx", {})["meant"] = None  # so many slips are none of the keyboard
    return [item for item in reported if not _is_renamed(item, reported)]


def _is_renamed(item: ErrorDetails, others: list[ErrorDetails]) -> bool:
    """Whether a missing key is there under a name that is not known."""
    if item["type"] != "missing":
        return False
    beside = [other for other in others if other["loc"][:-1] == item["loc"][:-1]]
    unknown = [other for other in beside if other["type"] == "extra_forbidden"]
    missing = [other for other in beside if other["type"] == "missing"]
    if len(unknown) == len(missing) == 1:
        unknown[0]["ctx"] = {"meant": item["loc"][-1]}
        return True
    wanted = str(item["loc"][-1])
    return any("nearest" in nearest(str(other["loc"][-1]), [wanted]) for other in unknown)


def stated_twice(noun: BaseModel, place: Place) -> list[Diagnostic]:
    """Reports the keys that are written although claims state them."""
    claims: tuple[Claim, ...] = getattr(noun, "claims", ()) if _has_claims(type(noun)) else ()
    claimed = {field for claim in claims for field in claim.statement()}
    twice = sorted(claimed & noun.model_fields_set)
    return [Diagnostic("CP113", place.at(key).key(), {"key": key}) for key in twice]


@cache
def _has_claims(noun: type[BaseModel]) -> bool:
    return "claims" in noun.model_fields


def named_by_file(
    noun: type[BaseModel], table: Mapping[str, Any], place: Place
) -> list[Diagnostic]:
    """Reports the keys that are written although the name of a file says them."""
    where = _by_name(noun)
    return [
        Diagnostic("CP116", place.at(key).key(), {"key": key, "where": where[key]})
        for key in table
        if key in where
    ]


@cache
def _by_name(noun: type[BaseModel]) -> dict[str, Word]:
    """Lists the keys that do not stand in a file, and what says them."""
    keys = noun.model_fields.keys() - written_keys(noun)
    return {key: Word(_BY_NAME.get((noun, key), _NAME_SAYS_IT)) for key in keys}


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
Translate = Callable[[ErrorDetails, type[BaseModel]], Translated]


def _wrong_type(wrong: ErrorDetails, noun: type[BaseModel]) -> Translated:
    expected = _EXPECTED[wrong["type"]]
    return "CP103", {"found": Word(kind_of(wrong["input"])), "expected": Word(expected)}


def _unknown_key(wrong: ErrorDetails, noun: type[BaseModel]) -> Translated:
    if "meant" in (known := wrong.get("ctx", {})):
        return "CP101", {} if known["meant"] is None else {"nearest": str(known["meant"])}
    return "CP101", nearest(str(wrong["loc"][-1]), _keys_at(noun, wrong["loc"][:-1]))


def _not_in_list(wrong: ErrorDetails, noun: type[BaseModel]) -> Translated:
    value = wrong["input"]
    known = re.findall(r"'([^']*)'", wrong["ctx"]["expected"])
    if known and isinstance(value, str):
        near = nearest(value, known)
        return "CP104", {"value": value, **(near if "nearest" in near else {"known": tuple(known)})}
    if known:
        return "CP103", {"found": Word(kind_of(value)), "expected": Word(_QUOTED)}
    if type(value) is not int:
        expected = Word(N_("a whole number"))
        return "CP103", {"found": Word(kind_of(value)), "expected": expected}
    return "CP111", {"value": value, "known_format": wrong["ctx"]["expected"]}


def _badly_formed(wrong: ErrorDetails, noun: type[BaseModel]) -> Translated:
    pattern = wrong["ctx"]["pattern"]
    if pattern == r"\S":
        return "CP106", {}
    value = str(wrong["input"])
    return "CP105", {"value": value, "shape": Word(SHAPES[pattern]), **_meant(value, pattern)}


def _meant(value: str, pattern: str) -> dict[str, Value]:
    """Guesses what was meant by a code or a number, where something can be made of it."""
    if pattern == CODE:
        made = slug(value)
    else:
        made = next(iter(re.findall(r"[1-9][0-9]*(?:[.-][1-9][0-9]*)?", value)), "")
    return {"nearest": made} if re.match(pattern, made) else {}


def slug(name: str) -> str:
    """Makes a code of a name: `Récidive des mineurs` gives `recidive-des-mineurs`."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def _too_long(wrong: ErrorDetails, noun: type[BaseModel]) -> Translated:
    limit = wrong["ctx"]["max_length"]
    return "CP105", {"value": wrong["input"], "shape": Word(_SHORT_ENOUGH), "limit": limit}


def _too_short(wrong: ErrorDetails, noun: type[BaseModel]) -> Translated:
    return "CP108", {"least": wrong["ctx"]["min_length"]}


def _alone(code: str) -> Translate:
    return lambda wrong, noun: (code, {})


def _with_value(code: str, **values: Value) -> Translate:
    return lambda wrong, noun: (code, {"value": str(wrong["input"]), **values})


_OUT_OF_BOUNDS = _with_value("CP107", least=0, most=100_000)
_TRANSLATIONS: dict[str, Translate] = {
    "extra_forbidden": _unknown_key,
    "missing": _alone("CP102"),
    "literal_error": _not_in_list,
    "string_pattern_mismatch": _badly_formed,
    "string_too_long": _too_long,
    "string_too_short": _alone("CP106"),
    "greater_than_equal": _OUT_OF_BOUNDS,
    "less_than_equal": _OUT_OF_BOUNDS,
    "too_short": _too_short,
    "period_form": _with_value("CP109"),
    "period_calendar": _with_value("CP110"),
    "period_reversed": _with_value("CP301"),
    "period_part": _with_value("CP303"),
    "period_season": _with_value("CP304"),
    **dict.fromkeys(_EXPECTED, _wrong_type),
}
HANDLED = frozenset(_TRANSLATIONS)


def kind_of(value: object) -> str:
    """Says what a value is, in a word of ours."""
    return next((word for kind, word in _KINDS if isinstance(value, kind)), N_("another value"))


def _key(path: KeyPath) -> str:
    names = [str(part) for part in path if isinstance(part, str)]
    return names[-1] if names else ""


def _keys_at(noun: type[BaseModel], path: tuple[int | str, ...]) -> list[str]:
    """Lists the keys that a user may write in the table at `path` below `noun`."""
    here: type[BaseModel] | None = noun
    for part in path:
        if here is None:
            return []
        if isinstance(part, str) and part in here.model_fields:
            here = _model_in(here.model_fields[part].annotation)
    return [] if here is None else written_keys(here)


def written_keys(noun: type[BaseModel]) -> list[str]:
    """Lists the keys of `noun` that stand in a file, not in the file's name."""
    fields = noun.model_fields
    return [name for name in fields if fields[name].json_schema_extra != FROM_NAME]


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """Finds the model inside `X | None`, a list of X or a table of X."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    found = (_model_in(inner) for inner in getattr(annotation, "__args__", ()))
    return next((model for model in found if model is not None), None)
