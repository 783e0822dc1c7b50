"""The files of a nation."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cpps_cli.library.toml_format import laid_out
from nation.codes import commune_codes
from nation.framework import CONTRACT, SHEETS, amendments, contract, sheet
from nation.local import local_amendment, local_contract

Table = dict[str, Any]
_SOURCES = {
    "N0": "Texte fictif du cadre national",
    "N1": "Avenants fictifs au cadre national",
    "N2": "Délibérations fictives des communes",
}


def write_nation(folder: Path, communes: int, seed: int) -> None:
    """Writes the library in a folder that is not there yet."""
    folder.mkdir(parents=True)
    for name, table in _files(communes, seed):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(laid_out(_stated(table)), encoding="utf-8", newline="\n")


def _files(communes: int, seed: int) -> Iterator[tuple[str, Table]]:
    codes = commune_codes(communes)
    yield "library.toml", _library()
    yield "sources.toml", {"sources": {name: {"title": title} for name, title in _SOURCES.items()}}
    yield "territories.toml", {"territories": _territories(codes)}
    yield f"{CONTRACT}/contract.toml", contract(codes)
    for code in SHEETS:
        yield f"{CONTRACT}/sheets/{code}.toml", sheet(seed, code)
    for name, amendment in amendments(seed):
        yield f"{CONTRACT}/amendments/{name}.toml", amendment
    for place, code in enumerate(codes):
        yield f"{CONTRACT}/local/{code}.toml", local_contract(seed, code)
        if own := local_amendment(seed, code, place):
            yield f"{CONTRACT}/local/{code}/amendments/avenant-local.toml", own


def _library() -> Table:
    return {
        "format": 1,
        "title": "Une nation inventée, pour mesurer",
        "contract": CONTRACT,
        "language": "fr",
        "fictional": True,
        "note": "Tout y est inventé : codes, communes et textes sont tirés au sort.",
    }


def _territories(codes: list[str]) -> Table:
    """The State and the communes, which are called by their code."""
    communes = {code: {"name": f"Commune {code}", "short_name": f"C. {code}"} for code in codes}
    return {"FR": {"name": "Nation fictive"}, **communes}


def _stated(table: Table) -> Table:
    """The table without its empty lists."""
    return {key: value for key, value in table.items() if value != []}
