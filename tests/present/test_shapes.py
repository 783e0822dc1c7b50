"""One declaration of keys: the JSON, the schema and the rows of csv that follow from it."""

import json
from dataclasses import dataclass
from datetime import date

import pytest
from jsonschema import Draft202012Validator

from cpps_cli.formats.records import as_csv, json_text
from cpps_cli.model import Period
from cpps_cli.present.schemas import document_schema
from cpps_cli.present.shapes import GIVEN, Key, Many, Maybe, Part, Shape, csv_table


@dataclass(frozen=True)
class Step:
    title: str
    due: Period | None = None


@dataclass(frozen=True)
class Plan:
    code: str
    begun_on: date
    partners: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    last: Step | None = None


STEP = Shape("Step", Step, "A step.", "title due")
CODE = Shape("Code", Plan, "What it is called.", "id=code")
PLAN = Shape(
    "Plan",
    Plan,
    "A plan.",
    "begun_on",
    Part(CODE, first=True),
    "from=partners",
    Key("steps", Many(STEP)),
    Key("last", Maybe(STEP)),
    "last_title=last?.title",
    Key("many", bool, lambda plan: len(plan.steps) > 1),
    Key("late", bool, in_context=lambda plan, day: plan.begun_on < day),
    Key("note", str | None, GIVEN),
    schema="cpps.plan/1",
)
FIRST = Step("Repérer", Period.parse("2017-S2"))
FULL = Plan("1.1", date(2017, 7, 1), ("Ville", "Parquet"), (FIRST, Step("Agir")), FIRST)
EMPTY = Plan("1.2", date(2018, 1, 1))
DAY = date(2017, 9, 1)


def test_keys_stand_in_the_order_in_which_they_are_declared() -> None:
    assert list(PLAN.write(FULL, DAY)) == ["schema", *PLAN.names[1:]]
    assert PLAN.names[:4] == ("schema", "begun_on", "id", "from")


def test_days_and_periods_are_written_as_they_are_in_a_library() -> None:
    written = json.loads(json_text(PLAN.write(FULL, DAY, note="à relire")))
    assert written["begun_on"] == "2017-07-01"
    assert written["steps"] == [
        {"title": "Repérer", "due": "2017-S2"},
        {"title": "Agir", "due": None},
    ]
    assert written["from"] == ["Ville", "Parquet"]
    assert (written["many"], written["late"], written["note"]) == (True, True, "à relire")


def test_step_that_may_be_null_leads_to_null() -> None:
    written = PLAN.write(EMPTY, DAY)
    assert written["last"] is written["last_title"] is None
    assert written["steps"] == []


def test_schema_takes_its_types_from_the_class_and_accepts_what_is_written() -> None:
    schema = document_schema("cpps.plan/1", PLAN)
    assert list(schema["properties"])[:4] == ["id", "schema", "reconstruction", "begun_on"]
    assert schema["properties"]["last_title"] == {"anyOf": [{"type": "string"}, {"type": "null"}]}
    for plan in (FULL, EMPTY):
        written = json.loads(json_text(PLAN.write(plan, DAY)))
        Draft202012Validator(schema).validate(written)
        assert not Draft202012Validator(schema).is_valid({**written, "more": 1})


def test_key_that_no_attribute_has_is_found_when_the_schema_is_made() -> None:
    wrong = Shape("Wrong", Plan, "Wrong.", "code titel", schema="cpps.wrong/1")
    with pytest.raises(AttributeError, match="titel"):
        document_schema("cpps.wrong/1", wrong)


def test_csv_reads_the_same_keys_and_those_further_down() -> None:
    written = [PLAN.write(plan, DAY) for plan in (FULL, EMPTY)]
    assert as_csv(csv_table("id begun_on from many due=last.due", written)).splitlines() == [
        "id,begun_on,from,many,due",
        "1.1,2017-07-01,Ville Parquet,true,2017-S2",
        "1.2,2018-01-01,,false,",
    ]
