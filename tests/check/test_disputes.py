"""The disputes of a library, wherever they are written in it."""

from typing import Any

from cpps_cli.check.nouns import disputes_in
from cpps_cli.model import Amendment, Overlay
from cpps_cli.model.beside import Programme
from tests.conftest import amendments_of, contract_of, overlay_of
from tests.shelf import EmptyLibrary


class Texts(EmptyLibrary):
    """What the docstring holds beside a contract, under the contract's id."""

    def __init__(self, doc: dict[str, Any]) -> None:
        self.doc = doc

    def amendments(self, contract_id: str) -> tuple[Amendment, ...]:
        return amendments_of(self.doc[contract_id]["amendments"])

    def programmes(self, contract_id: str) -> tuple[Programme, ...]:
        return (Programme.model_validate(self.doc[contract_id]["programme"]),)

    def overlay_codes(self, contract_id: str) -> tuple[str, ...]:
        return (*self.doc[contract_id]["local"], "faulty")

    def overlay(self, contract_id: str, territory: str) -> Overlay | None:
        local = self.doc[contract_id]["local"].get(territory)
        return overlay_of(local) if local else None


def test_disputes_are_found_in_every_kind_of_file(doc: dict[str, Any]) -> None:
    """
    [[contract.claims]]
    topic = "fiches"
    words = "31"
    retained = true
    [[contract.claims]]
    topic = "fiches"
    words = "32"
    [contract.sheets.sans-histoire]
    [contract.sheets.ecole]
    claims = [{ says.title = "Un", retained = true }, { says.title = "Deux" }]
    [parent.amendments.a1]
    in_force_on = 2020-01-01
    [[parent.amendments.a1.add]]
    code = "nouvelle"
    claims = [{ says.title = "Un", retained = true }, { says.title = "Deux" }]
    [parent.programme]
    code = "tig"
    title = "TIG"
    claims = [{ says.title = "Un", retained = true }, { says.title = "Deux" }]
    [parent.local.T1]
    claims = [{ says.pages = 1, retained = true }, { says.pages = 2 }]
    [[parent.local.T1.add]]
    code = "marche"
    number = "2.1"
    title = "Le marché"
    claims = [{ says.title = "Le marché", retained = true }, { says.title = "Deux" }]
    """
    found = list(disputes_in([contract_of(doc["contract"])], Texts(doc)))
    assert [(item.subject.contract, item.subject.about, item.subject.code) for item in found] == [
        ("parent", "contract", None),
        ("parent", "sheet", "ecole"),
        ("parent", "sheet", "nouvelle"),
        ("parent", "programme", "tig"),
        ("parent/T1", "contract", None),
        ("parent/T1", "sheet", "marche"),
    ]
    assert found[-1].subject.title == "2.1 Le marché"
