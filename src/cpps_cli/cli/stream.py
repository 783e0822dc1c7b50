"""An answer about many local contracts: which are asked for, made some at a time, written."""

import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, Any, Generic, NamedTuple, TypeVar

from cpps_cli.cli.complete import complete_territories
from cpps_cli.cli.options import option
from cpps_cli.cli.parallel import AT_A_TIME, Names, counted, parallel
from cpps_cli.cli.session import Session
from cpps_cli.diagnostics import CppsError
from cpps_cli.i18n.catalogue import _

if TYPE_CHECKING:
    from cpps_cli.diagnostics import Diagnostic
    from cpps_cli.engine import Derivation, Parent
    from cpps_cli.engine.update import Update
    from cpps_cli.library.reader import LibraryFolder
    from cpps_cli.model import Contract, Territory

    LocalContracts = Iterable[tuple[Derivation, Territory]]
    from cpps_cli.formats.records import Dialect
    from cpps_cli.formats.registry import AnswerFormat
    from cpps_cli.present.document import Answer, Table


ArrondissementsOption = Annotated[
    str | None,
    option(
        "--arrondissement",
        "-a",
        metavar="N,…",
        help=_("One or several, as in 14,19; `--territory` is the same, for any other place."),
        complete=complete_territories,
    ),
]


def local_contracts_asked(
    session: Session, parent: "Parent", words: str | None
) -> "tuple[LocalContracts, tuple[str, ...]]":
    """The local contracts asked for, to be read one after the other, and their territories' codes.

    Ends the run on a name that no territory has, and on a fault in a local text that is named.
    """
    from cpps_cli.engine import local_contracts

    refuse_snapshot(session)
    if words is None:
        return local_contracts(parent, session.folder), parent.now.contract.local_territories
    territories = territories_named(session, parent.now.contract, words)
    return [session.derivation(parent, code) for code in territories], tuple(territories)


def refuse_snapshot(session: Session) -> None:
    """Ends the run where the library is one derived contract, which has no local ones."""
    if session.folder.snapshot is not None:
        raise CppsError(
            "`{path}` holds one derived contract: ask the library it was derived from",
            path=str(session.folder.root),
        )


def territories_named(session: Session, contract: "Contract", words: str) -> "dict[str, Territory]":
    """The territories of a list such as `14,19`, by their codes; ends the run on another word."""
    named = tuple(dict.fromkeys(word.strip() for word in words.split(",") if word.strip()))
    if not named:
        raise CppsError("`--arrondissement` names none: write it as `--arrondissement 14,19`")
    return {item.code: item for item in (session.territory(word, contract) for word in named)}


class LocalUpdates(NamedTuple):
    """Local texts beside their parent, the territories of which none is held, and what is wrong."""

    found: "tuple[Update, ...]"
    without_text: "tuple[Territory, ...]"
    faults: "tuple[Diagnostic, ...]"


def updates_asked(session: Session, parent: "Parent", words: str | None) -> LocalUpdates:
    """The local texts asked for beside their parent.

    Those at fault are passed over where all are asked for; one that is named ends the run.
    """
    found, _codes = local_contracts_asked(session, parent, words)
    return updates_of(parent, session.folder, found)


def updates_of(parent: "Parent", folder: "LibraryFolder", found: "LocalContracts") -> LocalUpdates:
    """Local contracts beside their parent; those at fault are passed over."""
    from cpps_cli.engine.update import update

    updates: list[Update] = []
    without: list[Territory] = []
    faults: list[Diagnostic] = []
    for derivation, territory in found:
        overlay = folder.overlay(parent.now.contract.id, territory.code)
        faults.extend(derivation.faults)
        if overlay is None or not (derivation.derived.overlay or parent.is_before(overlay)):
            without.append(territory)
        elif derivation.is_sound:
            updates.append(update(parent, overlay, territory))
    return LocalUpdates(tuple(updates), tuple(without), tuple(faults))


D = TypeVar("D")
T = TypeVar("T")


class Notation(NamedTuple):
    """The format and the dialect of an answer."""

    format: "AnswerFormat"
    dialect: "Dialect" = "plain"

    @property
    def is_itemised(self) -> bool:
        """Whether every item is written by itself: a table for people needs all of them."""
        return self.format in ("json", "csv")

    def texts(self, items: list[D], rows: "Callable[[list[D]], Table]") -> tuple[str, ...]:
        """Writes documents in JSON, or their rows in csv; nothing for people, nor of no item."""
        from cpps_cli.formats.records import csv_rows, json_items

        if not items or not self.is_itemised:
            return ()
        if self.format == "json":
            return (json_items(items),)
        return (csv_rows(rows(items), self.dialect),)


class Part(NamedTuple, Generic[T]):
    """Some local contracts: what totals or a table need of them, their texts, their faults.

    `texts` are in JSON or csv; where there are several, the first of every part come first.
    `fails`: one of them is in a state that ends the run with 1.
    """

    kept: T
    texts: tuple[str | bytes, ...] = ()
    faults: "tuple[Diagnostic, ...]" = ()
    fails: bool = False

    def packed(self) -> "Part[T]":
        """Packs the texts of an answer that begins with its totals: they wait for the last part."""
        packed = (
            text if isinstance(text, bytes) else zlib.compress(text.encode(), 1)
            for text in self.texts
        )
        return self._replace(texts=tuple(packed))


class Stream(Generic[T]):
    """The parts of an answer as they come, and the faults of those that came."""

    def __init__(self, parts: Iterable[Part[T]], notation: Notation) -> None:
        self.notation = notation
        self.faults: list[Diagnostic] = []
        self.fails = False
        self._parts = iter(parts)
        self._waiting: list[tuple[str | bytes, ...]] = []

    def kept(self) -> Iterator[T]:
        """What is kept of each part, for totals or a table; the texts wait."""
        for part in self._noted():
            if part.texts:
                self._waiting.append(part.texts)
            yield part.kept

    def written(self, answer: "Answer") -> Iterator[str]:
        """Writes the answer: the texts in the list that is empty in it, or a table for people."""
        from cpps_cli.formats.registry import answer_text, in_parts

        format, dialect = self.notation
        if self.notation.is_itemised:
            yield from in_parts(answer, "contracts", self._texts(), format, dialect)
        else:
            yield answer_text(answer, format)

    def _texts(self) -> Iterator[str]:
        for number in range(max(map(len, self._waiting), default=0)):
            yield from (_unpacked(texts[number]) for texts in self._waiting)
        for part in self._noted():
            yield from map(_unpacked, part.texts)

    def _noted(self) -> Iterator[Part[T]]:
        for part in self._parts:
            self.faults += part.faults
            self.fails |= part.fails
            yield part


def local_parts(
    folder: "LibraryFolder",
    contract_id: str,
    codes: Sequence[str],
    make: Callable[[Names], Part[T]],
    workers: int | None = None,
) -> Iterator[Part[T]]:
    """Makes parts of the local contracts of these territories; each is read and let go of.

    `make` can be sent to another process.
    """
    parts = parallel(_part, (folder, contract_id, make), codes, workers)
    return counted(parts, len(codes), AT_A_TIME)


def _part(task: "tuple[LibraryFolder, str, Callable[[Names], Part[Any]]]", codes: Names) -> Any:
    folder, contract_id, make = task
    with folder.passing(contract_id) as faults:
        part = make(codes)
    return part._replace(faults=(*part.faults, *faults))


def _unpacked(text: str | bytes) -> str:
    return text if isinstance(text, str) else zlib.decompress(text).decode()
