"""A command that writes, broken off or disturbed: rounds of it, each judged by what is on disk.

Children are forks of this process, which has imported everything: a round takes no start. What is
done to them is done by the system: a signal, a disk without room, permissions that are gone.
"""

import ctypes
import gc
import io
import os
import random
import resource
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import chdir, contextmanager, redirect_stderr, redirect_stdout, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Literal, assert_never

from cpps_cli.cli import main
from tests.hostile.writing import DESCRIPTOR, Way, held, is_described, unfinished

Breaking = Literal["killed", "full", "refused", "changed", "together"]
BREAKINGS: tuple[Breaking, ...] = ("killed", "full", "refused", "changed", "together")
Held = dict[str, bytes]
Begin = Callable[[], None]
_WRITING = {"os.rename", "os.remove", "os.chmod", "os.link", "os.mkdir", "os.rmdir", "fcntl.flock"}
FOREIGN = b"# un autre programme\n"
_PAGE = 4096
_POWERS = sum(1 << power for power in (1, 2, 3))  # to pass over permissions, and over owners


class Broken(AssertionError):  # noqa: N818 - says what happened
    """Something was lost or mixed, or the next run does not work."""


@dataclass(frozen=True, slots=True)
class Judge:
    """What a folder may hold: all as before, all as a whole run leaves it, or files of both.

    What describes other files may be gone meanwhile: it is never found beside others than those.
    """

    way: Way
    begins: Path
    before: Held
    after: Held
    twice: Held

    def judge(self, folder: Path, *, also: Held | None = None) -> None:
        """Raises where a file is neither the old nor the new one, whole."""
        found = held(folder)
        for name in found.keys() | self.before.keys():
            may = [part.get(name) for part in (self.before, self.after, also or {})]
            may += [None] if name.endswith(DESCRIPTOR) else []
            self.hold(found.get(name) in may, folder, f"`{name}` is neither old nor new")
        for name in found:
            if name.endswith(DESCRIPTOR):
                self.hold(is_described(found, name), folder, f"`{name}` describes other tables")

    def hold(self, sound: bool, folder: Path, what: str) -> None:
        """Raises where `sound` is false, and keeps the folder to be looked at."""
        if not sound:
            kept = tempfile.mkdtemp(prefix="cpps-broken-")
            shutil.copytree(folder, kept, symlinks=True, dirs_exist_ok=True)
            raise Broken(f"{self.way.name}: {what} (look into {kept})")

    def next_run_works(self, folder: Path) -> None:
        """Where it was not done yet, the same command does it now; nothing of ours is left."""
        if held(folder) != self.after:
            code = ended(folder, self.way.command)
            self.hold(code == 0, folder, f"the next run ends with {code}")
            self.hold(held(folder) == self.after, folder, "the next run does something else")
        else:
            # Done before it was broken off: the next run of any kind clears up.
            ended(folder, self.way.command)
        self.hold(not unfinished(folder), folder, "something half made is left")


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """Whole runs of one way: what they leave, how many steps one takes, and how long it lasts."""

    judge: Judge
    steps: tuple[int, float]


def rehearsed(way: Way, work: Path) -> Rehearsal:
    """Runs a command as it should run, first in this process: children have what it imports."""
    with (
        chdir(way.built(work / "warmed")),
        redirect_stdout(io.StringIO()),
        redirect_stderr(io.StringIO()),
    ):
        main(way.command)
    begins = way.built(work / "begins")
    shutil.copytree(begins, work / "after")
    code = ended(work / "after", way.command)
    twice = _twice(way, work / "after", work / "twice")
    judge = Judge(way, begins, held(begins), held(work / "after"), twice)
    judge.hold(code == 0 and judge.after != judge.before, work / "after", f"ends with {code}")
    return Rehearsal(judge, _steps(begins, work / "steps", way))


def rounds(rehearsal: Rehearsal, breaking: Breaking, number: int, work: Path, seed: int) -> int:
    """Plays so many rounds; returns how many were broken off before their end."""
    judge = rehearsal.judge
    drawn = random.Random(f"{seed} {judge.way.name} {breaking}")
    with _disk(work / "disk", breaking) as disk:
        gc.freeze()  # a child that collects would copy all of it
        early = 0
        for _round in range(number):
            folder = disk / "round"
            shutil.copytree(judge.begins, folder)
            early += _round_of(breaking)(judge, folder, drawn, rehearsal.steps)
            _removed(folder)
    return early


def _round_of(breaking: Breaking) -> "Round":
    match breaking:
        case "killed":
            return _killed
        case "full":
            return _full
        case "refused":
            return _refused
        case "changed":
            return _changed
        case "together":
            return _together
        case _:
            assert_never(breaking)


Round = Callable[[Judge, Path, random.Random, tuple[int, float]], bool]

# --- what is done to a run


def _killed(judge: Judge, folder: Path, drawn: random.Random, steps: tuple[int, float]) -> bool:
    """At one of the steps at which it does something to a file, or at any moment."""
    many, lasts = steps
    if drawn.random() < 0.75:
        step = drawn.randint(1, many)
        child = _started(folder, judge.way.command, lambda: _at_step(step, _die))
    else:
        child = _started(folder, judge.way.command)
        time.sleep(drawn.uniform(0, lasts))
        os.kill(child, signal.SIGKILL)
    killed = os.WIFSIGNALED(_waited(child))
    judge.judge(folder)
    judge.next_run_works(folder)
    return killed


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _full(judge: Judge, folder: Path, drawn: random.Random, steps: tuple[int, float]) -> bool:
    """With room for some of what it would write: a disk of its own where one can be mounted, else
    a limit on the size of files.
    """
    if os.path.ismount(folder.parent):
        filler = folder.with_name("filler")
        need = sum(map(_pages, judge.after.values())) - sum(map(_pages, judge.before.values())) + 4
        _fill(filler, drawn.randint(0, max(need, 6)) * _PAGE)
        code = ended(folder, judge.way.command)
        filler.unlink()
    else:
        most = drawn.randint(0, max(map(len, judge.after.values())))
        code = ended(folder, judge.way.command, lambda: _limited(most))
    return _ended_well(judge, folder, code)


def _pages(content: bytes) -> int:
    return -(-len(content) // _PAGE)


def _fill(filler: Path, left: int) -> None:
    """All the room of the disk but some bytes."""
    free = os.statvfs(filler.parent).f_bavail * os.statvfs(filler.parent).f_frsize
    with filler.open("wb") as file:
        file.write(bytes(max(0, free - left)))


def _limited(most: int) -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))


def _refused(judge: Judge, folder: Path, drawn: random.Random, steps: tuple[int, float]) -> bool:
    """With the permission to write gone from a folder or a file of those that it needs, from the
    start or from one of its steps on.
    """
    touched = [name for name in judge.after if judge.after[name] != judge.before.get(name)]
    path = folder / drawn.choice(touched)
    while not path.exists():
        path = path.parent
    path = drawn.choice([path, path.parent if path != folder else path])
    mode = stat.S_IMODE(path.stat().st_mode)
    step = drawn.randint(0, steps[0])

    def begin() -> None:
        if step:
            _at_step(step, lambda: path.chmod(mode & ~0o222))
        else:
            path.chmod(mode & ~0o222)
        _without_powers()

    code = ended(folder, judge.way.command, begin)
    path.chmod(mode)
    return _ended_well(judge, folder, code)


def _ended_well(judge: Judge, folder: Path, code: int) -> bool:
    """It said that it could not, or it did it."""
    judge.hold(code in {0, 1, 2}, folder, f"ends with {code}")
    judge.judge(folder)
    if code == 0:
        judge.hold(held(folder) == judge.after, folder, "ends with 0, and is not done")
    judge.next_run_works(folder)
    return code != 0


def _changed(judge: Judge, folder: Path, drawn: random.Random, steps: tuple[int, float]) -> bool:
    """While another program writes in a file that it writes, or makes one that it makes."""
    touched = [name for name in judge.after if judge.after[name] != judge.before.get(name)]
    name = drawn.choice(touched)
    step = drawn.randint(1, steps[0])
    done = folder / "done"

    def other() -> None:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("ab") as file:
            file.write(FOREIGN)
        done.touch()

    code = ended(folder, judge.way.command, lambda: _at_step(step, other, before_renaming=True))
    was_done = done.exists()
    done.unlink(missing_ok=True)
    found = held(folder)
    judge.hold(code in {0, 1, 2}, folder, f"ends with {code}")
    if was_done and not judge.way.overwrites:
        judge.hold(FOREIGN in found.get(name, b""), folder, "what another wrote is lost")
    if was_done:
        found[name] = found[name].replace(FOREIGN, b"")
        if not found[name] and name not in judge.before:
            del found[name]
    for file in found:
        may = (judge.before.get(file), judge.after.get(file))
        judge.hold(found[file] in may, folder, f"`{file}` is neither old nor new")
    if was_done and not judge.way.is_edit:
        # Somebody else's file stays where ours was to go: once it is moved away, ours can come.
        for file in {name} & held(folder).keys():
            _restore(folder / file, judge.before.get(file))
            _without_empty_folders((folder / file).parent, folder, judge.begins)
    elif was_done:
        _restore(folder / name, found[name])
    judge.next_run_works(folder)
    return was_done and code != 0


def _restore(path: Path, content: bytes | None) -> None:
    if content is None:
        path.unlink()
    else:
        path.write_bytes(content)


def _without_empty_folders(made: Path, folder: Path, before: Path) -> None:
    """Takes away the folders that the other program had made for its file."""
    while not any(made.iterdir()) and not (before / made.relative_to(folder)).exists():
        made.rmdir()
        made = made.parent


def _together(judge: Judge, folder: Path, drawn: random.Random, steps: tuple[int, float]) -> bool:
    """The same command twice at once: one is done, the other is done too or says why not."""
    gate, opens = os.pipe()
    delay = drawn.uniform(0, steps[1] / 2)
    children = [
        _started(folder, judge.way.command, partial(_waits, gate, wait)) for wait in (0.0, delay)
    ]
    os.write(opens, b"!!")
    codes = [os.waitstatus_to_exitcode(_waited(child)) for child in children]
    os.close(gate)
    os.close(opens)
    judge.hold(set(codes) <= {0, 1, 2} and 0 in codes, folder, f"they end with {codes}")
    judge.judge(folder, also=judge.twice)
    if codes == [0, 0]:
        judge.hold(held(folder) == judge.twice, folder, "both are done, and one is lost")
    judge.hold(not unfinished(folder), folder, "something half made is left")
    return codes != [0, 0]


def _twice(way: Way, after: Path, again: Path) -> Held:
    """What two runs leave, one after the other."""
    shutil.copytree(after, again)
    ended(again, way.command)
    found = held(again)
    _removed(again)
    return found


def _waits(gate: int, seconds: float) -> None:
    os.read(gate, 1)
    time.sleep(seconds)


# --- children


def ended(folder: Path, words: list[str], begin: Begin | None = None) -> int:
    """The exit code of a command that is run in a folder by a child."""
    return os.waitstatus_to_exitcode(_waited(_started(folder, words, begin)))


def _started(folder: Path, words: list[str], begin: Begin | None = None) -> int:
    child = os.fork()
    if child:
        return child
    code = 99
    try:
        os.chdir(folder)
        sys.stdout = sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - ends with the child
        if begin:
            begin()
        code = main(words)
    finally:
        os._exit(code)


def _waited(child: int) -> int:
    """Its status; one that waits for a lock for ever is ended, and is a failure."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        ended_child, status = os.waitpid(child, os.WNOHANG)
        if ended_child:
            return status
        time.sleep(0.002)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    raise Broken("a run waits for ever")


def _at_step(number: int, then: Callable[[], None], *, before_renaming: bool = False) -> None:
    """Has something happen when this process is about to do its n-th thing to a file; the n-th or,
    where asked, the last that comes before the first renaming.
    """
    left = number
    busy = False

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal left, busy
        if busy or left <= 0 or not _is_step(event, arguments):
            return
        left -= 1
        if before_renaming and event in {"os.rename", "os.link"}:
            left = 0  # too late: this one was looked at for the last time
        elif not left:
            busy = True
            then()
            busy = False

    sys.addaudithook(hook)


def _is_step(event: str, arguments: tuple[object, ...]) -> bool:
    """Whether something is done to a file of the library or of what is made."""
    if event == "open":
        return str(arguments[0]).endswith((".toml", ".tmp", ".csv")) or arguments[1] == "xb"
    return event in _WRITING


def _steps(before: Path, folder: Path, way: Way) -> tuple[int, float]:
    """How many such things a whole run does, and how long it lasts."""
    shutil.copytree(before, folder)
    counted = folder.with_name("counted")

    def begin() -> None:
        done = os.open(counted, os.O_CREAT | os.O_WRONLY)
        sys.addaudithook(lambda event, words: _is_step(event, words) and os.write(done, b"."))

    start = time.perf_counter()
    ended(folder, way.command, begin)
    lasts = time.perf_counter() - start
    many = counted.stat().st_size
    counted.unlink()
    _removed(folder)
    return many, lasts


class _CapabilityHead(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


class _CapabilitySets(ctypes.Structure):
    _fields_ = tuple((name, ctypes.c_uint32) for name in ("effective", "permitted", "inherited"))


def _without_powers() -> None:
    """Makes root, where it is root, somebody for whom permissions count."""
    if os.geteuid() or sys.platform != "linux":
        return
    libc = ctypes.CDLL(None, use_errno=True)
    head, sets = _CapabilityHead(0x20080522, 0), (_CapabilitySets * 2)()
    if libc.capget(ctypes.byref(head), sets):
        raise OSError(ctypes.get_errno(), "capget")
    for name in ("effective", "permitted", "inherited"):
        setattr(sets[0], name, getattr(sets[0], name) & ~_POWERS)
    if libc.capset(ctypes.byref(head), sets):
        raise OSError(ctypes.get_errno(), "capset")


# --- the place


@contextmanager
def _disk(place: Path, breaking: Breaking) -> Iterator[Path]:
    """A folder; for a disk without room one that is a disk of its own, where that is allowed."""
    place.mkdir(parents=True)
    mounted = breaking == "full" and not _mount(place)
    try:
        yield place
    finally:
        if mounted:
            subprocess.run(["umount", place], check=True)
        _removed(place)


def _mount(place: Path) -> int:
    try:
        words = ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(place)]
        return subprocess.run(words, capture_output=True, check=False).returncode
    except FileNotFoundError:
        return 1


def _removed(folder: Path) -> None:
    with suppress(FileNotFoundError):
        shutil.rmtree(folder)
