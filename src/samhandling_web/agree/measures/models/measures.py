"""The measure: what is done about a problem's cause, by whom, until when, and how it is known."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from samhandling_web.agree.measures.models.portfolios import Portfolio
from samhandling_web.agree.measures.rules import (
    EVALUATION_LEVELS,
    HORIZONS,
    KINDS,
    MECHANISMS,
    STATUSES,
)
from samhandling_web.agree.partnership.models import AgendaItem, Priority
from samhandling_web.base.accounts.models import Organisation
from samhandling_web.base.areas.models import Area
from samhandling_web.base.common.choices import choices
from samhandling_web.base.common.free_text import FreeCharField, FreeTextField
from samhandling_web.understand.places.models import Cause, Place, Problem

DECIDED = ["approved", "started", "done", "stopped", "followed_up"]


class Measure(models.Model):
    """What is done about a cause. From approval on it says everything that approval asks for."""

    title = FreeCharField(_("rubrik"), max_length=200)
    description = FreeTextField(_("vad som görs"), blank=True)
    problem = models.ForeignKey(
        Problem, models.PROTECT, null=True, blank=True, related_name="measures",
        verbose_name=_("problem"),
    )  # fmt: skip
    cause = models.ForeignKey(
        Cause, models.PROTECT, null=True, blank=True, related_name="measures",
        verbose_name=_("orsak"),
    )  # fmt: skip
    mechanism = models.CharField(
        _("verkar genom att"), max_length=14, choices=choices(MECHANISMS), blank=True
    )
    mechanism_text = FreeTextField(_("hur den är tänkt att verka"), blank=True)
    kind = models.CharField(_("slag"), max_length=12, choices=choices(KINDS), blank=True)
    horizon = models.CharField(_("horisont"), max_length=12, choices=choices(HORIZONS), blank=True)
    portfolio = models.ForeignKey(
        Portfolio, models.PROTECT, null=True, blank=True, related_name="measures",
        verbose_name=_("politiskt ansvarsområde"),
    )  # fmt: skip
    place = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="measures",
        verbose_name=_("plats"),
    )  # fmt: skip
    area = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("område")
    )
    district = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("stadsdelsområde"),
    )  # fmt: skip
    is_citywide = models.BooleanField(_("gäller hela kommunen"), default=False)
    owner = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="measures",
        verbose_name=_("genomförs av"),
    )  # fmt: skip
    proposer = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("föreslagen av")
    )
    investment_sek = models.PositiveBigIntegerField(_("investering (kr)"), null=True, blank=True)
    running_sek_per_year = models.PositiveBigIntegerField(
        _("drift (kr per år)"), null=True, blank=True
    )
    start_on = models.DateField(_("börjar"), null=True, blank=True)
    end_on = models.DateField(_("slutar"), null=True, blank=True)
    follow_up_on = models.DateField(_("följs upp"), null=True, blank=True)
    indicator_name = FreeCharField(_("indikator"), max_length=200, blank=True)
    indicator = models.JSONField(_("hur indikatorn räknas"), null=True, blank=True)
    baseline = models.JSONField(_("utgångsvärde, fryst vid beslut"), null=True, blank=True)
    evaluation_level = models.PositiveSmallIntegerField(
        _("planerad utvärdering"),
        choices=[(int(level), label) for level, label in choices(EVALUATION_LEVELS)],
        null=True,
        blank=True,
    )
    evaluation_plan = FreeTextField(_("jämförs med"), blank=True)
    priority = models.ForeignKey(
        Priority, models.PROTECT, null=True, blank=True, related_name="measures",
        verbose_name=_("prioritering"),
    )  # fmt: skip
    decided_at_item = models.ForeignKey(
        AgendaItem, models.PROTECT, null=True, blank=True, related_name="measures",
        verbose_name=_("beslutad vid mötespunkt"),
    )  # fmt: skip
    follows = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="followed_by",
        verbose_name=_("fortsätter"),
    )  # fmt: skip
    status = models.CharField(
        _("läge"), max_length=12, choices=choices(STATUSES), default="proposed"
    )
    approved_on = models.DateField(_("beslutad"), null=True, blank=True)
    started_on = models.DateField(_("började"), null=True, blank=True)
    ended_on = models.DateField(_("slutade"), null=True, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("föreslagen"), auto_now_add=True)

    class Meta:
        verbose_name = _("åtgärd")
        verbose_name_plural = _("åtgärder")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(status__in=DECIDED)
                | (
                    models.Q(
                        problem__isnull=False,
                        cause__isnull=False,
                        owner__isnull=False,
                        portfolio__isnull=False,
                        start_on__isnull=False,
                        end_on__isnull=False,
                        follow_up_on__isnull=False,
                        indicator__isnull=False,
                        baseline__isnull=False,
                        evaluation_level__isnull=False,
                        approved_on__isnull=False,
                    )
                    & ~models.Q(mechanism="")
                    & ~models.Q(mechanism_text="")
                ),
                name="measures_measure_decided_whole",
            ),
            models.CheckConstraint(
                condition=models.Q(is_citywide=False)
                | models.Q(place__isnull=True, area__isnull=True, district__isnull=True),
                name="measures_measure_citywide_is_nowhere_else",
            ),
            models.CheckConstraint(
                condition=~models.Q(status__in=["started", "done", "stopped", "followed_up"])
                | models.Q(started_on__isnull=False),
                name="measures_measure_started_on",
            ),
            models.CheckConstraint(
                condition=~models.Q(status__in=["done", "stopped", "followed_up"])
                | models.Q(ended_on__isnull=False),
                name="measures_measure_ended_on",
            ),
        ]
        indexes = [
            models.Index(fields=["district", "status"]),
            models.Index(fields=["owner", "status"]),
            models.Index(fields=["status", "follow_up_on"]),
        ]

    def __str__(self) -> str:
        return self.title


class MeasureStep(models.Model):
    """One step of a measure, and why. Append-only."""

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="steps")
    at = models.DateTimeField(_("tid"), auto_now_add=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("av")
    )
    status = models.CharField(_("blev"), max_length=12, choices=choices(STATUSES))
    on = models.DateField(_("dag"))
    reason = FreeTextField(_("varför"), blank=True)

    class Meta:
        verbose_name = _("åtgärdens steg")
        verbose_name_plural = _("åtgärdernas steg")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.measure}: {self.get_status_display()}"
