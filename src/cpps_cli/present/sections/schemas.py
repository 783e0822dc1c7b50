"""The schemas there are: of the files of a library, and of what the commands answer."""

from typing import Final, Literal, TypedDict

from cpps_cli.i18n.catalogue import _
from cpps_cli.library.schemas import FILE_KINDS
from cpps_cli.present.document import (
    Answer,
    Column,
    Paragraph,
    Section,
    Table,
)
from cpps_cli.present.schemas import about_document, documents

SCHEMA: Final = "cpps.schemas/1"


class SchemaDocument(TypedDict):
    """A schema by its name; `where` is the file it is for, null where it is for an answer."""

    name: str
    where: str | None
    about: str


class SchemasDocument(TypedDict):
    """The names that `cpps schema` knows."""

    schema: Literal["cpps.schemas/1"]
    schemas: list[SchemaDocument]


def schema_list() -> Answer:
    """The names, with one line each."""
    schemas: list[SchemaDocument] = [
        {"name": kind.name, "where": kind.where, "about": _(kind.about)} for kind in FILE_KINDS
    ]
    schemas += [
        {"name": name, "where": None, "about": _(about_document(kind))}
        for name, kind in documents().items()
    ]
    document: SchemasDocument = {"schema": SCHEMA, "schemas": schemas}
    hint = _(
        "`cpps schema NAME` prints one of them; `cpps schema --output DIR` writes those of files."
    )
    section = Section(_("Schemas"), (_shown(schemas), Paragraph(hint, quiet=True)))
    return Answer(section, _exported(schemas), document)


def _shown(schemas: list[SchemaDocument]) -> Table:
    columns = (Column("name", _("Name")), Column("about", _("What it describes"), wide=True))
    rows = tuple((item["name"], _line(item)) for item in schemas)
    first_answer = sum(item["where"] is not None for item in schemas)
    sections = {0: _("Files"), first_answer: _("Answers (JSON)")}
    return Table(columns, rows, sections)


def _line(item: SchemaDocument) -> str:
    return item["about"] if item["where"] is None else f"{item['about']} ({item['where']})"


def _exported(schemas: list[SchemaDocument]) -> Table:
    columns = tuple(Column(key, key) for key in ("name", "where", "about"))
    return Table(columns, tuple((item["name"], item["where"], item["about"]) for item in schemas))
