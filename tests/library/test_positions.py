"""Every key and value of a text is found, where a person would point."""

import time
from collections.abc import Iterator
from datetime import date, datetime
from random import Random
from typing import Any

import pytest
import tomli
import tomli_w
from hypothesis import given
from hypothesis import strategies as st

from cpps_cli.library.toml_positions import Columns, Extent, KeyPath, scan

TORTURE = r'''#:schema ../schemas/sheet.json
# [not.a.header] = "no"
title = "a \"quoted\" # not a comment" # a comment with "quotes" and [brackets]
'literal key' = 'C:\path\'
"clé \"é\" \u00e9\U0001F600" = 1
"\e\x41\t\\" = 2
"" = "empty"
bare-_1 = """"two quotes inside: "" and at the end: """""
three.'dotted . key' . "x.y" = [ 1, [ 2, # ] inside a comment
    "],[" , ~~~
'], "~~~~~
  ], ]
escaped = """\
    folded \
    # not a comment \\"""
spaced = 1979-05-27 07:32:00Z
local = 1979-05-27
hour = 07:32
floats = [ +1e10, -inf, nan, 0xff, 1_000 ]
inline = { a.b = 1, "c d" = { e = [ { f = "}" }, { } ] },
    g = "1.1: newlines, \e, \x41", # and a comment }
}
[ a . "b" ] # header
c = true

  [[list]]
  x = 1
    [list.sub]
    y = """
[[list]]
"""
[[list]]
x = 2
[[list.inner]]
[[list.inner]]
z.w = []
[a]
plain = {}
'''.replace("~", "'")


def leaves(value: Any, path: KeyPath = ()) -> Iterator[tuple[KeyPath, Any]]:
    inside: Any = ()
    if isinstance(value, dict):
        inside = value.items()
    elif isinstance(value, list):
        inside = enumerate(value)
    for step, inner in inside:
        yield from leaves(inner, (*path, step))
    if not inside or not isinstance(value, dict | list):
        yield path, value


def steps(document: Any, path: KeyPath) -> Any:
    for step in path:
        document = document[step]
    return document


def key_says(written: str) -> str:
    return next(iter(tomli.loads(f"{written} = 0")))


def check_every_position(text: str) -> None:
    document = tomli.loads(text)
    positions = scan(text)
    for path, _ in leaves(document):
        assert path in positions
    for path, place in positions.items():
        expected = steps(document, path)
        if place.key is not None:
            named = [step for step in path if isinstance(step, str)]
            assert key_says(text[place.key.start : place.key.end]) == named[-1]
        if place.value is not None and path:
            written = text[place.value.start : place.value.end]
            if place.is_headed:
                assert written.lstrip().startswith("[")
                tomli.loads(written)
            else:
                assert repr(tomli.loads("x = " + written)["x"]) == repr(expected)
        if not isinstance(expected, dict | list):
            assert place.value is not None


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_every_corner_of_the_syntax_is_found(newline: str) -> None:
    check_every_position(TORTURE.replace("\n", newline))


KEYS = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "Zs", "Cc"]), max_size=5)
SCALARS = (
    st.text(st.sampled_from("aé\"'\\#[]{},=.\n\t \x1b😀"), max_size=9)
    | st.integers(-(2**63), 2**63 - 1)
    | st.booleans()
    | st.floats()
    | st.dates(date(1, 1, 1))
    | st.datetimes().map(lambda moment: moment.replace(fold=0))
    | st.times().map(lambda hour: hour.replace(fold=0))
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)
DOCUMENTS = st.dictionaries(KEYS, VALUES, max_size=5)


class Layout:
    """Writes a document in one of the many ways TOML allows, as `random` decides."""

    def __init__(self, random: Random) -> None:
        self.random = random

    def pick(self, *choices: str) -> str:
        return self.random.choice(choices)

    def space(self) -> str:
        return self.pick("", " ", "\t ")

    def lines(self) -> str:
        return self.pick("", " ", "\n", " # ], } \" ' = \n\n", "\n\t# ''' \"\"\" [x]\n")

    def key(self, name: str) -> str:
        quoted = tomli_w.dumps({name: 0}).removesuffix(" = 0\n")
        literal = name.isprintable() and "'" not in name
        return self.pick(quoted, f"'{name}'" if literal else quoted)

    def text(self, value: str) -> str:
        ways = [
            tomli_w.dumps({"x": value}, multiline_strings=often)[4:-1] for often in (False, True)
        ]
        if "\x1b" not in value and "'" not in value:
            ways.append(f"'''\n{value}'''")
        if value.isprintable() and "'" not in value:
            ways.append(f"'{value}'")
        ways.append(ways[0].replace("\\u001b", "\\e").replace("é", "\\u00e9"))
        if not value.endswith(("\\", '"')):
            ways.append(
                '"""\\\n   ' + ways[0][1:-1].replace(" ", "\\x20").replace("\t", "\\t") + '"""'
            )
        return self.pick(*ways)

    def value(self, value: Any) -> str:
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, datetime):
            return value.isoformat(self.pick("T", " "))
        if isinstance(value, dict):
            entries = [
                f"{self.dotted(key)}{self.space()}={self.space()}{self.value(inner)}"
                for key, inner in value.items()
            ]
            return "{" + self.joined(entries) + "}"
        if isinstance(value, list):
            return "[" + self.joined([self.value(item) for item in value]) + "]"
        return tomli_w.dumps({"x": value})[4:-1]

    def joined(self, items: list[str]) -> str:
        text = self.lines()
        for rank, item in enumerate(items, 1):
            comma = "," if rank < len(items) else self.pick("", ",")
            text += f"{item}{self.lines()}{comma}{self.lines()}"
        return text

    def dotted(self, *names: str) -> str:
        return f"{self.space()}.{self.space()}".join(map(self.key, names))

    def table(self, table: dict[str, Any], path: tuple[str, ...] = ()) -> str:
        plain, below = "", ""
        for name, value in table.items():
            here = (*path, name)
            tables = isinstance(value, list) and value and all(isinstance(v, dict) for v in value)
            way = self.pick("inline", "header", "dotted")
            if isinstance(value, dict) and value and way == "dotted":
                for inner, leaf in value.items():
                    plain += f"{self.dotted(name, inner)} = {self.value(leaf)}{self.end()}"
            elif isinstance(value, dict) and way != "inline":
                below += f"[{self.dotted(*here)}]{self.end()}{self.table(value, here)}"
            elif tables and way != "inline":
                for entry in value:
                    below += f"[[ {self.dotted(*here)} ]]{self.end()}{self.table(entry, here)}"
            else:
                plain += f"{self.space()}{self.key(name)} = {self.value(value)}{self.end()}"
        return plain + below

    def end(self) -> str:
        return self.space() + self.pick("\n", "# [a] = \"'\n", "\n\n")


@given(DOCUMENTS, st.randoms(use_true_random=False), st.sampled_from(["\n", "\r\n"]))
def test_every_layout_of_every_document_is_found(
    document: dict[str, Any], random: Random, newline: str
) -> None:
    text = Layout(random).table(document)
    assert repr(sorted(leaves(tomli.loads(text)), key=repr)) == repr(
        sorted(leaves(document), key=repr)
    )
    check_every_position(text.replace("\n", newline))


def found(text: str) -> dict[KeyPath, tuple[str | None, str | None]]:
    def words(extent: Extent | None) -> str | None:
        return None if extent is None else text[extent.start : extent.end]

    return {path: (words(at.key), words(at.value)) for path, at in scan(text).items()}


def test_table_reaches_from_its_header_to_its_last_key() -> None:
    places = found("# top\n  [t] # why\n a = 1 # one\n# tail\n\n[u]\n")
    assert places[("t",)] == ("t", "  [t] # why\n a = 1")
    assert places[("u",)] == ("u", "[u]")


def test_document_reaches_to_its_last_key_before_any_header() -> None:
    assert found("# top\na = 1\n\n[t]\nb = 2\n")[()] == (None, "# top\na = 1")
    assert found("[t]\n")[()] == (None, "")


def test_table_only_implied_is_where_it_is_first_named() -> None:
    text = "[ x . 'y' ]\n[x.z]\n"
    assert found(text)[("x",)] == ("x", None)
    key = scan(text)[("x",)].key
    assert key is not None
    assert key.start == 2


def test_table_implied_then_headed_is_where_its_header_is() -> None:
    assert found("[a.b]\n[a]\nc = 1\n")[("a",)] == ("a", "[a]\nc = 1")


def test_entries_of_an_array_of_tables_are_numbered() -> None:
    places = found("[[a]]\n[a.b]\nc = 1\n[[a]]\n[a.b]\nc = 2\n")
    assert places[("a",)] == ("a", None)
    assert places[("a", 0, "b", "c")][1] == "1"
    assert places[("a", 1, "b", "c")][1] == "2"


def test_dotted_key_names_its_last_segment() -> None:
    assert found('a . "b.c" = 1')[("a", "b.c")] == ('"b.c"', "1")


def test_deep_nesting_costs_no_stack() -> None:
    check_every_position("x = " + "[" * 150 + "{ a = 1 }" + "]" * 150)
    assert len(scan("x = " + "[" * 2_000 + "]" * 2_000)) == 2_001


@pytest.mark.parametrize(
    "line", ["key{} = [1, 2]\n", "[[t]]\nx.y = {}\n", "# comment {}\n", 'x{} = """a"\\\\""" # {}\n']
)
def test_time_grows_with_the_length(line: str) -> None:
    def seconds(count: int) -> float:
        text = "".join(line.replace("{}", str(number)) for number in range(count))
        start = time.process_time()
        scan(text)
        return time.process_time() - start

    short = min(seconds(1_000) for _ in range(3))
    assert seconds(16_000) < 16 * short * 6 + 0.05


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("", (1, 1)),
        ("été", (1, 4)),
        ("e\u0301te\u0301", (1, 4)),
        ("a\n", (2, 1)),
        ("a\r\nb\r\né ", (3, 3)),
        ("\U0001f600", (1, 2)),
    ],
)
def test_column_counts_what_a_person_sees(before: str, expected: tuple[int, int]) -> None:
    assert Columns(before + "x\n").at(len(before)) == expected
