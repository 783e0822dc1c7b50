"""The same work for two peers: a text of 31 parts with 20 local ones, as each of them holds it.

For compliance-trestle a catalog of 31 controls and 20 profiles, each of which leaves three
controls out and adds words to three; for doorstop a document of 31 items and 20 that answer it,
item by item. All of it is made up, and says so.
"""

import json
import subprocess
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

CONTROLS = 31
LOCAL = 20
OSCAL = "1.2.1"


def write_catalog(folder: Path, trestle: Path) -> None:
    """A workspace of trestle with the catalog and the profiles."""
    folder.mkdir()
    subprocess.run([trestle, "init", "--local"], cwd=folder, check=True, capture_output=True)
    groups = [_group(axis) for axis in (1, 2, 3)]
    _write(folder / "catalogs/contract/catalog.json", "catalog", {"groups": groups})
    for number in range(1, LOCAL + 1):
        path = folder / f"profiles/{profile_name(number)}/profile.json"
        _write(path, "profile", _profile(number))


def profile_name(number: int) -> str:
    """The name of a profile."""
    return f"local-{number}"


def _write(path: Path, kind: str, content: dict[str, object]) -> None:
    metadata = {
        "title": f"Made up: {path.parent.name}",
        "last-modified": "2026-01-01T00:00:00+00:00",
        "version": "1",
        "oscal-version": OSCAL,
    }
    model = {"uuid": str(uuid5(NAMESPACE_URL, path.parent.name)), "metadata": metadata, **content}
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps({kind: model}, indent=2), encoding="utf-8")


def _group(axis: int) -> dict[str, object]:
    numbers = [number for number in range(1, CONTROLS + 1) if number % 3 == axis - 1]
    controls = [_control(number) for number in numbers]
    return {"id": f"axis-{axis}", "title": f"Axis {axis}", "controls": controls}


def _control(number: int) -> dict[str, object]:
    name = _control_id(number)
    prose = " ".join(f"Sentence {line} of the statement of control {number}." for line in range(5))
    statement = {"id": f"{name}_smt", "name": "statement", "prose": prose}
    return {"id": name, "title": f"Control {number}", "parts": [statement]}


def _control_id(number: int) -> str:
    return f"ctl-{number}"


def _profile(number: int) -> dict[str, object]:
    left_out = [_control_id(1 + (number + step) % CONTROLS) for step in range(3)]
    kept = [name for name in map(_control_id, range(1, CONTROLS + 1)) if name not in left_out]
    wanted = {
        "href": "trestle://catalogs/contract/catalog.json",
        "include-controls": [{"with-ids": kept}],
    }
    return {
        "imports": [wanted],
        "merge": {"as-is": True},
        "modify": {"alters": [_alter(name, number) for name in kept[:3]]},
    }


def _alter(control: str, number: int) -> dict[str, object]:
    words = {
        "id": f"{control}_local",
        "name": "local_words",
        "prose": f"What place {number} adds to {control}.",
    }
    return {"control-id": control, "adds": [{"position": "ending", "parts": [words]}]}


def write_documents(folder: Path, doorstop: Path) -> None:
    """A repository of git with the documents of doorstop, all of it reviewed."""
    folder.mkdir()
    subprocess.run(["git", "init", "--quiet"], cwd=folder, check=True)
    _write_document(folder / "parent", "PAR", None)
    for number in range(1, LOCAL + 1):
        _write_document(folder / f"local-{number}", f"L{number:02}X", "PAR")
    for verb in ("clear", "review"):
        command = [doorstop, verb, "all"]
        subprocess.run(command, cwd=folder, check=True, capture_output=True)


def _write_document(folder: Path, prefix: str, parent: str | None) -> None:
    folder.mkdir()
    named = f"  parent: {parent}\n" if parent else ""
    settings = f"settings:\n  digits: 3\n{named}  prefix: {prefix}\n  sep: ''\n"
    (folder / ".doorstop.yml").write_text(settings, encoding="utf-8")
    for number in range(1, CONTROLS + 1):
        links = f"links:\n- {parent}{number:03}: null\n" if parent else "links: []\n"
        text = (
            "active: true\nderived: false\nheader: ''\n"
            f"level: '1.{number}'\n{links}normative: true\nref: ''\nreviewed: null\n"
            f"text: |\n  Item {number} of {prefix}, made up.\n"
        )
        (folder / f"{prefix}{number:03}.yml").write_text(text, encoding="utf-8")
