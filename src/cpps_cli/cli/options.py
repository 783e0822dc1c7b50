"""The options that several verbs take, and how what people write in them is read."""

import re
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

import typer

from cpps_cli.formats.registry import AnswerFormat
from cpps_cli.i18n.catalogue import _

_ISO = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})$")
_FRENCH = re.compile(r"^(\d{1,2})/(\d{1,2})/(\d{4})$")


def complete_territory(incomplete: str) -> list[tuple[str, str]]:
    """Arrondissements for which the library's contract is derived, at the keyboard."""
    from cpps_cli.library.locate import territory_names

    return _offered(territory_names, incomplete)


def complete_sheet(incomplete: str) -> list[tuple[str, str]]:
    """Sheets at the keyboard, by number and by code, with their titles."""
    from cpps_cli.library.locate import sheet_names

    return _offered(sheet_names, incomplete)


def complete_contract(incomplete: str) -> list[tuple[str, str]]:
    """Contracts at the keyboard, with their titles."""
    from cpps_cli.library.locate import contract_names

    return _offered(contract_names, incomplete)


def _offered(
    names: Callable[[Path], Iterable[tuple[str, str]]], incomplete: str
) -> list[tuple[str, str]]:
    """The names of the library that begin so; none where no library can be read."""
    import os

    from cpps_cli.diagnostics import CppsError
    from cpps_cli.library.locate import find_library

    try:
        root = find_library(None, os.environ, Path.cwd()).path
        found = [(name, about) for name, about in names(root) if name.startswith(incomplete)]
    except (CppsError, OSError):
        return []
    return [(name, _on_one_line(about)) for name, about in found if name.isprintable()]


def _on_one_line(about: str) -> str:
    import textwrap

    from cpps_cli.i18n.catalogue import inert

    # A shell takes each line for a word, and may take what stands in square brackets for a pattern.
    plain = inert(about).replace("[", "(").replace("]", ")")
    return textwrap.shorten(plain, 60, placeholder=" …")


def day_of(text: str) -> date | None:
    """The day that `2017-09-01` or `01/09/2017` names; None where there is no such day."""
    if found := _ISO.match(text.strip()):
        year, month, day = (int(part) for part in found.groups())
    elif found := _FRENCH.match(text.strip()):
        day, month, year = (int(part) for part in found.groups())
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def a_day(text: str) -> date:
    """A day as people write it: 2017-09-01, or 01/09/2017."""
    day = day_of(text)
    if day is None:
        message = _("`{text}` is not a day; write it as 2017-09-01").format(text=text)
        raise typer.BadParameter(message)
    return day


FormatOption = Annotated[
    AnswerFormat,
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
SheetOption = Annotated[
    str | None,
    typer.Option(
        "--sheet",
        metavar="SHEET",
        help=_("Only this sheet of the parent, by code or number."),
        autocompletion=complete_sheet,
        show_default=False,
    ),
]
OnlyContractOption = Annotated[
    str | None,
    typer.Option(
        "--contract",
        "-c",
        metavar="ID",
        help=_("Only this contract."),
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
ProvenanceOption = Annotated[
    bool,
    typer.Option(
        "--provenance", help=_("Say of each value where it comes from: origin, file and line.")
    ),
]


def refuse_provenance(
    asked: bool, *, all: bool = False, output: bool = False, format: AnswerFormat
) -> None:
    """Ends the run where `--provenance` goes with another option that has no room for it."""
    from cpps_cli.diagnostics import N_, CppsError

    if not asked:
        return
    if all:
        raise CppsError("`--provenance` is of one contract: say which with `--arrondissement N`")
    if output:
        raise CppsError("`--provenance` is shown, not written: leave out `--output`")
    if format == "csv":
        raise CppsError(
            "`--provenance` has no room in this csv",
            help=N_("`cpps trace SHEET --format csv` has a line for each value"),
        )


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
