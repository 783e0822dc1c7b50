"""Facts of contracts as tables: typed columns, each declared once with the value that it reads.

A table of a format is a list of columns of a subject (sheets, coverage, days…). For programs, names
and descriptions are in English, like the keys of the JSON, and texts are those of the library, to
the letter. Every row that another table speaks of has an id of its own, the same in every package,
so that packages can be put together. Nothing here knows how a file is written.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from operator import attrgetter
from typing import Any, Generic, Literal, NamedTuple, TypeVar

from cpps_cli.i18n.catalogue import _
from cpps_cli.model import Noun

Value = str | int | float | bool | date | tuple[str, ...] | None
Row = tuple[Value, ...]
Type = Literal["string", "integer", "number", "boolean", "date", "list"]
T = TypeVar("T")
S = TypeVar("S")
Read = Callable[[T], Value]
Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Column(Generic[T]):
    """A name and what is read from a row: a function, a path of attributes, or its own name.

    A path ends where one of them is None. `required` where every row has a value; `words`, where
    there are, are all that it may be; `to` is the table whose `id` it is, or `TABLE.KEY`.
    """

    name: str
    description: str
    read: Read[T] | str = ""
    type: Type = "string"
    required: bool = False
    words: tuple[str, ...] = ()
    to: str = ""


@dataclass(frozen=True)
class Table(Generic[S]):
    """Columns, and the items of a source that are its rows, unless they are rows already.

    `key` are the columns that tell one row from any other.
    """

    name: str
    description: str
    items: Callable[[S], Iterable[Any]]
    columns: tuple[Column[Any], ...]
    key: tuple[str, ...] = ("id",)

    @cached_property
    def _read(self) -> Callable[[Any], Row]:
        return _row_reader(self.columns)

    def rows(self, source: S) -> Iterator[Row]:
        """Reads each item under each column."""
        read = self._read
        return (item if type(item) is tuple else read(item) for item in self.items(source))


def _row_reader(columns: tuple[Column[Any], ...]) -> Callable[[Any], Row]:
    """The function that reads all columns: paths at once, as there may be very many rows."""
    reads = [column.read or column.name for column in columns]
    functions = [(place, read) for place, read in enumerate(reads) if not isinstance(read, str)]
    # A function keeps a place free, and so does the end: one path alone gives no tuple.
    paths = (read if isinstance(read, str) else "__class__" for read in (*reads, "__class__"))
    at_once = attrgetter(*paths)

    def read(item: Any) -> Row:
        try:
            cells = list(at_once(item)[:-1])
        except AttributeError:  # a path ends before its last attribute
            return tuple(reader(read)(item) for read in reads)
        for place, function in functions:
            cells[place] = function(item)
        return tuple(cells)

    return read


def reader(read: Read[T] | str) -> Read[T]:
    """The function that reads a row."""
    if not isinstance(read, str):
        return read
    names = read.split(".")
    return _along(names) if len(names) > 1 else attrgetter(read)


def _along(names: list[str]) -> Read[Any]:
    def read(row: Any) -> Any:
        for name in names:
            if row is None:
                return None
            row = getattr(row, name)
        return row

    return read


class Item(NamedTuple):
    """A noun at its place in a list of another row, under an id that other tables may name."""

    id: str
    of: Any
    position: int
    noun: Any


Listing = Callable[[S], Iterator[Item]]


def items(rows: Iterable[Any], path: str, mark: str) -> Iterator[Item]:
    """Numbers the nouns of a list of each row: an id ends with the mark and the number.

    They are named by their place, as one code may stand twice in sheets that were merged.
    """
    for row in rows:
        for place, noun in enumerate(attrgetter(path)(row), 1):
            yield Item(f"{row.id}{mark}{place}", row, place, noun)


def listed(rows: Callable[[S], Iterable[Any]], path: str, mark: str) -> Listing[S]:
    """Lists the nouns of a list of each row of a source, numbered."""
    return lambda source: items(rows(source), path, mark)


def pick(columns: Iterable[Column[T]], names: str) -> tuple[Column[T], ...]:
    """Lists columns by their names, `key:name` where one is published under another name."""
    known = {column.name: column for column in columns}
    pairs = (word.partition(":") for word in names.split())
    return tuple(
        replace(known[key], name=name or key, read=known[key].read or key)
        for key, _colon, name in pairs
    )


_NOTED = re.compile(r"([\w,]+)(?::(\w+))?(!)?(?:=([\w.]+))?(?:>([\w.]+))?(?:\s+(\S.*))?")
_PRECISION = ": a day, month, quarter, half-year, year, or a range of two"


def columns(
    text: str, noun: type[Noun] | None = None, at: str = "noun.", **known: Read[Any] | Words
) -> tuple[Column[Any], ...]:
    """Declares columns, one a line: `NAME:TYPE!=PATH>TABLE`, then its description.

    All but the name may be left out; `!` is for what every row has. Three names are those of a
    period and its days. `@ NAME NAME…` are fields of the `noun` that is `at` a row, described as
    the model does. A line that begins with `|` goes on with the one above. `known`: the words that
    a column may hold, or the function that reads it, by its name.
    """
    joined = re.sub(r"\s*\n\s*\|", "", text.strip())
    return tuple(
        _with(column, known.get(column.name))
        for line in joined.splitlines()
        for column in _noted(line.strip(), noun, at)
    )


def _noted(line: str, noun: type[Noun] | None, at: str) -> Iterator[Column[Any]]:
    if noun and line.startswith("@"):
        for word in line[1:].split():
            name, type_, _required, _path, to, _about = _parts(word)
            field = noun.model_fields[name]
            described, is_required = field.description or name, field.is_required()
            yield Column(name, described, f"{at}{name}", type_, is_required, to=to)
        return
    name, type_, required, path, to, about = _parts(line)
    if "," in name:
        yield from _period(name.split(","), path, about)
    else:
        yield Column(name, about, path, type_, bool(required), to=to)


def _parts(noted: str) -> tuple[str, Any, str, str, str, str]:
    match = _NOTED.fullmatch(noted)
    if match is None:
        raise ValueError(noted)
    name, type_, required, path, to, about = (part or "" for part in match.groups())
    return name, type_ or "string", required, path, to, about


def _period(names: list[str], path: str, words: str) -> Iterator[Column[Any]]:
    name, first, last = names
    yield Column(name, f"{words}{_PRECISION}", f"{path}.written")
    yield Column(first, f"{words}: its first day", f"{path}.first", "date")
    yield Column(last, f"{words}: its last day", f"{path}.last", "date")


def _with(column: Column[Any], known: Read[Any] | Words | None) -> Column[Any]:
    if known is None:
        return column
    return replace(column, words=known) if isinstance(known, tuple) else replace(column, read=known)


# --- for people: a table on each tab of a workbook

Cell = str | int | float | date | None


@dataclass(frozen=True, slots=True)
class Shown(Generic[T]):
    """A column under a title in words of ours; one that is `wide` holds sentences."""

    title: str
    read: Read[T] | str = ""
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Tab:
    """A table under titles, each once; `empty` is said instead where it has no row."""

    title: str
    columns: tuple[Shown[Any], ...]
    rows: tuple[tuple[Cell, ...], ...]
    empty: str


@dataclass(frozen=True, slots=True)
class Workbook:
    """The tables of a contract, and the day they speak of: the only one that the file carries.

    `standing` is said above each page.
    """

    title: str
    subject: str
    on: date
    tabs: tuple[Tab, ...]
    standing: str = ""


def wide(title: str, read: Read[T] | str = "") -> Shown[T]:
    """Declares a column that holds sentences."""
    return Shown(title, read, wide=True)


def sentences(title: str, read: Callable[[T], Iterable[str]]) -> Shown[T]:
    """Declares a column that holds sentences one after the other, or nothing."""
    return wide(title, lambda row: " ".join(read(row)) or None)


def days_of(path: str) -> tuple[Shown[Any], ...]:
    """Declares the first day and the last of a period."""
    return Shown(_("First day"), f"{path}.first"), Shown(_("Last day"), f"{path}.last")


def tab(title: str, columns: tuple[Shown[T], ...], found: Iterable[T], empty: str) -> Tab:
    """Makes a tab of items; several texts stand in one cell, and no text in none."""
    reads = [reader(column.read) for column in columns if column.read]
    rows = (tuple(_cell(read(item)) for read in reads) for item in found)
    return Tab(title, columns, tuple(rows), empty)


def _cell(value: Value) -> Cell:
    return ", ".join(value) or None if isinstance(value, tuple) else value
