"""The options that several verbs take, and how what people write in them is read."""

import re
from collections.abc import Callable
from datetime import date
from typing import Annotated, Any, Literal

import typer

from cpps_cli.cli.complete import complete_contract, complete_sheet, complete_territory
from cpps_cli.formats.registry import AnswerFormat
from cpps_cli.i18n.catalogue import _

Complete = Callable[[str], list[tuple[str, str]]]


def option(
    *names: str,
    help: str = "",
    complete: Complete | None = None,
    show_default: bool = False,
    **settings: Any,
) -> Any:
    """Declares an option of these names; its help says of the default what is worth knowing."""
    settings |= {"help": help, "autocompletion": complete, "show_default": show_default}
    return typer.Option(*names, **settings)


def argument(
    *, help: str, complete: Complete | None = None, show_default: bool = False, **settings: Any
) -> Any:
    """Declares an argument in the same way."""
    settings |= {"help": help, "autocompletion": complete, "show_default": show_default}
    return typer.Argument(**settings)


_ISO = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})$")
_FRENCH = re.compile(r"^(\d{1,2})/(\d{1,2})/(\d{4})$")


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
    option(
        "--format",
        "-f",
        metavar="FORMAT",
        help=_("How it is written: table, json, csv or markdown."),
    ),
]
DialectOption = Annotated[
    Literal["plain", "excel"],
    option(
        "--dialect", metavar="NAME", help=_("For csv: plain, or excel, which a French Excel opens.")
    ),
]
ContractOption = Annotated[
    str | None,
    option(
        "--contract",
        "-c",
        metavar="ID",
        help=_("Another contract than the library's own."),
        complete=complete_contract,
    ),
]
SheetOption = Annotated[
    str | None,
    option(
        "--sheet",
        metavar="SHEET",
        help=_("Only this sheet of the parent, by code or number."),
        complete=complete_sheet,
    ),
]
OnlyContractOption = Annotated[
    str | None,
    option(
        "--contract", "-c", metavar="ID", help=_("Only this contract."), complete=complete_contract
    ),
]
ArrondissementOption = Annotated[
    str | None,
    option(
        "--arrondissement",
        "-a",
        metavar="N",
        help=_("18, 18e or 75118; `--territory` is the same, for any other place."),
        complete=complete_territory,
    ),
]
ProvenanceOption = Annotated[
    bool,
    option("--provenance", help=_("Say of each value where it comes from: origin, file and line.")),
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
    option(
        "--on",
        metavar="DATE",
        parser=a_day,
        help=_("The day the question is about; today if none is given."),
    ),
]
