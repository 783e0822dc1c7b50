"""Each fault of a change stands where it is written, with what it takes to say it."""

from datetime import date
from typing import Any

import pytest

from cpps_cli.diagnostics import Diagnostic, Place, Word
from cpps_cli.engine import Derivation, Parent
from tests.conftest import PLACE, overlay_of

FILE = "parent/local/T1.toml"
Told = tuple[str, str]


def told(faults: tuple[Diagnostic, ...]) -> list[Told]:
    """The code of each fault and the keys under which it stands."""
    return [(fault.code, keys(fault.where)) for fault in faults]


def keys(where: Any) -> str:
    assert isinstance(where, Place)
    return ".".join(map(str, where.path))


def only(derivation: Derivation) -> Diagnostic:
    [fault] = derivation.faults
    assert fault.file == FILE
    return fault


# --- sheets and codes that are not there, or there already


def test_unknown_sheet_of_a_merge_is_named_at_its_position(derivation: Derivation) -> None:
    """
    [parent.sheets.un]
    [parent.sheets.deux]
    [local]
    merge = [{ sheets = ["un", "trois", "deux"], code = "ensemble" }]
    """
    fault = only(derivation)
    assert told((fault,)) == [("CP203", "merge.0.sheets.1")]
    assert fault.values["change"] == "merge"
    assert (fault.values["name"], fault.values["contract"]) == ("trois", "parent")
    assert fault.values["known"] == ("deux", "un")
    assert str(fault.values["text"]) != ""


def test_text_that_lacks_a_sheet_is_the_parent_or_the_local_one(parent: Parent) -> None:
    """
    [parent.sheets.un]
    """
    change = {"adapt": [{"sheet": "deux", "set": {"lead": "Ici"}}]}
    amended = {"b1": {"in_force_on": date(2020, 1, 1), **change}}
    of_overlay = only(parent.derive(overlay_of(dict(change)), PLACE))
    [of_amendment] = parent.derive(overlay_of({"amendments": amended}), PLACE).faults
    assert of_overlay.values["text"] != of_amendment.values["text"]
    assert (of_overlay.code, of_amendment.code) == ("CP203", "CP203")
    assert of_amendment.file == "parent/local/T1/amendments/b1.toml"


def test_code_that_is_given_twice_names_both_places(derivation: Derivation) -> None:
    """
    [parent.sheets.un]
    [parent.sheets.deux]
    [local]
    add = [
      { code = "halle", title = "La halle", axis = "a" },
      { code = "quai", title = "Le quai", axis = "a" },
    ]
    merge = [{ sheets = ["un", "deux"], code = "halle" }]
    """
    fault = only(derivation)
    assert (fault.code, fault.values["name"]) == ("CP207", "halle")
    [other] = fault.related
    assert {keys(fault.where), keys(other.where)} == {"add.0.code", "merge.0.code"}


def test_merge_may_have_the_code_of_one_of_its_sheets_and_of_no_other(parent: Parent) -> None:
    """
    [parent.sheets.un]
    [parent.sheets.deux]
    [parent.sheets.trois]
    """
    for code, faults in (("un", []), ("trois", [("CP207", "merge.0.code")])):
        overlay = overlay_of({"merge": [{"sheets": ["un", "deux"], "code": code}]})
        assert told(parent.derive(overlay, PLACE).faults) == faults


# --- axes


def test_unknown_axis_is_not_in_the_parent_or_not_in_the_local_file(parent: Parent) -> None:
    """
    [parent.sheets.un]
    """
    change = {"renumber": [{"sheet": "un", "axis": "z"}]}
    own = {"axes": [{"code": "a", "number": 1}]}
    for table, contract, known in ((change, "parent", ("a", "b")), (change | own, FILE, ("a",))):
        fault = only(parent.derive(overlay_of(dict(table)), PLACE))
        assert told((fault,)) == [("CP204", "renumber.0.axis")]
        assert (fault.values["name"], fault.values["contract"]) == ("z", contract)
        assert fault.values["known"] == known


def test_sheet_of_its_own_without_an_axis_is_reported(derivation: Derivation) -> None:
    """
    [local]
    add = [{ code = "halle", title = "La halle" }]
    """
    fault = only(derivation)
    assert (told((fault,)), fault.values) == ([("CP209", "add.0.code")], {"name": "halle"})


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({}, "axes"),
        ({"adapt": [{"sheet": "un", "set": {"lead": "Ici"}}]}, "adapt.0"),
        ({"renumber": [{"sheet": "un", "number": "7"}]}, "renumber.0"),
        ({"renumber": [{"sheet": "un", "axis": "b"}]}, None),
        ({"exclude": [{"sheet": "un", "reason": "Pas ici"}]}, None),
        ({"takes": "listed"}, None),
        ({"takes": "listed", "take": [{"sheet": "un"}]}, "take.0"),
    ],
)
def test_sheet_that_no_local_axis_receives_is_reported_where_it_is_kept(
    parent: Parent, change: dict[str, Any], where: str | None
) -> None:
    """
    [parent.sheets.un]
    axis = "a"
    [parent.sheets.deux]
    axis = "b"
    """
    derivation = parent.derive(overlay_of({"axes": [{"code": "b"}], **change}), PLACE)
    if where is None:
        assert derivation.faults == ()
        return
    fault = only(derivation)
    assert told((fault,)) == [("CP407", where)]
    assert fault.values == {"name": "un", "axis": "a"}


# --- changes of the contract itself


@pytest.mark.parametrize(
    ("change", "faults"),
    [
        ({}, [("CP402", "contract")]),
        ({"set": {"term": "2015..2020"}}, [("CP402", "contract.set.term")]),
        ({"set": {"term": "2016..2020"}}, []),
        ({"set": {"window": "2017-S2"}}, []),
        (
            {"append": {"partners": ["L'école", "Le club"]}},
            [("CP402", "contract.append.partners.1")],
        ),
        (
            {"remove": {"partners": ["Le club", "Le foot"]}},
            [("CP405", "contract.remove.partners.1")],
        ),
        (
            {"set": {"partners": ["Le foot"]}, "append": {"partners": ["L'école"]}},
            [("CP401", "contract.append.partners")],
        ),
        ({"append": {"partners": ["L'école"]}, "remove": {"partners": ["Le club"]}}, []),
    ],
)
def test_change_of_the_contract_itself_bites_once(
    parent: Parent, change: dict[str, Any], faults: list[Told]
) -> None:
    """
    [parent]
    term = "2015..2020"
    partners = ["Le club"]
    """
    found = parent.derive(overlay_of({"contract": change}), PLACE).faults
    assert told(found) == faults
    assert {fault.file for fault in found} <= {FILE}


def test_amendments_of_one_day_that_both_change_a_field_are_both_named(parent: Parent) -> None:
    """
    [parent]
    term = "2015..2020"
    [amendments.a1]
    in_force_on = 2020-01-01
    contract.set.term = "2015..2021"
    [amendments.a2]
    in_force_on = 2020-01-01
    contract.set.term = "2015..2022"
    """
    [fault] = parent.faults
    assert (fault.code, fault.values) == ("CP401", {"field": "term", "name": "parent"})
    assert (fault.file, keys(fault.where)) == ("parent/amendments/a2.toml", "contract.set.term")
    [other] = fault.related
    assert isinstance(other.where, Place)
    assert (other.where.file, keys(other.where)) == (
        "parent/amendments/a1.toml",
        "contract.set.term",
    )


def test_amendments_of_one_day_that_both_state_the_axes_are_both_named(parent: Parent) -> None:
    """
    [amendments.a1]
    in_force_on = 2020-01-01
    axes = [{ code = "a" }]
    [amendments.a2]
    in_force_on = 2020-01-01
    axes = [{ code = "b" }]
    """
    [fault] = [fault for fault in parent.faults if fault.code == "CP401"]
    assert (fault.file, keys(fault.where)) == ("parent/amendments/a2.toml", "axes")
    assert fault.values["field"] == "axes"
    [other] = fault.related
    assert isinstance(other.where, Place)
    assert (other.where.file, keys(other.where)) == ("parent/amendments/a1.toml", "axes")


# --- what cannot be meant together


def test_sheet_left_out_and_changed_names_what_leaves_it_out(derivation: Derivation) -> None:
    """
    [parent.sheets.un]
    [parent.sheets.deux]
    [local]
    exclude = [{ sheet = "un", reason = "Pas ici" }]
    renumber = [{ sheet = "un", number = "7" }]
    merge = [{ sheets = ["deux", "un"], code = "ensemble" }]
    """
    faults = derivation.faults
    assert sorted(told(faults)) == [("CP403", "merge.0.sheets.1"), ("CP403", "renumber.0.sheet")]
    assert {keys(fault.related[0].where) for fault in faults} == {"exclude.0"}
    assert {fault.values["name"] for fault in faults} == {"un"}


def test_sheet_merged_and_changed_names_the_merge(derivation: Derivation) -> None:
    """
    [parent.sheets.un]
    [parent.sheets.deux]
    [local]
    adapt = [{ sheet = "un", set.lead = "Ici" }]
    merge = [{ sheets = ["deux", "un"], code = "ensemble" }]
    """
    fault = only(derivation)
    assert told((fault,)) == [("CP404", "adapt.0.sheet")]
    assert fault.values == {"name": "un", "into": "ensemble"}
    assert keys(fault.related[0].where) == "merge.0"


@pytest.mark.parametrize(
    ("changes", "faults"),
    [
        (
            {
                "renumber": [{"sheet": "un", "number": "7"}],
                "adapt": [{"sheet": "un", "number": "8", "set": {"lead": "Ici"}}],
            },
            [("CP401", "adapt.0.number")],
        ),
        (
            {
                "adapt": [
                    {"sheet": "un", "set": {"lead": "Ici"}},
                    {"sheet": "un", "set": {"context": "Là", "lead": "Ailleurs"}},
                ]
            },
            [("CP401", "adapt.1.set.lead")],
        ),
        (
            {
                "takes": "listed",
                "take": [{"sheet": "un"}],
                "adapt": [{"sheet": "un", "set": {"lead": "Ici"}}],
            },
            [("CP402", "take.0")],
        ),
        (
            {"takes": "listed", "take": [{"sheet": "un"}, {"sheet": "un"}]},
            [("CP401", "take.1.sheet")],
        ),
    ],
)
def test_two_changes_of_one_field_are_named_at_the_second(
    parent: Parent, changes: dict[str, Any], faults: list[Told]
) -> None:
    """
    [parent.sheets.un]
    """
    assert told(parent.derive(overlay_of(dict(changes)), PLACE).faults) == faults


# --- what a local text says of its reading


def test_version_that_the_parent_has_not_is_named_with_those_it_has(derivation: Derivation) -> None:
    """
    [amendments.a1]
    in_force_on = 2020-01-01
    [local]
    parent_version = "b7"
    """
    fault = only(derivation)
    assert told((fault,)) == [("CP210", "parent_version")]
    assert fault.values == {"name": "b7", "known": ("a1", "signed")}


def test_text_written_for_an_earlier_version_names_both(derivation: Derivation) -> None:
    """
    [amendments.a1]
    in_force_on = 2020-01-01
    [local]
    parent_version = "signed"
    """
    fault = only(derivation)
    assert told((fault,)) == [("CP408", "parent_version")]
    assert fault.values == {"written": "signed", "current": "a1"}


def test_change_that_rests_on_what_moved_is_to_read_again(derivation: Derivation) -> None:
    """
    [parent.sheets.un]
    lead = "La mairie"
    [amendments.a1]
    in_force_on = 2020-01-01
    adapt = [{ sheet = "un", set.lead = "La préfecture" }]
    [local]
    adapt = [{ sheet = "un", set.lead = "Ici" }]
    """
    assert told(derivation.faults) == [("CP408", "parent_version"), ("CP410", "adapt.0")]
    assert derivation.faults[1].values == {"field": "lead"}


def test_words_that_no_version_has_are_told_at_their_fingerprint(derivation: Derivation) -> None:
    """
    [parent.sheets.un]
    lead = "La mairie"
    [local]
    parent_fingerprint = "sha256:0000000000000000"
    adapt = [{ sheet = "un", set.lead = "Ici", rests_on.lead = "sha256:0000000000000000" }]
    """
    fault = only(derivation)
    assert told((fault,)) == [("CP409", "adapt.0.rests_on.lead")]
    assert fault.values == {"field": "lead"}


def test_parent_edited_in_place_is_told_at_the_fingerprint_of_the_whole(
    derivation: Derivation,
) -> None:
    """
    [parent.sheets.un]
    [local]
    parent_fingerprint = "sha256:0000000000000000"
    """
    fault = only(derivation)
    assert told((fault,)) == [("CP409", "parent_fingerprint")]
    assert fault.values == {"field": "parent_fingerprint"}


@pytest.mark.parametrize(
    ("change", "where"),
    [
        (
            {
                "adapt": [
                    {
                        "sheet": "un",
                        "set": {"lead": "Ici"},
                        "rests_on": {"title": "sha256:0000000000000000"},
                    }
                ]
            },
            "adapt.0.rests_on.title",
        ),
        (
            {"adapt": [{"sheet": "un", "set": {"lead": "Ici"}, "refused": {"title": "Non"}}]},
            "adapt.0.refused.title",
        ),
        (
            {"adapt": [{"sheet": "un", "set": {"lead": "Ici"}, "editorial": True}]},
            "adapt.0.editorial",
        ),
        ({"contract": {"set": {"term": "2016..2020"}, "editorial": True}}, "contract.editorial"),
    ],
)
def test_note_about_nothing_has_no_effect(
    parent: Parent, change: dict[str, Any], where: str
) -> None:
    """
    [parent.sheets.un]
    """
    fault = only(parent.derive(overlay_of(dict(change)), PLACE))
    assert told((fault,)) == [("CP402", where)]


def test_amendment_of_the_parent_rests_on_no_other_text(parent: Parent) -> None:
    """
    [parent.sheets.un]
    [amendments.a1]
    in_force_on = 2020-01-01
    adapt = [{ sheet = "un", set.lead = "Ici", rests_on.lead = "sha256:0000000000000000" }]
    """
    [fault] = parent.faults
    assert told((fault,)) == [("CP402", "adapt.0.rests_on.lead")]


# --- one change alone


LEAD = {"set": {"lead": "Ici"}}
MERGED = {"sheets": ["un", "deux"], "code": "ensemble"}


@pytest.mark.parametrize(
    ("table", "where", "what"),
    [
        ({"take": [{"sheet": "un"}]}, "take.0", '`takes = "all"` takes this sheet already'),
        (
            {"takes": "listed", "renumber": [{"sheet": "un", "number": "7"}]},
            "renumber.0",
            'with `takes = "listed"`, write `[[take]]`',
        ),
        (
            {"renumber": [{"sheet": "un", "number": "1", "axis": "a"}]},
            "renumber.0",
            "the sheet has this place already",
        ),
        (
            {"takes": "listed", "take": [{"sheet": "un", "number": "1"}]},
            "take.0.number",
            "the sheet has this place already",
        ),
        (
            {"adapt": [{"sheet": "un", "axis": "a", "set": {"lead": "Ici"}}]},
            "adapt.0.axis",
            "the sheet has this place already",
        ),
        ({"renumber": [{"sheet": "un"}]}, "renumber.0", "it gives the sheet no other place"),
        (
            {"axes": [{"code": "a", "number": 1, "parent": "a"}, {"code": "b", "number": 2}]},
            "axes",
            "the parent has these axes already",
        ),
        (
            {"contract": {"set": {"window": "2018-01..2018-06"}}},
            "contract.set.window",
            "the parent says this already",
        ),
        (
            {"amendments": {"b1": {"in_force_on": date(2020, 1, 1)}}},
            "title",
            "the amendment changes nothing",
        ),
        ({"adapt": [{"sheet": "un"}]}, "adapt.0", "it changes no field"),
        (
            {"adapt": [{"sheet": "un", "number": "7"}]},
            "adapt.0",
            "it changes no text: write `[[take]]` or `[[renumber]]`",
        ),
        (
            {"adapt": [{"sheet": "un", "axis": "b"}]},
            "adapt.0",
            "it changes no text: write `[[take]]` or `[[renumber]]`",
        ),
        (
            {"adapt": [{"sheet": "un", "set": {"lead": "La mairie"}}]},
            "adapt.0.set.lead",
            "the parent says this already",
        ),
        (
            {"adapt": [{"sheet": "un", "append": {"means": ["B", "A"]}}]},
            "adapt.0.append.means.1",
            "the parent's list has this item already",
        ),
        ({"contract": {}}, "contract", "it changes no field"),
        (
            {"takes": "listed", "take": [{"sheet": "un"}], "adapt": [{"sheet": "un", **LEAD}]},
            "take.0",
            "an `[[adapt]]` takes this sheet already",
        ),
        (
            {"amendments": {"b1": {"in_force_on": date(2020, 1, 1), "take": [{"sheet": "un"}]}}},
            "take.0",
            "the local text holds this sheet already",
        ),
        (
            {"adapt": [{"sheet": "un", **LEAD, "editorial": True}]},
            "adapt.0.editorial",
            "only the change of an amendment is editorial or not",
        ),
        (
            {"adapt": [{"sheet": "un", **LEAD, "refused": {"title": "Non"}}]},
            "adapt.0.refused.title",
            "the change does not touch this field",
        ),
    ],
)
def test_change_without_effect_says_why(
    parent: Parent, table: dict[str, Any], where: str, what: str
) -> None:
    """
    [parent]
    window = "2018-S1"
    [parent.sheets.un]
    number = "1"
    lead = "La mairie"
    means = ["A"]
    """
    [fault] = parent.derive(overlay_of(dict(table)), PLACE).faults
    assert told((fault,)) == [("CP402", where)]
    assert fault.values == {"what": Word(what)}


@pytest.mark.parametrize(
    "table",
    [
        {"renumber": [{"sheet": "un", "number": "1", "axis": "b"}]},
        {"renumber": [{"sheet": "un", "axis": "b"}]},
        {"takes": "listed", "take": [{"sheet": "un", "number": "2"}]},
        {"takes": "listed", "take": [{"sheet": "un", "number": "1", "uncertain": ["number"]}]},
        {"takes": "listed", "adapt": [{"sheet": "un", "number": "2", **LEAD}]},
        {"takes": "listed", "text": "partial", "take": [{"sheet": "un", "number": "1"}]},
        {"text": "partial", "axes": [{"code": "a", "number": 1}, {"code": "b", "number": 2}]},
        {
            "axes": [
                {"code": "a", "number": 1, "cut": ["title"]},
                {"code": "b", "number": 2, "parent": "b"},
            ]
        },
        {"adapt": [{"sheet": "un", "append": {"means": ["B"]}, "remove": {"means": ["A"]}}]},
        {"merge": [MERGED | {"keep": {"lead": "un"}, "set": {"context": "Ici"}}]},
        {
            "takes": "listed",
            "amendments": {"b1": {"in_force_on": date(2020, 1, 1), "take": [{"sheet": "un"}]}},
        },
    ],
)
def test_change_that_bites_is_no_fault(parent: Parent, table: dict[str, Any]) -> None:
    """
    [parent.sheets.un]
    number = "1"
    lead = "La mairie"
    means = ["A"]
    [parent.sheets.deux]
    """
    assert parent.derive(overlay_of(dict(table)), PLACE).faults == ()


@pytest.mark.parametrize(
    ("table", "code", "where", "values"),
    [
        (
            {"adapt": [{"sheet": "un", "set": {"means": ["B"]}, "append": {"means": ["C"]}}]},
            "CP401",
            "adapt.0.append.means",
            {"field": "means", "name": "un"},
        ),
        (
            {"adapt": [{"sheet": "un", "set": {"means": ["B"]}, "remove": {"means": ["A"]}}]},
            "CP401",
            "adapt.0.remove.means",
            {"field": "means", "name": "un"},
        ),
        (
            {"adapt": [{"sheet": "un", "remove": {"means": ["Z"]}}]},
            "CP405",
            "adapt.0.remove.means.0",
            {"field": "means", "name": "un", "value": "Z", "known": ("A",)},
        ),
        (
            {"contract": {"remove": {"partners": ["Le foot"]}}},
            "CP405",
            "contract.remove.partners.0",
            {"field": "partners", "name": "parent", "value": "Le foot", "known": ("Gymnase",)},
        ),
        (
            {"merge": [MERGED | {"keep": {"lead": "trois"}}]},
            "CP406",
            "merge.0.keep.lead",
            {"field": "lead", "name": "trois", "known": ("un", "deux")},
        ),
        (
            {"merge": [MERGED | {"keep": {"lead": "un"}, "set": {"lead": "Ici"}}]},
            "CP401",
            "merge.0.keep.lead",
            {"field": "lead", "name": "ensemble"},
        ),
        (
            {"merge": [MERGED | {"keep": {"leads": "un"}}]},
            "CP101",
            "merge.0.keep.leads",
            {"key": "leads", "nearest": "lead"},
        ),
        (
            {"contract": {"set": {"partners": ["A"]}, "remove": {"partners": ["Gymnase"]}}},
            "CP401",
            "contract.remove.partners",
            {"field": "partners", "name": "parent"},
        ),
        (
            {"add": [{"code": "un", "title": "Un", "axis": "a"}]},
            "CP207",
            "add.0.code",
            {"name": "un", "where": Word("the parent has a sheet of this code")},
        ),
    ],
)
def test_fault_of_one_change_says_what_it_takes_to_mend_it(
    parent: Parent, table: dict[str, Any], code: str, where: str, values: dict[str, Any]
) -> None:
    """
    [parent]
    partners = ["Gymnase"]
    [parent.sheets.un]
    means = ["A"]
    [parent.sheets.deux]
    [parent.sheets.trois]
    """
    faults = parent.derive(overlay_of(dict(table)), PLACE).faults
    [fault] = [fault for fault in faults if fault.code == code][:1]
    assert told((fault,)) == [(code, where)]
    assert fault.values == values


@pytest.mark.parametrize(
    "change",
    [
        {"adapt": [{"sheet": "un", "set": {"lead": "La mairie"}}]},
        {"contract": {"set": {"term": "2015..2020"}}},
    ],
)
def test_change_whose_words_are_held_nowhere_is_not_said_to_have_no_effect(
    parent: Parent, change: dict[str, Any]
) -> None:
    """
    [parent]
    term = "2015..2020"
    [parent.sheets.un]
    lead = "La mairie"
    """
    assert [fault.code for fault in parent.derive(overlay_of(dict(change)), PLACE).faults] == [
        "CP402"
    ]
    noun = change["adapt"][0] if "adapt" in change else change["contract"]
    [field] = noun["set"]
    noun["rests_on"] = {field: "sha256:0000000000000000"}
    table = {**change, "parent_fingerprint": "sha256:0000000000000000"}
    faults = parent.derive(overlay_of(table), PLACE).faults
    assert [fault.code for fault in faults] == ["CP409"]
