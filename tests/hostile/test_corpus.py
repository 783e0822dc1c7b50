"""Each hostile file that was kept, played through what reads it; `tools/fuzz.py` looks for more."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.hostile.targets import TARGETS, VERBS, answered

CORPUS = Path(__file__).resolve().parent / "corpus"
KEPT = sorted(path for path in CORPUS.glob("*/*"))


@pytest.fixture(autouse=True)
def _terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("COLUMNS", "80"), ("NO_COLOR", "1"), ("CPPS_LANG", "en")):
        monkeypatch.setenv(name, value)


@pytest.mark.parametrize("path", KEPT, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_what_is_kept_makes_nothing_fail(path: Path) -> None:
    TARGETS[path.parent.name](path.read_bytes())


PIECES = st.sampled_from(
    [b"\n", b"\r\n", b" = ", b'"', b"'''", b'"""', b"[[", b"]]", b"{", b"}", b"[", b"]", b".", b",",
     b"a", b"title", b"sheet", b"adapt", b"set.lead", b"mediation", b"nuit", b"code;title", b";",
     b"2017-S2", b"2017-07-01", b"..", b"# ", b"\\u0001", b"\xc3\xa9", b"\xff", b"\x00", b"1"]
)  # fmt: skip
HOSTILE = st.builds(lambda at, rest: at + b"".join(rest), st.binary(max_size=2), st.lists(PIECES))


@pytest.mark.parametrize("name", TARGETS)
def test_whatever_is_read_makes_nothing_fail(name: str) -> None:
    @settings(max_examples=settings().max_examples // 4)
    @given(HOSTILE)
    def holds(raw: bytes) -> None:
        TARGETS[name](raw)

    holds()


def test_every_target_has_something_kept() -> None:
    assert {path.parent.name for path in KEPT} == TARGETS.keys()


@pytest.mark.parametrize("number", range(len(VERBS)))
def test_verb_answers_where_nothing_is_wrong(number: int) -> None:
    """Else a target would only ever see refusals."""
    assert answered(VERBS[number].split())[0] == 0
