"""Observations and categories as tables."""

from typing import Any

import django_tables2
from django.utils.translation import gettext_lazy as _

from samhandling_web.base.common.tables import NumberColumn, PlatformTable

OBSERVATION = """<a class="ds-link" href="{% url 'observations:observation-detail' record.pk %}">{{ record.category }}{% if record.place_name %}, {{ record.place_name }}{% endif %}</a>"""  # noqa: E501
SEVERITY = """{% load observation_tags %}{% severity_tag record %}"""
STATUS = """{% load observation_tags %}{% observation_status record %}"""


class ObservationTable(PlatformTable):
    """One row per observation."""

    caption = _("Iakttagelser")
    empty_title = _("Inga iakttagelser")
    exports = ("csv", "xlsx", "geojson")
    category = django_tables2.TemplateColumn(OBSERVATION, verbose_name=_("Iakttagelse"))
    start = django_tables2.DateTimeColumn(format="Y-m-d H:i", verbose_name=_("När"))
    severity = django_tables2.TemplateColumn(SEVERITY, verbose_name=_("Allvar"))
    status = django_tables2.TemplateColumn(STATUS, verbose_name=_("Läge"))
    district_name = django_tables2.Column(
        verbose_name=_("Stadsdelsområde"), default="–", orderable=False
    )
    organisation = django_tables2.Column(
        accessor="sending__organisation", verbose_name=_("Rapporterad av"), orderable=False
    )
    joined_count = NumberColumn(verbose_name=_("Fler som sett"), default="", orderable=False)

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
