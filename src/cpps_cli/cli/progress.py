"""How far long work has come, on a terminal only."""

import sys
from collections.abc import Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")


def shown(items: Iterable[T], total: int, each: int = 1) -> Iterator[T]:
    """The same items; the line that counts them is gone when they end, however they end.

    `each` of them stands for so many.
    """
    if not sys.stderr.isatty():
        yield from items
        return
    try:
        for count, item in enumerate(items, 1):
            sys.stderr.write(f"\r{min(count * each, total)}/{total}")
            sys.stderr.flush()
            yield item
    finally:
        sys.stderr.write("\r\x1b[K")
        sys.stderr.flush()
