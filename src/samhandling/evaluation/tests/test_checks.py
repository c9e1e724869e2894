import numpy as np
import pytest

from samhandling.evaluation import (
    CHECKS,
    NEVER,
    Case,
    CheckDoesNotFit,
    Design,
    Panel,
    Verdict,
    checks_for,
    run_checks,
    synthetic_control,
    synthetic_difference_in_differences,
)
from samhandling.evaluation.calibration_reading import Uncalibrated
from samhandling.evaluation.tests.test_synthetic_control import town


def estimate(panel):
    return synthetic_difference_in_differences(panel, uncalibrated=Uncalibrated.WARN).effect


def case(panel, **more):
    return Case(panel, estimate, Design.SYNTHETIC_DIFFERENCE_IN_DIFFERENCES, **more)


def verdicts(found):
    return {finding.check: finding.verdict for finding in found}


def good_town():
    return town(1, donors=24)


def test_a_sound_comparison_is_supported():
    found = verdicts(run_checks(case(good_town(), unmoved=town(1, donors=24, effect=0).y)))
    assert found == dict.fromkeys((check.name for check in CHECKS), Verdict.SUPPORTS)


def named(name):
    return next(check for check in CHECKS if check.name == name)


def test_an_effect_before_the_start_is_doubted():
    panel = good_town()
    early = panel.y.copy()
    early[0, 7:14] += 30
    assert named("placebo_time")(case(panel.with_outcome(early))).verdict is Verdict.DOUBTS


def test_an_effect_like_everyone_elses_is_doubted():
    panel = town(1, donors=24, effect=0.0)
    found = named("placebo_place")(case(panel))
    assert found.verdict is Verdict.DOUBTS
    assert "among 25" in found.summary()


def test_few_donors_cannot_tell():
    assert named("placebo_place")(case(town(donors=8))).verdict is Verdict.CANNOT_TELL
    assert named("placebo_place")(case(town(donors=3))).verdict is Verdict.CANNOT_TELL


def test_an_answer_that_hangs_on_one_donor_is_doubted():
    base = np.tile(np.arange(8.0), (6, 1)) * np.array([[3.0], [3], [0], [0.2], [0.1], [0]])
    base += np.random.default_rng(0).normal(0, 0.01, base.shape)
    panel = Panel(base, [5] + [NEVER] * 5)
    one = Case(panel, lambda p: synthetic_control(p).effect, Design.SYNTHETIC_CONTROL)
    found = named("leave_one_out")(one)
    assert found.verdict is Verdict.DOUBTS
    assert "1 matters most" in found.words


def test_an_outcome_that_cannot_move_but_does_is_doubted():
    panel = good_town()
    found = named("outcome_falsification")(case(panel, unmoved=panel.y))
    assert found.verdict is Verdict.DOUBTS
    low, high = found.confidence_interval()
    assert low < found.value < high < 0
    assert named("outcome_falsification")(case(panel)).verdict is Verdict.CANNOT_TELL


def test_a_treated_area_above_all_donors_is_doubted():
    panel = good_town()
    far = panel.y.copy()
    far[0] += 500
    found = named("donor_hull")(case(panel.with_outcome(far)))
    assert found.verdict is Verdict.DOUBTS
    assert found.value == 1


def test_each_check_knows_its_designs():
    names = [check.name for check in checks_for(Design.DIFFERENCE_IN_DIFFERENCES)]
    assert "placebo_time" in names
    assert "donor_hull" not in names
    assert checks_for(Design.DISPLACEMENT) == ()
    for check in CHECKS:
        with pytest.raises(CheckDoesNotFit, match="does not fit"):
            check(Case(good_town(), estimate, Design.INTERRUPTED_TIME_SERIES))


def test_too_short_a_past_cannot_tell():
    panel = Panel(np.arange(60.0).reshape(10, 6) % 7, [3] + [NEVER] * 9)
    found = named("placebo_time")(case(panel))
    assert found.verdict is Verdict.CANNOT_TELL
    assert "too few to divide" in found.summary()


def test_a_panel_that_cannot_be_estimated_is_refused():
    with pytest.raises(ValueError, match="No area is treated"):
        run_checks(case(Panel(np.ones((5, 6)), [NEVER] * 5)))
