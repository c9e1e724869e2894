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

    Shares from one version to all targets of the same level and date sum to one for each weight.
    """

    source = models.ForeignKey(AreaVersion, models.CASCADE, related_name="shares_to")
    target = models.ForeignKey(AreaVersion, models.CASCADE, related_name="shares_from")
    weight = models.CharField(_("vikt"), max_length=12, choices=choices(WEIGHTS))
    share = models.FloatField(_("andel"))
    from_day = models.DateField(_("från indelningen den"))
    to_day = models.DateField(_("till indelningen den"))

    class Meta:
        verbose_name = _("omräkningsandel")
        verbose_name_plural = _("omräkningsandelar")
        constraints = [
            models.UniqueConstraint(
                fields=["source", "target", "weight", "from_day", "to_day"],
                name="areas_crosswalk_once",
            ),
            models.CheckConstraint(
                condition=models.Q(share__gt=0) & models.Q(share__lte=1.000001),
                name="areas_crosswalk_share_in_range",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} → {self.target}: {self.share:.3f}"


class Neighbour(models.Model):
    """Two area versions of one level that share a border (stored both ways)."""

    area = models.ForeignKey(AreaVersion, models.CASCADE, related_name="neighbours")
    other = models.ForeignKey(AreaVersion, models.CASCADE, related_name="+")
    border_m = models.FloatField(_("gemensam gräns i m"))

    class Meta:
        verbose_name = _("granne")
        verbose_name_plural = _("grannar")
        constraints = [
            models.UniqueConstraint(fields=["area", "other"], name="areas_neighbour_once")
        ]

    def __str__(self) -> str:
        return f"{self.area} – {self.other}"


class AreaLineage(models.Model):
    """What became of an area on a day when its level changed.

    `earlier` is empty for a new area, `later` for one that is gone. The shares say how much of
    the one's surface lies in the other.
    """

    level = models.ForeignKey(AreaLevel, models.CASCADE, related_name="lineage")
    day = models.DateField(_("dag"))
    kind = models.CharField(_("vad som hände"), max_length=12, choices=choices(LINEAGE_KINDS))
    earlier = models.ForeignKey(AreaVersion, models.CASCADE, null=True, related_name="became")
    later = models.ForeignKey(AreaVersion, models.CASCADE, null=True, related_name="came_from")
    share_of_earlier = models.FloatField(_("andel av det tidigare"), null=True)
    share_of_later = models.FloatField(_("andel av det senare"), null=True)

    class Meta:
        verbose_name = _("områdets ursprung")
        verbose_name_plural = _("områdenas ursprung")
        ordering = ["day", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(earlier__isnull=False) | models.Q(later__isnull=False),
                name="areas_lineage_has_an_end",
            )
        ]
        indexes = [models.Index(fields=["level", "day"])]

    def __str__(self) -> str:
        return f"{self.day} {self.earlier or '–'} → {self.later or '–'} ({self.kind})"
