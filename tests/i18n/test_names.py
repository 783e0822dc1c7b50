"""Names in a sentence."""

from cpps_cli.i18n.catalogue import names_in_words


def test_names_of_a_city_are_all_given() -> None:
    names = [f"{number}e" for number in range(1, 41)]
    assert names_in_words(names) == ", ".join(names)


def test_of_the_names_of_a_nation_the_first_are_given_and_the_others_counted() -> None:
    names = [f"C. {number}" for number in range(1, 36)] * 1000
    said = names_in_words(names)
    assert said.startswith("C. 1, C. 2, ")
    assert said.endswith(", C. 10 and 34990 others")


def test_no_name_is_no_word() -> None:
    assert names_in_words([]) == ""
