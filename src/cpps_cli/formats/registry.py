"""The formats of documents: their names, suffixes, and what they may be written to.

A new one is a module `to_NAME.py`, a name and a suffix here, and a line in `written`.
"""

from pathlib import PurePath
from typing import Literal

Format = Literal["datapackage", "docx", "html", "markdown", "pdf", "xlsx"]
SUFFIX: dict[Format, str] = {
    "datapackage": "",  # a folder
    "docx": ".docx",
    "html": ".html",
    "markdown": ".md",
    "pdf": ".pdf",
    "xlsx": ".xlsx",
}
# Those that a person may read as they are: they need no file.
TEXT: frozenset[Format] = frozenset({"html", "markdown"})
# Those that tell of a parent with its local contracts.
TABLES: frozenset[Format] = frozenset({"datapackage", "xlsx"})
_ALSO: dict[str, Format] = {".htm": "html", ".markdown": "markdown"}


def format_of(path: PurePath) -> Format | None:
    """The format that a file's suffix names."""
    suffix = path.suffix.lower()
    named = {known: name for name, known in SUFFIX.items() if known}
    return named.get(suffix) or _ALSO.get(suffix)
