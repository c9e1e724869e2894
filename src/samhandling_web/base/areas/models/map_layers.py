"""What lies under the areas on the map, so that people find their way: water and streets."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from samhandling_web.base.areas.rules import GROUND_KINDS
from samhandling_web.base.common.choices import choices


class MapLayer(models.Model):
    """One layer of the map's ground. It is drawn and never measured."""

    kind = models.SlugField(_("slag"), max_length=20, unique=True, choices=choices(GROUND_KINDS))
    collection = models.JSONField(_("former (GeoJSON, WGS84)"))
    source = models.CharField(_("källa"), max_length=300)
    revision = models.CharField(_("kontrollsumma"), max_length=64)

    class Meta:
        verbose_name = _("kartunderlag")
        verbose_name_plural = _("kartunderlag")
        ordering = ["kind"]

    def __str__(self) -> str:
        return str(self.get_kind_display())
