"""Every sentence that is translated when it is shown stands in the catalogues."""

import ast
import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from cpps_cli.diagnostics.codes import CODES

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def extracted() -> set[str]:
    spec = importlib.util.spec_from_file_location("translations", ROOT / "tools/translations.py")
    assert spec is not None
    assert spec.loader is not None
    tool = sys.modules[spec.name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    return {tool.first_form(message) for message in tool.messages(tool.extract())}


def test_every_sentence_of_a_code_is_extracted(extracted: set[str]) -> None:
    said = {
        text
        for code in CODES.values()
        for text in (code.title, code.message, code.label, code.help, code.why)
        if text
    }
    assert said <= extracted


def test_every_sentence_of_a_dead_end_is_extracted(extracted: set[str]) -> None:
    sources = sorted((ROOT / "src").rglob("*.py"))
    said = {text for path in sources for text in dead_ends(path.read_text(encoding="utf-8"))}
    assert said - extracted == set()


def dead_ends(source: str) -> Iterator[str]:
    """What is written for `CppsError`, its `help` included, and for `Word`."""
    for call in ast.walk(ast.parse(source)):
        if isinstance(call, ast.Call) and ast.unparse(call.func) in ("CppsError", "Word"):
            helps = [keyword.value for keyword in call.keywords if keyword.arg == "help"]
            for value in [*call.args[:1], *helps]:
                yield from texts(value)


def texts(value: ast.expr) -> Iterator[str]:
    """The texts that a value may be: a choice has two."""
    match value:
        case ast.Constant(str(text)) if text:
            yield text
        case ast.IfExp():
            yield from texts(value.body)
            yield from texts(value.orelse)
        case _:  # a name or a call: what it stands for is marked where it is written
            return
