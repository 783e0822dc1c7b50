"""Every document that both libraries can give: each contract, each sheet kind, each amendment."""

from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

from cpps_cli.engine import Parent
from cpps_cli.i18n.catalogue import speaking
from cpps_cli.library.reader import open_library
from cpps_cli.present.document import Outline
from cpps_cli.present.document_context import DocumentContext
from cpps_cli.present.document_kinds import (
    CorrespondenceContext,
    EveryContext,
    Subject,
    amendment_dossier,
    local_amendment_dossier,
    outline_of,
)

DATA = Path(__file__).resolve().parents[2] / "data"
ON = date(2026, 1, 15)


@cache
def dossiers() -> dict[str, DocumentContext]:
    """Each contract of both libraries by its id; the local ones too, known or not."""
    found: dict[str, DocumentContext] = {}
    for name in ("paris", "exemple"):
        folder = open_library(DATA / name)
        for contract_id in folder.contract_ids():
            signed, library = folder.contract(contract_id), folder.library
            assert signed is not None
            assert library is not None
            parent = Parent(signed, folder.amendments(contract_id), ON)
            known = (folder.territories, folder.sources)
            programmes = folder.programmes(contract_id)
            context = DocumentContext(
                library, parent, ON, *known, reader=folder, programmes=programmes
            )
            found |= {item.contract.id: item for item in EveryContext(context, folder)}
    return found


@cache
def subjects() -> dict[str, Subject]:
    """Contracts, amendments, a sheet alone, and contracts with the origin of each paragraph."""
    found: dict[str, Subject] = dict(dossiers())
    folder = open_library(DATA / "exemple")
    of = dossiers()["contrat-exemple-2021-2026"]
    for amendment in of.parent.amendments:
        found[amendment.id] = amendment_dossier(of, amendment, folder)
    local = dossiers()["contrat-exemple-2021-2026/EX002"]
    assert local.derived is not None
    assert local.derived.overlay is not None
    for amendment in local.derived.overlay.amendments:
        found[amendment.id] = local_amendment_dossier(of, local.derived.overlay, amendment)
    successor = dossiers()["contrat-exemple-2027-2032"]
    correspondence = folder.correspondence(successor.contract.id)
    assert correspondence is not None
    found["correspondence"] = CorrespondenceContext(successor, of, correspondence)
    found["one-sheet"] = replace(of, sheet="decrochage-scolaire")
    found["one-local-sheet"] = replace(local, sheet="accueil-et-ecoute")
    found["provenance"] = replace(of, locate=folder.locate)
    found["local-provenance"] = replace(local, locate=folder.locate)
    return found


def outlined(subject: Subject) -> Outline:
    """What a document says, in its own language."""
    with speaking(subject.library.language):
        return outline_of(subject)


CONTRACTS = tuple(dossiers())
SUBJECTS = tuple(subjects())
