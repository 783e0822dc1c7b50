"""Diagnostics with their places looked up, in the order of files, lines and columns."""

import os.path
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple, Protocol

from cpps_cli.diagnostics import Diagnostic, Place, Span


class Lines(Protocol):
    """What is asked of who has read the files."""

    root: Path

    def locate(self, where: Place | Span) -> Span: ...
    def text(self, file: str) -> str: ...


class Placed(NamedTuple):
    """A diagnostic, where it stands, and where its related places stand."""

    diagnostic: Diagnostic
    span: Span
    related: tuple[Span, ...]


def placed(found: Iterable[Diagnostic], lines: Lines) -> list[Placed]:
    """Each diagnostic once, sorted by place."""
    located = [
        Placed(item, lines.locate(item.where), tuple(lines.locate(r.where) for r in item.related))
        for item in found
    ]
    once = {_identity(item): item for item in reversed(located)}
    return sorted(once.values(), key=_order)


def is_whole_file(span: Span) -> bool:
    """Whether nothing smaller than the file can be pointed at."""
    return (span.end_line, span.end_column) <= (span.line, span.column)


def shown_path(lines: Lines, file: str) -> str:
    """The path of a file as it can be opened from here, short where it is below."""
    path = lines.root / file if lines.root.is_dir() else lines.root
    relative = os.path.relpath(path) if path.drive == Path.cwd().drive else str(path)
    return str(path) if relative.startswith("..") else relative


def _order(item: Placed) -> tuple[object, ...]:
    return (item.span.file, item.span.line, item.span.column, item.diagnostic.code)


def _identity(item: Placed) -> tuple[object, ...]:
    values = tuple(sorted((name, repr(value)) for name, value in item.diagnostic.values.items()))
    return (item.diagnostic.code, item.span, values)
