"""A file on its way in, and the rows of it that could not be taken."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from samhandling_web.base.common.choices import choices
from samhandling_web.base.common.free_text import FreeCharField
from samhandling_web.base.jobs.models import Job
from samhandling_web.observe.imports.models.mapping import Mapping
from samhandling_web.observe.imports.rules import ROW_STATES, STATES, UNDER_WAY

KINDS = [
    ("events", _("händelser")),
    ("statistics", _("statistik")),
    ("areas", _("områden")),
    ("survey", _("enkätresultat")),
]


class Batch(models.Model):
    """One file of one source, read with certain options. Its rows count while it is applied."""

    reader = models.CharField(_("läses som"), max_length=60, db_index=True)
    source = models.CharField(
        _("källa"), max_length=80, help_text=_("Det som filens rader hör till och jämförs inom.")
    )
    kind = models.CharField(_("slag"), max_length=12, choices=KINDS)
    file_name = models.CharField(_("fil"), max_length=255)
    file_sha256 = models.CharField(_("kontrollsumma"), max_length=64)
    stored_path = models.CharField(max_length=200, blank=True)
    size_bytes = models.PositiveBigIntegerField(_("storlek i byte"))
    options = models.JSONField(_("inställningar"), default=dict)
    fingerprint = models.CharField(
        max_length=64, db_index=True, help_text=_("Kontrollsumma av källa, fil och inställningar.")
    )
    mapping = models.ForeignKey(
        Mapping, models.PROTECT, null=True, verbose_name=_("kolumnbeskrivning")
    )
    corrects = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="corrections", verbose_name=_("rättar")
    )
    state = models.CharField(
        _("läge"), max_length=12, choices=choices(STATES), default="received", db_index=True
    )
    chunks_read = models.PositiveIntegerField(_("lästa delar"), default=0)
    rows_read = models.PositiveBigIntegerField(_("lästa rader"), default=0)
    rows_accepted = models.PositiveBigIntegerField(_("godtagna rader"), default=0)
    rows_rejected = models.PositiveBigIntegerField(_("avvisade rader"), default=0)
    rows_new = models.PositiveBigIntegerField(_("nya"), default=0)
    rows_changed = models.PositiveBigIntegerField(_("ändrade"), default=0)
    rows_unchanged = models.PositiveBigIntegerField(_("oförändrade"), default=0)
    notices = models.JSONField(_("iakttaget vid läsningen"), default=list)
    error = models.TextField(_("fel"), blank=True)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name=_("inlämnad av")
    )
    job = models.ForeignKey(Job, models.SET_NULL, null=True, verbose_name=_("jobb"))
    received_at = models.DateTimeField(_("mottagen"))
    applied_at = models.DateTimeField(_("började gälla"), null=True)
    undone_at = models.DateTimeField(_("ångrad"), null=True)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("importer")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["source", "state"])]
        constraints = [
            models.UniqueConstraint(
                fields=["source"],
                condition=models.Q(state__in=sorted(UNDER_WAY)),
                name="imports_one_batch_of_a_source_under_way",
            ),
            models.CheckConstraint(
                condition=models.Q(rows_read=models.F("rows_accepted") + models.F("rows_rejected")),
                name="imports_batch_no_row_lost",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    rows_accepted=models.F("rows_new")
                    + models.F("rows_changed")
                    + models.F("rows_unchanged")
                ),
                name="imports_batch_accepted_adds_up",
            ),
            models.CheckConstraint(
                condition=models.Q(applied_at__isnull=False)
                | ~models.Q(state__in=["applied", "undone"]),
                name="imports_batch_applied_at_set",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file_name} ({self.source})"


class RejectedRow(models.Model):
    """A row that could not be taken: where it stands, why, and the row as it was."""

    batch = models.ForeignKey(
        Batch, models.CASCADE, related_name="rejected", verbose_name=_("import")
    )
    row_number = models.PositiveIntegerField(_("rad"))
    reason = models.CharField(_("skäl"), max_length=40)
    parameters = models.JSONField(default=dict)
    raw = models.JSONField(_("raden som den var"), default=dict)
    state = models.CharField(_("läge"), max_length=12, choices=choices(ROW_STATES), default="open")
    corrected_batch = models.ForeignKey(
        Batch, models.SET_NULL, null=True, related_name="corrected_rows", verbose_name=_("rättad i")
    )
    dismissed_reason = FreeCharField(_("varför avskriven"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("avvisad rad")
        verbose_name_plural = _("avvisade rader")
        ordering = ["batch", "row_number", "pk"]
        indexes = [models.Index(fields=["state", "reason"])]

    def __str__(self) -> str:
        return f"{self.batch}, rad {self.row_number}"
