"""What was found on a walk, the answer to it, and the link by which it can be answered."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from samhandling_web.base.accounts.models import Organisation
from samhandling_web.base.common.choices import choices
from samhandling_web.base.common.free_text import FreeCharField, FreeTextField
from samhandling_web.base.photos.models import Photo
from samhandling_web.observe.observations.models import Category
from samhandling_web.observe.walks.models.walks import Walk
from samhandling_web.observe.walks.rules import COST_CLASSES, FINDING_STATUSES, PHOTO_MOMENTS


class Finding(models.Model):
    """Something seen on a walk, safe or unsafe, with whoever should answer for it."""

    walk = models.ForeignKey(Walk, models.PROTECT, related_name="findings")
    number = models.PositiveSmallIntegerField(_("nummer"))
    client_id = models.UUIDField(_("fyndets märke"), unique=True)
    category = models.ForeignKey(
        Category, models.PROTECT, related_name="+", verbose_name=_("kategori")
    )
    is_safe = models.BooleanField(_("känns tryggt"), default=False)
    text = FreeTextField(_("vad"))
    suggestion = FreeTextField(_("förslag"), blank=True)
    longitude = models.FloatField(_("longitud"), null=True, blank=True)
    latitude = models.FloatField(_("latitud"), null=True, blank=True)
    place_name = FreeCharField(_("platsens namn"), max_length=120, blank=True)
    cost_class = models.CharField(
        _("kostnad"), max_length=10, choices=choices(COST_CLASSES), default="unknown"
    )
    owner = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="findings",
        verbose_name=_("ansvarig"),
    )
    status = models.CharField(
        _("läge"), max_length=8, choices=choices(FINDING_STATUSES), default="open"
    )
    why = FreeTextField(_("skäl"), blank=True)
    deadline = models.DateField(_("klart senast"), null=True, blank=True)
    answered_on = models.DateField(_("besvarat"), null=True, blank=True)
    done_on = models.DateField(_("gjort"), null=True, blank=True)
    repeats = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="found_again",
        verbose_name=_("samma som förra gången"),
    )

    class Meta:
        verbose_name = _("fynd")
        verbose_name_plural = _("fynd")
        ordering = ["walk", "number"]
        constraints = [
            models.UniqueConstraint(fields=["walk", "number"], name="walks_finding_number_once"),
            models.CheckConstraint(
                condition=models.Q(status="open") | models.Q(answered_on__isnull=False),
                name="walks_finding_answered",
            ),
            models.CheckConstraint(
                condition=~models.Q(status="will_not") | ~models.Q(why=""),
                name="walks_finding_will_not_because",
            ),
            models.CheckConstraint(
                condition=~models.Q(status="will_do")
                | models.Q(deadline__isnull=False, owner__isnull=False),
                name="walks_finding_will_do_by",
            ),
            models.CheckConstraint(
                condition=~models.Q(status="done") | models.Q(done_on__isnull=False),
                name="walks_finding_done_on",
            ),
        ]
        indexes = [
            models.Index(fields=["owner", "status"]),
            models.Index(fields=["latitude", "longitude"]),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.category}"


class FindingStep(models.Model):
    """One answer to a finding, by somebody signed in or through a link. Append-only."""

    finding = models.ForeignKey(Finding, models.PROTECT, related_name="steps")
    at = models.DateTimeField(_("tid"), auto_now_add=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("av")
    )
    through = models.ForeignKey(
        "walks.FindingLink",
        models.PROTECT,
        null=True,
        related_name="steps",
        verbose_name=_("genom länk"),
    )
    status = models.CharField(_("blev"), max_length=8, choices=choices(FINDING_STATUSES))
    why = FreeTextField(_("skäl"), blank=True)
    owner = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    deadline = models.DateField(_("klart senast"), null=True)
    done_on = models.DateField(_("gjort"), null=True)

    class Meta:
        verbose_name = _("svar på fynd")
        verbose_name_plural = _("svar på fynd")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.finding}: {self.get_status_display()}"


class FindingLink(models.Model):
    """A signed link by which an organisation without an account answers one finding."""

    finding = models.ForeignKey(Finding, models.PROTECT, related_name="links")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("organisation")
    )
    email = models.EmailField(_("skickad till"))
    key_hash = models.CharField(_("nyckelns kontrollsumma"), max_length=64, unique=True)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(_("skickad"), auto_now_add=True)
    expires_at = models.DateTimeField(_("gäller till"))
    withdrawn_at = models.DateTimeField(_("återkallad"), null=True, blank=True)

    class Meta:
        verbose_name = _("svarslänk")
        verbose_name_plural = _("svarslänkar")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.finding}: {self.organisation}"


class FindingPhoto(models.Model):
    """A photo of what was found, or of how it looks when it is done."""

    finding = models.ForeignKey(Finding, models.PROTECT, related_name="photos")
    photo = models.OneToOneField(Photo, models.PROTECT, related_name="+")
    moment = models.CharField(_("när"), max_length=6, choices=choices(PHOTO_MOMENTS))

    class Meta:
        verbose_name = _("fyndets foto")
        verbose_name_plural = _("fyndets foton")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.finding}: {self.photo}"
