"""CP4xx: changes, in amendments and in local contracts."""

from cpps_cli.diagnostics.code import N_, Code

DERIVATION_CODES = (
    Code(
        id="CP401",
        severity="error",
        title=N_("two changes on one field"),
        message=N_("`{field}` of `{name}` is changed twice"),
        help=N_("keep one of the two changes"),
        why=N_("The result would depend on which change is read last."),
        wrong=(
            '[[adapt]]\nsheet = "cenomed"\nset.title = "A"\n\n'
            '[[adapt]]\nsheet = "cenomed"\nset.title = "B"'
        ),
        right='[[adapt]]\nsheet = "cenomed"\nset.title = "A"',
    ),
    Code(
        id="CP402",
        severity="error",
        title=N_("change without effect"),
        message=N_("this change has no effect: {what}"),
        help=N_("remove it, or correct what it says"),
        why=N_("A change that touches nothing looks like a commitment and is none."),
        wrong='[[adapt]]\nsheet = "cenomed"\nset.title = "…the title of the parent…"',
        right='[[adapt]]\nsheet = "cenomed"\nset.title = "CENOMED du quartier"',
    ),
    Code(
        id="CP403",
        severity="error",
        title=N_("sheet that is left out, and changed as well"),
        message=N_("the sheet `{name}` is left out elsewhere"),
        help=N_("keep either the exclusion or this one"),
        why=N_("What is left out cannot be taken, adapted, merged or left out again."),
        wrong='[[exclude]]\nsheet = "cenomed"\n[[take]]\nsheet = "cenomed"',
        right='[[exclude]]\nsheet = "cenomed"',
    ),
    Code(
        id="CP404",
        severity="error",
        title=N_("merge that swallows a sheet changed elsewhere"),
        message=N_("the sheet `{name}` is merged into `{into}` by another change"),
        help=N_("say in the `[[merge]]` what becomes of it (`set`, `keep`)"),
        why=N_("The adapted text would disappear in the merged sheet."),
        wrong=(
            '[[merge]]\nsheets = ["cenomed", "recidive"]\ncode = "mineurs"\n\n'
            '[[adapt]]\nsheet = "cenomed"\nset.title = "Mineurs"'
        ),
        right=(
            '[[merge]]\nsheets = ["cenomed", "recidive"]\ncode = "mineurs"\nset.title = "Mineurs"'
        ),
    ),
    Code(
        id="CP405",
        severity="error",
        title=N_("item that is not in the list"),
        message=N_("`{value}` is not in `{field}` of `{name}`"),
        help=N_("copy the item from the parent's text to the letter"),
        why=N_("What is to be removed would stay, and nobody would notice."),
        wrong='remove.means = ["un local"]',
        right='remove.means = ["Un local mis à disposition"]',
    ),
    Code(
        id="CP406",
        severity="error",
        title=N_("kept text of a sheet that is not merged"),
        message=N_("`keep.{field}` names `{name}`, which this change does not merge"),
        help=N_("name one of the merged sheets"),
        why=N_("The text of a field is kept from one of the sheets that are merged."),
        wrong='sheets = ["cenomed", "recidive"]\nkeep.context = "citoyennete"',
        right='sheets = ["cenomed", "recidive"]\nkeep.context = "cenomed"',
    ),
    Code(
        id="CP407",
        severity="error",
        title=N_("sheet without a place among the local axes"),
        message=N_(
            "the local contract has axes of its own, and the sheet `{name}` is in none of them"
        ),
        help=N_(
            'write `axis = "…"` in the change, or `parent = "{axis}"` in one of the local axes'
        ),
        why=N_("A sheet without axis would appear in no table of contents."),
        wrong='[[axes]]\ncode = "places"\n[[take]]\nsheet = "cenomed"',
        right='[[axes]]\ncode = "places"\n[[take]]\nsheet = "cenomed"\naxis = "places"',
    ),
    Code(
        id="CP408",
        severity="warning",
        title=N_("local contract to read again"),
        message=N_(
            "this text was written against `{written}`; the parent is at `{current}` since then"
        ),
        help=N_(
            "run `cpps update`: it shows what is to be read again, and writes `parent_version`"
        ),
        why=N_("An amendment of the parent may touch what the local text rests on."),
        wrong='parent_version = "signed"   (the parent has been amended)',
        right='parent_version = "avenant-1"',
    ),
    Code(
        id="CP409",
        severity="warning",
        title=N_("parent edited without an amendment"),
        message=N_("the parent's text is no longer the one that `{field}` states"),
        help=N_(
            "run `cpps update`: the former text is not held, so read the local one again; or give "
            "the parent its text back, and write what changed as an amendment"
        ),
        why=N_("A contract changes by an amendment: what was signed is not edited afterwards."),
        wrong='rests_on.lead = "sha256:…"   (the sheet of the parent was edited since)',
        right="an amendment of the parent, then `cpps update`",
    ),
    Code(
        id="CP410",
        severity="warning",
        title=N_("local change to read again"),
        message=N_("this change rests on `{field}`, where the parent says something else since"),
        help=N_("run `cpps update`: it shows the three texts, and takes your decision"),
        why=N_("The local text was written beside words that are no longer the parent's."),
        wrong='[[adapt]]\nset.lead = "…"   (an amendment changed `lead` as well)',
        right='rests_on.lead = "sha256:…"   (read again: written by `cpps update --take local`)',
    ),
)
