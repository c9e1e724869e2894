"""Pictures of places, as they are kept."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from samhandling_web.base.common.choices import choices
from samhandling_web.base.common.free_text import FreeCharField
from samhandling_web.base.photos.rules import REMOVAL_REASONS


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


class PhotoRemoval(models.Model):
    """That a picture was taken away: its file is gone, this row says by whom and why. Append-only.

    The row of the photo stays with its checksum, so that the log still tells which it was.
    """

    photo = models.OneToOneField(Photo, models.PROTECT, related_name="removal")
    reason = models.CharField(_("skäl"), max_length=12, choices=choices(REMOVAL_REASONS))
    why = FreeCharField(_("varför"), max_length=200, blank=True)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("borttagen av")
    )
    removed_at = models.DateTimeField(_("borttagen"), auto_now_add=True)

    class Meta:
        verbose_name = _("borttaget foto")
        verbose_name_plural = _("borttagna foton")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(reason="other") | ~models.Q(why=""),
                name="photos_removal_says_why",
            )
        ]

    def __str__(self) -> str:
        return f"{self.photo}: {self.get_reason_display()}"
