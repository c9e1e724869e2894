"""The map element and its legend."""

from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_block_tag
def area_map(content: str, label: str, areas: str, **attributes: Any) -> SafeString:
    """A map of areas from a GeoJSON address. What stands inside is shown where no map can be.

    Attributes become those of `<sam-map>`: `value`, `breaks`, `name`, `selected`, `water`,
    `streets`, `points`, `unit`, `link`, `withheld`; underscores turn into hyphens.
    """
    rest = format_html_join(
        "",
        ' {}="{}"',
        ((name.replace("_", "-"), value) for name, value in attributes.items() if value != ""),
    )
    return format_html(
        '<sam-map label="{}" areas="{}"{}><div class="sam-map__fallback">{}</div></sam-map>',
        label,
        areas,
        rest,
        content,
    )
