"""What a document is made from: one contract on one day, with all that is to be said beside it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from cpps_cli.diagnostics import Place, Span
from cpps_cli.engine import Parent
from cpps_cli.model import Contract, Derived, Library, LibraryReader, Source, Territory
from cpps_cli.model.programme import Programme

Locate = Callable[[Place], Span]


@dataclass(frozen=True, slots=True)
class DocumentContext:
    """A contract as documents tell it; `derived` where it is a local one.

    `sheet` is the code of the only sheet asked for. With `locate` each paragraph of a sheet says
    where it comes from. With `reader` tables tell of the local contracts and of the dates to come.
    `programmes` are those that sources report for the parent.
    """

    library: Library
    parent: Parent
    on: date
    territories: Mapping[str, Territory]
    sources: Mapping[str, Source]
    derived: Derived | None = None
    sheet: str | None = None
    locate: Locate | None = None
    reader: LibraryReader | None = None
    programmes: tuple[Programme, ...] = ()

    @property
    def contract(self) -> Contract:
        """The contract that the document is about."""
        return self.derived.contract if self.derived else self.parent.now.contract

    @property
    def place(self) -> str:
        """The name of the place where it applies."""
        territory = self.territories.get(self.contract.territory)
        return territory.name if territory else self.contract.territory

    @property
    def name(self) -> str:
        """A name for its file, without suffix."""
        name = self.contract.id.replace("/", "-")
        return f"{name}-{self.sheet}" if self.sheet else name

    @property
    def title(self) -> str:
        """What the contract is called in a sentence."""
        return self.contract.label
