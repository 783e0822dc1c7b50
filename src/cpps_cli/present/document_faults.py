"""What the check has against the texts that a document tells: it is written all the same."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, assert_never

from cpps_cli.check.local import ground_of, local_faults, parent_faults
from cpps_cli.diagnostics import Diagnostic
from cpps_cli.engine import Parent, local_contracts
from cpps_cli.engine.coverage import is_sound
from cpps_cli.model import LibraryReader
from cpps_cli.present.document_context import DocumentContext, faults_of_locals
from cpps_cli.present.document_kinds import (
    AmendmentContext,
    CorrespondenceContext,
    OnLocals,
    Subject,
)

if TYPE_CHECKING:
    from cpps_cli.model import Derived


def faults_shown(
    subject: Subject, reader: LibraryReader, *, with_locals: bool
) -> Iterator[Diagnostic]:
    """Finds the errors of the texts that the document shows, as `derive` says them.

    `with_locals`: tables tell of a parent with its local contracts.
    """
    match subject:
        case DocumentContext():
            yield from _of(reader, subject.parent, subject.derived)
            if with_locals and subject.derived is None:
                yield from _of_locals(reader, subject.parent)
        case AmendmentContext(of=of, reach=reach):
            if isinstance(reach, OnLocals):
                yield from _of(reader, reach.after)
            else:
                yield from _of(reader, of.parent, reach.after)
        case CorrespondenceContext(of=of, former=former):
            yield from _of(reader, former.parent)
            yield from _of(reader, of.parent)
        case _:
            assert_never(subject)


def _of(
    reader: LibraryReader, parent: Parent, derived: "Derived | None" = None
) -> Iterator[Diagnostic]:
    yield from parent_faults(reader, parent)
    if derived is not None and derived.overlay is not None:
        territory = reader.territories[derived.contract.territory]
        yield from local_faults(ground_of(reader, parent), derived.overlay, territory)


def _of_locals(reader: LibraryReader, parent: Parent) -> Iterator[Diagnostic]:
    """Of those that are told: a text whose changes are at fault is passed over, and said so."""
    ground = ground_of(reader, parent)
    for derivation, territory in local_contracts(parent, reader):
        overlay = derivation.derived.overlay
        if overlay is not None and is_sound(derivation):
            yield from local_faults(ground, overlay, territory, derivation)


def faults_passed_over(subject: Subject, *, with_locals: bool) -> tuple[Diagnostic, ...]:
    """Finds what is wrong with the local texts that the document would tell of."""
    match subject:
        case DocumentContext():
            return faults_of_locals(subject) if with_locals else ()
        case AmendmentContext(of=of, reach=OnLocals(after=after)):
            return faults_of_locals(replace(of, parent=after))
        case AmendmentContext():
            return ()
        case CorrespondenceContext():
            return faults_of_locals(subject.former)
        case _:
            assert_never(subject)


def is_local(subject: Subject) -> bool:
    """Whether it is about one local contract."""
    of = subject if isinstance(subject, DocumentContext) else subject.of
    return of.derived is not None
