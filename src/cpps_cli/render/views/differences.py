"""What differs between two texts, for people and for scripts."""

from collections.abc import Iterator
from typing import Final, Literal, TypedDict

from cpps_cli.derive.differences import Differences, Edition
from cpps_cli.model import SIGNED, Basis
from cpps_cli.render.answer import Answer, Block, Heading, Items, Paragraph, Table
from cpps_cli.render.views.change_document import (
    ChangesDocument,
    change_rows,
    changes_document,
    row_columns,
)
from cpps_cli.render.views.change_lines import change_blocks, unknown_lines
from cpps_cli.words.catalogue import _
from cpps_cli.words.dates import day_in_words
from cpps_cli.words.phrases import BASIS

SCHEMA: Final = "cpps.differences/1"


class EditionDocument(TypedDict):
    """One of the two texts; `basis`: what is known of a local one. `on` is null where signed.

    `version`: of a local one, its parent's; `own_version` is then its own, else null.
    """

    contract: str
    title: str
    version: str
    own_version: str | None
    on: str | None
    basis: Basis | None
    sheets: int


class DifferenceCounts(TypedDict):
    """How many sheets are `added`, `removed`, `changed`; `retyped`: typography alone.

    `unknown`: nobody can say whether the other text has them.
    """

    added: int
    removed: int
    changed: int
    retyped: int
    unchanged: int
    unknown: int


class DifferencesDocument(ChangesDocument):
    """What differs between two texts.

    `differ`: typography, and sheets that one of them may have or not, apart. `paired_by`: how it
    is told that two sheets are the same.
    """

    schema: Literal["cpps.differences/1"]
    before: EditionDocument
    after: EditionDocument
    differ: bool
    paired_by: Literal["code", "title"]
    summary: DifferenceCounts


def differences(found: Differences) -> Answer:
    """Both texts, what differs, and what cannot be said."""
    changes = changes_document(found)
    document: DifferencesDocument = {
        "schema": SCHEMA,
        "before": _edition(found.before),
        "after": _edition(found.after),
        "differ": bool(found),
        "paired_by": "title" if found.by_title else "code",
        "summary": _counts(found),
        **changes,
    }
    names = {"before": found.before.contract.label, "after": found.after.contract.label}
    heading = Heading(_("From {before} to {after}").format(**names))
    if names["before"] == names["after"]:
        heading = Heading(_("{contract}: two texts").format(contract=names["before"]))
    lines = (_edition_line("A", found.before), _edition_line("B", found.after))
    blocks = (heading, Items(lines), *_sum(found), *change_blocks(found, 2), *_unknown(found))
    table = Table(row_columns(), tuple(change_rows(changes)))
    return Answer(blocks, table, document)


def _edition(edition: Edition) -> EditionDocument:
    contract = edition.contract
    return {
        "contract": contract.id,
        "title": contract.title,
        "version": edition.version,
        "own_version": edition.own_version,
        "on": edition.on.isoformat() if edition.on else None,
        "basis": edition.basis,
        "sheets": len(contract.sheets),
    }


def _edition_line(letter: str, edition: Edition) -> str:
    """« A. Exempleville 2021-2026 (id), texte signé »."""
    contract = edition.contract
    return " – ".join(
        filter(
            None,
            (
                f"{letter}. {contract.label} ({contract.id})",
                _own_version(edition.own_version),
                version_in_words(edition.version, local=contract.parent is not None),
                _("on {day}").format(day=day_in_words(edition.on)) if edition.on else "",
                _(BASIS[edition.basis]) if edition.basis not in (None, "full") else "",
            ),
        )
    )


def _own_version(version: str | None) -> str:
    """Said of a local contract that amendments of its own have changed."""
    return "" if version in (None, SIGNED) else version_in_words(str(version))


def version_in_words(version: str, *, local: bool = False) -> str:
    """Which text it is: « texte signé », « modifié par `avenant-1` »."""
    if local:
        if version == SIGNED:
            return _("its parent as signed")
        return _("its parent as amended by `{version}`").format(version=version)
    return (
        _("as signed")
        if version == SIGNED
        else _("as amended by `{version}`").format(version=version)
    )


def _counts(found: Differences) -> DifferenceCounts:
    lone = [item.fate for item in (*found.removed, *found.added)]
    return {
        "added": sum(item.fate != "unknown" for item in found.added),
        "removed": sum(item.fate != "unknown" for item in found.removed),
        "changed": len(found.changed),
        "retyped": len(found.retyped),
        "unchanged": found.unchanged,
        "unknown": lone.count("unknown"),
    }


def _sum(found: Differences) -> Iterator[Block]:
    counts = _counts(found)
    if not found and not counts["unknown"]:
        yield Paragraph(_("They say the same."))
        return
    pattern = _("Sheets: {added} added, {removed} removed, {changed} changed, {same} the same.")
    same = counts["unchanged"] + counts["retyped"]
    yield Paragraph(
        pattern.format(
            added=counts["added"], removed=counts["removed"], changed=counts["changed"], same=same
        )
    )
    if found.by_title:
        said = _("No sheet has the same code in both: sheets of the same title are taken as one.")
        yield Paragraph(said)


def _unknown(found: Differences) -> Iterator[Block]:
    """The sheets of one text that the other may have, its own text not being held whole."""
    for items, other in ((found.removed, found.after), (found.added, found.before)):
        if lines := unknown_lines(items):
            title = _("Not known whether {contract} has them").format(contract=other.contract.label)
            yield Heading(title, 2)
            yield Items(lines)
