"""Aggregated survey results, revision by revision. No answers of single persons."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from samhandling_web.base.common.choices import choices
from samhandling_web.observe.imports.models import Batch
from samhandling_web.observe.surveys.rules import INTERVAL_ORIGINS, N_BASES


class SurveyResultRevision(models.Model):
    """What one batch says of one result: an item's share in one group, area and wave."""

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="+", verbose_name=_("import"))
    source = models.CharField(_("källa"), max_length=80)
    key = models.CharField(
        max_length=32, help_text=_("Kontrollsumma av fråga, lydelse, våg, område och grupp.")
    )
    content_hash = models.CharField(max_length=32)
    row_number = models.PositiveIntegerField(_("rad i filen"))
    survey = models.CharField(_("undersökning"), max_length=200)
    wave = models.CharField(_("omgång"), max_length=60)
    fieldwork_start = models.DateField(_("insamling från"), null=True)
    fieldwork_end = models.DateField(_("insamling till"), null=True)
    item = models.CharField(_("fråga"), max_length=120)
    wording = models.TextField(_("frågans lydelse"))
    cut = models.TextField(_("svar som räknas"))
    area_level = models.CharField(_("områdesnivå"), max_length=50)
    area_code = models.CharField(_("områdeskod"), max_length=60)
    area_name = models.CharField(_("område enligt källan"), max_length=200, blank=True)
    group = models.CharField(_("grupp"), max_length=200, blank=True)
    value_percent = models.FloatField(_("andel i procent"))
    n = models.PositiveIntegerField(_("antal svar"), null=True)
    n_basis = models.CharField(_("vad antalet gäller"), max_length=16, choices=choices(N_BASES))
    response_rate_percent = models.FloatField(_("svarsandel i procent"), null=True)
    low = models.FloatField(_("intervallets nedre gräns"), null=True)
    high = models.FloatField(_("intervallets övre gräns"), null=True)
    interval_origin = models.CharField(
        _("intervallets ursprung"), max_length=12, choices=choices(INTERVAL_ORIGINS)
    )
    design_effect = models.FloatField(_("designeffekt"), null=True)
    source_url = models.TextField(_("adress"), blank=True)

    class Meta:
        verbose_name = _("enkätresultat")
        verbose_name_plural = _("enkätresultat")
        indexes = [models.Index(fields=["item", "area_level", "area_code", "wave"])]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "key", "batch"], name="surveys_result_once_a_batch"
            ),
            models.CheckConstraint(
                condition=models.Q(value_percent__gte=0, value_percent__lte=100),
                name="surveys_result_is_a_share",
            ),
            models.CheckConstraint(
                condition=models.Q(interval_origin="none", low__isnull=True, high__isnull=True)
                | models.Q(
                    ~models.Q(interval_origin="none"), low__isnull=False, high__isnull=False
                ),
                name="surveys_result_interval_has_origin",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.area_name} {self.wave}: {self.value_percent} %"
