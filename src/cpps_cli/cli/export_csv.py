"""The sheets of local contracts as one table of csv, as they are derived."""

from pathlib import Path
from typing import TYPE_CHECKING

from cpps_cli.cli.resolve import Asked
from cpps_cli.cli.session import Session
from cpps_cli.cli.writing import nothing_lost
from cpps_cli.diagnostics import CppsError
from cpps_cli.i18n.catalogue import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cpps_cli.diagnostics import Diagnostic
    from cpps_cli.engine import Parent


def export_csv(session: Session, asked: Asked, output: Path | None, *, force: bool) -> int:
    """The table that `derive --format csv` shows, of one local contract or of all of them."""
    from cpps_cli.check import is_at_fault

    if asked.sheet is not None or asked.amendment is not None or asked.provenance:
        raise CppsError("`--format csv` is the table of local contracts: name one, or `--all`")
    parent = session.text_on(asked.contract, asked.on)
    faults: list[Diagnostic] = []
    if asked.arrondissement is None:
        texts = _every(session, parent, faults)
    else:
        texts = _one(session, parent, asked.arrondissement, faults)
    if output is None:
        session.pour_all(texts)
    else:
        _write(output, texts, force=force)
        title = parent.now.contract.label
        session.say(_("{path} written: {title}").format(path=output, title=title))
    session.mention_edited(faults)
    whole = session.mention_faults(faults)
    if asked.arrondissement is not None:  # what is wrong elsewhere is not wrong here
        return 1 if is_at_fault(faults, strict=False) else 0
    return 0 if whole else 1


def _every(session: Session, parent: "Parent", faults: "list[Diagnostic]") -> "Iterator[str]":
    from cpps_cli.check import parent_faults, unforeseen_texts
    from cpps_cli.cli.derive_all import Shape, every_text

    session.mention(unforeseen_texts(session.folder, parent.now.contract))
    faults += parent_faults(session.folder, parent)
    return every_text(session, parent, Shape("csv"), faults)


def _one(
    session: Session, parent: "Parent", word: str, faults: "list[Diagnostic]"
) -> "Iterator[str]":
    from cpps_cli.check import shown_faults
    from cpps_cli.formats.csv import as_csv
    from cpps_cli.present.sections.derived_document import DERIVED, exported

    derivation, territory = session.derivation(parent, word)
    faults += (fault for fault in derivation.faults if fault.severity != "error")
    faults += shown_faults(session.folder, parent, derivation, territory)
    return iter((as_csv(exported([DERIVED.write(derivation.derived, derivation.derived)])),))


def _write(path: Path, texts: "Iterable[str]", *, force: bool) -> None:
    from cpps_cli.library.write import new_file

    with nothing_lost(), new_file(path, force=force) as write:
        for text in texts:
            write(text.encode())
