"""The language of help, messages and tables: chosen once, before anything is said.

English is the language of the message ids; the catalogues are in `locale/`. Typer's own words go
through the same catalogue, which is why the language is chosen before Typer is imported. A document
is in the language of its contract, whatever the screen speaks: it is made while `speaking` that.
"""

import gettext
from collections.abc import Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

Language = Literal["fr", "en"]
LANGUAGES: tuple[Language, ...] = ("fr", "en")
DOMAIN = "cpps"
_LOCALE = Path(__file__).resolve().parent.parent / "locale"
_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")
_spoken: dict[str, gettext.NullTranslations] = {"now": gettext.NullTranslations()}
_language: dict[str, Language] = {"now": "en"}


def N_(message: str) -> str:
    """Marks a message id that is translated later."""
    return message


def _(message: str) -> str:
    """Translates a message into the language of this run."""
    return _spoken["now"].gettext(message) if message else ""


def n_(one: str, several: str, count: int) -> str:
    """Translates the form of a message that goes with a count."""
    return _spoken["now"].ngettext(one, several, count)


def capital(words: str) -> str:
    """Puts a capital letter at the start of the words."""
    return words[:1].upper() + words[1:]


def language() -> Language:
    """Gives the language of this run."""
    return _language["now"]


def language_for(named: str | None, environment: Mapping[str, str], system: str = "") -> Language:
    """Chooses the language: `--lang`, `CPPS_LANG`, then the locale's or the system's."""
    for asked in (named, environment.get("CPPS_LANG")):
        if asked in LANGUAGES:
            return asked
    locale = next((environment[name] for name in _VARIABLES if environment.get(name)), system)
    return "fr" if locale.lower().startswith("fr") else "en"


def speak(language: Language, environment: MutableMapping[str, str]) -> None:
    """Makes `language` that of this run, for our words and for Typer's."""
    _choose(language)
    # Typer asks gettext itself, which looks at the environment for the language.
    environment["LANGUAGE"] = language
    gettext.bindtextdomain(DOMAIN, str(_LOCALE))
    gettext.textdomain(DOMAIN)


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Our words in another language meanwhile; what is made then must be whole when it ends."""
    before = dict(_language), dict(_spoken)
    try:
        _choose(language)
        yield
    finally:
        _language.update(before[0])
        _spoken.update(before[1])


def _choose(language: Language) -> None:
    _language["now"] = language
    _spoken["now"] = gettext.translation(DOMAIN, _LOCALE, languages=[language], fallback=True)
