"""Template tags for the components every page is made of; loaded in every template."""

from django import template

from samhandling_web.base.common.templatetags import content_tags, form_tags, frame_tags, map_tags

register = template.Library()
for part in (frame_tags, form_tags, content_tags, map_tags):
    register.tags.update(part.register.tags)
    register.filters.update(part.register.filters)
