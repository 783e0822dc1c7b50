"""One file for each verb: it reads its arguments, asks a room, shows the answer.

Only this room knows Typer, the clock and the environment. Nothing heavy is imported at the top of
its modules (no model, no Rich): help and completion must come at once.
"""

from cpps_cli.cli.entry import main

__all__ = ["main"]
