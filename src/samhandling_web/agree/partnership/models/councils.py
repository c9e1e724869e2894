"""Groups that meet: the strategic council, local councils and operative groups."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from samhandling_web.agree.partnership.rules import COUNCIL_KINDS
from samhandling_web.base.accounts.models import Organisation
from samhandling_web.base.areas.models import Area
from samhandling_web.base.common.choices import choices
from samhandling_web.base.common.free_text import FreeCharField


class Council(models.Model):
    """A group that meets again and again."""

    kind = models.CharField(_("slag"), max_length=10, choices=choices(COUNCIL_KINDS))
    name = FreeCharField(_("namn"), max_length=120)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("leds av")
    )
    district = models.ForeignKey(
        Area,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("stadsdelsområde"),
    )
    is_active = models.BooleanField(_("finns"), default=True)

    class Meta:
        verbose_name = _("råd eller grupp")
        verbose_name_plural = _("råd och grupper")
        ordering = ["kind", "name"]

    def __str__(self) -> str:
        return self.name


class CouncilMember(models.Model):
    """An organisation's seat, by position: 10 § lag (2023:196) asks for leading positions."""

    council = models.ForeignKey(Council, models.CASCADE, related_name="members")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    position = FreeCharField(_("befattning"), max_length=120)
    is_chair = models.BooleanField(_("ordförande"), default=False)

    class Meta:
        verbose_name = _("plats i råd")
        verbose_name_plural = _("platser i råd")
        ordering = ["-is_chair", "organisation__name"]

    def __str__(self) -> str:
        return f"{self.position}, {self.organisation}"
