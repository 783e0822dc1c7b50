"""The local contracts, a row each, and what each made of each of the sheets of the parent."""

from collections.abc import Iterator
from typing import get_args

from cpps_cli.engine.coverage import Fate, covered
from cpps_cli.model import Contract, Derived, Territory
from cpps_cli.present.facts.by_departement.columns import BASIS, LINK_INFERRED, WHERE
from cpps_cli.present.facts.open_data.contracts import held_columns, held_period
from cpps_cli.present.facts.open_data.table import (
    Column,
    Row,
    Table,
    claimed,
    link,
    listed,
    of_model,
)

CONTRACTS = Table(
    "contracts",
    "the local contracts",
    (
        *WHERE,
        Column("name", "the name of the place", required=True),
        of_model(Contract, "title"),
        link("parent", "the id of the parent"),
        Column("parent_version", "the parent's text that it is derived from", required=True),
        BASIS,
        Column("version", "the last of its own amendments, or `signed`; none without a text"),
        claimed("to_reread", "whether the parent has changed under it"),
        Column("not_signed_before", "the day before which it had no text", "date"),
        *held_columns("term", "term_starts_on", "term_ends_on"),
        *held_columns("window", "window_opens_on", "window_closes_on"),
        of_model(Contract, "announced_sheets", "integer"),
        listed("signatories", "the offices that sign and are bound"),
        listed("partners", "those that take part"),
    ),
    ("contract",),
)


def contract_rows(derived: Derived, territory: Territory) -> Iterator[Row]:
    """One row."""
    contract = derived.contract
    yield (
        contract.id,
        territory.code,
        territory.name,
        contract.title,
        derived.parent.id,
        derived.parent_version,
        derived.basis,
        derived.version if derived.overlay else None,
        derived.to_reread,
        derived.not_signed_before,
        *held_period(contract, derived, "term"),
        *held_period(contract, derived, "window"),
        contract.announced_sheets,
        contract.signatories,
        contract.partners,
    )


COVERAGE = Table(
    "coverage",
    "what became of each of the parent's sheets in each local contract",
    (
        *WHERE,
        BASIS,
        link("sheet", "the code of the parent's sheet"),
        Column("number", "its number in the parent"),
        Column("title", "its title in the parent"),
        Column(
            "state",
            "what became of it; no_text: nothing was decided, as far as is known",
            required=True,
            words=get_args(Fate),
        ),
        listed("local_sheets", "the codes of the local sheets that answer it"),
        claimed("to_reread", "whether the parent says otherwise since"),
        LINK_INFERRED,
        Column(
            "reason", "why, in the words of the local contract; the last where it gives several"
        ),
        listed("reasons", "all that it gives, in the order of its texts"),
        Column("decided_by", "the body that decided"),
        Column("decided_on", "the day it decided", "date"),
        Column("review_on", "when to look at it again", "date"),
    ),
    ("contract", "sheet"),
)


def coverage_rows(derived: Derived, territory: Territory) -> Iterator[Row]:
    """A row for each sheet of the parent, in its order."""
    found = covered(derived, territory)
    for sheet in derived.parent.sheets:
        outcome = found.outcomes[sheet.code]
        yield (
            found.contract,
            territory.code,
            found.basis,
            sheet.code,
            sheet.number,
            sheet.title,
            outcome.fate,
            outcome.held_by,
            outcome.to_reread,
            outcome.link_inferred,
            outcome.reason,
            tuple(reason for _version, reason in outcome.reasons),
            outcome.decided_by,
            outcome.decided_on,
            outcome.review_on,
        )
