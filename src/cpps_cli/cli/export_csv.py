"""The sheets of local contracts as one table of csv, as they are derived."""

from pathlib import Path
from typing import TYPE_CHECKING

from cpps_cli.cli.resolve import Asked
from cpps_cli.cli.session import Session
from cpps_cli.cli.writing import nothing_lost
from cpps_cli.diagnostics import CppsError
from cpps_cli.i18n.catalogue import _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cpps_cli.cli.stream import Stream
    from cpps_cli.engine import Parent
    from cpps_cli.present.sections.all_derived import Line


def export_csv(session: Session, asked: Asked, output: Path | None, *, force: bool) -> int:
    """Writes the table that `derive --format csv` shows, of one local contract or of all."""
    from cpps_cli.check import is_at_fault
    from cpps_cli.present.sections.all_derived import derived_contracts

    if asked.sheet is not None or asked.amendment is not None or asked.provenance:
        raise CppsError("`--format csv` is the table of local contracts: name one, or `--all`")
    parent = session.text_on(asked.contract, asked.on)
    contract = parent.now.contract
    stream = _stream(session, parent, asked.arrondissement)
    texts = stream.written(derived_contracts((), [], contract))
    if output is None:
        session.pour_all(texts)
    else:
        _write(output, texts, force=force)
        session.say(_("{path} written: {title}").format(path=output, title=contract.label))
    session.mention_edited(stream.faults)
    whole = session.mention_faults(stream.faults)
    if asked.arrondissement is not None:  # what is wrong elsewhere is not wrong here
        return 1 if is_at_fault(stream.faults, strict=False) else 0
    return 0 if whole else 1


def _stream(session: Session, parent: "Parent", word: str | None) -> "Stream[tuple[Line, ...]]":
    """The rows of all local contracts, or of the one of the territory that people call so."""
    from cpps_cli.check import shown_faults
    from cpps_cli.cli.derive import Locals, derived_stream
    from cpps_cli.cli.stream import Notation, Part, Stream
    from cpps_cli.present.sections.derived_document import DERIVED, exported

    notation = Notation("csv")
    if word is None:
        return derived_stream(Locals.of(session, parent), notation)
    derivation, territory = session.derivation(parent, word)
    faults = shown_faults(session.folder, parent, derivation, territory)
    texts = notation.texts([DERIVED.write(derivation.derived, derivation.derived)], exported)
    return Stream([Part((), texts, (*derivation.faults, *faults))], notation)


def _write(path: Path, texts: "Iterable[str]", *, force: bool) -> None:
    from cpps_cli.library.write import new_file

    with nothing_lost(), new_file(path, force=force) as write:
        for text in texts:
            write(text.encode())
