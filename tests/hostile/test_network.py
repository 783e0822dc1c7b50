"""No verb opens a connection: not for a schema, a font, a package, nor the way to a new version."""

import json
import os
import subprocess
import sys
from pathlib import Path

import cpps_cli
from tests.hostile.runs import VERBS, commands
from tests.hostile.writing import WAYS

ROOT = Path(__file__).resolve().parents[2]
# Python says what it does to an audit hook; on Linux the kernel, too, ends who asks for a socket,
# so that compiled libraries are heard. Each command runs in a child, in a folder of its own.
DEAF = """
import ctypes, json, os, platform, shutil, sys, warnings
warnings.simplefilter("ignore")
from pathlib import Path
sys.path.insert(0, sys.argv[1])
import docx, icalendar, pyarrow.parquet, typst, xlsxwriter  # once, for every child
import cpps_cli
for path in Path(cpps_cli.__file__).parent.rglob("*.py"):
    if path.stem != "__main__":
        parts = path.relative_to(Path(cpps_cli.__file__).parents[1]).with_suffix("").parts
        __import__(".".join(parts).removesuffix(".__init__"))
from cpps_cli.cli import main

class Step(ctypes.Structure):
    _fields_ = [("code", ctypes.c_uint16), ("yes", ctypes.c_uint8), ("no", ctypes.c_uint8),
                ("value", ctypes.c_uint32)]

class Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_uint16), ("steps", ctypes.POINTER(Step))]

SOCKET = {"x86_64": 41, "aarch64": 198}.get(platform.machine())

def without_network():
    def hook(event, arguments):
        if event.startswith(("socket.connect", "socket.getaddrinfo", "socket.gethost",
                             "socket.sendto", "socket.bind", "urllib.", "http.")):
            os.write(2, f"network: {event} {arguments}\\n".encode())
            os._exit(97)
    sys.addaudithook(hook)
    if sys.platform != "linux" or SOCKET is None:
        return
    # Of socket(): the families 2 and 10, which are those of the Internet.
    steps = (Step * 6)(
        Step(0x20, 0, 0, 0), Step(0x15, 0, 3, SOCKET), Step(0x20, 0, 0, 16),
        Step(0x15, 2, 0, 2), Step(0x15, 1, 0, 10), Step(0x06, 0, 0, 0x7FFF0000),
    )
    steps = (Step * 7)(*steps, Step(0x06, 0, 0, 0x80000000))
    libc = ctypes.CDLL(None, use_errno=True)
    program = Program(len(steps), steps)
    if libc.prctl(38, 1, 0, 0, 0) or libc.prctl(22, 2, ctypes.byref(program), 0, 0):
        raise OSError(ctypes.get_errno(), "seccomp")

def ended(words, source, folder):
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    shutil.copytree(source, folder)
    os.chdir(folder)
    without_network()
    sys.stdout = open(os.devnull, "w")
    code = 99
    try:
        if words == ["connect"]:
            import socket
            socket.create_connection(("192.0.2.1", 80), 1)
        elif words == ["compiled"]:
            ctypes.CDLL(None).socket(2, 1, 0)
        code = main(words)
    finally:
        os._exit(code)

codes = {}
for number, (words, source) in enumerate(json.load(sys.stdin)):
    codes[" ".join(words)] = ended(words, source, Path(sys.argv[2], str(number)))
print(json.dumps(codes))
"""


def codes(asked: list[tuple[list[str], Path]], work: Path) -> dict[str, int]:
    """How each command ends that is run without a network."""
    done = subprocess.run(
        [sys.executable, "-c", DEAF, str(ROOT), str(work)],
        input=json.dumps([(words, str(folder)) for words, folder in asked]),
        env={**os.environ, "PYTHONPATH": str(Path(cpps_cli.__file__).parents[1])},
        stdout=subprocess.PIPE,
        encoding="utf-8",
        check=True,
    )
    found: dict[str, int] = json.loads(done.stdout)
    return found


def test_no_verb_opens_a_connection(tmp_path: Path) -> None:
    ordinary = WAYS[0].built(tmp_path / "ordinary")
    ways = {" ".join(way.command): way for way in WAYS}
    asked = []
    for number, words in enumerate(commands()):
        way = ways.get(" ".join(words))
        asked.append((words, way.built(tmp_path / f"way-{number}") if way else ordinary))
    assert {words[0] for words, _folder in asked} == VERBS
    found = codes(asked, tmp_path)
    assert {words for words, code in found.items() if code != 0} == set()


def test_one_that_would_is_found(tmp_path: Path) -> None:
    folder = WAYS[0].built(tmp_path / "ordinary")
    found = codes([(["connect"], folder), (["compiled"], folder)], tmp_path)
    assert found["connect"] in {97, -31}
    if sys.platform == "linux":
        assert found["compiled"] == -31  # ended by the kernel
