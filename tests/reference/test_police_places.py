"""How often the gazetteer answers for real police notices, and how often it is right.

The labels and the rules they follow are described in README.md beside this file. The
share answered counts every notice of the sample, also those whose text tells no place. An
answer is right if it is one of the accepted neighbourhoods; an answer to a notice labelled "none"
is wrong. An answer at district level ("Bromma") counts as no answer. The interval is Wilson's for
a simple random sample.

The floors are set a little below what the held-out part gave when it was first measured, so
that a change which loses places or precision fails here. The held-out part is for measuring:
when a rule has to change, look at the development part or at notices outside the sample.
"""

import csv
import gzip
import json
import random
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from statsmodels.stats.proportion import proportion_confint

from samhandling.sources.gazetteer import Gazetteer
from tests.reference.stockholm_places import NEIGHBOURHOOD, elsewhere, entries
from tests.shared_data import shared_file

LABELS = Path(__file__).parent / "police_place_labels.csv"
NOTICES = "polisen_handelser/handelser_stockholm_med_text_2022-09_2026-04.json.gz"
ALL_SWEDEN = "polisen_handelser/handelser_sverige_2022-09_2026-04.csv.gz"
SEED, SAMPLE, DEVELOPMENT = 20260424, 330, 110

ANSWERED_AT_LEAST = 0.70
RIGHT_AT_LEAST = 0.98
LOWER_LIMIT_AT_LEAST = 0.95


@dataclass(frozen=True)
class Label:
    number: int
    part: str
    accepted: frozenset[str]


@dataclass(frozen=True)
class Score:
    notices: int
    answered: int
    right: int

    @property
    def share_answered(self) -> float:
        return self.answered / self.notices

    @property
    def precision(self) -> float:
        return self.right / self.answered

    @property
    def interval(self) -> tuple[float, float]:
        low, high = proportion_confint(self.right, self.answered, method="wilson")
        return float(low), float(high)


def read_labels() -> list[Label]:
    with LABELS.open(encoding="utf-8", newline="") as file:
        return [
            Label(int(row["id"]), row["part"], frozenset(row["label"].upper().split("|")))
            for row in csv.DictReader(file)
        ]


@pytest.fixture(scope="module")
def notices() -> dict[int, dict[str, Any]]:
    with gzip.open(shared_file(NOTICES), "rt", encoding="utf-8") as file:
        return {notice["id"]: notice for notice in json.load(file)}


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer(entries(), elsewhere())


def full_text(notice: dict[str, Any]) -> str:
    text = notice["text"]
    return f"{notice['summary']}\n{text if isinstance(text, str) else ''}"


def answer(gazetteer: Gazetteer, notice: dict[str, Any]) -> str | None:
    placement = gazetteer.place(notice["name"], full_text(notice))
    return placement.code if placement.level == NEIGHBOURHOOD else None


def score(gazetteer: Gazetteer, notices: dict[int, dict[str, Any]], part: str) -> Score:
    labels = [label for label in read_labels() if label.part == part]
    answers = [(answer(gazetteer, notices[label.number]), label.accepted) for label in labels]
    given = [(code, accepted) for code, accepted in answers if code is not None]
    return Score(len(labels), len(given), sum(code in accepted for code, accepted in given))


def test_the_sample_is_the_one_that_was_drawn(notices):
    drawn = random.Random(SEED).sample(sorted(notices), SAMPLE)
    labels = read_labels()
    assert [label.number for label in labels] == drawn
    assert [label.part for label in labels[:DEVELOPMENT]] == ["development"] * DEVELOPMENT
    assert {label.part for label in labels[DEVELOPMENT:]} == {"held_out"}


def test_labels_are_neighbourhoods_of_the_map(gazetteer):
    known = {entry.code for entry in entries() if entry.level == NEIGHBOURHOOD}
    assert frozenset().union(*(label.accepted for label in read_labels())) <= known | {"NONE"}


@pytest.mark.parametrize("part", ["development", "held_out"])
def test_enough_answers_and_nearly_all_right(gazetteer, notices, part, record_property):
    result = score(gazetteer, notices, part)
    report = (
        f"{part}: {result.answered} of {result.notices} answered ({result.share_answered:.1%}), "
        f"{result.right} right ({result.precision:.1%}, "
        f"95 % interval {result.interval[0]:.1%} to {result.interval[1]:.1%})"
    )
    record_property("score", report)
    if part == "held_out":
        assert result.share_answered >= ANSWERED_AT_LEAST, report
        assert result.interval[0] >= LOWER_LIMIT_AT_LEAST, report
    assert result.precision >= RIGHT_AT_LEAST, report


def test_all_notices_are_answered_about_as_often_as_the_sample(gazetteer, notices):
    answered = sum(answer(gazetteer, notice) is not None for notice in notices.values())
    assert answered / len(notices) >= 0.65


def test_a_wrong_label_is_seen(gazetteer, notices):
    """The score falls when the labels are dealt out to the wrong notices."""
    labels = [label for label in read_labels() if label.part == "held_out"]
    answers = [answer(gazetteer, notices[label.number]) for label in labels]
    shifted = [*labels[1:], labels[0]]
    right = sum(code in other.accepted for code, other in zip(answers, shifted, strict=True))
    assert right < 0.5 * sum(code is not None for code in answers)


def test_notices_of_other_municipalities_are_not_placed(gazetteer):
    """A name that also lies elsewhere in Sweden is not mistaken for the one here."""
    with gzip.open(shared_file(ALL_SWEDEN), "rt", encoding="utf-8", newline="") as file:
        others = [
            row for row in csv.DictReader(file) if not row["location_name"].startswith("Stockholm")
        ]
    start = time.process_time()
    placed = [row["id"] for row in others if gazetteer.place(row["name"], row["summary"]).code]
    assert time.process_time() - start < 10
    assert len(placed) / len(others) < 1 / 10_000


def test_full_texts_are_read_in_seconds(gazetteer, notices):
    texts = [(notice["name"], full_text(notice)) for notice in notices.values()]
    start = time.process_time()
    for title, text in texts:
        gazetteer.place(title, text)
    assert time.process_time() - start < 5
