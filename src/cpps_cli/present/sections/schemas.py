"""The schemas there are: of the files of a library, and of what the commands answer."""

from cpps_cli.i18n.catalogue import _
from cpps_cli.library.schemas import FILE_KINDS
from cpps_cli.present.document import Answer, Column, Paragraph, Section, Table
from cpps_cli.present.schemas import about_document, documents
from cpps_cli.present.shapes import Json, Key, Many, Shape, csv_table

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
