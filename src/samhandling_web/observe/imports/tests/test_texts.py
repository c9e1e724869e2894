"""Every code has its words in Swedish, and identity numbers are seen in every form."""

import re

import pytest

from samhandling.sources.codes import NOTICE_TEXTS, REASON_TEXTS, NoticeCode, Reason
from samhandling_web.observe.imports import privacy, rules
from samhandling_web.observe.imports.filing import plain_file_name
from samhandling_web.observe.imports.reason_texts import NOTICES, REASON_LABELS, REASONS

NAMED = re.compile(r"\{(\w+)")


def named(text):
    return set(NAMED.findall(str(text)))


@pytest.mark.parametrize("code", list(Reason))
def test_every_reason_has_words_that_use_the_same_values(code):
    assert named(REASONS[code]) <= named(REASON_TEXTS[code])
    assert code in REASON_LABELS


@pytest.mark.parametrize("code", list(NoticeCode))
def test_every_notice_has_words_that_use_the_same_values(code):
    assert named(NOTICES[code]) <= named(NOTICE_TEXTS[code])


def test_every_state_has_words_and_ways():
    assert set(rules.STATES) == set(rules.TRANSITIONS) == set(rules.State)
    assert set(rules.ROW_STATES) == set(rules.ROW_TRANSITIONS) == set(rules.RowState)
    assert not rules.TRANSITIONS[rules.State.UNDONE]


@pytest.mark.parametrize("text", ["19121212-1212", "121212-1212", "191212121212", "121212+1212"])
def test_identity_numbers_are_seen_and_masked(text):
    assert privacy.holds_identity_number(f"Han ({text}) greps.")
    assert text not in privacy.masked(f"Han ({text}) greps.")


@pytest.mark.parametrize("text", ["5000-K123456-21", "0.1212121212", "121212-1213", "08-123 45 67"])
def test_other_numbers_are_left_alone(text):
    assert privacy.masked(f"Nr {text}.") == f"Nr {text}."


@pytest.mark.parametrize(
    ("given", "kept"),
    [("../../etc/passwd", "passwd"), ("C:\\a\\b.csv", "b.csv"), ("\x00\n", "fil"), ("", "fil")],
)
def test_a_file_name_never_leads_elsewhere(given, kept):
    assert plain_file_name(given) == kept
