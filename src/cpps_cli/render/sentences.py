"""The sentences of a diagnostic or a dead end, in the language of the run."""

from collections.abc import Mapping

from cpps_cli.diagnostics import CODES, Diagnostic, Word
from cpps_cli.diagnostics.diagnostic import Value
from cpps_cli.render.printing import inert
from cpps_cli.render.words import _


def filled(message: str, values: Mapping[str, Value]) -> str:
    """A message id in the language of the run, with its values."""
    shown = {name: _shown(value, values) for name, value in values.items()}
    return inert(_(message).format_map(shown)) if message else ""


def message(diagnostic: Diagnostic) -> str:
    """What is wrong."""
    return filled(CODES[diagnostic.code].message, diagnostic.values)


def label(diagnostic: Diagnostic) -> str:
    """What stands under the caret."""
    return filled(CODES[diagnostic.code].label, diagnostic.values)


def remedy(diagnostic: Diagnostic) -> str:
    """What to do: the nearest name that exists, and what the code says."""
    said = (suggestion(diagnostic.values), filled(CODES[diagnostic.code].help, diagnostic.values))
    return "; ".join(filter(None, said))


def suggestion(values: Mapping[str, Value]) -> str:
    """The name that was probably meant, or those there are; "" where neither is known."""
    if "nearest" in values:
        return filled("did you mean `{nearest}`?", values)
    if "known" in values:
        return filled("known: {known}", values)
    return ""


def _shown(value: Value, values: Mapping[str, Value]) -> str:
    match value:
        case Word():
            # A word of ours may have a slot of its own.
            others = {name: item for name, item in values.items() if not isinstance(item, Word)}
            return _(value.english).format_map(others) if "{" in value.english else _(value.english)
        case tuple():
            return ", ".join(f"`{item}`" for item in value)
        case _:
            return str(value)
