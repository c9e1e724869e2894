"""The week's compilation, made by itself and kept as it was made."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from samhandling_web.base.areas.models import Area


class WeeklyCompilation(models.Model):
    """What was reported in one district in one week, against how many reported. Append-only."""

    week = models.DateField(_("veckans måndag"))
    district = models.ForeignKey(Area, models.PROTECT, related_name="+")
    content = models.JSONField(_("innehåll"))
    made_at = models.DateTimeField(_("sammanställd"), auto_now_add=True)

    class Meta:
        verbose_name = _("veckosammanställning")
        verbose_name_plural = _("veckosammanställningar")
        ordering = ["-week", "district"]
        constraints = [
            models.UniqueConstraint(
                fields=["week", "district"], name="observations_compilation_once"
            )
        ]

    def __str__(self) -> str:
        year, week, _day = self.week.isocalendar()
        return f"{self.district} {year} v. {week}"
