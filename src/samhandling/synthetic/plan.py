"""What an invented town should be like: frozen plans from which everything else follows."""

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Terrain:
    """The lie of the land, in metres; the town centre is the origin.

    Attributes
    ----------
    radius_m : float
        Mean distance from the centre to the municipal border.
    core_m : float
        Spread of the central settlement (one standard deviation of where people live).
    satellites : int
        Settlements outside the centre.
    river_width_m, lake_radius_m : float
        Width of the river through the centre; size of the lake that it ends in.
    rural_share : float
        Share of residents who live outside the settlements.
    """

    radius_m: float
    core_m: float
    satellites: int
    river_width_m: float
    lake_radius_m: float
    rural_share: float = 0.06


@dataclass(frozen=True, slots=True)
class LevelPlan:
    """One level of areas, for example districts.

    Attributes
    ----------
    slug, label : str
        Stored name of the level and its Swedish label.
    count : int
        Number of areas when the period starts.
    code_format : str
        Format string of the code; gets ``municipality`` (str) and ``number`` (int from 1).
    names : tuple of str
        Names to draw from, the most central area first; empty where areas have only codes.
    """

    slug: str
    label: str
    count: int
    code_format: str
    names: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a level that cannot name its areas."""
        if self.names and len(set(self.names)) < self.count:
            msg = f"Level {self.slug} has {self.count} areas but {len(set(self.names))} names."
            raise ValueError(msg)


@dataclass(frozen=True, slots=True)
class CategoryPlan:
    """One kind of event and the truth of how often, when and where it happens.

    Attributes
    ----------
    slug, label, parent, parent_label : str
        Stored name, Swedish label, and the same of the broader category.
    weight : float
        Share of all events, relative to the other categories.
    trend_percent_per_year : float
        True change of the expected number per year.
    season_peak_month, season_amplitude : int, float
        Month (1-12) of the yearly cosine's top, and its height around a mean of one.
    rhythm : str
        Name of the weekday and hour profile, a key of `samhandling.synthetic.rhythms.RHYTHMS`.
    centre_pull : float
        0: happens where people live; 1: where people meet.
    dispersion : float
        Size of the negative binomial count per area and month: variance = mean + mean²/size.
    interval_share : float
        Share of events known only as an interval (left in the evening, found in the morning).
    repeats : float
        Mean number of near repeats that each original event sets off.
    """

    slug: str
    label: str
    parent: str
    parent_label: str
    weight: float
    trend_percent_per_year: float
    season_peak_month: int
    season_amplitude: float
    rhythm: str
    centre_pull: float = 0.3
    dispersion: float = 10.0
    interval_share: float = 0.0
    repeats: float = 0.0

    def __post_init__(self) -> None:
        """Refuse rates that cannot be drawn from."""
        if not (self.weight > 0 and self.dispersion > 0 and 0 <= self.season_amplitude < 1):
            msg = f"Category {self.slug}: weight, dispersion > 0 and 0 <= season_amplitude < 1."
            raise ValueError(msg)
        if not (0 <= self.repeats < 1 and 0 <= self.interval_share <= 1):
            msg = f"Category {self.slug}: 0 <= repeats < 1 and 0 <= interval_share <= 1."
            raise ValueError(msg)


@dataclass(frozen=True, slots=True)
class NearRepeatPlan:
    """How near and how soon a repeat follows."""

    reach_m: float = 150.0
    reach_days: int = 14

    def __post_init__(self) -> None:
        """Refuse a reach that no repeat can keep to."""
        if self.reach_m < 50 or not 2 <= self.reach_days <= 28:
            msg = (
                f"reach_m {self.reach_m} must be at least 50, reach_days {self.reach_days} 2 to 28."
            )
            raise ValueError(msg)


@dataclass(frozen=True, slots=True)
class HotSpotPlan:
    """A kind of place where some categories gather.

    Attributes
    ----------
    layer : str
        The layer of places (square, station, school, park, tunnel) it lies at.
    categories : tuple of str
        The categories that gather there.
    share : float
        Share of the town's events of each of those categories.
    radius_m : float
        Distance within which every one of them happens.
    """

    layer: str
    categories: tuple[str, ...]
    share: float
    radius_m: float = 120.0


@dataclass(frozen=True, slots=True)
class ChangePlan:
    """One true effect: from a date, some categories change by a factor in one area."""

    day: date
    categories: tuple[str, ...]
    factor: float
    level: str


@dataclass(frozen=True, slots=True)
class CoverageBreak:
    """Months in which only a share of what happened was recorded (``until`` is exclusive)."""

    categories: tuple[str, ...]
    since: date
    until: date
    kept_share: float
    reason: str


@dataclass(frozen=True, slots=True)
class ReformPlan:
    """The top level's redrawing: two areas merge and one border moves on the same day."""

    day: date
    merged_name: str


@dataclass(frozen=True, slots=True)
class SurveyItem:
    """A survey question with its true level and change.

    Attributes
    ----------
    slug, wording, cut : str
        Stored name, Swedish wording, and which answers are counted.
    level_percent, change_points_per_year, area_spread_points : float
        Mean in the first wave, its change, and how far areas lie from it (standard deviation).
    women_minus_men_points : float
        Difference between women and men.
    """

    slug: str
    wording: str
    cut: str
    level_percent: float
    change_points_per_year: float
    area_spread_points: float
    women_minus_men_points: float = 0.0


@dataclass(frozen=True, slots=True)
class SurveyPlan:
    """A survey that comes back, drawn per area of the top level.

    Attributes
    ----------
    slug : str
        Stored name of the survey.
    years : tuple of int
        The waves; fieldwork is done from 1 September to 31 October.
    sample : int
        Answers in the whole municipality.
    design_effect : float
        How many times larger the variance is than in a simple random sample.
    response_rate_percent : float
        Mean share who answered.
    items : tuple of SurveyItem
        The questions.
    """

    slug: str
    years: tuple[int, ...]
    sample: int
    design_effect: float
    response_rate_percent: float
    items: tuple[SurveyItem, ...]


@dataclass(frozen=True, slots=True)
class PrecisionMix:
    """Shares of events by how exactly their place is known; they sum to one."""

    point: float = 0.64
    snapped: float = 0.18
    area: float = 0.10
    municipality: float = 0.08

    def __post_init__(self) -> None:
        """Refuse shares that do not sum to one."""
        total = self.point + self.snapped + self.area + self.municipality
        if abs(total - 1) > 1e-9:
            msg = f"The precision shares sum to {total}; they must sum to 1."
            raise ValueError(msg)


@dataclass(frozen=True, slots=True)
class TownPlan:
    """Everything that, with a seed, decides an invented municipality.

    Attributes
    ----------
    name, municipality_code : str
        The invented name, and a code that Statistics Sweden has not given to anybody.
    centre : tuple of float
        Longitude and latitude (WGS84) of the centre, where nobody lives in reality.
    residents, growth_percent_per_year : int, float
        Residents at the end of the first year, and their yearly change.
    first_year, last_year : int
        The period that events and population cover, both inclusive.
    terrain : Terrain
        The lie of the land.
    levels : tuple of LevelPlan
        From the largest areas to the smallest; the municipality itself is not among them.
    police_areas : LevelPlan
        The police's own areas, which follow none of the levels.
    listed_areas : LevelPlan
        An overlay that is redrawn once, on `listed_redrawn`.
    categories, hot_spots, coverage_breaks, change, near_repeat, precision, survey, reform
        The truth about events and surveys.
    places : tuple of (str, int)
        How many squares, schools, stations, parks and tunnels there are.
    time_zone : str
        The town's own clock.
    delimiter : str
        What separates the columns of the town's CSV files.
    """

    name: str
    municipality_code: str
    centre: tuple[float, float]
    residents: int
    growth_percent_per_year: float
    terrain: Terrain
    levels: tuple[LevelPlan, ...]
    police_areas: LevelPlan
    listed_areas: LevelPlan
    categories: tuple[CategoryPlan, ...]
    hot_spots: tuple[HotSpotPlan, ...]
    change: ChangePlan
    reform: ReformPlan
    survey: SurveyPlan
    street_names: tuple[str, ...]
    listed_redrawn: date
    coverage_breaks: tuple[CoverageBreak, ...] = ()
    places: tuple[tuple[str, int], ...] = ()
    first_year: int = 2015
    last_year: int = 2024
    near_repeat: NearRepeatPlan = field(default_factory=NearRepeatPlan)
    precision: PrecisionMix = field(default_factory=PrecisionMix)
    time_zone: str = "Europe/Stockholm"
    delimiter: str = ","

    def __post_init__(self) -> None:
        """Refuse a plan whose parts do not fit together."""
        if self.last_year < self.first_year:
            msg = f"last_year {self.last_year} lies before first_year {self.first_year}."
            raise ValueError(msg)
        if odd_years := sorted(set(self.survey.years) - set(self.years)):
            msg = f"The survey's years {odd_years} lie outside {self.first_year}-{self.last_year}."
            raise ValueError(msg)
        if not self.levels or any(
            a.count >= b.count for a, b in zip(self.levels, self.levels[1:], strict=False)
        ):
            msg = "levels must run from few large areas to many small ones."
            raise ValueError(msg)
        known = {category.slug for category in self.categories}
        named = {slug for spot in self.hot_spots for slug in spot.categories}
        named |= {slug for gap in self.coverage_breaks for slug in gap.categories}
        named |= set(self.change.categories)
        days = [self.change.day]
        for gap in self.coverage_breaks:
            days += [gap.since, gap.until]
        if odd := [str(day) for day in days if day.day != 1]:
            msg = (
                f"Changes and coverage breaks start on the first of a month, not {', '.join(odd)}."
            )
            raise ValueError(msg)
        if unknown := sorted(named - known):
            msg = f"No category of the plan is called {', '.join(unknown)}."
            raise ValueError(msg)

    @property
    def months(self) -> int:
        """Number of months that the events cover."""
        return 12 * (self.last_year - self.first_year + 1)

    @property
    def years(self) -> range:
        """The years that the population covers."""
        return range(self.first_year, self.last_year + 1)
