"""The situational picture as a document: drafted, reviewed, adopted, never changed after."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from samhandling_web.base.accounts.models import Organisation
from samhandling_web.base.areas.models import Area
from samhandling_web.base.common.choices import choices
from samhandling_web.base.common.free_text import FreeCharField, FreeTextField
from samhandling_web.understand.picture.rules import KINDS, STATUSES


class Picture(models.Model):
    """One version of a situational picture for an area, or for the whole municipality."""

    kind = models.CharField(_("slag"), max_length=12, choices=choices(KINDS))
    title = FreeCharField(_("rubrik"), max_length=200)
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, verbose_name=_("område"))
    area_name = models.CharField(_("områdets namn"), max_length=120)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="pictures", verbose_name=_("ansvarig")
    )
    period_start = models.DateField(_("period från"))
    period_end = models.DateField(_("period till och med"))
    version = models.PositiveIntegerField(_("version"), default=1)
    previous = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="next",
        verbose_name=_("ersätter"),
    )
    status = models.CharField(_("läge"), max_length=12, choices=choices(STATUSES), default="draft")
    mapping = FreeTextField(_("kartläggning"), blank=True)
    other_information = FreeTextField(_("annan relevant information"), blank=True)
    analysis = FreeTextField(_("analys"), blank=True)
    see_also = FreeTextField(
        _("hänger ihop med"),
        blank=True,
        help_text=_("Andra analyser och planer som den bygger på, 7 § lag (2023:196)."),
    )
    figures = models.JSONField(_("siffror"), null=True, blank=True)
    data_version = models.CharField(_("dataversion"), max_length=64, blank=True)
    code_version = models.CharField(_("programversion"), max_length=40, blank=True)
    figures_at = models.DateTimeField(_("siffrorna hämtade"), null=True, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("skriven av")
    )
    created_at = models.DateTimeField(_("påbörjad"), auto_now_add=True)
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
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("beslutet registrerat av"),
    )
    content_hash = models.CharField(_("kontrollsumma"), max_length=64, blank=True)

    class Meta:
        verbose_name = _("lägesbild")
        verbose_name_plural = _("lägesbilder")
        ordering = ["-period_end", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="picture_adopted_is_decided",
                condition=~models.Q(status="adopted")
                | (
                    models.Q(adopted_on__isnull=False)
                    & models.Q(adopted_by__isnull=False)
                    & ~models.Q(case_number="")
                    & ~models.Q(content_hash="")
                    & models.Q(figures__isnull=False)
                ),
            ),
            models.CheckConstraint(
                name="picture_period_in_order",
                condition=models.Q(period_end__gte=models.F("period_start")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, version {self.version}"
