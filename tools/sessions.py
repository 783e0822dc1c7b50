"""Run the sessions that the documents show, and bring what they print up to date.

    python tools/sessions.py           run them, write what they print
    python tools/sessions.py --check   change nothing; say which differ, exit 1

A session is a ```console block: each line that begins with `$ ` is typed in a terminal of 80
columns, and what follows is what it prints. The blocks of one document run one after the other in
one folder of their own.
"""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = {
    "README.md": "en",
    "README.fr.md": "fr",
    "docs/tutorial.md": "en",
    "docs/calendar-and-reminders.md": "en",
    "docs/renegotiation.md": "en",
}
BLOCK = re.compile(r"(```console\n)(.*?)(```)", re.DOTALL)


def main(arguments: list[str]) -> int:
    """Exit status: 0 when current or brought up to date, 1 when not, 2 on a wrong argument."""
    if arguments not in ([], ["--check"]):
        print(__doc__, file=sys.stderr)
        return 2
    stale = []
    for name, language in DOCUMENTS.items():
        path = ROOT / name
        before = path.read_text(encoding="utf-8")
        now = played(before, language)
        if now != before:
            stale.append(name)
            if not arguments:
                path.write_text(now, encoding="utf-8", newline="\n")
    print("\n".join(f"{name}: its sessions print something else" for name in stale), end="")
    return 1 if stale and arguments else 0


def played(text: str, language: str) -> str:
    """The document with what its commands print today."""
    with tempfile.TemporaryDirectory() as folder:
        terminal = Terminal(Path(folder), language)
        return BLOCK.sub(lambda block: block[1] + terminal.session(block[2]) + block[3], text)


class Terminal:
    """A shell in a folder of its own, that knows the `cpps` of this environment."""

    def __init__(self, folder: Path, language: str) -> None:
        self.folder = folder
        self.where = folder / "here"
        self.where.mkdir()
        command = folder / "bin" / "cpps"
        command.parent.mkdir()
        script = f'#!/bin/sh\nexec "{sys.executable}" -m cpps_cli "$@"\n'
        command.write_text(script, encoding="utf-8")
        command.chmod(0o755)
        kept = {name: value for name, value in os.environ.items() if not name.startswith("CPPS_")}
        self.environment = {
            **kept,
            "PATH": f"{command.parent}{os.pathsep}{os.environ['PATH']}",
            "COLUMNS": "80",
            "NO_COLOR": "1",
            "CPPS_LANG": language,
        }

    def session(self, block: str) -> str:
        """A block with what each of its commands prints."""
        commands = [line for line in block.splitlines() if line.startswith("$ ")]
        return "".join(f"{line}\n{self.typed(line[2:])}" for line in commands)

    def typed(self, command: str) -> str:
        """What a line prints, on both streams; `cd` holds for the next one."""
        after = self.folder / "after"
        done = subprocess.run(
            ["bash", "-c", f'{command}\npwd >"{after}"'],
            cwd=self.where,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        self.where = Path(after.read_text(encoding="utf-8").strip())
        return done.stdout.decode()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
