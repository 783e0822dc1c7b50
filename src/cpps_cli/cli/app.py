"""The command line: the common options, and the commands by name until one of them is asked for.

Their help is plain text: Rich, with all that it imports, would take longer than the rest of a run.
"""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Annotated, Any

import typer
from typer import _completion_classes as completion
from typer._completion_shared import Shells
from typer.core import TyperCommand, TyperGroup, TyperOption

from cpps_cli import __version__
from cpps_cli.cli.commands import COMMANDS, module_of
from cpps_cli.cli.verb import DataOption, DebugOption, LangOption, VerboseOption, verb
from cpps_cli.i18n.catalogue import N_, _, inert

Row = tuple[str, str]
WIDEST = 30  # past that, click puts the second column on the next line


class LazyCommand(TyperCommand):
    """A command whose module is imported when its options are asked for."""

    def __init__(self, section: str, name: str, help: str, example: str) -> None:
        epilog = _("Example: {command}").format(command=example)
        super().__init__(name, help=help, epilog=epilog, rich_markup_mode=None)
        self.section = section

    def get_params(self, ctx: typer.Context) -> list[Any]:  # type: ignore[override]
        """The options, which click asks for before it runs the command."""
        if self.callback is None:
            alone = typer.Typer(add_completion=False)
            alone.command()(verb(function_of(str(self.name))))
            whole = typer.main.get_command(alone)
            self.params, self.callback = whole.params, whole.callback
        return super().get_params(ctx)

    def format_options(self, ctx: typer.Context, formatter: Any) -> None:  # type: ignore[override]
        """The options in help, under the headings of their panels."""
        write_sections(formatter, options_of(self, ctx))


class Commands(TyperGroup):
    """The commands in help, under the headings of their sections, then the common options.

    What a refusal of theirs quotes of the user is made inert: a terminal only shows it.
    """

    def make_context(self, *arguments: Any, **named: Any) -> Any:
        with _inert_refusals():
            return super().make_context(*arguments, **named)

    def invoke(self, ctx: Any) -> Any:
        with _inert_refusals():
            return super().invoke(ctx)

    def format_options(self, ctx: typer.Context, formatter: Any) -> None:  # type: ignore[override]
        """The commands and the options that may stand before them."""
        commands = [item for item in self.commands.values() if isinstance(item, LazyCommand)]
        listed = [(item.section, (str(item.name), item.help or "")) for item in commands]
        write_sections(formatter, listed)
        write_sections(formatter, options_of(self, ctx))


def function_of(name: str) -> Callable[..., int]:
    """The function behind a command."""
    function: Callable[..., int] = getattr(import_module(module_of(name)), name.replace("-", "_"))
    return function


def options_of(command: Any, ctx: typer.Context) -> Iterable[tuple[str, Row]]:
    """The options and arguments that help lists, each with its heading; the common ones last."""
    params = command.get_params(ctx)
    found = [(_heading(param), param.get_help_record(ctx)) for param in params]
    return [(heading, row) for heading, row in found if row is not None]


def _heading(param: Any) -> str:
    if panel := getattr(param, "rich_help_panel", None):
        return str(panel)
    return _("Arguments") if param.param_type_name == "argument" else _("Options")


def write_sections(formatter: Any, rows: Iterable[tuple[str, Row]]) -> None:
    """Rows in two columns, under their headings in the order in which those first come."""
    rows = list(rows)
    width = max(len(name) for _heading, (name, _help) in rows if len(name) <= WIDEST)
    sections: dict[str, list[Row]] = {}
    for heading, (name, help) in rows:
        sections.setdefault(heading, []).append((name.ljust(width), help))
    for heading, section in sections.items():
        formatter.write_paragraph()
        formatter.write(typer.style(heading, bold=True) + "\n")
        with formatter.indentation():
            formatter.write_dl(section)


@contextmanager
def _inert_refusals() -> Iterator[None]:
    try:
        yield
    except Exception as refused:
        # A refusal of Typer's has its sentence in `message`; ours are said elsewhere. That of a run
        # without a command is our own help, in bold letters where a terminal has them.
        if hasattr(refused, "format_message") and type(refused).__name__ != "NoArgsIsHelpError":
            vars(refused)["message"] = inert(vars(refused)["message"])
        raise


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


# What Typer says of its own options does not go through gettext, and they take no shell.
_COMPLETION = {
    "install_completion": _("Install completion for this shell, or for the one that is named."),
    "show_completion": _(
        "Show completion for this shell, or for the one that is named, to copy or to change it."
    ),
}
# One sentence of click before and since 8.4: marked here, both stay in the catalogues whichever is
# installed.
_OF_CLICK = (N_("No such option: {name}"), N_("No such option {name!r}."))


class ShellOption(TyperOption):
    """An option of Typer's own for completion, which may name a shell; else that of the run."""

    def __init__(self, name: str, callback: Callable[..., Any], help: str) -> None:
        known = typer.main.get_click_type(
            annotation=Shells, parameter_info=typer.models.ParameterInfo()
        )
        super().__init__(
            param_decls=[name],
            type=known,
            callback=callback,
            help=help,
            metavar="[SHELL]",
            is_flag=False,
            expose_value=False,
        )
        self._flag_needs_value, self.flag_value = True, True  # Typer passes neither on

    def type_cast_value(self, ctx: typer.Context, value: Any) -> Any:  # type: ignore[override]
        """True where no shell is named, for which Typer finds out the one of the run."""
        if value is True:
            return value
        shell = super().type_cast_value(ctx, value)
        return shell.value if isinstance(shell, Shells) else shell


def _naming_a_shell(option: Any) -> Any:
    help = _COMPLETION.get(option.name)
    return option if help is None else ShellOption(option.opts[0], option.callback, help)


def _without_markup(text: str) -> str:
    """What completion says of a name: without markup, which Typer would look for with Rich."""
    return text


def command_line() -> TyperGroup:
    """The group of all commands, each known by name and help alone."""
    group = typer.main.get_command(app)
    assert isinstance(group, TyperGroup)
    for section, name, help, example in COMMANDS:
        group.add_command(LazyCommand(section, name, help, example))
    group.params = [_naming_a_shell(option) for option in group.params]
    return group


def run(argv: list[str]) -> int:
    """Runs the command line and returns its exit code."""
    completion._sanitize_help_text = _without_markup  # noqa: SLF001 (there is no other way)
    try:
        command_line()(args=argv, prog_name="cpps")
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 1
    return 0
