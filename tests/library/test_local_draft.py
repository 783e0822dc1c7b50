"""The file from which a local text is begun."""

import re
from datetime import date
from pathlib import Path

import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st

from cpps_cli.diagnostics import CppsError
from cpps_cli.engine import Derivation, Parent
from cpps_cli.library.templates import LocalDraft, draft_text, write_draft
from cpps_cli.library.write import NotWritten
from cpps_cli.model import Contract, Overlay
from tests.conftest import PLACE, contract_of

words = (
    st.text(min_size=1, max_size=200)
    .filter(lambda text: text.strip() != "")
    .filter(lambda text: not any(0xD800 <= ord(mark) < 0xE000 for mark in text))
)
codes = st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,2}", fullmatch=True)


@st.composite
def contracts(draw: st.DrawFn) -> Contract:
    codes_of_axes = draw(st.lists(codes, min_size=1, max_size=3, unique=True))
    numbers = st.none() | st.integers(0, 9)
    axes = [
        {"code": code, "number": draw(numbers), "title": draw(st.none() | words)}
        for code in codes_of_axes
    ]
    sheets = {
        code: {
            "axis": draw(st.sampled_from(codes_of_axes)),
            "number": draw(st.sampled_from([None, f"1.{index}"])),
            "title": draw(st.none() | words),
            "inferred": draw(st.sampled_from([(), ("number",)])),
        }
        for index, code in enumerate(draw(st.lists(codes, max_size=6, unique=True)), 1)
    }
    return contract_of({"title": draw(words), "axes": axes, "sheets": sheets})


def small() -> Contract:
    """Five sheets, the third without a title."""
    titles = {"s1": "Un", "s2": "Deux", "s3": None, "s4": "Quatre", "s5": "Cinq"}
    sheets = {code: {"title": title, "number": f"1.{code[1]}"} for code, title in titles.items()}
    axes = [{"code": "a", "number": 1, "title": "Premier axe"}, {"code": "b"}]
    return contract_of({"axes": axes, "sheets": sheets, "signatories": ["Mairie"]})


def derived(contract: Contract, text: str) -> Derivation:
    table = tomli.loads(text)
    overlay = Overlay.model_validate({**table, "parent": contract.id, "territory": PLACE.code})
    return Parent(contract, ()).derive(overlay, PLACE)


@given(contracts())
def test_draft_of_any_parent_takes_all_of_it_and_has_no_fault(contract: Contract) -> None:
    derivation = derived(contract, draft_text(LocalDraft(contract, "signed", PLACE), str))
    assert derivation.faults == ()
    sheets = derivation.derived.contract.sheets
    assert [(sheet.code, sheet.number) for sheet in sheets] == [
        (sheet.code, sheet.number) for sheet in contract.sheets
    ]
    assert {item.origin for item in derivation.derived.sheets} <= {"inherited"}


def test_draft_is_not_the_text_of_the_town_hall() -> None:
    found = derived(small(), draft_text(LocalDraft(small(), "signed", PLACE), str)).derived
    assert found.basis == "partial"
    assert found.contract.title.startswith("Draft")
    assert found.contract.label.startswith("Draft")
    assert found.contract.signatories == ()
    assert found.contract.milestones == ()


def test_sheet_that_is_deleted_is_unknown() -> None:
    text = draft_text(LocalDraft(small(), "signed", PLACE), str)
    without = text.replace('[[take]]\nsheet = "s2"\nnumber = "1.2"\n', "")
    left_out = derived(small(), without).derived.left_out
    assert [(item.sheet.code, item.origin) for item in left_out] == [("s2", "unknown")]


def test_draft_is_dated_where_that_is_asked() -> None:
    draft = LocalDraft(small(), "signed", PLACE, drafted_on=date(2026, 3, 1))
    (milestone,) = derived(small(), draft_text(draft, str)).derived.contract.milestones
    assert (milestone.kind, str(milestone.on)) == ("drafted", "2026-03-01")


def test_examples_are_right_once_uncommented() -> None:
    """Each in the place of the `[[take]]` of its sheet, as they say."""
    text = draft_text(LocalDraft(small(), "signed", PLACE), str)
    text = re.sub(r"(?m)^#(?=[a-z\[])", "", text)
    for code in ("s1", "s2", "s3", "s4"):
        text = re.sub(rf'\[\[take\]\]\nsheet = "{code}"\nnumber = ".*"\n', "", text)
    derivation = derived(small(), text)
    assert derivation.faults == ()
    assert derivation.derived.summary() == {"inherited": 1, "adapted": 1, "merged": 1, "added": 1}
    assert [item.origin for item in derivation.derived.left_out] == ["excluded"]
    assert derivation.derived.contract.signatories == ("The town hall",)


def test_each_sheet_stands_under_its_title_and_axis() -> None:
    text = draft_text(LocalDraft(small(), "signed", PLACE), str)
    assert "# --- Axis 1. Premier axe\n" in text
    assert '# 1.1 Un\n[[take]]\nsheet = "s1"\nnumber = "1.1"\n' in text
    assert '# 1.3 (title unknown)\n[[take]]\nsheet = "s3"' in text


def test_comments_are_in_the_language_of_the_run() -> None:
    draft = LocalDraft(small(), "signed", PLACE)
    text = draft_text(draft, lambda message: message.replace(" ", "_"))
    comments = re.findall(r"(?m)^# (.*)$", text)
    assert comments
    assert not [line for line in comments if re.search(r"[a-z] (the|of|is|a) [a-z]", line)]


def test_text_is_begun_once(tmp_path: Path) -> None:
    path = tmp_path / "local" / "T1.toml"
    write_draft(path, "first\n")
    with pytest.raises(CppsError, match="a text is begun once"):
        write_draft(path, "second\n")
    assert path.read_text() == "first\n"


def test_folder_made_for_nothing_goes_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("os.fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_draft(tmp_path / "local" / "T1.toml", "text\n")
    assert list(tmp_path.iterdir()) == []


def test_contract_that_is_a_file_is_said(tmp_path: Path) -> None:
    (tmp_path / "parent").write_text("")
    with pytest.raises(NotWritten) as caught:
        write_draft(tmp_path / "parent" / "local" / "T1.toml", "text\n")
    assert caught.value.reason == "missing_folder"
