"""CP3xx: dates, terms and windows; CP4xx: changes, in amendments and in local contracts."""

from cpps_cli.diagnostics import N_, Code

DATE_CODES = (
    Code(
        id="CP301",
        title=N_("period that ends before it starts"),
        message=N_("`{value}` ends before it starts"),
        help=N_("write the earlier end first"),
        why=N_("A term or a window of less than no time has no last day to wait for."),
        wrong='term = "2020..2015"',
        right='term = "2015..2020"',
    ),
    Code(
        id="CP302",
        severity="warning",
        title=N_("window outside the term"),
        message=N_("the window {window} is not within the term {term}"),
        help=N_("check both; where a source says just this, leave it as it is"),
        why=N_("A renegotiation at mid-term takes place while the contract runs."),
        wrong='term = "2015..2017"\nwindow = "2018-Q1"',
        right='term = "2015..2020"\nwindow = "2017-S2..2018-S1"',
    ),
    Code(
        id="CP303",
        title=N_("part of a year that there is not"),
        message=N_("`{value}`: a year has no such part"),
        help=N_("write S1 or S2 for a half-year, Q1 to Q4 for a quarter"),
        why=N_("Windows and terms are computed from it."),
        wrong='window = "2017-S3"',
        right='window = "2017-S2"',
    ),
    Code(
        id="CP304",
        title=N_("season instead of days"),
        message=N_("`{value}` is a season, and nothing says on which day it begins"),
        help=N_('write the months that are meant, as in "2017-03..2017-05"'),
        why=N_("Windows and terms are computed from it, to the day."),
        wrong='window = "2017-21"',
        right='window = "2017-03..2017-05"',
    ),
    Code(
        id="CP305",
        title=N_("milestone before the contract was drafted or signed"),
        message=N_("`{kind}` is dated {on}, before the contract was {step}"),
        help=N_("correct one of the two dates; they follow each other in the life of a contract"),
        why=N_("Where a contract stands on a day is derived from its milestones."),
        wrong='kind = "validated"\non = "2014-11-20"   (drafted in "2015-01")',
        right='kind = "validated"\non = "2015-11-20"',
    ),
    Code(
        id="CP306",
        severity="note",
        title=N_("contract replaced by none that is held"),
        message=N_("`{name}` is recorded as replaced, but no contract of this library replaces it"),
        help=N_('write `replaces = "{name}"` in the contract that does'),
        why=N_("Who looks at an old contract must find the one that holds now."),
        wrong='kind = "replaced"',
        right='replaces = "cpps-2015-2020"   (in the contract that replaces it)',
    ),
    Code(
        id="CP309",
        title=N_("window of a renegotiation that is said not to be planned"),
        message=N_("a window is given beside `no_window = true`"),
        help=N_("keep the one that the sources say"),
        why=N_("Either a renegotiation is planned, or none is."),
        wrong='window = "2017-S2"\nno_window = true',
        right='window = "2017-S2"',
    ),
    Code(
        id="CP307",
        title=N_("amendment in force before the contract was signed"),
        message=N_("the amendment is in force from {on}, before the contract was signed"),
        help=N_("correct one of the two dates; an amendment changes a text that is signed"),
        why=N_("From its first day on the contract would have another text than the one signed."),
        wrong='in_force_on = 2014-09-01   (the contract is signed in "2015-05")',
        right="in_force_on = 2016-09-01",
    ),
    Code(
        id="CP308",
        severity="warning",
        title=N_("amendment in force before its own signature"),
        message=N_("the amendment is in force from {on}, before it was signed"),
        help=N_("check both dates; where the amendment itself says so, leave them as they are"),
        why=N_("Until it is signed, nobody is bound by what an amendment says."),
        wrong='signed_on = "2016-06-20"\nin_force_on = 2016-01-01',
        right='signed_on = "2016-06-20"\nin_force_on = 2016-09-01',
    ),
)

DERIVATION_CODES = (
    Code(
        id="CP401",
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
        title=N_("change without effect"),
        message=N_("this change has no effect: {what}"),
        help=N_("remove it, or correct what it says"),
        why=N_("A change that touches nothing looks like a commitment and is none."),
        wrong='[[adapt]]\nsheet = "cenomed"\nset.title = "…the title of the parent…"',
        right='[[adapt]]\nsheet = "cenomed"\nset.title = "CENOMED du quartier"',
    ),
    Code(
        id="CP403",
        title=N_("sheet that is left out, and changed as well"),
        message=N_("the sheet `{name}` is left out elsewhere"),
        help=N_("keep either the exclusion or this one"),
        why=N_("What is left out cannot be taken, adapted, merged or left out again."),
        wrong='[[exclude]]\nsheet = "cenomed"\n[[take]]\nsheet = "cenomed"',
        right='[[exclude]]\nsheet = "cenomed"',
    ),
    Code(
        id="CP404",
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
        title=N_("item that is not in the list"),
        message=N_("`{value}` is not in `{field}` of `{name}`"),
        help=N_("copy the item from the parent's text to the letter"),
        why=N_("What is to be removed would stay, and nobody would notice."),
        wrong='remove.means = ["un local"]',
        right='remove.means = ["Un local mis à disposition"]',
    ),
    Code(
        id="CP406",
        title=N_("kept text of a sheet that is not merged"),
        message=N_("`keep.{field}` names `{name}`, which this change does not merge"),
        help=N_("name one of the merged sheets"),
        why=N_("The text of a field is kept from one of the sheets that are merged."),
        wrong='sheets = ["cenomed", "recidive"]\nkeep.context = "citoyennete"',
        right='sheets = ["cenomed", "recidive"]\nkeep.context = "cenomed"',
    ),
    Code(
        id="CP407",
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
    Code(
        id="CP421",
        severity="error",
        title=N_("new indicator without title or unit"),
        message=N_("sheet `{name}` has no indicator `{value}` that could change"),
        help=N_("a new indicator has a `title` and a `unit`"),
        why=N_("A change of an indicator names it by its code, and says only what changes in it."),
        wrong='set.indicators = [{ code = "new", target = "12" }]',
        right='set.indicators = [{ code = "new", title = "…", unit = "…", target = "12" }]',
    ),
    Code(
        id="CP427",
        severity="warning",
        title=N_("following the parent, without a source"),
        message=N_("no source says that this signed text follows its parent"),
        help=N_("name in `sources` the document that says so, or take `follows` out"),
        why=N_("A signed text has its parent's words of that day, unless a document says else."),
        wrong='follows = "parent"',
        right='follows = "parent"\nsources = ["S1"]',
    ),
    Code(
        id="CP428",
        title=N_("change to a sheet that is not there at that time"),
        message=N_("`{change}` names the sheet `{name}`, which {when} `{version}`"),
        help=N_("write the change for a text that has the sheet, or put both in one amendment"),
        why=N_("A change is made to the text that stands on its day; another one cannot be meant."),
        wrong="in_force_on = 2025-03-01   (the sheet is added in September)\n"
        '[[adapt]]\nsheet = "ecrans"',
        right='in_force_on = 2025-10-01\n[[adapt]]\nsheet = "ecrans"',
    ),
)
