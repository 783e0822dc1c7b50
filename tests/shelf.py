"""A library that stands on no disk, for tests that need only some of its texts."""

from collections.abc import Mapping

from cpps_cli.diagnostics import Diagnostic
from cpps_cli.model import Amendment, Contract, Library, Overlay, Source, Territory
from cpps_cli.model.beside import Correspondence, Programme
from cpps_cli.model.snapshot import Snapshot


class EmptyLibrary:
    """Reads as a library in which nothing is held: a test says otherwise where it matters."""

    snapshot: Snapshot | None = None
    library: Library | None = None
    sources: Mapping[str, Source] = {}
    territories: Mapping[str, Territory] = {}

    def source_ids(self) -> frozenset[str] | None:
        return frozenset(self.sources)

    def territory_codes(self) -> frozenset[str] | None:
        return frozenset(self.territories)

    def contract_ids(self) -> tuple[str, ...]:
        return ()

    def contract_head(self, contract_id: str) -> Contract | None:
        return None

    def contract(self, contract_id: str) -> Contract | None:
        return None

    def amendments(self, contract_id: str) -> tuple[Amendment, ...]:
        return ()

    def names_in(self, contract_id: str, kind: str) -> tuple[str, ...]:
        return ()

    def overlay_codes(self, contract_id: str) -> tuple[str, ...]:
        return ()

    def overlay(self, contract_id: str, territory: str) -> Overlay | None:
        return None

    def signed_overlay(self, contract_id: str, territory: str) -> Overlay | None:
        return None

    def local_amendments(self, contract_id: str, territory: str) -> tuple[Amendment, ...]:
        return ()

    def programmes(self, contract_id: str) -> tuple[Programme, ...]:
        return ()

    def correspondence(self, contract_id: str) -> Correspondence | None:
        return None

    def misplaced(self) -> tuple[Diagnostic, ...]:
        return ()
