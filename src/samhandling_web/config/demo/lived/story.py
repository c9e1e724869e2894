"""The half year from its first Monday until today: every part writes its pages, then all is lived.

The whole is one transaction: a demo that is killed on the way has no half of a history.
"""

from datetime import datetime, timedelta

import numpy as np
from django.db import transaction
from django.utils import timezone

from samhandling.synthetic import Town
from samhandling_web.config.demo.lived import (
    agreements,
    measures,
    meetings,
    pictures,
    places,
    plans,
    reports,
    walks,
)
from samhandling_web.config.demo.lived.cast import scene_of
from samhandling_web.config.demo.lived.clock import WEEKS, Diary, at_hour, living_at
from samhandling_web.observe.observations.models import Sending

PARTS = (agreements, plans, reports, walks, places, meetings, measures, pictures)
SEED = 6


def first_moment(now: datetime) -> datetime:
    """Return the Monday morning on which the half year begins."""
    today = timezone.localdate(now)
    monday = today - timedelta(days=today.weekday())
    return at_hour(monday - timedelta(weeks=WEEKS), 7)


def is_lived() -> bool:
    return Sending.objects.exists()


@transaction.atomic
def live(town: Town, now: datetime, *, is_small: bool) -> int:
    """Live the half year that ends `now`; return how many things happened.

    People must have held their roles since `first_moment(now)`.
    """
    rng = np.random.default_rng(SEED)
    begin = first_moment(now)
    diary = Diary(timezone.localdate(begin), now, rng)
    with living_at(begin):
        scene = scene_of(town, diary, rng, is_small=is_small)
    with living_at(begin):
        for part in PARTS:
            part.plan(scene)
    return diary.play()
