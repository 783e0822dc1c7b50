"""The sheets of local contracts as one table of csv, as they are derived."""

from pathlib import Path
from typing import TYPE_CHECKING

from cpps_cli.cli.session import Session
from cpps_cli.cli.subjects import Asked
from cpps_cli.cli.writing import nothing_lost
from cpps_cli.diagnostics import CppsError
from cpps_cli.words.catalogue import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cpps_cli.derive import Parent
    from cpps_cli.diagnostics import Diagnostic


def export_csv(session: Session, asked: Asked, output: Path | None, *, force: bool) -> int:
    """The table that `derive --format csv` shows, of one local contract or of all of them."""
    if asked.sheet is not None or asked.amendment is not None or asked.provenance:
        raise CppsError("`--format csv` is the table of local contracts: name one, or `--all`")
    parent = session.text_on(asked.contract, asked.on)
    faults: list[Diagnostic] = []
    texts = _texts(session, parent, asked.arrondissement, faults)
    if output is None:
        session.pour_all(texts)
    else:
        _write(output, texts, force=force)
        title = parent.now.contract.label
        session.say(_("{path} written: {title}").format(path=output, title=title))
    return 0 if session.mention_faults(faults) or asked.arrondissement is not None else 1


def _texts(
    session: Session, parent: "Parent", word: str | None, faults: "list[Diagnostic]"
) -> "Iterator[str]":
    from cpps_cli.cli.derive_all import Shape, every_text
    from cpps_cli.render.printing import as_csv
    from cpps_cli.render.views.derived_document import derived_document, exported

    if word is None:
        return every_text(session, parent, Shape("csv"), faults)
    derived, _territory = session.derived(parent, word)
    return iter((as_csv(exported([derived_document(derived)])),))


def _write(path: Path, texts: "Iterable[str]", *, force: bool) -> None:
    from cpps_cli.store.files import new_file

    with nothing_lost(), new_file(path, force=force) as write:
        for text in texts:
            write(text.encode())
