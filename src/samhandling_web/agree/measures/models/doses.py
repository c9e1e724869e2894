"""How much was to be done, how much was done, and what came of it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from samhandling_web.agree.measures.models.measures import Measure
from samhandling_web.agree.measures.rules import CARRIED, EVALUATION_LEVELS, VERDICTS
from samhandling_web.base.common.choices import choices
from samhandling_web.base.common.free_text import FreeCharField, FreeTextField


class DosePlan(models.Model):
    """What is counted while a measure goes on, and how much of it is planned."""

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="dose_plans")
    unit = FreeCharField(_("vad som räknas"), max_length=80)
    amount = models.DecimalField(_("planerat"), max_digits=12, decimal_places=2)

    class Meta:
        verbose_name = _("planerad dos")
        verbose_name_plural = _("planerade doser")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["measure", "unit"], name="measures_dose_unit_once"),
            models.CheckConstraint(
                condition=models.Q(amount__gt=0), name="measures_dose_is_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amount:g} {self.unit}"


class DoseRecord(models.Model):
    """What was done on a day. A mistake is put right by a row that takes it back. Append-only."""

    plan = models.ForeignKey(DosePlan, models.PROTECT, related_name="records")
    on = models.DateField(_("dag"))
    amount = models.DecimalField(_("gjort"), max_digits=12, decimal_places=2)
    note = FreeCharField(_("anmärkning"), max_length=200, blank=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(_("inskriven"), auto_now_add=True)

    class Meta:
        verbose_name = _("gjord dos")
        verbose_name_plural = _("gjorda doser")
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        return f"{self.on}: {self.amount:g} {self.plan.unit}"


class FollowUp(models.Model):
    """What came of a measure: dose, result and verdict. Append-only; a measure has one."""

    measure = models.OneToOneField(Measure, models.PROTECT, related_name="follow_up")
    on = models.DateField(_("dag"))
    carried = models.CharField(_("blev det gjort"), max_length=10, choices=choices(CARRIED))
    dose = models.JSONField(_("dos: planerat och gjort"))
    outcome = models.JSONField(_("indikatorn efteråt"))
    result = FreeTextField(_("vad som ändrades"))
    reached_level = models.PositiveSmallIntegerField(
        _("utvärderad på nivå"),
        choices=[(int(level), label) for level, label in choices(EVALUATION_LEVELS)],
    )
    verdict = models.CharField(_("slutsats"), max_length=8, choices=choices(VERDICTS))
    verdict_reason = FreeTextField(_("därför att"))
    spent_sek = models.PositiveBigIntegerField(_("kostade (kr)"), null=True, blank=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("uppföljning av åtgärd")
        verbose_name_plural = _("uppföljningar av åtgärder")
        ordering = ["-on"]

    def __str__(self) -> str:
        return f"{self.measure}: {self.get_verdict_display()}"
