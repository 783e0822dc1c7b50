"""What every verb shares: the common options, and how a run ends."""

import errno
import inspect
import os
import sys
from collections.abc import Callable
from typing import Annotated, Any, Literal

import typer

from cpps_cli.cli.commands import OWN
from cpps_cli.cli.options import option
from cpps_cli.cli.session import Session
from cpps_cli.diagnostics import CppsError
from cpps_cli.i18n.catalogue import _

DONE, CANNOT, INTERRUPTED = 0, 2, 130
_NO_ROOM = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}

_COMMON = _("Common options")
DataOption = Annotated[
    str | None,
    option(
        "--data",
        metavar="DIR",
        help=_("The library to read; else CPPS_DATA, the nearest folder, or Paris."),
        rich_help_panel=_COMMON,
    ),
]
LangOption = Annotated[
    Literal["fr", "en"] | None,
    option(
        "--lang",
        help=_("The language shown; else CPPS_LANG, or that of the system."),
        rich_help_panel=_COMMON,
    ),
]
VerboseOption = Annotated[
    bool, option("--verbose", help=_("Say which library is read."), rich_help_panel=_COMMON)
]
DebugOption = Annotated[bool, option("--debug", hidden=True)]
Verb = Callable[..., int]


def verb(function: Verb) -> Callable[..., None]:
    """A Typer command of a function `(session, …) -> exit code`, with the common options added."""
    own = list(inspect.signature(function, eval_str=True).parameters.values())[1:]
    common = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=kind)
        for name, default, kind in (
            ("data", None, DataOption),
            ("lang", None, LangOption),
            ("verbose", False, VerboseOption),
            ("debug", False, DebugOption),
        )
    ]
    context = inspect.Parameter("context", inspect.Parameter.KEYWORD_ONLY, annotation=typer.Context)
    own_only = function.__name__.replace("_", "-") in OWN
    named = [parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY) for parameter in own]

    def command(**values: Any) -> None:
        outer = values.pop("context").obj or {}
        asked = {name: values.pop(name) or outer.get(name) for name in ("data", "verbose", "debug")}
        values.pop("lang")  # chosen before Typer was imported
        session = Session(asked["data"], verbose=bool(asked["verbose"]), own=own_only)
        raise typer.Exit(_ended(function, session, values, debug=bool(asked["debug"])))

    command.__name__ = function.__name__
    command.__doc__ = None
    command.__signature__ = inspect.Signature([*named, *common, context])  # type: ignore[attr-defined]
    return command


def _ended(function: Verb, session: Session, values: dict[str, Any], *, debug: bool) -> int:
    """Runs a verb; whatever happens ends in an exit code and at most one sentence."""
    try:
        code = function(session, **values)
        sys.stdout.flush()
    except CppsError as end:
        session.say_error(end)
        return end.exit_code
    except KeyboardInterrupt:
        return INTERRUPTED
    except OSError as wrong:
        return _output_failed(session, wrong, debug=debug)
    except typer.Exit:
        raise
    except Exception as bug:
        if debug or _is_usage(bug):
            raise
        session.say_bug(bug)
        return CANNOT
    return code


def _is_usage(bug: Exception) -> bool:
    """Whether Typer knows how to say it: a wrong option or value."""
    return hasattr(bug, "exit_code")


def _output_failed(session: Session, wrong: OSError, *, debug: bool) -> int:
    if wrong.errno in (errno.EPIPE, errno.EINVAL) and not wrong.filename:
        # Who read us has gone (`| head`): nothing is left to say. Windows says EINVAL.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    if debug:
        raise wrong
    if wrong.errno in _NO_ROOM:
        # What is left in the buffer would fail once more when Python ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        session.say_error(CppsError("the answer cannot be written: the disk is full"))
    else:
        session.say_bug(wrong)
    return CANNOT
