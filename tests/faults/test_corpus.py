"""What is wrong in each bad library, in the exact text that people read, and how cases are read."""

from pathlib import Path

import pytest

from cpps_cli.diagnostics.codes import CODES
from tests.faults.cases import BASES, CASES, HERE, Case, format_cases, parse_cases, unescape


@pytest.fixture(autouse=True)
def _no_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("FORCE_COLOR", "TTY_COMPATIBLE", "CPPS_DATA", "CPPS_LANG"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_check_says_exactly_what_is_expected(case: Case) -> None:
    errors = [f"[{code.id}]: " for code in CODES.values() if code.severity == "error"]
    for language, (text, exit_code) in case.check().items():
        assert text == case.expected(language)
        assert exit_code == any(error in text for error in errors)


def test_each_case_shows_the_code_that_its_file_is_named_after() -> None:
    coded = [case for case in CASES.values() if case.code in CODES]
    assert [case.name for case in coded if f"[{case.code}]" not in case.expected("en")] == []


def test_one_fault_is_one_diagnostic() -> None:
    others = [case for case in CASES.values() if case.code not in CODES]
    assert {case.code for case in others} == {"one-fault"}
    assert all(case.expected("en").endswith("library: 1 error\n") for case in others)


def test_each_code_has_a_case() -> None:
    assert CODES.keys() - {case.code for case in CASES.values()} == set()


@pytest.mark.parametrize("path", sorted(HERE.glob("*.case")), ids=lambda path: path.stem)
def test_a_file_of_cases_is_what_its_cases_give(path: Path) -> None:
    """So nothing in it is passed over, such as a heading or a case that stands twice."""
    cases = parse_cases(path)
    assert format_cases(cases).encode() == path.read_bytes()
    assert len({case.title for case in cases}) == len(cases)


def test_a_case_replaces_files_of_its_base(tmp_path: Path) -> None:
    path = tmp_path / "CP999.case"
    path.write_text(
        '== other-name, from town ==\n\n-- territories.toml --\n[territories.BF]\nname = "B"\n\n\n'
        "-- empty.toml --\n\n-- expected.en --\nlibrary: no fault\n",
        encoding="utf-8",
    )
    (case,) = parse_cases(path)
    files = case.files()
    assert files.keys() == BASES["town"].files().keys() | {"empty.toml"}
    assert files["territories.toml"] == b'[territories.BF]\nname = "B"\n'
    assert files["empty.toml"] == b""
    assert (case.name, case.expected("en")) == ("CP999-other-name", "library: no fault\n")


@pytest.mark.parametrize(
    ("escaped", "content"),
    [
        (rb"S\xe9curit\xe9", "Sécurité".encode("latin-1")),
        (rb'[\{"", }*3]', b'["", "", "", ]'),
        (b"\\{line\\x0a}*2\\\n", b"line\nline\n"),
        (rb"C:\partage", rb"C:\partage"),
    ],
)
def test_an_escaped_file_stands_for_bytes(escaped: bytes, content: bytes) -> None:
    assert unescape(escaped) == content
