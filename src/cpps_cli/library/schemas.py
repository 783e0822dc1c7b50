"""The JSON Schemas of the files of a library, so that an editor completes and checks while typing.

They describe what stands in a file: what follows from a file's name is not in them, and what is
absent is left out, since TOML has no word for it. A date is a TOML date where the reader wants one.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from inspect import cleandoc
from pathlib import Path
from typing import Any

from pydantic import BaseModel, Field
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from cpps_cli.diagnostics import N_
from cpps_cli.library.validate import FROM_NAME
from cpps_cli.library.write import NotWritten, cannot_write, write_new
from cpps_cli.model import (
    ActionSheet,
    Amendment,
    Contract,
    Library,
    Noun,
    Overlay,
    SourcesFile,
    Territory,
)
from cpps_cli.model.beside import Correspondence, ProgrammesFile
from cpps_cli.model.noun import TerritoryCode
from cpps_cli.model.paths import (
    MANIFEST,
    SOURCES,
    TERRITORIES,
    amendment_file,
    contract_file,
    correspondence_file,
    local_folder,
    overlay_file,
    programmes_file,
    sheet_file,
)
from cpps_cli.model.snapshot import Snapshot

DIALECT = "https://json-schema.org/draft/2020-12/schema"
REFERENCE = "#/$defs/"
Schema = dict[str, Any]


class TerritoriesFile(Noun):
    """The territories of a library, by their code."""

    territories: dict[TerritoryCode, Territory] = Field(
        default_factory=dict, description="each territory under its code: INSEE, or one of your own"
    )


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file: where it stands in a library, and what it holds.

    `also` is another place where it stands, for what local contracts have too.
    """

    name: str
    where: str
    noun: type[BaseModel]
    about: str
    also: str = ""


FILE_KINDS: tuple[FileKind, ...] = (
    FileKind("library", MANIFEST, Library, N_("what the library is")),
    FileKind("sources", SOURCES, SourcesFile, N_("the documents that state the facts")),
    FileKind("territories", TERRITORIES, TerritoriesFile, N_("the places")),
    FileKind(
        "contract",
        contract_file("CONTRACT"),
        Contract,
        N_("a contract: parties, axes, term, milestones, claims"),
    ),
    FileKind("sheet", sheet_file("CONTRACT", "CODE"), ActionSheet, N_("an action sheet")),
    FileKind(
        "amendment",
        amendment_file("CONTRACT", "ID"),
        Amendment,
        N_("an amendment: changes in time"),
        also=amendment_file(local_folder("CONTRACT", "TERRITORY"), "ID"),
    ),
    FileKind(
        "overlay",
        overlay_file("CONTRACT", "TERRITORY"),
        Overlay,
        N_("a local text: changes in space"),
    ),
    FileKind(
        "programmes",
        programmes_file("CONTRACT"),
        ProgrammesFile,
        N_("the programmes that sources report"),
    ),
    FileKind(
        "correspondence",
        correspondence_file("CONTRACT"),
        Correspondence,
        N_("what became of the sheets of the contract that it replaces"),
    ),
    FileKind(
        "snapshot", "ANY.toml", Snapshot, N_("a derived contract in one file that stands alone")
    ),
)


def file_schema(kind: FileKind) -> Schema:
    """Makes the JSON Schema of a kind of file."""
    made = kind.noun.model_json_schema(schema_generator=_Written)
    definitions = made.pop("$defs", {})
    for table in (made, *definitions.values()):
        _leave_out_what_the_name_says(table)
    head: Schema = {"$schema": DIALECT, "title": f"cpps: {kind.where}"}
    reached = _reached(made, definitions)
    named = {name: definitions[name] for name in sorted(reached)}
    return {**head, **_without_title(made), **({"$defs": named} if named else {})}


def schema_text(schema: Schema) -> str:
    """Writes a schema as it stands in a file."""
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def write_schemas(folder: Path) -> tuple[Path, ...]:
    """Writes each schema of a file as NAME.json and returns the paths; raises `NotWritten`."""
    try:
        folder.mkdir(exist_ok=True)
    except (PermissionError, FileNotFoundError) as refused:
        raise cannot_write(folder, refused) from None
    except OSError:
        raise NotWritten(folder, "other") from None
    texts = {folder / f"{kind.name}.json": schema_text(file_schema(kind)) for kind in FILE_KINDS}
    for path, text in texts.items():
        write_new(path, text, force=True)
    return tuple(texts)


class Untitled(GenerateJsonSchema):
    """Schemas without a title for each key, which would only repeat its name."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False


class _Written(Untitled):
    """Schemas of what is written in TOML, where nothing is null and no default is empty."""

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        made = super().default_schema(schema)
        if made.get("default") in (None, [], {}):
            made.pop("default", None)
        return made

    def union_schema(self, schema: core_schema.UnionSchema) -> JsonSchemaValue:
        made = super().union_schema(schema)
        # A fault would be told twice, once for each kind of number.
        return {"type": "number"} if made == _ANY_NUMBER else made

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        made = super().model_schema(schema)
        # A docstring is folded for who reads the code.
        paragraphs = cleandoc(made.get("description", "")).split("\n\n")
        made["description"] = "\n\n".join(" ".join(part.split()) for part in paragraphs)
        return made

    def dict_schema(self, schema: core_schema.DictSchema) -> JsonSchemaValue:
        made = super().dict_schema(schema)
        # A key of another shape is a fault too.
        return {**made, "additionalProperties": False} if "patternProperties" in made else made


_ANY_NUMBER: Schema = {"anyOf": [{"type": "integer"}, {"type": "number"}]}


def _leave_out_what_the_name_says(table: Schema) -> None:
    properties: Schema = table.get("properties", {})
    named = {key for key, item in properties.items() if item.items() >= FROM_NAME.items()}
    for key in named:
        del properties[key]
    if named & set(table.get("required", ())):
        table["required"] = [key for key in table["required"] if key not in named]


def _reached(schema: Schema, definitions: Schema) -> set[str]:
    """Finds the definitions that a schema still leads to."""
    found: set[str] = set()
    waiting = [schema]
    while waiting:
        for name in set(_references(waiting.pop())) - found:
            found.add(name)
            waiting.append(definitions[name])
    return found


def _references(value: Any) -> Iterator[str]:
    match value:
        case {"$ref": str() as target}:
            yield target.removeprefix(REFERENCE)
        case dict():
            for item in value.values():
                yield from _references(item)
        case list():
            for item in value:
                yield from _references(item)
        case _:
            return


def _without_title(schema: Schema) -> Schema:
    return {key: item for key, item in schema.items() if key != "title"}
