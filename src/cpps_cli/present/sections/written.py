"""What was made for the user, and the commands that come next, as lines that can be copied."""

import os
import shlex
from pathlib import Path

from cpps_cli.i18n.catalogue import _, n_
from cpps_cli.model import Contract

Lines = tuple[str, ...]


def library_made(folder: Path, kind: str, contract: Contract) -> Lines:
    """What the new library holds."""
    total = len(contract.sheets)
    empty = sum(sheet.status == "to_complete" for sheet in contract.sheets)
    counted = n_(
        "{folder}: a library with {contract}, {total} sheet, {empty} to complete.",
        "{folder}: a library with {contract}, {total} sheets, {empty} to complete.",
        total,
    ).format(folder=folder, contract=contract.label, total=total, empty=empty)
    match kind:
        case "empty":
            hint = _("Fill in its files, each says how; then:")
            commands = ("cpps check {folder}", "cpps list-actions --data {folder}")
        case "exemple":
            hint = _("Next:")
            commands = ("cpps list-actions --data {folder}", "cpps derive --all --data {folder}")
        case _:
            hint = _("Next:")
            commands = (
                "cpps list-actions --status to_complete --data {folder}",
                "cpps start --arrondissement 18 --data {folder}",
            )
    named = {"folder": quoted(str(folder))}
    return (counted, hint, *(f"  {command.format_map(named)}" for command in commands))


def draft_written(path: Path, contract: Contract, word: str, data: str | None) -> Lines:
    """Where the overlay is, and what to do with it."""
    total = len(contract.sheets)
    listed = n_(
        "{path} written: {total} sheet of {contract} to choose from.",
        "{path} written: {total} sheets of {contract} to choose from.",
        total,
    ).format(path=path, total=total, contract=contract.label)
    hint = _("Open it, delete what is not taken, adapt its title; then:")
    place = f" --data {quoted(data)}" if data else ""
    return (
        listed,
        hint,
        f"  cpps derive --arrondissement {quoted(word)}{place}",
        f"  cpps check {quoted(data)}" if data else "  cpps check",
    )


def quoted(word: str) -> str:
    """A word as it is typed after a command, whatever it holds."""
    if os.name != "nt":
        return shlex.quote(word)
    return f'"{word}"' if " " in word else word
