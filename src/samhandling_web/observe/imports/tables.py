"""Imports and refused rows as tables."""

import django_tables2
from django.utils.translation import gettext_lazy as _

from samhandling_web.base.common.tables import NumberColumn, PlatformTable
from samhandling_web.observe.imports.models import RejectedRow
from samhandling_web.observe.imports.reason_texts import reason_text

LINK = """<a class="ds-link" href="{{% url '{view}' record.pk %}}">{{{{ value }}}}</a>"""
BATCH_LINK = LINK.format(view="imports:batch-detail")
ROW_LINK = LINK.format(view="imports:row-detail")


class BatchTable(PlatformTable):
    """One row per file that was handed in."""

    caption = _("Importer")
    pk = NumberColumn(verbose_name=_("Nr"))
    file_name = django_tables2.TemplateColumn(BATCH_LINK, verbose_name=_("Fil"))
    received_at = django_tables2.DateTimeColumn(format="Y-m-d H:i", verbose_name=_("Mottagen"))
    state = django_tables2.Column(verbose_name=_("Läge"))
    rows_read = NumberColumn(verbose_name=_("Lästa rader"))
    rows_rejected = NumberColumn(verbose_name=_("Avvisade"))


class RowTable(PlatformTable):
    """One row per refused row of a file."""

    caption = _("Avvisade rader")
    file_name = django_tables2.Column(accessor="batch__file_name", verbose_name=_("Fil"))
    row_number = django_tables2.TemplateColumn(ROW_LINK, verbose_name=_("Rad"))
    reason = django_tables2.Column(verbose_name=_("Skäl"))
    state = django_tables2.Column(verbose_name=_("Läge"))

    def render_reason(self, record: RejectedRow) -> str:
        return reason_text(record.reason, record.parameters)
