"""The areas of a level as a table beside their map."""

import django_tables2
from django.utils.translation import gettext_lazy as _

from samhandling_web.base.common.tables import NumberColumn, PlatformTable

LINK = """{% url 'areas:area-detail' record.area.level.slug record.area.code as address %}
<a class="ds-link" href="{{ address }}">{{ record.name }}</a>"""


class AreaTable(PlatformTable):
    """One row per area on the chosen day."""

    caption = _("Områdena i tabell")
    exports = ("csv", "xlsx", "geojson")
    name = django_tables2.TemplateColumn(LINK, verbose_name=_("Namn"))
    code = django_tables2.Column(accessor="area__code", verbose_name=_("Kod"))
    surface = NumberColumn(accessor="area_m2", verbose_name=_("Yta, km²"))
    valid_from = django_tables2.DateColumn(format="Y-m-d", verbose_name=_("Gäller från"))
    responsible = django_tables2.Column(
        accessor="area__responsible", verbose_name=_("Ansvarig"), default="–"
    )

    def render_surface(self, value: float) -> float:
        return round(value / 1e6, 2)

    def value_name(self, record: object) -> str:
        return str(record)
