"""Reading the municipality's own list of categories."""

from django.db.models import Count, QuerySet

from samhandling_web.observe.observations.models import Category


def categories_in_use() -> QuerySet[Category]:
    """Return the categories that can be reported, in the municipality's order."""
    return Category.objects.filter(is_active=True)


def categories_all() -> QuerySet[Category]:
    """Return every category there has been, with `used`: how many observations have it."""
    return Category.objects.annotate(used=Count("observations")).order_by(
        "-is_active", "order", "name"
    )


def categories_to_choose() -> list[tuple[str, str]]:
    """Return every category there has been as (slug, name), those in use first."""
    order = ("-is_active", "order", "name")
    return list(Category.objects.order_by(*order).values_list("slug", "name"))
