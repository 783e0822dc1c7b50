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
    ListItems,
    Merge,
    Overlay,
    Renumber,
    Take,
)
from cpps_cli.model.contract import (
    Contract,
    ContractText,
    Milestone,
    MilestoneKind,
    Retained,
    claims_about,
    is_disputed,
    retained_claim,
)
from cpps_cli.model.derived import (
    ORIGINS,
    Basis,
    Derived,
    DerivedSheet,
    LeftOut,
    LeftOutOrigin,
    Origin,
)
from cpps_cli.model.library import Library, Territory
from cpps_cli.model.noun import Noun, number_order
from cpps_cli.model.part import Kept, Part, Parts, Stated, kept, stated, value_of
from cpps_cli.model.period import Period, PeriodError, Precision
from cpps_cli.model.sheet import (
    LIST_FIELDS,
    TEXT_FIELDS,
    ActionSheet,
    Axis,
    Indicator,
    IndicatorValue,
    SheetText,
    Status,
    in_order,
)
from cpps_cli.model.sources import (
    Claim,
    ContractClaim,
    Source,
    SourcesFile,
    about_others,
    stating_only,
)

__all__ = [
    "LIST_FIELDS",
    "ORIGINS",
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
    "ContractClaim",
    "ContractText",
    "Derived",
    "DerivedSheet",
    "Exclude",
    "Indicator",
    "IndicatorValue",
    "Kept",
    "LeftOut",
    "LeftOutOrigin",
    "Library",
    "ListItems",
    "Merge",
    "Milestone",
    "MilestoneKind",
    "Noun",
    "Origin",
    "Overlay",
    "Part",
    "Parts",
    "Period",
    "PeriodError",
    "Precision",
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
    "claims_about",
    "in_order",
    "is_disputed",
    "kept",
    "number_order",
    "retained_claim",
    "stated",
    "stating_only",
    "value_of",
]
