"""Cuts and joins TOML texts, broken ones included: pieces, brackets, lines put in."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Any

from cpps_cli.library.toml_format import literal, same
from cpps_cli.library.toml_positions import Extent

# Of each kind: a comment, a whole text, an opening mark that nothing closes, the rest.
_PIECE = re.compile(
    r"""
      (?P<comment> \#[^\n]*+ )
    | (?P<text>
          \"{3} (?: [^"\\]++ | \\. | "{1,2}(?!") )* "{3,5}
        | '{3} (?: [^']++ | '{1,2}(?!') )* '{3,5}
        | (?!\"{3}) " (?: [^"\\\n]++ | \\[^\n] )* "
        | (?!'{3}) ' [^'\n]*+ '
      )
    | (?P<opening> \"{3} | '{3} | ["'] )
    | (?P<bracket> [\[\]{}] )
    | [^\#"'\[\]{}]++
    """,
    re.VERBOSE | re.DOTALL,
)
_REST = re.compile(r"[^\n#]*")


def pieces(text: str, until: int | None = None) -> Iterator[re.Match[str]]:
    """Cuts a text into pieces; what follows an unclosed opening mark is passed over.

    Who looked for the end of a text once more from each mark inside it would never be done.
    """
    at, end = 0, len(text) if until is None else until
    while at < end and (piece := _PIECE.match(text, at, end)):
        yield piece
        at = piece.end()
        if piece["opening"]:
            line = text.find("\n", at, end)
            at = end if len(piece["opening"]) > 1 or line < 0 else line


def opening_mark(text: str) -> int | None:
    """Finds the first quotation mark that nothing closes."""
    opening = (piece.start() for piece in pieces(text) if piece["opening"])
    return next(opening, None)


def open_brackets(text: str, until: int) -> list[int]:
    """Finds the brackets that are open at an offset, the innermost last."""
    opened: list[int] = []
    for piece in pieces(text, until):
        if piece["bracket"] in ("[", "{"):
            opened.append(piece.start())
        elif piece["bracket"] and opened:
            opened.pop()
    return opened


def without_texts(text: str) -> str:
    """Blanks every text and comment: offsets stay, what remains is structure."""
    kept, at = [], 0
    for piece in pieces(text):
        blank = "_" if piece["text"] else " " if piece["comment"] else ""
        kept += [" " * (piece.start() - at), blank * len(piece[0]) if blank else piece[0]]
        at = piece.end()
    return "".join(kept) + " " * (len(text) - at)


def line_start(text: str, at: int) -> int:
    """Finds where the line of an offset begins, what it is indented by apart."""
    start = text.rfind("\n", 0, at) + 1
    return start + len(text[start:at]) - len(text[start:at].lstrip(" \t"))


def line_end(text: str, at: int) -> int:
    """Finds where what stands on the line from an offset on ends, one further at least."""
    end = text.find("\n", at)
    end = len(text) if end < 0 else end
    return at + len(text[at:end].rstrip()) if text[at:end].strip() else at + 1


def rest_of_line(text: str, at: int, shape: re.Pattern[str] = _REST) -> int:
    """Finds the end of what stands on the line, its comment apart; or of what has a shape."""
    found = shape.match(text, at)
    return at + max(len(found[0].rstrip()) if found else 0, 1)


def commented_array(
    gaps: Sequence[str], words: Sequence[str], old: list[Any], new: list[Any]
) -> Iterator[str]:
    """Writes an array, each old item in its own words, between its comments."""
    # The first comment of a gap stands beside the item before it; the others are lone lines.
    comments = [[_comment(line) for line in gap.split("\n")] for gap in gaps]
    origins = _origins(old, new)
    done = 0
    yield "[" + comments[0][0]
    for index, item in enumerate(new):
        origin = origins.get(index)
        beside = ""
        if origin is not None:
            yield from (line for gap in comments[done : origin + 1] for line in gap[1:] if line)
            done = origin + 1
            beside = comments[done][0]
        kept = origin is not None and same(old[origin], item)
        yield f"    {words[done - 1] if kept else literal(item)},{beside}"
    yield from (line for gap in comments[done:] for line in gap[1:] if line)
    yield "]"


def _comment(line: str) -> str:
    """Finds the comment with the space before it: a column of comments stays one."""
    found = re.search(r"[ \t]*#[^\r]*", line)
    return found[0] if found else ""


def _origins(old: list[Any], new: list[Any]) -> dict[int, int]:
    """Finds which old item each new one is, or takes the place of."""
    matcher = SequenceMatcher(None, [*map(repr, old)], [*map(repr, new)], autojunk=False)
    return {
        place: origin
        for kind, start, end, new_start, new_end in matcher.get_opcodes()
        if kind in {"equal", "replace"}
        for origin, place in zip(range(start, end), range(new_start, new_end), strict=False)
    }


def below_comments(text: str, at: int) -> int:
    """Passes the comment lines that begin here, if a blank line or the end follows."""
    pattern = re.compile(r"(?:[ \t]*+#[^\n]*+(?:\n|\Z))+(?=[ \t]*\r?(?:\n|\Z))")
    comments = pattern.match(text, at)
    return comments.end() if comments else at


def next_line(text: str, at: int) -> int:
    """Finds where the line after that of an offset begins."""
    return text.find("\n", at) + 1 or len(text)


def is_blank(text: str, at: int) -> bool:
    """Whether nothing stands from here to the end of the line."""
    return re.compile(r"[ \t]*\r?\n").match(text, at) is not None


def spliced(text: str, extent: Extent, new: str) -> str:
    """Puts something else in a place, its line breaks as those of the file."""
    windows = text.count("\r\n") * 2 > text.count("\n")
    lines = new.replace("\n", "\r\n") if windows else new
    return text[: extent.start] + lines + text[extent.end :]


def with_lines(text: str, at: int, lines: str) -> str:
    """Puts whole lines in, on lines of their own."""
    unfinished = at > 0 and text[at - 1] != "\n"
    return spliced(text, Extent(at, at), f"\n{lines}" if unfinished else lines)


def with_block(text: str, at: int, block: str) -> str:
    """Puts a block in, with a blank line before and after it."""
    above = "\n" if at and not text.endswith(("\n\n", "\n\r\n"), 0, at) else ""
    below = "" if at == len(text) or is_blank(text, at) else "\n"
    return with_lines(text, at, above + block + below)
