"""Compile the translations when the package is built, editable installs included."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

# Babel would note the hour of the build, and no two wheels would be the same.
NO_DATE = datetime(1980, 1, 1, tzinfo=UTC)


class CompileTranslations(BuildHookInterface[Any]):
    """A `.mo` beside every `.po`; the wheel takes the first and leaves the second."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the compiled catalogues before files are gathered."""
        for source in Path(self.root, "src/cpps_cli/locale").glob("*/LC_MESSAGES/*.po"):
            with source.open("rb") as text, source.with_suffix(".mo").open("wb") as compiled:
                catalog = read_po(text)
                catalog.creation_date = NO_DATE
                write_mo(compiled, catalog)
