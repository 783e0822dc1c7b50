"""The registry of the fields of a sheet, and the classes that hold them."""

from cpps_cli.model import LIST_FIELDS, SHEET_FIELDS, TEXT_FIELDS, Indicator, SheetText
from cpps_cli.model.fields import LINE_FIELDS, PROSE_FIELDS
from cpps_cli.model.sheet import ListItems


def test_registry_names_the_fields_of_a_text_in_their_order() -> None:
    assert tuple(SheetText.model_fields) == TEXT_FIELDS
    assert tuple(ListItems.model_fields) == LIST_FIELDS


def test_kind_of_a_field_is_the_type_of_its_value() -> None:
    empty = SheetText.model_validate({})
    for field in SHEET_FIELDS:
        declared = str(SheetText.model_fields[field.name].annotation)
        assert (getattr(empty, field.name) is None) == (field.name in PROSE_FIELDS)
        assert (Indicator.__name__ in declared) == (field.kind == "indicators")


def test_texts_of_several_sheets_can_be_joined_where_they_are_no_list() -> None:
    assert [field.name for field in SHEET_FIELDS if field.joined] == list(PROSE_FIELDS)
    assert set(LINE_FIELDS) < set(PROSE_FIELDS)
