"""Changes in time: the signed text with the amendments in force gives the text of a day."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from cpps_cli.derive.build import built_fields, built_sheets
from cpps_cli.derive.changes import ChangeFile, ChangeSet
from cpps_cli.derive.judge import judged
from cpps_cli.diagnostics import Diagnostic
from cpps_cli.model import SIGNED, Amendment, Contract, ContractClaim, DerivedSheet, stating_only


@dataclass(frozen=True, slots=True)
class Consolidated:
    """The text of a contract after some amendments; `version` is the id of the last of them.

    `sheets` say what the last amendments made of the sheets before them; () in the signed text.
    """

    contract: Contract
    version: str
    faults: tuple[Diagnostic, ...] = ()
    sheets: tuple[DerivedSheet, ...] = ()


def amendment_file(contract_id: str, amendment_id: str) -> str:
    """The file of an amendment."""
    return f"{contract_id}/amendments/{amendment_id}.toml"


def amendment_of(file: str) -> str | None:
    """The id of the amendment that a file holds; None where it holds none."""
    folder, _, name = file.rpartition("/")
    return name.removesuffix(".toml") if folder.endswith("/amendments") else None


def versions(signed: Contract, amendments: Iterable[Amendment]) -> tuple[Consolidated, ...]:
    """Every text the contract has had, the signed one first.

    The amendments of one day are judged together, so that the order of files means nothing.
    """
    texts = [Consolidated(signed, SIGNED)]
    ordered = sorted(amendments, key=lambda item: (item.in_force_on, item.id))
    for _, same_day in groupby(ordered, key=lambda item: item.in_force_on):
        texts.append(_amended(texts[-1].contract, tuple(same_day)))
    return tuple(texts)


def consolidated(
    signed: Contract, amendments: Iterable[Amendment], on: date | None = None
) -> Consolidated:
    """The text in force on a day; with every amendment where no day is given."""
    in_force = [item for item in amendments if on is None or item.in_force_on <= on]
    return versions(signed, in_force)[-1]


def _amended(before: Contract, amendments: tuple[Amendment, ...]) -> Consolidated:
    files = tuple(ChangeFile(item, amendment_file(before.id, item.id)) for item in amendments)
    changes = ChangeSet(files)
    sheets = built_sheets(changes, before, before)
    fields = built_fields(changes, before)
    # What an amendment sets is settled: claims about the text before it no longer speak of it.
    claims = tuple(_unsettled(before.claims, set(fields)))
    after = before.with_fields(
        **fields,
        claims=claims,
        axes=changes.axes(before.axes),
        sheets=tuple(item.sheet for item in sheets),
    )
    return Consolidated(after, amendments[-1].id, tuple(judged(changes, before)), sheets)


def _unsettled(claims: tuple[ContractClaim, ...], settled: set[str]) -> Iterator[ContractClaim]:
    """The claims without what is settled: where a term is prolonged, its window does not move."""
    for claim in claims:
        stated = set(claim.statement())
        if not stated & settled:
            yield claim
        elif rest := stated - settled:
            yield stating_only(claim, rest)
