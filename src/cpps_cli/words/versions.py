"""Which text of a contract is meant: the one that was signed, or an amended one."""

from cpps_cli.model import SIGNED, Contract
from cpps_cli.words.catalogue import _


def version_in_words(version: str, contract: Contract) -> str:
    """« texte signé », « modifié par `avenant-1` »; `contract` is the one it is a text of.

    Where no signature is on record, its first text is not called the signed one.
    """
    if version != SIGNED:
        return _("as amended by `{version}`").format(version=version)
    if contract.signature_on_record:
        return _("as signed")
    return _("in its first text (no signature on record)")


def version_in_short(version: str, contract: Contract) -> str:
    """The same for a column of a table, or between parentheses: « texte signé », « avenant-1 »."""
    if version != SIGNED:
        return version
    return _("signed text") if contract.signature_on_record else _("first text")


def parent_version_in_words(version: str, parent: Contract) -> str:
    """The same of the parent of a local contract that is spoken of."""
    if version != SIGNED:
        return _("its parent as amended by `{version}`").format(version=version)
    if parent.signature_on_record:
        return _("its parent as signed")
    return _("its parent in its first text (no signature on record)")
