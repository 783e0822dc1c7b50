"""`cpps calendar`: the same dates in the terminal and in the calendars of other tools."""

import json
import os
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from ical.calendar_stream import IcsCalendarStream
from ical.event import Event

from cpps_cli.cli import main
from cpps_cli.formats.installation import command_for
from cpps_cli.library.locate import bundled

CPPS = [sys.executable, "-m", "cpps_cli"]
Captured = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def _paris(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CPPS_DATA", "paris")


def ics(capsys: Captured, *words: str) -> str:
    """The calendar on standard output."""
    capsys.readouterr()
    assert main(["calendar", "--format", "ics", *words]) == 0
    return capsys.readouterr().out


def document(capsys: Captured, *words: str) -> dict[str, Any]:
    capsys.readouterr()
    assert main(["calendar", "--format", "json", *words]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def read(text: str) -> list[Event]:
    """The events of a calendar, by a library that did not write it."""
    return IcsCalendarStream.calendar_from_ics(text).events


def day(event: Event) -> date:
    assert event.dtstart is not None
    return event.dtstart


def summary(event: Event) -> tuple[str | None, str, list[int], int | None]:
    days = [-alarm.trigger.days for alarm in event.alarm if isinstance(alarm.trigger, timedelta)]
    assert event.dtend is not None
    assert event.dtend - day(event) == timedelta(days=1)
    return event.uid, day(event).isoformat(), days, event.sequence


# --- what is in it


@pytest.mark.parametrize(
    "words",
    [
        ("--on", "2017-01-01"),
        ("--on", "2017-06-20", "--arrondissement", "19"),
        ("--on", "2017-06-20", "--contract", "cpps-2015-2020", "--alarm", "none"),
        ("--on", "2026-11-23", "--all"),
        ("--data", str(bundled("exemple")), "--on", "2023-05-01"),
        ("--data", str(bundled("exemple")), "--on", "2023-05-01", "-a", "Moulin", "--alarm", "1"),
    ],
)
def test_another_library_reads_the_events_that_the_table_shows(
    capsys: Captured, words: tuple[str, ...]
) -> None:
    shown = document(capsys, *words)["events"]
    read_back = read(ics(capsys, *words))
    assert len(shown) > 1
    assert [summary(event)[:3] for event in read_back] == [
        (event["uid"], event["on"], event["reminders"]) for event in shown
    ]
    assert len({event.uid for event in read_back}) == len(read_back)


def test_paris_before_its_window() -> None:
    done = subprocess.run(
        [*CPPS, "calendar", "--on", "2017-01-01", "--format", "ics"],
        env={**os.environ, "PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0", "CPPS_LANG": "en"},
        capture_output=True,
        check=True,
    )
    assert done.stderr == b""
    assert all(len(line) <= 75 for line in done.stdout.split(b"\r\n"))
    opens, closes, ends, of_the_10th = read(done.stdout.decode())
    assert [event.dtstart for event in (opens, closes, ends, of_the_10th)] == [
        date(2017, 7, 1),
        date(2018, 6, 30),
        date(2020, 12, 31),
        date(2022, 2, 28),
    ]
    assert opens.summary == (
        "Ouverture de la renégociation à mi-parcours\u00a0: CPPS 2015-2020 et 20 contrats locaux"
    )
    assert opens.description is not None
    lines = opens.description.split("\n")
    assert lines[0].endswith("du second semestre 2017 au premier semestre 2018.")
    assert lines[1] == "Le jour est calculé\u00a0: c'est le premier de cette période."
    assert lines[2].startswith("Valeur contestée\u00a0; aussi\u00a0: premier trimestre 2018.")
    assert lines[3].endswith(
        "1er, 2e, 3e, 4e, 5e, 6e, 7e, 8e, 9e, 10e, 11e, 12e, 13e, 14e, "
        "15e, 16e, 17e, 18e, 19e, 20e."
    )
    assert "Préfecture de police" in lines[4]
    assert lines[5].startswith("Source S1\u00a0: paris.fr")
    assert of_the_10th.uid == "cpps-2015-2020.75110.term-ends@paris.cpps"
    assert "déduite par nous" in (of_the_10th.description or "")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_calendar_speaks_the_language_of_its_contracts(
    capsys: Captured, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setenv("CPPS_LANG", language)
    text = ics(capsys, "--on", "2017-01-01")
    assert "X-WR-CALNAME:Contrats de prévention\u00a0: Paris\r\n" in text
    assert main(["calendar", "--on", "2017-01-01"]) == 0
    shown = capsys.readouterr().out
    assert ("renegotiation opens" in shown) is (language == "en")


def test_exclusion_to_look_at_again_says_why_and_who_decided(capsys: Captured) -> None:
    town = ("--data", str(bundled("exemple")), "--on", "2023-05-01")
    [review] = [item for item in read(ics(capsys, *town)) if "review" in (item.uid or "")]
    assert review.dtstart == date(2024, 10, 1)
    assert review.summary is not None
    assert review.summary.endswith(
        "Éclairer la place de l'Exemple et ses abords (Quartier du Moulin)"
    )
    assert "La place de l'Exemple se trouve dans un autre quartier." in (review.description or "")
    assert "le 12 octobre 2021" in (review.description or "")


def test_renegotiation_on_record_takes_the_reminders_of_one_place_away(capsys: Captured) -> None:
    assert main(["init", "mine"]) == 0
    words = ("--data", "mine", "--on", "2018-03-01", "--contract", "cpps-2015-2020")
    before = {summary(event)[0]: summary(event) for event in read(ics(capsys, *words, "-a", "19"))}
    local = Path("mine/cpps-2015-2020/local/75119.toml")
    text = local.read_text("utf-8")
    recorded = '\n[[milestones]]\nkind = "renegotiated"\non = "2018-03-01"\n'
    local.write_text(text + recorded, encoding="utf-8")
    after = {summary(event)[0]: summary(event) for event in read(ics(capsys, *words, "-a", "19"))}
    closes = "cpps-2015-2020.75119.window-closes@paris.cpps"
    assert before.keys() == after.keys()
    assert (before[closes][2], after[closes][2]) == ([90, 30, 7], [])
    assert all((after[uid][3] or 0) > (before[uid][3] or 0) for uid in after)
    [city] = [item for item in read(ics(capsys, *words)) if "75056.window-closes" in str(item.uid)]
    assert summary(city)[2] == [90, 30, 7]
    assert "19e, renégociation à mi-parcours\u00a0: 1er mars 2018" in (city.description or "")


# --- past dates and reminders in the past


def test_past_dates_are_left_out_and_counted(capsys: Captured) -> None:
    words = ["calendar", "--on", "2018-01-01", "--format", "ics"]
    assert main(words) == 0
    out, err = capsys.readouterr()
    assert [day(event).year for event in read(out)] == [2018, 2020, 2022]
    assert err == "cpps: 1 date before 1 January 2018 is left out: `--all` keeps it.\n"
    assert main([*words, "--all", "--contract", "cpps-2015-2020"]) == 0
    out, err = capsys.readouterr()
    assert [(day(event).year, len(event.alarm)) for event in read(out)] == [
        (2017, 0),
        (2018, 3),
        (2020, 3),
        (2022, 3),
    ]
    assert err == ""


def test_reminder_in_the_past_is_said(capsys: Captured) -> None:
    assert main(["calendar", "--on", "2017-06-25", "--format", "ics"]) == 0
    out, err = capsys.readouterr()
    assert [len(event.alarm) for event in read(out)] == [0, 3, 3, 3]
    assert err == (
        "cpps: CPPS 2015-2020 and 20 local contracts, renegotiation opens in 6 days: "
        "every reminder of it is in the past.\n"
    )


@pytest.mark.parametrize("words", [["--output", "x.ics"], ["--format", "ics"]])
def test_calendar_without_a_date_is_not_written(capsys: Captured, words: list[str]) -> None:
    assert main(["calendar", "--contract", "cpps-2015-2020", "--on", "2026-11-23", *words]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err == (
        "cpps: no date is known from 23 November 2026 on: there is no calendar to write\n"
        "      `--all` writes past dates too\n"
    )
    assert not Path("x.ics").exists()


def test_table_without_a_date_says_so(capsys: Captured) -> None:
    assert main(["calendar", "--contract", "cpps-2015-2020", "--on", "2026-11-23"]) == 0
    out = capsys.readouterr().out
    assert "No date is known from 23 November 2026 on." in out
    assert "4 dates before 23 November 2026 are left out: `--all` keeps them." in out
    assert main(["calendar", "--on", "1990-01-01"]) == 0
    assert "No date is known from 1 January 1990 on." in capsys.readouterr().out


# --- the file


def test_file_is_written_whole_and_twice_the_same(capsys: Captured) -> None:
    words = ["calendar", "--on", "2017-01-01", "--output", "paris.ics"]
    assert main(words) == 0
    assert capsys.readouterr() == ("", "cpps: paris.ics written: 4 dates\n")
    first = Path("paris.ics").read_bytes()
    assert main(words) == 2
    assert "`paris.ics` exists already" in capsys.readouterr().err
    assert main([*words, "--force"]) == 0
    assert Path("paris.ics").read_bytes() == first
    assert first.decode() == ics(capsys, "--on", "2017-01-01")


def test_another_process_on_another_day_writes_the_same_bytes() -> None:
    seen = set()
    for seed, zone in (("1", "Pacific/Kiritimati"), ("2", "Pacific/Pago_Pago")):
        done = subprocess.run(
            [*CPPS, "calendar", "--on", "2017-01-01", "--format", "ics"],
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone},
            capture_output=True,
            check=True,
        )
        seen.add(done.stdout)
    assert len(seen) == 1


def test_calendar_that_would_lack_dates_is_not_written(capsys: Captured) -> None:
    assert main(["init", "mine", "--example"]) == 0
    overlay = Path("mine/contrat-exemple-2021-2026/local/EX001.toml")
    overlay.write_text(overlay.read_text("utf-8") + "\nbogus = 1\n", encoding="utf-8")
    capsys.readouterr()
    words = ["calendar", "--data", "mine", "--on", "2023-05-01"]
    assert main([*words, "--output", "x.ics"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "EX001.toml" in err
    assert "the calendar would lack dates: it is not written" in err
    assert not Path("x.ics").exists()
    assert main(words) == 1
    assert "EX001.toml" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--output", "x.ics", "--format", "csv"], "`--output` writes a calendar"),
        (["--alarm=-7"], "a reminder `-7` days before a date would come after it"),
        (["--alarm", "90;30"], "`90;30` is not a number of days"),
        (["--arrondissement", "21"], "no territory is called `21`"),
        (["--contract", "cpps-2015-2021"], "there is no contract `cpps-2015-2021`"),
        (["--format", "ics", "--dialect", "excel"], "`--dialect` goes with `--format csv`"),
        (["--output", "no/x.ics"], "`no/x.ics` cannot be written: its folder does not exist"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(capsys: Captured, words: list[str], said: str) -> None:
    assert main(["calendar", "--on", "2017-01-01", *words]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert said in err
    assert "Traceback" not in err


def test_without_the_extra_the_dates_are_shown_and_the_file_is_explained(
    capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "icalendar", None)
    assert main(["calendar", "--on", "2017-01-01"]) == 0
    assert "renegotiation opens" in capsys.readouterr().out
    assert main(["calendar", "--on", "2017-01-01", "--output", "x.ics"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err == (
        "cpps: this format needs `icalendar`, which is not installed\n"
        f"      install it where cpps is installed: `{command_for('calendar')}`\n"
    )
    assert not Path("x.ics").exists()


def test_derived_contract_has_no_calendar_of_its_own(capsys: Captured) -> None:
    assert main(["derive", "-a", "19", "--output", "19.toml"]) == 0
    assert main(["calendar", "--data", "19.toml"]) == 2
    assert "ask the library it was derived from" in capsys.readouterr().err


def test_term_that_ends_on_the_last_day_of_the_calendar(capsys: Captured, tmp_path: Path) -> None:
    """No day comes after 31 December 9999: the event has no end of its own."""
    (tmp_path / "library.toml").write_text('format = 1\ntitle = "x"\ncontract = "c"\n')
    (tmp_path / "territories.toml").write_text('[territories.T]\nname = "T"\n')
    (tmp_path / "c").mkdir()
    head = 'title = "C"\nterritory = "T"\nterm = "2015-01-01..9999-12-31"\n'
    (tmp_path / "c" / "contract.toml").write_text(head)
    assert "DTSTART;VALUE=DATE:99991231" in ics(capsys, "--data", str(tmp_path))


def test_replaced_contract_rings_no_alarm(capsys: Captured, tmp_path: Path) -> None:
    """Replaced in March 2025; its window is the second half of that year."""
    (tmp_path / "library.toml").write_text('format = 1\ntitle = "x"\ncontract = "c"\n')
    (tmp_path / "territories.toml").write_text('[territories.T]\nname = "T"\n')
    (tmp_path / "c").mkdir()
    head = 'title = "C"\nterritory = "T"\nterm = "2024..2026"\nwindow = "2025-S2"\n'
    ended = '[[milestones]]\nkind = "replaced"\non = "2025-03-01"\n'
    (tmp_path / "c" / "contract.toml").write_text(head + ended)
    found = document(capsys, "--data", str(tmp_path), "--on", "2025-04-01")
    assert [event["reminders"] for event in found["events"]] == [[], [], []]


def identities(library: str, capsys: Captured) -> list[str]:
    assert main(["--data", library, "calendar", "--all", "--format", "ics"]) == 0
    return [line for line in capsys.readouterr().out.splitlines() if line.startswith("UID:")]


def test_dates_of_two_libraries_are_never_taken_for_one_another(
    tmp_path: Path, capsys: Captured
) -> None:
    assert main(["init", "one", "--empty"]) == 0
    assert main(["init", "other", "--empty"]) == 0
    [contract] = Path("one").glob("*/contract.toml")
    dated = f'term = "2024..2028"\nwindow = "2026"\n{contract.read_text("utf-8")}'
    for library in ("one", "other"):
        Path(library, *contract.parts[1:]).write_text(dated, "utf-8")
    capsys.readouterr()
    before = identities("one", capsys)
    assert before
    assert set(before) & set(identities("other", capsys)) == set()
    contract.write_text(dated.replace('window = "2026"', 'window = "2025"'), "utf-8")
    with Path("one", "territories.toml").open("a", encoding="utf-8") as places:
        places.write('\n[territories.nord]\nname = "Quartier du Nord"\n')
    assert identities("one", capsys) == before


def test_library_without_an_id_is_known_by_its_title_and_its_place(
    tmp_path: Path, capsys: Captured
) -> None:
    found = []
    for name in ("Bourg-Fictif", "Ville-Fictive"):
        assert main(["init", name, "--empty"]) == 0
        for file in ("library.toml", "territories.toml"):
            text = Path(name, file).read_text("utf-8")
            kept = [line for line in text.splitlines() if not line.startswith("id = ")]
            written = "\n".join(kept).replace("Our town", name)
            Path(name, file).write_text(f"{written}\n", "utf-8")
        [contract] = Path(name).glob("*/contract.toml")
        contract.write_text(f'term = "2024..2028"\n{contract.read_text("utf-8")}', "utf-8")
        capsys.readouterr()
        found.append(identities(name, capsys))
    assert found[0]
    assert set(found[0]) & set(found[1]) == set()
