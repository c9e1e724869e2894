"""Makes people, organisations and roles for the tests."""

from datetime import date

from samhandling_web.base.accounts.models import Membership, Organisation, User
from samhandling_web.base.accounts.rules import Role

START = date(2020, 1, 1)
PASSWORD = "fyra-ord-utan-sammanhang"


def organisation(slug: str = "kommunen", parent: Organisation | None = None) -> Organisation:
    found = Organisation.objects.filter(slug=slug).first()
    return found or Organisation.objects.create(
        slug=slug, name=slug.capitalize(), kind="municipality", parent=parent
    )


def person(email: str, *roles: Role, first: str = "Anna", last: str = "Ek") -> User:
    user = User.objects.create_user(email, PASSWORD, first_name=first, last_name=last)
    for role in roles:
        Membership.objects.create(
            user=user, organisation=organisation(), role=role, valid_from=START
        )
    return user
