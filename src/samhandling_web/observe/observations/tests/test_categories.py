"""The municipality's own list: added to, renamed, taken out of use, never removed."""

import pytest

from samhandling_web.base.accounts.rules import Role
from samhandling_web.base.audit.models import AuditRecord
from samhandling_web.base.common.errors import NotAllowed
from samhandling_web.observe.observations import permissions, rules, selectors, services
from samhandling_web.observe.observations.models import Category
from samhandling_web.observe.observations.rules import CategoryKind
from samhandling_web.observe.observations.tests.town import person
from samhandling_web.observe.observations.usual_categories import USUAL_CATEGORIES

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss():
    services.categories_ensure()
    return person(Role.ADMINISTRATOR)


def test_the_usual_are_laid_once():
    assert len(services.categories_ensure()) == len(USUAL_CATEGORIES)
    Category.objects.filter(slug="dark").update(name="Mörkt")
    assert services.categories_ensure() == []
    assert Category.objects.get(slug="dark").name == "Mörkt"


def test_added_renamed_and_moved(boss):
    made = services.category_add(
        name="Snöröjning", kind=CategoryKind.ENVIRONMENT, order=5, actor=boss
    )
    assert made.slug == "snorojning"
    services.category_change(category_id=made.pk, name="Halka", order=1, actor=boss)
    assert selectors.categories_in_use()[0].name == "Halka"
    entry = AuditRecord.objects.get(kind="observations.category.changed")
    assert (entry.before["name"], entry.after["name"]) == ("Snöröjning", "Halka")


def test_two_of_one_name_are_refused(boss):
    with pytest.raises(rules.CategoryExists):
        services.category_add(name="NARKOTIKA", kind=CategoryKind.EVENT, order=5, actor=boss)
    dark = Category.objects.get(slug="dark")
    with pytest.raises(rules.CategoryExists):
        services.category_change(category_id=dark.pk, name="Narkotika", order=5, actor=boss)
    services.category_change(category_id=dark.pk, name=dark.name.upper(), order=5, actor=boss)


def test_retired_and_restored(boss):
    dark = Category.objects.get(slug="dark")
    services.category_retire(category_id=dark.pk, actor=boss)
    assert not selectors.categories_in_use().filter(pk=dark.pk).exists()
    again = services.category_add(
        name=dark.name, kind=CategoryKind.ENVIRONMENT, order=5, actor=boss
    )
    assert again.slug != dark.slug
    with pytest.raises(rules.CategoryExists):
        services.category_restore(category_id=dark.pk, actor=boss)
    services.category_retire(category_id=again.pk, actor=boss)
    services.category_restore(category_id=dark.pk, actor=boss)
    assert selectors.categories_in_use().filter(pk=dark.pk).exists()


def test_the_last_of_its_kind_stays(boss):
    safe = Category.objects.get(slug="safe_place")
    with pytest.raises(rules.LastOfItsKind, match="trygg plats"):
        services.category_retire(category_id=safe.pk, actor=boss)
    safe.refresh_from_db()
    assert safe.is_active


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.ADMINISTRATOR}))
def test_only_administrators_keep_the_list(role):
    services.categories_ensure()
    actor, dark = person(role), Category.objects.get(slug="dark")
    assert not permissions.may_manage_categories(actor)
    steps = (
        lambda: services.category_add(name="X", kind=CategoryKind.SAFE, order=1, actor=actor),
        lambda: services.category_change(category_id=dark.pk, name="X", order=1, actor=actor),
        lambda: services.category_retire(category_id=dark.pk, actor=actor),
        lambda: services.category_restore(category_id=dark.pk, actor=actor),
    )
    for step in steps:
        with pytest.raises(NotAllowed):
            step()
    assert Category.objects.filter(name="X").count() == 0
