"""Identity numbers are found in all their forms; other numbers are left alone."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from samhandling_web.base.common.personal_data import (
    identity_numbers_in,
    person_names_in,
    validate_no_identity_number,
    validate_no_person,
)


@pytest.mark.parametrize(
    "number",
    [
        "19811218-9876",
        "811218-9876",
        "811218+9876",
        "8112189876",
        "198112189876",
        "811218 9876",
        "811278-9873",
    ],
)
def test_every_form_of_an_identity_number_is_found(number):
    """811218-9876 is the tax agency's own example; the last is a coordination number."""
    assert identity_numbers_in(f"Han uppgav {number}.") == [number]
    with pytest.raises(ValidationError, match="personnummer"):
        validate_no_identity_number(f"Han uppgav {number}.")


@pytest.mark.parametrize(
    "text",
    [
        "Dnr KS 2024/001234",
        "Buss 515 mot Odenplan kl 22.15",
        "Anknytning 08-508 25 000",
        "811218-9875 har fel kontrollsiffra",
        "Diarienummer 5000-123456-2024",
        "Telefon 070-1740605",
        "",
    ],
)
def test_other_numbers_are_left_alone(text):
    assert identity_numbers_in(text) == []
    validate_no_identity_number(text)


words = st.text(st.characters(exclude_categories=["Nd", "Cs"], exclude_characters="-"))


@given(words, words, st.sampled_from(["811218-9876", "198112189876", "811278-9873"]))
def test_a_number_is_found_in_whatever_stands_around_it(before, after, number):
    assert identity_numbers_in(before + number + after) == [number]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Anna Andersson slog", "Anna Andersson"),
        ("anna andersson slog", "anna andersson"),
        ("Fönstret krossades av Karl-Erik Lindqvist.", "Karl-Erik Lindqvist"),
        ("Andersson, Anna stod vid porten", "Andersson, Anna"),
        ("Johan Karlssons bil", "Johan Karlssons"),
        ("Per Albin Hansson", "Per Albin Hansson"),
        ("Ahmed Ali sprang därifrån", "Ahmed Ali"),
    ],
)
def test_names_of_persons_are_found(text, name):
    assert person_names_in(text) == [name]
    with pytest.raises(ValidationError, match="utan att säga vem"):
        validate_no_person(text)


@pytest.mark.parametrize(
    "text",
    [
        "Olof Palmes gata 4",
        "i Anna Lindhs park",
        "Karl Johans torg, S:t Eriksplan och Erik Dahlbergsgatan",
        "Högst en per lund, per person och per kväll",
        "Tre ungdomar vid Maria Magdalena kyrka",
        "Dnr KS 2026/0117, buss 515, anknytning 25 012",
        "",
    ],
)
def test_places_and_numbers_are_no_persons(text):
    assert person_names_in(text) == []
    validate_no_person(text)


@given(st.text())
def test_any_text_can_be_read(text):
    for name in person_names_in(text):
        assert name in text
