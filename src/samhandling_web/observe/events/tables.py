"""Events and their placements as tables."""

from typing import Any

import django_tables2
from django.utils.translation import gettext_lazy as _

from samhandling_web.base.common.tables import NumberColumn, PlatformTable
from samhandling_web.observe.imports.selectors import source_name

EVENT_LINK = """<a class="ds-link" href="{% url 'events:event-detail' record.source record.external_id %}">{{ record }}</a>"""  # noqa: E501


class EventTable(PlatformTable):
    """One row per event, as it counts now."""

    caption = _("Händelser")
    exports = ("csv", "xlsx", "geojson")
    title = django_tables2.TemplateColumn(EVENT_LINK, verbose_name=_("Händelse"))
    category_label = django_tables2.Column(verbose_name=_("Typ"))
    start = django_tables2.DateTimeColumn(format="Y-m-d H:i", verbose_name=_("Tid"))
    position_precision = django_tables2.Column(verbose_name=_("Lägets noggrannhet"))
    area_code = django_tables2.Column(verbose_name=_("Områdeskod"), default="–")
    count = NumberColumn(verbose_name=_("Antal"))
    source = django_tables2.Column(verbose_name=_("Källa"))

    def __init__(self, *arguments: Any, **options: Any) -> None:
        self.source_names: dict[str, str] = {}
        super().__init__(*arguments, **options)

    def render_source(self, value: str) -> str:
        """Write the source's name, looked up once for the whole table."""
        if value not in self.source_names:
            self.source_names[value] = source_name(value)
        return self.source_names[value]

    def value_source(self, value: str) -> str:
        return value

    def value_title(self, record: Any) -> str:
        return str(record)

    def value_start(self, value: Any) -> str:
        return str(value.isoformat()) if value else ""


class PlacementTable(PlatformTable):
    """Suggested placements that nobody has judged."""

    caption = _("Föreslagna placeringar")
    external_id = django_tables2.TemplateColumn(
        """<a class="ds-link" href="{% url 'events:event-detail' record.source record.external_id %}">{{ value }}</a>""",  # noqa: E501
        verbose_name=_("Händelse"),
    )
    area_code = django_tables2.Column(verbose_name=_("Föreslagen plats"))
    confidence = NumberColumn(verbose_name=_("Säkerhet"))
    words = django_tables2.Column(
        accessor="evidence__strongest__sentence", verbose_name=_("Enligt"), orderable=False
    )
