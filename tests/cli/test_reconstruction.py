"""What is a reconstruction says so, everywhere: nobody may take it for the text of an office."""

import html
import io
import json
import shutil
import zipfile
from pathlib import Path

import pytest

from cpps_cli.cli import main

Captured = pytest.CaptureFixture[str]
WORDS = "Reconstruction from public sources, with no official standing"
VERBS = [
    "list-actions",
    "list-contracts",
    "show 1.1",
    "show 1.1 -a 19",
    "trace 1.1",
    "derive -a 19",
    "derive --all",
    "renegotiation-status --on 2017-09-01",
    "timeline",
    "calendar --on 2015-06-01",
    "coverage",
    "coverage --sheet 1.1",
    "coverage --left-out",
    "compare 1.1",
    "update",
    "history",
    "disputes",
    "list-programmes",
    "diff cps-2009 cpps-2015-2020",
]


def answer(words: str, capsys: Captured, data: str = "paris") -> str:
    main(["--data", data, *words.split()])
    return capsys.readouterr().out


@pytest.mark.parametrize("words", VERBS)
def test_answer_says_that_its_library_is_a_reconstruction(words: str, capsys: Captured) -> None:
    assert answer(words, capsys).rstrip().endswith(f"{WORDS}.")
    assert f"*{WORDS}.*" in answer(f"{words} --format markdown", capsys)
    document = json.loads(answer(f"{words} --format json", capsys))
    assert list(document)[:2] == ["schema", "reconstruction"]
    assert document["reconstruction"] is True


def test_nothing_of_the_kind_is_said_of_another_library(capsys: Captured) -> None:
    assert "Reconstruction" not in answer("list-actions", capsys, "exemple")
    document = json.loads(answer("list-actions --format json", capsys, "exemple"))
    assert "reconstruction" not in document


def written(words: str) -> bytes:
    assert main(["--data", "paris", "export", *words.split()]) == 0
    return Path(words.rsplit(maxsplit=1)[-1]).read_bytes()


def test_word_document_says_so_on_its_title_page_and_above_each_page() -> None:
    parts = zipfile.ZipFile(io.BytesIO(written("-a 19 --output local.docx")))
    sentence = "Reconstitution d'après des sources publiques, sans valeur officielle"
    headers = [name for name in parts.namelist() if name.startswith("word/header")]
    assert len(headers) == 2  # that of the first page, and that of the others
    for name in (*headers, "word/document.xml"):
        assert sentence in parts.read(name).decode()


@pytest.mark.parametrize("words", ["--output contract.html", "--sheet 1.1 --output sheet.html"])
def test_page_says_so_and_above_each_page_on_paper(words: str) -> None:
    text = html.unescape(written(words).decode())
    assert text.count("Reconstitution d'après des sources publiques, sans valeur officielle") == 2
    assert "@page { @top-center {" in text


def test_workbook_says_so_in_its_first_table_and_above_each_page() -> None:
    parts = zipfile.ZipFile(io.BytesIO(written("--output contract.xlsx")))
    sheets = [name for name in parts.namelist() if name.startswith("xl/worksheets/sheet")]
    above = [parts.read(name).decode() for name in sheets]
    assert all("sans valeur officielle" in text for text in above)
    assert "sans valeur officielle." in parts.read("xl/sharedStrings.xml").decode()


def test_other_files_say_so() -> None:
    assert b"sans valeur officielle" in written("--output contract.md")
    assert main(["--data", "paris", "export", "-f", "datapackage", "-o", "data"]) == 0
    about = json.loads(Path("data", "datapackage.json").read_text("utf-8"))["description"]
    assert "sans valeur officielle" in about


def test_file_that_stands_alone_says_on_what_its_library_is(capsys: Captured) -> None:
    assert main(["--data", "paris", "derive", "-a", "19", "--output", "local.toml"]) == 0
    capsys.readouterr()
    assert f"{WORDS}." in answer("list-actions", capsys, "local.toml")


def test_copy_of_paris_keeps_it_and_an_empty_library_has_it_not(capsys: Captured) -> None:
    assert main(["init", "copy"]) == 0
    assert main(["init", "own", "--empty"]) == 0
    capsys.readouterr()
    assert WORDS in answer("list-actions", capsys, "copy")
    assert WORDS not in answer("list-actions", capsys, "own")


def test_copy_that_no_longer_says_so_is_warned_of(capsys: Captured) -> None:
    copy = shutil.copytree(Path(__file__).parents[2] / "data" / "paris", "copy")
    path = Path(copy, "library.toml")
    path.write_text(path.read_text("utf-8").replace("reconstruction = true\n", ""), "utf-8")
    assert main(["check", "copy", "--format", "concise"]) == 0
    assert "library.toml:1:1: warning[CP226]" in capsys.readouterr().out
