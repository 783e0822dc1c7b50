"""The commands, in the order in which help lists them: the section, the name, the help, an example.

Each is the function of the same name, in a module that is imported once the command is asked for.
What help lists of it stands here, so that listing imports none of them.
"""

from cpps_cli.i18n.catalogue import _

# Verbs of one subject share a module; every other one has that of its own name.
SHARED = {
    "lists": ("list-actions", "list-contracts", "list-programmes", "disputes"),
    "show": ("show", "trace", "history"),
    "diff": ("diff", "compare"),
    "calendar": ("calendar", "timeline"),
    "reference": ("explain", "schema"),
    "check": ("check", "pin"),
    "begin": ("init", "start", "import-sheets"),
}
READ, CHECK, WRITE = _("Read and derive"), _("Check and explain"), _("Write in your own library")
_READING = (
    ("list-actions", _("List the action sheets of a contract."), "--axis 1 --search récidive"),
    (
        "show",
        _("Show all that is held of one action sheet, with its sources."),
        "1.4 --arrondissement 19",
    ),
    (
        "derive",
        _("Derive the contract of an arrondissement from its parent, each sheet with its origin."),
        "--arrondissement 18",
    ),
    (
        "coverage",
        _("Show what became of each sheet of the parent in each local contract, both ways."),
        "--arrondissement 14,19",
    ),
    (
        "compare",
        _(
            "Compare a sheet of the parent with what the local contracts make of it, field by "
            "field."
        ),
        "1.2 --arrondissement 14,19",
    ),
    (
        "trace",
        _("Show where each value of a sheet comes from: origin, file and line, version."),
        "1.4 title --arrondissement 19",
    ),
    (
        "history",
        _("Show what changed in a contract or in one of its sheets, when, by which amendment."),
        "--contract cps-2000",
    ),
    (
        "diff",
        _("Show what differs between two contracts, or between two texts of one."),
        "cpps-2015-2020 cpps-2015-2020/19",
    ),
    (
        "renegotiation-status",
        _("Show which contracts are due for mid-term renegotiation."),
        "--on 2017-09-01",
    ),
    (
        "calendar",
        _("Show the dates to come, or write them for a calendar, with reminders."),
        "--output cpps.ics",
    ),
    (
        "timeline",
        _("Draw terms, windows and milestones across the years, with the day marked."),
        "--on 2017-09-01",
    ),
    (
        "list-contracts",
        _("List the contracts of the library and the local contracts whose text is held."),
        "",
    ),
    (
        "list-programmes",
        _("List the programmes that sources report: they are not the words of a contract."),
        "",
    ),
    (
        "disputes",
        _("Show what sources disagree on, what is retained, and why."),
        "--contract cpps-2015-2020",
    ),
    (
        "export",
        _("Write a contract, a sheet or an amendment as a document for people."),
        "-a 18 -o 18e.html",
    ),
)
_CHECKING = (
    (
        "check",
        _("Find every fault of a library, say where it is and how to mend it; nothing is changed."),
        "my-library --format concise",
    ),
    ("explain", _("Say what a code of `cpps check` means, and why it matters."), "CP203"),
    ("schema", _("Print the JSON Schema of a kind of file, or of an answer in JSON."), "sheet"),
)
_WRITING = (
    ("init", _("Make a library of your own: a copy of Paris, to complete."), "my-contracts"),
    ("start", _("Begin the text of an arrondissement, in your own library."), "-a 18"),
    (
        "pin",
        _("Note in each local text the fingerprints of what it rests on in its parent."),
        "--arrondissement 19",
    ),
    (
        "update",
        _("Compare the parent then, the parent now and the local text: what is to be read again?"),
        "--arrondissement 19",
    ),
    (
        "record",
        _("Record what happened to a contract, in your own library."),
        "renegotiated -a 19 --dated 2018-03-01",
    ),
    (
        "migrate",
        _("Carry the text of an arrondissement to the contract that replaces its parent."),
        "-a 1 --to contrat-exemple-2027-2032 --data data/exemple",
    ),
    (
        "import-sheets",
        _("Fill the sheets from a table, a line each."),
        "sheets.csv --apply --source S4",
    ),
)
COMMANDS = tuple(
    (section, name, help, f"cpps {name} {words}".rstrip())
    for section, rows in ((READ, _READING), (CHECK, _CHECKING), (WRITE, _WRITING))
    for name, help, words in rows
)

# These judge or change texts of one's own: they never answer from a library that nobody named.
OWN = {"check", *(row[0] for row in _WRITING if row[0] != "init")}


def module_of(name: str) -> str:
    """Finds the module of a command."""
    shared = (module for module, names in SHARED.items() if name in names)
    return "cpps_cli.cli." + next(shared, name.replace("-", "_"))
