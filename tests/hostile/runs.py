"""Every verb, with the words of a run of it that ends well in the folder of `writing.Way`."""

from cpps_cli.cli.commands import COMMANDS
from tests.hostile.writing import WAYS

READING = (
    "list-actions", "list-actions --search nuit", "show 1.1", "show 1.1 --provenance",
    "show 1.1 -a 1", "derive -a 1", "derive -a 1 --provenance", "derive --all", "coverage",
    "coverage -a 1", "compare 1.1", "trace 1.1 title", "trace 1.1 title -a 1",
    "trace contract term", "history", "history 1.1", "diff contrat@signed contrat",
    "diff contrat contrat/1", "renegotiation-status", "renegotiation-status --all --explain",
    "calendar --all", "timeline", "list-contracts", "list-programmes", "disputes", "update",
    "migrate -a 1 --to suite",
)  # fmt: skip
OTHERS = ("check lib", "explain CP203", "schema", "schema sheet", "calendar --all --format ics")
DOCUMENTS = tuple(
    f"export {words} --output out/{number}.{suffix}"
    for number, words in enumerate(("-a 1 --provenance", "--sheet 1.1", "--amendment avenant-1"))
    for suffix in ("html", "docx", "pdf", "md", "xlsx")
    if (number, suffix) != (2, "xlsx")  # an amendment is a text, no table
)


def commands() -> list[list[str]]:
    """All of them, as they are typed."""
    asked = [words.split() for words in (*READING, *OTHERS, *DOCUMENTS)]
    with_library = [
        words if words[0] in {"check", "explain", "schema"} else [*words, "--data", "lib"]
        for words in asked
    ]
    return [*with_library, *(way.command for way in WAYS)]


VERBS = frozenset(name for _panel, name, *_rest in COMMANDS)
