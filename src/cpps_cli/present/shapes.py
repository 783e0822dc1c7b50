"""The keys of an answer, declared once: its JSON follows, the schema of that, and rows of csv.

A shape lists its keys in the order in which they are published. `"code"` is read from the attribute
of that name, `"from=answers"` from another, `"axis=sheet.axis"` from one of an attribute, and
`"note=overlay?.note"` is null where there is no overlay. A type is that of the attribute: it is
looked up for a schema alone. Values stay as they are; who writes them knows a day and a period.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from operator import attrgetter, itemgetter
from typing import Any, NamedTuple, get_origin

from cpps_cli.present.document import Cell, Column, Table

Json = dict[str, Any]
GIVEN = ""


class Key(NamedTuple):
    """A key whose value, or whose type, is not that of an attribute; `name?` is not always there.

    `of`: the attribute it is read from, if it has another name; a function of the value; or
    `GIVEN`, where it is known at the time of writing. `in_context`: a function of the value and of
    what it is written with. A function beside a shape gives what that shape writes.
    """

    name: str
    type: Any
    of: str | Callable[[Any], object] | None = None
    in_context: Callable[[Any, Any], object] | None = None


class Part(NamedTuple):
    """The keys of another shape, among those of this one; in the schema too, unless `first` there.

    `of` and `in_context` say what that other shape writes, as for a key; the value itself if none.
    """

    shape: "Shape"
    of: str | Callable[[Any], Any] = ""
    in_context: Callable[[Any, Any], Any] | None = None
    first: bool = False


class Many(NamedTuple):
    """The type of a list."""

    item: Any


class Maybe(NamedTuple):
    """The type of what may be null."""

    item: Any


class Named(NamedTuple):
    """The type of values, given as they are written, under names that no schema lists."""

    item: Any


class Shape:
    """The keys of the values of a class, which is `dict[str, T]` for those that have names.

    `name` is that of its definition in a schema and `about` what it says there; `schema` is the
    name by which a whole document is published.
    """

    def __init__(
        self, name: str, kind: Any, about: str, *keys: str | Key | Part, schema: str | None = None
    ) -> None:
        self.name, self.kind, self.about, self.schema = name, kind, about, schema
        self.keys = tuple(_declared(keys))
        self._empty: Json = {"schema": schema} if schema else {}
        self._parts = [(_source(key, ""), key.shape) for key in self.keys if isinstance(key, Part)]
        self._made: list[tuple[str, Callable[[Any, Any], object]]] = []
        plain: dict[str, str] = {}
        for key in self.keys:
            if isinstance(key, Part):
                self._empty |= dict.fromkeys(key.shape.names)
            elif not key.name.endswith("?"):
                self._empty[key.name] = None
                if make := _maker(key):
                    self._made.append((key.name, make))
                elif key.of != GIVEN:
                    plain[key.name] = str(key.of or key.name)
        self._plain = tuple(plain)
        self._is_plain = self._plain == self.names
        self._read = _reader(tuple(plain.values()), in_names=get_origin(kind) is dict)

    @property
    def names(self) -> tuple[str, ...]:
        """The keys that are always there, in order."""
        return tuple(self._empty)

    def write(self, value: Any, context: Any = None, **given: object) -> Json:
        """The JSON of a value: every key, in order."""
        read = zip(self._plain, self._read(value), strict=True)
        if self._is_plain:
            return dict(read)
        written = self._empty.copy()
        for part, shape in self._parts:
            written.update(shape.write(part(value, context), context))
        written.update(read)
        for name, make in self._made:
            written[name] = make(value, context)
        written.update(given)
        return written

    def write_all(self, values: Iterable[Any], context: Any = None) -> list[Json]:
        """The JSON of several values."""
        return [self.write(value, context) for value in values]


def csv_table(keys: str, items: Iterable[Any], *, in_names: bool = True) -> Table:
    """A row of csv for each, with these keys: `opens_on=window.opens_on` where one has another.

    They are read from JSON; `in_names` is False where they are attributes.
    """
    words = [word.partition("=") for word in keys.split()]
    columns = tuple(Column(name, name) for name, _sign, _path in words)
    read = _reader(tuple(path or name for name, _sign, path in words), in_names=in_names)
    rows = (tuple(v if v is None or type(v) is str else cell(v) for v in read(i)) for i in items)
    return Table(columns, tuple(rows))


def cell(value: Any) -> Cell:
    """A value as csv has it: the items of a list one after the other."""
    match value:
        case bool():
            return "true" if value else "false"
        case None | str() | int() | float():
            return value
        case tuple() | list():
            return " ".join(map(str, value))
        case _:
            return plain(value)


def plain(value: Any) -> str:
    """A day, or a period, as it is written; fails for all else."""
    written: str = value.isoformat() if isinstance(value, date) else value.written
    return written


def _declared(keys: Iterable[str | Key | Part]) -> Iterator[Key | Part]:
    for key in keys:
        if isinstance(key, str):
            words = (word.partition("=") for word in key.split())
            yield from (Key(name, None, path or None) for name, _sign, path in words)
        else:
            yield key


def _source(key: Key | Part, name: str) -> Callable[[Any, Any], Any]:
    """Reads the value of a key, or of a part: an attribute of that name unless it says more."""
    if key.in_context is not None:
        return key.in_context
    get = _getter(name if key.of is None else key.of)
    return lambda value, _context: get(value)


def _maker(key: Key) -> Callable[[Any, Any], object] | None:
    """Makes the value of a key that is more than an attribute."""
    write, is_path = _writer(key.type), not (key.in_context or callable(key.of))
    if key.of == GIVEN or (write is None and is_path and "?" not in str(key.of)):
        return None
    read = _source(key, key.name)
    return (lambda value, context: write(read(value, context), context)) if write else read


def _writer(kind: Any) -> Callable[[Any, Any], object] | None:
    """Writes the values of a type in which there is a shape."""
    match kind:
        case Shape():
            return kind.write
        case Many(item=Shape() as shape):
            return shape.write_all
        case Maybe() if write := _writer(kind.item):
            return lambda value, context: None if value is None else write(value, context)
        case _:
            return None


def _getter(path: str | Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Reads a path of attributes; a step that `?` follows may be null."""
    if callable(path):
        return path
    ahead, sign, beyond = path.partition("?.")
    first: Callable[[Any], Any] = attrgetter(ahead) if ahead else lambda value: value
    if not sign:
        return first
    rest = _getter(beyond)
    return lambda value: None if (found := first(value)) is None else rest(found)


def _reader(paths: tuple[str, ...], *, in_names: bool) -> Callable[[Any], tuple[Any, ...]]:
    """Reads several attributes, or names, at once: there may be many sheets of many contracts."""
    if not paths:
        return lambda value: ()
    if in_names and any("." in path for path in paths):
        ways = [path.split(".") for path in paths]
        return lambda value: tuple(_within(value, way) for way in ways)
    get: Callable[[Any], Any] = itemgetter(*paths) if in_names else attrgetter(*paths)
    return get if len(paths) > 1 else lambda value: (get(value),)


def _within(value: Any, way: list[str]) -> Any:
    for step in way:
        value = None if value is None else value[step]
    return value
