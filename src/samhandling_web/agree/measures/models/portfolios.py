"""Who is politically responsible for what, over time."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from samhandling_web.agree.measures.rules import HORIZONS
from samhandling_web.base.accounts.models import Organisation
from samhandling_web.base.common.choices import choices
from samhandling_web.base.common.free_text import FreeCharField, FreeTextField


class Portfolio(models.Model):
    """A part of the work that somebody answers for politically."""

    name = FreeCharField(_("namn"), max_length=120, unique=True)
    horizon = models.CharField(_("horisont"), max_length=12, choices=choices(HORIZONS), blank=True)
    is_active = models.BooleanField(_("används"), default=True)

    class Meta:
        verbose_name = _("politiskt ansvarsområde")
        verbose_name_plural = _("politiska ansvarsområden")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class PortfolioHolder(models.Model):
    """Which office answers for a portfolio from a day on; the next row ends it. Append-only."""

    portfolio = models.ForeignKey(Portfolio, models.PROTECT, related_name="holders")
    office = FreeCharField(_("ämbete"), max_length=120)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    valid_from = models.DateField(_("från och med"))
    reason = FreeTextField(_("varför"), blank=True)

    class Meta:
        verbose_name = _("politiskt ansvarig")
        verbose_name_plural = _("politiskt ansvariga")
        ordering = ["portfolio", "valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["portfolio", "valid_from"], name="measures_holder_from_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.portfolio}: {self.office}"
