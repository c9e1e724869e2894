"""Published figures, revision by revision, and what each indicator means."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from samhandling_web.observe.imports.models import Batch


class Indicator(models.Model):
    """What a figure measures, in which unit, by whose definition."""

    slug = models.CharField(_("kortnamn"), max_length=120, unique=True)
    label = models.CharField(_("namn"), max_length=300)
    unit = models.CharField(_("enhet"), max_length=60, blank=True)
    definition = models.TextField(_("definition"), blank=True)
    source = models.CharField(_("källa"), max_length=80)
    publisher = models.CharField(_("utgivare"), max_length=200, blank=True)
    caveats = models.JSONField(_("förbehåll"), default=list)

    class Meta:
        verbose_name = _("indikator")
        verbose_name_plural = _("indikatorer")
        ordering = ["label"]

    def __str__(self) -> str:
        return self.label


class FigureRevision(models.Model):
    """What one batch says about one figure. Current is the newest applied batch's revision."""

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="+", verbose_name=_("import"))
    source = models.CharField(_("källa"), max_length=80)
    key = models.CharField(
        max_length=32, help_text=_("Kontrollsumma av indikator, område, period och uppdelning.")
    )
    content_hash = models.CharField(max_length=32)
    row_number = models.PositiveIntegerField(_("rad i filen"))
    indicator = models.CharField(_("indikator"), max_length=120)
    area_level = models.CharField(_("områdesnivå"), max_length=50)
    area_code = models.CharField(_("områdeskod"), max_length=60)
    area_name = models.CharField(_("område enligt källan"), max_length=200, blank=True)
    period_start = models.DateField(_("från och med"))
    period_end = models.DateField(_("till och med"))
    breakdown = models.CharField(_("uppdelning"), max_length=300, blank=True)
    value = models.FloatField(_("värde"), null=True)
    value_text = models.CharField(_("värdet som det står"), max_length=200, blank=True)
    unit = models.CharField(_("enhet"), max_length=60, blank=True)
    suppressed = models.BooleanField(_("dolt av utgivaren"), default=False)
    preliminary = models.BooleanField(_("preliminärt"), default=False)

    class Meta:
        verbose_name = _("siffra")
        verbose_name_plural = _("siffror")
        indexes = [
            models.Index(fields=["indicator", "area_level", "area_code", "period_start"]),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "key", "batch"], name="statistics_figure_once_a_batch"
            ),
            models.CheckConstraint(
                condition=models.Q(period_end__gte=models.F("period_start")),
                name="statistics_figure_period_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.area_code} {self.period_start}: {self.value_text}"
