"""What exists: the nouns of the field as frozen values.

This room never touches a file, never asks what day it is, never words a sentence. Rules inside
one value (a shape, a pattern) live here; rules across values live in `check`. What few questions
ask about (programmes, correspondences, snapshots) is not imported with the rest: a class of
Pydantic takes a millisecond to define.
"""

from cpps_cli.model.change import (
    SIGNED,
    Adapt,
    AdaptContract,
    Add,
    Amendment,
    Changes,
    Exclude,
    Merge,
    Overlay,
    Renumber,
    Take,
)
from cpps_cli.model.contract import Contract, Milestone, MilestoneKind, Retained, milestones_by
from cpps_cli.model.derived import (
    Basis,
    Derived,
    DerivedSheet,
    LeftOut,
    Origin,
    Part,
    Parts,
    Stated,
    kept,
    value_of,
)
from cpps_cli.model.fields import ITEM_FIELDS, LIST_FIELDS, SHEET_FIELDS, TEXT_FIELDS
from cpps_cli.model.library import Library, LibraryReader, Territory
from cpps_cli.model.noun import Noun
from cpps_cli.model.period import Period
from cpps_cli.model.sheet import (
    ActionSheet,
    Axis,
    Indicator,
    IndicatorChange,
    IndicatorValue,
    SheetText,
    Status,
    in_order,
)
from cpps_cli.model.sources import Claim, Source, SourcesFile, about_others, is_disputed

__all__ = [
    "ITEM_FIELDS",
    "LIST_FIELDS",
    "SHEET_FIELDS",
    "SIGNED",
    "TEXT_FIELDS",
    "ActionSheet",
    "Adapt",
    "AdaptContract",
    "Add",
    "Amendment",
    "Axis",
    "Basis",
    "Changes",
    "Claim",
    "Contract",
    "Derived",
    "DerivedSheet",
    "Exclude",
    "Indicator",
    "IndicatorChange",
    "IndicatorValue",
    "LeftOut",
    "Library",
    "LibraryReader",
    "Merge",
    "Milestone",
    "MilestoneKind",
    "Noun",
    "Origin",
    "Overlay",
    "Part",
    "Parts",
    "Period",
    "Renumber",
    "Retained",
    "SheetText",
    "Source",
    "SourcesFile",
    "Stated",
    "Status",
    "Take",
    "Territory",
    "about_others",
    "in_order",
    "is_disputed",
    "kept",
    "milestones_by",
    "value_of",
]
