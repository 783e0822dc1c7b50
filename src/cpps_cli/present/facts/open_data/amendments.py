"""The amendments that the texts hold."""

from cpps_cli.model import Amendment
from cpps_cli.present.facts.open_data.contracts import OF_CONTRACT, period_columns, period_values
from cpps_cli.present.facts.open_data.scope import Scope, Told
from cpps_cli.present.facts.open_data.table import Column, Table, identity, link, of_model


def amendments_table(scope: Scope) -> Table:
    """Those in force; `version` of a contract names the last of its own."""
    columns = (
        identity("the id of the amendment: that of its contract, and its own"),
        link("contract", "the id of the contract that it amends"),
        Column("code", "what `version` names it by", required=True),
        of_model(Amendment, "title"),
        of_model(Amendment, "deliberation"),
        *period_columns("signed_on", "when it was signed", "signed_first_on", "signed_last_on"),
        of_model(Amendment, "in_force_on", "date"),
        of_model(Amendment, "editorial", "boolean"),
        of_model(Amendment, "note"),
    )
    rows = tuple(
        (
            amendment_id(told, item),
            told.contract.id,
            item.id,
            item.title,
            item.deliberation,
            *period_values(item.signed_on),
            item.in_force_on,
            item.editorial,
            item.note,
        )
        for told in scope.contracts
        for item in told.amendments
    )
    description = "amendments that the texts hold"
    return Table("amendments", description, columns, ("id",), (OF_CONTRACT,), rows)


def amendment_id(told: Told, amendment: Amendment) -> str:
    """The id of an amendment: that of its contract, and its own."""
    return f"{told.contract.id}#{amendment.id}"
