"""Every way in which `cpps` writes a file, each in a small folder of its own."""

import json
import re
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from tests.hostile.town import TOWN, built

LOCAL = "contrat/local/BF1.toml"
OTHER = "contrat/local/BF2.toml"
GARE = (
    '# le quartier\ntitle = "Gare"\ntakes = "all"\nparent_version = "signed"\n\n'
    '[[adapt]]\nsheet = "nuit"\nreason = "Ici"\nset.title = "Nuit, ici" # dit\n'
)
TO_READ_AGAIN = {LOCAL: TOWN[LOCAL].replace("avenant-1", "signed"), OTHER: GARE}
READ_AGAIN = {LOCAL: TOWN[LOCAL], OTHER: GARE.replace("signed", "avenant-1")}
DECIDED = {LOCAL: TO_READ_AGAIN[LOCAL] + 'set.lead = "Ici"\n'}
TABLE = "code;lead;context\nnuit;L'office;Un texte\nmediation;;Autre\n"
DESCRIPTOR = "datapackage.json"
OPEN_BEFORE = {"path": "contracts.csv", "hash": f"sha256:{sha256(b'old').hexdigest()}"}
OPEN_DATA = {
    "out/open/contracts.csv": "old",
    f"out/open/{DESCRIPTOR}": json.dumps({"resources": [OPEN_BEFORE]}),
}
_SHEETS = "sheets/departement=__HIVE_DEFAULT_PARTITION__/sheets.parquet"
TABLES_BEFORE = {"path": [_SHEETS], "hashes": [OPEN_BEFORE["hash"]]}
TABLES = {
    f"out/tables/{_SHEETS}": "old",
    f"out/tables/{DESCRIPTOR}": json.dumps({"resources": [TABLES_BEFORE]}),
}
_UNFINISHED = re.compile(r"\.[0-9a-f]{16}\.tmp")


@dataclass(frozen=True, slots=True)
class Way:
    """A command that writes, what the library holds before it, and what is there besides."""

    name: str
    words: str
    library: dict[str, str] = field(default_factory=dict)
    beside: dict[str, str] = field(default_factory=dict)

    def built(self, folder: Path) -> Path:
        """The folder in which the command is run."""
        built(folder / "lib")
        files = {f"lib/{name}": text for name, text in self.library.items()} | self.beside
        for name, text in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        for name in ("out", "empty"):
            (folder / name).mkdir(exist_ok=True)
        return folder

    @property
    def command(self) -> list[str]:
        """The words, to be run in that folder."""
        words = self.words.split()
        return words if words[0] == "init" else [*words, "--data", "lib"]

    @property
    def is_edit(self) -> bool:
        """Whether it changes files of the user, and makes none."""
        return self.words.split()[0] in {"pin", "update", "record", "import-sheets"}

    @property
    def overwrites(self) -> bool:
        """Whether it was asked to replace what is there, whatever that is."""
        return "--force" in self.words or self.words.startswith("schema")


_TABLES = "export --format parquet --output out/tables"
_OPEN = "export --format datapackage --output out/open"
WAYS = (
    Way("init", "init new --empty --id essai"),
    Way("init in an empty folder", "init empty --empty --id essai"),
    Way("start", "start -a gare --contract suite"),
    Way("pin", "pin --all", READ_AGAIN),
    Way("update --apply", "update --all --apply", TO_READ_AGAIN),
    Way("update --refuse", "update -a 1 --refuse Non --sheet mediation --field lead", DECIDED),
    Way("update --take", "update -a 1 --take parent --sheet mediation --field lead", DECIDED),
    Way("record", "record evaluated --dated 2024"),
    Way(
        "import-sheets",
        "import-sheets t.csv --apply --replace --source S9 --source-title Un",
        beside={"t.csv": TABLE},
    ),
    Way("migrate --apply", "migrate -a 1 --to suite --apply"),
    Way("migrate --output", "migrate -a 1 --to suite --output out/1.toml"),
    Way("derive --output", "derive -a 1 --output out/1.toml"),
    Way("calendar", "calendar -o out/c.ics --all --force", beside={"out/c.ics": "old"}),
    Way("export", "export -a 1 --output out/1.html --force", beside={"out/1.html": "old"}),
    Way("export --all", "export --all --format markdown --output out/all"),
    Way("export csv", "export --all --format csv --output out/all.csv"),
    Way("export datapackage", "export --all --format datapackage --output out/open"),
    Way("export parquet", _TABLES),
    Way("export parquet --force", f"{_TABLES} --force", beside=TABLES),
    Way("export datapackage --force", f"{_OPEN} --force", beside=OPEN_DATA),
    Way("schema", "schema --output lib/schemas", beside={"lib/schemas/sheet.json": "old"}),
)


def held(folder: Path) -> dict[str, bytes]:
    """Every file, but for what a killed run was making: the next one clears it."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not any(map(_UNFINISHED.fullmatch, path.relative_to(folder).parts))
    }


def is_described(found: dict[str, bytes], descriptor: str) -> bool:
    """Whether the tables that a descriptor of open data names are those that it describes."""
    folder = descriptor.removesuffix(DESCRIPTOR)
    tables = json.loads(found[descriptor])["resources"]
    named = [(table["path"], table["hash"]) for table in tables if "hash" in table]
    for table in tables:
        if "hashes" in table:
            named += zip(table["path"], table["hashes"], strict=True)
    return all(
        f"sha256:{sha256(found.get(folder + path, b'')).hexdigest()}" == digest
        for path, digest in named
    )


def unfinished(folder: Path) -> list[Path]:
    """What a killed run left half made."""
    return [path for path in folder.rglob(".*.tmp") if _UNFINISHED.fullmatch(path.name)]
