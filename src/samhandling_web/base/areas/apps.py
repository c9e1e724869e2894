from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from samhandling_web.base.common.served import Outline, Served


class AreasConfig(AppConfig):
    name = "samhandling_web.base.areas"
    label = "areas"

    def ready(self) -> None:
        from samhandling_web.base.common.navigation import NavItem, Room, everyone, register
        from samhandling_web.base.common.served import tell_with
        from samhandling_web.base.common.text import _

        register(NavItem(Room.BASE, _("Områden"), "areas:level-list", everyone, order=30))
        tell_with(_served, _ground, _outline)


def _served() -> "Served":
    from samhandling_web.base.areas.selectors import municipality
    from samhandling_web.base.common.served import Served

    row = municipality()
    return Served(row.name, row.is_invented) if row else Served()


def _ground() -> dict[str, str]:
    from django.urls import reverse

    from samhandling_web.base.areas.selectors import map_layer_kinds

    return {kind: reverse("areas:map-layer", args=[kind]) for kind in map_layer_kinds()}


def _outline() -> "Outline":
    from django.urls import reverse

    from samhandling_web.base.areas.selectors import extent, level_people_know
    from samhandling_web.base.common.served import Outline

    level = level_people_know()
    return Outline(extent(), reverse("areas:level-map", args=[level]) if level else "")
