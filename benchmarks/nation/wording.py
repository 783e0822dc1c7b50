"""Sentences that look like those of a contract and cannot be taken for one."""

from random import Random

_OPENINGS = ("Réunir", "Accompagner", "Informer", "Former", "Écouter", "Orienter", "Recevoir")
_WHOM = (
    "les habitants imaginaires",
    "les familles du récit",
    "les collégiens inventés",
    "les commerçants de papier",
    "les gardiens d'immeubles fictifs",
    "les personnes âgées du conte",
)
_WHERE = (
    "autour de la place d'Exemple",
    "dans le quartier du Brouillon",
    "au gymnase du Gabarit",
    "près de la halle du Modèle",
    "le long du canal de la Maquette",
)
_WHEN = (
    "chaque mois",
    "chaque trimestre",
    "pendant l'été",
    "avant chaque rentrée",
    "toute l'année",
)
_OFFICES = ("service", "bureau", "pôle", "comité", "atelier", "guichet")
_MATTERS = ("de l'exemple", "du modèle", "de l'essai", "du brouillon", "de la maquette")
REASONS = (
    "La commune fictive n'a pas de tel lieu.",
    "Le conseil imaginaire l'a voté ainsi.",
    "Une autre fiche inventée y répond déjà.",
    "Les moyens supposés n'y suffisent pas.",
)


def sentence(random: Random) -> str:
    """What is done, for whom, where and when."""
    words = (random.choice(part) for part in (_OPENINGS, _WHOM, _WHERE, _WHEN))
    return " ".join(words)


def sentences(random: Random, most: int) -> list[str]:
    """Two different sentences at least, `most` at most."""
    wanted = random.randint(2, most)
    found = dict.fromkeys(sentence(random) for _ in range(3 * wanted))
    return list(found)[:wanted]


def office(random: Random) -> str:
    """A body that leads or takes part."""
    name = f"Le {random.choice(_OFFICES)} fictif {random.choice(_MATTERS)}"
    return f"{name} n° {random.randint(1, 99)}"


def paragraph(random: Random, most: int) -> str:
    """Some sentences, one after the other."""
    return " ".join(f"{item}." for item in sentences(random, most))
