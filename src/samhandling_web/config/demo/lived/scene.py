"""Where the half year is lived: the districts, their people and the spots that they speak of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
from shapely.geometry import mapping

from samhandling.synthetic import Town
from samhandling_web.agree.measures.models import Portfolio
from samhandling_web.agree.partnership.models import AgendaItem, Agreement, Council, Priority
from samhandling_web.base.accounts.models import Organisation, User
from samhandling_web.base.areas import selectors as areas
from samhandling_web.base.areas.models import Area
from samhandling_web.config.demo.lived.clock import Diary
from samhandling_web.config.demo.lived.words_measures import Deed
from samhandling_web.observe.observations.models import Category
from samhandling_web.understand.places.models import Place, Problem

THEMES = ("square", "tunnel", "park", "station", "school")
METRES_PER_DEGREE = 111_320


@dataclass(slots=True, eq=False)
class Spot:
    """A named place of the town's ground, and what the work has made of it so far."""

    theme: str
    name: str
    geometry: dict[str, Any]
    longitude: float
    latitude: float
    busy: float = 1.0
    calm_from: date | None = None
    calm: float = 1.0
    place: Place | None = None
    problem: Problem | None = None

    def share_on(self, day: date) -> float:
        """Return how much is seen here on a day, beside other spots."""
        is_calm = self.calm_from is not None and day >= self.calm_from
        return self.busy * (self.calm if is_calm else 1.0)

    def near(self, rng: np.random.Generator, metres: float) -> tuple[float, float]:
        """Return a point (longitude, latitude) some metres off."""
        north, east = rng.normal(0, metres, 2) / METRES_PER_DEGREE
        wide = max(0.2, float(np.cos(np.radians(self.latitude))))
        return round(self.longitude + east / wide, 6), round(self.latitude + north, 6)


@dataclass(slots=True, eq=False)
class District:
    """A district, those who work in it, and how."""

    key: str
    area: Area
    name: str
    committee: Organisation
    coordinator: User
    reporters: list[User]
    spots: list[Spot]
    works_well: bool
    agreement: Agreement | None = None
    council: Council | None = None
    priorities: list[Priority] = field(default_factory=list)
    decided: dict[int, AgendaItem] = field(default_factory=dict)
    """Items of meetings that decided about a problem, by the problem's number."""
    decided_measures: list[int] = field(default_factory=list)
    promised: list[tuple[int, str, str, date]] = field(default_factory=list)
    """Promises given: number, how each will go, what shows it, and its last day."""

    @property
    def troubled(self) -> list[Spot]:
        """The spots that are worked with as problems."""
        return [spot for spot in self.spots if spot.busy > 1]

    def priority_of(self, spot: Spot) -> Priority | None:
        """Return the priority that the spot's problem belongs to."""
        number = self.troubled.index(spot)
        return self.priorities[number] if number < len(self.priorities) else None


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """Everything that the parts of the story share."""

    town: Town
    diary: Diary
    rng: np.random.Generator
    people: Mapping[str, User]
    organisations: Mapping[str, Organisation]
    categories: Mapping[str, Category]
    districts: tuple[District, ...]
    is_small: bool
    portfolios: dict[str, Portfolio] = field(default_factory=dict)
    decided_measures: dict[int, Deed] = field(default_factory=dict)
    meant: dict[int, tuple[str, str, int]] = field(default_factory=dict)
    """What is to be decided about items that people bring up themselves, by the item's number."""

    @property
    def well(self) -> list[District]:
        return [one for one in self.districts if one.works_well]

    @property
    def badly(self) -> list[District]:
        return [one for one in self.districts if not one.works_well]


def spots_by_area(town: Town, day: date, most: int) -> dict[int, list[Spot]]:
    """Return up to `most` named places of each district, of as many themes as there are."""
    found: dict[int, dict[str, list[Spot]]] = {}
    for feature in town.features():
        if feature.layer not in THEMES or not feature.name:
            continue
        point = feature.geometry.representative_point()
        area = areas.district_at(point.x, point.y, day)
        if area is None:
            continue
        drawn = mapping(feature.geometry)
        spot = Spot(feature.layer, feature.name, dict(drawn), float(point.x), float(point.y))
        found.setdefault(area.pk, {}).setdefault(feature.layer, []).append(spot)
    return {area: _mixed(by_theme)[:most] for area, by_theme in found.items()}


def _mixed(by_theme: Mapping[str, list[Spot]]) -> list[Spot]:
    """Return one spot of each theme, then the second of each, and so on."""
    longest = max(len(spots) for spots in by_theme.values())
    return [
        by_theme[theme][number]
        for number in range(longest)
        for theme in THEMES
        if number < len(by_theme.get(theme, []))
    ]


def pick(rng: np.random.Generator, choices: tuple[str, ...]) -> str:
    """Return one of some texts."""
    return choices[int(rng.integers(len(choices)))]
