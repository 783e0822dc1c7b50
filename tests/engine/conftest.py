"""A local text carried to a new generation, in short notation: what the tests of it share."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby
from typing import Any

import pytest

from cpps_cli.check.local import check_local
from cpps_cli.engine import Parent
from cpps_cli.engine.rebase import Rebased, rebase
from cpps_cli.engine.rebase.disposition import ABOUT, Disposition
from cpps_cli.library.toml_format import plain_table
from cpps_cli.model import Contract
from cpps_cli.model.beside import Correspondence
from tests.conftest import PLACE, amendments_of, contract_of, overlay_of

HEAD = ("title", "parent_version", "takes", "text")
PASSAGE = re.compile(r"(?P<axis>axis )?(?P<before>.*?)(?P<arrow>[-~]>)(?P<after>.*)")


def correspondence_of(text: str, former: Contract, new: Contract) -> Correspondence:
    """Reads `a -> x; b + c -> y; d -> p + q; e ->; -> z; f ~> g; axis a -> b`, `~>` inferred.

    A sheet or an axis that is not named stays the one of its code, where there is one; what became
    of any other is unknown.
    """
    found = [match for item in text.split(";") if (match := PASSAGE.match(item.strip()))]
    sheets = [_passage(match) for match in found if not match["axis"]]
    axes = [
        {"before": match["before"].strip(), "after": match["after"].strip()}
        for match in found
        if match["axis"]
    ]
    named = {code for item in sheets for code in item["before"]}
    kept = [sheet.code for sheet in former.sheets if new.sheet(sheet.code)]
    sheets += [_sheets([code], [code]) for code in kept if code not in named]
    named = {item["before"] for item in axes}
    both = [axis.code for axis in former.axes if new.axis(axis.code)]
    axes += [{"before": code, "after": code} for code in both if code not in named]
    table = {"contract": new.id, "former": former.id, "known": "partial"}
    return Correspondence.model_validate({**table, "sheets": sheets, "axes": axes})


def _passage(match: re.Match[str]) -> dict[str, Any]:
    before, after = (
        [code.strip() for code in match[side].split("+") if code.strip()]
        for side in ("before", "after")
    )
    return _sheets(before, after, inferred=match["arrow"] == "~>")


def _sheets(before: list[str], after: list[str], *, inferred: bool = False) -> dict[str, Any]:
    kind = "same"
    if not before or not after:
        kind = "dropped" if before else "new"
    elif len(before) != len(after):
        kind = "merged" if len(before) > 1 else "split"
    return {"kind": kind, "before": before, "after": after, "inferred": inferred}


@pytest.fixture
def found(doc: dict[str, Any]) -> Rebased:
    """The docstring's `local`, carried from `former` to `new` by `link`; both texts are sound."""
    return carried(doc)


def carried(doc: dict[str, Any], on: date | None = None) -> Rebased:
    """Carries the `local` text of a table from `former` to `new`, which is the same if not given.

    In both, a table is a sheet; a list has the codes of sheets without a text. `draft` and
    `dispositions`, where they are stated, are what comes out. Own amendments are a year apart from
    2022 on.
    """
    before = Parent(generation(doc["former"]), amendments_of(doc.get("former_amendments", {})), on)
    after = generation({"id": "suite", **_named(doc.get("new", doc["former"]))})
    new = Parent(after, amendments_of(doc.get("new_amendments", {})))
    links = correspondence_of(doc.get("link", ""), before.now.contract, after)
    local = dict(doc.get("local", {}))
    own = sorted(local.get("amendments", {}).items())
    local["amendments"] = {
        name: {"in_force_on": date(2022 + index, 1, 1), **table}
        for index, (name, table) in enumerate(own)
    }
    overlay = overlay_of(local)
    if own:
        assert list(_faults(check_local(overlay, before, PLACE), "error")) == []
    found = rebase(before, new, links, overlay, PLACE)
    assert list(_faults(check_local(found.proposal, new, PLACE), "error", "warning")) == []
    assert doc.get("draft") in (None, proposed(found))
    assert doc.get("dispositions", shown(found)).split() == shown(found).split()
    return found


def generation(given: Any) -> Contract:
    """A contract in short notation: a list of sheets without a text, or fields and sheets."""
    table = _named(given)
    fields = {key: value for key, value in table.items() if not isinstance(value, dict)}
    sheets = {key: value for key, value in table.items() if isinstance(value, dict)}
    return contract_of({**fields, "sheets": sheets})


def _named(given: Any) -> dict[str, Any]:
    return dict(given) if isinstance(given, dict) else {code: {} for code in given}


def _faults(found: Iterable[Any], *severities: str) -> Iterator[Any]:
    return (fault for fault in found if fault.severity in severities)


def proposed(found: Rebased) -> dict[str, Any]:
    """The changes of the proposal."""
    table = plain_table(found.proposal)
    return {key: value for key, value in table.items() if key not in HEAD}


def shown(found: Rebased) -> str:
    """Writes dispositions in short: « b1/adapt.0 .set.lead! .remove.means.0=x: remapped -> une ».

    Operations in a row of which the same becomes are one line. `.` begins an operation of the
    change before it; `!` is to be read again; `=` shows another text than the one written. What a
    file says of itself is left out.
    """
    lines = []
    apart = (item for item in found.dispositions if item.operation.kind != "head")
    for end, own in groupby(apart, _end):
        words: list[str] = []
        change = None
        for item in own:
            words.append(_word(item, whole=item.operation.change != change))
            change = item.operation.change
        lines.append(f"{' '.join(words)}: {end}")
    return "\n".join(lines)


def _end(item: Disposition) -> str:
    to = f"-> {' '.join(item.to)}" if item.to else ""
    return " ".join(filter(None, (item.outcome, item.why, to)))


def _word(item: Disposition, *, whole: bool) -> str:
    piece = item.operation
    file = piece.change.file.rpartition("/")[2].removesuffix(".toml")
    path = ".".join(map(str, piece.place.path if whole else ("", *piece.path)))
    other = item.value != piece.value and piece.field not in ABOUT
    value = f"={item.value}" if other and isinstance(item.value, str | None) else ""
    return (f"{file}/" if whole and file != "T1" else "") + path + value + "!" * item.to_reread
