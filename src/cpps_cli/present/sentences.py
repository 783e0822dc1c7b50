"""The sentences of a diagnostic or a dead end, in the language of the run."""

from collections.abc import Mapping

from cpps_cli.diagnostics import Diagnostic, Value, Word
from cpps_cli.i18n.catalogue import N_, _, inert, language, names_in_words

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
