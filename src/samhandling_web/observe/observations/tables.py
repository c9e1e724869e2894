"""Observations and categories as tables."""

from collections.abc import Callable
from typing import Any

import django_tables2
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from samhandling_web.base.common.tables import NumberColumn, PlatformTable
from samhandling_web.observe.observations import selectors
from samhandling_web.observe.observations.rules import GOOD_KINDS
from samhandling_web.observe.observations.templatetags.observation_tags import (
    observation_status,
    severity_tag,
)


class ObservationTable(PlatformTable):
    """One row per observation."""

    caption = _("Iakttagelser")
    empty_title = _("Inga iakttagelser")
    exports = ("csv", "xlsx", "geojson")
    category = django_tables2.Column(verbose_name=_("Iakttagelse"))
    start = django_tables2.Column(verbose_name=_("När"))
    severity = django_tables2.Column(verbose_name=_("Allvar"))
    status = django_tables2.Column(verbose_name=_("Läge"))
    district_id = django_tables2.Column(
        verbose_name=_("Stadsdelsområde"), default="–", orderable=False
    )
    organisation = django_tables2.Column(
        accessor="sending__organisation", verbose_name=_("Rapporterad av"), orderable=False
    )
    joined = NumberColumn(verbose_name=_("Fler som sett"), default="", orderable=False)

    def __init__(self, *arguments: Any, **options: Any) -> None:
        self.tags: dict[tuple[str, str], str] = {}
        self.district_names = selectors.district_names()
        super().__init__(*arguments, **options)

    def render_category(self, record: Any) -> str:
        named = [str(record.category), record.place_name]
        address = reverse("observations:observation-detail", args=[record.pk])
        return format_html(
            '<a class="ds-link" href="{}">{}</a>', address, ", ".join(filter(None, named))
        )

    def render_start(self, value: Any) -> str:
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M}"

    def render_severity(self, record: Any) -> str:
        key = (record.category.kind in GOOD_KINDS and record.category.kind, record.severity)
        return self._tag(key, severity_tag, record)

    def render_status(self, record: Any) -> str:
        return self._tag(("", record.status), observation_status, record)

    def render_district_id(self, value: int) -> str:
        return self.district_names.get(value, "–")

    def render_joined(self, record: Any) -> int | str:
        return len(record.joined.all()) or ""

    def _tag(self, key: Any, tag: Callable[[Any], dict[str, Any]], record: Any) -> str:
        """Return the state's tag; each is drawn once for the whole table."""
        if key not in self.tags:
            self.tags[key] = render_to_string("common/components/status_tag.html", tag(record))
        return self.tags[key]

    def value_joined(self, record: Any) -> int:
        return len(record.joined.all())

    def value_category(self, record: Any) -> str:
        return str(record.category)

    def value_severity(self, record: Any) -> str:
        return str(record.get_severity_display())

    def value_status(self, record: Any) -> str:
        return str(record.get_status_display())

    def value_start(self, value: Any) -> str:
        return str(value.isoformat())


class ObservationFile(ObservationTable):
    """What leaves the house: the same rows, with what stands on each one's page."""

    pk = django_tables2.Column(verbose_name=_("Nummer"))
    end = django_tables2.Column(verbose_name=_("Till"))
    place_name = django_tables2.Column(verbose_name=_("Plats"), default="")
    longitude = django_tables2.Column(verbose_name=_("Longitud"), default="")
    latitude = django_tables2.Column(verbose_name=_("Latitud"), default="")
    precision = django_tables2.Column(verbose_name=_("Lägets noggrannhet"))
    text = django_tables2.Column(verbose_name=_("Text"), default="")

    class Meta(PlatformTable.Meta):
        sequence = ("pk", "category", "start", "end", "severity", "status", "...")

    def value_end(self, value: Any) -> str:
        return str(value.isoformat())

    def value_organisation(self, value: Any) -> str:
        return str(value)
