"""What differs between two texts, for people and for scripts."""

from collections.abc import Iterator
from typing import Literal

from cpps_cli.engine.diff import Differences, DiffSide, Unpaired
from cpps_cli.engine.matching import Generations
from cpps_cli.i18n.catalogue import _
from cpps_cli.i18n.dates import day_in_words
from cpps_cli.i18n.labels import BASIS, parent_version_in_words, sources_in_words, version_in_words
from cpps_cli.model import SIGNED
from cpps_cli.model.correspondence import SheetsMatched
from cpps_cli.present.document import Answer, Block, Items, Paragraph, Section, Table
from cpps_cli.present.sections.change_document import CHANGES, change_rows, row_columns
from cpps_cli.present.sections.change_lines import change_sections, unknown_lines
from cpps_cli.present.shapes import Key, Many, Maybe, Part, Shape


def _counts(found: Differences) -> dict[str, int]:
    lone = [item.fate for item in (*found.removed, *found.added)]
    kinds = [item.kind for item in found.passages]
    return {
        "added": sum(map(_is_counted, found.added)),
        "removed": sum(map(_is_counted, found.removed)),
        "changed": len(found.changed),
        "retyped": len(found.retyped),
        "unchanged": found.unchanged,
        "unknown": lone.count("unknown"),
        "split": kinds.count("split"),
        "merged": kinds.count("merged"),
    }


def _is_counted(item: Unpaired) -> bool:
    """Whether the other text is known to lack the sheet, and no passage speaks of it."""
    return item.fate != "unknown" and not item.in_passage


_EDITION = Shape(
    "EditionDocument",
    DiffSide,
    """One of the two texts; `basis`: what is known of a local one. `on` is null where signed.

    `version`: of a local one, its parent's; `own_version` is then its own, else null.
    """,
    "contract=contract.id title=contract.title version own_version on basis",
    Key("sheets", int, lambda side: len(side.contract.sheets)),
)
_PASSAGE = Shape(
    "PassageDocument",
    SheetsMatched,
    """What a correspondence says of some sheets, told from the first text to the second.

    `inferred`: it is a reading that no source states.
    """,
    "kind before after reason inferred sources",
)
_CORRESPONDENCE = Shape(
    "CorrespondenceDocument",
    Generations,
    """What says which sheets of two generations are the same; `contract` replaces `former`.

    `known` is `partial` where what became of the sheets that are not named is unknown.
    """,
    "contract=correspondence.contract former=correspondence.former known=correspondence.known",
    "sources=correspondence.sources",
    Key("passages", Many(_PASSAGE), "matches"),
)
_COUNTS = Shape(
    "DifferenceCounts",
    dict[str, int],
    """How many sheets are `added`, `removed`, `changed`; `retyped`: typography alone.

    `unknown`: nobody can say whether the other text has them. `split` and `merged`: how often a
    correspondence says so; the sheets concerned are not counted as added or removed.
    """,
    "added removed changed retyped unchanged unknown split merged",
)
_DIFFERENCES = Shape(
    "DifferencesDocument",
    Differences,
    """What differs between two texts.

    `differ`: typography, and sheets that one of them may have or not, apart. `paired_by`: how it
    is told that two sheets are the same, where no `correspondence` says so; that is null where the
    two are of one generation, or none is held.
    """,
    Key("before", _EDITION),
    Key("after", _EDITION),
    Key("differ", bool, bool),
    Key(
        "paired_by",
        Literal["code", "title"],
        lambda found: "title" if found.by_title else "code",
    ),
    Key("correspondence", Maybe(_CORRESPONDENCE), "generations"),
    Key("summary", _COUNTS, _counts),
    Part(CHANGES, first=True),
    schema="cpps.differences/1",
)


def differences(found: Differences) -> Answer:
    """Both texts, what differs, and what cannot be said."""
    names = {"before": found.before.contract.label, "after": found.after.contract.label}
    title = _("From {before} to {after}").format(**names)
    if names["before"] == names["after"]:
        title = _("{contract}: two texts").format(contract=names["before"])
    lines = (_edition_line("A", found.before), _edition_line("B", found.after))
    blocks: tuple[Block, ...] = (
        Items(lines),
        *_sum(found),
        *change_sections(found),
        *_unknown(found),
    )
    document = _DIFFERENCES.write(found)
    table = Table(row_columns(), tuple(change_rows(document)))
    return Answer(Section(title, blocks), table, document)


def _edition_line(letter: str, edition: DiffSide) -> str:
    """« A. Exempleville 2021-2026 (id), texte signé »."""
    contract = edition.contract
    return " – ".join(
        filter(
            None,
            (
                f"{letter}. {contract.label} ({contract.id})",
                _own_version(edition),
                _version(edition),
                _("on {day}").format(day=day_in_words(edition.on)) if edition.on else "",
                _(BASIS[edition.basis]) if edition.basis not in (None, "full") else "",
            ),
        )
    )


def _own_version(edition: DiffSide) -> str:
    """Said of a local contract that amendments of its own have changed."""
    version = edition.own_version
    return "" if version in (None, SIGNED) else version_in_words(str(version), edition.contract)


def _version(edition: DiffSide) -> str:
    if edition.parent is not None:
        return parent_version_in_words(edition.version, edition.parent)
    return version_in_words(edition.version, edition.contract)


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
    if found.generations is not None:
        yield Paragraph(" ".join(_stated(found.generations, counts)))
    if found.by_title:
        said = _("No sheet has the same code in both: sheets of the same title are taken as one.")
        yield Paragraph(said)


def _stated(generations: Generations, counts: dict[str, int]) -> Iterator[str]:
    """What says which sheets are the same, and what else it says."""
    stated = generations.correspondence
    file = f"{stated.contract}/correspondence.toml"
    sources = sources_in_words(stated.sources)
    pattern = _("Which sheets are the same is said in `{file}`.")
    yield pattern.format(file=file) + (f" {sources}." if sources else "")
    if counts["split"] or counts["merged"]:
        pattern = _("Sheets split: {split}; mergers: {merged}.")
        yield pattern.format(split=counts["split"], merged=counts["merged"])
    if stated.known == "partial":
        yield _("What became of those that it does not name is unknown.")


def _unknown(found: Differences) -> Iterator[Section]:
    """The sheets of one text that the other may have, its own text not being held whole."""
    for items, other in ((found.removed, found.after), (found.added, found.before)):
        if lines := unknown_lines(items):
            title = _("Not known whether {contract} has them").format(contract=other.contract.label)
            yield Section(title, (Items(lines),))
