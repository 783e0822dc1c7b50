"""The command `cpps`, which answers `--version` before it imports anything slow."""

import gc
import os
import sys

from cpps_cli import __version__


def main() -> int:
    """Exit status of the command line given in `sys.argv`; 130 when interrupted, even early."""
    arguments = sys.argv[1:]
    try:
        if arguments == ["--version"]:
            print(f"cpps {__version__}", flush=True)
            return 0
        from cpps_cli.cli import main as run

        return run(arguments)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Nobody reads any more. Python would still complain when it empties its buffer at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    finally:
        gc.freeze()  # the process ends: what it holds needs no last look for cycles


if __name__ == "__main__":
    sys.exit(main())
