"""The lie of the land: municipal border, river, lake, settlements and the grain of the ground."""

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import Polygon
from shapely.geometry.base import BaseGeometry

from samhandling.synthetic.plan import Terrain

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Warp:
    """A smooth displacement of the plane that no two points share.

    Straight lines drawn by a rule become borders and shores that look grown. The slopes of all
    waves together stay below one, so the map is one to one and a coverage stays a coverage.
    """

    directions: Floats
    waves: Floats
    phases: Floats
    amplitudes: Floats

    def __call__(self, points: Floats) -> Floats:
        """Move points of shape (n, 2)."""
        return points + self._shift(points)

    def back(self, points: Floats) -> Floats:
        """Undo the move, by fixed-point iteration."""
        found = points.copy()
        for _ in range(40):
            found = points - self._shift(found)
        return found

    def geometry(self, geometry: BaseGeometry, spacing_m: float = 60.0) -> BaseGeometry:
        """Move a geometry, after adding a vertex every `spacing_m` metres."""
        return shapely.transform(shapely.segmentize(geometry, spacing_m), self)

    def _shift(self, points: Floats) -> Floats:
        swing = self.amplitudes * np.sin(points @ self.waves.T + self.phases)
        return swing @ self.directions


def make_warp(rng: np.random.Generator, wavelengths_m: tuple[float, ...], steepness: float) -> Warp:
    """Draw a warp with total slope at most `steepness` (below one), shared by the wavelengths.

    Notes
    -----
    Each wavelength moves points by two waves at right angles, so their slopes add as squares.
    """
    lengths = np.repeat(np.array(wavelengths_m), 2)
    slope = steepness / (np.sqrt(2) * len(wavelengths_m))
    turn = np.repeat(rng.uniform(0, 2 * np.pi, len(wavelengths_m)), 2)
    turn[1::2] += np.pi / 2
    heading = rng.uniform(0, 2 * np.pi, len(lengths))
    return Warp(
        directions=np.column_stack([np.cos(turn), np.sin(turn)]),
        waves=np.column_stack([np.cos(heading), np.sin(heading)]) * (2 * np.pi / lengths)[:, None],
        phases=rng.uniform(0, 2 * np.pi, len(lengths)),
        amplitudes=slope * lengths / (2 * np.pi),
    )


@dataclass(frozen=True, slots=True, eq=False)
class Land:
    """Border, water and settlements in metres around the centre, before and after the warp."""

    outline: Polygon
    water: BaseGeometry
    plain_outline: Polygon
    plain_water: BaseGeometry
    river: Floats
    warp: Warp
    settlements: Floats
    """Per settlement: x, y, spread in metres, share of residents. The first is the centre."""
    rural_share: float

    def density(self, points: Floats) -> Floats:
        """Residents per square kilometre relative to a share of one, at points (n, 2)."""
        found = np.full(len(points), self.rural_share / self.outline.area * 1e6)
        for x, y, spread, share in self.settlements:
            squared = (points[:, 0] - x) ** 2 + (points[:, 1] - y) ** 2
            found += share / (2 * np.pi * spread**2) * np.exp(-squared / (2 * spread**2)) * 1e6
        return found


def make_land(terrain: Terrain, rng: np.random.Generator) -> Land:
    """Draw the ground that a town stands on."""
    warp = make_warp(rng, (0.4 * terrain.radius_m, 1500.0, 620.0, 270.0), 0.97)
    plain_outline = blob(rng, (0.0, 0.0), terrain.radius_m, roughness=0.09)
    river = _river_course(terrain, rng)
    plain_water = _water(terrain, plain_outline, river, rng)
    outline = warp.geometry(plain_outline)
    return Land(
        outline=outline,
        water=shapely.intersection(warp.geometry(plain_water, 30.0), outline),
        plain_outline=plain_outline,
        plain_water=plain_water,
        river=warp(river),
        warp=warp,
        settlements=_settlements(terrain, plain_water, rng),
        rural_share=terrain.rural_share,
    )


def sample_homes(land: Land, count: int, rng: np.random.Generator) -> Floats:
    """Draw where `count` people live: on land, around the settlements, a few in between."""
    homes = np.empty((0, 2))
    dry = shapely.difference(land.plain_outline, land.plain_water.buffer(20))
    shapely.prepare(dry)
    shares = np.append(land.settlements[:, 3], land.rural_share)
    reach = np.abs(shapely.bounds(land.plain_outline)).max()
    while len(homes) < count:
        which = rng.choice(len(shares), size=count, p=shares / shares.sum())
        around = np.vstack([land.settlements[:, :3], [0.0, 0.0, 0.0]])[which]
        drawn = around[:, :2] + around[:, 2:] * rng.standard_normal((count, 2))
        rural = which == len(shares) - 1
        drawn[rural] = rng.uniform(-reach, reach, (int(rural.sum()), 2))
        homes = np.vstack([homes, drawn[shapely.contains_xy(dry, drawn)]])
    return homes[:count]


def blob(
    rng: np.random.Generator, centre: tuple[float, float], radius_m: float, *, roughness: float
) -> Polygon:
    """Draw a rounded shape around a centre; `roughness` is the height of its lobes."""
    angle = np.linspace(0, 2 * np.pi, 180, endpoint=False)
    size = np.ones_like(angle)
    for order in range(2, 7):
        size += roughness / (order - 1) ** 0.6 * np.cos(order * angle + rng.uniform(0, 2 * np.pi))
    ring = np.column_stack([np.cos(angle), np.sin(angle)]) * (radius_m * size)[:, None]
    return Polygon(ring + np.array(centre))


def _river_course(terrain: Terrain, rng: np.random.Generator) -> Floats:
    """Return the river's middle line from source to mouth, passing beside the centre."""
    along = np.linspace(-1.6, 1.0, 160) * terrain.radius_m
    bend = rng.uniform(0, 2 * np.pi, 2)
    aside = 0.10 * np.sin(2.1 * along / terrain.radius_m + bend[0])
    aside += 0.035 * np.sin(6.5 * along / terrain.radius_m + bend[1])
    aside *= terrain.radius_m
    aside += 0.55 * terrain.core_m - np.interp(0.0, along, aside)
    turn = rng.uniform(0, 2 * np.pi)
    rotation = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    return np.asarray(np.column_stack([along, aside]) @ rotation, dtype=np.float64)


def _water(
    terrain: Terrain, outline: Polygon, river: Floats, rng: np.random.Generator
) -> BaseGeometry:
    width = terrain.river_width_m * np.linspace(0.55, 1.7, len(river))
    stretches = [
        shapely.LineString(river[i : i + 3]).buffer(width[i] / 2) for i in range(len(river) - 2)
    ]
    mouth = (float(river[-1, 0]), float(river[-1, 1]))
    lake = blob(rng, mouth, terrain.lake_radius_m, roughness=0.16)
    middle = np.array(mouth) / np.hypot(*mouth)
    ray = shapely.LineString([(0, 0), 2 * terrain.radius_m * middle])
    border_m = shapely.intersection(ray, outline).length
    inner_shore_m = float(np.hypot(*mouth)) - terrain.lake_radius_m
    island_at = middle * (inner_shore_m + border_m) / 2
    island = blob(rng, (island_at[0], island_at[1]), 0.14 * terrain.lake_radius_m, roughness=0.12)
    tarn_at = -np.array(mouth)[::-1] * np.array([1, -1]) * rng.uniform(0.55, 0.7)
    tarn = blob(rng, (tarn_at[0], tarn_at[1]), 0.22 * terrain.lake_radius_m, roughness=0.2)
    return shapely.union_all([*stretches, lake, tarn]).difference(island)


def _settlements(terrain: Terrain, water: BaseGeometry, rng: np.random.Generator) -> Floats:
    """Return the centre and its satellites, spread around it and kept out of the water."""
    rows = [(0.0, 0.0, terrain.core_m, 1.0)]
    turn = rng.uniform(0, 2 * np.pi)
    wet = shapely.buffer(water, 0.25 * terrain.core_m)
    for index in range(terrain.satellites):
        for attempt in range(60):
            angle = turn + 2 * np.pi * (index + rng.uniform(-0.25, 0.25)) / terrain.satellites
            distance = terrain.radius_m * rng.uniform(0.42, 0.72) + 10 * attempt
            x, y = distance * np.cos(angle), distance * np.sin(angle)
            if not shapely.contains_xy(wet, x, y):
                break
        rows.append((x, y, terrain.core_m * rng.uniform(0.35, 0.6), rng.uniform(0.08, 0.2)))
    found = np.array(rows)
    found[:, 3] *= (1 - terrain.rural_share) / found[:, 3].sum()
    return found
