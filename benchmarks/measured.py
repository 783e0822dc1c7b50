"""A command with what it took: seconds, and the memory of all its processes together."""

import os
import subprocess
import threading
import time
from dataclasses import dataclass
from pathlib import Path

OFTEN = 0.05  # seconds between two looks at the memory


@dataclass(frozen=True, slots=True)
class Cost:
    """`seconds` on the clock, `cpu` those of all processes, `memory` their peak together in MB.

    `written` is how many bytes the command wrote, `code` how it ended.
    """

    seconds: float
    cpu: float
    memory: float
    written: int
    code: int


def measured(command: list[str], environment: dict[str, str], folder: Path | None = None) -> Cost:
    """Runs a command to its end; what it says is counted and thrown away."""
    before, start = os.times(), time.perf_counter()
    run = subprocess.Popen(
        command, env=environment, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    watch = _Watch(run.pid)
    watch.start()
    written = 0
    if run.stdout is not None:
        while told := run.stdout.read(1 << 20):
            written += len(told)
    code = run.wait()
    seconds, after = time.perf_counter() - start, os.times()
    watch.join()
    cpu = after.children_user + after.children_system
    cpu -= before.children_user + before.children_system
    return Cost(seconds, cpu, watch.peak / 1_000_000, written, code)


class _Watch(threading.Thread):
    """Looks at a process and those that it began; keeps the most that they held at one time.

    What processes share is counted once (`Pss`, proportional set size): added up, `ru_maxrss`
    would count the same pages of memory for each of them, at moments that are not the same.
    """

    def __init__(self, process: int) -> None:
        super().__init__(daemon=True)
        self.process = process
        self.peak = 0

    def run(self) -> None:
        """Looks until the process has ended."""
        while found := _held(self.process):
            self.peak = max(self.peak, found)
            time.sleep(OFTEN)


def _held(process: int) -> int:
    """The bytes that a process and its children hold; 0 once it has ended."""
    try:
        children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
        return _pss(process) + sum(_held(int(child)) for child in children)
    except (FileNotFoundError, ProcessLookupError, PermissionError):
        return 0


def _pss(process: int) -> int:
    lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    return sum(1024 * int(line.split()[1]) for line in lines if line.startswith("Pss:"))
