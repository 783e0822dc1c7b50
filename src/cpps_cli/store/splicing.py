"""Texts with something put into them, in lines that look like those round it."""

import re

from cpps_cli.store.positions import Extent


def below_comments(text: str, at: int) -> int:
    """Past the comment lines that begin here, when a blank line or the end follows them."""
    pattern = re.compile(r"(?:[ \t]*+#[^\n]*+(?:\n|\Z))+(?=[ \t]*\r?(?:\n|\Z))")
    comments = pattern.match(text, at)
    return comments.end() if comments else at


def line_end(text: str, at: int) -> int:
    """Where the line after that of an offset begins."""
    return text.find("\n", at) + 1 or len(text)


def is_blank(text: str, at: int) -> bool:
    """Whether nothing stands from here to the end of the line."""
    return re.compile(r"[ \t]*\r?\n").match(text, at) is not None


def spliced(text: str, extent: Extent, new: str) -> str:
    """The text with something else in a place, its line breaks as those of the file."""
    windows = text.count("\r\n") * 2 > text.count("\n")
    lines = new.replace("\n", "\r\n") if windows else new
    return text[: extent.start] + lines + text[extent.end :]


def with_lines(text: str, at: int, lines: str) -> str:
    """With whole lines put in, on lines of their own."""
    unfinished = at > 0 and text[at - 1] != "\n"
    return spliced(text, Extent(at, at), f"\n{lines}" if unfinished else lines)


def with_block(text: str, at: int, block: str) -> str:
    """With a blank line before and after the block."""
    above = "\n" if at and not text.endswith(("\n\n", "\n\r\n"), 0, at) else ""
    below = "" if at == len(text) or is_blank(text, at) else "\n"
    return with_lines(text, at, above + block + below)
