"""Commands that are known by name and help alone, until one of them is asked for.

Their help is plain text: Rich, with all that it imports, would take longer than the rest of a run.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from cpps_cli.cli.verb import verb
from cpps_cli.i18n.catalogue import _, inert

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
    named = name.replace("-", "_")
    function: Callable[..., int] = getattr(import_module(f"cpps_cli.cli.{named}"), named)
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
        # A refusal of Typer's has its sentence in `message`; ours are said elsewhere.
        if hasattr(refused, "format_message"):
            vars(refused)["message"] = inert(vars(refused)["message"])
        raise
