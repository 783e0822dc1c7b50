"""The local contracts as tables for engines: a folder of Parquet files, one for each département.

A département is derived, written and let go of, many of them on every core.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from cpps_cli.cli.derive import Locals, judged_contracts
from cpps_cli.cli.parallel import AT_A_TIME, Names, counted, parallel, workers_for
from cpps_cli.cli.resolve import Asked, dossier_asked
from cpps_cli.cli.session import Session
from cpps_cli.cli.stream import Part
from cpps_cli.cli.writing import put_tables
from cpps_cli.diagnostics import N_, CppsError

if TYPE_CHECKING:
    from cpps_cli.diagnostics import Diagnostic
    from cpps_cli.engine import Parent
    from cpps_cli.model import Derived, Territory
    from cpps_cli.present.document_context import DocumentContext
    from cpps_cli.present.facts.published import Departement


class _Work(NamedTuple):
    """What every process is to know; départements by code, "" where it is not known."""

    local: Locals
    places: "dict[str, Departement]"


# The files of one département by name, and the codes of its territories that are not passed over.
_Written = tuple[dict[str, bytes], frozenset[str]]


def export_parquet(session: Session, asked: Asked, output: Path | None, *, force: bool) -> int:
    """Writes the folder; 1 where a local contract is at fault."""
    from cpps_cli.check.local import parent_faults, unforeseen_texts
    from cpps_cli.formats.datapackage import DESCRIPTOR
    from cpps_cli.present.facts.published import departements

    folder = _folder_asked(asked, output)
    context = dossier_asked(session, asked)
    parent = context.parent
    codes = _codes(session, parent, asked.arrondissement)
    places = departements(codes, session.folder.territories)
    _refuse_others(folder, places)
    faults: list[Diagnostic] = [*parent_faults(session.folder, parent)]
    if asked.arrondissement is None:
        session.mention(unforeseen_texts(session.folder, parent.now.contract))
    files = _files(session, context, places, faults)
    code = put_tables(session, folder, files, DESCRIPTOR, force=force)
    session.mention_edited(faults)
    return code if session.mention_faults(faults) else 1


def _folder_asked(asked: Asked, output: Path | None) -> Path:
    """Where to write; raises `CppsError` on what cannot be asked for, before anything is read."""
    from cpps_cli.formats.datapackage import import_pyarrow

    if asked.sheet is not None or asked.amendment is not None or asked.correspondence:
        raise CppsError("`--format parquet` is the tables of local contracts: name one, or none")
    if asked.provenance:
        raise CppsError("`--format parquet` has no `--provenance`: see `derive --format json`")
    if output is None:
        raise CppsError(
            "{format} is not for a screen: say where to write it with `--output PATH`",
            format="parquet",
        )
    import_pyarrow()
    return output


def _codes(session: Session, parent: "Parent", word: str | None) -> tuple[str, ...]:
    """The territories to tell of: all, or the one that people call so."""
    contract = parent.now.contract
    if word is None and not contract.local_territories:
        raise CppsError(
            "{contract} is derived for no territory: there is nothing to write",
            exit_code=1,
            contract=contract.label,
        )
    if word is None:
        return contract.local_territories
    _derived, territory = session.derived(parent, word)
    return (territory.code,)


def _refuse_others(folder: Path, places: "Iterable[Departement]") -> None:
    """Raises `CppsError` where the folder holds tables that an engine would read beside these."""
    from cpps_cli.formats.datapackage import SUFFIX
    from cpps_cli.library.write_folder import others
    from cpps_cli.present.facts.published import LOCAL_TABLES

    names = (place.file_of(table.name, SUFFIX) for place in places for table in LOCAL_TABLES)
    if found := others(folder, SUFFIX, names):
        raise CppsError(
            "`{path}` holds other tables ({count}, such as `{name}`), which engines would read",
            help=N_("write to a folder of its own, or take them away"),
            path=str(folder),
            count=len(found),
            name=found[0],
        )


def _files(
    session: Session,
    context: "DocumentContext",
    places: "tuple[Departement, ...]",
    faults: "list[Diagnostic]",
) -> Iterator[tuple[str, bytes]]:
    """All of them as they come, the descriptor last; what is wrong is put in the list."""
    from cpps_cli.check.local import ground_of
    from cpps_cli.formats.datapackage import SUFFIX, described, digest
    from cpps_cli.i18n.catalogue import speaking
    from cpps_cli.present.facts.published import LOCAL_TABLES, about_package

    folder, parent = session.folder, context.parent
    codes = tuple(code for place in places for code in place.territories)
    by_code = {place.code or "": place for place in places}
    work = _Work(Locals(folder, parent, ground_of(folder, parent)), by_code)
    told: set[str] = set()
    hashes: dict[str, str] = {}
    parts = parallel(_written, work, tuple(by_code), workers_for(len(codes)), at_a_time=1)
    for part in counted(parts, len(places)):
        files, sound = part.kept
        faults += part.faults
        told |= sound
        hashes |= {name: digest(content) for name, content in files.items()}
        yield from files.items()
    passed_over = tuple(code for code in codes if code not in told)
    with speaking(context.library.language):
        about = about_package(context, passed_over)
    paths = {
        table: [place.file_of(table.name, SUFFIX) for place in places] for table in LOCAL_TABLES
    }
    yield described(about, paths, hashes)


def _written(work: _Work, names: Names) -> Part[_Written]:
    """The files of one département."""
    from cpps_cli.formats.datapackage import SUFFIX, parquet
    from cpps_cli.present.facts.published import grids_of

    (place,) = (work.places[name] for name in names)
    faults: list[Diagnostic] = []
    told: list[str] = []
    grids = grids_of(_sound(work, place, told, faults))
    files = {place.file_of(grid.table.name, SUFFIX): parquet(*grid) for grid in grids}
    return Part((files, frozenset(told)), (), tuple(faults))


def _sound(
    work: _Work, place: "Departement", told: list[str], faults: "list[Diagnostic]"
) -> "Iterator[tuple[Derived, Territory]]":
    """Its local contracts whose text is not at fault, some read at a time; the two lists grow."""
    codes, folder = place.territories, work.local.folder
    for start in range(0, len(codes), AT_A_TIME):
        some = codes[start : start + AT_A_TIME]
        with folder.passing(work.local.parent.now.contract.id) as unread:
            found = list(judged_contracts(work.local, some, faults))
        faults += unread
        for derivation, territory in found:
            if derivation.is_sound:
                told.append(territory.code)
                yield derivation.derived, territory
