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
COMMANDS: tuple[tuple[str, str, str, str], ...] = (
    (
        READ,
        "list-actions",
        _("List the action sheets of a contract."),
        "cpps list-actions --axis 1 --search récidive",
    ),
    (
        READ,
        "show",
        _("Show all that is held of one action sheet, with its sources."),
        "cpps show 1.4 --arrondissement 19",
    ),
    (
        READ,
        "derive",
        _("Derive the contract of an arrondissement from its parent, each sheet with its origin."),
        "cpps derive --arrondissement 18",
    ),
    (
        READ,
        "coverage",
        _("Show what became of each sheet of the parent in each local contract, both ways."),
        "cpps coverage --arrondissement 14,19",
    ),
    (
        READ,
        "compare",
        _(
            "Compare a sheet of the parent with what the local contracts make of it, field by "
            "field."
        ),
        "cpps compare 1.2 --arrondissement 14,19",
    ),
    (
        READ,
        "trace",
        _("Show where each value of a sheet comes from: origin, file and line, version."),
        "cpps trace 1.4 title --arrondissement 19",
    ),
    (
        READ,
        "history",
        _("Show what changed in a contract or in one of its sheets, when, by which amendment."),
        "cpps history --contract cps-2000",
    ),
    (
        READ,
        "diff",
        _("Show what differs between two contracts, or between two texts of one."),
        "cpps diff cpps-2015-2020 cpps-2015-2020/19",
    ),
    (
        READ,
        "renegotiation-status",
        _("Show which contracts are due for mid-term renegotiation."),
        "cpps renegotiation-status --on 2017-09-01",
    ),
    (
        READ,
        "calendar",
        _("Show the dates to come, or write them for a calendar, with reminders."),
        "cpps calendar --output cpps.ics",
    ),
    (
        READ,
        "timeline",
        _("Draw terms, windows and milestones across the years, with the day marked."),
        "cpps timeline --on 2017-09-01",
    ),
    (
        READ,
        "list-contracts",
        _("List the contracts of the library and the local contracts whose text is held."),
        "cpps list-contracts",
    ),
    (
        READ,
        "list-programmes",
        _("List the programmes that sources report: they are not the words of a contract."),
        "cpps list-programmes",
    ),
    (
        READ,
        "disputes",
        _("Show what sources disagree on, what is retained, and why."),
        "cpps disputes --contract cpps-2015-2020",
    ),
    (
        READ,
        "export",
        _("Write a contract, a sheet or an amendment as a document for people."),
        "cpps export -a 18 -o 18e.html",
    ),
    (
        CHECK,
        "check",
        _("Find every fault of a library, say where it is and how to mend it; nothing is changed."),
        "cpps check my-library --format concise",
    ),
    (
        CHECK,
        "explain",
        _("Say what a code of `cpps check` means, and why it matters."),
        "cpps explain CP203",
    ),
    (
        CHECK,
        "schema",
        _("Print the JSON Schema of a kind of file, or of an answer in JSON."),
        "cpps schema sheet",
    ),
    (
        WRITE,
        "init",
        _("Make a library of your own: a copy of Paris, to complete."),
        "cpps init my-contracts",
    ),
    (
        WRITE,
        "start",
        _("Begin the text of an arrondissement, in your own library."),
        "cpps start -a 18",
    ),
    (
        WRITE,
        "pin",
        _("Note in each local text the fingerprints of what it rests on in its parent."),
        "cpps pin --arrondissement 19",
    ),
    (
        WRITE,
        "update",
        _("Compare the parent then, the parent now and the local text: what is to be read again?"),
        "cpps update --arrondissement 19",
    ),
    (
        WRITE,
        "record",
        _("Record what happened to a contract, in your own library."),
        "cpps record renegotiated -a 19 --dated 2018-03-01",
    ),
    (
        WRITE,
        "migrate",
        _("Carry the text of an arrondissement to the contract that replaces its parent."),
        "cpps migrate -a 1 --to contrat-exemple-2027-2032 --data data/exemple",
    ),
    (
        WRITE,
        "import-sheets",
        _("Fill the sheets from a table, a line each."),
        "cpps import-sheets sheets.csv --apply",
    ),
)


def module_of(name: str) -> str:
    """Finds the module of a command."""
    shared = (module for module, names in SHARED.items() if name in names)
    return "cpps_cli.cli." + next(shared, name.replace("-", "_"))
