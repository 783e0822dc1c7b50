"""A change changes what was asked, and nothing else a person wrote."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
import tomli
from hypothesis import given, reject
from hypothesis import strategies as st

from cpps_cli.library.toml_edit import EditFailed, Value, append_tables, remove_key, set_value
from cpps_cli.library.toml_positions import KeyPath, scan

OVERLAY = '''\
#:schema ../../schemas/overlay.json
# Le 19e, relu le 3 mai

parent = "cpps-2015-2020" # le contrat cadre
version = 'signed'

# Ce que nous adaptons.
[[adapt]]
sheet = "recidive"   # la fiche 1.2
places = [
    "Place des Fêtes", # le soir
    # à confirmer avec la mairie
    "Danube",
]
set.lead = { office = "DPSP", "since year" = 2015 }

[adapt.why]
reason = """
Parce que
c'est là."""
# fin de la première

[[adapt]]
sheet = "rixes"

# Ce que nous laissons.
[exclude]
# rien encore
'''


def after(text: str, *changes: tuple[str, str]) -> str:
    for old, new in changes:
        assert text.count(old) == 1
        text = text.replace(old, new)
    return text


@pytest.mark.parametrize(
    ("path", "value", "old", "new"),
    [
        (("version",), "a1", "'signed'", '"a1"'),
        (("version",), True, "'signed'", "true"),
        (("version",), date(2017, 7, 1), "'signed'", "2017-07-01"),
        (("version",), ["a", "b"], "'signed'", '["a", "b"]'),
        (("adapt", 1, "sheet"), "deal", '"rixes"', '"deal"'),
        (("adapt", 0, "places", 0), "#", '"Place des Fêtes"', '"#"'),
        (("adapt", 0, "places", 1), "Jourdain", '"Danube"', '"Jourdain"'),
        (("adapt", 0, "set", "lead", "since year"), 16, "2015 }", "16 }"),
        (
            ("adapt", 0, "why", "reason"),
            "L1\nL2",
            '"""\nParce que\nc\'est là."""',
            '"""\nL1\nL2"""',
        ),
    ],
)
def test_only_the_value_is_replaced(path: KeyPath, value: Value, old: str, new: str) -> None:
    assert set_value(OVERLAY, path, value) == after(OVERLAY, (old, new))


def test_value_that_is_there_already_stays_as_it_is_written() -> None:
    assert set_value(OVERLAY, ("version",), "signed") == OVERLAY


def test_true_is_not_taken_for_one() -> None:
    assert set_value("a = 1\n", ("a",), True) == "a = true\n"


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (("on",), "version = 'signed'\n", "version = 'signed'\non = 1\n"),
        (("exclude", "on"), "[exclude]\n", "[exclude]\non = 1\n"),
        (("adapt", 1, "on"), 'sheet = "rixes"\n', 'sheet = "rixes"\non = 1\n'),
        (("adapt", 0, "why", "on"), 'là."""\n', 'là."""\non = 1\n'),
        (("adapt", 0, "set", "on"), "2015 }\n", "2015 }\nset.on = 1\n"),
        (("adapt", 0, "set", "lead", "on"), "2015 }", "2015, on = 1 }"),
        (("adapt", 0, "new", "on"), "2015 }\n", "2015 }\nnew.on = 1\n"),
        (("adapt", 1, "new", "on"), 'sheet = "rixes"\n', 'sheet = "rixes"\nnew.on = 1\n'),
        (("é.è", "on"), "# rien encore\n", '# rien encore\n\n["é.è"]\non = 1\n'),
    ],
)
def test_new_key_goes_to_the_end_of_its_table(path: KeyPath, old: str, new: str) -> None:
    assert set_value(OVERLAY, path, 1) == after(OVERLAY, (old, new))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "on = 1\n"),
        ("#:schema x.json\n", "#:schema x.json\non = 1\n"),
        ("# no newline", "# no newline\non = 1\n"),
        ("a = 1", "a = 1\non = 1\n"),
        ("#:schema x\n[t]\n", "#:schema x\non = 1\n\n[t]\n"),
        ("#:schema x\n\n# of t\n# and t\n[t]\n", "#:schema x\non = 1\n\n# of t\n# and t\n[t]\n"),
        ("# of the file\n\n\n  [t]\n", "# of the file\non = 1\n\n\n  [t]\n"),
        ("[t]\n", "on = 1\n\n[t]\n"),
        ("a = 1 # a\n# of t\n[t]\n", "a = 1 # a\non = 1\n# of t\n[t]\n"),
    ],
)
def test_first_plain_key_goes_above_the_headers(text: str, expected: str) -> None:
    assert set_value(text, ("on",), 1) == expected


def test_table_implied_by_a_longer_header_gets_its_own() -> None:
    assert set_value("[a.b]\nc = 1\n", ("a", "on"), 1) == "[a.b]\nc = 1\n\n[a]\non = 1\n"


def test_empty_inline_table_takes_a_key() -> None:
    assert set_value("a = {}\n", ("a", "b", "c"), "x") == 'a = {b.c = "x"}\n'


def test_long_list_is_written_one_item_a_line() -> None:
    items = ["un lieu dont le nom est long"] * 4
    lines = "".join(f'    "{item}",\n' for item in items)
    assert set_value("", ("places",), items) == f"places = [\n{lines}]\n"


def test_comments_of_an_array_stay_with_their_items() -> None:
    changed = set_value(OVERLAY, ("adapt", 0, "places"), ["Jaurès", "Place des Fêtes", "Riquet"])
    assert changed == after(
        OVERLAY, ('    "Place des', '    "Jaurès",\n    "Place des'), ("Danube", "Riquet")
    )


def test_item_of_several_lines_keeps_them_between_comments() -> None:
    text = 'a = [\r\n    """\r\nun\r\ndeux""", # deux lignes\r\n]\r\n'
    changed = set_value(text, ("a",), ["un\ndeux", "trois"])
    assert changed == after(text, ("]", '    "trois",\r\n]'))


def test_lone_comments_stay_when_their_array_is_emptied() -> None:
    changed = set_value(OVERLAY, ("adapt", 0, "places"), [])
    assert "places = [\n    # à confirmer avec la mairie\n]\n" in changed


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_lines_added_end_as_the_lines_of_the_file_do(newline: str) -> None:
    text = OVERLAY.replace("\n", newline)
    text = set_value(text, ("reason",), "un\r\ndeux\ntrois")
    text = set_value(text, ("new", "places"), ["un\nlieu", "x"])
    text = set_value(text, ("adapt", 0, "places"), ["Danube", "Place des Fêtes"])
    text = append_tables(text, "adapt", [{"sheet": "x", "set": {"means": "a\nb"}}])
    assert text.count("\r\n") == (text.count("\n") if newline == "\r\n" else 0)
    assert "\r" not in text.replace("\r\n", "")
    assert tomli.loads(text)["reason"] == "un\ndeux\ntrois"


def test_entry_goes_after_the_last_one_and_its_tables() -> None:
    text = after(OVERLAY, ('sheet = "rixes"\n', 'sheet = "rixes"\n[adapt.set]\na = 1\n# of a\n'))
    new = '\n[[adapt]]\nsheet = "deal"\nkept = ["a"]\n\n[adapt.set]\nlead = "x"\n'
    new += '\n[[adapt.step]]\ntext = "un"\n\n[[adapt.step]]\ntext = "deux"\n'
    step = [{"text": "un"}, {"text": "deux"}]
    entry = {"set": {"lead": "x"}, "sheet": "deal", "step": step, "kept": ("a",)}
    assert append_tables(text, "adapt", [entry]) == after(text, ("# of a\n", f"# of a\n{new}"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "[[add]]\ncode = 1\n"),
        ("a = 1", "a = 1\n\n[[add]]\ncode = 1\n"),
        ("a = 1\n\n", "a = 1\n\n[[add]]\ncode = 1\n"),
        ("[[add]]\n# of t\n[t]\n", "[[add]]\n\n[[add]]\ncode = 1\n\n# of t\n[t]\n"),
    ],
)
def test_entry_has_a_blank_line_around_it(text: str, expected: str) -> None:
    assert append_tables(text, "add", [{"code": 1}]) == expected


@pytest.mark.parametrize(
    ("path", "gone"),
    [
        (("version",), "version = 'signed'\n"),
        (("parent",), 'parent = "cpps-2015-2020" # le contrat cadre\n'),
        (("adapt", 0, "why", "reason"), 'reason = """\nParce que\nc\'est là."""\n'),
        (("adapt", 0, "set"), 'set.lead = { office = "DPSP", "since year" = 2015 }\n'),
        (("adapt", 0, "set", "lead"), 'set.lead = { office = "DPSP", "since year" = 2015 }\n'),
        (("adapt", 0, "set", "lead", "office"), 'office = "DPSP", '),
        (("adapt", 1), '[[adapt]]\nsheet = "rixes"\n'),
        (("exclude",), "[exclude]\n"),
    ],
)
def test_only_the_key_is_removed(path: KeyPath, gone: str) -> None:
    assert remove_key(OVERLAY, path) == after(OVERLAY, (gone, ""))


def test_array_item_is_removed_with_the_comment_beside_it() -> None:
    changed = remove_key(OVERLAY, ("adapt", 0, "places", 0))
    assert changed == after(OVERLAY, ('    "Place des Fêtes", # le soir\n', ""))


def test_array_of_tables_is_removed_whole() -> None:
    assert "adapt" not in tomli.loads(remove_key(OVERLAY, ("adapt",)))


def test_comment_that_cannot_stay_is_not_lost() -> None:
    with pytest.raises(EditFailed):
        remove_key("a = { b = 1, # why\n c = 2 }\n", ("a", "b"))
    with pytest.raises(EditFailed):
        set_value("a = { b = 1, # why\n c = 2 }\n", ("a",), "x")


@pytest.mark.parametrize(
    ("text", "path", "reason"),
    [
        ("a = ", ("a",), "not_toml"),
        ("a = 1\n", ("a", "b"), "not_a_table"),
        ("a = [1]\n", ("a", 1), "not_a_table"),
        ("[a]\n", ("a",), "is_a_table"),
        ("[[a]]\n", ("a",), "is_a_table"),
        ("[a.b]\n", ("a",), "is_a_table"),
        ("[[a]]\nb.c = 1\n", ("a", 0, "b"), "is_a_table"),
    ],
)
def test_value_that_has_no_place_is_refused(text: str, path: KeyPath, reason: str) -> None:
    with pytest.raises(EditFailed) as caught:
        set_value(text, path, "x")
    assert (caught.value.path, caught.value.reason) == (path, reason)


@pytest.mark.parametrize("path", [(), ("b",), ("a", "b"), ("a", 0)])
def test_key_that_is_not_there_cannot_be_removed(path: KeyPath) -> None:
    with pytest.raises(EditFailed) as caught:
        remove_key("a = 1\n", path)
    assert caught.value.reason == "no_such_key"


@pytest.mark.parametrize("text", ["add = []\n", "add = 1\n", "[add]\n"])
def test_entry_is_not_added_to_what_is_no_array_of_tables(text: str) -> None:
    with pytest.raises(EditFailed):
        append_tables(text, "add", [{"code": 1}])


def test_what_no_file_can_hold_is_refused() -> None:
    with pytest.raises(EditFailed) as caught:
        set_value("", ("a",), "\ud800")
    assert caught.value.reason == "cannot_be_written"


WORDS = st.text(st.sampled_from("aé\"'\\#[]{}=,.\n\r\t \x00\x1b"), max_size=12) | st.text(
    max_size=5
)
VALUES = WORDS | st.integers(-(2**63), 2**63) | st.booleans() | st.dates() | st.lists(WORDS)
NAMES = st.sampled_from(["parent", "places", "set", "on", "é", ""]) | st.text(max_size=3)
PATHS = st.one_of(
    st.tuples(NAMES),
    st.tuples(st.sampled_from(["exclude", "new", "é"]), NAMES),
    st.tuples(st.just("adapt"), st.integers(0, 1), NAMES),
    st.tuples(st.just("adapt"), st.integers(0, 1), st.sampled_from(["set", "why", "x"]), NAMES),
    st.tuples(st.just("adapt"), st.just(0), st.just("set"), st.just("lead"), NAMES),
)
TEXTS = st.sampled_from([OVERLAY, OVERLAY.replace("\n", "\r\n"), OVERLAY.rstrip("\n")])


def read_back(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: read_back(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [read_back(inner) for inner in value]
    return tomli.loads(set_value("", ("x",), value))["x"]


def values_by_path(text: str) -> dict[KeyPath, str]:
    places = scan(text).items()
    return {
        path: text[place.value.start : place.value.end]
        for path, place in places
        if place.value is not None and path and not place.is_headed
    }


def comments(text: str) -> list[str]:
    return [line[line.index("#") :] for line in text.splitlines() if "#" in line]


@given(TEXTS, PATHS, VALUES)
def test_setting_changes_only_that_and_again_changes_nothing(
    text: str, path: KeyPath, value: Value
) -> None:
    try:
        changed = set_value(text, path, value)
    except EditFailed as error:
        if error.reason == "cannot_be_written":
            raise
        reject()
    before, now = values_by_path(text), values_by_path(changed)
    for other, written in before.items():
        if other[: len(path)] != path and path[: len(other)] != other:
            assert now[other] == written
    assert set_value(changed, path, value) == changed
    kept = [words for words in comments(text) if words != "# le soir"]
    lines = iter(changed.splitlines())
    assert all(any(line.endswith(words) for line in lines) for words in kept)


@given(TEXTS, st.tuples(st.sampled_from(["on", "é"])) | st.just(("exclude", "on")), VALUES)
def test_removing_a_new_key_gives_the_text_back(text: str, path: KeyPath, value: Value) -> None:
    text += "" if text.endswith("\n") else "\n"
    assert remove_key(set_value(text, path, value), path) == text


@given(TEXTS, st.sampled_from(["adapt", "merge", "é"]), st.dictionaries(NAMES, VALUES, max_size=4))
def test_appending_adds_one_entry_and_keeps_every_line(
    text: str, name: str, values: dict[str, Any]
) -> None:
    changed = append_tables(text, name, [values])
    document = tomli.loads(text)
    entries = [*document.get(name, []), read_back(values)]
    assert tomli.loads(changed) == {**document, name: entries}
    lines = iter(changed.splitlines())
    assert all(line in lines for line in text.splitlines())
