"""Pictures of places, as they are kept."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Photo(models.Model):
    """One picture, made anew without what its camera wrote. Who may see it is its room's to say."""

    file = models.FileField(_("fil"), upload_to="photos", max_length=120, unique=True)
    sha256 = models.CharField(_("kontrollsumma"), max_length=64, db_index=True)
    width = models.PositiveIntegerField(_("bredd"))
    height = models.PositiveIntegerField(_("höjd"))
    nobody_recognisable = models.BooleanField(_("ingen går att känna igen"))
    taken_on = models.DateField(_("tagen"), null=True, blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("inskickad av"),
    )
    uploaded_at = models.DateTimeField(_("inskickad"), auto_now_add=True)

    class Meta:
        verbose_name = _("foto")
        verbose_name_plural = _("foton")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(nobody_recognisable=True),
                name="photos_photo_nobody_recognisable",
            )
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"
