"""The options that several verbs take, and how what people write in them is read."""

from datetime import date
from pathlib import Path
from typing import Annotated, Literal

import typer

from cpps_cli.render.words import _


def complete_territory(incomplete: str) -> list[tuple[str, str]]:
    """Arrondissements at the keyboard, from file names and keys alone."""
    from cpps_cli.store.names import territory_names

    return [pair for pair in territory_names(_root()) if pair[0].startswith(incomplete)]


def complete_sheet(incomplete: str) -> list[str]:
    """Sheets at the keyboard, from file names alone."""
    from cpps_cli.store.names import sheet_codes

    return [code for code in sheet_codes(_root()) if code.startswith(incomplete)]


def complete_contract(incomplete: str) -> list[str]:
    """Contracts at the keyboard, from folder names alone."""
    from cpps_cli.store.names import contract_ids

    return [name for name in contract_ids(_root()) if name.startswith(incomplete)]


def _root() -> Path:
    import os

    from cpps_cli.store.finding import find_library

    return find_library(None, os.environ, Path.cwd()).path


def a_day(text: str) -> date:
    """A day as people write it: 2017-09-01, or 01/09/2017."""
    from cpps_cli.cli.days import day_of

    day = day_of(text)
    if day is None:
        message = _("`{text}` is not a day; write it as 2017-09-01").format(text=text)
        raise typer.BadParameter(message)
    return day


Tables = Literal["table", "json", "csv", "markdown"]
FormatOption = Annotated[
    Tables,
    typer.Option(
        "--format",
        "-f",
        metavar="FORMAT",
        help=_("How it is written: table, json, csv or markdown."),
        show_default=False,
    ),
]
DialectOption = Annotated[
    Literal["plain", "excel"],
    typer.Option(
        "--dialect",
        metavar="NAME",
        help=_("For csv: plain, or excel, which a French Excel opens."),
        show_default=False,
    ),
]
ContractOption = Annotated[
    str | None,
    typer.Option(
        "--contract",
        "-c",
        metavar="ID",
        help=_("Another contract than the library's own."),
        autocompletion=complete_contract,
        show_default=False,
    ),
]
ArrondissementOption = Annotated[
    str | None,
    typer.Option(
        "--arrondissement",
        "-a",
        metavar="N",
        help=_("18, 18e or 75118; `--territory` is the same, for any other place."),
        autocompletion=complete_territory,
        show_default=False,
    ),
]
OnOption = Annotated[
    date | None,
    typer.Option(
        "--on",
        metavar="DATE",
        parser=a_day,
        help=_("The day the question is about; today if none is given."),
        show_default=False,
    ),
]
