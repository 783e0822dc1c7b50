"""JSON Schemas of the answers, and the list of all schemas."""

import importlib
import pkgutil
from collections.abc import Mapping
from datetime import date
from functools import cache, reduce
from operator import or_
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

import typing_extensions
from pydantic import BaseModel, ConfigDict, TypeAdapter

from cpps_cli import present
from cpps_cli.i18n.catalogue import _
from cpps_cli.library.schemas import DIALECT, FILE_KINDS, Schema, Untitled, file_schema
from cpps_cli.model import Period
from cpps_cli.present.document import Answer, Column, Paragraph, Section, Table
from cpps_cli.present.shapes import Json, Key, Many, Maybe, Named, Part, Shape, csv_table

_PROMISE = "Keys may be added in a later version of cpps; those that are here do not change."


def documents() -> dict[str, Shape]:
    """Every document by its name, `cpps.action-sheets/1`, in the order of the names."""
    found = {
        shape.schema: shape
        for module in pkgutil.walk_packages(present.__path__, f"{present.__name__}.")
        for shape in vars(importlib.import_module(module.name)).values()
        if isinstance(shape, Shape) and shape.schema
    }
    return dict(sorted(found.items()))


def schema_names() -> tuple[str, ...]:
    """The names of the schemas, those of the files first."""
    return (*(kind.name for kind in FILE_KINDS), *documents())


def schema_named(name: str) -> Schema | None:
    """The schema of a kind of file or of a document; None where there is none of that name."""
    for kind in FILE_KINDS:
        if kind.name == name:
            return file_schema(kind)
    document = documents().get(name)
    return None if document is None else document_schema(name, document)


def document_schema(name: str, shape: Shape) -> Schema:
    """The JSON Schema of a document."""
    made = TypeAdapter(_table(shape)).json_schema(schema_generator=Untitled)
    rest = {key: item for key, item in made.items() if key not in ("title", "description")}
    description = f"{made['description']} {_PROMISE}"
    return {"$schema": DIALECT, "title": name, "description": description, **rest}


def about_document(shape: Shape) -> str:
    """The first sentence of what a document says of itself."""
    return shape.about.partition("\n")[0]


@cache
def _table(shape: Shape) -> Any:
    """A shape as pydantic takes a table with keys, that allows no other."""
    make: Any = typing_extensions.TypedDict
    made = make(shape.name, _fields(shape))
    made.__doc__ = " ".join(shape.about.split()) or None
    made.__pydantic_config__ = ConfigDict(extra="forbid")
    return made


def _fields(shape: Shape) -> dict[str, Any]:
    """The types by key, in the order of a schema."""
    fields: dict[str, Any] = {}
    for key in shape.keys:
        if isinstance(key, Part) and key.first:
            fields |= _fields(key.shape)
    if shape.schema:
        fields["schema"] = Literal[shape.schema]
        # There where the library is one, and only there.
        fields["reconstruction"] = typing_extensions.NotRequired[Literal[True]]
    for key in shape.keys:
        if isinstance(key, Key):
            fields[key.name.rstrip("?")] = _kind_of(shape.kind, key)
        elif not key.first:
            fields |= _fields(key.shape)
    return fields


def _kind_of(kind: Any, key: Key) -> Any:
    """The type of a key in JSON: `name?` is not always there."""
    path = key.of if isinstance(key.of, str) else key.name
    found = _in_json(_attribute(kind, path) if key.type is None else key.type)
    return typing_extensions.NotRequired[found] if key.name.endswith("?") else found


def _attribute(kind: Any, path: str) -> Any:
    """The type that a class gives to an attribute, or to one of an attribute."""
    if get_origin(kind) is dict:
        return get_args(kind)[1]
    step, _dot, rest = path.partition(".")
    if step.endswith("?"):
        inner = _annotation(kind, step[:-1]) if step[:-1] else kind
        [there] = [item for item in get_args(inner) if item is not NoneType] or [inner]
        return _attribute(there, rest) | None
    found = _annotation(kind, step)
    return _attribute(found, rest) if rest else found


def _annotation(kind: Any, name: str) -> Any:
    if isinstance(kind, type) and issubclass(kind, BaseModel) and name in kind.model_fields:
        return kind.model_fields[name].annotation
    for base in kind.__mro__:
        found = vars(base).get(name)
        if isinstance(found, property):
            return get_type_hints(found.fget)["return"]
        if name in vars(base).get("__annotations__", {}):
            return _resolved(base, name)
    raise AttributeError(f"{kind.__name__}.{name}")


def _resolved(kind: type, name: str) -> Any:
    """One annotation alone: others may name what is imported for a checker of types only."""
    alone = {"__annotations__": {name: kind.__annotations__[name]}, "__module__": kind.__module__}
    return get_type_hints(type(kind.__name__, (), alone))[name]


def _in_json(kind: Any) -> Any:
    """A type as JSON has it."""
    match kind:
        case Shape():
            return _table(kind)
        case Many():
            return _of(list, _in_json(kind.item))
        case Maybe():
            return _in_json(kind.item) | None
        case Named():
            return _of(dict, (str, _in_json(kind.item)))
        case _ if kind in (date, Period):
            return str
        case _:
            return _plain_in_json(kind)


def _plain_in_json(kind: Any) -> Any:
    origin, inner = get_origin(kind), get_args(kind)
    if origin is None or origin is Literal:
        return kind
    if origin is Annotated:
        return _in_json(inner[0])
    items = tuple(_in_json(item) for item in inner if item is not ...)
    if origin in (UnionType, Union):
        return reduce(or_, items)
    return _of(dict if issubclass(origin, Mapping) else list, items)


def _of(container: Any, items: Any) -> Any:
    return container[items]


_SCHEMA = Shape(
    "SchemaDocument",
    dict[str, str],
    "A schema by its name; `where` is the file it is for, null where it is for an answer.",
    "name",
    Key("where", str | None, lambda item: item["where"]),
    "about",
)
_SCHEMAS = Shape(
    "SchemasDocument",
    list,
    "The names that `cpps schema` knows.",
    Key("schemas", Many(_SCHEMA), lambda schemas: schemas),
    schema="cpps.schemas/1",
)


def schema_list() -> Answer:
    """The names, with one line each."""
    schemas: list[Json] = [
        {"name": kind.name, "where": kind.where, "about": _(kind.about)} for kind in FILE_KINDS
    ]
    schemas += [
        {"name": name, "where": None, "about": _(about_document(kind))}
        for name, kind in documents().items()
    ]
    hint = _(
        "`cpps schema NAME` prints one of them; `cpps schema --output DIR` writes those of files."
    )
    section = Section(_("Schemas"), (_shown(schemas), Paragraph(hint, quiet=True)))
    return Answer(section, csv_table("name where about", schemas), _SCHEMAS.write(schemas))


def _shown(schemas: list[Json]) -> Table:
    columns = (Column("name", _("Name")), Column("about", _("What it describes"), wide=True))
    rows = tuple((item["name"], _line(item)) for item in schemas)
    first_answer = sum(item["where"] is not None for item in schemas)
    sections = {0: _("Files"), first_answer: _("Answers (JSON)")}
    return Table(columns, rows, sections)


def _line(item: Json) -> str:
    about: str = item["about"]
    return about if item["where"] is None else f"{about} ({item['where']})"
