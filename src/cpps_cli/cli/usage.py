"""What Typer says of a wrong option: it quotes the user, and what it quotes is made inert."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from typer.core import TyperGroup

from cpps_cli.i18n.text import inert


class InertGroup(TyperGroup):
    """The group of our commands, whose refusals a terminal only shows."""

    def make_context(self, *arguments: Any, **named: Any) -> Any:
        with _inert_refusals():
            return super().make_context(*arguments, **named)

    def invoke(self, ctx: Any) -> Any:
        with _inert_refusals():
            return super().invoke(ctx)


@contextmanager
def _inert_refusals() -> Iterator[None]:
    try:
        yield
    except Exception as refused:
        # A refusal of Typer's has its sentence in `message`; ours are said elsewhere.
        if hasattr(refused, "format_message"):
            vars(refused)["message"] = inert(vars(refused)["message"])
        raise
