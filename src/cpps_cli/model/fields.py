"""The fields of a sheet's text, each declared once.

Only the classes of `model/sheet.py` list them besides; labels, documents, comparing, merging,
drafting, filling and importing read them here.
"""

from typing import Literal, NamedTuple

from cpps_cli.diagnostics import N_

# line, text: one text, without or with paragraphs; list, steps: texts, of which steps are numbered.
FieldKind = Literal["line", "text", "list", "steps", "indicators"]


class SheetField(NamedTuple):
    """A field as people see it.

    `heading` is how the City calls it in documents, where that is not the label; `joined` stands
    between several texts that a merge makes one; `example` is for a draft.
    """

    name: str
    label: str
    kind: FieldKind = "list"
    heading: str = ""
    joined: str = ""
    example: str = N_("one item")


SHEET_FIELDS = (
    SheetField("title", N_("title"), "line", joined=" – ", example=N_("Title of the sheet")),
    SheetField("context", N_("context"), "text", joined="\n\n", example=N_("Why it is needed")),
    SheetField("objectives", N_("objectives")),
    SheetField("audience", N_("audience")),
    SheetField("places", N_("places")),
    SheetField("means", N_("means")),
    SheetField("methods", N_("methods"), "steps", heading=N_("methods of implementation")),
    SheetField("expected_results", N_("expected results")),
    SheetField(
        "lead",
        N_("lead"),
        "line",
        joined=" ; ",
        example=N_("The office that leads, never a person"),
    ),
    SheetField("partners", N_("partners")),
    SheetField("schedule", N_("schedule")),
    SheetField("indicators", N_("indicators"), "indicators"),
)


def _of_kind(*kinds: FieldKind) -> tuple[str, ...]:
    return tuple(field.name for field in SHEET_FIELDS if field.kind in kinds)


TEXT_FIELDS = tuple(field.name for field in SHEET_FIELDS)
PROSE_FIELDS = _of_kind("line", "text")
LIST_FIELDS = _of_kind("list", "steps")
ITEM_FIELDS = _of_kind("list", "steps", "indicators")
LINE_FIELDS = _of_kind("line")
NUMBERED_FIELDS = _of_kind("steps")
