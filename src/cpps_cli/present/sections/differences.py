"""What differs between two texts, for people and for scripts; an amendment has the same keys."""

from collections.abc import Iterator
from operator import itemgetter
from typing import Literal

from cpps_cli.engine.diff import Differences, DiffSide, SheetDifference, Unpaired
from cpps_cli.engine.diff_fields import FieldDifference, Item, ListDiff, ScalarDiff
from cpps_cli.engine.matching import Generations, Segment
from cpps_cli.i18n.catalogue import _
from cpps_cli.i18n.dates import day_in_words
from cpps_cli.i18n.labels import BASIS, parent_version_in_words, sources_in_words, version_in_words
from cpps_cli.model import SIGNED
from cpps_cli.model.beside import SheetsMatched
from cpps_cli.present.document import Answer, Block, Cell, Column, Items, Paragraph, Section, Table
from cpps_cli.present.sections.change_lines import change_sections, is_lone, name_with_code
from cpps_cli.present.shapes import Json, Key, Many, Maybe, Part, Shape, cell

ROW_KEYS = ("about", "code", "number", "title", "change", "field", "part", "before", "after")
Row = tuple[Cell, ...]


def _items(found: FieldDifference) -> list[tuple[str, Item]] | None:
    """The items of a list, each with what became of it; None of another field."""
    if not isinstance(found, ListDiff):
        return None
    changes = (
        ("removed", found.removed),
        ("added", found.added),
        ("moved", found.moved),
        ("typography", found.retyped),
    )
    return [(change, item) for change, items in changes for item in items]


def _reason(item: Unpaired) -> str | None:
    if item.left_out is not None and item.left_out.reason:
        return item.left_out.reason
    return item.match.reason if item.match else None


_WORDS = Shape(
    "WordsDocument", Segment, "Words that both texts have, or that one of them has.", "mark text"
)
# Of the word that says what became of the item, and the item.
_ITEM = Shape(
    "ItemDocument",
    tuple,
    """An item of a list; `was` and `now` are its positions, from 1, null where it is not there.""",
    Key("change", Literal["added", "removed", "moved", "typography"], itemgetter(0)),
    Key("before", str | None, lambda found: found[1].before),
    Key("after", str | None, lambda found: found[1].after),
    Key("was", int | None, lambda found: _from_one(found[1].was)),
    Key("now", int | None, lambda found: _from_one(found[1].now)),
)
FIELD_CHANGE = Shape(
    "FieldDocument",
    ScalarDiff,
    """A field with both values; `words` for a text, `items` for a list, null for the others.

    `part`: the code of the indicator or of the axis it belongs to. `typographic`: nobody has to
    read it again.
    """,
    "field part typographic",
    Key("before", str | list[str] | None),
    Key("after", str | list[str] | None),
    Key("words", Maybe(Many(_WORDS)), lambda found: getattr(found, "segments", None)),
    Key("items", Maybe(Many(_ITEM)), _items),
)
_LONE = Shape(
    "LoneSheetDocument",
    Unpaired,
    """A sheet that one text lacks: `absent`, `merged` with others, or `unknown` there.

    A correspondence may say that it was `split`. `linked`: codes of the sheets of the other text
    that hold its matter. `reason`: why a local contract leaves it out, or why a correspondence says
    that it is gone, split or merged.
    """,
    "code=sheet.code number=sheet.number title=sheet.title axis_code=sheet.axis fate linked",
    Key("reason", str | None, _reason),
)
_CHANGED = Shape(
    "ChangedSheetDocument",
    SheetDifference,
    "A sheet that both have; `former_code` differs from `code` where titles were paired.",
    "code=after.code former_code=before.code number=after.number title=after.title typographic",
    Key("fields", Many(FIELD_CHANGE)),
)
CHANGES = Shape(
    "ChangesDocument",
    Differences,
    "What differs: in the contract itself, and in its sheets.",
    Key("contract", Many(FIELD_CHANGE)),
    Key("added", Many(_LONE)),
    Key("removed", Many(_LONE)),
    Key("changed", Many(_CHANGED), "sheets"),
)


def _from_one(position: int | None) -> int | None:
    return None if position is None else position + 1


def _counts(found: Differences) -> dict[str, int]:
    lone = [item.fate for item in (*found.removed, *found.added)]
    kinds = [item.kind for item in found.passages]
    return {
        "added": sum(map(is_lone, found.added)),
        "removed": sum(map(is_lone, found.removed)),
        "changed": len(found.changed),
        "retyped": len(found.retyped),
        "unchanged": found.unchanged,
        "unknown": lone.count("unknown"),
        "split": kinds.count("split"),
        "merged": kinds.count("merged"),
    }


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


# --- as csv


def row_columns(*first: str) -> tuple[Column, ...]:
    """The columns of `change_rows`, after some others."""
    return tuple(Column(key, key) for key in (*first, *ROW_KEYS))


def change_rows(changes: Json) -> Iterator[Row]:
    """A line for each thing that changed: a sheet, a value, a text, an item."""
    for item in changes["contract"]:
        yield from _field_rows(("contract", None, None, None), item)
    for change in ("removed", "added"):
        for lone in changes[change]:
            fate = change if lone["fate"] == "absent" else lone["fate"]
            linked = " ".join(lone["linked"]) or lone["reason"]
            here = (None, linked) if change == "removed" else (linked, None)
            yield ("sheet", lone["code"], lone["number"], lone["title"], fate, None, None, *here)
    for sheet in changes["changed"]:
        head = ("sheet", sheet["code"], sheet["number"], sheet["title"])
        for item in sheet["fields"]:
            yield from _field_rows(head, item)


def _field_rows(head: Row, item: Json) -> Iterator[Row]:
    where = (item["field"], item["part"])
    if item["items"] is None:
        change = "typography" if item["typographic"] else "changed"
        yield (*head, change, *where, _flat(item["before"]), _flat(item["after"]))
        return
    for listed in item["items"]:
        yield (*head, f"item_{listed['change']}", *where, listed["before"], listed["after"])


def _flat(value: object) -> Cell:
    return "; ".join(value) if isinstance(value, tuple) else cell(value)


# --- to people


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
    return Answer(Section(title, blocks), _exported(document), document)


_MORE = ("reason", "former_code", "axis_code")
_SIDES = ("contract", "version", "on")


def _exported(document: Json) -> Table:
    """A line for each thing that changed, with why, and between which texts."""
    lone = {item["code"]: item for item in (*document["removed"], *document["added"])}
    changed = {item["code"]: item for item in document["changed"]}
    sides = [document[side].get(key) for side in ("before", "after") for key in _SIDES]
    rows = []
    for row in change_rows(document):
        known = {**changed.get(row[1], {}), **(lone.get(row[1], {}) if row[5] is None else {})}
        rows.append((*row, *(known.get(key) for key in _MORE), *map(cell, sides)))
    names = [f"{side}_{key}" for side in ("before", "after") for key in _SIDES]
    others = tuple(Column(key, key) for key in (*_MORE, *names))
    return Table((*row_columns(), *others), tuple(rows))


def _edition_line(letter: str, edition: DiffSide) -> str:
    """« A. Exempleville 2021-2026 (id), texte signé »."""
    contract, own, parent = edition.contract, edition.own_version, edition.parent
    words = (
        f"{letter}. {contract.label} ({contract.id})",
        version_in_words(own, contract) if own not in (None, SIGNED) else "",
        parent_version_in_words(edition.version, parent)
        if parent is not None
        else version_in_words(edition.version, contract),
        _("on {day}").format(day=day_in_words(edition.on)) if edition.on else "",
        _(BASIS[edition.basis]) if edition.basis not in (None, "full") else "",
    )
    return " – ".join(filter(None, words))


def _sum(found: Differences) -> Iterator[Block]:
    counts = _counts(found)
    if not found and not counts["unknown"]:
        yield Paragraph(_("They say the same."))
        return
    pattern = _("Sheets: {added} added, {removed} removed, {changed} changed, {same} the same.")
    yield Paragraph(pattern.format(same=counts["unchanged"] + counts["retyped"], **counts))
    if found.generations is not None:
        yield Paragraph(" ".join(_stated(found.generations, counts)))
    if found.by_title:
        words = _("No sheet has the same code in both: sheets of the same title are taken as one.")
        yield Paragraph(words)


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
        names = tuple(name_with_code(item.sheet) for item in items if item.fate == "unknown")
        if names:
            title = _("Not known whether {contract} has them").format(contract=other.contract.label)
            yield Section(title, (Items(names),))
