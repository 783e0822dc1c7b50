"""Pieces of a TOML file that a person is about to fill in: keys, words, and lines to uncomment.

Words stand after `# `, what may be uncommented after `#` alone, so that taking that sign away from
the lines that have no space after it gives a whole file.
"""

import textwrap
from collections.abc import Callable
from typing import Any

from cpps_cli.store.layout import laid_out

Say = Callable[[str], str]
"""A message id in the language of the run."""
WIDTH = 96


def words(text: str) -> str:
    """The text as lines of comment, without anything that a comment may not hold."""
    plain = " ".join("".join(mark if mark.isprintable() else " " for mark in text).split())
    lines = textwrap.wrap(plain, WIDTH, break_long_words=False, break_on_hyphens=False)
    return "".join(f"# {line}\n" for line in lines)


def stated(key: str, value: Any) -> str:
    """A key and its value, a list on one line."""
    if isinstance(value, list):
        items = (laid_out({"item": item}).removeprefix("item = ").rstrip("\n") for item in value)
        return f"{key} = [{', '.join(items)}]\n"
    return laid_out({key: value})


def to_uncomment(toml: str) -> str:
    """A piece of TOML that says nothing until it is uncommented."""
    return "".join(f"#{line}\n" for line in toml.splitlines())


def example_hint(_: Say) -> str:
    """How to use what stands after `#` alone."""
    hint = _("A line that begins with # and no space is an example: take the # away to use it.")
    return words(hint)
