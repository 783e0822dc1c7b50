"""The framework of the nation: its sheets, and the amendments that changed it."""

from collections.abc import Iterator
from datetime import date
from functools import cache
from random import Random
from typing import Any

from nation.wording import office, paragraph, sentence, sentences

CONTRACT = "cadre-national"
AXES = ("ecouter", "prevenir", "proteger", "apaiser", "suivre")
_TITLES = ("Écouter d'abord", "Prévenir ensemble", "Protéger chacun", "Apaiser les lieux", "Suivre")
SHEETS = {f"mesure-{number:02}": AXES[(number - 1) * len(AXES) // 31] for number in range(1, 32)}
AMENDMENTS = 20
SIGNED_PARTNERS = ("Le syndicat fictif des communes", "La fédération inventée des associations")
Table = dict[str, Any]


@cache
def numbers() -> dict[str, str]:
    """The number of each sheet: its axis, and its place in it."""
    found: dict[str, str] = {}
    for rank, axis in enumerate(AXES, 1):
        inside = [code for code, its_axis in SHEETS.items() if its_axis == axis]
        found |= {code: f"{rank}.{place}" for place, code in enumerate(inside, 1)}
    return found


def contract(communes: list[str]) -> Table:
    """The head of the framework, derived for these communes."""
    return {
        "title": "Contrat-cadre national fictif de prévention",
        "short_title": "Cadre national fictif",
        "territory": "FR",
        "local_territories": communes,
        "term": "2022-01-01..2027-12-31",
        "window": "2025-S1",
        "announced_sheets": len(SHEETS),
        "signatories": ["Le ministère imaginaire", "L'assemblée fictive des maires"],
        "partners": list(SIGNED_PARTNERS),
        "sources": ["N0"],
        "axes": [
            {"code": code, "number": number, "title": title, "sources": ["N0"]}
            for number, (code, title) in enumerate(zip(AXES, _TITLES, strict=True), 1)
        ],
        "milestones": [{"kind": "signed", "on": "2021-12-10", "sources": ["N0"]}],
    }


@cache
def sheet(seed: int, code: str) -> Table:
    """One sheet with its whole text."""
    random = Random(f"{seed}/{code}")
    return {
        "number": numbers()[code],
        "title": f"{sentence(random)} ({code})",
        "axis": SHEETS[code],
        "context": paragraph(random, 8),
        "objectives": sentences(random, 4),
        "audience": sentences(random, 3),
        "places": sentences(random, 4),
        "means": sentences(random, 4),
        "methods": sentences(random, 6),
        "expected_results": sentences(random, 3),
        "lead": office(random),
        "partners": list(dict.fromkeys(office(random) for _ in range(4))),
        "schedule": [f"{year} : {sentence(random)}" for year in (2022, 2024, 2026)],
        "sources": ["N0"],
        "indicators": [
            {"code": f"suivi-{code}", "title": f"Suivi fictif de {code}", "unit": "actions",
             "every": "chaque année", "target": "12"},
        ],
    }  # fmt: skip


@cache
def versions() -> list[str]:
    """The names of the texts that the framework has had after the signed one, in order."""
    return [f"avenant-{number:02}" for number in range(1, AMENDMENTS + 1)]


def amendments(seed: int) -> Iterator[tuple[str, Table]]:
    """Each amendment: it adds to the means of one sheet and gives another a new schedule."""
    for number, name in enumerate(versions(), 1):
        random = Random(f"{seed}/{name}")
        first, second = random.sample(list(SHEETS), 2)
        year, month = divmod(2 * number + 3, 12)
        in_force = date(2022 + year, month + 1, 1)
        yield name, {
            "title": f"Avenant fictif n° {number} au cadre national",
            "signed_on": in_force.isoformat(),
            "in_force_on": in_force,
            "sources": ["N1"],
            "adapt": [
                {"sheet": first, "reason": "Le bilan imaginaire le demande.",
                 "append": {"means": [f"Moyen ajouté par {name} : {sentence(random)}"]}},
                {"sheet": second, "reason": "Le calendrier inventé a changé.",
                 "set": {"schedule": [f"Calendrier de {name} : {sentence(random)}"]}},
            ],
        }  # fmt: skip
