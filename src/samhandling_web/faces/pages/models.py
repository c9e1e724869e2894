"""What the pages themselves remember: which reminders have been sent."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from samhandling_web.base.common.choices import choices
from samhandling_web.base.common.inbox import URGENCIES


class ReminderSent(models.Model):
    """That a person was reminded of a thing when it became this pressing: once each."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    code = models.CharField(_("slag"), max_length=60)
    key = models.CharField(_("objekt"), max_length=100)
    urgency = models.CharField(_("brådska"), max_length=8, choices=choices(URGENCIES))
    due_on = models.DateField(_("senast"))
    sent_on = models.DateField(_("skickad"))

    class Meta:
        verbose_name = _("skickad påminnelse")
        verbose_name_plural = _("skickade påminnelser")
        ordering = ["-sent_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "code", "key", "urgency", "due_on"], name="pages_reminder_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.code} {self.key}"
