"""The frame of a library for another town: what each file must hold, and words on the rest."""

from cpps_cli.store.commented import Say, example_hint, stated, to_uncomment, words
from cpps_cli.store.entries import CONTRACT, SOURCES
from cpps_cli.store.finding import MANIFEST, TERRITORIES
from cpps_cli.store.validation import slug

TOWN = "town"


def empty_library(language: str, _: Say) -> dict[str, str]:
    """The files of a library with one contract, one axis and one sheet to complete."""
    contract, axis = slug(_("contract")), slug(_("axis 1"))
    sheet = slug(_("axis 1 to complete 1"))
    return {
        MANIFEST: _library(contract, language, _),
        SOURCES: _sources(_),
        TERRITORIES: _territories(_),
        f"{contract}/{CONTRACT}": _contract(axis, _),
        f"{contract}/sheets/{sheet}.toml": _sheet(axis, _),
    }


def _library(contract: str, language: str, _: Say) -> str:
    begins = _("A library: a folder of contracts. Fill in what stands between quotation marks.")
    name = _(
        "The folder of the contract that commands speak of. Its name is the contract's id: rename "
        "the folder as you like, with the years for instance, and write the name here."
    )
    return "\n".join(
        [
            "#:schema schemas/library.json\n" + words(begins) + example_hint(_),
            "format = 1\n" + stated("title", _("Prevention contracts of our town")),
            words(name) + stated("contract", contract),
            words(_("The language of the contracts: fr or en.")) + stated("language", language),
        ]
    )


def _sources(_: Say) -> str:
    about = _(
        "The documents that state the facts. Other files name them by their id, as in "
        '`sources = ["S1"]`.'
    )
    source = "[sources.S1]\n" + stated("title", _("The signed contract"))
    source += stated("dated", "2024-03") + stated("address", "https://www.example.org/contract.pdf")
    return f"#:schema schemas/sources.json\n{words(about)}\n{to_uncomment(source)}"


def _territories(_: Say) -> str:
    town = f"[territories.{TOWN}]\n" + stated("name", _("Our town"))
    district = "[territories.district-1]\n" + stated("name", _("First district"))
    about = _(
        "Its districts, where they have contracts of their own; `also` holds the other names by "
        "which people call them."
    )
    return "\n".join(
        [
            "#:schema schemas/territories.json\n"
            + words(_("The town, by its code: the INSEE code, or a word of your own."))
            + town,
            words(about) + to_uncomment(district + stated("also", ["1"])),
        ]
    )


def _contract(axis: str, _: Say) -> str:
    districts = _(
        "The districts for which it is derived (codes of territories.toml); `cpps start` then "
        "begins their texts."
    )
    dates = _(
        "From when to when it runs, when its renegotiation is planned, how many sheets it has, "
        "who signs, who takes part. A date is a day, a month, a half-year (2026-S2), a year, or "
        "a range of them."
    )
    optional = stated("short_title", _("Contract 2024-2029"))
    optional += stated("term", "2024..2029") + stated("window", "2026-S2")
    optional += stated("announced_sheets", 1)
    optional += stated("signatories", [_("The town hall")])
    optional += stated("partners", [_("An association")])
    axis_title = to_uncomment(stated("title", _("Title of the axis")))
    signed = "[[milestones]]\n" + stated("kind", "signed") + stated("on", "2024-03")
    return "\n".join(
        [
            "#:schema ../schemas/contract.json\n"
            + words(_("The contract as it was signed; amendments come in a folder `amendments`."))
            + stated("title", _("Title of the contract"))
            + stated("territory", TOWN),
            words(districts) + stated("local_territories", []),
            words(dates) + to_uncomment(optional),
            words(_("Its chapters, one [[axes]] each."))
            + ("[[axes]]\n" + stated("code", axis) + stated("number", 1) + axis_title),
            words(_("What happened to it: drafted, presented, validated, signed, in_force…"))
            + to_uncomment(signed),
        ]
    )


def _sheet(axis: str, _: Say) -> str:
    about = _(
        "An action sheet. The name of this file is its code, which does not change any more once "
        "other files name it: copy the file for each sheet, and choose codes that speak."
    )
    item = [_("one item")]
    text = stated("number", "1.1") + stated("title", _("Title of the sheet"))
    text += stated("context", _("Why it is needed"))
    for name in ("objectives", "audience", "places", "means", "methods", "expected_results"):
        text += stated(name, item)
    text += stated("lead", _("The office that leads, never a person"))
    text += stated("partners", item) + stated("schedule", item)
    head = "#:schema ../../schemas/sheet.json\n"
    return head + words(about) + stated("axis", axis) + to_uncomment(text)
