"""What is seen and reported, week by week, and what the reporters are told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

import numpy as np
import shapely
from django.utils import timezone

from samhandling_web.base.accounts.models import User
from samhandling_web.base.areas.models import AreaVersion
from samhandling_web.config.demo.lived import words_reports as words
from samhandling_web.config.demo.lived.clock import WEEKS, at_hour
from samhandling_web.config.demo.lived.scene import District, Scene, pick
from samhandling_web.config.demo.lived.words_reports import Sight
from samhandling_web.observe.observations import selectors
from samhandling_web.observe.observations import services as observations
from samhandling_web.observe.observations.models import Observation
from samhandling_web.observe.observations.rules import Precision, Severity, Status
from samhandling_web.observe.observations.seen import Seen
from samhandling_web.understand.places.ground import shape_of

EACH_WEEK, EACH_WEEK_SMALL = 2.4, 1.4
ELSEWHERE_SHARE = 0.14
MOST_AT_ONCE = 5
TIRED_FROM_WEEK = 12
"""From then on fewer report where nobody answers."""
STEADY, TIRED = 0.94, 0.55


def plan(scene: Scene) -> None:
    """Write into the diary that reporters report every week, and that weeks are compiled."""
    for week in range(WEEKS + 1):
        monday = scene.diary.day(week)
        if week:
            scene.diary.write(monday, 5, _compile)
        for district in scene.districts:
            for number, reporter in enumerate(_reporting(scene, district)):
                _plan_week(scene, district, (number, reporter), week)


def _reporting(scene: Scene, district: District) -> list[User]:
    return district.reporters[:3] if scene.is_small else district.reporters


def _compile() -> None:
    observations.weeks_compile_lacking(today=timezone.localdate())


def _plan_week(scene: Scene, district: District, who: tuple[int, User], week: int) -> None:
    number, reporter = who
    is_tired = not district.works_well and week >= TIRED_FROM_WEEK
    if scene.rng.random() > (TIRED if is_tired else STEADY):
        return
    day = scene.diary.day(week, (number + int(scene.rng.integers(0, 3))) % 5)
    hour = float(scene.rng.uniform(9, 17))
    scene.diary.write(day, hour, _report, scene, district, reporter)


def _report(scene: Scene, district: District, reporter: User) -> None:
    """Send what one reporter has seen since last time, or that there was nothing."""
    now, rng = timezone.localtime(), scene.rng
    count = min(MOST_AT_ONCE, int(rng.poisson(_expected(scene, district, now.date()))))
    seen = [_seen(scene, district, now.date()) for _ in range(count)]
    sending = observations.sending_receive(
        client_id=UUID(bytes=rng.bytes(16), version=4),
        observations=seen,
        typed_at=now - timedelta(minutes=int(rng.integers(1, 90))),
        actor=reporter,
        nothing=not seen,
    )
    homes = {one.area.pk: one for one in scene.districts}
    for observation in sending.observations.order_by("number"):
        # What was seen across a border is for those who answer there.
        home = homes.get(observation.district_id or 0)
        if home is not None:
            _plan_answer(scene, home, observation)


def _expected(scene: Scene, district: District, day: date) -> float:
    """Return how much a reporter sees in a week: less where it has become calm."""
    usual = sum(spot.busy for spot in district.spots)
    left = sum(spot.share_on(day) for spot in district.spots)
    return (EACH_WEEK_SMALL if scene.is_small else EACH_WEEK) * left / usual


def _seen(scene: Scene, district: District, today: date) -> Seen:
    rng = scene.rng
    day = today - timedelta(days=int(rng.integers(1, 5)))
    if rng.random() < ELSEWHERE_SHARE:
        return _told(scene, day, _chosen(rng, words.ELSEWHERE), _elsewhere(scene, district))
    weights = np.array([spot.share_on(day) for spot in district.spots])
    spot = district.spots[int(rng.choice(len(weights), p=weights / weights.sum()))]
    is_better = spot.share_on(day) < spot.busy and rng.random() < 0.45
    sights = words.BETTER if is_better else words.SIGHTS[spot.theme]
    where = _At(spot.near(rng, 28), spot.name)
    return _told(scene, day, _chosen(rng, sights), where)


@dataclass(frozen=True, slots=True)
class _At:
    point: tuple[float, float]
    name: str


def _elsewhere(scene: Scene, district: District) -> _At:
    """Return somewhere in the district, away from the spots."""
    version = AreaVersion.objects.filter(area=district.area).order_by("-valid_from")[0]
    border = shape_of(version.geometry)
    while True:
        spot = district.spots[int(scene.rng.integers(len(district.spots)))]
        point = spot.near(scene.rng, 450)
        if shapely.contains_xy(border, *point):
            return _At(point, "")


def _chosen(rng: np.random.Generator, sights: Sequence[Sight]) -> Sight:
    often = np.array([sight.often for sight in sights])
    return sights[int(rng.choice(len(sights), p=often / often.sum()))]


def _told(scene: Scene, day: date, sight: Sight, where: _At) -> Seen:
    rng = scene.rng
    start = at_hour(day, float(rng.uniform(*sight.hours)))
    if sight.category == "upcoming":
        start += timedelta(days=int(rng.integers(6, 12)))
    draw = rng.random()
    serious, very = sight.grave
    severity = (
        Severity.RED
        if draw < very
        else Severity.YELLOW
        if draw < very + serious
        else Severity.GREEN
    )
    return Seen(
        category=sight.category,
        severity=severity,
        start=start.replace(second=0, microsecond=0),
        end=start.replace(second=0, microsecond=0) + timedelta(minutes=int(rng.integers(5, 90))),
        text=pick(rng, sight.texts),
        geometry={"type": "Point", "coordinates": list(where.point)},
        precision=Precision.EXACT if rng.random() < 0.6 else Precision.NEAR,
        place_name=where.name,
    )


def _plan_answer(scene: Scene, district: District, observation: Observation) -> None:
    """Let the coordinator answer: within days, or late and seldom."""
    rng, today = scene.rng, timezone.localdate()
    if district.works_well:
        # Also where work goes well somebody is away now and then.
        away = 7 if rng.random() < 0.07 else 0
        first = today + timedelta(days=int(rng.integers(1, 5)) + away)
        scene.diary.write_office(first, _answer, scene, district, observation.pk)
    elif rng.random() < 0.35:
        first = today + timedelta(days=int(rng.integers(5, 45)))
        scene.diary.write_office(first, _answer_late, scene, district, observation.pk)


def _answer(scene: Scene, district: District, number: int) -> None:
    rng, actor = scene.rng, district.coordinator
    observation = Observation.objects.select_related("category").get(pk=number)
    if observation.status != Status.RECEIVED:
        return
    same = [
        one
        for one in selectors.near_observation(actor, observation)
        if one.pk < observation.pk and one.district_id == observation.district_id
    ]
    if same and not observation.joined.exists():
        observations.observation_join(observation_id=number, to_id=same[0].pk, actor=actor)
    elif rng.random() < 0.22:
        answer = pick(rng, words.NO_ACTION)
        observations.observation_no_action(observation_id=number, answer=answer, actor=actor)
    else:
        answer = pick(rng, words.TAKEN_UP)
        observations.observation_take_up(observation_id=number, actor=actor, answer=answer)
        later = timezone.localdate() + timedelta(days=int(rng.integers(2, 24)))
        scene.diary.write_office(later, _finish, scene, district, observation)


def _finish(scene: Scene, district: District, observation: Observation) -> None:
    told = words.DONE.get(observation.category.slug, words.DONE[""])
    observations.observation_done(
        observation_id=observation.pk, answer=pick(scene.rng, told), actor=district.coordinator
    )


def _answer_late(scene: Scene, district: District, number: int) -> None:
    actor, rng = district.coordinator, scene.rng
    if rng.random() < 0.5:
        observations.observation_take_up(observation_id=number, actor=actor)
        return
    answer = pick(rng, words.LATE)
    observations.observation_no_action(observation_id=number, answer=answer, actor=actor)
