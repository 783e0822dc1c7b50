"""`cpps check` and `cpps explain`: what is printed where, and the exit code."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cpps_cli.cli import main
from cpps_cli.diagnostics.codes import CODES
from tests.faults.cases import CASES
from tests.unprivileged import UNPRIVILEGED

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "data"


@pytest.mark.parametrize("name", ["paris", "exemple"])
def test_bundled_data_passes(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(DATA / name)]) == 0
    out, err = capsys.readouterr()
    assert "error[" not in out
    assert "no error" in out.splitlines()[-1]
    assert err == ""


def test_library_is_found_like_for_every_verb(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--data", str(DATA / "exemple"), "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["library"].endswith("exemple")


def test_strict_makes_warnings_count(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = str(CASES["CP208-axis-without-sheet"].write(tmp_path / "warned"))
    assert main(["check", folder]) == 0
    assert main(["check", folder, "--strict"]) == 1
    notes = str(CASES["CP215-disputed-value"].write(tmp_path / "noted"))
    assert main(["check", notes, "--strict"]) == 0
    capsys.readouterr()


def test_concise_has_a_line_for_each_fault(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = CASES["CP101-unknown-key"].write(tmp_path)
    assert main(["check", str(folder), "--format", "concise"]) == 1
    *lines, summary = capsys.readouterr().out.splitlines()
    assert [line.partition("contract.toml")[2] for line in lines] == [
        ":3:1: error[CP101] the key `titel_court` is not known here",
        ":4:1: error[CP101] the key `page` is not known here",
    ]
    assert summary.endswith("library: 2 errors")


@pytest.mark.parametrize("name", ["missing", "a-file-in/the-way", ""])
def test_folder_that_is_no_library_ends_in_one_sentence(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a-file-in").write_text("")
    assert main(["check", str(tmp_path / name)]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("cpps: ")
    assert "Traceback" not in err


def test_check_changes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    library = shutil.copytree(DATA / "exemple", tmp_path / "library")
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in files_of(library)}
    main(["check", str(library)])
    capsys.readouterr()
    assert before == {
        path: (path.read_bytes(), path.stat().st_mtime_ns) for path in files_of(library)
    }


def files_of(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.rglob("*")) if path.is_file()]


def test_pipe_in_the_place_of_a_file_is_not_waited_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    library = CASES["CP205-unknown-contract"].write(tmp_path)
    os.mkfifo(library / "sources.toml")
    assert main(["check", str(library)]) == 1
    assert "error[CP001]" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("forbidden", "exit_code", "said"),
    [
        ("contrat/contract.toml", 1, "error[CP001]: this file cannot be read: permission denied"),
        ("contrat", 2, "permission denied"),
        ("", 2, "permission denied"),
    ],
)
def test_what_may_not_be_read_is_said(
    forbidden: str, exit_code: int, said: str, tmp_path: Path
) -> None:
    library = CASES["CP214-sheets-to-complete"].write(tmp_path)
    target = library / forbidden
    for folder in (tmp_path, *list(tmp_path.parents)[:3]):
        folder.chmod(0o755)
    target.chmod(0)
    asked = [sys.executable, "-m", "cpps_cli", "check", str(library), "--lang", "en"]
    command = [*UNPRIVILEGED, *asked]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        run = subprocess.run(
            command, env=environment, cwd="/", capture_output=True, text=True, check=False
        )
    finally:
        target.chmod(0o755)
    assert run.returncode == exit_code, run.stderr
    assert said in (run.stdout if exit_code == 1 else run.stderr)
    assert "Traceback" not in run.stderr
    assert "should not have happened" not in run.stderr


def test_explain_says_why_with_examples(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "cp203"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("CP203 – change to a sheet that the parent does not have\n")
    assert "looks like a commitment" in out
    assert 'sheet = "recidives"' in out


def test_explain_in_markdown_keeps_the_lines_of_an_example(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["explain", "CP010", "--format", "markdown"]) == 0
    assert '```toml\ncontext = """\n<<<<<<< HEAD\n' in capsys.readouterr().out


def test_explain_lists_every_code(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "--format", "json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["schema"] == "cpps.explanations/1"
    assert [code["code"] for code in document["codes"]] == list(CODES)


def test_unknown_code_is_answered_with_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "CP20"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("cpps: there is no code `CP20`\n")
    assert "did you mean `CP2" in err
