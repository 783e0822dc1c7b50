"""Every piece of a local text has its fate, told with its words and where they go."""

from typing import Any

import pytest

from cpps_cli.engine import Parent
from cpps_cli.engine.rebase import Migration, migration
from cpps_cli.model import Add
from cpps_cli.model.correspondence import Correspondence
from tests.conftest import PLACE, amendments_of, contract_of, overlay_of

Told = tuple[str, tuple[str, ...], str, str, str, tuple[str, ...]]


@pytest.fixture
def found(doc: dict[str, Any]) -> Migration:
    former = Parent(contract_of(doc["former"]), ())
    new = Parent(contract_of({"id": "suite", **doc["new"]}), amendments_of({}))
    link = {"contract": "suite", "former": "parent", "known": "partial", **doc["link"]}
    return migration(
        former, new, Correspondence.model_validate(link), overlay_of(doc["local"]), PLACE
    )


def told(found: Migration) -> list[Told]:
    """Of each piece: its keys, the sheets of its change, its words, what became of it and why."""
    return [
        (
            ".".join(map(str, fate.piece.place.path)),
            fate.piece.sheets,
            fate.value.code if isinstance(fate.value, Add) else str(fate.value or ""),
            fate.outcome + ("!" if fate.to_reread else ""),
            fate.why,
            fate.to,
        )
        for fate in found.fates
    ]


def test_each_piece_of_a_rich_text(found: Migration) -> None:
    """
    [former]
    axes = [{ code = "a", number = 1 }, { code = "b", number = 2 }]
    [former.sheets.meme]
    lead = "La mairie"
    means = ["Un local", "Un vélo"]
    [former.sheets.coupee]
    context = "Un contexte"
    means = ["Une salle", "Un banc"]
    [former.sheets.finie]
    [former.sheets.un]
    [former.sheets.deux]
    [former.sheets.sue]
    axis = "b"
    [new]
    axes = [{ code = "a", number = 1 }]
    [new.sheets.pareille]
    lead = "La préfecture"
    means = ["Un local"]
    [new.sheets.part-1]
    means = ["Une salle"]
    [new.sheets.part-2]
    means = ["Un banc"]
    [new.sheets.ensemble]
    [link]
    axes = [{ before = "a", after = "a" }]
    [[link.sheets]]
    kind = "same"
    before = ["meme"]
    after = ["pareille"]
    [[link.sheets]]
    kind = "split"
    before = ["coupee"]
    after = ["part-1", "part-2"]
    [[link.sheets]]
    kind = "dropped"
    before = ["finie"]
    [[link.sheets]]
    kind = "merged"
    before = ["un", "deux"]
    after = ["ensemble"]
    [local]
    sources = ["S1"]
    contract = { set.term = "2016..2020", reason = "Signé plus tard" }
    [[local.adapt]]
    sheet = "meme"
    number = "7"
    axis = "b"
    reason = "Ici"
    editorial = true
    set.lead = "Le quartier"
    append.means = ["Une moto"]
    remove.means = ["Un vélo", "Un local"]
    refused.lead = "Nous gardons notre pilote"
    [[local.adapt]]
    sheet = "coupee"
    set.context = "Notre contexte"
    remove.means = ["Un banc"]
    [[local.adapt]]
    sheet = "finie"
    set.lead = "Le club"
    [[local.exclude]]
    sheet = "un"
    reason = "Pas ici"
    decided_by = "Le conseil"
    [[local.exclude]]
    sheet = "sue"
    reason = "Plus tard"
    [[local.add]]
    code = "halle"
    title = "La halle"
    axis = "a"
    sources = ["S2"]
    """
    meme, coupee, parts = ("meme",), ("coupee",), ("part-1", "part-2")
    here, whole = ("pareille",), ("ensemble",)
    assert told(found) == [
        ("adapt.0", meme, "", "carried", "", here),
        ("adapt.0.number", meme, "7", "carried", "", here),
        ("adapt.0.axis", meme, "b", "no_home", "axis_gone", here),
        ("adapt.0.set.lead", meme, "Le quartier", "carried!", "", here),
        ("adapt.0.append.means.0", meme, "Une moto", "carried", "", here),
        ("adapt.0.remove.means.0", meme, "Un vélo", "no_home", "item_gone", here),
        ("adapt.0.remove.means.1", meme, "Un local", "carried", "", here),
        ("adapt.0.reason", meme, "Ici", "carried", "", here),
        ("adapt.0.refused.lead", meme, "Nous gardons notre pilote", "left_behind", "refused", ()),
        ("adapt.0.editorial", meme, "True", "left_behind", "refused", ()),
        ("adapt.1", coupee, "", "carried!", "split", parts),
        ("adapt.1.set.context", coupee, "Notre contexte", "to_decide", "split", parts),
        ("adapt.1.remove.means.0", coupee, "Un banc", "carried", "", ("part-2",)),
        ("adapt.2", ("finie",), "", "no_home", "dropped", ()),
        ("adapt.2.set.lead", ("finie",), "Le club", "no_home", "dropped", ()),
        ("exclude.0", ("un",), "", "to_decide", "part_left_out", whole),
        ("exclude.0.decided_by", ("un",), "Le conseil", "to_decide", "part_left_out", whole),
        ("exclude.0.reason", ("un",), "Pas ici", "to_decide", "part_left_out", whole),
        ("exclude.1", ("sue",), "", "no_home", "unknown", ()),
        ("exclude.1.reason", ("sue",), "Plus tard", "no_home", "unknown", ()),
        ("add.0", (), "halle", "carried", "", ("halle",)),
        ("add.0.axis", (), "a", "carried", "", ("halle",)),
        ("contract.set.term", (), "2016..2020", "left_behind", "former_contract", ()),
        ("contract.reason", (), "Signé plus tard", "left_behind", "former_contract", ()),
        ("title", (), "Contrat local fictif", "left_behind", "former_contract", ()),
        ("sources.0", (), "S1", "left_behind", "former_contract", ()),
    ]
    assert {fate.piece.place.file for fate in found.fates} == {"parent/local/T1.toml"}
    kinds = {fate.piece.place.path[0]: fate.piece.kind for fate in found.fates}
    assert kinds == {
        **{kind: kind for kind in ("adapt", "exclude", "add", "contract")},
        "title": "head",
        "sources": "head",
    }


def test_each_piece_of_a_merge(found: Migration) -> None:
    """
    [former.sheets.un]
    lead = "La mairie"
    [former.sheets.deux]
    lead = "Le parquet"
    [former.sheets.trois]
    [former.sheets.quatre]
    [former.sheets.cinq]
    [former.sheets.six]
    [new.sheets.ensemble]
    [new.sheets.trois-neuf]
    lead = "La mairie"
    [new.sheets.quatre-neuf]
    lead = "Le rectorat"
    [new.sheets.huit]
    [link]
    [[link.sheets]]
    kind = "merged"
    before = ["un", "deux"]
    after = ["ensemble"]
    [[link.sheets]]
    kind = "same"
    before = ["trois"]
    after = ["trois-neuf"]
    [[link.sheets]]
    kind = "same"
    before = ["quatre"]
    after = ["quatre-neuf"]
    [[link.sheets]]
    kind = "dropped"
    before = ["cinq"]
    [[link.sheets]]
    kind = "dropped"
    before = ["six"]
    [local]
    [[local.merge]]
    sheets = ["un", "deux"]
    code = "notre"
    number = "3"
    reason = "Une équipe"
    set.title = "Notre fiche"
    keep.lead = "deux"
    [[local.merge]]
    sheets = ["trois", "quatre"]
    code = "deux-en-un"
    set.context = "Ici"
    keep.lead = "quatre"
    [[local.merge]]
    sheets = ["cinq", "six"]
    code = "finies"
    set.title = "Les finies"
    """
    both, two, three = ("un", "deux"), ("trois", "quatre"), ("cinq", "six")
    here, ours = ("ensemble",), ("deux-en-un",)
    assert told(found) == [
        ("merge.0", both, "", "carried!", "one_sheet_now", here),
        ("merge.0.code", both, "notre", "left_behind", "one_sheet_now", here),
        ("merge.0.sheets.0", ("un",), "un", "carried", "", here),
        ("merge.0.sheets.1", ("deux",), "deux", "carried", "", here),
        ("merge.0.number", both, "3", "carried", "", here),
        ("merge.0.set.title", both, "Notre fiche", "carried!", "", here),
        ("merge.0.keep.lead", ("deux",), "Le parquet", "to_decide", "kept_text_changed", here),
        ("merge.0.reason", both, "Une équipe", "carried", "", here),
        ("merge.1", two, "", "carried", "", ours),
        ("merge.1.code", two, "deux-en-un", "carried", "", ours),
        ("merge.1.sheets.0", ("trois",), "trois", "carried", "", ("trois-neuf",)),
        ("merge.1.sheets.1", ("quatre",), "quatre", "carried", "", ("quatre-neuf",)),
        ("merge.1.set.context", two, "Ici", "carried", "", ours),
        ("merge.1.keep.lead", ("quatre",), "quatre-neuf", "carried!", "", ("quatre-neuf",)),
        ("merge.2", three, "", "no_home", "dropped", ()),
        ("merge.2.code", three, "finies", "no_home", "dropped", ()),
        ("merge.2.sheets.0", ("cinq",), "cinq", "no_home", "dropped", ()),
        ("merge.2.sheets.1", ("six",), "six", "no_home", "dropped", ()),
        ("merge.2.set.title", three, "Les finies", "no_home", "dropped", ()),
        ("title", (), "Contrat local fictif", "left_behind", "former_contract", ()),
    ]


@pytest.mark.parametrize(
    ("aside", "kept", "reread"),
    [
        ("La mairie", "Le parquet", False),
        ("La  mairie ", "Le rectorat", False),
        ("La préfecture", "Le parquet", True),
        (None, "Le parquet", True),
    ],
)
def test_choice_of_a_merge_rests_on_what_it_put_aside(
    aside: str | None, kept: str, reread: bool
) -> None:
    """As `update` has it: what the sheet that is kept says now is the parent's, and flows in."""
    former = contract_of({"sheets": {"un": {"lead": "La mairie"}, "deux": {"lead": "Le parquet"}}})
    new = contract_of({"id": "suite", "sheets": {"une": {"lead": aside}, "autre": {"lead": kept}}})
    link = Correspondence.model_validate(
        {
            "contract": "suite",
            "former": "parent",
            "sheets": [
                {"kind": "same", "before": ["un"], "after": ["une"]},
                {"kind": "same", "before": ["deux"], "after": ["autre"]},
            ],
        }
    )
    merge = {"sheets": ["un", "deux"], "code": "ensemble", "keep": {"lead": "deux"}}
    found = migration(
        Parent(former, ()), Parent(new, ()), link, overlay_of({"merge": [merge]}), PLACE
    )
    [fate] = [fate for fate in found.fates if fate.piece.way == "keep"]
    assert (fate.outcome, fate.to, fate.value) == ("carried", ("autre",), "autre")
    assert fate.to_reread == reread
    assert (fate.before, fate.after) == (("La mairie", aside) if reread else (None, None))


def test_each_axis_of_the_local_text(found: Migration) -> None:
    """
    [former]
    axes = [{ code = "a" }, { code = "b" }, { code = "z" }]
    [former.sheets.une]
    [new]
    axes = [{ code = "c" }, { code = "d" }]
    [new.sheets.une]
    axis = "c"
    [link]
    axes = [{ before = "a", after = "c" }, { before = "b", after = "c" }]
    [[link.sheets]]
    kind = "same"
    before = ["une"]
    after = ["une"]
    [local]
    axes = [
      { code = "gens", number = 1, title = "Nos gens", parent = "a" },
      { code = "rues", number = 2, title = "Nos rues", parent = "b" },
      { code = "quais", title = "Nos quais", parent = "z", announced_sheets = 4 },
      { code = "halle", number = 3, title = "La halle" },
    ]
    """
    fates = [
        (".".join(map(str, fate.piece.place.path)), fate.outcome, fate.why, fate.value)
        for fate in found.fates
        if fate.piece.kind == "axes" and fate.piece.path
    ]
    assert fates == [
        ("axes.0.parent", "carried", "", "c"),
        ("axes.1.parent", "to_decide", "meet", "c"),
        ("axes.2.parent", "no_home", "axis_gone", "z"),
        ("axes.2.announced_sheets", "left_behind", "former_contract", 4),
    ]
    axes = [(axis.code, axis.title, axis.parent) for axis in found.proposal.axes]
    assert axes == [
        ("gens", "Nos gens", "c"),
        ("rues", "Nos rues", None),
        ("quais", "Nos quais", None),
        ("halle", "La halle", None),
    ]
    whole = [fate for fate in found.fates if fate.piece.kind == "axes" and not fate.piece.path]
    assert [(fate.value.code, fate.outcome) for fate in whole] == [
        (code, "carried") for code in ("gens", "rues", "quais", "halle")
    ]
