"""Problems, why they are there, and what that rests on."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from samhandling_web.base.accounts.models import Organisation
from samhandling_web.base.areas.models import Area
from samhandling_web.base.common.choices import choices
from samhandling_web.base.common.free_text import FreeCharField, FreeTextField
from samhandling_web.observe.observations.rules import SEVERITIES
from samhandling_web.observe.walks.models import Finding
from samhandling_web.understand.places.models.places import Place
from samhandling_web.understand.places.rules import (
    EVIDENCE_KINDS,
    PROBLEM_STATUSES,
    TRIANGLE_SIDES,
)


class Problem(models.Model):
    """What happens, to whom and when, at places or in an area."""

    title = FreeCharField(_("rubrik"), max_length=200)
    what = FreeTextField(_("vad som händer"))
    to_whom = FreeTextField(_("vem eller vad som drabbas"), blank=True)
    when = FreeTextField(_("när det händer"), blank=True)
    places = models.ManyToManyField(Place, related_name="problems", blank=True)
    area = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("område")
    )
    district = models.ForeignKey(
        Area, models.PROTECT, null=True, related_name="+", verbose_name=_("stadsdelsområde")
    )
    owner = models.ForeignKey(
        Organisation, models.PROTECT, related_name="problems", verbose_name=_("ansvarig")
    )
    severity = models.CharField(_("allvar"), max_length=6, choices=choices(SEVERITIES))
    status = models.CharField(
        _("läge"), max_length=10, choices=choices(PROBLEM_STATUSES), default="identified"
    )
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("upplagt"), auto_now_add=True)

    class Meta:
        verbose_name = _("problem")
        verbose_name_plural = _("problem")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["district", "status"])]

    def __str__(self) -> str:
        return self.title


class ProblemStep(models.Model):
    """One step of a problem, and why. Append-only."""

    problem = models.ForeignKey(Problem, models.PROTECT, related_name="steps")
    at = models.DateTimeField(_("tid"), auto_now_add=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    status = models.CharField(_("blev"), max_length=10, choices=choices(PROBLEM_STATUSES))
    reason = FreeTextField(_("varför"), blank=True)

    class Meta:
        verbose_name = _("problemets steg")
        verbose_name_plural = _("problemets steg")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.problem}: {self.get_status_display()}"


class Cause(models.Model):
    """A reason why the problem is here: a side of the triangle and who could have controlled it."""

    problem = models.ForeignKey(Problem, models.PROTECT, related_name="causes")
    statement = FreeTextField(_("orsak"))
    side = models.CharField(_("sida av triangeln"), max_length=8, choices=choices(TRIANGLE_SIDES))
    controller = FreeCharField(_("vem som kunde råda över det"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("orsak")
        verbose_name_plural = _("orsaker")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.statement[:80]


class Why(models.Model):
    """One answer to why, asked of the answer before it."""

    cause = models.ForeignKey(Cause, models.CASCADE, related_name="whys")
    number = models.PositiveSmallIntegerField(_("nummer"))
    answer = FreeTextField(_("därför att"))

    class Meta:
        verbose_name = _("varför")
        verbose_name_plural = _("varför")
        ordering = ["cause", "number"]
        constraints = [
            models.UniqueConstraint(fields=["cause", "number"], name="places_why_number_once")
        ]

    def __str__(self) -> str:
        return self.answer[:80]


class CauseEvidence(models.Model):
    """What a cause rests on: a question asked anew each time it is shown, never pasted text."""

    cause = models.ForeignKey(Cause, models.CASCADE, related_name="evidence")
    kind = models.CharField(_("slag"), max_length=12, choices=choices(EVIDENCE_KINDS))
    query = models.JSONField(_("fråga"), null=True, blank=True)
    finding = models.ForeignKey(Finding, models.PROTECT, null=True, blank=True, related_name="+")
    note = FreeTextField(_("vad det visar"), blank=True)

    class Meta:
        verbose_name = _("underlag för orsak")
        verbose_name_plural = _("underlag för orsaker")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(query__isnull=False) ^ models.Q(finding__isnull=False),
                name="places_evidence_query_or_finding",
            )
        ]

    def __str__(self) -> str:
        return f"{self.cause}: {self.get_kind_display()}"
