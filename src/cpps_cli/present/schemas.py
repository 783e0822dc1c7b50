"""The JSON Schemas of what the commands answer, found wherever a document is declared.

A document is a `TypedDict` whose `schema` is one literal name with a version; nothing lists them,
so that none is forgotten.
"""

import importlib
import pkgutil
from collections.abc import Iterator
from functools import cache, reduce
from inspect import cleandoc
from operator import or_
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import typing_extensions  # comes with pydantic
from pydantic import ConfigDict, TypeAdapter

from cpps_cli import present as render
from cpps_cli.library.schemas import DIALECT, FILE_KINDS, Schema, Untitled, file_schema

_PROMISE = "Keys may be added in a later version of cpps; those that are here do not change."


def documents() -> dict[str, type]:
    """Every document by its name, `cpps.action-sheets/1`, in the order of the names."""
    found = {
        name: kind
        for module in pkgutil.walk_packages(render.__path__, f"{render.__name__}.")
        for kind in vars(importlib.import_module(module.name)).values()
        if typing_extensions.is_typeddict(kind) and kind.__module__ == module.name
        for name in _name_of(kind)
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


def document_schema(name: str, kind: type) -> Schema:
    """The JSON Schema of a document."""
    made = TypeAdapter(_closed(kind)).json_schema(schema_generator=Untitled)
    said = {key: item for key, item in made.items() if key not in ("title", "description")}
    description = f"{made['description']} {_PROMISE}" if "description" in made else _PROMISE
    return {"$schema": DIALECT, "title": name, "description": description, **said}


def about_document(kind: type) -> str:
    """The first sentence of what a document says of itself."""
    return _docstring(kind).partition("\n")[0]


def _name_of(kind: Any) -> Iterator[str]:
    named = get_type_hints(kind).get("schema")
    if get_origin(named) is Literal and len(get_args(named)) == 1:
        yield get_args(named)[0]


def _docstring(kind: type) -> str:
    own = vars(kind).get("__doc__") or ""
    return cleandoc(own)


@cache
def _closed(kind: Any) -> Any:
    """A `TypedDict` as pydantic takes it before Python 3.12, that allows no other key."""
    fields = {
        key: _closed_inside(value)
        if key in kind.__required_keys__
        else typing_extensions.NotRequired[_closed_inside(value)]
        for key, value in get_type_hints(kind).items()
    }
    make: Any = typing_extensions.TypedDict
    made = make(kind.__name__, fields)
    made.__doc__ = " ".join(_docstring(kind).split()) or None
    made.__pydantic_config__ = ConfigDict(extra="forbid")
    return made


def _closed_inside(kind: Any) -> Any:
    if typing_extensions.is_typeddict(kind):
        return _closed(kind)
    inner, origin = get_args(kind), get_origin(kind)
    if not inner or origin is Literal:
        return kind
    closed = tuple(item if item is ... else _closed_inside(item) for item in inner)
    return reduce(or_, closed) if origin in (UnionType, Union) else origin[closed]
