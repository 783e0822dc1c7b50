"""`cpps init`, `start` and `import-sheets`: a library of one's own and its first texts."""

from datetime import date
from pathlib import Path
from typing import Annotated

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
from cpps_cli.diagnostics import CppsError
from cpps_cli.i18n.catalogue import _, language

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


def import_sheets(
    session: Session,
    file: Annotated[Path, _FILE],
    contract: ContractOption = None,
    replace: Annotated[bool, _REPLACE] = False,
    apply: Annotated[bool, _APPLY] = False,
    format: FormatOption = "table",
    dialect: DialectOption = "plain",
) -> int:
    """Reports what a table would fill, and on request fills it."""
    from cpps_cli.check.filling import COLUMNS, proposed_import
    from cpps_cli.library.spreadsheet import read_spreadsheet
    from cpps_cli.present.sections.import_sheets import import_answer

    session.refuse_dialect(dialect, format)
    folder = session.own_library()
    signed = session.contract(contract)
    parent = session.parent_as_written(signed)
    table = read_spreadsheet(file, COLUMNS)
    with nothing_lost():
        found = proposed_import(folder, table, parent, replace=replace)
        written = found.staged.commit() if apply and found.is_sound else None
        session.mention_faults()
        session.show(import_answer(signed, found, written), format, dialect)
        if written and written.refused:
            raise written.refused
    return 0 if found.is_sound else 1
