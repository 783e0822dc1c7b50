"""The commands, in the order in which help lists them."""

import sys
from collections.abc import Callable
from typing import Annotated

import typer
from typer.core import TyperOption

from cpps_cli import __version__
from cpps_cli.cli import (
    calendar,
    check,
    compare,
    coverage,
    derive,
    diff,
    disputes,
    explain,
    export,
    history,
    import_sheets,
    init,
    list_actions,
    list_contracts,
    list_programmes,
    migrate,
    pin,
    record,
    renegotiation_status,
    schema,
    show,
    start,
    timeline,
    trace,
    update,
)
from cpps_cli.cli.usage import InertGroup
from cpps_cli.cli.verb import DataOption, DebugOption, LangOption, VerboseOption, verb
from cpps_cli.words.catalogue import N_, _

app = typer.Typer(
    name="cpps",
    help=_("Keep the texts of a prevention and security contract and of its local contracts."),
    epilog=_("Example: cpps derive --arrondissement 18"),
    cls=InertGroup,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    suggest_commands=False,  # in English only, and click 8.4 makes the same suggestion
    context_settings={"help_option_names": ["--help", "-h"]},
)


def _version(asked: bool) -> None:
    if asked:
        sys.stdout.write(f"cpps {__version__}\n")
        raise typer.Exit


@app.callback()
def common(
    context: typer.Context,
    data: DataOption = None,
    lang: LangOption = None,
    verbose: VerboseOption = False,
    debug: DebugOption = False,
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help=_("Print the version.")),
    ] = False,
) -> None:
    """The common options, before the verb."""
    context.obj = {"data": data, "verbose": verbose, "debug": debug}


_READ, _CHECK, _WRITE = _("Read and derive"), _("Check and explain"), _("Write in your own library")
_COMMANDS: tuple[tuple[str, str, Callable[..., int], tuple[str, str]], ...] = (
    (_READ, "list-actions", list_actions.list_actions, list_actions.HELP),
    (_READ, "show", show.show, show.HELP),
    (_READ, "derive", derive.derive, derive.HELP),
    (_READ, "coverage", coverage.coverage, coverage.HELP),
    (_READ, "compare", compare.compare, compare.HELP),
    (_READ, "trace", trace.trace, trace.HELP),
    (_READ, "history", history.history, history.HELP),
    (_READ, "diff", diff.diff, diff.HELP),
    (
        _READ,
        "renegotiation-status",
        renegotiation_status.renegotiation_status,
        renegotiation_status.HELP,
    ),
    (_READ, "calendar", calendar.calendar, calendar.HELP),
    (_READ, "timeline", timeline.timeline, timeline.HELP),
    (_READ, "list-contracts", list_contracts.list_contracts, list_contracts.HELP),
    (_READ, "list-programmes", list_programmes.list_programmes, list_programmes.HELP),
    (_READ, "disputes", disputes.disputes, disputes.HELP),
    (_READ, "export", export.export, export.HELP),
    (_CHECK, "check", check.check, check.HELP),
    (_CHECK, "explain", explain.explain, explain.HELP),
    (_CHECK, "schema", schema.schema, schema.HELP),
    (_WRITE, "init", init.init, init.HELP),
    (_WRITE, "start", start.start, start.HELP),
    (_WRITE, "pin", pin.pin, pin.HELP),
    (_WRITE, "update", update.update, update.HELP),
    (_WRITE, "record", record.record, record.HELP),
    (_WRITE, "migrate", migrate.migrate, migrate.HELP),
    (_WRITE, "import-sheets", import_sheets.import_sheets, import_sheets.HELP),
)
for _panel, _name, _function, (_help, _example) in _COMMANDS:
    app.command(
        _name,
        help=_help,
        epilog=_("Example: {command}").format(command=_example),
        rich_help_panel=_panel,
    )(verb(_function))


# What Typer says of its own options does not go through gettext.
_COMPLETION = {
    "install_completion": _("Install completion for the current shell."),
    "show_completion": _(
        "Show completion for the current shell, to copy it or customize the installation."
    ),
}
# One sentence of click before and since 8.4: marked here, both stay in the catalogues whichever is
# installed.
_OF_CLICK = (N_("No such option: {name}"), N_("No such option {name!r}."))


def run(argv: list[str]) -> int:
    """Runs the command line and returns its exit code."""
    command = typer.main.get_command(app)
    for option in command.params:
        if isinstance(option, TyperOption) and option.name in _COMPLETION:
            option.help = _COMPLETION[option.name]
    try:
        command(args=argv, prog_name="cpps")
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 1
    return 0
