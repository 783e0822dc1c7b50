"""Texts begun for a user to fill in: the files of a new library, and a local text."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Literal, assert_never

from cpps_cli.diagnostics import N_, CppsError
from cpps_cli.library.locate import bundled
from cpps_cli.library.schemas import FILE_KINDS, file_schema, schema_text
from cpps_cli.library.toml_format import Say, example_hint, stated, to_uncomment, words
from cpps_cli.library.validate import slug
from cpps_cli.library.write import NotWritten, refuse_links_out, system_errors_named, write_new
from cpps_cli.model import LIST_FIELDS, SHEET_FIELDS, ActionSheet, Contract, Territory
from cpps_cli.model.paths import MANIFEST, SCHEMAS, SOURCES, TERRITORIES, contract_file, sheet_file

TOWN = "town"


def empty_library(language: str, _: Say, id: str) -> dict[str, str]:
    """Writes the files of a library of that id with one contract, one axis and one sheet."""
    contract, axis = slug(_("contract")), slug(_("axis 1"))
    sheet = slug(_("axis 1 to complete 1"))
    return {
        MANIFEST: _library(contract, language, _, id),
        SOURCES: _sources(_),
        TERRITORIES: _territories(_),
        contract_file(contract): _contract(axis, _),
        sheet_file(contract, sheet): _sheet(axis, _),
    }


def _library(contract: str, language: str, _: Say, id: str) -> str:
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
            words(_("By this name calendars know the dates of this library: leave it as it is."))
            + stated("id", id),
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
    text = stated("number", "1.1")
    for field in SHEET_FIELDS:
        if field.kind != "indicators":
            example = _(field.example)
            text += stated(field.name, [example] if field.name in LIST_FIELDS else example)
    head = "#:schema ../../schemas/sheet.json\n"
    return head + words(about) + stated("axis", axis) + to_uncomment(text)


Kind = Literal["paris", "exemple", "empty"]


def library_texts(kind: Kind, language: str, say: Say, id: str) -> dict[str, str]:
    """Writes the files of a new library: their texts by their names. `id` is for an empty one."""
    schemas = {f"{SCHEMAS}/{file.name}.json": schema_text(file_schema(file)) for file in FILE_KINDS}
    match kind:
        case "paris" | "exemple":
            root = bundled(kind)
            paths = sorted(root.rglob("*.toml"))
            texts = {path.relative_to(root).as_posix(): path.read_bytes() for path in paths}
            return schemas | {name: text.decode() for name, text in texts.items()}
        case "empty":
            return schemas | empty_library(language, say, id)
        case _:
            assert_never(kind)


# --- a local text


@dataclass(frozen=True, slots=True)
class LocalDraft:
    """The text that a local one is begun from, its version, and the place it is for."""

    parent: Contract
    version: str
    territory: Territory
    drafted_on: date | None = None


def draft_text(draft: LocalDraft, _: Say) -> str:
    """Drafts an overlay, with comments in the language of the run.

    It takes every sheet, since nothing was chosen yet, and its `text` is `partial`: a text begun is
    not the text of the town hall. A sheet whose `[[take]]` goes is then unknown, and "not taken up"
    only once the user writes that the text, or an axis, is whole. The parties are unknown too, the
    titles and a note say that it is a draft, and it is dated only where that is asked.
    """
    blocks = [_head(draft, _), *_keys(draft, _), *_drafted(draft.drafted_on)]
    blocks += [*_takes(draft.parent, _), *_examples(draft.parent, _)]
    return "\n".join(blocks)


def write_draft(path: Path, text: str, root: Path | None = None) -> None:
    """Writes the file, of the library at `root` or any other; raises `CppsError` where there is
    one, `NotWritten` where it cannot be.
    """
    if root is not None:
        refuse_links_out(root, path)
    made = [folder for folder in path.parents if not folder.exists()]
    try:
        with system_errors_named(path):
            path.parent.mkdir(parents=len(made) < 3, exist_ok=True)
        write_new(path, text)
    except BaseException as refused:
        for folder in made:  # the library is left as it was found
            with suppress(OSError):
                folder.rmdir()
        if isinstance(refused, NotWritten) and refused.reason == "exists":
            raise CppsError(
                "`{path}` exists already: a text is begun once",
                help=N_("open it, or move it away to begin again"),
                path=str(path),
            ) from None
        raise


def _head(draft: LocalDraft, _: Say) -> str:
    begun = _("{place}: a local text, begun from « {parent} », version `{version}`.").format(
        place=draft.territory.name, parent=draft.parent.title, version=draft.version
    )
    return "#:schema ../../schemas/overlay.json\n" + words(begun) + example_hint(_)


def _keys(draft: LocalDraft, _: Say) -> Iterator[str]:
    title = _("Draft: {parent} – {place}").format(
        parent=" ".join(draft.parent.title.split()), place=draft.territory.name
    )
    short = stated("short_title", _("Draft: {place}").format(place=draft.territory.label))
    about = _("The titles of the local contract, to adapt; tables show the short one.")
    yield words(about) + stated("title", title) + short
    version = _(
        "The parent's text that this one is written against: `signed`, or an amendment. Change it "
        "once you have read this file again after an amendment."
    )
    yield words(version) + stated("parent_version", draft.version)
    takes = _(
        "listed: only the sheets that a change below names. all: every sheet of the parent but "
        "those excluded or merged; then no [[take]] is written."
    )
    yield words(takes) + stated("takes", "listed")
    text = _(
        "partial: this text is not finished, and a sheet of the parent that it does not name is "
        "unknown. Write full once it is whole, or name the axes that are: a sheet not named "
        "there then counts as not taken up."
    )
    axes = [axis.code for axis in draft.parent.axes]
    yield words(text) + stated("text", "partial") + to_uncomment(stated("whole_axes", axes))
    note = _("What a reader must know of it; delete it once the text is adopted.")
    yield words(note) + stated("note", _("A draft begun from the parent's text, not adopted yet."))
    signatories = f"set.{stated('signatories', [_('The town hall')])}"
    own = _("Its own signatories: those of the parent are not taken for them.")
    yield words(own) + to_uncomment("[contract]\n" + signatories)


def _drafted(on: date | None) -> Iterator[str]:
    if on is not None:
        yield "[[milestones]]\n" + stated("kind", "drafted") + stated("on", on.isoformat())


def _takes(parent: Contract, _: Say) -> Iterator[str]:
    yield words(_("=== The sheets of the parent: delete or comment out those that are not taken."))
    for code, sheets in groupby(parent.sheets, key=lambda sheet: sheet.axis):
        yield words(f"--- {_axis(parent, code, _)}")
        for sheet in sheets:
            yield _take(sheet, _)


def _axis(parent: Contract, code: str | None, _: Say) -> str:
    axis = parent.axis(code)
    if axis is None:
        return code or "–"
    number = axis.code if axis.number is None else axis.number
    title = axis.title or _("(title unknown)")
    return _("Axis {number}. {title}").format(number=number, title=title)


def _take(sheet: ActionSheet, _: Say) -> str:
    named = [sheet.number or "–", sheet.title or _("(title unknown)")]
    if "number" in sheet.inferred:
        named.append(_("(number inferred)"))
    number = stated("number", sheet.number) if sheet.number else ""
    return words(" ".join(named)) + "[[take]]\n" + stated("sheet", sheet.code) + number


def _examples(parent: Contract, _: Say) -> Iterator[str]:
    """Changes to copy, each for another sheet where the parent has as many."""
    codes = [sheet.code for sheet in parent.sheets] or ["…"]
    left_out, adapted, one, other = (codes[index % len(codes)] for index in range(4))
    reason = stated("reason", _("why"))
    yield words(_("=== Other changes. Each takes the place of the [[take]] of its sheet."))
    about = _(
        "A sheet left out, with the reason; also `decided_by`, and two days without quotation "
        "marks, `decided_on` and `review_on`."
    )
    exclude = "[[exclude]]\n" + stated("sheet", left_out) + reason
    yield words(about) + to_uncomment(exclude)
    about = _(
        "A sheet adapted: `set` replaces a field; `append` and `remove` change a list, and what is "
        "removed is written to the letter."
    )
    adapt = "[[adapt]]\n" + stated("sheet", adapted) + reason
    adapt += f"set.{stated('lead', _('the office that leads here'))}"
    adapt += f"append.{stated('partners', [_('a partner of ours')])}"
    yield words(about) + to_uncomment(adapt)
    merge = "[[merge]]\n" + stated("sheets", [one, other]) + stated("code", "merged-sheet") + reason
    merge += f"set.{stated('title', _('title of the merged sheet'))}"
    about = _("Several sheets that become one, under a code and a title of its own.")
    yield words(about) + to_uncomment(merge)
    axis = parent.axes[0].code if parent.axes else "…"
    add = "[[add]]\n" + stated("code", "own-sheet") + stated("title", _("title of our own sheet"))
    add += stated("axis", axis) + stated("objectives", [_("an objective")]) + reason
    yield words(_("A sheet that the parent does not have.")) + to_uncomment(add)
