"""One local contract beside a parent that moved on: what is asked, what follows by itself."""

from collections.abc import Iterable, Iterator
from typing import Any

from cpps_cli.diagnostics import Locate
from cpps_cli.engine.conflicts import Conflict, Kind, Moved, RedundantChange
from cpps_cli.engine.update import Effect, Nature, Update, UpstreamChange, UpstreamSheet
from cpps_cli.i18n.catalogue import N_, _, capital
from cpps_cli.i18n.dates import day_in_words
from cpps_cli.i18n.labels import FIELD, sheet_name, version_in_words
from cpps_cli.library.toml_format import plain_value
from cpps_cli.model import ActionSheet
from cpps_cli.model.paths import local_file
from cpps_cli.present.document import (
    Block,
    Cell,
    Extract,
    Item,
    Items,
    Paragraph,
    Section,
    Table,
    item_of,
)
from cpps_cli.present.sections.change_lines import (
    Line,
    field_lines,
    field_name,
    listed,
    name_with_code,
)
from cpps_cli.present.sections.differences import FIELD_CHANGE
from cpps_cli.present.sections.provenance import SPAN
from cpps_cli.present.sections.since_signature import SINCE_SIGNATURE
from cpps_cli.present.sections.three_texts import three_texts
from cpps_cli.present.sections.written import quoted
from cpps_cli.present.shapes import Json, Key, Many, Part, Shape, csv_table, plain

ASKED: dict[Kind, str] = {
    "reworded": N_("the parent changed what this text rests on"),
    "edited_in_place": N_(
        "the parent was edited here without an amendment: its former text is not held"
    ),
    "repealed": N_("the parent gave this sheet up, and the local text names it"),
    "code_taken": N_("the parent has a sheet of this code since"),
}
BY_HAND = N_("No command can decide this: settle it in the file.")
_MOVED = Shape(
    "MovedDocument",
    Moved,
    "A field of the parent; `before` is null where it said nothing, or where that is not held.",
    "sheet field",
    Key("before", object, lambda moved: plain_value(moved.base)),
    Key("now", object, lambda moved: plain_value(moved.theirs)),
)
# This one, the agreement and the update are written with what looks up a place.
_QUESTION = Shape(
    "QuestionDocument",
    Conflict,
    """What is to be read again; `sheet` is null for the contract itself.

    `former_text_held`: false where the parent was edited without an amendment. `refused`: why an
    earlier change of the parent was not taken. `by_hand`: no command can answer it.
    """,
    "kind sheet field=key",
    Key("parent", Many(_MOVED), "moved"),
    Key("local", object, lambda question: plain_value(question.ours)),
    Key("former_text_held", bool, lambda question: question.kind != "edited_in_place"),
    "amendments refused by_hand",
    Part(SPAN, in_context=lambda question, locate: locate(question.place)),
)
_FLOW = Shape(
    "FlowDocument",
    UpstreamChange,
    "A field that the parent changed and that nobody has to read again.",
    "sheet=sheet?.after.code nature stance=effect amendments",
    Key("change", FIELD_CHANGE, "difference"),
)
_ARRIVAL = Shape(
    "ArrivalDocument",
    UpstreamSheet,
    "A sheet that the parent has since, or no longer.",
    "sheet=sheet.code number=sheet.number title=sheet.title stance=effect",
)
_AGREEMENT = Shape(
    "AgreementDocument",
    RedundantChange,
    "A local change that the parent makes as well now; `field` is `sheet` for a whole one.",
    "sheet field=key items",
    Key("file", str, in_context=lambda item, locate: locate(item.place).file),
    Key("line", int, in_context=lambda item, locate: locate(item.place).line),
)
LOCAL_UPDATE = Shape(
    "LocalUpdateDocument",
    Update,
    """One local contract beside its parent.

    `ahead`: it was written for a later text than the one asked for. `ready`: its file can be
    written without a decision. `signed_on`: of a signed text that does not follow its parent, which
    has changed since: its file is not written into, and questions are for an amendment of its own.
    `edited_in_place`: the text it records was edited since, without an
    amendment.
    """,
    "id=overlay.id territory=territory.code",
    Key("file", str, lambda update: local_file(update.overlay)),
    "written_for=base_version behind=is_behind ahead edited_in_place=in_place signed_on",
    Key("ready", bool, lambda update: bool(update.edits)),
    Key("questions", Many(_QUESTION), "conflicts"),
    Key("flows", Many(_FLOW), "upstream_changes"),
    Key("new_sheets", Many(_ARRIVAL), "upstream_added"),
    Key("gone_sheets", Many(_ARRIVAL), "upstream_deleted"),
    Key("agreements", Many(_AGREEMENT), "redundant_changes"),
    Key("since_signature", Many(SINCE_SIGNATURE)),
)
COLUMNS = "contract what kind sheet field before now local amendments file line stance"


def exported_updates(documents: Iterable[Json]) -> Table:
    """A line for each question, each change that flows, each sheet and each agreement."""
    empty = dict.fromkeys(COLUMNS.split())
    rows = (
        {**empty, **row, "contract": local["id"], "file": local["file"]}
        for local in documents
        for row in _rows(local)
    )
    return csv_table(COLUMNS, ({key: _flat(row[key]) for key in row} for row in rows))


def _rows(local: Json) -> Iterator[Json]:
    for question in local["questions"]:
        row = {key: question[key] for key in ("kind", "sheet", "field", "local", "line")}
        row["amendments"] = ", ".join(question["amendments"])
        row["stance"] = "by_hand" if question["by_hand"] else "to_decide"
        for moved in question["parent"] or [row | {"before": None, "now": None}]:
            values = {key: moved[key] for key in ("field", "before", "now")}
            yield {"what": "to_reread", **row, **values}
    for flow in local["flows"]:
        change, by = flow["change"], ", ".join(flow["amendments"])
        values = {"field": change["field"], "before": change["before"], "now": change["after"]}
        about = {"kind": flow["nature"], "sheet": flow["sheet"], "stance": flow["stance"]}
        yield {"what": "flows", **about, **values, "amendments": by}
    for what, sheets in (("new", local["new_sheets"]), ("gone", local["gone_sheets"])):
        for sheet in sheets:
            about = {"kind": sheet["stance"], "sheet": sheet["sheet"]}
            yield {"what": what, **about, "now": sheet["title"]}
    for item in local["agreements"]:
        about = {key: item[key] for key in ("sheet", "field", "line")}
        yield {"what": "agrees", **about, "now": item["items"]}


def _flat(value: object) -> Cell:
    """A value in one cell: the items of a list one after the other."""
    match value:
        case None | str() | int() | float():
            return value
        case list() | tuple():
            return "; ".join(str(_flat(item)) for item in value)
        case dict():
            named: dict[str, Any] = value
            return str(named.get("title") or named)
        case _:
            return plain(value)


# --- to people


def local_update(update: Update, locate: Locate, options: str) -> Section:
    """Lists what is to be read again in one local contract, and what follows by itself.

    `options`: those that the commands to copy repeat.
    """
    blocks: list[Block] = [Paragraph(" ".join(_standing(update)))]
    if update.conflicts:
        asked = (
            Section(_about(item, update), tuple(_question(item, update, locate, options)))
            for item in update.conflicts
        )
        title = _("To be decided in an amendment") if update.signed_on else _("To read again")
        blocks.append(Section(title, tuple(asked)))
    for title, lines in _parts_of_signed(update) if update.signed_on else _parts(update):
        blocks.extend(listed(title, lines))
    return Section(f"{update.derived.contract.label} ({update.overlay.id})", tuple(blocks))


def _standing(update: Update) -> Iterator[str]:
    written = version_in_words(update.base_version, update.derived.parent)
    yield _("Written for the parent {version}.").format(version=written)
    if update.ahead:
        yield _("That text is later than the one asked for: nothing is to be done.")
    if update.signed_on is not None and update.since_signature:
        signed = _("Signed on {day}: its text does not change by itself, and its file stays.")
        yield signed.format(day=day_in_words(update.signed_on))
    elif update.signed_on is not None:
        yield _("Its own amendments have taken up what the parent has changed since.")
    if update.in_place:
        yield _("That text was edited since, without an amendment.")


def _question(question: Conflict, update: Update, locate: Locate, options: str) -> Iterator[Block]:
    by = f" ({', '.join(question.amendments)})" if question.amendments else ""
    lines = [capital(_(ASKED[question.kind])) + by + "."]
    if question.refused:
        lines.append(_("Refused before: {reason}").format(reason=question.refused))
    yield Paragraph(" ".join(lines))
    yield Items(tuple(three_texts(question, update)), marked=True)
    span = locate(question.place)
    place = _("Local change: {place}").format(place=f"{span.file}:{span.line}:{span.column}")
    yield Paragraph(place, quiet=True)
    if update.signed_on is not None:
        return
    if question.by_hand:
        yield Paragraph(_(BY_HAND), quiet=True)
    else:
        yield Extract(_command(question, update.territory.code, options))


def _about(question: Conflict, update: Update) -> str:
    if question.sheet is None:
        return _("The contract itself: {field}").format(field=_(FIELD[question.key]))
    sheet = update.derived.contract.sheet(question.sheet)
    name = _named(sheet or update.changed.after.contract.sheet(question.sheet), question.sheet)
    return name if question.key == "sheet" else _with(name, _(FIELD[question.key]))


def _named(sheet: ActionSheet | None, code: str = "") -> str:
    return sheet_name(sheet) if sheet else code or _("The contract itself")


def _with(name: str, words: str) -> str:
    return _("{sheet}: {fields}").format(sheet=name, fields=words)


def _command(question: Conflict, place: str, options: str) -> str:
    """The command that answers, but for the answer."""
    words = ["cpps", "update", "-a", quoted(place) + options]
    if question.sheet is not None:
        words += ["--sheet", question.sheet]
    if question.key != "sheet":
        words += ["--field", question.key]
    return " ".join([*words, "--take", "…"])


def _parts(update: Update) -> Iterator[tuple[str, Iterable[Line]]]:
    """The lists that follow the questions, each with its title."""
    follow = _lines(_flows(update, "substantive", "inherited"), update)
    yield _("Follows the parent"), (*_gone_and_new(update), *follow)
    own = _flows(update, "substantive", "own")
    yield _("Stands beside a local change that it does not touch"), _lines(own, update)
    editorial = _flows(update, "editorial", "inherited", "own")
    yield _("Editorial: follows, no commitment changes"), _lines(editorial, update)
    typed = _flows(update, "typographic", "inherited", "own")
    names = (_with(_holder(flow), field_name(flow.difference)) for flow in typed)
    yield _("Only typed in another way"), names
    yield _("The parent says so too now"), _agreed(update)
    yield _("The parent's words are not taken"), _refused(update)
    yield _("Changed in the parent, not taken here"), _not_taken(update)


def _parts_of_signed(update: Update) -> Iterator[tuple[str, Iterable[Line]]]:
    """The lists of what a signed text has not, and of the dates that are its parent's."""
    flows = _flows(update, "substantive", "inherited", "own")
    words, dates = ([flow for flow in flows if flow.is_date is date] for date in (False, True))
    taken_up: list[Line] = [*_gone_and_new(update), *_lines(words, update)]
    yield _("An amendment of its own would take up"), taken_up
    editorial = _flows(update, "editorial", "inherited", "own")
    yield _("It would take up too, and no commitment changes"), _lines(editorial, update)
    yield _("Follows the parent"), _lines(dates, update)
    yield _("Changed in the parent, not taken here"), _not_taken(update)


def _flows(update: Update, nature: Nature, *effects: Effect) -> list[UpstreamChange]:
    every = update.upstream_changes
    return [flow for flow in every if flow.nature == nature and flow.effect in effects]


def _holder(flow: UpstreamChange) -> str:
    return _named(flow.sheet.after if flow.sheet else None)


def _gone_and_new(update: Update) -> Iterator[str]:
    for pattern, sheets in (
        (_("new sheet: {sheet}"), update.upstream_added),
        (_("sheet that goes: {sheet}"), update.upstream_deleted),
    ):
        for item in sheets:
            if item.effect == "inherited":
                yield pattern.format(sheet=name_with_code(item.sheet))


def _lines(flows: Iterable[UpstreamChange], update: Update) -> Iterator[Item]:
    for flow in flows:
        for line in field_lines(flow.difference, update.changed, flow.sheet):
            of_it = item_of(line)
            yield of_it._replace(text=f"{_holder(flow)} – {of_it.text}")


def _agreed(update: Update) -> Iterator[str]:
    for item in update.redundant_changes:
        before, after = update.changed.before.contract, update.changed.after.contract
        name = _named(after.sheet(item.sheet or "") or before.sheet(item.sheet or ""))
        if item.key == "sheet":
            yield _("{sheet}: the local change has no effect any more").format(sheet=name)
        else:
            words = (_with(name, _(FIELD[item.key])), "; ".join(item.items))
            yield " – ".join(filter(None, words))


def _refused(update: Update) -> Iterator[str]:
    """What was refused with a reason, and is not asked until the parent changes there again."""
    asked = {(question.place, question.key) for question in update.conflicts}
    for layer in update.layers:
        for item in layer.dependencies:
            if item.refused and (item.place, item.key) not in asked:
                code = item.sheets[0] if item.sheets else ""
                name = _named(update.derived.contract.sheet(code), code)
                yield f"{_with(name, _(FIELD[item.key]))} – {item.refused}"


def _not_taken(update: Update) -> Iterator[str]:
    """By sheet: what is not taken needs no detail."""
    flows = (flow for flow in update.upstream_changes if flow.effect == "not_taken")
    found = [(flow.sheet.after, _("changed")) for flow in flows if flow.sheet]
    for words, sheets in (
        (_("new"), update.upstream_added),
        (_("given up"), update.upstream_deleted),
    ):
        found += [(item.sheet, words) for item in sheets if item.effect == "not_taken"]
    for sheet, words in {sheet.code: (sheet, words) for sheet, words in found}.values():
        yield _with(name_with_code(sheet), words)
