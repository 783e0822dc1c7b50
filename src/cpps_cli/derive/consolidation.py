"""Changes in time: the signed text with the amendments in force gives the text of a day."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby

from cpps_cli.derive.beside import alone
from cpps_cli.derive.build import built_fields, built_sheets
from cpps_cli.derive.changes import ChangeFile, ChangeSet
from cpps_cli.derive.consolidated import Consolidated
from cpps_cli.derive.judge import judged
from cpps_cli.model import SIGNED, Amendment, Contract


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
    itself = alone(before)
    sheets = built_sheets(changes, itself)
    fields = built_fields(changes, before)
    # What an amendment sets is settled: claims about the text before it no longer speak of it.
    claims = tuple(claim for claim in before.claims if not set(claim.statement()) & set(fields))
    after = before.with_fields(
        **fields,
        claims=claims,
        axes=changes.axes(before.axes),
        sheets=tuple(item.sheet for item in sheets),
    )
    faults = tuple(judged(changes, itself))
    return Consolidated(after, amendments[-1].id, faults, sheets, changes)
