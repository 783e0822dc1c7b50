"""Files of many folders, and the one that describes them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from cpps_cli.library.write_folder import others, put_described

FIRST = (("a/x", b"1"), ("b/x", b"1"), ("about", b"1 and 1"))
SECOND = (("a/x", b"1"), ("b/x", b"2"), ("about", b"1 and 2"))


def held(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_files_are_written_as_they_come_the_descriptor_last(tmp_path: Path) -> None:
    seen = []

    def coming() -> Iterator[tuple[str, bytes]]:
        for name, content in FIRST:
            seen.append(sorted(held(tmp_path)))
            yield name, content

    outcomes = put_described(tmp_path, coming(), "about", force=False)
    assert outcomes == dict.fromkeys(("a/x", "b/x", "about"), "written")
    assert seen == [[], ["a/x"], ["a/x", "b/x"]]
    assert held(tmp_path) == dict(FIRST)


def test_what_is_there_already_is_let_be(tmp_path: Path) -> None:
    put_described(tmp_path, FIRST, "about", force=False)
    outcomes = put_described(tmp_path, FIRST, "about", force=False)
    assert set(outcomes.values()) == {"same"}


def test_other_files_are_kept_and_nothing_is_written_beside_them(tmp_path: Path) -> None:
    put_described(tmp_path, FIRST[:2], "about", force=False)
    more = (*SECOND[:2], ("c/x", b"2"), SECOND[2])
    outcomes = put_described(tmp_path, more, "about", force=False)
    assert outcomes == {"a/x": "same", "b/x": "kept"}
    assert held(tmp_path) == dict(FIRST[:2])


def test_nothing_is_added_to_what_a_descriptor_says_is_whole(tmp_path: Path) -> None:
    put_described(tmp_path, FIRST, "about", force=False)
    outcomes = put_described(tmp_path, [("c/x", b"2"), SECOND[2]], "about", force=False)
    assert outcomes == {"about": "kept"}
    assert held(tmp_path) == dict(FIRST)


def test_overwritten_the_descriptor_goes_before_one_of_them_changes(tmp_path: Path) -> None:
    put_described(tmp_path, FIRST, "about", force=False)

    def broken_off() -> Iterator[tuple[str, bytes]]:
        yield from SECOND[:2]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        put_described(tmp_path, broken_off(), "about", force=True)
    assert held(tmp_path) == {"a/x": b"1", "b/x": b"2"}
    put_described(tmp_path, SECOND, "about", force=False)
    assert held(tmp_path) == dict(SECOND)


def test_other_files_of_a_kind_are_named(tmp_path: Path) -> None:
    put_described(tmp_path, [("a/one.t", b""), ("b/two.t", b""), ("c.u", b"")], "c.u", force=False)
    assert others(tmp_path, ".t", ["a/one.t"]) == ("b/two.t",)
    assert others(tmp_path / "nowhere", ".t", []) == ()
