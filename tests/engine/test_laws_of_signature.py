"""Laws of signed texts, on parents amended and local texts written at random.

`pytest tests/engine/test_laws_of_signature.py --hypothesis-profile thorough` tries two thousand.
"""

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from cpps_cli.engine import Parent, normalised
from cpps_cli.engine.proposal import Head, proposed, with_proposal
from cpps_cli.engine.update import update
from cpps_cli.model import ActionSheet, Derived, Overlay
from tests.conftest import PLACE, overlay_of
from tests.engine.test_laws import contracts, overlay_tables
from tests.engine.test_laws_of_update import LIST_NAMES, TEXT_NAMES, adapting_overlays, amended

World = tuple[Parent, Overlay, date]
LAST = date(2030, 1, 1)
HEAD = Head("reprise", "Avenant fictif", date(2029, 1, 1), "fictif")


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """A parent with its amendments, and a local text signed before, between or after them."""
    contract = draw(contracts())
    signed_on = date(draw(st.integers(2019, 2023)), 6, 1)
    table = draw(st.one_of(adapting_overlays(contract), overlay_tables(contract)))
    table["milestones"] = [{"kind": "signed", "on": str(signed_on)}]
    return Parent(contract, draw(amended(contract))), overlay_of(table), signed_on


def derived(parent: Parent, overlay: Overlay) -> Derived:
    return parent.derive(overlay, PLACE).derived


def texts(local: Derived) -> dict[str, Any]:
    """What the sheets say, by code, lists of which the order says nothing without it."""
    return {sheet.code: _said(sheet) for sheet in local.contract.sheets}


def _said(sheet: ActionSheet) -> tuple[Any, ...]:
    values = [normalised(getattr(sheet, name) or "") for name in TEXT_NAMES]
    return (*values, *(sorted(map(normalised, getattr(sheet, name))) for name in LIST_NAMES))


@given(worlds())
def test_words_are_those_of_the_day_of_the_signature(world: World) -> None:
    parent, overlay, signed_on = world
    then, now = derived(parent.as_of(signed_on), overlay), derived(parent.as_of(LAST), overlay)
    assert now.contract.sheets == then.contract.sheets
    assert (now.sheets, now.left_out) == (then.sheets, then.left_out)
    assert then.since_signature == ()


@given(worlds())
def test_sheets_of_the_parent_add_up_to_those_of_the_day(world: World) -> None:
    parent, overlay, _signed_on = world
    now = parent.as_of(LAST)
    assert sum(derived(now, overlay).parent_summary().values()) == len(now.now.contract.sheets)


@given(worlds())
def test_text_that_follows_is_that_of_a_parent_that_never_was_another(world: World) -> None:
    parent, overlay, _signed_on = world
    following = overlay.replace(follows="parent")
    unsigned = overlay.replace(milestones=())
    assert texts(derived(parent, following)) == texts(derived(parent, unsigned))


@given(worlds())
def test_nothing_is_written_into_a_signed_text(world: World) -> None:
    parent, overlay, _signed_on = world
    found = update(parent, overlay, PLACE)
    assert not (found.signed_on and found.edits)
    assert not (found.since_signature and not found.signed_on)


@given(worlds())
def test_proposal_is_without_fault_and_leads_to_the_text_that_follows(world: World) -> None:
    parent, overlay, _signed_on = world
    following = parent.derive_following(overlay, PLACE).derived
    proposal = proposed(HEAD, derived(parent, overlay), following)
    if proposal is None:
        return
    after = parent.derive(with_proposal(overlay, proposal), PLACE)
    assert [fault for fault in after.faults if fault.severity == "error"] == []
    assert texts(after.derived) == texts(following)
    assert proposed(HEAD, after.derived, following) is None
