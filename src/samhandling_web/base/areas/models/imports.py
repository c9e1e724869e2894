"""What each import of areas changed, so that it can be undone exactly."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from samhandling_web.base.areas.models.levels import AreaLevel


class AreaBatch(models.Model):
    """One import of areas to one level."""

    key = models.CharField(_("nyckel"), max_length=60)
    level = models.ForeignKey(AreaLevel, models.PROTECT, related_name="batches")
    source = models.CharField(_("källa"), max_length=300, blank=True)
    imported_at = models.DateTimeField(_("inläst"), auto_now_add=True)

    class Meta:
        verbose_name = _("inläsning av områden")
        verbose_name_plural = _("inläsningar av områden")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["key", "level"], name="areas_batch_once_per_level")
        ]

    def __str__(self) -> str:
        return f"{self.key} ({self.level})"


class AreaChange(models.Model):
    """One version that an import changed, and what it said before (nothing if it was made).

    The version is named by its number and not by a relation: a removed one is gone meanwhile.
    """

    batch = models.ForeignKey(AreaBatch, models.CASCADE, related_name="changes")
    version_number = models.PositiveBigIntegerField(_("version"))
    before = models.JSONField(_("före"), null=True)

    class Meta:
        verbose_name = _("ändring av område")
        verbose_name_plural = _("ändringar av områden")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.batch}: {self.version_number}"
