"""What the pages of this room say of the municipality's maps."""

from django import template

from samhandling_web.base.common.served import outline

register = template.Library()


@register.simple_tag
def areas_people_know() -> str:
    """Return the address of the areas by which people find their way; nothing before there are."""
    return outline().areas
