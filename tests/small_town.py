"""The smaller invented town, brought in as the demo does: other names, levels and categories."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone
from shapely.geometry import shape

from samhandling_web.base.accounts.models import Membership, Organisation, User
from samhandling_web.base.accounts.rules import Role
from samhandling_web.base.areas import selectors as areas
from samhandling_web.base.areas.models import AreaVersion
from samhandling_web.config.demo import town
from samhandling_web.observe.observations import services as observations
from samhandling_web.observe.observations.models import Observation
from samhandling_web.observe.observations.rules import Severity, week_of
from samhandling_web.observe.observations.seen import Seen

EVENTS = 1_500


def make_small_town(*, lived: bool = False) -> list[dict[str, Any]]:
    """Set the town up with areas, people, events, surveys and pictures.

    `lived` lets them have half a year of work behind them.
    """
    logins = town.make(events=EVENTS, small=True, tell=lambda _line: None, lived=lived)
    if not Observation.objects.exists():
        _something_seen()
    return logins


def last_week() -> date:
    """Return the Monday of the latest week that is over."""
    return week_of(timezone.localdate()) - timedelta(weeks=1)


def _something_seen() -> None:
    """Let the reporter send two observations of last week, and compile it."""
    reporter = User.objects.get(email__startswith="rapportor@")
    level = areas.district_level()
    assert level is not None
    area = areas.areas_on(level.slug, timezone.localdate())[0]
    point = {"type": "Point", "coordinates": list(_middle(area))}
    at = timezone.now() - timedelta(days=timezone.localdate().weekday() + 3)
    told = {"severity": Severity.YELLOW, "start": at, "end": at, "geometry": point}
    seen = [
        Seen(category="dark", text="Lampan vid trappan är trasig", place_name="Torget", **told),
        Seen(category="safe_place", text="Vuxna på plats hela kvällen", **told),
    ]
    observations.sending_receive(client_id=uuid4(), observations=seen, typed_at=at, actor=reporter)
    observations.week_compile(week=last_week())


def _middle(area: AreaVersion) -> tuple[float, float]:
    point = shape(area.geometry).representative_point()
    return point.x, point.y


def person_with(role: Role | None) -> User | None:
    """Return somebody who holds only `role` in the municipality; None for nobody signed in."""
    if role is None:
        return None
    user, _made = User.objects.get_or_create(email=f"only-{role}@example.org")
    organisation = Organisation.objects.get(slug="kommunen")
    Membership.objects.get_or_create(
        user=user, organisation=organisation, role=role, valid_from="2020-01-01"
    )
    return user
