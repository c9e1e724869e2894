"""The municipality and the kinds of areas it is divided into."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from samhandling_web.base.areas.rules import VISIBILITIES, Visibility
from samhandling_web.base.common.choices import choices


class Municipality(models.Model):
    """The municipality this installation serves: one row."""

    code = models.CharField(_("kommunkod"), max_length=10, unique=True)
    name = models.CharField(_("namn"), max_length=100)
    is_invented = models.BooleanField(_("påhittad"), default=False)
    boundary = models.JSONField(_("gräns (GeoJSON, WGS84)"), null=True)

    class Meta:
        verbose_name = _("kommun")
        verbose_name_plural = _("kommuner")

    def __str__(self) -> str:
        return self.name


class AreaLevel(models.Model):
    """A kind of area in this municipality: district, neighbourhood, DeSO or police area."""

    slug = models.SlugField(_("kortnamn"), unique=True)
    name = models.CharField(_("namn i ental"), max_length=60)
    name_plural = models.CharField(_("namn i flertal"), max_length=60)
    rank = models.PositiveSmallIntegerField(_("ordning, störst först"), default=0)
    is_base_unit = models.BooleanField(
        _("statistisk basenhet"),
        default=False,
        help_text=_("Händelser och invånare räknas i basenheter och summeras därifrån."),
    )
    is_overlay = models.BooleanField(
        _("överlagrad"),
        default=False,
        help_text=_("Täcker inte hela kommunen och följer inga andra gränser."),
    )
    visibility = models.CharField(
        _("skydd"),
        max_length=10,
        choices=choices(VISIBILITIES),
        default=Visibility.PUBLIC,
        help_text=_("Vem som får se var områdena ligger, om området självt inte säger annat."),
    )
    revision = models.CharField(
        _("dataversion"),
        max_length=64,
        blank=True,
        help_text=_("Kontrollsumma över nivåns områden: samma områden, samma dataversion."),
    )

    class Meta:
        verbose_name = _("områdesnivå")
        verbose_name_plural = _("områdesnivåer")
        ordering = ["rank", "slug"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_base_unit"],
                condition=models.Q(is_base_unit=True),
                name="areas_level_one_base_unit",
            ),
            models.CheckConstraint(
                condition=models.Q(is_base_unit=False) | models.Q(is_overlay=False),
                name="areas_level_base_unit_covers",
            ),
        ]

    def __str__(self) -> str:
        return self.name
