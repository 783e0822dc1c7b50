"""`cpps explain` says what a code means."""

from typing import Annotated, Any, Literal

import typer

from cpps_cli.cli.session import Session
from cpps_cli.diagnostics import N_, CppsError, nearest
from cpps_cli.diagnostics.codes import CODES
from cpps_cli.i18n.catalogue import _


def complete_code(incomplete: str) -> list[tuple[str, str]]:
    """The codes at the keyboard, with their titles."""
    wanted = incomplete.upper()
    return [(code.id, _(code.title)) for code in CODES.values() if code.id.startswith(wanted)]


def explain(
    session: Session,
    code: Annotated[
        str | None,
        typer.Argument(
            metavar="[CODE]",
            help=_("A code such as CP203. (all of them, a line each)"),
            autocompletion=complete_code,
            show_default=False,
        ),
    ] = None,
    format: Annotated[
        Literal["table", "json", "markdown"],
        typer.Option("--format", "-f", help=_("How the answer is written.")),
    ] = "table",
) -> int:
    """Explains one code, or lists them all."""
    from cpps_cli.present.sections.faults import explanation, explanations

    if code is None:
        session.show(explanations(CODES.values()), format)
        return 0
    found = CODES.get(code.strip().upper())
    if found is None:
        values: dict[str, Any] = {"name": code, **nearest(code.strip().upper(), CODES)}
        raise CppsError(
            "there is no code `{name}`", help=N_("`cpps explain` lists them all"), **values
        )
    session.show(explanation(found), format)
    return 0
