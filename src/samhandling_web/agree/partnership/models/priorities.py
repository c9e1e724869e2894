"""What the parties put first together, and what they promise the citizens."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from samhandling_web.agree.partnership.models.agreements import Agreement
from samhandling_web.agree.partnership.rules import PROMISE_STATUSES
from samhandling_web.base.accounts.models import Organisation
from samhandling_web.base.areas.models import Area
from samhandling_web.base.common.choices import choices
from samhandling_web.base.common.free_text import FreeCharField, FreeTextField
from samhandling_web.understand.places.models import Problem


class Priority(models.Model):
    """Something that the parties of an agreement put first, with how its change is seen."""

    agreement = models.ForeignKey(
        Agreement, models.PROTECT, related_name="priorities", verbose_name=_("överenskommelse")
    )
    title = FreeCharField(_("rubrik"), max_length=200)
    description = FreeTextField(_("vad som ska uppnås"), blank=True)
    indicator_name = FreeCharField(_("indikator"), max_length=200)
    indicator = models.JSONField(_("hur indikatorn räknas"))
    problems = models.ManyToManyField(Problem, related_name="priorities", blank=True)
    valid_from = models.DateField(_("gäller från"))
    valid_to = models.DateField(_("gäller till och med"), null=True, blank=True)

    class Meta:
        verbose_name = _("prioritering")
        verbose_name_plural = _("prioriteringar")
        ordering = ["-valid_from", "title"]

    def __str__(self) -> str:
        return self.title


class CitizenPromise(models.Model):
    """A promise to citizens that anybody can check, and what became of it."""

    agreement = models.ForeignKey(
        Agreement,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="promises",
        verbose_name=_("överenskommelse"),
    )
    district = models.ForeignKey(
        Area,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("stadsdelsområde"),
    )
    owner = models.ForeignKey(
        Organisation, models.PROTECT, related_name="promises", verbose_name=_("ansvarig")
    )
    statement = FreeTextField(_("vi lovar"))
    measured_by = FreeTextField(_("så ser man om det är hållet"))
    promised_from = models.DateField(_("gäller från"))
    promised_to = models.DateField(_("gäller till och med"))
    status = models.CharField(
        _("läge"), max_length=8, choices=choices(PROMISE_STATUSES), default="draft"
    )
    evidence = FreeTextField(_("hur det gick"), blank=True)
    decided_on = models.DateField(_("avgjort"), null=True, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("medborgarlöfte")
        verbose_name_plural = _("medborgarlöften")
        ordering = ["-promised_from", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status__in=["draft", "promised"])
                | (models.Q(decided_on__isnull=False) & ~models.Q(evidence="")),
                name="partnership_promise_decided_by_evidence",
            ),
            models.CheckConstraint(
                condition=models.Q(promised_to__gte=models.F("promised_from")),
                name="partnership_promise_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.statement[:80]
