"""Which generation of contracts is the current one on a day, and which comes after."""

from collections.abc import Iterable
from datetime import date

from cpps_cli.model import Contract
from cpps_cli.schedule.ending import Successor


def current_generation(contracts: Iterable[Contract], on: date) -> Contract | None:
    """The parent contract that began last, until a successor begins; None before the first."""
    begun = {
        (begin.first, contract.id): contract
        for contract in contracts
        if (begin := contract.begins_on()) and begin.first <= on
    }
    return begun[max(begun)] if begun else None


def successor(contract: Contract, contracts: Iterable[Contract]) -> Contract | None:
    """The contract that replaces this one."""
    return next((other for other in contracts if other.replaces == contract.id), None)


def successor_on(contract: Contract, contracts: Iterable[Contract], on: date) -> Successor | None:
    """The contract that replaces this one, where that is signed or has begun on that day."""
    other = successor(contract, contracts)
    return None if other is None else as_successor(other, on)


def as_successor(contract: Contract, on: date) -> Successor | None:
    """A contract as one that replaces another; None where it is neither signed nor begun."""
    held = contract.held("signed_on")
    signed = held.value if held and held.value.first <= on else None
    begins = contract.begins_on()
    if signed is None and (begins is None or begins.first > on):
        return None
    return Successor(contract.id, contract.label, signed, begins)
