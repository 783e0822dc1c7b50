"""The local contract of a commune, from none to every kind of change."""

from datetime import date
from random import Random
from typing import Any, Literal

from nation.framework import AXES, SHEETS, sheet, versions
from nation.wording import REASONS, office, paragraph, sentence, sentences

Weight = Literal["small", "middling", "listed", "heavy"]
Table = dict[str, Any]
_ONE_IN = 195  # has an amendment of its own


def weight(random: Random) -> Weight:
    """How much a commune has changed."""
    drawn = random.random()
    if drawn < 0.80:
        return "small"
    if drawn < 0.97:
        return "middling"
    return "listed" if drawn < 0.99 else "heavy"


def local_contract(seed: int, code: str) -> Table:
    """The local text of a commune."""
    random = Random(f"{seed}/{code}")
    written_for = versions()[-1] if random.random() < 0.97 else random.choice(versions())
    head: Table = {
        "title": f"Contrat local fictif de la commune {code}",
        "parent_version": written_for,
        "sources": ["N2"],
        "milestones": [
            {"kind": "signed", "on": f"2025-{random.randint(9, 12):02}", "sources": ["N2"]}
        ],
    }
    match weight(random):
        case "small":
            return {**head, "takes": "all", **_changes(seed, random, random.randint(0, 2))}
        case "middling":
            return {**head, "takes": "all", **_changes(seed, random, random.randint(3, 8))}
        case "heavy":
            return {**head, "takes": "all", **_every_change(seed, random)}
        case "listed":
            return {**head, "takes": "listed", **_listed(seed, random)}


def local_amendment(seed: int, code: str, place: int) -> Table | None:
    """The amendment of its own of the commune at that place, where it has one."""
    if place % _ONE_IN:
        return None
    random = Random(f"{seed}/{code}/avenant")
    listed = local_contract(seed, code)["takes"] == "listed"
    return {
        "title": f"Avenant fictif à la commune {code}",
        "signed_on": "2025-12-20",
        "in_force_on": date(2026, 1, 1),
        "sources": ["N2"],
        "contract": {
            "reason": "Un partenaire imaginaire les rejoint.",
            "append": {"partners": [f"L'amicale fictive de la commune {code}"]},
        },
        "add": [
            {
                **_own_sheet(random, "venue-par-avenant", "5.19"),
                "axis": "local-2" if listed else "suivre",
            }
        ],
    }


def _changes(seed: int, random: Random, count: int) -> Table:
    """So many changes, each to a sheet of its own; half of them leave one out."""
    codes = random.sample(list(SHEETS), count)
    out = [code for code in codes if random.random() < 0.5]
    adapted = [_adapted(seed, random, code) for code in codes if code not in out]
    return {"adapt": adapted, "exclude": [_excluded(random, code) for code in out]}


def _every_change(seed: int, random: Random) -> Table:
    codes = random.sample([code for code, axis in SHEETS.items() if axis != "suivre"], 20)
    merged, adapted, out = sorted(codes[:2]), codes[2:14], codes[14:]
    swapped = {"mesure-26": "5.3", "mesure-28": "5.1"}
    return {
        "contract": {
            "reason": "Elle a ses partenaires imaginaires.",
            "append": {"partners": [office(random)]},
        },
        "adapt": [_adapted(seed, random, code) for code in adapted],
        "exclude": [_excluded(random, code) for code in out],
        "renumber": [{"sheet": code, "number": number} for code, number in swapped.items()],
        "merge": [
            {
                "sheets": merged,
                "code": "fiche-reunie",
                "number": "5.18",
                "axis": "suivre",
                "reason": random.choice(REASONS),
                "set": {"title": "Une fiche fictive faite de deux", "lead": office(random)},
            }
        ],
        "add": [
            {
                **_own_sheet(random, f"fiche-locale-{number}", f"{number}.9"),
                "axis": AXES[number - 1],
            }
            for number in range(1, 5)
        ],
    }


def _listed(seed: int, random: Random) -> Table:
    """Some sheets only, under two axes of its own."""
    codes = random.sample(list(SHEETS), 12)
    placed = [
        {
            "sheet": code,
            "number": f"{place % 2 + 1}.{place // 2 + 1}",
            "axis": f"local-{place % 2 + 1}",
        }
        for place, code in enumerate(codes)
    ]
    return {
        "axes": [
            {"code": f"local-{number}", "number": number, "title": f"Axe fictif {number}",
             "parent": AXES[number - 1], "sources": ["N2"]}
            for number in (1, 2)
        ],
        "take": placed[:8],
        "adapt": [
            {**_adapted(seed, random, item["sheet"]), **item} for item in placed[8:]
        ],
        "add": [{**_own_sheet(random, "fiche-locale", "2.9"), "axis": "local-2"}],
    }  # fmt: skip


def _adapted(seed: int, random: Random, code: str) -> Table:
    """A sheet with a lead and a place of its own, less one of the methods of the framework."""
    methods = sheet(seed, code)["methods"]
    return {
        "sheet": code,
        "reason": random.choice(REASONS),
        "set": {"lead": f"{office(random)} de la commune"},
        "append": {"places": [f"Lieu fictif : {sentence(random)}"]},
        "remove": {"methods": [methods[0]]},
    }


def _excluded(random: Random, code: str) -> Table:
    return {
        "sheet": code,
        "reason": random.choice(REASONS),
        "decided_by": "Le conseil municipal imaginaire",
        "decided_on": date(2025, random.randint(9, 12), random.randint(1, 28)),
        "review_on": date(2026, random.randint(1, 12), 1),
    }


def _own_sheet(random: Random, code: str, number: str) -> Table:
    return {
        "code": code,
        "number": number,
        "title": f"{sentence(random)} (fiche locale fictive)",
        "reason": random.choice(REASONS),
        "context": paragraph(random, 12),
        "objectives": sentences(random, 5),
        "places": sentences(random, 5),
        "methods": sentences(random, 8),
        "lead": office(random),
        "sources": ["N2"],
        "indicators": [
            {"code": f"suivi-{code}", "title": "Suivi local fictif", "unit": "actions",
             "values": [{"period": "2025", "value": random.randint(0, 40)}]},
        ],
    }  # fmt: skip
