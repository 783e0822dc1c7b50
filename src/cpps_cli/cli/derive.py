"""`cpps derive`: what does an arrondissement inherit?"""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

from cpps_cli.cli.options import (
    ArrondissementOption,
    ContractOption,
    DialectOption,
    FormatOption,
    OnOption,
    ProvenanceOption,
    option,
    refuse_provenance,
)
from cpps_cli.cli.session import Session
from cpps_cli.cli.writing import put_text
from cpps_cli.diagnostics import CppsError
from cpps_cli.i18n.catalogue import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cpps_cli.check.local import Ground
    from cpps_cli.cli.parallel import Names
    from cpps_cli.cli.stream import Notation, Part, Stream
    from cpps_cli.diagnostics import Diagnostic
    from cpps_cli.engine import Derivation, Parent
    from cpps_cli.library.reader import LibraryFolder
    from cpps_cli.model import Derived, Territory
    from cpps_cli.present.document import Answer
    from cpps_cli.present.sections.derived_document import Line, Provenance


def derive(
    session: Session,
    arrondissement: ArrondissementOption = None,
    all: Annotated[bool, option("--all", help=_("Every local contract, a line each."))] = False,
    contract: ContractOption = None,
    on: OnOption = None,
    format: FormatOption = "table",
    dialect: DialectOption = "plain",
    output: Annotated[
        Path | None,
        option(
            "--output", "-o", metavar="FILE", help=_("Write it as one TOML file that stands alone.")
        ),
    ] = None,
    provenance: ProvenanceOption = False,
    force: Annotated[bool, option("--force", help=_("Overwrite the file."))] = False,
) -> int:
    """Derives one local contract, or all of them."""
    if (arrondissement is None) is not all:
        raise CppsError("say which contract: `--arrondissement N`, or `--all`")
    refuse_provenance(provenance, all=all, output=output is not None, format=format)
    if output is not None and arrondissement is None:
        raise CppsError("`--output` writes one contract: say which with `--arrondissement N`")
    if session.folder.snapshot is not None:
        raise CppsError(
            "`{path}` holds one derived contract: derive it from its library",
            path=str(session.folder.root),
        )
    parent = session.text_on(contract, on)
    if output is not None:
        return _write(session, parent, str(arrondissement), output, force=force)
    if arrondissement is None:
        from cpps_cli.cli.stream import Notation

        session.refuse_dialect(dialect, format)
        return _every(session, parent, Notation(format, dialect))
    from cpps_cli.check.local import is_at_fault

    answer, faults = _one(session, parent, arrondissement, provenance=provenance)
    session.mention_faults(faults)
    session.show(answer, format, dialect)
    return 1 if is_at_fault(faults, strict=False) else 0


def _write(session: Session, parent: "Parent", word: str, output: Path, *, force: bool) -> int:
    from cpps_cli.check.local import shown_faults
    from cpps_cli.library.snapshot import snapshot_text
    from cpps_cli.model.paths import overlay_file

    derivation, territory = session.derivation(parent, word)
    derived = derivation.derived
    session.mention_edited(derivation.faults)
    faults = shown_faults(session.folder, parent, derivation, territory)
    for needed in (parent.now.contract.id, overlay_file(parent.now.contract.id, territory.code)):
        session.refuse_faults(needed, faults)
    library = session.folder.library
    rebuilt = library is not None and library.reconstruction
    sources = session.folder.sources
    text = snapshot_text(derived, territory, sources, parent.on, reconstruction=rebuilt)
    said = _("{path} written: {title}").format(path=output, title=derived.contract.label)
    put_text(session, text, output, said, force=force)
    return 0


def _one(
    session: Session, parent: "Parent", arrondissement: str, *, provenance: bool
) -> "tuple[Answer, tuple[Diagnostic, ...]]":
    from cpps_cli.check.local import shown_faults
    from cpps_cli.present.sections.derived import Later, derived_contract

    derivation, territory = session.derivation(parent, arrondissement)
    derived = derivation.derived
    session.mention_edited(derivation.faults)
    successor = session.successor(parent.now.contract)
    later = None
    if successor is not None:
        later = Later(successor, territory.code in session.folder.overlay_codes(successor.id))
    told = _provenance(session, parent, derived) if provenance else None
    faults = shown_faults(session.folder, parent, derivation, territory)
    return derived_contract(derived, territory, later, told), faults


def _provenance(session: Session, parent: "Parent", derived: "Derived") -> "Provenance":
    from cpps_cli.engine.provenance import provenance_of_all
    from cpps_cli.present.sections.derived_document import Provenance

    return Provenance(*provenance_of_all(parent, derived), session.locate)


# --- every local contract


class Locals(NamedTuple):
    """The library, a parent, and what its local contracts are judged on."""

    folder: "LibraryFolder"
    parent: "Parent"
    ground: "Ground"

    @classmethod
    def of(cls, session: Session, parent: "Parent") -> "Locals":
        """The local contracts of a parent; mentions those that it does not foresee."""
        from cpps_cli.check.local import ground_of, unforeseen_texts

        session.mention(unforeseen_texts(session.folder, parent.now.contract))
        return cls(session.folder, parent, ground_of(session.folder, parent))


def _every(session: Session, parent: "Parent", notation: "Notation") -> int:
    """Shows all of them; 1 where one is missing or at fault."""
    from cpps_cli.present.sections.derived_document import derived_contracts

    stream = derived_stream(Locals.of(session, parent), notation)
    lines = () if notation.is_itemised else [line for part in stream.kept() for line in part]
    answer = session.stood(derived_contracts(lines, [], parent.now.contract))
    session.pour_all(stream.written(answer))
    session.mention_edited(stream.faults)
    return 0 if session.mention_faults(stream.faults) else 1


def derived_stream(local: Locals, notation: "Notation") -> "Stream[tuple[Line, ...]]":
    """Derives every local contract of a parent, in a notation; its faults are those of all."""
    from cpps_cli.check.local import parent_faults
    from cpps_cli.cli.stream import Stream, local_parts

    contract = local.parent.now.contract
    make = partial(_part, local, notation)
    parts = local_parts(local.folder, contract.id, contract.local_territories, make)
    stream = Stream(parts, notation)
    stream.faults += parent_faults(local.folder, local.parent)
    return stream


def _part(local: Locals, notation: "Notation", codes: "Names") -> "Part[tuple[Line, ...]]":
    from cpps_cli.cli.stream import Part
    from cpps_cli.present.sections.derived_document import DERIVED, exported, line_of

    faults: list[Diagnostic] = []
    found = judged_contracts(local, codes, faults)
    if not notation.is_itemised:
        lines = tuple(line_of(item.derived, place) for item, place in found)
        return Part(lines, (), tuple(faults))
    documents = [DERIVED.write(item.derived, item.derived) for item, _place in found]
    return Part((), notation.texts(documents, exported), tuple(faults))


def judged_contracts(
    local: Locals, codes: "Iterable[str]", faults: "list[Diagnostic]"
) -> "Iterator[tuple[Derivation, Territory]]":
    """Derives some local contracts, each let go of before the next; adds what the check finds."""
    from cpps_cli.check.local import local_faults
    from cpps_cli.engine import local_contracts

    for derivation, territory in local_contracts(local.parent, local.folder, codes):
        faults += (fault for fault in derivation.faults if fault.severity != "error")
        if (overlay := derivation.derived.overlay) is not None:
            faults += local_faults(local.ground, overlay, territory, derivation)
        yield derivation, territory
