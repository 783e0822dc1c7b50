"""Writes documents for scripts as JSON: whole, or the items of a long list as they come."""

import json
from collections.abc import Iterable, Iterator

from cpps_cli.i18n.catalogue import CONTROL
from cpps_cli.present.shapes import plain


def json_text(document: object) -> str:
    """Writes a document readably, with nothing in it that a terminal would obey."""
    written = json.dumps(document, ensure_ascii=False, indent=2, default=plain) + "\n"
    return CONTROL.sub(lambda found: f"\\u{ord(found[0]):04x}", written)


def json_items(documents: Iterable[object]) -> str:
    """Writes documents as they stand in the list of another."""
    texts = (json_text(document).rstrip("\n") for document in documents)
    return ",\n".join(texts).replace("\n", "\n    ")


def json_around(document: object, key: str, items: Iterable[str]) -> Iterator[str]:
    """Writes a document whose list of that key, empty in it, holds these items."""
    # Inside a text of JSON no line ends: it is found nowhere else.
    before, _empty, after = json_text(document).partition(f'\n  "{key}": []')
    yield f'{before}\n  "{key}": ['
    mark, end = "\n    ", "]"
    for item in items:
        yield mark + item
        mark, end = ",\n    ", "\n  ]"
    yield end + after
