"""Two writers in one draft, proposed periods, and the choice of figures."""

from datetime import date

import pytest

from samhandling_web.base.accounts.rules import Role
from samhandling_web.base.common import text
from samhandling_web.base.common.free_text import PersonInText
from samhandling_web.understand.picture import edits, periods, rules, services
from samhandling_web.understand.picture.figures import chosen
from samhandling_web.understand.picture.rules import Kind
from samhandling_web.understand.picture.tests import factories

TODAY = date(2026, 1, 7)


@pytest.mark.parametrize(
    ("kind", "start", "end", "words"),
    [
        (Kind.WEEKLY, date(2025, 12, 29), date(2026, 1, 4), "vecka 1 2026"),
        (Kind.QUARTERLY, date(2025, 10, 1), date(2025, 12, 31), "kvartal 4 2025"),
        (Kind.STATUTORY, date(2024, 1, 1), date(2025, 12, 31), "2024-01-01 – 2025-12-31"),
    ],
)
def test_the_last_whole_period_is_proposed(kind, start, end, words):
    assert periods.proposed(kind, TODAY) == (start, end)
    assert periods.in_words(kind, (start, end)) == words


def test_a_period_is_said_in_the_readers_language(monkeypatch):
    words = {"vecka {week} {year}": "week {week} {year}", "kvartal {quarter} {year}": "Q{quarter}"}
    monkeypatch.setattr(text, "_translators", [words.__getitem__])
    week, quarter = (periods.proposed(kind, TODAY) for kind in (Kind.WEEKLY, Kind.QUARTERLY))
    assert periods.in_words(Kind.WEEKLY, week) == "week 1 2026"
    assert periods.in_words(Kind.QUARTERLY, quarter) == "Q4"


def test_the_next_version_starts_where_the_last_one_ended():
    previous = (date(2022, 1, 1), date(2023, 6, 30))
    following = periods.following(Kind.STATUTORY, previous, TODAY)
    assert following == (date(2023, 7, 1), date(2025, 12, 31))


def test_figures_keep_their_place_and_stay_left_out_when_counted_anew():
    frozen = [{"slug": slug} for slug in "abc"]
    before = chosen.with_choice(frozen, ["c", "a"])
    again = chosen.as_chosen_before([{"slug": slug} for slug in "abcd"], before)
    assert chosen.slugs_shown(again) == ["c", "a", "d"]


@pytest.mark.django_db
def test_different_texts_by_two_writers_are_both_kept():
    actor = factories.person(Role.ANALYST)
    picture = factories.complete(actor)
    texts = {"mapping": picture.mapping, "analysis": picture.analysis}
    seen = edits.marks_of(texts)
    for changes in ({"mapping": "Ny kartläggning."}, {"analysis": "Ny analys."}):
        picture = services.picture_edit(
            picture_id=picture.pk, changes=texts | changes, seen=seen, actor=actor
        )
    assert (picture.mapping, picture.analysis) == ("Ny kartläggning.", "Ny analys.")


@pytest.mark.django_db
def test_the_same_text_by_two_writers_is_not_overwritten_unseen():
    actor = factories.person(Role.ANALYST)
    picture = factories.complete(actor)
    seen = edits.marks_of({"mapping": picture.mapping})
    edit = {"picture_id": picture.pk, "seen": seen, "actor": actor}
    services.picture_edit(changes={"mapping": "Först."}, **edit)
    with pytest.raises(rules.EditedMeanwhile, match="kartläggning"):
        services.picture_edit(changes={"mapping": "Sedan."}, **edit)
    picture.refresh_from_db()
    assert picture.mapping == "Först."


@pytest.mark.django_db
def test_an_identity_number_is_refused_and_named_by_its_field():
    actor = factories.person(Role.ANALYST)
    picture = factories.draft(actor)
    with pytest.raises(PersonInText, match="Analys"):
        services.picture_edit(
            picture_id=picture.pk, changes={"analysis": "811228-9874 bor här"}, actor=actor
        )
