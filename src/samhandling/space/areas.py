"""A set of areas of one kind, as they were at one time."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray

from samhandling.space.assignment import assign_points
from samhandling.space.projection import SWEREF99_TM, WGS84, transform, transform_geometries

POLYGONS = (shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON)


@dataclass(frozen=True, slots=True, eq=False)
class AreaSet:
    """Areas of one level with their codes, names and borders.

    Attributes
    ----------
    level : str
        What kind of area, as a slug of the installation's own.
    codes : tuple of str
        Unique within the set.
    names : tuple of str
        One per code.
    geometries : ndarray of polygons, shape (n_areas,)
        Valid polygons or multipolygons.
    crs : str
        Coordinate system of `geometries`.
    valid_from, valid_to : date or None
        When this division holds; `valid_to` is the first day it no longer does.

    Examples
    --------
    >>> areas = AreaSet.of("district", ["A", "B"], ["West", "East"],
    ...                    [shapely.box(17, 59, 18, 60), shapely.box(18, 59, 19, 60)])
    >>> areas.assign([17.5, 18.5, 25.0], [59.5, 59.5, 59.5]).tolist()
    [0, 1, -1]
    """

    level: str
    codes: tuple[str, ...]
    names: tuple[str, ...]
    geometries: NDArray[np.object_]
    crs: str = WGS84
    valid_from: date | None = None
    valid_to: date | None = None
    _position: dict[str, int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        _check_lists(self.codes, self.names, self.geometries)
        _check_polygons(self.codes, self.geometries)
        if self.valid_from and self.valid_to and self.valid_to <= self.valid_from:
            msg = f"valid_to {self.valid_to} is not after valid_from {self.valid_from}."
            raise ValueError(msg)
        object.__setattr__(self, "_position", {code: i for i, code in enumerate(self.codes)})

    @classmethod
    def of(
        cls,
        level: str,
        codes: Sequence[str],
        names: Sequence[str],
        geometries: ArrayLike,
        crs: str = WGS84,
    ) -> "AreaSet":
        """Build a set from any sequences; height values are dropped.

        Raises
        ------
        ValueError
            If a code comes twice, a list is short, or a geometry is not a valid polygon.
        """
        array = np.asarray(geometries, dtype=object)
        return cls(level, tuple(codes), tuple(names), shapely.force_2d(array), crs)

    def __len__(self) -> int:
        return len(self.codes)

    def position(self, code: str) -> int:
        """Return where `code` stands in the set.

        Raises
        ------
        ValueError
            If the set has no such code.
        """
        if code not in self._position:
            msg = f"{self.level} has no area {code!r}; it has {', '.join(self.codes[:5])} …"
            raise ValueError(msg)
        return self._position[code]

    def project(self, crs: str = SWEREF99_TM) -> "AreaSet":
        """Return the same areas in another coordinate system."""
        moved = transform_geometries(self.geometries, self.crs, crs)
        return replace(self, geometries=moved, crs=crs)

    def subset(self, codes: Sequence[str]) -> "AreaSet":
        """Return the named areas, in the order given."""
        at = [self.position(code) for code in codes]
        names = tuple(self.names[i] for i in at)
        return replace(self, codes=tuple(codes), names=names, geometries=self.geometries[at])

    def area_km2(self) -> NDArray[np.float64]:
        """Return each area's surface in square kilometres, measured in SWEREF 99 TM."""
        plane = transform_geometries(self.geometries, self.crs, SWEREF99_TM)
        return np.asarray(shapely.area(plane)) / 1e6

    def assign(
        self, x: ArrayLike, y: ArrayLike, *, crs: str = WGS84, within_distance: float = 0.0
    ) -> NDArray[np.int32]:
        """Return the position of the area that holds each point, -1 where none does.

        Parameters
        ----------
        x, y : array_like of float, shape (n_points,)
            Longitude and latitude, or coordinates in `crs`.
        crs : str
            Coordinate system of the points.
        within_distance : float, default 0
            See `assign_points`; in the unit of this set's coordinate system.

        Returns
        -------
        ndarray of int32, shape (n_points,)

        Raises
        ------
        ValueError
            If `x` and `y` differ in length.
        """
        if crs != self.crs:
            x, y = transform(x, y, crs, self.crs)
        return assign_points(self.geometries, x, y, within_distance=within_distance)


def _check_lists(
    codes: tuple[str, ...], names: tuple[str, ...], geometries: NDArray[np.object_]
) -> None:
    if not codes:
        msg = "The set holds no areas; give at least one."
        raise ValueError(msg)
    if not len(codes) == len(names) == len(geometries):
        msg = (
            f"There are {len(codes)} codes, {len(names)} names and {len(geometries)} geometries; "
            "give one of each per area."
        )
        raise ValueError(msg)
    seen: dict[str, int] = {}
    for at, code in enumerate(codes):
        if code in seen:
            msg = f"codes[{at}] {code!r} already stands at {seen[code]}; dissolve the parts first."
            raise ValueError(msg)
        seen[code] = at


def _check_polygons(codes: tuple[str, ...], geometries: NDArray[np.object_]) -> None:
    wrong = ~np.isin(shapely.get_type_id(geometries), POLYGONS) | shapely.is_empty(geometries)
    if wrong.any():
        at = int(np.flatnonzero(wrong)[0])
        msg = f"geometries[{at}] (code {codes[at]!r}) is not a polygon with a surface."
        raise ValueError(msg)
    broken = ~shapely.is_valid(geometries)
    if broken.any():
        at = int(np.flatnonzero(broken)[0])
        reason = shapely.is_valid_reason(geometries[at])
        msg = f"geometries[{at}] (code {codes[at]!r}) is not valid: {reason}. Repair it first."
        raise ValueError(msg)
