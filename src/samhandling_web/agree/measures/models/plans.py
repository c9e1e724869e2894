"""The action plan: the adopted set of measures, kept as it was adopted."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from samhandling_web.agree.measures.models.measures import Measure
from samhandling_web.agree.measures.rules import PLAN_STATUSES
from samhandling_web.base.accounts.models import Organisation
from samhandling_web.base.areas.models import Area
from samhandling_web.base.common.choices import choices
from samhandling_web.base.common.free_text import FreeCharField, FreeTextField
from samhandling_web.understand.picture.models import Picture


class ActionPlan(models.Model):
    """One version of an action plan (åtgärdsplan), 5 § lag (2023:196). Adopted, it is fixed."""

    title = FreeCharField(_("rubrik"), max_length=200)
    district = models.ForeignKey(
        Area,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("stadsdelsområde"),
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="action_plans", verbose_name=_("ansvarig")
    )
    picture = models.ForeignKey(
        Picture,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="action_plans",
        verbose_name=_("bygger på lägesbilden"),
    )
    introduction = FreeTextField(_("inledning"), blank=True)
    period_start = models.DateField(_("gäller från"))
    period_end = models.DateField(_("gäller till och med"))
    version = models.PositiveIntegerField(_("version"), default=1)
    previous = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="next",
        verbose_name=_("ersätter"),
    )
    status = models.CharField(
        _("läge"), max_length=12, choices=choices(PLAN_STATUSES), default="draft"
    )
    content = models.JSONField(_("innehåll, fryst när den antogs"), null=True, blank=True)
    content_hash = models.CharField(_("kontrollsumma"), max_length=64, blank=True)
    adopted_on = models.DateField(_("antagen den"), null=True, blank=True)
    adopted_by = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("antagen av"),
    )
    case_number = FreeCharField(_("diarienummer"), max_length=60, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("påbörjad"), auto_now_add=True)

    class Meta:
        verbose_name = _("åtgärdsplan")
        verbose_name_plural = _("åtgärdsplaner")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(period_end__gte=models.F("period_start")),
                name="measures_plan_ends_after_start",
            ),
            models.CheckConstraint(
                condition=models.Q(status="draft")
                | (
                    models.Q(
                        adopted_on__isnull=False,
                        adopted_by__isnull=False,
                        content__isnull=False,
                        picture__isnull=False,
                    )
                    & ~models.Q(case_number="")
                ),
                name="measures_plan_adopted_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class PlanItem(models.Model):
    """A measure that a plan holds."""

    plan = models.ForeignKey(ActionPlan, models.PROTECT, related_name="items")
    measure = models.ForeignKey(Measure, models.PROTECT, related_name="plan_items")

    class Meta:
        verbose_name = _("åtgärd i plan")
        verbose_name_plural = _("åtgärder i planer")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "measure"], name="measures_plan_item_once")
        ]

    def __str__(self) -> str:
        return f"{self.plan}: {self.measure}"


class PlanFollowUp(models.Model):
    """The statutory follow-up of a plan, 6 § lag (2023:196), of a period. Append-only."""

    plan = models.ForeignKey(ActionPlan, models.PROTECT, related_name="follow_ups")
    on = models.DateField(_("dag"))
    content = models.JSONField(_("åtgärderna som de stod då"))
    conclusion = FreeTextField(_("slutsats"))
    decided_by = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("behandlad av")
    )
    case_number = FreeCharField(_("diarienummer"), max_length=60, blank=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("uppföljning av åtgärdsplan")
        verbose_name_plural = _("uppföljningar av åtgärdsplaner")
        ordering = ["-on"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "on"], name="measures_plan_follow_up_day_once")
        ]

    def __str__(self) -> str:
        return f"{self.plan}, {self.on}"
