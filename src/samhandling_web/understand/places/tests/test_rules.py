"""Rules of places: analysis, scoring, and when something is new again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samhandling_web.understand.places.rules import (
    CANDIDATE_TRANSITIONS,
    PROBLEM_TRANSITIONS,
    Analysis,
    AnalysisIncomplete,
    CandidateStatus,
    CandidateTransitionNotAllowed,
    ProblemStatus,
    ProblemTransitionNotAllowed,
    RadiusOutside,
    ReasonMissing,
    check_analysis,
    check_candidate_transition,
    check_problem_transition,
    check_radius,
    check_reason,
    missing_in_analysis,
)
from samhandling_web.understand.places.scoring import (
    FULL,
    WEIGHTS,
    Part,
    is_something_new,
    reports_of_hundred,
    score_of,
    scored,
    times_denser,
)

values = st.fixed_dictionaries({part: st.floats(0, 1_000) for part in Part})


def evidence(observations=0, findings=0, events=0, first=0):
    return {
        "observations": list(range(first, first + observations)),
        "findings": list(range(findings)),
        "events": events,
    }


@pytest.mark.parametrize("current", ProblemStatus)
@pytest.mark.parametrize("target", ProblemStatus)
def test_a_problem_moves_as_the_table_says(current, target):
    if target in PROBLEM_TRANSITIONS[current]:
        check_problem_transition(current, target)
        return
    with pytest.raises(ProblemTransitionNotAllowed):
        check_problem_transition(current, target)


@pytest.mark.parametrize("current", CandidateStatus)
@pytest.mark.parametrize("target", CandidateStatus)
def test_a_candidate_moves_as_the_table_says(current, target):
    if target in CANDIDATE_TRANSITIONS[current]:
        check_candidate_transition(current, target)
        return
    with pytest.raises(CandidateTransitionNotAllowed):
        check_candidate_transition(current, target)


def test_all_that_an_analysis_lacks_is_named_at_once():
    """Brå's process: who and when, causes, why asked at least three times, and what it rests on."""
    with pytest.raises(AnalysisIncomplete) as refusal:
        check_analysis(Analysis(has_to_whom=False, has_when=False, whys=(2,), evidence=(0,)))
    said = str(refusal.value)
    for words in ("vem eller vad som drabbas", "när det händer", "tre varför", "underlag"):
        assert words in said
    nothing = Analysis(has_to_whom=True, has_when=True, whys=(), evidence=())
    assert [str(one) for one in missing_in_analysis(nothing)] == ["minst en orsak"]
    check_analysis(Analysis(has_to_whom=True, has_when=True, whys=(3, 5), evidence=(1, 2)))


@pytest.mark.parametrize("radius", [0, 24, 2_001])
def test_a_place_is_no_part_of_town(radius):
    with pytest.raises(RadiusOutside, match=str(radius)):
        check_radius(radius)
    check_radius(150)


def test_a_reason_is_more_than_blanks():
    with pytest.raises(ReasonMissing):
        check_reason(" \n")
    check_reason("Mörkt.")


def test_weights_make_a_hundred():
    assert sum(WEIGHTS.values()) == 100
    full = scored(dict(FULL))
    assert score_of(full) == 100
    assert [part.part for part in full] == list(Part)


@given(values)
def test_a_score_is_the_sum_of_parts_between_nothing_and_a_hundred(found):
    parts = scored(found)
    assert 0 <= score_of(parts) <= 100
    assert all(0 <= part.points <= part.weight for part in parts)
    assert score_of(parts) == pytest.approx(sum(part.points for part in parts))


@given(values, st.sampled_from(list(Part)), st.floats(0, 100))
def test_more_never_gives_fewer_points(found, part, more):
    assert score_of(scored(found | {part: found[part] + more})) >= score_of(scored(found)) - 1e-9


@given(st.integers(30, 500), st.integers(1, 30))
def test_when_everybody_reports_twice_as_much_a_place_hardly_moves(in_district, here):
    """A keen team is not a hot spot: only the added reports' share may change it."""
    once = reports_of_hundred(here, in_district)
    twice = reports_of_hundred(2 * here, 2 * in_district)
    assert once <= twice <= once * (1 + 20 / in_district)


def test_few_events_are_never_many_times_denser():
    assert times_denser(0.0, 2.0) == 0
    assert times_denser(4.0, 2.0) == 2
    assert times_denser(4.0, 0.0) == 0


@pytest.mark.parametrize(
    ("now", "is_new"),
    [
        (evidence(observations=6, events=4), False),
        (evidence(observations=8, events=4), False),
        (evidence(observations=9, events=4), True),
        (evidence(observations=6, events=8), False),
        (evidence(observations=6, events=9), True),
        (evidence(observations=6, events=4, findings=5), True),
        # The same number, but three of them others than those seen when it was dismissed.
        (evidence(observations=6, events=4, first=3), True),
        (evidence(observations=6, events=4, first=2), False),
        (evidence(), False),
    ],
)
def test_dismissed_is_dismissed_until_enough_is_new(now, is_new):
    assert is_something_new(evidence(observations=6, events=4), now) is is_new
