"""Places and problems as tables."""

from typing import Any

import django_tables2
from django.utils.translation import gettext_lazy as _

from samhandling_web.base.common.tables import NumberColumn, PlatformTable

PLACE_LINK = (
    """<a class="ds-link" href="{% url 'places:place-detail' record.pk %}">{{ record }}</a>"""
)
PROBLEM_LINK = (
    """<a class="ds-link" href="{% url 'places:problem-detail' record.pk %}">{{ record }}</a>"""
)
STANDING = """{% load components %}{% include "places/standing.html" with standing=record.standing text=record.get_standing_display only %}"""  # noqa: E501
STATUS = """{% include "places/problem_status.html" with status=record.status text=record.get_status_display only %}"""  # noqa: E501


class PlaceTable(PlatformTable):
    """One row per place."""

    caption = _("Platser")
    exports = ("csv", "xlsx", "geojson", "gpkg")
    empty_title = _("Inga platser här")
    name = django_tables2.TemplateColumn(PLACE_LINK, verbose_name=_("Plats"))
    kind = django_tables2.Column(verbose_name=_("Slag"))
    district_name = django_tables2.Column(verbose_name=_("Stadsdelsområde"), default="–")
    standing = django_tables2.TemplateColumn(STANDING, verbose_name=_("Bedömning"))
    responsible = django_tables2.Column(
        verbose_name=_("Råder över platsen"), default="–", order_by="responsible__name"
    )
    observation_count = NumberColumn(verbose_name=_("Iakttagelser"))
    open_problem_count = NumberColumn(verbose_name=_("Öppna problem"))

    def value_name(self, record: Any) -> str:
        return str(record)

    def value_standing(self, record: Any) -> str:
        return str(record.get_standing_display())


class ProblemTable(PlatformTable):
    """One row per problem."""

    caption = _("Problem")
    exports = ("csv", "xlsx")
    empty_title = _("Inga problem här")
    title = django_tables2.TemplateColumn(PROBLEM_LINK, verbose_name=_("Problem"))
    status = django_tables2.TemplateColumn(STATUS, verbose_name=_("Läge"))
    severity = django_tables2.Column(verbose_name=_("Allvar"))
    district_name = django_tables2.Column(verbose_name=_("Stadsdelsområde"), default="–")
    owner = django_tables2.Column(verbose_name=_("Ansvarig"), order_by="owner__name")
    cause_count = NumberColumn(verbose_name=_("Orsaker"))
    created_at = django_tables2.DateTimeColumn(format="Y-m-d", verbose_name=_("Upplagt"))

    def value_title(self, record: Any) -> str:
        return str(record)

    def value_status(self, record: Any) -> str:
        return str(record.get_status_display())

    def value_created_at(self, value: Any) -> str:
        return str(value.date().isoformat())
