"""Places that the data propose."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from samhandling_web.base.areas.models import Area
from samhandling_web.base.common.choices import choices
from samhandling_web.base.common.free_text import FreeTextField
from samhandling_web.understand.places.models.places import Place
from samhandling_web.understand.places.rules import CANDIDATE_STATUSES


class Candidate(models.Model):
    """A proposed place: where, its score in parts, and what a person said of it."""

    key = models.CharField(_("ruta"), max_length=40, unique=True)
    longitude = models.FloatField(_("longitud"))
    latitude = models.FloatField(_("latitud"))
    radius_m = models.PositiveIntegerField(_("radie (m)"))
    district = models.ForeignKey(Area, models.PROTECT, null=True, related_name="+")
    score = models.FloatField(_("poäng"))
    parts = models.JSONField(_("poängens delar"))
    evidence = models.JSONField(_("underlag"))
    first_day = models.DateField(_("underlag från"))
    last_day = models.DateField(_("underlag till"))
    status = models.CharField(
        _("läge"), max_length=10, choices=choices(CANDIDATE_STATUSES), default="proposed"
    )
    reason = FreeTextField(_("varför"), blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("avgjort"), null=True, blank=True)
    decided_evidence = models.JSONField(_("underlag när det avgjordes"), null=True, blank=True)
    place = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="candidates"
    )
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("platsförslag")
        verbose_name_plural = _("platsförslag")
        ordering = ["-score", "key"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(status="dismissed") | ~models.Q(reason=""),
                name="places_candidate_dismissed_because",
            ),
            models.CheckConstraint(
                condition=~models.Q(status="accepted") | models.Q(place__isnull=False),
                name="places_candidate_accepted_as",
            ),
        ]
        indexes = [models.Index(fields=["status", "-score"])]

    def __str__(self) -> str:
        return f"{self.latitude:.4f}, {self.longitude:.4f}"
