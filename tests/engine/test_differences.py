"""What differs between two texts; each docstring is the input, `[a]` and `[b]` the two texts."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpps_cli.engine import Parent, normalised
from cpps_cli.engine.diff import Differences, DiffSide, differences
from cpps_cli.engine.diff_fields import FieldDifference, Item, ListDiff, ScalarDiff, TextDiff
from cpps_cli.engine.diff_side import local_side, parent_side
from cpps_cli.engine.matching import diff_words, generations
from cpps_cli.model import Contract
from cpps_cli.model.beside import Correspondence
from tests.conftest import PLACE, contract_of, overlay_of
from tests.engine.test_laws import TEXTS, contracts


@pytest.fixture
def found(doc: dict[str, Any]) -> Differences:
    """What `[b]` says that `[a]` does not: two contracts whose sheets are all held."""
    return between(doc.get("a", {}), doc.get("b", {}))


def between(a: dict[str, Any], b: dict[str, Any]) -> Differences:
    return differences(DiffSide(contract_of(dict(a))), DiffSide(contract_of(dict(b))))


def fields(found: Differences, code: str) -> dict[str, FieldDifference]:
    [sheet] = [item for item in found.sheets if item.after.code == code]
    return {field.field: field for field in sheet.fields}


def fates(found: Differences) -> list[tuple[str, str]]:
    return [(item.sheet.code, item.fate) for item in (*found.removed, *found.added)]


# --- sheets


def test_sheets_are_told_by_code_not_by_number(found: Differences) -> None:
    """
    [a.sheets.un]
    number = "1.1"
    [a.sheets.deux]
    number = "1.2"
    [b.sheets.deux]
    number = "1.1"
    [b.sheets.trois]
    number = "1.2"
    """
    assert fates(found) == [("un", "absent"), ("trois", "absent")]
    assert fields(found, "deux") == {"number": ScalarDiff("number", "1.2", "1.1")}
    assert found.unchanged == 0
    assert not found.by_title


def test_sheet_moved_to_another_axis(found: Differences) -> None:
    """
    [a.sheets.un]
    axis = "a"
    [b.sheets.un]
    axis = "b"
    """
    assert fields(found, "un") == {"axis": ScalarDiff("axis", "a", "b")}


def test_words_of_a_text_are_marked(found: Differences) -> None:
    """
    [a.sheets.un]
    title = "Protéger les personnes âgées des escroqueries"
    [b.sheets.un]
    title = "Protéger les personnes seules des escroqueries en ligne"
    """
    title = fields(found, "un")["title"]
    assert isinstance(title, TextDiff)
    assert [(run.mark, run.text) for run in title.segments] == [
        ("same", "Protéger les personnes"),
        ("removed", " âgées"),
        ("added", " seules"),
        ("same", " des escroqueries"),
        ("added", " en ligne"),
    ]


def test_texts_that_share_little_are_marked_whole() -> None:
    segments = diff_words("La mission prévention de la mairie", "Le conseil de quartier, avec elle")
    assert [run.mark for run in segments] == ["removed", "added"]


def test_items_of_a_list_are_added_removed_and_moved(found: Differences) -> None:
    """
    [a.sheets.un]
    methods = ["écouter", "écrire", "relire", "afficher"]
    [b.sheets.un]
    methods = ["relire", "écouter", "écrire", "voter"]
    """
    methods = fields(found, "un")["methods"]
    assert isinstance(methods, ListDiff)
    assert methods.removed == (Item("afficher", None, 3, None),)
    assert methods.added == (Item(None, "voter", None, 3),)
    assert methods.moved == (Item("relire", "relire", 2, 0),)


def test_two_items_that_change_places_leave_the_others_where_they_are(found: Differences) -> None:
    """
    [a.sheets.un]
    methods = ["un", "deux", "trois"]
    [b.sheets.un]
    methods = ["trois", "deux", "un"]
    """
    methods = fields(found, "un")["methods"]
    assert isinstance(methods, ListDiff)
    assert [item.after for item in methods.moved] == ["trois", "un"]


def test_typing_alone_is_listed_apart(found: Differences) -> None:
    """
    [a.sheets.un]
    title = "L'accueil"
    means = ["un « local »"]
    [a.sheets.deux]
    title = "L'accueil et  l'écoute"
    lead = "la mairie"
    [b.sheets.un]
    title = "L’accueil"
    means = ['un "local"']
    [b.sheets.deux]
    title = "L’accueil et l’écoute"
    lead = "le parquet"
    """
    assert [item.after.code for item in found.retyped] == ["un"]
    assert [item.after.code for item in found.changed] == ["deux"]
    assert fields(found, "deux")["title"].typographic


def test_typing_alone_is_no_difference(found: Differences) -> None:
    """
    [a.sheets.un]
    title = "L'accueil"
    [b.sheets.un]
    title = "L’accueil"
    """
    assert not found


def test_indicator_is_compared_field_by_field(found: Differences) -> None:
    """
    [a.sheets.un]
    indicators = [
      { code = "x", title = "X", unit = "élèves", target = "60", values = [{ period = "2022" }] },
      { code = "y", title = "Y", unit = "euros" },
    ]
    [b.sheets.un]
    indicators = [
      { code = "x", title = "X", unit = "élèves", target = "80", values = [{ period = "2022" }] },
    ]
    """
    changed = fields(found, "un")
    assert changed["indicator_target"] == TextDiff("indicator_target", "60", "80", "x")
    listed = changed["indicators"]
    assert isinstance(listed, ListDiff)
    assert [item.before for item in listed.removed] == ["Y"]
    assert "indicator_values" not in changed


# --- the contract itself


def test_term_window_parties_and_axes_of_the_contract(found: Differences) -> None:
    """
    [a]
    term = "2021..2026"
    window = "2023-S2"
    signatories = ["la mairie", "le parquet"]
    axes = [{ code = "a", number = 1, title = "Agir" }, { code = "b", number = 2 }]
    [b]
    term = "2021..2027"
    window = "2023-S2"
    signatories = ["la mairie", "le rectorat"]
    axes = [{ code = "a", number = 2, title = "Agir tôt" }, { code = "c", number = 1 }]
    """
    changed = {field.field: field for field in found.contract}
    assert set(changed) == {"term", "signatories", "axes", "axis_number", "axis_title"}
    assert changed["axis_number"] == ScalarDiff("axis_number", "1", "2", "a")
    axes = changed["axes"]
    assert isinstance(axes, ListDiff)
    assert ([item.before for item in axes.removed], [item.after for item in axes.added]) == (
        ["b"],
        ["c"],
    )


def test_retained_value_of_a_dispute_is_compared(found: Differences) -> None:
    """
    [a]
    claims = [{ says.window = "2017-S2", retained = true }, { says.window = "2018-Q1" }]
    [b]
    window = "2018-Q1"
    """
    [window] = found.contract
    assert (str(window.before), str(window.after)) == ("2017-S2", "2018-Q1")


# --- generations


def test_without_a_common_code_sheets_of_one_title_are_paired(found: Differences) -> None:
    """
    [a.sheets.vieux]
    title = "Accueillir les victimes"
    lead = "la mairie"
    [a.sheets.perdu]
    title = "Éclairer la place"
    [b.sheets.neuf]
    title = "accueillir  les victimes"
    lead = "le parquet"
    """
    assert found.by_title
    [sheet] = found.sheets
    assert (sheet.before.code, sheet.after.code) == ("vieux", "neuf")
    assert fates(found) == [("perdu", "absent")]


def test_title_that_two_sheets_have_pairs_none(found: Differences) -> None:
    """
    [a.sheets.un]
    title = "Accueillir"
    [a.sheets.deux]
    title = "Accueillir"
    [b.sheets.trois]
    title = "Accueillir"
    """
    assert found.sheets == ()
    assert len(found.removed) == 2


def test_sheet_missing_from_a_text_held_in_part_is_unknown() -> None:
    a = DiffSide(contract_of({"sheets": {"un": {}}}))
    whole = Parent(contract_of({"id": "suite", "sheets": {"deux": {}}}), ())
    part = Parent(contract_of({"id": "suite", "announced_sheets": 3, "sheets": {"deux": {}}}), ())
    assert fates(differences(a, parent_side(whole))) == [("un", "absent"), ("deux", "absent")]
    unknown = differences(a, parent_side(part))
    assert fates(unknown) == [("un", "unknown"), ("deux", "absent")]


# --- local contracts


def local(doc: dict[str, Any]) -> Differences:
    parent = Parent(contract_of(doc["parent"]), ())
    derived = parent.derive(overlay_of(doc["local"]), PLACE).derived
    return differences(parent_side(parent), local_side(parent, derived))


def test_merged_sheet_says_what_it_is_made_from(doc: dict[str, Any]) -> None:
    """
    [parent.sheets.un]
    [parent.sheets.deux]
    [local]
    merge = [{ sheets = ["un", "deux"], code = "ensemble", set.title = "Ensemble" }]
    """
    found = local(doc)
    assert {item.sheet.code: item.linked for item in found.removed} == {
        "un": ("ensemble",),
        "deux": ("ensemble",),
    }
    [added] = found.added
    assert (added.fate, set(added.linked)) == ("merged", {"un", "deux"})


def test_what_a_local_text_leaves_out_keeps_its_reason(doc: dict[str, Any]) -> None:
    """
    [parent.sheets.un]
    [parent.sheets.deux]
    [parent.sheets.trois]
    axis = "b"
    [local]
    takes = "listed"
    text = "partial"
    whole_axes = ["a"]
    exclude = [{ sheet = "un", reason = "Pas de place ici." }]
    """
    found = local(doc)
    assert sorted(fates(found)) == [("deux", "absent"), ("trois", "unknown"), ("un", "absent")]
    reasons = [item.left_out.reason for item in found.removed if item.left_out]
    assert "Pas de place ici." in reasons


def test_sheet_of_a_local_axis_that_answers_the_parents_has_not_moved(doc: dict[str, Any]) -> None:
    """
    [parent.sheets.un]
    axis = "b"
    [local]
    axes = [
      { code = "places", number = 1, title = "Nos places", parent = "b" },
      { code = "gens", number = 2, title = "Nos gens", parent = "a" },
    ]
    """
    assert local(doc).sheets == ()


# --- laws


def applied(before: list[str], field: ListDiff) -> list[str]:
    """The list that a difference turns `before` into."""
    gone = {item.was for item in (*field.removed, *field.moved, *field.retyped)}
    kept = [text for position, text in enumerate(before) if position not in gone]
    coming = (*field.added, *field.moved, *field.retyped)
    for item in sorted(coming, key=lambda item: item.now or 0):
        kept.insert(item.now or 0, item.after or "")
    return kept


def read(found: Differences) -> Any:
    """What a comparison says, sheet by sheet."""
    return (
        {item.sheet.code for item in found.removed},
        {item.sheet.code for item in found.added},
        {item.after.code: [*map(read_field, item.fields)] for item in found.sheets},
    )


def read_field(field: FieldDifference) -> Any:
    if not isinstance(field, ListDiff):
        return (field.field, field.before, field.after)
    lists = (field.removed, field.added, field.moved)
    return (field.field, *({(i.before, i.after, i.was, i.now) for i in items} for items in lists))


def mirrored(found: Differences) -> Any:
    """What it says, as it reads from the other side."""
    return (
        {item.sheet.code for item in found.added},
        {item.sheet.code for item in found.removed},
        {item.before.code: [*map(mirrored_field, item.fields)] for item in found.sheets},
    )


def mirrored_field(field: FieldDifference) -> Any:
    if not isinstance(field, ListDiff):
        return (field.field, field.after, field.before)
    lists = (field.added, field.removed, field.moved)
    return (field.field, *({(i.after, i.before, i.now, i.was) for i in items} for items in lists))


@given(contracts())
def test_a_text_does_not_differ_from_itself(contract: Contract) -> None:
    found = differences(DiffSide(contract), DiffSide(contract))
    assert not found
    assert (found.sheets, found.contract, found.removed, found.added) == ((), (), (), ())
    assert found.unchanged == len(contract.sheets)


@given(contracts(), contracts())
def test_what_is_listed_turns_one_text_into_the_other(a: Contract, b: Contract) -> None:
    found = differences(DiffSide(a), DiffSide(b))
    kept = {sheet.code for sheet in a.sheets} - {item.sheet.code for item in found.removed}
    assert kept | {item.sheet.code for item in found.added} == {sheet.code for sheet in b.sheets}
    changed = {item.after.code: item.fields for item in found.sheets}
    for code in kept:
        before, after = a.sheet(code), b.sheet(code)
        assert before is not None
        assert after is not None
        values = {name: getattr(before, name) for name in ("title", "context", "lead", "methods")}
        for field in changed.get(code, ()):
            if isinstance(field, ListDiff) and field.field == "methods":
                values["methods"] = tuple(applied(list(before.methods), field))
            elif field.field in values:
                values[field.field] = field.after
        assert values == {name: getattr(after, name) for name in values}


@given(contracts(), contracts())
def test_the_other_way_round_is_the_mirror(a: Contract, b: Contract) -> None:
    assert read(differences(DiffSide(b), DiffSide(a))) == mirrored(
        differences(DiffSide(a), DiffSide(b))
    )


WORDS = st.lists(st.sampled_from(["un", "deux", "trois", "quatre", "cinq"]), max_size=9)


@given(WORDS, WORDS)
def test_any_order_of_items_is_found_and_mirrored(a: list[str], b: list[str]) -> None:
    found, back = (
        between({"sheets": {"x": {"methods": one}}}, {"sheets": {"x": {"methods": other}}})
        for one, other in ((a, b), (b, a))
    )
    assert read(back) == mirrored(found)
    for sheet in found.sheets:
        [field] = sheet.fields
        assert isinstance(field, ListDiff)
        assert applied(a, field) == b


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", normalised(text))


SENTENCES = st.lists(st.sampled_from(["le", "la", ",", "quartier", "l'école", "«", "ici", "»"]))


@given(SENTENCES.map(" ".join) | TEXTS, SENTENCES.map(" ".join) | TEXTS)
def test_marked_words_hold_both_texts(before: str, after: str) -> None:
    segments = diff_words(before, after)
    for text, lost in ((before, "added"), (after, "removed")):
        said = "".join(run.text for run in segments if run.mark != lost)
        assert squeezed(said) == squeezed(text)


@given(SENTENCES.map(" ".join), SENTENCES.map(" ".join))
def test_marked_words_read_the_same_both_ways_round(before: str, after: str) -> None:
    there, back = diff_words(before, after), diff_words(after, before)
    for mark, other in (("removed", "added"), ("added", "removed")):
        said = [squeezed(run.text) for run in there if run.mark == mark]
        assert said == [squeezed(run.text) for run in back if run.mark == other]


# --- two generations, with what a correspondence says of them


def across(doc: dict[str, Any], *, backwards: bool = False) -> Differences:
    """From `[a]` to `[b]` with `[links]`, or back."""
    stated = Correspondence.model_validate({"contract": "b", "former": "a", **doc["links"]})
    a, b = DiffSide(contract_of(dict(doc["a"]))), DiffSide(contract_of(dict(doc["b"])))
    links = generations(stated, backwards=backwards)
    return differences(b, a, links) if backwards else differences(a, b, links)


def test_sheets_that_a_correspondence_links_are_compared(doc: dict[str, Any]) -> None:
    """
    [a.sheets.rue]
    title = "Médiation de rue"
    [a.sheets.parc]
    title = "Gardien du parc"
    [b.sheets.place]
    title = "Médiation de place"
    [b.sheets.parc]
    title = "Tout autre chose"
    [[links.sheets]]
    kind = "same"
    before = ["rue"]
    after = ["place"]
    [[links.sheets]]
    kind = "dropped"
    before = ["parc"]
    reason = "Le parc est fermé."
    [[links.sheets]]
    kind = "new"
    after = ["parc"]
    """
    found = across(doc)
    assert [(item.before.code, item.after.code) for item in found.sheets] == [("rue", "place")]
    assert fates(found) == [("parc", "absent"), ("parc", "absent")]
    assert [item.match.reason for item in found.removed if item.match] == ["Le parc est fermé."]
    assert found.passages == ()


def test_split_and_merger_are_said_as_such_both_ways(doc: dict[str, Any]) -> None:
    """
    [a.sheets]
    un = {}
    deux = {}
    trois = {}
    [b.sheets]
    un = {}
    trois-a = {}
    trois-b = {}
    [[links.sheets]]
    kind = "merged"
    before = ["un", "deux"]
    after = ["un"]
    [[links.sheets]]
    kind = "split"
    before = ["trois"]
    after = ["trois-a", "trois-b"]
    """
    found = across(doc)
    assert (found.sheets, found.unchanged) == ((), 0)
    linked = [(item.sheet.code, item.fate, item.linked) for item in found.removed]
    assert linked == [
        ("deux", "merged", ("un",)),
        ("trois", "split", ("trois-a", "trois-b")),
        ("un", "merged", ("un",)),
    ]
    assert [item.kind for item in found.passages] == ["merged", "split"]
    back = across(doc, backwards=True)
    assert [item.kind for item in back.passages] == ["split", "merged"]
    assert back.passages[0].before == ("un",)
    assert back.passages[0].after == ("un", "deux")


def test_sheet_that_a_correspondence_does_not_name_is_told_by_code(doc: dict[str, Any]) -> None:
    """
    [a.sheets]
    un = {}
    deux = {}
    [b.sheets]
    un = {}
    trois = {}
    [links]
    known = "partial"
    """
    found = across(doc)
    assert found.unchanged == 1
    assert fates(found) == [("deux", "unknown"), ("trois", "unknown")]
    assert not found


def test_axes_of_two_generations_answer_each_other(doc: dict[str, Any]) -> None:
    """
    [a]
    axes = [{ code = "jeunes", title = "Les jeunes" }]
    [a.sheets.un]
    axis = "jeunes"
    [b]
    axes = [{ code = "grandir", title = "Grandir" }]
    [b.sheets.un]
    axis = "grandir"
    [[links.axes]]
    before = "jeunes"
    after = "grandir"
    [[links.sheets]]
    kind = "same"
    before = ["un"]
    after = ["un"]
    """
    assert across(doc).sheets == ()
    assert [item.field for item in across(doc).contract] == ["axis_title"]


def test_local_sheet_stands_for_those_that_it_merges(doc: dict[str, Any]) -> None:
    """
    [parent]
    sheets.un = {}
    sheets.deux = {}
    sheets.trois = {}
    [[local.merge]]
    sheets = ["un", "deux"]
    code = "un-deux"
    set = { title = "Un et deux" }
    reason = "Une équipe."
    [[local.exclude]]
    sheet = "trois"
    reason = "Pas ici."
    [b.sheets]
    eins = {}
    zwei = {}
    drei = {}
    [[links.sheets]]
    kind = "same"
    before = ["un"]
    after = ["eins"]
    [[links.sheets]]
    kind = "same"
    before = ["deux"]
    after = ["zwei"]
    [[links.sheets]]
    kind = "same"
    before = ["trois"]
    after = ["drei"]
    """
    parent = Parent(contract_of(doc["parent"]), ())
    local = local_side(parent, parent.derive(overlay_of(doc["local"]), PLACE).derived)
    stated = Correspondence.model_validate({"contract": "b", "former": "a", **doc["links"]})
    found = differences(local, DiffSide(contract_of(doc["b"])), generations(stated))
    assert [(item.fate, item.linked) for item in found.removed] == [("merged", ("eins", "zwei"))]
    assert fates(found)[1:] == [("drei", "absent"), ("eins", "merged"), ("zwei", "merged")]
    left_out = found.added[0].left_out
    assert left_out is not None
    assert left_out.reason == "Pas ici."
