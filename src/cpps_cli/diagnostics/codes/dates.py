"""CP3xx: dates, terms and windows."""

from cpps_cli.diagnostics.codes.code import N_, Code

DATE_CODES = (
    Code(
        id="CP301",
        severity="error",
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
)
