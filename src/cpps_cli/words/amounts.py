"""Indicators and figures as people write them, in the language spoken."""

from cpps_cli.model import Indicator, IndicatorValue
from cpps_cli.words.catalogue import _, language


def amount_in_words(item: IndicatorValue) -> str:
    """« plus de 300 », "about 50", "131"; a dash where only words are known."""
    if item.value is None:
        return "–"
    figure = figure_in_words(item.value)
    if item.at_least:
        return _("more than {figure}").format(figure=figure)
    return _("about {figure}").format(figure=figure) if item.about else figure


def figure_in_words(value: float) -> str:
    """« 12 000 », « 88,5 »; "12,000", "88.5"."""
    written = f"{value:,}"
    if language() == "fr":
        return written.replace(",", "\N{NARROW NO-BREAK SPACE}").replace(".", ",")
    return written


def measure_in_words(indicator: Indicator) -> str:
    """Its unit, what exactly is counted, how often, and what is aimed at."""
    said = (
        (_("Unit: {text}."), indicator.unit),
        (_("Definition: {text}."), indicator.definition),
        (_("Measured: {text}."), indicator.every),
        (_("Target: {text}."), indicator.target),
    )
    return " ".join(pattern.format(text=text.rstrip(".")) for pattern, text in said if text)
