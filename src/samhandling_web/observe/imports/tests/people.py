"""Makes people with roles, for tests."""

from datetime import date

from samhandling_web.base.accounts.models import Membership, Organisation, User
from samhandling_web.base.accounts.rules import OrganisationKind, Role


def person(role: Role, email: str = "") -> User:
    """Return somebody who holds `role` in the invented municipality."""
    office, _made = Organisation.objects.get_or_create(
        slug="exempelstad",
        defaults={"name": "Exempelstads kommun", "kind": OrganisationKind.MUNICIPALITY},
    )
    user = User.objects.create_user(email or f"{role}@exempelstad.example", "a long password 1")
    Membership.objects.create(
        user=user, organisation=office, role=role, valid_from=date(2020, 1, 1)
    )
    return user
