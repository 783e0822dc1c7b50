"""Changes in a normal form: one operation for each thing that a change says, and back.

`operations` takes the changes of a file apart, `changes` puts them together again:
`changes(operations(x, file)) == x`.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from cpps_cli.diagnostics import KeyPath, Place
from cpps_cli.model.change import Adapt, AdaptContract, Add, Changes, Exclude, Merge, Renumber, Take
from cpps_cli.model.noun import Noun
from cpps_cli.model.sheet import Axis

SheetChange = Take | Renumber | Adapt | Exclude | Merge | Add
KINDS: Mapping[str, type[SheetChange]] = {
    "take": Take,
    "renumber": Renumber,
    "adapt": Adapt,
    "exclude": Exclude,
    "merge": Merge,
    "add": Add,
}
# How a change touches the text of a field.
WAYS = ("append", "keep", "remove", "set")
_NOUNS: Mapping[str, type[Noun]] = {**KINDS, "contract": AdaptContract, "axes": Axis}
_LISTS = ("axes", *KINDS)


class Operation(NamedTuple):
    """One thing that a change says: of a field of its sheets or of the contract, or of itself.

    `change` is where the change stands, `path` leads from there: () is the change itself.
    `sheets` are the codes of the sheets that it touches; () for the contract, or a new sheet.
    """

    change: Place
    sheets: tuple[str, ...]
    path: KeyPath
    value: Any = None

    @property
    def kind(self) -> str:
        """The key under which the change is written; `head` of what a file says of itself."""
        return str(self.change.path[0]) if self.change.path else "head"

    @property
    def place(self) -> Place:
        """Where it is written."""
        return self.change.at(*self.path)

    @property
    def way(self) -> str | None:
        """How it touches a text: append, keep, remove or set; None where it touches none."""
        return str(self.path[0]) if len(self.path) > 1 and self.path[0] in WAYS else None

    @property
    def field(self) -> str | None:
        """The field it is about; None where it is the change itself."""
        if not self.path:
            return None
        return str(self.path[1] if self.way else self.path[0])

    @property
    def only_measures(self) -> bool:
        """Whether it states figures of indicators alone, which are no words of a contract."""
        return self.path == ("set", "indicators") and all(i.only_measures for i in self.value)


def operations(changes: Changes, file: str) -> Iterator[Operation]:
    """Takes the changes of a file apart, in their order; those of one change by their paths."""
    if changes.contract is not None:
        yield from operations_of(changes.contract, Place(file, ("contract",)))
    for kind in _LISTS:
        for index, noun in enumerate(getattr(changes, kind)):
            yield from operations_of(noun, Place(file, (kind, index)))


def operations_of(noun: SheetChange | AdaptContract | Axis, change: Place) -> Iterator[Operation]:
    """Takes one change apart, the change itself first."""
    sheets = () if isinstance(noun, AdaptContract | Axis) else sheets_of(noun)
    yield Operation(change, sheets, ())
    for name in sorted(noun.model_fields_set):
        value = getattr(noun, name)
        keys = _keys(value)
        if not keys:
            yield Operation(change, sheets, (name,), value)
        for key, item in keys:
            yield Operation(change, sheets, (name, key), item)


def texts_of(
    noun: Adapt | AdaptContract | Merge, change: Place, sheets: tuple[str, ...]
) -> tuple[Operation, ...]:
    """The operations of one change that touch the text of a field, by their paths."""
    return tuple(
        Operation(change, sheets, (way, key), item)
        for way in WAYS
        for key, item in _keys(getattr(noun, way, None))
    )


def sheets_of(noun: SheetChange) -> tuple[str, ...]:
    """The codes of the sheets that a change touches; () of a new sheet."""
    match noun:
        case Add():
            return ()
        case Merge():
            return noun.sheets
        case _:
            return (noun.sheet,)


def change_at(changes: Changes, path: KeyPath) -> Any:
    """The change in which a path of a file ends; None where it ends in none."""
    match path:
        case ("contract", *_):
            return changes.contract
        case (str(kind), int(index), *_):
            return getattr(changes, kind)[index]
        case _:
            return None


def by_field(texts: Iterable[Operation]) -> dict[str, dict[str, Any]]:
    """For each field that is touched, the value under each way."""
    found: dict[str, dict[str, Any]] = {}
    for text in texts:
        way, field = text.path
        found.setdefault(str(field), {})[str(way)] = text.value
    return found


def changes(found: Iterable[Operation]) -> Changes:
    """Puts operations together: the changes that they were taken from."""
    by_change: dict[Place, list[Operation]] = {}
    for operation in found:
        by_change.setdefault(operation.change, []).append(operation)
    made: dict[str, list[Any]] = {}
    for change, own in by_change.items():
        kind = str(change.path[0])
        made.setdefault(kind, []).append(noun_of(kind, ((item.path, item.value) for item in own)))
    contract = made.pop("contract", [None])[0]
    return Changes.model_validate({**made, "contract": contract})


def noun_of(kind: str, stated: Iterable[tuple[KeyPath, Any]]) -> Any:
    """The change of a kind that states these values at these paths; items of a list one by one."""
    table: dict[str, Any] = {}
    for path, value in stated:
        match path:
            case (str(name),):
                table[name] = value
            case (str(name), str(key)):
                table.setdefault(name, {})[key] = value
            case (str(name), str(key), int()):
                items = table.setdefault(name, {})
                items[key] = (*items.get(key, ()), value)
            case _:  # the change itself
                continue
    return _NOUNS[kind](**table)


def _keys(value: Any) -> list[tuple[str, Any]]:
    """The keys of a table, in order; () of any other value, and of a table that is empty."""
    if isinstance(value, dict):
        return sorted(value.items())
    if isinstance(value, Noun):
        return [(name, getattr(value, name)) for name in sorted(value.model_fields_set)]
    return []
