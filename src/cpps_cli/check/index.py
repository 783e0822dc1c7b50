"""What the rules need to know of the rest of a library: names, never whole contracts."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Index:
    """The names that a file may refer to."""

    sources: frozenset[str]
    territories: frozenset[str]
    contracts: frozenset[str]
