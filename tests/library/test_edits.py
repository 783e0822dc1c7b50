"""Several edits of one text: what was asked is said, and every other line is the user's own."""

from collections import Counter
from typing import Any

import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st

from cpps_cli.library.toml_edit import EditFailed
from cpps_cli.library.toml_edits import Inner, edited_whole, with_edits
from cpps_cli.model.edit import Append, Drop, Edit, Put, Rename

TEXT = """\
# le quartier
title = "T" # son titre

[contract] # lui-même
set.term = "2020..2021"

# la première
[[adapt]]
sheet = "un"
set.lead = "Ici" # l'office
set.means = [
    "a", # le premier
    "b",
]

# la deuxième
[[adapt]]
sheet = "deux"
number = "1.2"

[adapt.set]
lead = "Là"

# ailleurs
[[exclude]]
sheet = "trois" # pas ici
"""


def test_edits_are_made_by_the_paths_of_the_text_before_them() -> None:
    after = with_edits(
        TEXT,
        [
            Append("take", {"sheet": "trois"}),
            Drop(("adapt", 0)),
            Put(("adapt", 1, "rests_on", "lead"), "sha256:1"),
            Drop(("exclude", 0)),
            Put(("title",), "U"),
        ],
    )
    said = tomli.loads(after)
    assert said["title"] == "U"
    assert [change["sheet"] for change in said["adapt"]] == ["deux"]
    assert said["adapt"][0]["rests_on"] == {"lead": "sha256:1"}
    assert said["take"] == [{"sheet": "trois"}]
    assert "exclude" not in said


def test_entry_takes_another_name_with_its_comments() -> None:
    after = with_edits(TEXT, [Drop(("adapt", 1, "set")), Rename(("adapt", 1), "renumber")])
    assert '# la deuxième\n[[renumber]]\nsheet = "deux"\nnumber = "1.2"\n' in after
    assert tomli.loads(after)["renumber"] == [{"sheet": "deux", "number": "1.2"}]


@pytest.mark.parametrize(
    ("text", "path"),
    [
        (TEXT, ("adapt", 1)),  # `[adapt.set]` would be a table of the entry before it
        (TEXT, ("adapt", 2)),
        ('adapt = [{ sheet = "un" }]\n', ("adapt", 0)),
        ('[adapt]\nsheet = "un"\n', ("adapt", 0)),
    ],
)
def test_entry_that_cannot_take_another_name_leaves_the_text_alone(text: str, path: Any) -> None:
    with pytest.raises(EditFailed):
        with_edits(text, [Rename(path, "renumber")])


# --- at random

KINDS = ("adapt", "exclude", "take")
NAMES = st.sampled_from(["lead", "title", "means", "été", "a b"])
VALUES = st.one_of(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12),
    st.sampled_from(["deux\nlignes", 'dit "non"', "'''\"\"\"\\", "# croix"]),
    st.lists(st.sampled_from(["a", "b", 'c "d"', "#"]), max_size=3),
    st.integers(-9, 9),
)


def _key(name: str) -> str:
    return name if name.isascii() and " " not in name else f'"{name}"'


def _literal(value: Any) -> str:
    import tomli_w

    return tomli_w.dumps({"x": value})[4:].strip()


@st.composite
def documents(draw: st.DrawFn) -> tuple[str, dict[str, list[dict[str, Any]]]]:
    """A text with a comment on every line that can bear one, and what it says."""
    said: dict[str, list[dict[str, Any]]] = {}
    lines = ["# le texte", 'title = "T" # titre', ""]
    for number in range(draw(st.integers(1, 5))):
        kind = draw(st.sampled_from(KINDS))
        entry: dict[str, Any] = {"sheet": f"s{number}"}
        lines += [f"# entrée {number}", f"[[{kind}]] # {kind}", f'sheet = "s{number}" # {number}']
        own = draw(st.dictionaries(NAMES, VALUES, max_size=3))
        if own:
            entry["set"] = own
            for name, value in own.items():
                written = _literal(value)
                note = "" if "\n" in written else f" # {number} {name}"
                lines.append(f"set.{_key(name)} = {written}{note}")
        lines.append("")
        said.setdefault(kind, []).append(entry)
    text = "\n".join(lines)
    assert tomli.loads(text) == {"title": "T", **said}
    return text.replace("\n", draw(st.sampled_from(["\n", "\r\n"]))), said


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, list[Edit], dict[str, Any], set[str]]:
    """A text, edits of it, what it is to say then, and the entries that none of them names."""
    text, said = draw(documents())
    edits: list[Edit] = []
    gone: set[tuple[str, int]] = set()
    moved: dict[str, list[dict[str, Any]]] = {}
    untouched = set()
    for kind, entries in said.items():
        for index, entry in enumerate(entries):
            path = (kind, index)
            match draw(st.sampled_from(["nothing", "put", "drop", "entry", "rename"])):
                case "put":
                    name, value = draw(NAMES), draw(VALUES)
                    edits.append(Put((*path, "set", name), value))
                    entry.setdefault("set", {})[name] = value
                case "drop" if entry.get("set"):
                    name = draw(st.sampled_from(sorted(entry["set"])))
                    edits.append(Drop((*path, "set", name)))
                    del entry["set"][name]
                    if not entry["set"]:
                        del entry["set"]
                case "entry":
                    edits.append(Drop(path))
                    gone.add(path)
                case "rename":
                    edits.append(Rename(path, "renumber"))
                    gone.add(path)
                    moved.setdefault("renumber", []).append(entry)
                case _:
                    untouched.add(f"s{entry['sheet'][1:]}")
    if draw(st.booleans()):
        values = {"sheet": "neuve", "set": {"lead": draw(st.text(max_size=3, alphabet="aé\n"))}}
        edits.append(Append("merge", values))
        moved["merge"] = [values]
    after: dict[str, Any] = {"title": "T"}
    for kind, entries in said.items():
        left = [entry for index, entry in enumerate(entries) if (kind, index) not in gone]
        after |= {kind: left} if left else {}
    return text, draw(st.permutations(edits)), after | moved, untouched


@given(edited())
def test_what_was_asked_is_said_and_the_other_lines_stay(
    case: tuple[str, list[Edit], dict[str, Any], set[str]],
) -> None:
    text, edits, expected, untouched = case
    after = with_edits(text, edits)
    said = tomli.loads(after)
    for kind in ("renumber",):  # entries of several lists have no order between them
        assert _sorted(said.pop(kind, [])) == _sorted(expected.pop(kind, []))
    assert said == expected
    for block in text.replace("\r\n", "\n").split("# entrée ")[1:]:
        words = block.strip("\n").split("\n", 1)[1]
        code = words.split('sheet = "', 1)[1].partition('"')[0]
        if code in untouched:
            assert words in after.replace("\r\n", "\n")
    if "\r\n" in text and not any(isinstance(edit, Append) for edit in edits):
        assert after.count("\n") == after.count("\r\n")


def _sorted(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(entries, key=lambda entry: str(entry["sheet"]))


@given(edited())
def test_no_edit_leaves_every_byte(case: tuple[str, list[Edit], Any, Any]) -> None:
    text = case[0]
    assert with_edits(text, []) == text


@given(edited())
def test_order_of_edits_of_different_keys_does_not_matter(
    case: tuple[str, list[Edit], Any, Any],
) -> None:
    text, edits, _expected, _untouched = case
    one, other = (tomli.loads(with_edits(text, order)) for order in (edits, edits[::-1]))
    assert _sorted(one.pop("renumber", [])) == _sorted(other.pop("renumber", []))
    assert one == other


@given(edited(), st.booleans())
def test_edits_in_pieces_are_those_in_the_whole_to_the_byte(
    case: tuple[str, list[Edit], Any, Any], mixed: bool
) -> None:
    text, edits, _expected, _untouched = case
    text = text.replace("\r\n", "\n", 1) if mixed else text
    inner = [edit for edit in edits if not isinstance(edit, Append)]
    assert with_edits(text, inner) == edited_whole(text, inner)


def test_edits_in_pieces_of_what_stands_above_them_too() -> None:
    text = TEXT.replace("[[adapt]]", "# avant\n[[adapt]]", 1)
    edits: list[Inner] = [Put(("title",), "U"), Put(("neuf",), "n"), Drop(("adapt", 0))]
    assert with_edits(text, edits) == edited_whole(text, edits)
    assert tomli.loads(with_edits(text, edits))["neuf"] == "n"


def test_cost_of_many_edits_grows_with_their_number_and_not_with_its_square() -> None:
    """Each text is read a few times as a whole, however many edits there are."""
    entry = '[[adapt]]\nsheet = "s{}"\nset.lead = "a"\n\n'
    text = "".join(map(entry.format, range(400)))
    edits = [Put(("adapt", number, "set", "lead"), "b") for number in range(400)]
    read = Counter[bool]()
    real = tomli.loads

    def counted(read_text: str) -> dict[str, Any]:
        read[len(read_text) > 200] += 1
        return real(read_text)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(tomli, "loads", counted)
        after = with_edits(text, edits)
    assert after == text.replace('"a"', '"b"')
    assert read[True] < 10
