"""The keys by which people's calendars fetch their meetings."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from samhandling_web.agree.partnership.rules import CALENDAR_SCOPES
from samhandling_web.base.common.choices import choices


class CalendarKey(models.Model):
    """One person's key. The address is signed from `mark`; a revoked key opens nothing."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="calendar_keys")
    mark = models.UUIDField(_("märke"), default=uuid.uuid4, unique=True)
    scope = models.CharField(
        _("vilka möten"), max_length=4, choices=choices(CALENDAR_SCOPES), default="own"
    )
    created_at = models.DateTimeField(_("skapad"), auto_now_add=True)
    revoked_at = models.DateTimeField(_("återkallad"), null=True, blank=True)

    class Meta:
        verbose_name = _("kalendernyckel")
        verbose_name_plural = _("kalendernycklar")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=models.Q(revoked_at__isnull=True),
                name="partnership_calendar_key_one_in_force",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.created_at:%Y-%m-%d}"
