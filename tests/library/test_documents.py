"""Documents of several files, of which the last describes the others: never found half changed."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import cpps_cli
from cpps_cli.library.write import NotWritten
from cpps_cli.library.write_folder import put_all

OLD = (("a.csv", b"old a"), ("b.csv", b"old b"), ("all.json", b"old"))
NEW = (("a.csv", b"new a"), ("b.csv", b"new b"), ("all.json", b"new"))
# Puts the new document there, and is killed when it is about to do its n-th thing to a name.
KILLED = """
import os, signal, sys
from pathlib import Path
from cpps_cli.library.write_folder import put_all
left = int(sys.argv[1])
def hook(event, _words):
    global left
    if event in {"os.rename", "os.link", "os.remove"}:
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(hook)
new = (("a.csv", b"new a"), ("b.csv", b"new b"), ("all.json", b"new"))
put_all(Path(sys.argv[2]), [new], force=True)
"""


def held(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix != ".tmp"}


@pytest.mark.parametrize("step", range(1, 5))
def test_descriptor_never_stands_beside_other_tables(step: int, tmp_path: Path) -> None:
    put_all(tmp_path, [OLD], force=False)
    command = [sys.executable, "-c", KILLED, str(step), str(tmp_path)]
    environment = {**os.environ, "PYTHONPATH": str(Path(cpps_cli.__file__).parents[1])}
    killed = subprocess.run(command, env=environment, check=False)
    assert killed.returncode == -signal.SIGKILL
    found = held(tmp_path)
    assert "all.json" not in found or found == dict(OLD)
    put_all(tmp_path, [NEW], force=True)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == dict(NEW)


def test_what_cannot_all_be_written_leaves_the_old_document(tmp_path: Path) -> None:
    put_all(tmp_path, [OLD], force=False)
    (tmp_path / "b.csv").unlink()
    (tmp_path / "b.csv").mkdir()
    with pytest.raises(NotWritten, match="'no_file'"):
        put_all(tmp_path, [NEW], force=True)
    assert (tmp_path / "a.csv").read_bytes() == b"old a"
    assert (tmp_path / "all.json").read_bytes() == b"old"


def test_document_of_which_a_file_is_kept_is_not_completed(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"mine")
    assert put_all(tmp_path, [NEW], force=False) == {"a.csv": "kept"}
    assert held(tmp_path) == {"a.csv": b"mine"}


def test_missing_table_is_added_to_its_own_document(tmp_path: Path) -> None:
    put_all(tmp_path, [NEW], force=False)
    (tmp_path / "a.csv").unlink()
    outcomes = put_all(tmp_path, [NEW], force=False)
    assert outcomes == {"a.csv": "written", "b.csv": "same", "all.json": "same"}
    assert held(tmp_path) == dict(NEW)


def test_documents_of_one_file_are_each_their_own(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"mine")
    outcomes = put_all(tmp_path, [(item,) for item in NEW], force=False)
    assert outcomes == {"a.csv": "kept", "b.csv": "written", "all.json": "written"}
