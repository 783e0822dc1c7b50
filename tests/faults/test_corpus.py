"""One folder for each thing that can be wrong, with the exact text that people read."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from cpps_cli.diagnostics import CODES

HERE = Path(__file__).resolve().parent


def tool() -> ModuleType:
    path = HERE.parents[1] / "tools" / "expect_faults.py"
    spec = importlib.util.spec_from_file_location("expect_faults", path)
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules[spec.name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


TOOL = tool()
CASES: list[Path] = TOOL.cases()
HELD = [(case, language) for case in CASES for language in TOOL.LANGUAGES]


@pytest.fixture(autouse=True)
def _no_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("FORCE_COLOR", "TTY_COMPATIBLE", "CPPS_DATA", "CPPS_LANG"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(
    ("case", "language"), HELD, ids=[f"{case.name}-{language}" for case, language in HELD]
)
def test_check_says_exactly_what_is_expected(case: Path, language: str) -> None:
    text, exit_code = TOOL.said(case, language)
    assert text == (case / f"expected.{language}.txt").read_text(encoding="utf-8")
    faulty = any(f"[{code.id}]: " in text for code in CODES.values() if code.severity == "error")
    assert exit_code == int(faulty)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_each_folder_shows_the_code_that_it_is_named_after(case: Path) -> None:
    code = case.name.partition("-")[0]
    text = (case / "expected.en.txt").read_text(encoding="utf-8")
    if code in CODES:
        assert f"[{code}]" in text
    else:
        assert text.endswith("library: 1 error\n")  # one fault is one diagnostic


@pytest.mark.parametrize("code", CODES)
def test_each_code_has_a_folder(code: str) -> None:
    assert [case for case in CASES if case.name.startswith(f"{code}-")]
