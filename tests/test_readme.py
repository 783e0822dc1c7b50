"""The READMEs and the tutorial: what their sessions show is what the commands print."""

import re
from pathlib import Path

import pytest
from tools.sessions import DOCUMENTS, ROOT, played

from cpps_cli.cli.commands import COMMANDS

NAMED = re.compile(r"^\| `cpps ([a-z-]+)", re.MULTILINE)
TYPED = re.compile(r"^(?:python3|\.venv|\$ ).*$", re.MULTILINE)


def read(name: str) -> str:
    return Path(ROOT, name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", DOCUMENTS)
def test_session_prints_what_the_document_shows(name: str) -> None:
    shown = read(name)
    assert shown.count("```console") >= 1
    assert played(shown, DOCUMENTS[name]) == shown


def test_both_readmes_give_the_same_commands() -> None:
    english, french = read("README.md"), read("README.fr.md")
    assert NAMED.findall(english) == NAMED.findall(french) != []
    assert TYPED.findall(english) == TYPED.findall(french) != []


def test_readme_names_every_command() -> None:
    assert set(NAMED.findall(read("README.md"))) == {name for _, name, _, _ in COMMANDS}
