"""Every operation of a local text has a disposition; each docstring is input and outcome."""

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
    dispositions = '''
    adapt.0 .number: remapped -> pareille
    adapt.0.axis: orphaned axis_gone -> pareille
    adapt.0.set.lead! .append.means.0: remapped -> pareille
    adapt.0.remove.means.0: orphaned item_gone -> pareille
    adapt.0.remove.means.1 .reason: remapped -> pareille
    adapt.0.refused.lead .editorial: discarded refused
    adapt.1!: remapped split -> part-1 part-2
    adapt.1.set.context: to_decide split -> part-1 part-2
    adapt.1.remove.means.0: remapped -> part-2
    adapt.2 .set.lead: orphaned dropped
    exclude.0 .decided_by .reason: to_decide part_left_out -> ensemble
    exclude.1 .reason: orphaned unknown
    add.0 .axis: remapped -> halle
    contract.set.term .reason: discarded former_contract'''
    """
    assert {item.operation.place.file for item in found.dispositions} == {"parent/local/T1.toml"}
    own = [item for item in found.dispositions if item.operation.kind == "head"]
    assert [item.operation.path for item in own] == [("title",), ("sources", 0)]
    assert [item.value for item in own] == ["Contrat local fictif", "S1"]
    assert {(item.outcome, item.why) for item in own} == {("discarded", "former_contract")}


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
    dispositions = '''
    merge.0!: remapped one_sheet_now -> ensemble
    merge.0.code: discarded one_sheet_now -> ensemble
    merge.0.sheets.0 .sheets.1 .number .set.title!: remapped -> ensemble
    merge.0.keep.lead=Le parquet: to_decide kept_text_changed -> ensemble
    merge.0.reason: remapped -> ensemble
    merge.1 .code: remapped -> deux-en-un
    merge.1.sheets.0: remapped -> trois-neuf
    merge.1.sheets.1: remapped -> quatre-neuf
    merge.1.set.context: remapped -> deux-en-un
    merge.1.keep.lead=quatre-neuf!: remapped -> quatre-neuf
    merge.2 .code .sheets.0 .sheets.1 .set.title: orphaned dropped'''
    """
    sheets = {item.operation.place.path[1:]: item.operation.sheets for item in found.dispositions}
    assert sheets[0,] == sheets[0, "code"] == sheets[0, "set", "title"] == ("un", "deux")
    assert (sheets[0, "sheets", 0], sheets[1, "keep", "lead"]) == (("un",), ("quatre",))
    kept = next(item for item in found.dispositions if item.operation.way == "keep")
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
    [item] = [item for item in found.dispositions if item.operation.way == "keep"]
    assert (item.outcome, item.to, item.value) == ("remapped", ("autre",), "autre")
    assert item.to_reread == reread
    assert (item.base, item.theirs) == (("La mairie", aside) if reread else (None, None))


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
    dispositions = '''
    axes.0 axes.1 axes.2 axes.3 axes.0.parent=c: remapped
    axes.1.parent=c: to_decide meet
    axes.2.parent: orphaned axis_gone
    axes.2.announced_sheets: discarded former_contract'''
    """
