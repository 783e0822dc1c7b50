"""Faults of the data, as values: a code, a place and what fills its sentences.

This room declares every diagnostic once, with the reason it matters and an example of each side,
and the one exception for a dead end. It never reads a file, never knows a language (the sentences
here are English message ids that `present` translates) and never decides that something is wrong:
the rooms above do.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache
from typing import Any, Literal, NamedTuple

Severity = Literal["error", "warning", "note"]


def N_(message: str) -> str:
    """Marks an English message id, so that the catalogues hold it; `present` translates it."""
    return message


class Code(NamedTuple):
    """One kind of fault. The sentences are message ids with `{slots}` that a diagnostic fills.

    `message` says only what is wrong, `label` what stands under the caret, `help` what to do,
    `why` the reason it matters; `wrong` and `right` are extracts of a file.
    """

    id: str
    title: str
    message: str
    why: str
    wrong: str
    right: str
    severity: Severity = "error"
    label: str = ""
    help: str = ""


KeyPath = tuple[str | int, ...]
SHORT_LIST = 6


@dataclass(frozen=True, slots=True)
class Word:
    """A word of our own inside a message (`a whole number`), to be translated when it is shown."""

    english: str


Value = str | int | Word | tuple[str, ...]


class Span(NamedTuple):
    """A stretch of a file: lines and columns from 1, one column a character, end excluded."""

    file: str
    line: int
    column: int
    end_line: int
    end_column: int


class Place(NamedTuple):
    """A key or a value of a TOML file, by its path of keys; lines are looked up when shown."""

    file: str
    path: KeyPath = ()
    part: Literal["key", "value"] = "value"

    def at(self, *path: str | int) -> "Place":
        """Finds the value further down from here."""
        return Place(self.file, (*self.path, *path))

    def key(self) -> "Place":
        """Points at the key instead of the value it names."""
        return Place(self.file, self.path, "key")


# Finds where a place stands.
Locate = Callable[[Place], Span]


class Related(NamedTuple):
    """A second place that a diagnostic needs to be understood, and what stands there."""

    where: Place | Span
    label: Word


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One fault, said once. `values` fill the sentences of its code."""

    code: str
    where: Place | Span
    values: Mapping[str, Value] = field(default_factory=dict)
    related: tuple[Related, ...] = ()

    @property
    def declared(self) -> Code:
        """Looks up its code."""
        return _declared(self.code)

    @property
    def severity(self) -> Severity:
        """Its gravity: the same for every diagnostic of one code."""
        return self.declared.severity

    @property
    def file(self) -> str:
        """The file it stands in, from the library's folder."""
        return self.where.file


@cache
def _declared(code: str) -> Code:
    from cpps_cli.diagnostics.codes import CODES

    return CODES[code]


class CppsError(Exception):
    """A dead end: the question cannot be answered at all (exit 2 unless said otherwise).

    `message` and `help` are English message ids, `values` fill them; `present` translates.
    """

    def __init__(
        self, message: str, *, help: str = "", exit_code: int = 2, **values: Value
    ) -> None:
        super().__init__(message.format_map(dict(values)))
        self.message = message
        self.help = help
        self.exit_code = exit_code
        self.values: dict[str, Value] = dict(values)


def nearest(name: str, known: Iterable[str]) -> dict[str, Value]:
    """Finds the known name nearest to a mistyped one, or all when they are few."""
    names = sorted(set(known))
    if close := get_close_matches(name, names, n=1, cutoff=0.6):
        return {"nearest": close[0]}
    if 0 < len(names) <= SHORT_LIST:
        return {"known": tuple(names)}
    return {}


def no_such(name: str, known: Iterable[str], **values: Value) -> dict[str, Any]:
    """Fills the sentences about a name that does not exist, with what helps who mistyped it."""
    return {"name": name, **values, **nearest(name, known)}
