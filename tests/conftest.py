"""What the tests share: the TOML under test stands in each test's docstring."""

from collections.abc import Iterator
from typing import Any

import pytest
import tomli
from hypothesis import HealthCheck, settings

from cpps_cli.engine import Derivation, Parent
from cpps_cli.i18n.catalogue import speak
from cpps_cli.model import ActionSheet, Amendment, Contract, Overlay, Territory, in_order

PLACE = Territory.model_validate({"code": "T1", "name": "quartier fictif", "short_name": "Q1"})


@pytest.fixture(autouse=True)
def speaking_english() -> Iterator[None]:
    """Every test starts in English, whatever the machine speaks."""
    speak("en", {})
    yield
    speak("en", {})


@pytest.fixture
def doc(request: pytest.FixtureRequest) -> dict[str, Any]:
    """The TOML of the test's docstring."""
    return tomli.loads(request.function.__doc__ or "")


def contract_of(table: dict[str, Any]) -> Contract:
    """A parent contract: two axes `a` and `b` unless it states others."""
    sheets = tuple(
        ActionSheet.model_validate({"axis": "a", "title": f"Fiche {code}", **fields, "code": code})
        for code, fields in table.pop("sheets", {}).items()
    )
    given = {
        "id": "parent",
        "title": "Contrat fictif",
        "territory": "T0",
        "local_territories": ["T1"],
        "axes": [{"code": "a", "number": 1}, {"code": "b", "number": 2}],
        **table,
    }
    contract = Contract.model_validate(given)
    return contract.replace(sheets=in_order(sheets, contract.axes))


def overlay_of(table: dict[str, Any]) -> Overlay:
    """A local text of T1 that takes all, unless it says otherwise, with its `amendments` by id."""
    own = amendments_of(table.get("amendments", {}))
    given = {"title": "Contrat local fictif", "takes": "all", **table, "amendments": own}
    return Overlay.model_validate({**given, "parent": "parent", "territory": "T1"})


def amendments_of(tables: dict[str, Any]) -> tuple[Amendment, ...]:
    """The amendments of a docstring, by id."""
    return tuple(
        Amendment.model_validate({"title": f"Avenant {name}", **table, "id": name})
        for name, table in tables.items()
    )


@pytest.fixture
def parent(doc: dict[str, Any]) -> Parent:
    """The docstring's `[parent]` with its `[amendments]`."""
    signed = contract_of(doc.get("parent", {}))
    return Parent(signed, amendments_of(doc.get("amendments", {})))


@pytest.fixture
def derivation(doc: dict[str, Any], parent: Parent) -> Derivation:
    """The docstring's `[local]` derived from its `[parent]`."""
    return parent.derive(overlay_of(doc["local"]), PLACE)


# Laws are tried on few examples in the ordinary run, the same ones each time: it says no twice or
# never. The search is `--hypothesis-profile thorough`, on many, drawn anew.
# How fast the machine is at making them is no law.
_ANY_SPEED = [HealthCheck.too_slow]
settings.register_profile(
    "default",
    max_examples=30,
    derandomize=True,
    deadline=None,
    suppress_health_check=_ANY_SPEED,
)
settings.register_profile(
    "thorough", max_examples=2000, deadline=None, suppress_health_check=_ANY_SPEED
)
settings.load_profile("default")
