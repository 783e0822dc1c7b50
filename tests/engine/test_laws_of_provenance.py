"""A law: every value of a derived contract stands on lines that are on disk, or has a rule.

`pytest tests/derive/test_laws_of_provenance.py --hypothesis-profile thorough` tries two thousand.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import tomli
from hypothesis import given
from hypothesis import strategies as st

from cpps_cli.diagnostics import Span
from cpps_cli.engine import Parent
from cpps_cli.engine.lines import Line
from cpps_cli.engine.provenance import FieldProvenance, provenance_of_all, provenance_of_parent
from cpps_cli.engine.versions import FIELDS, FIELDS_OF_CONTRACT
from cpps_cli.library.reader import LibraryFolder
from cpps_cli.library.toml_format import laid_out, plain_value
from cpps_cli.model import ActionSheet, Axis, Contract, Indicator, Period
from tests.engine.test_laws import LISTS, TEXTS, overlay_tables, sheet_tables

Tables = dict[str, dict[str, Any]]  # the tables of a library, by file
LOCAL = "parent/local/T1.toml"
YEARS = st.integers(2000, 2030).map(str)
INDICATORS = st.lists(
    st.fixed_dictionaries({"title": TEXTS, "unit": TEXTS}, optional={"target": TEXTS}), max_size=2
)


@st.composite
def full_sheets(draw: st.DrawFn) -> dict[str, Any]:
    table = draw(sheet_tables())
    if items := draw(INDICATORS):
        table["indicators"] = [{"code": f"i{at}", **item} for at, item in enumerate(items)]
    if draw(st.booleans()):
        claimed = {"retained": True, "says": {"title": table.pop("title")}}
        table["claims"] = [{"says": {"title": "Autre titre"}}, claimed]
    return table


@st.composite
def contract_tables(draw: st.DrawFn) -> dict[str, Any]:
    """The head of a parent: what it states itself, and what claims state for it."""
    table: dict[str, Any] = {"title": draw(TEXTS), "territory": "T0", "local_territories": ["T1"]}
    stated: dict[str, st.SearchStrategy[Any]] = {
        "short_title": TEXTS,
        "term": YEARS,
        "announced_sheets": st.integers(0, 40),
    }
    table |= draw(st.fixed_dictionaries({}, optional=stated))
    for field in ("signatories", "partners"):
        if items := draw(LISTS):
            table[field] = items
    table["axes"] = [{"code": "a", "number": 1, "announced_sheets": 3}, {"code": "b"}]
    if draw(st.booleans()):
        table["axes"][1]["title"] = draw(TEXTS)
    said = {"window": draw(YEARS)} if draw(st.booleans()) else {}
    if "term" in table and draw(st.booleans()):
        said["term"] = table.pop("term")
    if said:
        other = dict.fromkeys(said, "1999")
        table["claims"] = [{"says": other}, {"says": said, "retained": True}]
    return table


def changed_head(draw: st.DrawFn, before: Contract, year: int, into: dict[str, Any]) -> None:
    """Changes to the contract itself, without fault."""
    change: dict[str, Any] = {}
    if draw(st.booleans()):
        change["set"] = {"term": f"{year}..2059"}
    fresh = [item for item in draw(LISTS) if item not in before.partners]
    if fresh:
        change["append"] = {"partners": fresh}
    if draw(st.booleans()) and before.signatories:
        change["remove"] = {"signatories": [before.signatories[0]]}
    if change:
        into["contract"] = change


def amendment(draw: st.DrawFn, before: Contract, year: int, name: str) -> dict[str, Any]:
    """An amendment without fault: each sheet has one fate."""
    table = {**draw(overlay_tables(before)), "title": name, "in_force_on": date(year, 1, 1)}
    if draw(st.booleans()):
        again = [plain_value(axis) for axis in before.axes]
        retitled = [{**axis, "title": draw(TEXTS), "announced_sheets": 2} for axis in again]
        table["axes"] = [*retitled, {"code": f"axe-{name}"}]
    for key in ("takes", "text", "take"):
        table.pop(key, None)
    for change in (*table.get("add", ()), *table.get("merge", ())):
        change["code"] = f"{change['code']}-{name}"  # which no other sheet has
    for index, change in enumerate(table.get("renumber", ())):
        change["number"] = f"{year}.{index + 1}"
    changed_head(draw, before, year, table)
    return table


def written(folder: Path, tables: Tables) -> LibraryFolder:
    for name, table in tables.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(laid_out(plain_value(table)), encoding="utf-8", newline="\n")
    return LibraryFolder(folder)


def parent_in(folder: LibraryFolder) -> Parent:
    contract = folder.contract("parent")
    assert contract is not None, folder.faults
    return Parent(contract, folder.amendments("parent"))


@st.composite
def libraries(draw: st.DrawFn) -> Tables:
    """A parent and its amendments, a local text and its own: each is made of what is there."""
    tables: Tables = {
        "library.toml": {"format": 1, "title": "Fictive", "contract": "parent"},
        "territories.toml": {"territories": {"T0": {"name": "Ville"}, "T1": {"name": draw(TEXTS)}}},
        "parent/contract.toml": draw(contract_tables()),
    }
    if draw(st.booleans()):
        tables["territories.toml"]["territories"]["T1"]["short_name"] = draw(TEXTS)
    for index in range(draw(st.integers(0, 4))):
        tables[f"parent/sheets/fiche-{index}.toml"] = draw(full_sheets())
    with TemporaryDirectory() as name:
        for year in range(2020, 2020 + draw(st.integers(0, 2))):
            now = parent_in(written(Path(name), tables)).now.contract
            file = f"parent/amendments/a{year}.toml"
            tables[file] = amendment(draw, now, year, f"a{year}")
        if draw(st.booleans()):
            _local(draw, Path(name), tables)
    return tables


def _local(draw: st.DrawFn, folder: Path, tables: Tables) -> None:
    parent = parent_in(written(folder, tables))
    texts = draw(st.sampled_from(parent.texts))
    table = {**draw(overlay_tables(texts.contract)), "title": draw(TEXTS)}
    table["parent_version"] = texts.version
    table["text"] = draw(st.sampled_from(["full", "partial"]))
    changed_head(draw, texts.contract, 2010, table)
    if draw(st.booleans()):
        own = [{"code": "x", "title": draw(TEXTS), "parent": "a"}, {"code": "y", "parent": "b"}]
        table["axes"] = [*own, {"code": "z", "title": draw(TEXTS)}]
        for added in table.get("add", ()):
            added["axis"] = "z"
    if draw(st.booleans()):
        table["claims"] = [{"says": {"window": "2040"}, "retained": True}]
    tables[LOCAL] = table
    for year in range(2030, 2030 + draw(st.integers(0, 2))):
        reading = written(folder, tables)
        parent = parent_in(reading)
        overlay = reading.overlay("parent", "T1")
        assert overlay is not None, reading.faults
        three_way = parent.at_base_of(overlay).local_texts(overlay, reading.territories["T1"])
        before = three_way.after(overlay.amendments)[-1]
        file = f"parent/local/T1/amendments/b{year}.toml"
        change = amendment(draw, before.contract, year, f"b{year}")
        axes = [axis.code for axis in before.contract.axes]
        if not axes:  # of a text held in part, nothing says which axes it has
            change.pop("add", None)
        for added in change.get("add", ()):
            added["axis"] = axes[0]
        tables[file] = change


@given(libraries())
def test_every_value_of_a_derived_contract_stands_on_lines_or_has_a_rule(tables: Tables) -> None:
    with TemporaryDirectory() as name:
        folder = written(Path(name), tables)
        parent = parent_in(folder)
        territory = folder.territories["T1"]
        derivation = parent.derive(folder.overlay("parent", "T1"), territory)
        assert folder.faults == []
        assert [item for item in derivation.faults if item.severity == "error"] == []
        derived = derivation.derived
        own, sheets = provenance_of_all(parent, derived)
        accounted(folder, derived.contract, own)
        for item in derived.sheets:
            accounted(folder, item.sheet, sheets[item.sheet.code])
        accounted(folder, parent.now.contract, provenance_of_parent(parent, None))
        for sheet in parent.now.contract.sheets:
            accounted(folder, sheet, provenance_of_parent(parent, sheet))


def accounted(
    folder: LibraryFolder, noun: Contract | ActionSheet, accounts: Iterable[FieldProvenance]
) -> None:
    """Each value of the noun has one account, and each account is true."""
    told = {(item.field, item.item): item for item in accounts}
    held = dict(values_of(noun))
    assert {key: item.value for key, item in told.items()} == held
    for account in told.values():
        assert account.lines, account
        assert account.rule == "joined" or len({text_of(folder, x) for x in account.lines}) == 1
        for line in account.lines:
            assert stands(folder, line, account), (account, line)


def values_of(noun: Contract | ActionSheet) -> Iterator[tuple[tuple[str, int | None], Any]]:
    """Each value, counted without what is tested."""
    for field in FIELDS_OF_CONTRACT if isinstance(noun, Contract) else FIELDS:
        value = getattr(noun, field)
        if isinstance(noun, Contract) and field in ("term", "window", "announced_sheets"):
            held = noun.retained(field)
            value = held.value if held else None
        if isinstance(value, tuple):
            for index, item in enumerate(value):
                yield (field, index), (item.title or item.code) if isinstance(item, Axis) else item
        elif value is not None:
            yield (field, None), value


def stands(folder: LibraryFolder, line: Line, account: FieldProvenance) -> bool:
    """Whether the file says the value there: as its table holds it, and as its text shows it."""
    value: Any = tomli.loads((folder.root / line.place.file).read_text(encoding="utf-8"))
    for step in line.place.path:
        value = value[step]
    if isinstance(account.value, Indicator):
        return bool(value == plain_value(account.value))
    shown = tomli.loads(f"value = {text_of(folder, line)}")["value"]
    wanted = account.value.written if isinstance(account.value, Period) else account.value
    if account.rule == "joined":
        return bool(value == shown and value in wanted)
    if account.field == "axis" and line.place.path[-1] == "parent":
        # It stands in the local axis that answers its parent's: the line says which.
        return bool(shown == value and _code_beside(folder, line) == wanted)
    return bool(value == shown == wanted)


def _code_beside(folder: LibraryFolder, line: Line) -> Any:
    table: Mapping[str, Any] = tomli.loads((folder.root / line.place.file).read_text("utf-8"))
    _axes, index, _parent = line.place.path
    return table["axes"][index]["code"]


def text_of(folder: LibraryFolder, line: Line) -> str:
    """The text between the two ends of the span of a line."""
    span: Span = folder.locate(line.place)
    lines = folder.text(span.file).split("\n")[span.line - 1 : span.end_line]
    joined = "\n".join(lines)
    before = joined.rpartition("\n")[0]
    end = len(before) + (1 if len(lines) > 1 else 0) + span.end_column - 1
    return joined[span.column - 1 : end]
