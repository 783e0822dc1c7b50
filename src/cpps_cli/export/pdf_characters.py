"""Characters that no font of a PDF holds, such as emoji: said by their number, never left out.

A standard PDF may not hold a character that it cannot draw, so typst refuses it and names it.
"""

import re

_NAMED = re.compile(r'^error: .*?`"(.*?)"`', re.MULTILINE)
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
# They join or colour the sign before them, or keep a line from breaking: nobody sees them alone.
_UNSEEN = "\u200b-\u200d\u2060\ufeff\ufe0e\ufe0f\u20e3\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f"
_UNSEEN_ONE = re.compile(f"[{_UNSEEN}]")
# Every font of ours has the letters before; typst may name one that stands by the wrong one.
_LATIN = "\u024f"


def refused_characters(diagnostic: str) -> frozenset[str]:
    """The characters that typst's refusal names."""
    named = "".join(_NAMED.findall(diagnostic))
    characters = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), named)
    return frozenset(character for character in characters if character > _LATIN)


def has_numbers(refused: frozenset[str]) -> bool:
    """Whether one of them is said by its number, and not only left unseen as it would be anyway."""
    return any(not _UNSEEN_ONE.match(character) for character in refused)


def numbered(text: str, refused: frozenset[str]) -> str:
    """The text with each run of refused characters as `[U+1F600 U+1F601]`."""
    if not refused:
        return text
    signs = re.escape("".join(sorted(refused)))
    return re.sub(f"[{signs}][{signs}{_UNSEEN}]*", _numbers, text)


def _numbers(found: re.Match[str]) -> str:
    numbers = " ".join(f"U+{ord(sign):04X}" for sign in _UNSEEN_ONE.sub("", found[0]))
    return f"[{numbers}]" if numbers else ""
