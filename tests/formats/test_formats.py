"""Which format a file's name means, and what is said where a format cannot be written."""

import re
import tomllib
from importlib import import_module
from pathlib import Path, PurePath

import pytest

from cpps_cli.diagnostics import CppsError
from cpps_cli.formats.installation import command_for
from cpps_cli.formats.registry import DOCUMENTS, FORMATS, DocumentFormat, format_of, needed
from cpps_cli.present.document import Link, made_inert, web_link
from cpps_cli.present.document_kinds import contract_of
from tests.formats.subjects import subjects

ROOT = Path(__file__).resolve().parents[2]
NEEDED = re.compile(r'needed\("([^"]+)"(?:, "([^"]+)")?\)')


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.html", "html"),
        ("a.b.HTM", "html"),
        ("a.md", "markdown"),
        ("a.markdown", "markdown"),
        ("a", None),
        (".html", None),
        ("a.xlsx", "xlsx"),
        ("a.odt", None),
    ],
)
def test_suffix_names_the_format(name: str, expected: DocumentFormat | None) -> None:
    assert format_of(PurePath(name)) == expected


def test_suffix_of_each_format_means_that_format() -> None:
    named = {format: FORMATS[format].suffix for format in DOCUMENTS if FORMATS[format].suffix}
    assert {format: format_of(PurePath(f"a{suffix}")) for format, suffix in named.items()} == {
        format: format for format in named
    }


def test_every_format_of_documents_has_its_line() -> None:
    assert tuple(FORMATS) == DOCUMENTS


def test_library_that_is_not_installed_is_one_sentence() -> None:
    with pytest.raises(CppsError) as refused, needed("typst"):
        import_module("cpps_cli.no_module_of_this_name")
    assert str(refused.value) == "this format needs `typst`, which is not installed"
    assert str(command_for("documents")) in refused.value.help.format_map(refused.value.values)
    assert refused.value.exit_code == 2


def test_remedy_names_an_extra_of_the_package_that_brings_the_library() -> None:
    """pip takes an extra that it does not know for nothing: it warns, and installs no library."""
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"][
        "optional-dependencies"
    ]
    named = {
        (library, extra or "documents")
        for file in (ROOT / "src").rglob("*.py")
        for library, extra in NEEDED.findall(file.read_text("utf-8"))
    }
    assert ("icalendar", "calendar") in named
    for library, extra in named:
        assert any(line.startswith(library) for line in extras[extra]), (library, extra)


def test_tables_are_made_of_contracts_only() -> None:
    contract = subjects()["contrat-exemple-2021-2026"]
    assert contract_of(contract) is contract
    with pytest.raises(CppsError, match="an amendment is a text"):
        contract_of(subjects()["avenant-1"])


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "https://a b", "//x", ""],
)
def test_only_addresses_of_the_web_are_links(address: str) -> None:
    assert web_link(address) == address
    assert web_link("HTTPS://example.org/é?a=1&b=2") == Link(
        "HTTPS://example.org/é?a=1&b=2", "HTTPS://example.org/é?a=1&b=2"
    )


def test_french_signs_stay_with_their_words() -> None:
    kept = "\N{NO-BREAK SPACE}"
    assert made_inert("Durée : « un an » ; où ? à 5 %") == (
        f"Durée{kept}: «{kept}un an{kept}»{kept}; où{kept}? à 5 %"
    )
    assert made_inert(":a ; b") == f":a{kept}; b"
