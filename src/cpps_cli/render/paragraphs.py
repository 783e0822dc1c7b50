"""The paragraphs of a text that was written in a file."""

import re


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text: the line ends inside them are those of the file, not its own."""
    parts = re.split(r"\n\s*\n|\n(?=\s*[-•–]\s)", text.strip())
    return [" ".join(part.split()) for part in parts if part.strip()]
