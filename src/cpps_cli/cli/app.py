"""The command line: the common options, and the commands by name until one of them is asked for."""

import sys
from typing import Annotated

import typer
from typer import _completion_classes as completion
from typer.core import TyperGroup, TyperOption

from cpps_cli import __version__
from cpps_cli.cli.commands import COMMANDS
from cpps_cli.cli.lazy import Commands, LazyCommand
from cpps_cli.cli.verb import DataOption, DebugOption, LangOption, VerboseOption
from cpps_cli.i18n.catalogue import N_, _

app = typer.Typer(
    name="cpps",
    cls=Commands,
    help=_("Keep the texts of a prevention and security contract and of its local contracts."),
    epilog=_("Example: cpps derive --arrondissement 18"),
    no_args_is_help=True,
    rich_markup_mode=None,
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


def _without_markup(text: str) -> str:
    """What completion says of a name: without markup, which Typer would look for with Rich."""
    return text


def command_line() -> TyperGroup:
    """The group of all commands, each known by name and help alone."""
    group = typer.main.get_command(app)
    assert isinstance(group, TyperGroup)
    for section, name, help, example in COMMANDS:
        group.add_command(LazyCommand(section, name, help, example))
    for option in group.params:
        if isinstance(option, TyperOption) and option.name in _COMPLETION:
            option.help = _COMPLETION[option.name]
    return group


def run(argv: list[str]) -> int:
    """Runs the command line and returns its exit code."""
    completion._sanitize_help_text = _without_markup  # noqa: SLF001 (there is no other way)
    try:
        command_line()(args=argv, prog_name="cpps")
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 1
    return 0
