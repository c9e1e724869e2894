"""Photos of one place, before its lamps were mended and after."""

import numpy as np
from django.utils import timezone

from samhandling_web.base.accounts.models import User
from samhandling_web.config.demo.lived.drawn import photographed, tunnel
from samhandling_web.config.demo.lived.scene import Scene, Spot
from samhandling_web.observe.walks.rules import PhotoMoment
from samhandling_web.understand.places import services

# The place is laid up in the fourth week; its measure begins in the tenth.
TAKEN = (
    (5, PhotoMoment.BEFORE, "Fyra av sex lampor är trasiga."),
    (22, PhotoMoment.AFTER, "Sex nya lampor, och väggarna är tvättade."),
)
HOUR = 17.0
SEED = 8
THEME = "tunnel"


def plan(scene: Scene) -> None:
    """Write into the diary when the first tunnel that is worked with is photographed."""
    for district in scene.well:
        for spot in district.troubled:
            if spot.theme == THEME:
                for week, moment, caption in TAKEN:
                    day = scene.diary.day(week, 3)
                    # At a given hour: it draws no number from the rest of the story.
                    scene.diary.write(
                        day, HOUR, _photograph, spot, moment, caption, district.coordinator
                    )
                return


def _photograph(spot: Spot, moment: PhotoMoment, caption: str, actor: User) -> None:
    if spot.place is None:
        return
    image = tunnel(np.random.default_rng(SEED), is_lit=moment is PhotoMoment.AFTER)
    services.place_photos_add(
        place_id=spot.place.pk,
        files=[photographed(image, timezone.localdate(), f"{moment}.jpg")],
        nobody_recognisable=True,
        moment=str(moment),
        caption=caption,
        actor=actor,
    )
