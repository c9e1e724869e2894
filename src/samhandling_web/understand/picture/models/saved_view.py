"""A question that somebody keeps under a name, for themselves or for their organisation."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from samhandling_web.base.accounts.models import Organisation
from samhandling_web.base.common.free_text import FreeCharField


class SavedView(models.Model):
    """The address of a question. What it answers changes as the data do."""

    name = FreeCharField(_("namn"), max_length=120)
    query = models.TextField(_("urval"))
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="saved_views",
        verbose_name=_("sparad av"),
    )
    shared_with = models.ForeignKey(
        Organisation,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="saved_views",
        verbose_name=_("delad med"),
    )
    created_at = models.DateTimeField(_("sparad"), auto_now_add=True)

    class Meta:
        verbose_name = _("sparad vy")
        verbose_name_plural = _("sparade vyer")
        ordering = [Lower("name"), "pk"]
        constraints = [
            models.UniqueConstraint("owner", Lower("name"), name="picture_saved_view_named_once")
        ]

    def __str__(self) -> str:
        return self.name
