"""A text that may be broken, piece by piece: what is comment, text or bracket, and where lines end.

Nothing is read of what it means.
"""

import re
from collections.abc import Iterator

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
    """The text piece by piece; what follows an opening mark that nothing closes is passed over.

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
    """The first quotation mark that nothing closes."""
    opening = (piece.start() for piece in pieces(text) if piece["opening"])
    return next(opening, None)


def open_brackets(text: str, until: int) -> list[int]:
    """Where the brackets stand that are open at an offset, the innermost last."""
    opened: list[int] = []
    for piece in pieces(text, until):
        if piece["bracket"] in ("[", "{"):
            opened.append(piece.start())
        elif piece["bracket"] and opened:
            opened.pop()
    return opened


def without_texts(text: str) -> str:
    """The same with every text and comment blanked: offsets stay, what remains is structure."""
    kept, at = [], 0
    for piece in pieces(text):
        blank = "_" if piece["text"] else " " if piece["comment"] else ""
        kept += [" " * (piece.start() - at), blank * len(piece[0]) if blank else piece[0]]
        at = piece.end()
    return "".join(kept) + " " * (len(text) - at)


def line_start(text: str, at: int) -> int:
    """Where the line begins that an offset stands on, what it is indented by apart."""
    start = text.rfind("\n", 0, at) + 1
    return start + len(text[start:at]) - len(text[start:at].lstrip(" \t"))


def line_end(text: str, at: int) -> int:
    """Where what stands on the line from an offset on ends, one further at least."""
    end = text.find("\n", at)
    end = len(text) if end < 0 else end
    return at + len(text[at:end].rstrip()) if text[at:end].strip() else at + 1


def rest_of_line(text: str, at: int) -> int:
    """The end of what stands on the line, its comment apart."""
    found = _REST.match(text, at)
    return at + max(len(found[0].rstrip()) if found else 0, 1)
