"""How a local change of one field stands beside what its parent made of that field."""

import pytest

from cpps_cli.engine.merge3 import (
    ListChange,
    Merged,
    differ,
    in_its_place,
    lacks,
    merge_list,
    merge_scalar,
    merge_selection,
)


@pytest.mark.parametrize("cosmetic", [False, True])
def test_field_that_the_parent_left_alone_or_typed_otherwise_is_untouched(cosmetic: bool) -> None:
    untouched = Merged("unchanged")
    assert merge_scalar("Ici", "L'office", "L’office", cosmetic=cosmetic) == untouched
    assert merge_selection(("L'office",), ("L’office",), cosmetic=cosmetic) == untouched
    change = ListChange(append=("C",), remove=("A",))
    assert merge_list(change, ("A", "B"), ("A", "B"), cosmetic=cosmetic) == untouched


@pytest.mark.parametrize(("cosmetic", "outcome"), [(False, "conflict"), (True, "cosmetic")])
def test_other_words_on_both_sides_are_read_again_unless_no_commitment_changed(
    cosmetic: bool, outcome: str
) -> None:
    assert merge_scalar("Ici", "Avant", "Après", cosmetic=cosmetic).outcome == outcome
    assert merge_selection(("A", "B"), ("A", "C"), cosmetic=cosmetic).outcome == outcome


@pytest.mark.parametrize("cosmetic", [False, True])
def test_same_words_on_both_sides_agree(cosmetic: bool) -> None:
    assert merge_scalar("L'État", "Avant", "L’État", cosmetic=cosmetic).outcome == "converged"


@pytest.mark.parametrize(("cosmetic", "outcome"), [(False, "clean"), (True, "cosmetic")])
def test_items_of_both_sides_stand_side_by_side(cosmetic: bool, outcome: str) -> None:
    change = ListChange(append=("C",), remove=("A",))
    merge_at = merge_list(change, ("A", "B"), ("A", "B", "D"), cosmetic=cosmetic)
    assert merge_at == Merged(outcome)  # type: ignore[arg-type]


def test_items_that_the_parent_put_in_and_took_out_too_agree() -> None:
    change = ListChange(append=("C",), remove=("A",))
    merge_at = merge_list(change, ("A", "B"), ("B", "C"), cosmetic=False)
    assert merge_at == Merged("converged", change)
    merge_at = merge_list(change, ("A", "B"), ("B",), cosmetic=False)
    assert merge_at == Merged("clean", ListChange(remove=("A",)))


@pytest.mark.parametrize(("cosmetic", "outcome"), [(False, "conflict"), (True, "cosmetic")])
def test_item_taken_out_here_and_reworded_there_is_read_again(cosmetic: bool, outcome: str) -> None:
    change = ListChange(append=("D",), remove=("A",))
    merge_at = merge_list(change, ("A", "B"), ("A bis", "B", "D"), cosmetic=cosmetic)
    expected = ListChange(append=("D",))
    assert merge_at == Merged(outcome, expected, {"A": ("A bis",)})  # type: ignore[arg-type]


def test_what_stands_in_the_place_of_an_item() -> None:
    then = ("A", "B", "C")
    assert in_its_place("B", then, ("A", "X", "Y", "C")) == ("X", "Y")
    assert in_its_place("b", then, ("A", "X", "C")) == ()
    assert in_its_place("B", then, ("A", "C")) == ()
    assert in_its_place("B", then, ("A", "C", "X")) == ()
    assert in_its_place("Z", then, ("A", "X", "C")) == ()
    assert in_its_place("C", ("A", "B", "C"), ("A", "B", "A bis")) == ("A bis",)
    assert in_its_place("A", ("A", "B", "C"), ("B", "X")) == ()


def test_item_moved_into_the_place_of_another_is_not_new() -> None:
    assert in_its_place("B", ("A", "B", "C"), ("C", "A")) == ()


def test_long_list_is_compared_like_a_short_one() -> None:
    """Words that come back often are no noise."""
    then = ("Un local",) * 200 + ("Une salle",)
    now = ("Un local",) * 200 + ("Une grande salle",)
    assert in_its_place("Une salle", then, now) == ("Une grande salle",)


def test_typing_makes_no_other_item() -> None:
    assert not lacks(("L’écoute",), "L'écoute")
    assert lacks(("L’écoute",), "L'accueil")
    assert not differ(("L’écoute",), ("L'écoute",))
    assert differ(("L’écoute",), ("L'accueil",))
    assert differ(("A", "B"), ("B", "A"))
