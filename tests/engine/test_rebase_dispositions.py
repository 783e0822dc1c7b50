"""Every piece of a local text has its fate, told with its words and where they go."""

import pytest

from cpps_cli.engine.rebase import Rebased
from tests.engine.conftest import carried


def test_each_piece_of_a_rich_text(found: Rebased) -> None:
    """
    link = "meme -> pareille; coupee -> part-1 + part-2; finie ->; un + deux -> ensemble"
    former.axes = [{ code = "a", number = 1 }, { code = "b", number = 2 }]
    former.meme = { lead = "La mairie", means = ["Un local", "Un vélo"] }
    former.coupee = { context = "Un contexte", means = ["Une salle", "Un banc"] }
    former.finie = {}
    former.un = {}
    former.deux = {}
    former.sue.axis = "b"
    new.axes = [{ code = "a", number = 1 }]
    new.pareille = { lead = "La préfecture", means = ["Un local"] }
    new.part-1.means = ["Une salle"]
    new.part-2.means = ["Un banc"]
    new.ensemble = {}
    local.sources = ["S1"]
    local.contract = { set.term = "2016..2020", reason = "Signé plus tard" }
    local.adapt = [
      { sheet = "meme", number = "7", axis = "b", reason = "Ici", editorial = true,
        set.lead = "Le quartier", append.means = ["Une moto"],
        remove.means = ["Un vélo", "Un local"], refused.lead = "Nous gardons notre pilote" },
      { sheet = "coupee", set.context = "Notre contexte", remove.means = ["Un banc"] },
      { sheet = "finie", set.lead = "Le club" },
    ]
    local.exclude = [{ sheet = "un", reason = "Pas ici", decided_by = "Le conseil" },
      { sheet = "sue", reason = "Plus tard" }]
    local.add = [{ code = "halle", title = "La halle", axis = "a", sources = ["S2"] }]
    fates = '''
    adapt.0 .number: carried -> pareille
    adapt.0.axis: no_home axis_gone -> pareille
    adapt.0.set.lead! .append.means.0: carried -> pareille
    adapt.0.remove.means.0: no_home item_gone -> pareille
    adapt.0.remove.means.1 .reason: carried -> pareille
    adapt.0.refused.lead .editorial: left_behind refused
    adapt.1!: carried split -> part-1 part-2
    adapt.1.set.context: to_decide split -> part-1 part-2
    adapt.1.remove.means.0: carried -> part-2
    adapt.2 .set.lead: no_home dropped
    exclude.0 .decided_by .reason: to_decide part_left_out -> ensemble
    exclude.1 .reason: no_home unknown
    add.0 .axis: carried -> halle
    contract.set.term .reason: left_behind former_contract'''
    """
    assert {fate.operation.place.file for fate in found.dispositions} == {"parent/local/T1.toml"}
    own = [fate for fate in found.dispositions if fate.operation.kind == "head"]
    assert [fate.operation.path for fate in own] == [("title",), ("sources", 0)]
    assert [fate.value for fate in own] == ["Contrat local fictif", "S1"]
    assert {(fate.outcome, fate.why) for fate in own} == {("left_behind", "former_contract")}


def test_each_piece_of_a_merge(found: Rebased) -> None:
    """
    link = "un + deux -> ensemble; trois -> trois-neuf; quatre -> quatre-neuf; cinq ->; six ->"
    former.un.lead = "La mairie"
    former.deux.lead = "Le parquet"
    former.trois = {}
    former.quatre = {}
    former.cinq = {}
    former.six = {}
    new.ensemble = {}
    new.trois-neuf.lead = "La mairie"
    new.quatre-neuf.lead = "Le rectorat"
    new.huit = {}
    local.merge = [
      { sheets = ["un", "deux"], code = "notre", number = "3", reason = "Une équipe",
        set.title = "Notre fiche", keep.lead = "deux" },
      { sheets = ["trois", "quatre"], code = "deux-en-un", set.context = "Ici",
        keep.lead = "quatre" },
      { sheets = ["cinq", "six"], code = "finies", set.title = "Les finies" },
    ]
    fates = '''
    merge.0!: carried one_sheet_now -> ensemble
    merge.0.code: left_behind one_sheet_now -> ensemble
    merge.0.sheets.0 .sheets.1 .number .set.title!: carried -> ensemble
    merge.0.keep.lead=Le parquet: to_decide kept_text_changed -> ensemble
    merge.0.reason: carried -> ensemble
    merge.1 .code: carried -> deux-en-un
    merge.1.sheets.0: carried -> trois-neuf
    merge.1.sheets.1: carried -> quatre-neuf
    merge.1.set.context: carried -> deux-en-un
    merge.1.keep.lead=quatre-neuf!: carried -> quatre-neuf
    merge.2 .code .sheets.0 .sheets.1 .set.title: no_home dropped'''
    """
    sheets = {fate.operation.place.path[1:]: fate.operation.sheets for fate in found.dispositions}
    assert sheets[0,] == sheets[0, "code"] == sheets[0, "set", "title"] == ("un", "deux")
    assert (sheets[0, "sheets", 0], sheets[1, "keep", "lead"]) == (("un",), ("quatre",))
    kept = next(fate for fate in found.dispositions if fate.operation.way == "keep")
    assert (kept.base, kept.theirs) == ("Le parquet", None)


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
    merge = {"sheets": ["un", "deux"], "code": "ensemble", "keep": {"lead": "deux"}}
    found = carried(
        {
            "link": "un -> une; deux -> autre",
            "former": {"un": {"lead": "La mairie"}, "deux": {"lead": "Le parquet"}},
            "new": {"une": {"lead": aside}, "autre": {"lead": kept}},
            "local": {"merge": [merge]},
        }
    )
    [fate] = [fate for fate in found.dispositions if fate.operation.way == "keep"]
    assert (fate.outcome, fate.to, fate.value) == ("carried", ("autre",), "autre")
    assert fate.to_reread == reread
    assert (fate.base, fate.theirs) == (("La mairie", aside) if reread else (None, None))


def test_each_axis_of_the_local_text(found: Rebased) -> None:
    """
    link = "axis a -> c; axis b -> c"
    former.axes = [{ code = "a" }, { code = "b" }, { code = "z" }]
    former.une = {}
    new.axes = [{ code = "c" }, { code = "d" }]
    new.une.axis = "c"
    local.axes = [
      { code = "gens", number = 1, title = "Nos gens", parent = "a" },
      { code = "rues", number = 2, title = "Nos rues", parent = "b" },
      { code = "quais", title = "Nos quais", parent = "z", announced_sheets = 4 },
      { code = "halle", number = 3, title = "La halle" },
    ]
    draft.axes = [
      { code = "gens", title = "Nos gens", number = 1, parent = "c" },
      { code = "rues", title = "Nos rues", number = 2 },
      { code = "quais", title = "Nos quais" },
      { code = "halle", title = "La halle", number = 3 },
    ]
    fates = '''
    axes.0 axes.1 axes.2 axes.3 axes.0.parent=c: carried
    axes.1.parent=c: to_decide meet
    axes.2.parent: no_home axis_gone
    axes.2.announced_sheets: left_behind former_contract'''
    """
