"""A local text beside a parent that was amended since; each docstring is the input."""

from datetime import date

import pytest

from cpps_cli.engine import Derivation, Parent
from cpps_cli.engine.coverage import outcomes
from cpps_cli.engine.provenance import provenance_of_local
from tests.conftest import PLACE, amendments_of, contract_of, overlay_of


@pytest.mark.parametrize("takes", ["all", "listed"])
@pytest.mark.parametrize("answers", ["none", "unknown"])
def test_local_sheet_of_a_code_that_the_parent_took_since_is_kept(takes: str, answers: str) -> None:
    added = {"code": "un", "title": "Un du parent", "axis": "a", "means": ["Du parent"]}
    amendment = {"in_force_on": date(2020, 1, 1), "add": [added]}
    own = {"code": "un", "title": "Un d'ici", "axis": "b", "parent": answers}
    parent = Parent(contract_of({}), amendments_of({"a1": amendment}))
    derived = parent.derive(overlay_of({"takes": takes, "add": [own]}), PLACE).derived
    [item] = derived.sheets
    assert (item.sheet.title, item.sheet.axis, item.sheet.means) == ("Un d'ici", "b", ())
    assert (item.origin, item.answers) == ("adapted", ("un",))
    assert (item.to_reread, item.link_inferred, item.change) == (True, True, ("add", 0))
    assert derived.left_out == ()
    assert derived.parent_summary() == {
        "taken": 1,
        "excluded": 0,
        "not_taken_up": 0,
        "unknown": 0,
        "since_signature": 0,
    }


def test_coverage_and_provenance_hold_for_such_a_sheet() -> None:
    added = {"code": "un", "title": "Un du parent", "axis": "a"}
    amendment = {"in_force_on": date(2020, 1, 1), "add": [added]}
    own = {"code": "un", "title": "Un d'ici", "axis": "b"}
    parent = Parent(contract_of({}), amendments_of({"a1": amendment}))
    derived = parent.derive(overlay_of({"add": [own]}), PLACE).derived
    [outcome] = outcomes(derived)
    assert (outcome.fate, outcome.held_by) == ("adapted", ("un",))
    assert (outcome.to_reread, outcome.link_inferred) == (True, True)
    versions = {
        line.version
        for item in provenance_of_local(parent, derived, derived.sheets[0])
        for line in item.lines
    }
    assert versions == {"local"}


def test_merge_under_a_code_that_the_parent_took_since_answers_it_too(
    derivation: Derivation,
) -> None:
    """
    [parent.sheets.un]
    [parent.sheets.deux]
    [amendments.a1]
    in_force_on = 2020-01-01
    add = [{ code = "trois", title = "Trois", axis = "a" }]
    [local]
    merge = [{ sheets = ["un", "deux"], code = "trois" }]
    """
    [item] = derivation.derived.sheets
    assert (item.origin, item.answers, item.to_reread) == ("merged", ("deux", "un", "trois"), True)
    assert derivation.derived.left_out == ()


def test_added_sheet_of_another_code_is_left_as_it_is(derivation: Derivation) -> None:
    """
    [amendments.a1]
    in_force_on = 2020-01-01
    add = [{ code = "un", title = "Un", axis = "a" }]
    [local]
    add = [{ code = "deux", title = "Deux", axis = "a" }]
    """
    found = [(item.sheet.code, item.origin, item.to_reread) for item in derivation.derived.sheets]
    assert sorted(found) == [("deux", "added", False), ("un", "inherited", False)]


def test_other_typing_in_the_parent_reopens_nothing(derivation: Derivation) -> None:
    """
    [parent.sheets.un]
    title = "L'accueil  des « jeunes »"
    means = ["L'écoute"]
    [parent.sheets.deux]
    [amendments.a1]
    in_force_on = 2020-01-01
    [[amendments.a1.adapt]]
    sheet = "un"
    set.title = "L’accueil des \\"jeunes\\""
    set.means = ["L’écoute"]
    [local]
    [[local.adapt]]
    sheet = "un"
    append.means = ["Un local"]
    set.title = "L'accueil d'ici"
    """
    _deux, un = derivation.derived.sheets
    assert (un.origin, un.to_reread) == ("adapted", False)


def test_other_words_for_what_is_removed_here_reopen_the_sheet(derivation: Derivation) -> None:
    """
    [parent.sheets.un]
    means = ["L'écoute", "Un bus"]
    [amendments.a1]
    in_force_on = 2020-01-01
    adapt = [{ sheet = "un", set.means = ["L'accueil", "Un bus"] }]
    [local]
    adapt = [{ sheet = "un", remove.means = ["L'écoute"] }]
    """
    [un] = derivation.derived.sheets
    assert un.to_reread
    assert un.sheet.means == ("Un bus",)  # the local text stands until somebody decides


def test_additions_on_both_sides_reopen_nothing(derivation: Derivation) -> None:
    """
    [parent.sheets.un]
    means = ["L'écoute"]
    [amendments.a1]
    in_force_on = 2020-01-01
    adapt = [{ sheet = "un", append.means = ["L'accueil"] }]
    [local]
    adapt = [{ sheet = "un", append.means = ["Un local"] }]
    """
    [un] = derivation.derived.sheets
    assert not un.to_reread
    assert un.sheet.means == ("L'écoute", "L'accueil", "Un local")


def test_editorial_change_reopens_nothing(derivation: Derivation) -> None:
    """
    [parent.sheets.un]
    means = ["L'écoute", "Un bus"]
    [amendments.a1]
    in_force_on = 2020-01-01
    [[amendments.a1.adapt]]
    sheet = "un"
    editorial = true
    set.title = "Le titre"
    set.means = ["L'accueil", "Un bus"]
    [local]
    adapt = [{ sheet = "un", set.title = "Notre titre", remove.means = ["L'écoute"] }]
    """
    [un] = derivation.derived.sheets
    assert not un.to_reread
    assert (un.sheet.title, un.sheet.means) == ("Notre titre", ("Un bus",))


def test_the_parent_as_of_the_version_written_for() -> None:
    """The text of another version, whatever the day."""
    amendment = {"in_force_on": date(2020, 1, 1), "exclude": [{"sheet": "un"}]}
    parent = Parent(contract_of({"sheets": {"un": {}}}), amendments_of({"a1": amendment}))
    then = parent.at_base_of(overlay_of({"parent_version": "signed"}))
    assert [sheet.code for sheet in then.now.contract.sheets] == ["un"]
    assert then.fingerprint != parent.fingerprint
    assert parent.at_base_of(overlay_of({"parent_version": "a1"})) is parent
    assert parent.at_base_of(overlay_of({"parent_version": "a9"})) is parent
