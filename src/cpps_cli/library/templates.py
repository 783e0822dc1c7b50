"""Makes a library for its user: a copy of a bundled one, or the frame of a new one."""

import errno
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Literal, assert_never

from cpps_cli.diagnostics import N_, CppsError
from cpps_cli.library.locate import bundled
from cpps_cli.library.reader import LibraryFolder
from cpps_cli.library.schemas import FILE_KINDS, file_schema, schema_text
from cpps_cli.library.temp_files import clear_leftovers, hold, unfinished_name
from cpps_cli.library.toml_format import Say, example_hint, stated, to_uncomment, words
from cpps_cli.library.validate import slug
from cpps_cli.library.write import CannotWrite, cannot_write, write_new
from cpps_cli.model import LIST_FIELDS, SHEET_FIELDS, Contract
from cpps_cli.model.paths import MANIFEST, SCHEMAS, SOURCES, TERRITORIES, contract_file, sheet_file

TOWN = "town"


def empty_library(language: str, _: Say) -> dict[str, str]:
    """Writes the files of a library with one contract, one axis and one sheet."""
    contract, axis = slug(_("contract")), slug(_("axis 1"))
    sheet = slug(_("axis 1 to complete 1"))
    return {
        MANIFEST: _library(contract, language, _),
        SOURCES: _sources(_),
        TERRITORIES: _territories(_),
        contract_file(contract): _contract(axis, _),
        sheet_file(contract, sheet): _sheet(axis, _),
    }


def _library(contract: str, language: str, _: Say) -> str:
    begins = _("A library: a folder of contracts. Fill in what stands between quotation marks.")
    name = _(
        "The folder of the contract that commands speak of. Its name is the contract's id: rename "
        "the folder as you like, with the years for instance, and write the name here."
    )
    return "\n".join(
        [
            "#:schema schemas/library.json\n" + words(begins) + example_hint(_),
            "format = 1\n" + stated("title", _("Prevention contracts of our town")),
            words(name) + stated("contract", contract),
            words(_("The language of the contracts: fr or en.")) + stated("language", language),
        ]
    )


def _sources(_: Say) -> str:
    about = _(
        "The documents that state the facts. Other files name them by their id, as in "
        '`sources = ["S1"]`.'
    )
    source = "[sources.S1]\n" + stated("title", _("The signed contract"))
    source += stated("dated", "2024-03") + stated("address", "https://www.example.org/contract.pdf")
    return f"#:schema schemas/sources.json\n{words(about)}\n{to_uncomment(source)}"


def _territories(_: Say) -> str:
    town = f"[territories.{TOWN}]\n" + stated("name", _("Our town"))
    district = "[territories.district-1]\n" + stated("name", _("First district"))
    about = _(
        "Its districts, where they have contracts of their own; `also` holds the other names by "
        "which people call them."
    )
    return "\n".join(
        [
            "#:schema schemas/territories.json\n"
            + words(_("The town, by its code: the INSEE code, or a word of your own."))
            + town,
            words(about) + to_uncomment(district + stated("also", ["1"])),
        ]
    )


def _contract(axis: str, _: Say) -> str:
    districts = _(
        "The districts for which it is derived (codes of territories.toml); `cpps start` then "
        "begins their texts."
    )
    dates = _(
        "From when to when it runs, when its renegotiation is planned, how many sheets it has, "
        "who signs, who takes part. A date is a day, a month, a half-year (2026-S2), a year, or "
        "a range of them."
    )
    optional = stated("short_title", _("Contract 2024-2029"))
    optional += stated("term", "2024..2029") + stated("window", "2026-S2")
    optional += stated("announced_sheets", 1)
    optional += stated("signatories", [_("The town hall")])
    optional += stated("partners", [_("An association")])
    axis_title = to_uncomment(stated("title", _("Title of the axis")))
    signed = "[[milestones]]\n" + stated("kind", "signed") + stated("on", "2024-03")
    return "\n".join(
        [
            "#:schema ../schemas/contract.json\n"
            + words(_("The contract as it was signed; amendments come in a folder `amendments`."))
            + stated("title", _("Title of the contract"))
            + stated("territory", TOWN),
            words(districts) + stated("local_territories", []),
            words(dates) + to_uncomment(optional),
            words(_("Its chapters, one [[axes]] each."))
            + ("[[axes]]\n" + stated("code", axis) + stated("number", 1) + axis_title),
            words(_("What happened to it: drafted, presented, validated, signed, in_force…"))
            + to_uncomment(signed),
        ]
    )


def _sheet(axis: str, _: Say) -> str:
    about = _(
        "An action sheet. The name of this file is its code, which does not change any more once "
        "other files name it: copy the file for each sheet, and choose codes that speak."
    )
    text = stated("number", "1.1")
    for field in SHEET_FIELDS:
        if field.kind != "indicators":
            example = _(field.example)
            text += stated(field.name, [example] if field.name in LIST_FIELDS else example)
    head = "#:schema ../../schemas/sheet.json\n"
    return head + words(about) + stated("axis", axis) + to_uncomment(text)


Kind = Literal["paris", "exemple", "empty"]
Texts = Mapping[str, str]


def library_texts(kind: Kind, language: str, say: Say) -> Texts:
    """Writes the files of a new library: their texts by their names."""
    schemas = {f"{SCHEMAS}/{file.name}.json": schema_text(file_schema(file)) for file in FILE_KINDS}
    match kind:
        case "paris" | "exemple":
            root = bundled(kind)
            names = (path.relative_to(root) for path in sorted(root.rglob("*.toml")))
            return schemas | {name.as_posix(): _text(root / name) for name in names}
        case "empty":
            return schemas | empty_library(language, say)
        case _:
            assert_never(kind)


def make_library(target: Path, texts: Texts) -> Contract:
    """Makes a library at `target`, and reads the contract that its verbs speak of.

    Raises `CppsError` where `target` is not free, `NotWritten` where the system refuses. A folder
    that exists and is empty stays the same folder: somebody may stand in it.
    """
    beside = target if target.is_dir() else target.parent
    clear_leftovers(beside)
    _refuse_taken(target, texts)
    try:
        with _unfinished_folder(beside) as fresh:
            _fill(fresh, texts)
            if beside == target:
                _move_up(fresh, target, texts)
            else:
                fresh.rename(target)
    except CannotWrite as refused:
        raise CannotWrite(target, refused.reason) from refused
    except OSError as refused:
        if refused.errno in (errno.EEXIST, errno.ENOTEMPTY):
            raise _taken(target) from refused
        raise cannot_write(target, refused) from refused
    return _contract_made(LibraryFolder(target))


@contextmanager
def _unfinished_folder(beside: Path) -> Iterator[Path]:
    """Opens a folder to fill, held so that nobody takes it for a leftover."""
    ours = False
    while not ours:
        fresh = beside / unfinished_name()
        try:
            fresh.mkdir()
            with hold(fresh) as ours:
                if ours:
                    yield fresh
        finally:
            shutil.rmtree(fresh, ignore_errors=True)


def _text(path: Path) -> str:
    return path.read_bytes().decode()


def _refuse_taken(target: Path, texts: Texts) -> None:
    if os.path.lexists(target) and not (target.is_dir() and _is_begun(target, texts)):
        raise _taken(target)
    for outer in target.resolve().parents:
        if (outer / MANIFEST).is_file():
            raise CppsError(
                "`{path}` is inside the library `{outer}`",
                help=N_("name a folder beside it"),
                path=str(target),
                outer=str(outer),
            )


def _taken(target: Path) -> CppsError:
    return CppsError(
        "`{path}` exists already and is not an empty folder: nothing was written",
        help=N_("name a folder that does not exist yet"),
        path=str(target),
    )


def _is_begun(target: Path, texts: Texts) -> bool:
    """Whether a folder is empty, or holds no more than a run that was killed had moved into it."""
    return all(
        entry.name != MANIFEST and _is_whole(entry, texts)  # which is moved last
        for entry in target.iterdir()
    )


def _is_whole(entry: Path, texts: Texts) -> bool:
    """Whether something in the new library is there already, to the byte."""
    wanted = {
        entry.parent / name: text.encode()
        for name, text in texts.items()
        if name.partition("/")[0] == entry.name
    }
    below = [entry, *entry.rglob("*")]
    there = {path for path in below if path.is_symlink() or not path.is_dir()}
    return (
        bool(wanted)
        and there == wanted.keys()
        and all(not path.is_symlink() and path.read_bytes() == wanted[path] for path in wanted)
    )


def _refuse_another(place: Path, texts: Texts) -> None:
    """Refuses to overwrite what came meanwhile; what a run before moved stays."""
    if not _is_whole(place, texts):
        raise _taken(place.parent)


def _fill(folder: Path, texts: Texts) -> None:
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        write_new(folder / name, text)


def _move_up(fresh: Path, target: Path, texts: Texts) -> None:
    """Everything in `fresh` to `target`, what makes it a library last; or nothing."""
    moved: list[Path] = []
    try:
        for entry in sorted(fresh.iterdir(), key=lambda entry: entry.name == MANIFEST):
            place = target / entry.name
            if os.path.lexists(place):
                _refuse_another(place, texts)
                continue
            moved.append(place)
            entry.rename(place)
    except BaseException:
        for place in moved:
            with suppress(FileNotFoundError):
                place.rename(fresh / place.name)
        raise


def _contract_made(folder: LibraryFolder) -> Contract:
    library = folder.library
    contract = folder.contract(library.contract) if library else None
    if contract is None:
        raise AssertionError(f"a new library that cannot be read: {folder.faults}")
    return contract
