"""Files of many folders with one that describes them: where that one is, they are as it says.

They are written as they come, for they may be more than one wants to hold; so each is whole or not
there, and while they are not all of one run there is no descriptor.
"""

import os
from collections.abc import Iterable
from pathlib import Path

from cpps_cli.store.documents import Outcome, alone_if_possible, make_folder, outcome_of, put
from cpps_cli.store.files import refuse_links_out, refuse_no_file, take_away


def put_described(
    folder: Path, files: Iterable[tuple[str, bytes]], descriptor: str, *, force: bool
) -> dict[str, Outcome]:
    """Writes files, each named from the folder, the descriptor last; says what became of each.

    Without `force` the first that says something else is kept, and the others are not written.
    """
    make_folder(folder)
    describes = folder / descriptor
    refuse_no_file(describes)
    outcomes: dict[str, Outcome] = {}
    with alone_if_possible(folder):
        for name, content in files:
            path = folder / name
            refuse_links_out(folder, path)
            make_folder(path.parent)
            outcome = outcome_of(path, content, force=force)
            if outcome == "written" and name != descriptor and os.path.lexists(describes):
                if not force:
                    return {**outcomes, descriptor: "kept"}
                take_away(describes)
            outcomes[name] = put(path, content, force=force)
            if outcome == "kept":
                return outcomes
    return outcomes


def others(folder: Path, suffix: str, names: Iterable[str]) -> tuple[str, ...]:
    """The files below a folder that have the suffix, and none of these names."""
    known = set(names)
    found = (path.relative_to(folder).as_posix() for path in folder.rglob(f"*{suffix}"))
    return tuple(sorted(name for name in found if name not in known))
