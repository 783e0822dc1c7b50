"""What must hold whatever a file or a word is made of: one function for each thing that is read.

Each takes any bytes and raises where something does not hold; `tools/fuzz.py` looks for bytes that
make it, `corpus/` keeps those that once did.
"""

import contextlib
import io
import re
import tempfile
from atexit import register
from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import tomli

from cpps_cli.check.filling import COLUMNS
from cpps_cli.check.library import check_library
from cpps_cli.check.sheet_import import proposed_import
from cpps_cli.cli import main
from cpps_cli.cli.options import day_of
from cpps_cli.cli.record import period_of
from cpps_cli.diagnostics import CppsError, KeyPath
from cpps_cli.engine import Parent
from cpps_cli.formats.registry import fault_report
from cpps_cli.i18n.catalogue import CONTROL
from cpps_cli.library.reader import LibraryFolder, open_library
from cpps_cli.library.spreadsheet import spreadsheet
from cpps_cli.library.toml_edit import EditFailed, append_tables, remove_key, set_value
from cpps_cli.library.toml_edits import Inner, edited_whole, with_edits
from cpps_cli.library.toml_format import same
from cpps_cli.library.toml_positions import scan
from cpps_cli.library.toml_read import parse
from cpps_cli.model.edit import Drop, Put
from cpps_cli.schedule.filters import days_before
from tests.hostile.town import FILES, WithAnother, built

VERBS = (
    "list-actions", "show 1.1", "derive -a 1", "derive --all", "coverage", "compare 1.1",
    "trace 1.1 title -a 1", "history 1.1", "diff contrat contrat/1", "renegotiation-status --all",
    "calendar --all", "timeline", "list-contracts", "list-programmes", "disputes", "check",
    "update", "migrate -a 1 --to suite", "export --format markdown -a 1",
    "calendar --all --format ics",
)  # fmt: skip
FORMATS = ("table", "json", "csv", "markdown")
NOT_FROM_US = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@cache
def town() -> Path:
    """The small library, in a folder that goes with the process."""
    folder = tempfile.TemporaryDirectory(prefix="cpps-hostile-")
    register(folder.cleanup)
    return built(Path(folder.name))


def check_any_file(raw: bytes) -> None:
    """`check` of a library with these bytes in one of its files ends in diagnostics of ours."""
    file = FILES[raw[0] % len(FILES)] if raw else FILES[0]
    folder = WithAnother(town(), file, raw[1:])
    _checked(folder)


def check_any_snapshot(raw: bytes) -> None:
    """The same of a derived contract that was sent as one file."""
    path = town() / "sent.toml"
    path.write_bytes(raw)
    try:
        _checked(open_library(path))
    finally:
        path.unlink()


def _checked(folder: LibraryFolder) -> None:
    found = (*check_library(folder), *folder.faults)
    for item in found:
        span, text = folder.locate(item.where), folder.text(item.file)
        assert 1 <= span.line <= text.count("\n") + 1, (item, span)
        assert (span.line, span.column) <= (span.end_line, span.end_column), (item, span)
    for format in ("full", "concise", "json", "github", "sarif"):
        report = fault_report(found, folder, format)
        assert not NOT_FROM_US.search(report), (format, report)


def answer_any_file(raw: bytes) -> None:
    """A verb asked of such a library answers, or says in a sentence why it cannot."""
    if len(raw) < 2:
        return
    path = town() / FILES[raw[0] % len(FILES)]
    words = VERBS[raw[1] % len(VERBS)].split()
    if "--format" not in words and words[0] != "check":
        words += ["--format", FORMATS[raw[1] // len(VERBS) % len(FORMATS)]]
    sound = path.read_bytes()
    path.write_bytes(raw[2:])
    try:
        code, said = answered(words)
    finally:
        path.write_bytes(sound)
    assert code in {0, 1, 2}, (words, code, said)
    assert not NOT_FROM_US.search(said.replace("\r\n", "\n")), (words, said)


def answered(words: list[str]) -> tuple[int, str]:
    """How a verb that is asked of the small library ends, and what it says."""
    library = [str(town())] if words[0] == "check" else ["--data", str(town())]
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        code = main([*words, *library, "--debug"])
    return code, said.getvalue()


def place_any_text(raw: bytes) -> None:
    """Everything in a text has a place in it, and what stands there says the same by itself."""
    parsed = parse("x.toml", raw)
    if not parsed.is_toml:
        return
    positions = scan(parsed.text)
    said = dict(_everything(tomli.loads(parsed.text)))
    assert said.keys() == positions.keys() - {()}, said.keys() ^ positions.keys()
    for path, position in positions.items():
        for extent in filter(None, (position.key, position.value)):
            assert 0 <= extent.start <= extent.end <= len(parsed.text), (path, extent)
        if path and position.value and not position.is_headed:
            words = parsed.text[position.value.start : position.value.end]
            assert same(tomli.loads(f"x = {words}")["x"], said[path]), (path, words)


def _everything(value: Any, path: KeyPath = ()) -> Iterator[tuple[KeyPath, Any]]:
    if path:
        yield path, value
    match value:
        case dict():
            for key, item in value.items():
                yield from _everything(item, (*path, key))
        case list():
            for index, item in enumerate(value):
                yield from _everything(item, (*path, index))
        case _:
            return


def edit_any_text(raw: bytes) -> None:
    """An edit says what was asked, leaves every other line, and is the same made in pieces."""
    asked, _, rest = raw.partition(b"\n")
    parsed = parse("x.toml", rest)
    if not parsed.is_toml or len(asked) < 2:
        return
    text = parsed.text
    paths = [*scan(text)]
    path = paths[asked[1] % len(paths)]
    value = asked[2:].decode("utf-8", "replace")
    _set(text, path, value)
    _set(text, (*path, "neuve"), [value, "b"])
    _removed(text, path)
    _appended(text, value)
    both = _one_each(paths, asked, value)
    with contextlib.suppress(EditFailed):
        assert with_edits(text, both) == edited_whole(text, both), (text, both)


def _one_each(paths: list[KeyPath], asked: bytes, value: str) -> list[Inner]:
    """Edits of several things, none inside another."""
    edits: list[Inner] = []
    for number in asked[:4]:
        path = paths[number % len(paths)]
        apart = all(path[: len(e.path)] != e.path[: len(path)] for e in edits)
        if path and apart and all(path[:-1] != e.path[:-1] for e in edits):
            edits.append(Drop(path) if number % 2 else Put(path, value))
    return edits


def _set(text: str, path: KeyPath, value: Any) -> None:
    with contextlib.suppress(EditFailed):
        after = set_value(text, path, value)
        said: Any = tomli.loads(after)
        for step in path:
            said = said[step]
        wanted = [
            re.sub("\r+\n", "\n", item) for item in ([value] if type(value) is str else value)
        ]
        assert said == (wanted[0] if type(value) is str else wanted), (text, path, value)
        _lines_stay(text, after)


def _removed(text: str, path: KeyPath) -> None:
    with contextlib.suppress(EditFailed):
        after = remove_key(text, path)
        there = dict(_everything(tomli.loads(after)))
        assert isinstance(path[-1], int) or path not in there, (text, path)
        _lines_stay(text, after)


def _appended(text: str, value: str) -> None:
    with contextlib.suppress(EditFailed):
        after = append_tables(text, "ajout", [{"a": value, "b": {"c": [value]}}])
        assert tomli.loads(after)["ajout"][-1].keys() == {"a", "b"}
        assert len(tomli.loads(after)["ajout"]) == len(tomli.loads(text).get("ajout", [])) + 1
        kept = after
        for line in text.splitlines(keepends=True):
            assert line in kept, (text, after)
            kept = kept[kept.index(line) + len(line) :]


def _lines_stay(text: str, after: str) -> None:
    """What is not of the one place that changed stays: comments of their own, most of all."""
    lone = re.compile(r"^[ \t]*#[^\n]*$", re.MULTILINE)
    plain = re.sub(r"('''|\"\"\").*", "", text, flags=re.DOTALL)  # a `#` there is no comment
    if plain == text and "[[" not in text and "{" not in text:
        for comment in lone.findall(plain):
            assert comment.rstrip("\r") in after, (text, after)


def import_any_table(raw: bytes) -> None:
    """A table fills sheets with what a reader takes, or is refused in a sentence."""
    folder = LibraryFolder(town())
    signed = folder.contract("contrat")
    assert signed
    parent = Parent(signed, folder.amendments("contrat"))
    try:
        table = spreadsheet(raw, COLUMNS, "table.csv")
    except CppsError:
        return
    found = proposed_import(folder, table, parent, replace=True)
    for edit in found.staged.edits:
        tomli.loads(edit.text)


def read_any_word(raw: bytes) -> None:
    """A word of the command line is a day, a period, a list of days before, or refused."""
    word = raw.decode("utf-8", "replace")
    day = day_of(word)
    assert day is None or type(day) is date
    with contextlib.suppress(CppsError):
        period = period_of(word)
        assert not isinstance(period.first, datetime)
        assert period.first <= period.last
        again = period_of(period.written)
        assert (again.first, again.last, again.written) == (
            period.first, period.last, period.written,
        )  # fmt: skip
    with contextlib.suppress(CppsError):
        assert all(number >= 0 for number in days_before(word))
    assert not CONTROL.search("" if day is None else str(day))


TARGETS: dict[str, Callable[[bytes], None]] = {
    "check": check_any_file,
    "snapshot": check_any_snapshot,
    "answer": answer_any_file,
    "places": place_any_text,
    "edits": edit_any_text,
    "table": import_any_table,
    "words": read_any_word,
}
