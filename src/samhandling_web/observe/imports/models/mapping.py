"""How a table of any shape is read: described once, used again."""

from django.conf import settings
from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from samhandling_web.base.common.free_text import FreeCharField

LONGEST_SLUG = 67
KINDS = [
    ("events", _("händelser")),
    ("statistics", _("statistik")),
    ("survey", _("enkätresultat")),
]


class Mapping(models.Model):
    """Which column of a file is which field. Never changed once used: a new one is saved."""

    name = FreeCharField(_("namn"), max_length=120, unique=True)
    kind = models.CharField(_("slag"), max_length=12, choices=KINDS)
    content = models.JSONField(_("kolumner"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name=_("gjord av")
    )
    created_at = models.DateTimeField(_("gjord"), auto_now_add=True)

    class Meta:
        verbose_name = _("kolumnbeskrivning")
        verbose_name_plural = _("kolumnbeskrivningar")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def slug(self) -> str:
        """What sets apart, in a batch's source, the rows of tables read by this description."""
        return slugify(self.name)[:LONGEST_SLUG] or str(self.pk)
