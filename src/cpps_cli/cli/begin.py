"""`cpps init`, `start` and `import-sheets`: a library of one's own and its first texts."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cpps_cli.cli.complete import complete_source
from cpps_cli.cli.options import (
    ArrondissementOption,
    ContractOption,
    DialectOption,
    FormatOption,
    a_day,
    argument,
    option,
)
from cpps_cli.cli.session import Session
from cpps_cli.cli.writing import nothing_lost
from cpps_cli.diagnostics import N_, CppsError
from cpps_cli.i18n.catalogue import _, language
from cpps_cli.library.encoding import Encoding

if TYPE_CHECKING:
    from cpps_cli.check.sheet_import import NamedSource

_DIR = argument(metavar="DIR", help=_("A folder that does not exist yet."))
_EXAMPLE = option("--example", help=_("Copy the fictional town of the tutorial instead."))
_EMPTY = option("--empty", help=_("Make the frame of a library for another town instead."))

_ID = option(
    "--id",
    metavar="NAME",
    help=_("With `--empty`: the name by which calendars know its dates; one is made if not given."),
)


def init(
    session: Session,
    folder: Annotated[Path, _DIR],
    example: Annotated[bool, _EXAMPLE] = False,
    empty: Annotated[bool, _EMPTY] = False,
    id: Annotated[str | None, _ID] = None,
) -> int:
    """Makes a library and says what is in it."""
    from secrets import token_hex

    from cpps_cli.library.templates import Kind, library_texts
    from cpps_cli.library.validate import slug
    from cpps_cli.library.write_folder import make_library
    from cpps_cli.present.sections.written import library_made

    if example and empty:
        raise CppsError("choose one of the two: `--example` or `--empty`")
    if id is not None and not empty:
        raise CppsError("`--id` goes with `--empty`: a copy keeps the id of its library")
    kind: Kind = "exemple" if example else "empty" if empty else "paris"
    with nothing_lost():
        texts = library_texts(kind, language(), _, slug(id) if id else token_hex(6))
        contract = make_library(folder, texts)
    session.tell(library_made(folder, kind, contract))
    return 0


_DRAFTED = option(
    "--drafted-on", metavar="DATE", parser=a_day, help=_("Record that day as that of the draft.")
)


def start(
    session: Session,
    arrondissement: ArrondissementOption,
    contract: ContractOption = None,
    drafted_on: Annotated[date | None, _DRAFTED] = None,
) -> int:
    """Writes the overlay to begin from, the parent's sheets listed to choose among."""
    from cpps_cli.library.templates import LocalDraft, draft_text, write_draft
    from cpps_cli.model.paths import overlay_file
    from cpps_cli.present.sections.written import draft_written

    root = session.own_library().root
    signed = session.contract(contract)
    now = session.parent(signed).now
    territory = session.territory(str(arrondissement), signed)
    path = root / overlay_file(signed.id, territory.code)
    draft = LocalDraft(now.contract, now.version, territory, drafted_on)
    with nothing_lost():
        write_draft(path, draft_text(draft, _), root)
    session.tell(
        draft_written(
            path, now.contract, str(arrondissement), session.data, session.repeated(contract)
        )
    )
    return 0


_FILE = argument(metavar="FILE.csv", help=_("A table with a column `code`."))
_REPLACE = option("--replace", help=_("Overwrite what the library says otherwise."))
_APPLY = option("--apply", help=_("Write; without it, only report."))
_SOURCE = option(
    "--source",
    metavar="ID",
    help=_("The source of what the table says; `--apply` needs it."),
    complete=complete_source,
)
_SOURCE_TITLE = option(
    "--source-title", metavar="TEXT", help=_("What it is, where sources.toml does not have it yet.")
)
_SOURCE_DATED = option(
    "--source-dated", metavar="DATE", help=_("When it was published: a day, or 2018-03, 2018.")
)
_ENCODING = option(
    "--encoding",
    metavar="NAME",
    case_sensitive=False,
    help=_("How the file is written, where that cannot be told: UTF-8, Windows-1252, IBM850…"),
)


def import_sheets(
    session: Session,
    file: Annotated[Path, _FILE],
    contract: ContractOption = None,
    replace: Annotated[bool, _REPLACE] = False,
    apply: Annotated[bool, _APPLY] = False,
    source: Annotated[str | None, _SOURCE] = None,
    source_title: Annotated[str | None, _SOURCE_TITLE] = None,
    source_dated: Annotated[str | None, _SOURCE_DATED] = None,
    encoding: Annotated[Encoding | None, _ENCODING] = None,
    format: FormatOption = "table",
    dialect: DialectOption = "plain",
) -> int:
    """Reports what a table would fill, and on request fills it."""
    from cpps_cli.check.filling import COLUMNS
    from cpps_cli.check.sheet_import import proposed_import
    from cpps_cli.library.spreadsheet import read_spreadsheet
    from cpps_cli.present.sections.import_sheets import import_answer

    session.refuse_dialect(dialect, format)
    folder = session.own_library()
    signed = session.contract(contract)
    parent = session.parent_as_written(signed)
    named = _source_named(session, source, source_title, source_dated)
    table = read_spreadsheet(file, COLUMNS, encoding)
    with nothing_lost():
        found = proposed_import(folder, table, parent, named, replace=replace)
        if apply and found.is_sound and found.needs_source and named is None:
            raise CppsError(
                "say where it comes from: `--source ID`",
                help=N_(
                    "a source that sources.toml does not have yet is described with "
                    "`--source-title` and `--source-dated`"
                ),
            )
        written = found.staged.commit() if apply and found.is_sound else None
        session.mention_faults()
        session.show(import_answer(signed, found, written), format, dialect)
        if written and written.refused:
            raise written.refused
    return 0 if found.is_sound else 1


def _source_named(
    session: Session, id: str | None, title: str | None, dated: str | None
) -> "NamedSource | None":
    """The source of a table: one of the library, or one that is described on the spot."""
    from cpps_cli.check.dates import sources_named
    from cpps_cli.check.sheet_import import NamedSource
    from cpps_cli.cli.record import period_of

    described = {"title": title, "dated": None if dated is None else str(period_of(dated))}
    said = {key: text.strip() for key, text in described.items() if text is not None}
    if id is None:
        if said:
            raise CppsError("a source needs an id: `--source ID`")
        return None
    session.refuse_faults("sources.toml")
    known = session.own_library().source_ids() or ()
    if not said:
        (found,) = sources_named(known, [id])
        return NamedSource(found, {})
    if id in known and said.items() <= _described(session, id).items():
        return NamedSource(id, {})  # a run that was cut short is run again
    if id in known:
        raise CppsError(
            "`{name}` is another source in sources.toml: leave out the title and the date", name=id
        )
    if not said.get("title"):
        raise CppsError("a new source needs a title: `--source-title TEXT`")
    return NamedSource(id, said)


def _described(session: Session, id: str) -> dict[str, str]:
    source = session.own_library().sources[id]
    return {"title": source.title, **({"dated": str(source.dated)} if source.dated else {})}
