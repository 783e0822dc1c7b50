"""The file that a migration proposes, on texts made at random."""

from collections.abc import Iterator
from typing import Any

import tomli
from hypothesis import given

from cpps_cli.formats.registry import answer_text
from cpps_cli.library.toml_format import plain_table, plain_value
from cpps_cli.model import Overlay
from cpps_cli.present.sections.migration import migration as report
from cpps_cli.present.sections.migration_draft import draft_of_migration
from tests.conftest import PLACE
from tests.engine.conftest import carried
from tests.engine.test_rebase_laws import Generations, generations, leaves

TITLES = ("title", "short_title", "note")


def without_titles(overlay: Overlay) -> dict[str, Any]:
    return {key: value for key, value in plain_table(overlay).items() if key not in TITLES}


def set_aside(draft: str) -> Iterator[Any]:
    """The tables that stand after `#` alone: each is whole once that sign is taken away."""
    block: list[str] = []
    for line in [*draft.splitlines(), ""]:
        if line.startswith("#") and not line.startswith(("# ", "#:")):
            block.append(line[1:])
        elif block:
            yield tomli.loads("\n".join(block))
            block = []


@given(generations())
def test_draft_read_back_is_what_is_proposed(world: Generations) -> None:
    found = world.migrated()
    table = tomli.loads(draft_of_migration(found, PLACE))
    read = Overlay.model_validate({**table, "parent": "suite", "territory": "T1"})
    assert without_titles(read) == without_titles(found.proposal)


@given(generations())
def test_what_is_not_carried_can_be_uncommented(world: Generations) -> None:
    found = world.migrated()
    aside = [
        value for table in set_aside(draft_of_migration(found, PLACE)) for value in leaves(table)
    ]
    said = [value for _, value in aside]
    # What amendments of its own said otherwise since stands in the report, not in the draft.
    for fate in found.of_draft:
        if fate.outcome not in ("to_decide", "orphaned"):
            continue
        if fate.operation.kind == "axes" or not fate.operation.path:
            continue
        value = fate.value if fate.operation.way else fate.operation.value
        for _, text in leaves(plain_value(value)) if value is not None else ():
            assert text in said, fate


def test_choice_that_rests_on_other_words_names_the_sheet_whose_text_is_kept() -> None:
    merge = {"sheets": ["un", "deux"], "code": "ensemble", "keep": {"lead": "deux"}}
    former = {"un": {"lead": "La mairie"}, "deux": {"lead": "Le parquet"}}
    new = {"une": {"lead": "La préfecture"}, "autre": {"title": "L'autre", "lead": "Le parquet"}}
    link, local = "un -> une; deux -> autre", {"merge": [merge]}
    found = carried({"link": link, "former": former, "new": new, "local": local})
    shown = answer_text(report(found, PLACE, None), "markdown")
    assert "lead (kept from one sheet): “L'autre”. The parent:" in shown
    draft = draft_of_migration(found, PLACE)
    assert "The parent said: “La mairie”. It says: “La préfecture”." in " ".join(
        line.removeprefix("# ").strip() for line in draft.splitlines()
    )


def test_text_kept_of_a_sheet_that_has_none_leaves_nothing_to_uncomment() -> None:
    merge = {"sheets": ["un", "deux"], "code": "ensemble", "keep": {"lead": "deux"}}
    former: Any = {"un": {}, "deux": {}}
    new = {"une": {"lead": "La préfecture"}}
    found = carried(
        {"link": "un + deux -> une", "former": former, "new": new, "local": {"merge": [merge]}}
    )
    [aside] = set_aside(draft_of_migration(found, PLACE))
    assert aside == {"adapt": [{"sheet": "une"}]}
