"""Areas and what they looked like from one day until another."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from samhandling_web.base.accounts.models import Organisation
from samhandling_web.base.areas.models.levels import AreaLevel
from samhandling_web.base.areas.rules import VISIBILITIES
from samhandling_web.base.common.choices import choices


class Area(models.Model):
    """An area through all its versions, known by its level and code."""

    level = models.ForeignKey(AreaLevel, models.PROTECT, related_name="areas")
    code = models.CharField(_("kod"), max_length=60)
    responsible = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, verbose_name=_("ansvarig organisation")
    )
    visibility = models.CharField(
        _("eget skydd"),
        max_length=10,
        choices=choices(VISIBILITIES),
        blank=True,
        help_text=_("Tomt: som nivån."),
    )

    class Meta:
        verbose_name = _("område")
        verbose_name_plural = _("områden")
        ordering = ["level__rank", "code"]
        constraints = [
            models.UniqueConstraint(fields=["level", "code"], name="areas_area_code_in_level")
        ]

    def __str__(self) -> str:
        return self.code


class AreaVersion(models.Model):
    """The name and boundary an area had from one day until (not including) another."""

    area = models.ForeignKey(Area, models.CASCADE, related_name="versions")
    name = models.CharField(_("namn"), max_length=120)
    valid_from = models.DateField(_("gäller från"))
    valid_to = models.DateField(_("gäller till (ej med)"), null=True, blank=True)
    geometry = models.JSONField(_("gräns (GeoJSON, WGS84)"))
    geometry_map = models.JSONField(_("förenklad gräns för kartan"))
    content_hash = models.CharField(_("innehållets kontrollsumma"), max_length=64)
    area_m2 = models.FloatField(_("yta i m²"))
    west = models.FloatField(_("västgräns"))
    south = models.FloatField(_("sydgräns"))
    east = models.FloatField(_("östgräns"))
    north = models.FloatField(_("nordgräns"))
    attributes = models.JSONField(_("egenskaper"), default=dict)
    source = models.CharField(_("källa"), max_length=300, blank=True)
    batch_key = models.CharField(_("import"), max_length=60, blank=True, db_index=True)

    class Meta:
        verbose_name = _("områdesversion")
        verbose_name_plural = _("områdesversioner")
        ordering = ["area__level__rank", "name"]
        constraints = [
            models.UniqueConstraint(fields=["area", "valid_from"], name="areas_version_start_once"),
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True)
                | models.Q(valid_to__gt=models.F("valid_from")),
                name="areas_version_ends_after_start",
            ),
        ]
        indexes = [models.Index(fields=["valid_from", "valid_to"])]

    def __str__(self) -> str:
        return self.name
