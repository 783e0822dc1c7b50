"""Which generation of contracts is the current one on a day."""

from collections.abc import Iterable
from datetime import date

from cpps_cli.model import Contract


def current_generation(contracts: Iterable[Contract], on: date) -> Contract | None:
    """The parent contract that began last, until a successor begins; None before the first."""
    begun = [
        (begin.first, contract.id, contract)
        for contract in contracts
        if (begin := contract.begins_on()) and begin.first <= on
    ]
    return max(begun, key=lambda item: item[:2])[2] if begun else None


def successor(contract: Contract, contracts: Iterable[Contract]) -> Contract | None:
    """The contract that replaces this one."""
    return next((other for other in contracts if other.replaces == contract.id), None)
