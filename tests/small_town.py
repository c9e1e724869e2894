"""The smaller invented town, brought in as the demo does: other names, levels and categories."""

from typing import Any

from samhandling_web.base.accounts.models import Membership, Organisation, User
from samhandling_web.base.accounts.rules import Role
from samhandling_web.config.demo import town

EVENTS = 1_500


def make_small_town() -> list[dict[str, Any]]:
    """Set the town up with areas, people, events, surveys and pictures."""
    return town.make(events=EVENTS, small=True, tell=lambda _line: None)


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
