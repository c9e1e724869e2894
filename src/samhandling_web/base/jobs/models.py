"""Work that takes longer than a page, stored so that it survives its worker; and what recurs."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from samhandling_web.base.common.choices import choices
from samhandling_web.base.jobs.rules import STATES


class Job(models.Model):
    """One piece of background work. What it has done so far is the business of its own room."""

    kind = models.CharField(_("slag"), max_length=60)
    label = models.CharField(_("arbete"), max_length=300)
    parameters = models.JSONField(default=dict)
    state = models.CharField(_("läge"), max_length=12, choices=choices(STATES), default="queued")
    done = models.PositiveBigIntegerField(_("gjort"), default=0)
    total = models.PositiveBigIntegerField(_("av"), null=True)
    message = models.CharField(_("just nu"), max_length=300, blank=True)
    attempts = models.PositiveSmallIntegerField(_("försök"), default=0)
    cancel_requested = models.BooleanField(default=False)
    lease_until = models.DateTimeField(null=True)
    worker = models.CharField(max_length=64, blank=True)
    result = models.JSONField(null=True)
    error = models.TextField(_("fel"), blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name=_("startat av")
    )
    created_at = models.DateTimeField(_("startat"), auto_now_add=True)
    finished_at = models.DateTimeField(_("slut"), null=True)

    class Meta:
        verbose_name = _("jobb")
        verbose_name_plural = _("jobb")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state", "lease_until"])]

    def __str__(self) -> str:
        return self.label

    @property
    def percent(self) -> int | None:
        return min(100, self.done * 100 // self.total) if self.total else None

    @property
    def is_over(self) -> bool:
        return self.state in {"done", "failed", "cancelled"}


class ScheduledRun(models.Model):
    """One period's run of recurring work. There is never a second for the same period."""

    slug = models.CharField(_("återkommande arbete"), max_length=60)
    period = models.CharField(_("period"), max_length=10)
    due_at = models.DateTimeField(_("skulle startas"))
    started_at = models.DateTimeField(_("startat"), auto_now_add=True)
    job = models.ForeignKey(
        Job, models.PROTECT, null=True, related_name="scheduled_runs", verbose_name=_("jobb")
    )

    class Meta:
        verbose_name = _("återkommande körning")
        verbose_name_plural = _("återkommande körningar")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["slug", "period"], name="jobs_scheduled_once_a_period")
        ]

    def __str__(self) -> str:
        return f"{self.slug} {self.period}"
