"""The law on one page: paragraphs of several rooms come together, each number once."""

from collections import Counter
from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser

from samhandling_web.understand.picture import proof
from samhandling_web.understand.picture.proof import Paragraph

pytestmark = pytest.mark.django_db
TODAY = date(2026, 5, 4)


def paragraph(number: str, *, holds: bool, missing: tuple[str, ...] = ()) -> Paragraph:
    return Paragraph(number, "Planen följs upp.", holds, (), missing)


def sixth(monkeypatch, *elsewhere: Paragraph) -> Paragraph:
    monkeypatch.setattr(proof, "_sources", {})
    proof.register("plans", ("5 §",), lambda _today: elsewhere)
    return next(one for one in proof.paragraphs(TODAY, AnonymousUser()) if one.number == "6 §")


def test_every_paragraph_stands_once_and_in_order():
    numbers = [one.number for one in proof.paragraphs(TODAY, AnonymousUser())]
    assert Counter(numbers).most_common(1)[0][1] == 1
    assert numbers[0] == "4 §"
    assert {"5 §", "6 §", "12 §", "13 §"} <= set(numbers)


def test_a_second_rooms_duty_stands_beside_the_first(monkeypatch):
    both = sixth(monkeypatch, paragraph("6 §", holds=False, missing=("Ingen plan.",)))
    assert both.duty.endswith("Planen följs upp.")
    assert both.missing == ("Det finns ingen antagen lägesbild att uppdatera.", "Ingen plan.")
    assert not both.holds


def test_what_one_of_two_duties_lacks_is_missing_in_the_whole(monkeypatch):
    lacking = paragraph("6 §", holds=False, missing=("Ingen plan.",))
    monkeypatch.setattr(proof, "_own_paragraphs", lambda _today: [lacking])
    part = sixth(monkeypatch, paragraph("6 §", holds=True))
    assert part.holds
    assert part.missing == ("Ingen plan.",)


def test_two_duties_that_hold_miss_nothing(monkeypatch):
    monkeypatch.setattr(proof, "_own_paragraphs", lambda _today: [paragraph("6 §", holds=True)])
    whole = sixth(monkeypatch, paragraph("6 §", holds=True))
    assert whole.holds
    assert not whole.missing
