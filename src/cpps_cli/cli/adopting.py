"""Edits of local texts, written one file after the other up to the first that is refused."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cpps_cli.cli.session import Session

if TYPE_CHECKING:
    from cpps_cli.check.staging import Left, Wanted
    from cpps_cli.engine import Parent
    from cpps_cli.engine.stale_reasons import Said
    from cpps_cli.library.write import NotWritten


@dataclass(frozen=True, slots=True)
class Adopted:
    """The files that were written, those that are left as they are, and what ended the writing.

    `at_stake`: the reasons of changes that were to take the parent's words.
    """

    files: "tuple[str, ...]" = ()
    left: "tuple[Left, ...]" = ()
    refused: "NotWritten | None" = None
    at_stake: "frozenset[Said]" = frozenset()

    def then(self, later: "Adopted") -> "Adopted":
        """Both, the later one after this one."""
        files = tuple(dict.fromkeys((*self.files, *later.files)))
        return Adopted(files, later.left, later.refused, self.at_stake | later.at_stake)


def adopted(session: Session, parent: "Parent", wanted: "Iterable[Wanted]") -> Adopted:
    """Writes what is wanted; nothing that was read before holds afterwards."""
    from cpps_cli.check.staging import adoption
    from cpps_cli.library.transaction import write_edits
    from cpps_cli.library.write import NotWritten

    try:
        proposed = adoption(session.folder, parent, wanted)
    except NotWritten as refused:
        return Adopted(refused=refused)
    written = write_edits(session.folder.root, proposed.edits)
    session.reopen()
    files = tuple(edit.file for edit in proposed.edits[: written.files])
    return Adopted(files, proposed.left, written.refused)
