"""Where the places of one file stand in its text; the file is scanned when the first is asked."""

from functools import cached_property

from cpps_cli.diagnostics import KeyPath, Place, Span
from cpps_cli.store.columns import Columns
from cpps_cli.store.positions import Extent, Position, scan


class Places:
    """The places of one file. `valid`: its text is TOML, so that it can be scanned."""

    def __init__(self, file: str, text: str, *, valid: bool) -> None:
        self.file = file
        self.text = text
        self.valid = valid

    def span(self, where: Place) -> Span:
        """Where a place stands: itself, or the nearest thing above it that is written."""
        extent = self._extent(where)
        if extent is None:
            return Span(self.file, 1, 1, 1, 1)
        start, end = self._columns.at(extent.start), self._columns.at(extent.end)
        return Span(self.file, *start, *end)

    def _extent(self, where: Place) -> Extent | None:
        path, part = where.path, where.part
        while path:
            position = self._positions.get(path)
            if position is not None:
                chosen = position.value if part == "value" and not position.is_headed else None
                if extent := chosen or position.key or position.value:
                    return extent
            path, part = path[:-1], "key"
        return None

    @cached_property
    def _positions(self) -> dict[KeyPath, Position]:
        return scan(self.text) if self.valid else {}

    @cached_property
    def _columns(self) -> Columns:
        return Columns(self.text)
