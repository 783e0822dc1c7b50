"""Which of the things that are asked a decision answers.

People name a sheet by its code or its number, and a field by its key. A name that nothing has is a
mistake of typing; one that nothing is asked about is an answer to no question.
"""

from dataclasses import dataclass
from typing import Any, Literal

from cpps_cli.derive.footings import WHOLE_SHEET
from cpps_cli.derive.lookup import unknown_sheet
from cpps_cli.derive.questions import Question
from cpps_cli.derive.update import Update
from cpps_cli.diagnostics import N_, CppsError, nearest
from cpps_cli.model import TEXT_FIELDS, ContractText, Merge
from cpps_cli.model.selection import sheet_called

Side = Literal["parent", "local"]
_OF_A_SHEET = (*TEXT_FIELDS, WHOLE_SHEET)
_OF_A_CONTRACT = tuple(ContractText.model_fields)


@dataclass(frozen=True, slots=True)
class Decision:
    """Which text stands, for one field or for all that is asked of a sheet.

    `sheet` is a code or a number; None: a field of the contract itself. `refusal`: why the parent's
    text is not taken.
    """

    side: Side
    sheet: str | None
    field: str | None = None
    refusal: str | None = None


def answered_by(decision: Decision, update: Update) -> tuple[Question, ...]:
    """The questions; raises `CppsError` where there are none, or a name is that of nothing."""
    code = None if decision.sheet is None else _code(decision.sheet, update)
    _refuse_unknown_field(decision)
    about = [item for item in update.questions if item.sheet == code]
    chosen = [item for item in about if decision.field in (None, item.key)]
    if not chosen:
        known = tuple(dict.fromkeys(item.sheet or item.key for item in update.questions))
        asked = tuple(item.key for item in about) or known
        raise CppsError(
            "nothing is asked about `{name}`",
            help=N_("`cpps update` with the same place and no decision shows what is"),
            exit_code=1,
            name=" ".join(filter(None, (decision.sheet, decision.field))),
            **({"known": asked} if asked else {}),
        )
    return tuple(chosen)


def _code(word: str, update: Update) -> str:
    """The code of the local sheet that is meant; a local number comes before the parent's.

    A sheet that the parent gave up is still known by its name then.
    """
    local = update.derived.contract
    known = [text.sheets for beside in update.layers for text in (beside.now, beside.then)]
    sheets = (*local.sheets, *(sheet for found in known for sheet in found))
    found = sheet_called(local.sheets, word) or sheet_called(sheets, word)
    if found is None:
        raise unknown_sheet(local, word, sheets)
    merges = (
        placed.change.code
        for beside in update.layers
        for placed in beside.placed()
        if isinstance(placed.change, Merge) and found.code in placed.change.sheets
    )
    return next(merges, found.code)


def _refuse_unknown_field(decision: Decision) -> None:
    field = decision.field
    if field is None:
        return
    if decision.sheet is None and field not in _OF_A_CONTRACT:
        if field in TEXT_FIELDS:
            raise CppsError("`{name}` is a field of a sheet: say which with `--sheet`", name=field)
        near: dict[str, Any] = dict(nearest(field, _OF_A_CONTRACT))
        raise CppsError("a contract has no field `{name}`", name=field, **near)
    if decision.sheet is not None and field not in _OF_A_SHEET:
        near = dict(nearest(field, TEXT_FIELDS) or {"known": TEXT_FIELDS})
        raise CppsError("a sheet has no field `{name}`", name=field, **near)
