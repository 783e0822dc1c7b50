"""A small fictional library that has a file of each kind: what hostile files are put into."""

from pathlib import Path

from cpps_cli.library.reader import LibraryFolder
from cpps_cli.library.toml_read import Parsed, parse

CONTRACT = """\
title = "Contrat de Bourg-Fictif"
short_title = "Contrat"
territory = "BF"
local_territories = ["BF1", "BF2"]
announced_sheets = 2
term = "2021-01-01..2026-12-31"
signatories = ["La mairie"]

[[axes]]
code = "a"
number = 1
title = "Un"

[[claims]]
id = "page"
says.window = "2023-S2"
sources = ["S1"]
retained = true
why = "Une seule source."

[[milestones]]
kind = "signed"
on = "2021-01-01"
"""
TOWN = {
    "library.toml": 'format = 1\ntitle = "Bourg-Fictif"\ncontract = "contrat"\n',
    "sources.toml": '[sources.S1]\ntitle = "Délibération"\n',
    "territories.toml": (
        '[territories.BF]\nname = "Bourg"\n'
        '[territories.BF1]\nname = "Moulin"\nalso = ["1"]\n[territories.BF2]\nname = "Gare"\n'
    ),
    "contrat/contract.toml": CONTRACT,
    "contrat/sheets/mediation.toml": (
        'title = "Médiation"\naxis = "a"\nnumber = "1.1"\ncontext = """\nLa place.\n"""\n'
        'partners = [\n    "Une association", # à revoir\n    "Le collège",\n]\n'
        'indicators = [{ code = "i", title = "Nombre", unit = "jours" }]\n'
    ),
    "contrat/sheets/nuit.toml": 'title = "Nuit"\naxis = "a"\nnumber = "1.2"\n',
    "contrat/amendments/avenant-1.toml": (
        'title = "Avenant"\nin_force_on = 2022-03-01\n'
        '[[adapt]]\nsheet = "mediation"\nreason = "Dit"\nset.lead = "Le bailleur"\n'
    ),
    "contrat/local/BF1.toml": (
        'title = "Moulin"\ntakes = "all"\nparent_version = "avenant-1"\n'
        '[[adapt]]\nsheet = "mediation"\nreason = "Ici"\nset.title = "Médiation, ici"\n'
    ),
    "contrat/programmes.toml": '[[programmes]]\ncode = "p"\ntitle = "Un dispositif"\n',
    "suite/contract.toml": CONTRACT.replace("2021", "2027")
    .replace("2026", "2032")
    .replace("2023", "2029")
    .replace('title = "Contrat de', 'replaces = "contrat"\ntitle = "Contrat de'),
    "suite/sheets/mediation.toml": 'title = "Médiation"\naxis = "a"\nnumber = "1.1"\n',
    "suite/correspondence.toml": (
        'former = "contrat"\n'
        '[[sheets]]\nkind = "same"\nbefore = ["mediation"]\nafter = ["mediation"]\n'
        '[[sheets]]\nkind = "dropped"\nbefore = ["nuit"]\n'
    ),
}
FILES = tuple(TOWN)


def built(folder: Path) -> Path:
    """The library, written in a folder."""
    for name, text in TOWN.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


class WithAnother(LibraryFolder):
    """The library with other bytes in one of its files."""

    def __init__(self, root: Path, file: str, raw: bytes) -> None:
        super().__init__(root)
        self._other = parse(file, raw)

    def _read(self, file: str) -> Parsed:
        return self._other if file == self._other.file else super()._read(file)
