"""What ties area versions together: shares, neighbours and descent."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from samhandling_web.base.areas.lineage import LINEAGE_KINDS
from samhandling_web.base.areas.models.levels import AreaLevel
from samhandling_web.base.areas.models.versions import AreaVersion
from samhandling_web.base.areas.rules import WEIGHTS
from samhandling_web.base.common.choices import choices


class Crosswalk(models.Model):
    """How the content of one area version is shared out over the areas of another level or time.

    Shares from one version to all areas of one division (a level on one day) sum to one for each
    weight. `to_day` is the division's first day.
    """

    source = models.ForeignKey(AreaVersion, models.CASCADE, related_name="shares_to")
    target = models.ForeignKey(AreaVersion, models.CASCADE, related_name="shares_from")
    weight = models.CharField(_("vikt"), max_length=12, choices=choices(WEIGHTS))
    share = models.FloatField(_("andel"))
    to_day = models.DateField(_("indelningens första dag"))

    class Meta:
        verbose_name = _("omräkningsandel")
        verbose_name_plural = _("omräkningsandelar")
        constraints = [
            models.UniqueConstraint(
                fields=["source", "target", "weight", "to_day"], name="areas_crosswalk_once"
            ),
            models.CheckConstraint(
                condition=models.Q(share__gt=0) & models.Q(share__lte=1.000001),
                name="areas_crosswalk_share_in_range",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} → {self.target}: {self.share:.3f}"


class Neighbour(models.Model):
    """Two area versions of one level that touch (stored both ways)."""

    area = models.ForeignKey(AreaVersion, models.CASCADE, related_name="neighbours")
    other = models.ForeignKey(AreaVersion, models.CASCADE, related_name="+")
    shares_border = models.BooleanField(
        _("gemensam gräns"), help_text=_("Annars möts de bara i ett hörn.")
    )

    class Meta:
        verbose_name = _("granne")
        verbose_name_plural = _("grannar")
        constraints = [
            models.UniqueConstraint(fields=["area", "other"], name="areas_neighbour_once")
        ]

    def __str__(self) -> str:
        return f"{self.area} – {self.other}"


class AreaLineage(models.Model):
    """One thing that happened to areas on a day when their level changed.

    `earlier` is empty for a new area, `later` for one that is gone.
    """

    level = models.ForeignKey(AreaLevel, models.CASCADE, related_name="lineage")
    day = models.DateField(_("dag"))
    kind = models.CharField(_("vad som hände"), max_length=12, choices=choices(LINEAGE_KINDS))
    earlier = models.ManyToManyField(AreaVersion, related_name="became")
    later = models.ManyToManyField(AreaVersion, related_name="came_from")
    kept = models.FloatField(_("andel av ytan som är gemensam"))

    class Meta:
        verbose_name = _("områdens ursprung")
        verbose_name_plural = _("områdens ursprung")
        ordering = ["-day", "pk"]
        indexes = [models.Index(fields=["level", "day"])]

    def __str__(self) -> str:
        return f"{self.day} {self.level}: {self.kind}"
