"""What TAB offers: names of the library, with what they stand for, and words that we know.

Where a library cannot be read nothing is offered: no message may come between the keys.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

Offered = list[tuple[str, str]]


def complete_territory(incomplete: str) -> Offered:
    """Arrondissements for which the library's contract is derived."""
    return _of_library("territory_names", incomplete)


def complete_territories(incomplete: str) -> Offered:
    """Arrondissements, the last one of a list."""
    before, last = _last_of_list(incomplete)
    return [(before + name, about) for name, about in complete_territory(last)]


def complete_sheet(incomplete: str) -> Offered:
    """Sheets, by number and by code, with their titles."""
    return _of_library("sheet_names", incomplete)


def complete_contract(incomplete: str) -> Offered:
    """Contracts, with their titles."""
    return _of_library("contract_names", incomplete)


def complete_axis(incomplete: str) -> Offered:
    """Axes, by number and by code, with their titles."""
    return _of_library("axis_names", incomplete)


def complete_amendment(incomplete: str) -> Offered:
    """Amendments of the contract and of its local contracts, with their titles."""
    return _of_library("amendment_names", incomplete)


def complete_reading(incomplete: str) -> Offered:
    """Readings of sources that disagree on dates, with what they say."""
    return _of_library("reading_names", incomplete)


def complete_source(incomplete: str) -> Offered:
    """Sources, with their titles."""
    return _of_library("source_names", incomplete)


def complete_body(incomplete: str) -> Offered:
    """Councils, committees and offices that milestones already name."""
    return _of_library("body_names", incomplete)


def complete_conflicting(incomplete: str) -> Offered:
    """Fields of a sheet, then of a contract, in which two texts may conflict."""
    from cpps_cli.engine.resolution import FIELDS_OF_CONTRACT, FIELDS_OF_SHEET

    return _fields((*FIELDS_OF_SHEET, *FIELDS_OF_CONTRACT), incomplete)


def complete_field(incomplete: str) -> Offered:
    """Fields of a sheet, then of a contract, of which the origin is known."""
    from cpps_cli.engine.versions import FIELDS, FIELDS_OF_CONTRACT

    return _fields((*FIELDS, *FIELDS_OF_CONTRACT), incomplete)


def complete_awaited(incomplete: str) -> Offered:
    """States for which a run may fail, the last one of a list."""
    from cpps_cli.i18n.catalogue import _
    from cpps_cli.i18n.labels import STATE
    from cpps_cli.schedule.filters import AWAITED

    before, last = _last_of_list(incomplete)
    known = ((state, _(STATE[state]) if state in STATE else "") for state in AWAITED)
    return [(before + name, about) for name, about in _begun(known, last)]


def complete_milestone(incomplete: str) -> Offered:
    """Milestones, with what they are called."""
    from cpps_cli.i18n.catalogue import _
    from cpps_cli.i18n.labels import MILESTONE

    return _begun(((kind, _(said)) for kind, said in MILESTONE.items()), incomplete)


def complete_code(incomplete: str) -> Offered:
    """Codes of diagnostics, in small letters too, with their titles."""
    from cpps_cli.diagnostics.codes import CODES
    from cpps_cli.i18n.catalogue import _

    return _begun(((code.id, _(code.title)) for code in CODES.values()), incomplete.upper())


def complete_schema(incomplete: str) -> Offered:
    """Schemas of files; those of answers would take too long to find."""
    library = "library sources territories contract sheet amendment overlay programmes"
    names = f"{library} correspondence snapshot"
    return _begun(((name, "") for name in names.split()), incomplete)


def _last_of_list(incomplete: str) -> tuple[str, str]:
    before, comma, last = incomplete.rpartition(",")
    return before + comma, last


def _fields(known: Iterable[str], incomplete: str) -> Offered:
    from cpps_cli.i18n.catalogue import _
    from cpps_cli.i18n.labels import FIELD

    named = ((name, _(FIELD[name]) if name in FIELD else "") for name in dict.fromkeys(known))
    return _begun(named, incomplete)


def _of_library(names: str, incomplete: str) -> Offered:
    """The names of that kind in the library that begin so; none where no library can be read."""
    import os

    from cpps_cli.diagnostics import CppsError
    from cpps_cli.library import names as known
    from cpps_cli.library.locate import find_library

    try:
        root = find_library(None, os.environ, Path.cwd()).path
        return _begun(getattr(known, names)(root), incomplete)
    except (CppsError, OSError):
        return []


def _begun(names: Iterable[tuple[str, str]], incomplete: str) -> Offered:
    return list(_shown(item for item in names if item[0] and item[0].startswith(incomplete)))


def _shown(names: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    return ((name, _on_one_line(about)) for name, about in names if name.isprintable())


def _on_one_line(about: str) -> str:
    import textwrap

    from cpps_cli.i18n.catalogue import inert

    # A shell takes each line for a word, and may take what stands in square brackets for a pattern.
    plain = inert(about).replace("[", "(").replace("]", ")")
    return textwrap.shorten(plain, 60, placeholder=" …")
