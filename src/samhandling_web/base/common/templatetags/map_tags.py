"""The map element, with everything it says in the reader's language."""

from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from samhandling_web.base.common.served import ground

register = template.Library()

TEXTS = {
    "area": _("Område"),
    "choose": _("Välj i listan"),
    "withheld": _("För osäkert eller skyddat"),
    "between": _("Troligen mellan"),
    "under": _("Under"),
    "or-more": _("eller mer"),
    "more": _("Mer om området"),
    "zoom-in": _("Zooma in"),
    "zoom-out": _("Zooma ut"),
    "scroll": _("Håll ned Ctrl och rulla för att zooma"),
    "fingers": _("Flytta kartan med två fingrar"),
}


@register.simple_block_tag
def area_map(content: str, label: str, areas: str, **attributes: Any) -> SafeString:
    """A map of areas from a GeoJSON address. What stands inside is shown where no map can be.

    Attributes become those of `<sam-map>`: `value`, `breaks`, `middle`, `name`, `key`, `selected`,
    `water`, `streets`, `points`, `lines`, `cells`, `values`, `unit`, `link`, `withheld`, `bounds`,
    `around`, `id`.
    `text_withheld` and the like say something else than the map's own words.
    Water and streets are the municipality's own where none are given.
    """
    attributes = {**ground(), **attributes}
    given = [(name.replace("_", "-"), value) for name, value in attributes.items() if value]
    said = {name for name, _value in given}
    texts = [(f"text-{name}", text) for name, text in TEXTS.items() if f"text-{name}" not in said]
    return format_html(
        '<sam-map label="{}" areas="{}"{}><div class="sam-map__fallback">{}</div></sam-map>',
        label,
        areas,
        format_html_join("", ' {}="{}"', [*given, *texts]),
        content,
    )
