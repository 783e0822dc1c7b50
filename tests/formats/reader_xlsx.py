"""Reads a workbook back: its cells by calamine, its tables and their looks by openpyxl.

Neither shares a line with the library that wrote it.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from io import BytesIO
from zipfile import ZipFile

from openpyxl import load_workbook  # type: ignore[import-untyped]
from python_calamine import CalamineWorkbook

Cell = int | float | str | bool | time | date | datetime | timedelta


@dataclass(frozen=True)
class ReadTab:
    """A tab: its rows with the titles first; where it is a table, its name, extent and filters."""

    title: str
    rows: list[list[Cell]]
    table: tuple[str, str] | None
    filtered: str | None
    frozen: str | None
    number_formats: dict[str, str]

    def column(self, title: str) -> list[Cell]:
        """What stands under a title."""
        at = self.rows[0].index(title)
        return [row[at] for row in self.rows[1:]]


def read_xlsx(content: bytes) -> dict[str, ReadTab]:
    """The tabs by their title, in their order."""
    values = CalamineWorkbook.from_filelike(BytesIO(content))
    looks = load_workbook(BytesIO(content))
    assert values.sheet_names == looks.sheetnames
    found = {}
    for name in values.sheet_names:
        sheet = looks[name]
        tables = list(sheet.tables.values())
        assert len(tables) <= 1
        found[name] = ReadTab(
            name,
            values.get_sheet_by_name(name).to_python(skip_empty_area=False),
            (tables[0].displayName, tables[0].ref) if tables else None,
            tables[0].autoFilter.ref if tables and tables[0].autoFilter else None,
            sheet.freeze_panes,
            {cell.coordinate: cell.number_format for row in sheet for cell in row},
        )
    return found


def active_content(content: bytes) -> list[str]:
    """Whatever a file holds that a program would compute, follow or run."""
    marks = ("<f>", "<f ", "calculatedColumnFormula", "<hyperlink", "<definedName name=")
    outside = ("vba", "macro", "externalLink", "TargetMode")
    with ZipFile(BytesIO(content)) as package:
        # The rows that paper repeats are named.
        parts = {
            name: package.read(name).decode().replace('name="_xlnm.Print_Titles"', "")
            for name in package.namelist()
        }
    found = [f"{name}: {mark}" for name, part in parts.items() for mark in marks if mark in part]
    return found + [
        f"{name}: {mark}" for name, part in parts.items() for mark in outside if mark in name + part
    ]
