"""`--output -`: standard output, as everywhere; never a file of that name."""

from pathlib import Path

import pytest

from cpps_cli.cli import main
from cpps_cli.library.locate import bundled

Captured = pytest.CaptureFixture[str]
EXEMPLE = str(bundled("exemple"))
NEW = "contrat-exemple-2027-2032"


@pytest.mark.parametrize(
    "words",
    [
        ["derive", "-a", "EX001"],
        ["calendar"],
        ["export", "--format", "html"],
        ["export", "--format", "markdown", "-a", "EX001"],
        ["export", "--format", "csv", "--all"],
        ["migrate", "-a", "EX002", "--to", NEW],
    ],
    ids=lambda words: "-".join(words[:3]),
)
def test_standard_output_gets_what_a_file_would(capsys: Captured, words: list[str]) -> None:
    on = [] if "migrate" in words else ["--on", "2025-01-15"]
    command = [*words, *on, "--data", EXEMPLE]
    assert main([*command, "--output", "written"]) == 0
    capsys.readouterr()
    assert main([*command, "--output", "-"]) == 0
    out, err = capsys.readouterr()
    assert out == Path("written").read_bytes().decode()
    assert "written" not in err
    assert not Path("-").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["export", "--format", "docx"], "docx is not for a screen"),
        (["export", "--format", "datapackage"], "datapackage is not for a screen"),
        (["export", "--format", "html", "--all"], "say in which folder"),
        (["schema"], "go to a folder"),
        (["migrate", "-a", "EX002", "--to", NEW, "--format", "json"], "leave `--format` out"),
    ],
    ids=lambda value: value.replace(" ", "-") if isinstance(value, str) else "-".join(value[:3]),
)
def test_what_is_no_text_is_refused_in_one_sentence(
    capsys: Captured, words: list[str], said: str
) -> None:
    assert main([*words, "--output", "-", "--data", EXEMPLE]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert said in err.splitlines()[0]
    assert not Path("-").exists()


def test_draft_is_not_written_where_the_report_is_refused(capsys: Captured) -> None:
    command = ["migrate", "-a", "EX002", "--to", NEW, "--data", EXEMPLE, "--dialect", "excel"]
    assert main([*command, "--output", "draft.toml"]) == 2
    assert "`--dialect` goes with `--format csv`" in capsys.readouterr().err
    assert not Path("draft.toml").exists()
