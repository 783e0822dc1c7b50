"""The figures and the picture of the architecture are those of the code."""

import re
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from tools.house.figures import Figure, past_bounds, sizes, table
from tools.house.page import PAGE, filled
from tools.house.picture import about, picture
from tools.house.rooms import Doors, Room, doors

ROOT = Path(__file__).resolve().parents[1]
SOURCES = {
    "cpps_cli.model": "class Sheet:\n    def code(self):\n        return 1\n",
    "cpps_cli.check.rules": "from cpps_cli.model import (\n    A,\n    B,\n)\n\n\ndef f(): ...\n",
}


def test_sizes_count_methods_and_blank_lines() -> None:
    values = {figure.about: figure.value for figure in sizes(SOURCES)}
    assert values["lines"] == 10
    assert values["functions"] == 2
    assert values["lines of the longest function"] == 2


def test_figure_past_its_bound_is_named() -> None:
    measured = [Figure("files", 190, 190), Figure("classes", 291, 290), Figure("doors", 9, None)]
    assert past_bounds(measured) == ["classes: 291, at most 290"]


def test_page_rounds_up_what_changes_with_each_commit() -> None:
    lines = [Figure("lines", 36_401, 36_500, step=100)]
    assert "| 36,401 | 36,500 |" in table(lines)
    assert "| 36,500 | 36,500 |" in table(lines, rounded=True)
    assert [about(count) for count in (4, 99, 138, 41_297)] == ["4", "99", "140", "41,000"]


def test_names_imported_by_one_statement_are_one_import() -> None:
    assert doors(SOURCES).imports == {("check", "model"): 1}


def test_picture_says_in_words_what_it_draws() -> None:
    ground, above = Room("model", "nouns < files", 2, 30), Room("check", "rules", 1, 20)
    root = ET.fromstring(picture(Doors(((ground,), (above,)), Counter({("check", "model"): 138}))))
    texts = ["".join(element.itertext()) for element in root]
    assert any("check imports model 140 times" in text for text in texts)
    assert {"model", "nouns < files", "140"} <= set(texts)


def test_parts_of_the_page_are_replaced_whole_and_once() -> None:
    page = "# A\n\n<!-- rooms: made -->\nold\n<!-- end -->\n"
    once = filled(page, {"rooms": "new"})
    assert once == "# A\n\n<!-- rooms: made -->\n\nnew\n\n<!-- end -->\n"
    assert filled(once, {"rooms": "new"}) == once
    with pytest.raises(ValueError, match="one place for each of: figures, rooms"):
        filled(page, {"figures": "", "rooms": ""})


def test_page_describes_only_rooms_that_are_there() -> None:
    text = (ROOT / PAGE).read_text("utf-8")
    paths = re.findall(r"`((?:tests|tools|docs|src)/[\w./-]+)`", text)
    assert paths
    assert [path for path in paths if not (ROOT / path).exists()] == []
