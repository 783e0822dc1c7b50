"""The language of a run, and Typer's own words in it."""

import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from cpps_cli import cli
from cpps_cli.i18n.catalogue import _, language, language_for, speaking

# From the strongest to the weakest: each is French alone, where those before it are not set.
ORDER = ("CPPS_LANG", "LC_ALL", "LC_MESSAGES", "LANG")
OTHER = {"CPPS_LANG": "en", "LC_ALL": "en_GB.UTF-8", "LC_MESSAGES": "de_DE", "LANG": "C.UTF-8"}

ENGLISH = ("Usage:", "Error", "Try ", "Show this", "Install comp", "No such", "Did you mean")
ENGLISH_OF_VALUES = ("Missing", "required", "Invalid value", "unexpected", "requires")


@pytest.mark.parametrize("position", range(len(ORDER)))
def test_stronger_variable_decides(position: int) -> None:
    weaker = {name: OTHER[name] for name in ORDER[position + 1 :]}
    assert language_for(None, {**weaker, ORDER[position]: "fr"}, "en") == "fr"
    weaker = dict.fromkeys(ORDER[position + 1 :], "fr")
    assert language_for(None, {**weaker, ORDER[position]: OTHER[ORDER[position]]}, "fr") == "en"


def test_option_comes_before_every_variable() -> None:
    assert language_for("fr", OTHER) == "fr"
    assert language_for("en", dict.fromkeys(ORDER, "fr")) == "en"


@pytest.mark.parametrize("name", ORDER)
def test_variable_that_is_empty_does_not_count(name: str) -> None:
    weaker = dict.fromkeys(ORDER[ORDER.index(name) + 1 :], "fr_FR.UTF-8")
    expected = "fr" if set(weaker) & {"LC_ALL", "LC_MESSAGES", "LANG"} else "en"
    assert language_for(None, {**weaker, name: ""}) == expected


def test_language_that_we_do_not_speak_leaves_the_choice_to_the_next() -> None:
    assert language_for("de", {"CPPS_LANG": "fr"}) == "fr"
    assert language_for(None, {"CPPS_LANG": "de", "LANG": "fr_BE"}) == "fr"


def test_without_anything_it_is_english() -> None:
    assert language_for(None, {}) == "en"
    assert language_for(None, {"LANG": "de_DE.UTF-8"}) == "en"


def test_system_speaks_where_no_variable_does() -> None:
    assert language_for(None, {}, "fr") == "fr"
    assert language_for(None, {"LANG": "en_US.UTF-8"}, "fr") == "en"


@pytest.mark.parametrize(
    ("identifier", "expected"),
    [(0x040C, "fr"), (0x080C, "fr"), (0x0C0C, "fr"), (0x0409, "en"), (0x0407, "en")],
)
def test_windows_says_its_language_by_a_number(
    identifier: int, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    kernel = SimpleNamespace(GetUserDefaultUILanguage=lambda: identifier)
    windows = SimpleNamespace(windll=SimpleNamespace(kernel32=kernel))
    monkeypatch.setitem(sys.modules, "ctypes", windows)
    monkeypatch.setattr(cli, "sys", SimpleNamespace(platform="win32"))
    assert language_for(None, {}, cli._system()) == expected


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ["--help"],
            ["Usage :", "Options --version", "Afficher cette aide.", "Installer la complétion"],
        ),
        (["--help"], ["Afficher ce que `--install-completion` installerait"]),
        (["show", "--help"], ["Arguments SHEET", "[obligatoire]", "Options communes --data"]),
        (
            ["show"],
            ["Il manque l'argument 'SHEET'.", "Pour obtenir de l'aide : 'cpps show --help'"],
        ),
        (["show", "--zzz"], ["Erreur : Il n'y a pas d'option '--zzz'."]),
        (["show", "--formta"], ["'--formta'. Vouliez-vous dire '--format' ?"]),
        (["show", "--dat"], [" : '--data', '--dialect', '--format'"]),
        (["zzz"], ["Il n'y a pas de commande 'zzz'."]),
        (["derives"], ["Il n'y a pas de commande 'derives'. Vouliez-vous dire 'derive' ?"]),
        (["derive", "--arrondissement"], ["L'option '--arrondissement' attend une valeur."]),
        (["derive", "--format", "x"], ["Valeur incorrecte pour '--format'", "Choix possibles :"]),
        (["show", "1", "2"], ["Il y a un mot de trop : 2"]),
    ],
)
def test_words_of_typer_are_french(words: list[str], said: list[str], tmp_path: Path) -> None:
    # In a process of its own: Typer takes its words once, when it is imported.
    done = subprocess.run(
        [sys.executable, "-m", "cpps_cli", *words],
        cwd=tmp_path,
        env={**os.environ, "CPPS_LANG": "fr", "COLUMNS": "200"},
        capture_output=True,
        check=False,
    )
    printed = " ".join((done.stdout + done.stderr).decode().replace("\xa0", " ").split())
    assert [text for text in said if text not in printed] == []
    assert [text for text in ENGLISH + ENGLISH_OF_VALUES if text in printed] == []


def test_another_language_is_spoken_meanwhile_only() -> None:
    with speaking("fr"):
        assert (language(), _("title")) == ("fr", "intitulé")
        with speaking("en"):
            assert _("title") == "title"
        assert language() == "fr"
    assert (language(), _("title")) == ("en", "title")


def test_language_comes_back_after_a_fault() -> None:
    with pytest.raises(KeyError), speaking("fr"):
        raise KeyError
    assert language() == "en"


@pytest.mark.parametrize("asked", ["FR", "fr_FR", "fr_FR.UTF-8", "fr-BE", "Fr"])
def test_language_is_known_however_it_is_written(asked: str) -> None:
    assert language_for(None, {"CPPS_LANG": asked, "LANG": "en_US.UTF-8"}) == "fr"


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"LANGUAGE": "fr", "LANG": "en_US.UTF-8"}, "fr"),
        ({"LANGUAGE": "de:fr:en", "LANG": "de_DE.UTF-8"}, "fr"),
        ({"LANGUAGE": "fr"}, "fr"),
        ({"LANGUAGE": "en", "LANG": "fr_FR.UTF-8"}, "en"),
        ({"LANGUAGE": "de", "LANG": "fr_FR.UTF-8"}, "fr"),
        ({"LANGUAGE": "fr", "LC_ALL": "C"}, "en"),
        ({"LANGUAGE": "fr", "LANG": "C.UTF-8"}, "en"),
        ({"LANGUAGE": "fr", "CPPS_LANG": "en"}, "en"),
    ],
)
def test_list_of_languages_counts(environment: dict[str, str], expected: str) -> None:
    assert language_for(None, environment) == expected
