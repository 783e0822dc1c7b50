"""The examples for cron and for a pipeline on the page about reminders: they run as they stand."""

import re
from pathlib import Path

import pytest
from tools.sessions import ROOT, Terminal

PAGE = Path(ROOT, "docs/calendar-and-reminders.md").read_text(encoding="utf-8")
CRON = re.findall(r"^\d+ \d+ \* \* \d  (.+)$", PAGE, re.MULTILINE)
PIPELINE = re.findall(r"^ +- run: (cpps .+)$", PAGE, re.MULTILINE)
FAR_OFF = {
    'says.window = "2023-S2"': 'says.window = "2098"',
    'set.window = "2025-S2"': 'set.window = "2097"',
    'set.term = "2021-03-15..2027-03-14"': 'set.term = "2021-03-15..2099"',
}


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    """A shell in a library whose window is to come, whatever the day."""
    made = Terminal(tmp_path, "fr")
    made.typed("cpps init contracts --example")
    library = made.where / "contracts"
    for path in library.rglob("*.toml"):
        text = path.read_text(encoding="utf-8")
        for now, then in FAR_OFF.items():
            text = text.replace(now, then)
        path.write_text(text, encoding="utf-8")
    made.environment["CPPS_DATA"] = str(library)
    return made


def in_place(terminal: Terminal, command: str) -> str:
    return command.replace("/srv/www", str(terminal.where))


def make_due(terminal: Terminal) -> None:
    contract = terminal.where / "contracts/contrat-exemple-2021-2026/contract.toml"
    text = contract.read_text(encoding="utf-8")
    contract.write_text(text.replace('"2098"', '"2022..2098"'), encoding="utf-8")


def test_crontab_is_silent_where_nothing_is_due(terminal: Terminal) -> None:
    assert [terminal.typed(in_place(terminal, command)) for command in CRON] == ["", ""]
    text = (terminal.where / "cpps.ics").read_bytes()
    assert text.startswith(b"BEGIN:VCALENDAR\r\n")
    assert b"DTSTART;VALUE=DATE:20980101\r\n" in text


def test_crontab_says_what_is_due(terminal: Terminal) -> None:
    make_due(terminal)
    wrote, due = (terminal.typed(in_place(terminal, command)) for command in CRON)
    assert wrote == ""
    assert "Exempleville" in due
    assert "ouverte" in due


def test_crontab_says_what_is_wrong_and_keeps_the_calendar(terminal: Terminal) -> None:
    terminal.typed(in_place(terminal, CRON[0]))
    before = (terminal.where / "cpps.ics").read_bytes()
    overlay = terminal.where / "contracts/contrat-exemple-2021-2026/local/EX001.toml"
    overlay.write_text(overlay.read_text("utf-8") + "\nbogus = 1\n", encoding="utf-8")
    for command in CRON:
        assert "EX001.toml" in terminal.typed(in_place(terminal, command))
    assert (terminal.where / "cpps.ics").read_bytes() == before


def test_pipeline_turns_red_when_something_is_due(terminal: Terminal) -> None:
    assert len(PIPELINE) == 3
    said = [terminal.typed(f"{command}; echo exit $?") for command in PIPELINE]
    assert [text.splitlines()[-1] for text in said] == ["exit 0"] * 3
    make_due(terminal)
    terminal.typed("rm cpps.ics")
    said = [terminal.typed(f"{command}; echo exit $?") for command in PIPELINE]
    assert [text.splitlines()[-1] for text in said] == ["exit 0", "exit 0", "exit 1"]
