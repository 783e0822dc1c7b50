"""What the rules need to know of the rest of a library: names, never whole contracts."""

from typing import NamedTuple


class Index(NamedTuple):
    """The names that a file may refer to; None where their file cannot be read.

    The names of what is itself at fault are among them: that fault is said once, where it is.
    """

    sources: frozenset[str] | None
    territories: frozenset[str] | None
    contracts: frozenset[str]

    def lacks_source(self, name: str) -> bool:
        """Whether no source has that id, as far as we can tell."""
        return self.sources is not None and name not in self.sources

    def lacks_territory(self, name: str) -> bool:
        """Whether no territory has that code, as far as we can tell."""
        return self.territories is not None and name not in self.territories
