"""All of Paris against two peers that do the nearest thing, installed from the package registry.

    python benchmarks/peers.py [RUNS]

compliance-trestle holds a catalog of 31 controls and 20 profiles, doorstop 21 documents of 31 items
(`peer_works.py` writes both, made up); cpps has Paris: 31 sheets, 20 local contracts. The peers get
an environment of their own in a temporary folder. Trestle resolves one profile a run: twenty runs
are timed as one, and, for who would write a program around it, one run of Python that resolves all
twenty through its API. Needs git, pip, and cpps installed in the environment that runs it.
Prints a Markdown table.
"""

import subprocess
import sys
import tempfile
import venv
from pathlib import Path

from brief import cpps
from paired import HEAD, Comparison, Run, compared, one, shared_environment
from peer_works import LOCAL, profile_name, write_catalog, write_documents

PEERS = ("compliance-trestle", "doorstop")
RESOLVED = """
import pathlib, sys
from trestle.core.profile_resolver import ProfileResolver
root = pathlib.Path(sys.argv[1])
for name in sys.argv[2:]:
    path = root / "profiles" / name / "profile.json"
    ProfileResolver.get_resolved_profile_catalog(root, path)
"""


def comparisons(folder: Path) -> list[Comparison]:
    """Everything that is compared; `folder` is for the peers and their works."""
    scripts = installed(folder / "environment")
    trestle, doorstop, python = (scripts / name for name in ("trestle", "doorstop", "python"))
    catalog, documents = folder / "catalog", folder / "documents"
    write_catalog(catalog, trestle)
    write_documents(documents, doorstop)
    names = [profile_name(number) for number in range(1, LOCAL + 1)]
    resolving = ((trestle, "author", "profile-resolve", "-n", n, "-o", f"of-{n}") for n in names)
    resolve = Run(tuple(resolving), catalog)
    check, derive_all = one(cpps(), "check"), one(cpps(), "derive", "--all")
    as_json = one(cpps(), "derive", "--all", "--format", "json")
    return [
        Comparison(
            "`check`; trestle validating a catalog and 20 profiles",
            Run(((trestle, "validate", "--all"),), catalog),
            check,
            5,
            "faster",
        ),
        Comparison(
            "`check`; doorstop checking 21 documents",
            Run(((doorstop,),), documents),
            check,
            15,
            "faster",
        ),
        Comparison(
            "`derive --all`; trestle resolving 20 profiles, a run each",
            resolve,
            derive_all,
            60,
            "faster",
        ),
        Comparison(
            "`derive --all --format json`; the same: what it writes is JSON too",
            resolve,
            as_json,
            None,
            "faster",
        ),
        Comparison(
            "`derive --all`; trestle resolving 20 profiles, one run through its API",
            one(python, "-c", RESOLVED, catalog, *names),
            derive_all,
            None,
            "faster",
        ),
    ]


def installed(folder: Path) -> Path:
    """The folder of the peers' commands, in an environment of their own."""
    venv.create(folder, with_pip=True)
    scripts = folder / ("Scripts" if sys.platform == "win32" else "bin")
    install = [scripts / "python", "-m", "pip", "install", "--quiet", *PEERS]
    subprocess.run(install, check=True, stdout=sys.stderr)
    return scripts


def versions(folder: Path) -> str:
    """The peers with their versions."""
    asked = [folder / "python", "-m", "pip", "list", "--format", "freeze"]
    done = subprocess.run(asked, capture_output=True, text=True, check=True)
    found = [line for line in done.stdout.splitlines() if line.startswith(PEERS)]
    return ", ".join(line.replace("==", " ") for line in found)


def main(runs: int) -> None:
    """Measures and prints."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        print(HEAD)
        for figure in compared(comparisons(folder), runs, shared_environment(folder / "compiled")):
            print(figure.row(), flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
