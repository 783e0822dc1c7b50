"""CP1xx: the shape of one file."""

from cpps_cli.diagnostics import N_, Code

SHAPE_CODES = (
    Code(
        id="CP101",
        title=N_("unknown key"),
        message=N_("the key `{key}` is not known here"),
        help=N_("correct or remove it"),
        why=N_("A mistyped key would be passed over in silence and its value lost."),
        wrong='titre = "Promouvoir la citoyenneté"',
        right='title = "Promouvoir la citoyenneté"',
    ),
    Code(
        id="CP102",
        title=N_("missing key"),
        message=N_("the key `{key}` is missing"),
        help=N_("add a line `{key} = …`"),
        why=N_("Without it the rest of the file cannot be understood."),
        wrong='[[exclude]]\nreason = "Déjà couvert"',
        right='[[exclude]]\nsheet = "cenomed"\nreason = "Déjà couvert"',
    ),
    Code(
        id="CP103",
        title=N_("value of another kind"),
        message=N_("`{key}` is {found}, where {expected} is expected"),
        why=N_("`true` is not 1 and 0 is not a date: nothing is converted in silence."),
        wrong="announced_sheets = true",
        right="announced_sheets = 31",
    ),
    Code(
        id="CP104",
        title=N_("value that is not in the list"),
        message=N_("`{key}` cannot be `{value}`"),
        why=N_("Only the words of the list have a meaning for the tool."),
        wrong='takes = "some"',
        right='takes = "listed"',
    ),
    Code(
        id="CP105",
        title=N_("value badly formed"),
        message=N_("`{value}` is not {shape}"),
        why=N_("Codes and numbers are what other files, tables and scripts name things by."),
        wrong='number = "fiche 1"',
        right='number = "1.1"',
    ),
    Code(
        id="CP106",
        title=N_("empty text"),
        message=N_("the text of `{key}` is empty"),
        help=N_("write it, or remove the key: what is unknown is left out"),
        why=N_("An empty text looks like a known value."),
        wrong='lead = ""',
        right="",
    ),
    Code(
        id="CP107",
        title=N_("number out of bounds"),
        message=N_("`{key}` cannot be {value}"),
        help=N_("write a number between {least} and {most}"),
        why=N_("A count below zero or in the millions is a slip of the keyboard."),
        wrong="announced_sheets = -31",
        right="announced_sheets = 31",
    ),
    Code(
        id="CP108",
        title=N_("list too short"),
        message=N_("`{key}` needs at least {least} items"),
        help=N_("name the other sheets, or write `[[adapt]]` for one sheet alone"),
        why=N_("A merge brings several sheets together; one sheet alone is adapted."),
        wrong='[[merge]]\nsheets = ["cenomed"]\ncode = "mineurs"',
        right='[[merge]]\nsheets = ["cenomed", "recidive"]\ncode = "mineurs"',
    ),
    Code(
        id="CP109",
        title=N_("period that cannot be read"),
        message=N_("`{value}` is not a day or a period"),
        help=N_(
            'write a day "2017-07-01", a month "2017-07", a quarter "2017-Q3", a half-year '
            '"2017-S2", a year "2017", or a range "2017-S2..2018-S1"'
        ),
        why=N_("Windows and terms are computed from it."),
        wrong='window = "fin 2017"',
        right='window = "2017-S2"',
    ),
    Code(
        id="CP110",
        title=N_("date that does not exist"),
        message=N_("`{value}` is not in the calendar"),
        help=N_("check the month and the day"),
        why=N_("Windows and terms are computed from it."),
        wrong='on = "2017-02-30"',
        right='on = "2017-02-28"',
    ),
    Code(
        id="CP111",
        title=N_("library of another format"),
        message=N_(
            "this library has format {value}; this version of cpps reads format {known_format}"
        ),
        help=N_("use the version of cpps that goes with it"),
        why=N_("A newer format may hold what this version would lose."),
        wrong="format = 2",
        right="format = 1",
    ),
    Code(
        id="CP112",
        title=N_("item written twice in a list"),
        message=N_("`{value}` stands twice in `{key}`"),
        help=N_("keep one of the two"),
        why=N_(
            "A count of the items would be wrong, and a change to one would not reach the other."
        ),
        wrong='sources = ["S1", "S1"]',
        right='sources = ["S1"]',
    ),
    Code(
        id="CP113",
        title=N_("value stated twice"),
        message=N_("`{key}` is written here, and also stated by claims"),
        help=N_("keep the claims; the one that is retained gives the value"),
        why=N_("The two would drift apart, and a view could not say that the value is disputed."),
        wrong="announced_sheets = 31\n[[claims]]\nsays.announced_sheets = 32",
        right=(
            "[[claims]]\nsays.announced_sheets = 31\nretained = true\n\n"
            "[[claims]]\nsays.announced_sheets = 32"
        ),
    ),
    Code(
        id="CP114",
        title=N_("claims without one that is retained"),
        message=N_("{what}"),
        help=N_("write `retained = true` on one of them only, and say why"),
        why=N_(
            "Sources that disagree are all kept, but each table and computation shows one value."
        ),
        wrong="[[claims]]\nsays.pages = 168\n\n[[claims]]\nsays.pages = 190",
        right="[[claims]]\nsays.pages = 168\nretained = true\n\n[[claims]]\nsays.pages = 190",
    ),
    Code(
        id="CP115",
        title=N_("claim that says nothing"),
        message=N_("this claim says nothing"),
        help=N_("give it `says.FIELD = …`, or a `topic` with `words`"),
        why=N_("A claim is what a source says of something."),
        wrong='[[claims]]\nsources = ["S1"]',
        right='[[claims]]\nsays.pages = 168\nsources = ["S1"]',
    ),
    Code(
        id="CP116",
        title=N_("key that the name of the file says"),
        message=N_("`{key}` is not written here: {where}"),
        help=N_("move what it says there, or remove it"),
        why=N_("Said twice, the two could differ, and nobody could tell which one was meant."),
        wrong='code = "cenomed"   (in sheets/cenomed.toml)',
        right='title = "CENOMED"   (in sheets/cenomed.toml)',
    ),
)
