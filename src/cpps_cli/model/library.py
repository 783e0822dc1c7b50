"""A library of contracts, the territories where they apply, and what reads both."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Annotated, Literal, Protocol

from pydantic import Field, StringConstraints

from cpps_cli.diagnostics import Diagnostic
from cpps_cli.model.change import Amendment, Overlay
from cpps_cli.model.contract import Contract
from cpps_cli.model.noun import Code, Many, Note, Noun, Sources, TerritoryCode, Text
from cpps_cli.model.sources import Source

if TYPE_CHECKING:
    from cpps_cli.model.beside import Correspondence, Programme
    from cpps_cli.model.snapshot import Snapshot


class Acknowledged(Noun):
    """A warning or a remark of `cpps check` that the keepers of a library know of."""

    code: Annotated[str, StringConstraints(pattern=r"^CP[0-9]{3}$")] = Field(
        description="its code, such as CP302; never that of an error"
    )
    file: Text | None = Field(
        None, description="the file it is in, by its path in the library; in any without it"
    )
    reason: Text = Field(description="why it is right as it is")


class Library(Noun):
    """What a library is: its title, and the contract that is meant when none is named."""

    format: Literal[1] = Field(description="the version of the file format: always 1 for now")
    id: Code | None = Field(
        None,
        description="a name that no other library has, by which calendars know its dates; "
        "`cpps init` makes one, and it never changes",
    )
    title: Text = Field(description="what the library holds, in a few words")
    contract: Code = Field(description="the contract its verbs speak of: the name of its folder")
    language: Literal["fr", "en"] = Field("fr", description="the language of its contracts")
    fictional: bool = Field(
        False, description="true where nothing in it is real: a town for learning and trying"
    )
    reconstruction: bool = Field(
        False,
        description="true where it was put together from public sources, and no office answers for "
        "it: every answer and document says so",
    )
    acknowledged: Many[Acknowledged] = Field(
        (), description="warnings and remarks that `cpps check` need not tell again"
    )
    note: Note | None = None


class Territory(Noun):
    """A place by its code (INSEE where it has one), with the other names people call it by."""

    code: TerritoryCode = Field(
        description="the INSEE code, or a code of your own", json_schema_extra={"from": "name"}
    )
    name: Text = Field(description="its full name")
    short_name: Text | None = Field(None, description="the name used in tables, such as 18e")
    also: Many[Text] = Field((), description="other names and codes by which people call it")
    made_of: Many[TerritoryCode] = Field(
        (), description="codes of the territories it is made of, where it is several in one"
    )
    sources: Sources = ()
    note: Note | None = None

    @property
    def label(self) -> str:
        """The name for tables."""
        return self.short_name or self.name

    @property
    def names(self) -> frozenset[str]:
        """Every word by which it may be asked for, in lower case."""
        known = {self.code, self.name, *self.also, *filter(None, [self.short_name])}
        return frozenset(name.casefold() for name in known)


class LibraryReader(Protocol):
    """Reads a library, wherever it is kept; what cannot be read is None, or missing."""

    snapshot: "Snapshot | None"

    @property
    def library(self) -> Library | None: ...
    @property
    def sources(self) -> Mapping[str, Source]: ...
    @property
    def territories(self) -> Mapping[str, Territory]: ...
    def source_ids(self) -> frozenset[str] | None: ...
    def territory_codes(self) -> frozenset[str] | None: ...
    def contract_ids(self) -> tuple[str, ...]: ...
    def contract_head(self, contract_id: str) -> Contract | None: ...
    def contract(self, contract_id: str) -> Contract | None: ...
    def amendments(self, contract_id: str) -> tuple[Amendment, ...]: ...
    def names_in(self, contract_id: str, kind: str) -> tuple[str, ...]: ...
    def overlay_codes(self, contract_id: str) -> tuple[str, ...]: ...
    def overlay(self, contract_id: str, territory: str) -> Overlay | None: ...
    def signed_overlay(self, contract_id: str, territory: str) -> Overlay | None: ...
    def local_amendments(self, contract_id: str, territory: str) -> tuple[Amendment, ...]: ...
    def programmes(self, contract_id: str) -> "tuple[Programme, ...]": ...
    def correspondence(self, contract_id: str) -> "Correspondence | None": ...
    def misplaced(self) -> Iterable[Diagnostic]: ...
