"""What a file, a name or an argument holds is shown, and obeyed by nobody: neither by a terminal
nor by Rich, whose markup stands between brackets.
"""

import re
from pathlib import Path

import pytest

from cpps_cli.cli import main
from tests.hostile.runs import OTHERS, READING
from tests.hostile.town import TOWN
from tests.hostile.writing import WAYS, Way

Captured = pytest.CaptureFixture[str]
# What a terminal may obey. A tab is in the `--help` of nobody, and never in a table.
OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
COLOUR = re.compile(r"\x1b\[[0-9;]*m")
MARKUP = " [b]x[/b] [/nope] [red on blue]y [link=https://example.org]z[/link] :boom: [@click=f]"
# The same with signs that nobody takes for markup, each as wide as the one it stands for.
PLAIN, BACK = str.maketrans("[]", "⟦⟧"), str.maketrans("⟦⟧", "[]")
ESCAPE = "\x1b[31m\x1b]8;;https://example.org\x07rouge\u202e\x9b2J"
PROSE = re.compile(
    r'((?:title|name|reason|unit|lead|why|words|note|definition) = "[^"]+)"', re.MULTILINE
)


@pytest.fixture(autouse=True)
def _terminal(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("CPPS_DATA", "FORCE_COLOR", "NO_COLOR", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.chdir(tmp_path)


def with_prose(marked: str) -> Way:
    """The small library with something after every title, name and reason."""
    library = {
        name: PROSE.sub(lambda found: f'{found[1]}{marked}"', text) for name, text in TOWN.items()
    }
    library["contrat/sheets/mediation.toml"] += f'objectives = ["{marked}", "b{marked}"]\n'
    return Way("", "", library)


def said(capsys: Captured, words: str) -> str:
    command = words.split()
    library = [] if command[0] in {"check", "explain", "schema"} else ["--data", "lib"]
    capsys.readouterr()
    code = main([*command, *library])
    out, err = capsys.readouterr()
    assert code == 0, (words, err)
    return re.sub("sha256:[0-9a-f]+", "", out + err)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_markup_is_shown_as_any_other_text_by_every_verb(
    language: str, capsys: Captured, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CPPS_LANG", language)
    stood_for = MARKUP.translate(PLAIN)
    hostile, plain = with_prose(MARKUP), with_prose(stood_for)
    hostile.built(tmp_path / "hostile")
    plain.built(tmp_path / "plain")
    shown = 0
    answers = [words for words in (*READING, *OTHERS) if not words.endswith("ics")]  # a file
    for words in answers:
        found = {}
        for folder in ("hostile", "plain"):
            monkeypatch.chdir(tmp_path / folder)
            monkeypatch.setenv("NO_COLOR", "1")
            found[folder] = said(capsys, words)
            monkeypatch.delenv("NO_COLOR")
            monkeypatch.setenv("FORCE_COLOR", "1")
            coloured = said(capsys, words)
            monkeypatch.delenv("FORCE_COLOR")
            # Blanks at the end of a coloured line stay.
            bare = re.sub(" +$", "", COLOUR.sub("", coloured), flags=re.MULTILINE)
            assert bare == re.sub(" +$", "", found[folder], flags=re.MULTILINE), words
        assert found["hostile"] == found["plain"].translate(BACK), words
        assert not OBEYED.search(found["hostile"].replace("\r\n", "\n")), words
        shown += "[b]" in found["hostile"]
        assert "\N{COLLISION SYMBOL}" not in found["hostile"], words
    assert shown > 20


WITH_WORD = (
    "show {}", "show 1.1 -a {}", "show 1.1 --contract {}", "derive -a {}", "derive -a 1 --on {}",
    "coverage -a {}", "compare {}", "trace {}", "trace 1.1 {}", "trace contract {}", "history {}",
    "diff {} contrat", "diff contrat/{} contrat", "renegotiation-status --on {}",
    "renegotiation-status -a {}", "renegotiation-status --within {}", "calendar --alarm {}",
    "calendar -a {}", "calendar --output {}/c.ics", "timeline --contract {}",
    "list-actions --search {}", "list-actions --contract {}", "list-programmes --contract {}",
    "disputes --contract {}", "export -a {}", "export --output {}", "export --output {}.pdf/{}.md",
    "export --sheet {} --format html", "check {}", "explain {}", "schema {}", "init {}/{}",
    "start -a {}", "start -a 1 --drafted-on {}", "pin -a {}", "update -a {}",
    "update -a 1 --take parent --sheet {}", "record {} --dated 2024", "record signed --dated {}",
    "record signed --dated 2024 --source {}", "migrate -a 1 --to {}", "import-sheets {}",
    "derive -a 1 -o {}/x.toml", "{}", "show --format {} 1.1", "show --{} 1.1", "show --lang {} 1.1",
    "show -{} 1.1", "derive -a 1 {}",
)  # fmt: skip


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("words", WITH_WORD)
def test_word_of_the_command_line_is_never_obeyed(
    words: str, language: str, capsys: Captured, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CPPS_LANG", language)
    monkeypatch.chdir(WAYS[0].built(tmp_path))
    for word in (ESCAPE, MARKUP.strip().replace("/", "\\")):
        command = [part.replace("{}", word) for part in words.split()]
        for library in ("lib", word):
            capsys.readouterr()
            code = main([*command, "--data", library])
            out, err = capsys.readouterr()
            assert code in {0, 1, 2}
            assert "should not have happened" not in err, err
            assert not OBEYED.search(COLOUR.sub("", out + err)), (out, err)
            assert not COLOUR.search(out + err), (out, err)


def test_names_of_files_and_folders_are_never_obeyed(
    capsys: Captured, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CPPS_LANG", "en")
    name = ESCAPE.replace("/", "")
    folder = tmp_path / name
    WAYS[0].built(folder)
    for stray in (f"{name}.toml", f"contrat/sheets/{name}.toml", f"contrat/{name}.toml"):
        (folder / "lib" / stray).write_text("a = 1\n", encoding="utf-8")
    (folder / "lib" / name / "sheets").mkdir(parents=True)
    (folder / "lib" / name / "sheets" / "a.toml").write_text("a = 1\n", encoding="utf-8")
    for words in (
        ["check", str(folder / "lib")],
        ["check", str(folder / "lib"), "--format", "concise"],
        ["check", str(folder / "lib"), "--format", "github"],
        ["--verbose", "list-actions", "--data", str(folder / "lib")],
        ["derive", "-a", "1", "--output", str(folder / "1.toml"), "--data", str(folder / "lib")],
        ["derive", "-a", "1", "--output", str(folder / "1.toml"), "--data", str(folder / "lib")],
        ["export", "--output", str(folder / "1.html"), "--data", str(folder / "lib")],
        ["record", "evaluated", "--dated", "2024", "--data", str(folder / "lib")],
        ["start", "-a", "gare", "--data", str(folder / "lib")],
        ["init", str(folder / name), "--empty"],
        ["init", str(folder / name), "--empty"],
    ):
        main(words)
        out, err = capsys.readouterr()
        assert not OBEYED.search(out + err), (words, out, err)
        assert "rouge" in out + err, words


@pytest.mark.parametrize("raw", [ESCAPE, f'title = "{ESCAPE}"\n', f"# {ESCAPE}\na = [\n"])
def test_text_of_a_file_is_never_obeyed(
    raw: str, capsys: Captured, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(WAYS[0].built(tmp_path))
    (tmp_path / "lib/contrat/sheets/nuit.toml").write_text(raw, encoding="utf-8")
    (tmp_path / "t.csv").write_text(f"code;title;{raw}\nnuit;{raw};b\n{raw};c;d\n", "utf-8")
    for words in ("check lib", "list-actions", "show 1.2", "derive -a 1", "import-sheets t.csv"):
        for colour in ("", "1"):
            monkeypatch.setenv("FORCE_COLOR", colour)
            command = words.split()
            main(command if command[0] == "check" else [*command, "--data", "lib"])
            out, err = capsys.readouterr()
            assert not OBEYED.search(COLOUR.sub("", out + err)), (words, out, err)
