"""A strip of three districts, people who report there, and what they see, for the tests."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

from samhandling_web.base.accounts.models import Membership, Organisation, User
from samhandling_web.base.accounts.rules import Role
from samhandling_web.base.areas import services as areas
from samhandling_web.base.areas.models import Area
from samhandling_web.base.areas.tests.town import SOUTH, STEP, WEST, block, division
from samhandling_web.observe.observations import services
from samhandling_web.observe.observations.models import Observation, Sending
from samhandling_web.observe.observations.rules import Precision, Severity
from samhandling_web.observe.observations.seen import Seen

START = date(2020, 1, 1)
NOW = datetime(2026, 11, 18, 11, 0, tzinfo=UTC)
NAMES = ("Norr", "Mitt", "Söder")
HERE = (WEST + STEP / 2, SOUTH + STEP / 2)


def organisation(slug: str = "kommunen") -> Organisation:
    found, _made = Organisation.objects.get_or_create(
        slug=slug, defaults={"name": slug.capitalize(), "kind": "municipality"}
    )
    return found


def person(*roles: Role, at: str = "kommunen", email: str = "") -> User:
    user = User.objects.create_user(email or f"{uuid4().hex[:8]}@example.org", "ett-långt-ord")
    for role in roles:
        Membership.objects.create(
            user=user, organisation=organisation(at), role=role, valid_from=START
        )
    return user


def make_town() -> list[Area]:
    """Make three districts side by side, each answered for by a committee of its name."""
    areas.level_set(actor=None, slug="district", name="stadsdel", name_plural="stadsdelar", rank=10)
    rows = [(f"D{n}", name, block(n, n + 1)) for n, name in enumerate(NAMES)]
    division("district", rows)
    services.categories_ensure()
    found = list(Area.objects.order_by("code"))
    for area, name in zip(found, NAMES, strict=True):
        areas.area_set(area_id=area.pk, responsible=organisation(name.casefold()), actor=None)
    return found


def at(column: float, row: float = 0.5) -> dict[str, object]:
    """Return a point in district `column` (0 to 2) as GeoJSON."""
    return {"type": "Point", "coordinates": [WEST + (column + 0.5) * STEP, SOUTH + row * STEP]}


def seen(category: str = "vandalism_graffiti", column: float = 0, **changes: object) -> Seen:
    told = {
        "severity": Severity.YELLOW,
        "start": NOW,
        "end": NOW,
        "text": "Klotter på väggen",
        "geometry": at(column),
        "precision": Precision.EXACT,
        **changes,
    }
    return Seen(category=category, **told)  # type: ignore[arg-type]


def send(
    actor: User, *observations: Seen, client_id: UUID | None = None, typed_at: datetime = NOW
) -> Sending:
    return services.sending_receive(
        client_id=client_id or uuid4(),
        observations=observations,
        typed_at=typed_at,
        actor=actor,
        nothing=not observations,
    )


def one(actor: User, category: str = "vandalism_graffiti", **changes: object) -> Observation:
    """Send one observation and return it."""
    return send(actor, seen(category, **changes)).observations.get()


def in_week(week: date, days: int = 1) -> datetime:
    """Return noon some days into the week."""
    return datetime(week.year, week.month, week.day, 11, tzinfo=UTC) + timedelta(days=days)
