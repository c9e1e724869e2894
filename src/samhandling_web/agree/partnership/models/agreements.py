"""Agreements as a tree: the city's with the police, and each district's below it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from samhandling_web.agree.partnership.rules import AGREEMENT_KINDS, AGREEMENT_STATUSES
from samhandling_web.base.accounts.models import Organisation
from samhandling_web.base.areas.models import Area
from samhandling_web.base.common.choices import choices
from samhandling_web.base.common.free_text import FreeCharField, FreeTextField


class Agreement(models.Model):
    """What parties have agreed on, from one day until another. Fixed when it is signed."""

    kind = models.CharField(_("slag"), max_length=24, choices=choices(AGREEMENT_KINDS))
    title = FreeCharField(_("rubrik"), max_length=200)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="below",
        verbose_name=_("hör under"),
    )
    district = models.ForeignKey(
        Area,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("stadsdelsområde"),
    )
    police_area = models.ForeignKey(
        Area,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("lokalpolisområde"),
    )
    purposes = FreeTextField(_("syften"), blank=True)
    fields_of_cooperation = FreeTextField(_("områden för samverkan"), blank=True)
    valid_from = models.DateField(_("gäller från"), null=True, blank=True)
    valid_to = models.DateField(_("gäller till och med"), null=True, blank=True)
    status = models.CharField(
        _("läge"), max_length=8, choices=choices(AGREEMENT_STATUSES), default="draft"
    )
    signed_on = models.DateField(_("undertecknad den"), null=True, blank=True)
    ended_on = models.DateField(_("upphörde"), null=True, blank=True)
    document = models.FileField(_("dokument"), upload_to="agreements", max_length=120, blank=True)
    document_sha256 = models.CharField(_("kontrollsumma"), max_length=64, blank=True)
    case_number = FreeCharField(_("diarienummer"), max_length=60, blank=True)
    replaces = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="replaced_by",
        verbose_name=_("ersätter"),
    )
    owner = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("ansvarig")
    )
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("upplagd"), auto_now_add=True)

    class Meta:
        verbose_name = _("överenskommelse")
        verbose_name_plural = _("överenskommelser")
        ordering = ["-valid_from", "title"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status="draft")
                | (
                    models.Q(
                        signed_on__isnull=False, valid_from__isnull=False, valid_to__isnull=False
                    )
                    & ~models.Q(purposes="")
                    & ~models.Q(fields_of_cooperation="")
                    & ~models.Q(document="")
                ),
                name="partnership_agreement_signed_whole",
            ),
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True)
                | models.Q(valid_to__gte=models.F("valid_from")),
                name="partnership_agreement_ends_after_start",
            ),
        ]
        indexes = [models.Index(fields=["district", "status", "valid_to"])]

    def __str__(self) -> str:
        return self.title


class AgreementParty(models.Model):
    """An organisation that is bound by an agreement, and in which capacity somebody signs."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="parties")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="agreements")
    signed_as = FreeCharField(_("undertecknas av (befattning)"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("part i överenskommelse")
        verbose_name_plural = _("parter i överenskommelser")
        ordering = ["organisation__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "organisation"], name="partnership_party_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation}"
