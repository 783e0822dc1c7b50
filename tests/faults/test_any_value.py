"""Whatever stands in a file, the answer is a diagnostic in our words."""

import tempfile
from collections.abc import Iterator
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
import tomli_w
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from cpps_cli.check.library import check_library
from cpps_cli.diagnostics import Place
from cpps_cli.formats.registry import fault_report
from cpps_cli.library.reader import open_library
from cpps_cli.library.validate import HANDLED, validate, written_keys
from cpps_cli.model import (
    ActionSheet,
    Amendment,
    Contract,
    Library,
    Overlay,
    SourcesFile,
    Territory,
)
from cpps_cli.model.beside import ProgrammesFile
from tests.faults.cases import write_files

FILES: dict[str, type[BaseModel]] = {
    "library.toml": Library,
    "sources.toml": SourcesFile,
    "territories.toml": Territory,
    "contrat/contract.toml": Contract,
    "contrat/sheets/mediation.toml": ActionSheet,
    "contrat/amendments/avenant-1.toml": Amendment,
    "contrat/local/BF1.toml": Overlay,
    "contrat/programmes.toml": ProgrammesFile,
}
SOUND: dict[str, str | bytes] = {
    "library.toml": 'format = 1\ntitle = "Bourg-Fictif"\ncontract = "contrat"\n',
    "territories.toml": '[territories.BF]\nname = "Bourg"\n[territories.BF1]\nname = "Moulin"\n',
    "contrat/contract.toml": (
        'title = "Contrat"\nterritory = "BF"\nlocal_territories = ["BF1"]\n[[axes]]\ncode = "a"\n'
    ),
    "contrat/sheets/mediation.toml": 'title = "Médiation"\naxis = "a"\nnumber = "1"\n',
    "contrat/local/BF1.toml": 'title = "Moulin"\ntakes = "all"\n',
}
WORDS = st.sampled_from(
    ["", " ", "a", "mediation", "BF1", "2017", "2017-S2..2018-S1", "2018..2017", "2017-02-30",
     "1.1", "all", "listed", "signed", "É", "x" * 90, "<<<<<<< HEAD", "{0}", "%s"]
)  # fmt: skip
PLAIN = (
    st.booleans()
    | st.integers()
    | st.floats()
    | WORDS
    | st.text(max_size=8)
    | st.dates(min_value=date(1, 1, 1))
    | st.datetimes()
    | st.times()
)
KEYS = st.text(max_size=4) | WORDS

# Each reads a library from a disk, or makes a noun of many nouns: fewer than of other laws.
FEW = settings(max_examples=settings().max_examples // 3, suppress_health_check=list(HealthCheck))


def within(annotation: Any) -> Iterator[type[BaseModel]]:
    """The nouns that may stand somewhere inside a value."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in getattr(annotation, "__args__", ()):
        yield from within(inner)


def nouns_in(noun: type[BaseModel]) -> set[type[BaseModel]]:
    found, waiting = {noun}, [noun]
    while waiting:
        for field in waiting.pop().model_fields.values():
            new = set(within(field.annotation)) - found
            found |= new
            waiting += new
    return found


NOUNS = sorted(
    {inner for noun in FILES.values() for inner in nouns_in(noun)}, key=lambda noun: noun.__name__
)


def values_of(annotation: Any, depth: int) -> st.SearchStrategy[Any]:
    """Anything, and what looks like what is expected."""
    some: st.SearchStrategy[Any] = PLAIN | st.lists(PLAIN, max_size=3)
    some |= st.dictionaries(KEYS, PLAIN, max_size=2)
    for noun in within(annotation):
        if depth:
            table = tables_of(noun, depth - 1)
            some |= table | st.lists(table, max_size=2) | st.dictionaries(KEYS, table, max_size=2)
    return some


def tables_of(noun: type[BaseModel], depth: int = 2) -> st.SearchStrategy[dict[str, Any]]:
    fields = {
        name: values_of(noun.model_fields[name].annotation, depth) for name in written_keys(noun)
    }
    known = st.fixed_dictionaries({}, optional=fields)
    return st.builds(lambda a, b: {**a, **b}, st.dictionaries(KEYS, PLAIN, max_size=1), known)


def error_types(noun: type[BaseModel], table: dict[str, Any]) -> set[str]:
    try:
        noun.model_validate(table)
    except ValidationError as wrong:
        return {item["type"] for item in wrong.errors()}
    return set()


@pytest.mark.parametrize("noun", NOUNS, ids=lambda noun: noun.__name__)
def test_every_error_type_is_one_that_we_put_into_words(noun: type[BaseModel]) -> None:
    @FEW
    @given(table=tables_of(noun, 1))
    def holds(table: dict[str, Any]) -> None:
        assert error_types(noun, table) <= HANDLED
        validate(noun, table, Place("x.toml"))

    holds()


@pytest.mark.parametrize("file", FILES)
def test_check_never_fails_on_what_a_file_holds(file: str) -> None:
    @FEW
    @given(table=tables_of(FILES[file], 1), under=st.booleans())
    def holds(table: dict[str, Any], under: bool) -> None:
        if file == "territories.toml" and under:
            table = {"territories": {"BF": table}}
        checked({file: tomli_w.dumps(table)})

    holds()


@given(text=st.text(alphabet="ab.=[]{}\"'\\#\n\r\t1-<>,é\x00\ufeff", max_size=60))
@FEW
def test_check_never_fails_on_a_broken_text(text: str) -> None:
    checked({"contrat/contract.toml": text})


@given(raw=st.binary(max_size=40))
@FEW
def test_check_never_fails_on_bytes(raw: bytes) -> None:
    checked({"contrat/sheets/mediation.toml": raw})


def checked(odd: dict[str, str | bytes]) -> None:
    """Checks a sound library with odd files in it, and shows what is found in every format."""
    with tempfile.TemporaryDirectory() as folder:
        write_files(Path(folder), SOUND | odd)
        library = open_library(Path(folder))
        found = (*check_library(library), *library.faults)
        for format in ("full", "concise", "json", "github", "sarif"):
            fault_report(found, library, format)


def test_an_hour_is_a_value_like_another() -> None:
    found, faults = validate(Library, {"format": time(7, 32)}, Place("library.toml"))
    assert found is None
    assert {fault.code for fault in faults} == {"CP102", "CP103"}
