"""Diagnostics as one JSON document, for scripts."""

from collections.abc import Iterable

from cpps_cli.diagnostics import Span
from cpps_cli.formats.diagnostics.excerpt import Lines, Placed, is_whole_file, shown_path
from cpps_cli.present.sections.faults import CHECK, Located, Second, Spot, related_label


def as_json(items: Iterable[Placed], lines: Lines) -> str:
    """The document as text."""
    from cpps_cli.formats.json import json_text

    located = [_located(item, lines) for item in items]
    return json_text(CHECK.write(located, library=shown_path(lines, "")))


def _located(item: Placed, lines: Lines) -> Located:
    labels = (related_label(related.label) for related in item.diagnostic.related)
    seconds = zip(labels, item.related, strict=True)
    related = tuple(Second(label, _spot(span, lines)) for label, span in seconds)
    return Located(item.diagnostic, _spot(item.span, lines), related)


def _spot(span: Span, lines: Lines) -> Spot:
    return Spot(shown_path(lines, span.file), None if is_whole_file(span) else span)
