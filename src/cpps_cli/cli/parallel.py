"""Work shared among processes where there is much of it; how far it has come, on a terminal."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

T = TypeVar("T")


def counted(items: Iterable[T], total: int, each: int = 1) -> Iterator[T]:
    """Counts the items on a line that is gone when they end, however they end.

    `each` of them stands for so many.
    """
    if not sys.stderr.isatty():
        yield from items
        return
    try:
        for count, item in enumerate(items, 1):
            sys.stderr.write(f"\r{min(count * each, total)}/{total}")
            sys.stderr.flush()
            yield item
    finally:
        sys.stderr.write("\r\x1b[K")
        sys.stderr.flush()


S = TypeVar("S")
R = TypeVar("R")
Names = tuple[str, ...]
Work = Callable[[S, Names], R]

AT_A_TIME = 50
FEW = 1_000
"""Below this many, starting other processes takes longer than they would save."""
MOST = 8
"""Each holds what all of them share once more, as far as it changes."""


class _Raised(NamedTuple):
    """What went wrong in another process."""

    wrong: Exception


def parallel(
    work: "Work[S, R]",
    state: S,
    names: Sequence[str],
    workers: int | None = None,
    at_a_time: int | None = None,
) -> Iterator[R]:
    """Makes results of the names, some at a time, in their order.

    `work` is a function of a module, and `state` a value that can be sent to another process.
    """
    step = at_a_time or AT_A_TIME
    parts = [tuple(names[at : at + step]) for at in range(0, len(names), step)]
    count = min(workers or workers_for(len(names)), len(parts))
    if count < 2:
        yield from (work(state, part) for part in parts)
    else:
        yield from _shared(work, state, parts, count)


def workers_for(count: int) -> int:
    """How many processes are to share so many things."""
    if count < FEW:
        return 1
    if hasattr(os, "sched_getaffinity"):
        return min(len(os.sched_getaffinity(0)), MOST)
    return min(os.cpu_count() or 1, MOST)


def _shared(work: "Work[S, R]", state: S, parts: list[Names], count: int) -> Iterator[R]:
    # Loaded for a nation only.
    import multiprocessing

    method = _method()
    context: Any = multiprocessing.get_context(method)
    readers: list[Connection[Any, Any]] = []
    processes: list[Any] = []
    try:
        for number in range(count):
            reader, writer = context.Pipe(duplex=False)
            readers.append(reader)
            # A fork has the ends of all pipes so far: none would break while it holds them.
            held = tuple(readers) if method == "fork" else ()
            share = (work, state, parts[number::count], writer, held)
            processes.append(context.Process(target=_labour, args=share, daemon=True))
            processes[-1].start()
            writer.close()
        for number in range(len(parts)):
            yield _received(readers[number % count])
    finally:
        for reader in readers:
            reader.close()
        for process in processes:
            process.terminate()
        for process in processes:
            process.join()


def _method() -> str:
    """How a process is begun: a fork has everything at once, and is safe without threads only."""
    import threading

    alone = threading.active_count() == 1
    return "fork" if sys.platform == "linux" and alone else "spawn"


def _received(reader: "Connection[Any, Any]") -> Any:
    try:
        made = reader.recv()
    except EOFError:
        raise RuntimeError("a process that shared the work has ended before its time") from None
    if isinstance(made, _Raised):
        raise made.wrong
    return made


def _labour(
    work: "Work[S, R]",
    state: S,
    parts: list[Names],
    writer: "Connection[Any, Any]",
    held: "tuple[Connection[Any, Any], ...]",
) -> None:
    """What another process does: its share, part after part."""
    import signal

    # Ctrl-C reaches all of them; the one that asked ends the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for reader in held:
        reader.close()
    try:
        for part in parts:
            writer.send(work(state, part))
    except BrokenPipeError:
        return  # who asked has gone
    except Exception as wrong:  # noqa: BLE001 - it is raised again where it can be said
        writer.send(_Raised(wrong))
