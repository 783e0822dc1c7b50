"""The language of help, messages and tables: chosen once, before anything is said.

English is the language of the message ids; the catalogues are in `locale/`. Typer's own words go
through the same catalogue, which is why the language is chosen before Typer is imported. A document
is in the language of its contract, whatever the screen speaks: it is made while `speaking` that.
What the data says is made inert before it is shown.
"""

import gettext
import re
from collections.abc import Iterable, Iterator, Mapping, MutableMapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from cpps_cli.diagnostics import Diagnostic, Value, Word

Language = Literal["fr", "en"]
LANGUAGES: tuple[Language, ...] = ("fr", "en")
DOMAIN = "cpps"
_LOCALE = Path(__file__).resolve().parent.parent / "locale"
_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")
_NO_LANGUAGE, _OF_A_LOCALE = re.compile(r"(C|POSIX)\b"), re.compile(r"[_.@-]")
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
    """Chooses the language: `--lang`, `CPPS_LANG`, then the locale's or the system's.

    As for gettext, `LANGUAGE` is a list that comes before a locale, unless that one is C.
    """
    locale = next((environment[name] for name in _VARIABLES if environment.get(name)), system)
    listed = [] if _NO_LANGUAGE.match(locale) else environment.get("LANGUAGE", "").split(":")
    for asked in (named, environment.get("CPPS_LANG"), *listed):
        for known in LANGUAGES:
            if asked and _OF_A_LOCALE.split(asked.lower())[0] == known:
                return known
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


CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def inert(text: object) -> str:
    """Takes out of a text of the data anything that a terminal would obey."""
    return CONTROL.sub("\N{REPLACEMENT CHARACTER}", str(text).replace("\r\n", "\n"))


def paragraphs(text: str) -> list[str]:
    """Cuts a text into paragraphs: the line ends inside them are those of the file."""
    parts = re.split(r"\n\s*\n|\n(?=\s*[-•–]\s)", text.strip())
    return [" ".join(part.split()) for part in parts if part.strip()]


def in_reading_order(ids: Iterable[str]) -> list[str]:
    """Sorts ids, each once, S9 before S10."""
    return sorted(
        set(ids), key=lambda name: [part.zfill(8) for part in re.findall(r"\d+|\D+", name)]
    )


_MOST = 40  # the sheets of a contract, the territories of a city
_FIRST = 10


def names_in_words(names: Sequence[str]) -> str:
    """Joins names with commas; of very many, the first ones."""
    if len(names) <= _MOST:
        return ", ".join(names)
    others = _("{names} and {count} others")
    return others.format(names=", ".join(names[:_FIRST]), count=len(names) - _FIRST)


LONGEST_QUOTE = 70


def filled(message: str, values: Mapping[str, Value]) -> str:
    """A message id in the language of the run, with its values."""
    shown = {name: _shown(value, values) for name, value in values.items()}
    return inert(_(message).format_map(shown)) if message else ""


def message(diagnostic: Diagnostic) -> str:
    """What is wrong, on one line."""
    return filled(diagnostic.declared.message, _quoted(diagnostic.values))


def label(diagnostic: Diagnostic) -> str:
    """What stands under the caret."""
    return filled(diagnostic.declared.label, _quoted(diagnostic.values))


def related_label(word: Word) -> str:
    """What stands under a second place."""
    return _(word.english)


def remedy(diagnostic: Diagnostic) -> str:
    """What to do: the nearest name that exists, and what the code says."""
    values = _quoted(diagnostic.values)
    first, then = suggestion(values), filled(diagnostic.declared.help, values)
    if first.endswith("?"):
        return f"{first} {then}".rstrip()
    pause = "\N{NO-BREAK SPACE}; " if language() == "fr" else "; "
    return pause.join(filter(None, (first, then)))


def suggestion(values: Mapping[str, Value]) -> str:
    """The name that was probably meant, or those there are; "" where neither is known."""
    if "nearest" in values:
        return filled(N_("did you mean `{nearest}`?"), values)
    if "known" in values:
        return filled(N_("known: {known}"), values)
    return ""


def _quoted(values: Mapping[str, Value]) -> dict[str, Value]:
    """What the user wrote as it can be quoted in a sentence: on one line, and not for ever."""
    return {
        name: _short(value) if isinstance(value, str) else value for name, value in values.items()
    }


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_QUOTE else line[: LONGEST_QUOTE - 1].rstrip() + "…"


def _shown(value: Value, values: Mapping[str, Value]) -> str:
    match value:
        case Word():
            # A word of ours may have a slot of its own.
            others = {name: item for name, item in values.items() if not isinstance(item, Word)}
            return _(value.english).format_map(others)
        case tuple():
            return names_in_words([f"`{item}`" for item in value])
        case _:
            return str(value)
