"""What reporters send: observations of what happened, where and when."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from samhandling_web.base.accounts.models import Organisation
from samhandling_web.base.areas.models import Area
from samhandling_web.base.common.choices import choices
from samhandling_web.base.common.free_text import FreeCharField, FreeTextField
from samhandling_web.base.photos.models import Photo
from samhandling_web.observe.observations.rules import (
    CATEGORY_KINDS,
    PRECISIONS,
    SEVERITIES,
    STATUSES,
)


class Category(models.Model):
    """A kind of observation, as this municipality names it."""

    slug = models.SlugField(_("kortnamn"), unique=True)
    name = FreeCharField(_("namn"), max_length=80)
    kind = models.CharField(_("slag"), max_length=12, choices=choices(CATEGORY_KINDS))
    order = models.PositiveSmallIntegerField(_("ordning"), default=100)
    is_active = models.BooleanField(_("används"), default=True)

    class Meta:
        verbose_name = _("iakttagelsekategori")
        verbose_name_plural = _("iakttagelsekategorier")
        ordering = ["order", "name"]

    def __str__(self) -> str:
        return self.name


class Sending(models.Model):
    """What one reporter sent at once. Its own mark, made where it was typed, is received once."""

    client_id = models.UUIDField(_("sändningens märke"), unique=True)
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("rapportör")
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("organisation")
    )
    is_nothing_to_report = models.BooleanField(_("inget att rapportera"), default=False)
    typed_at = models.DateTimeField(_("skriven"))
    received_at = models.DateTimeField(_("mottagen"), auto_now_add=True)

    class Meta:
        verbose_name = _("sändning")
        verbose_name_plural = _("sändningar")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["typed_at"]),
            models.Index(fields=["received_at"]),
            models.Index(fields=["reporter", "typed_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}, {self.typed_at:%Y-%m-%d %H:%M}"


class Observation(models.Model):
    """Something that a reporter saw or heard of. What was sent is never edited."""

    sending = models.ForeignKey(Sending, models.PROTECT, related_name="observations")
    number = models.PositiveSmallIntegerField(_("nummer i sändningen"))
    category = models.ForeignKey(
        Category, models.PROTECT, related_name="observations", verbose_name=_("kategori")
    )
    severity = models.CharField(_("allvar"), max_length=6, choices=choices(SEVERITIES))
    text = FreeTextField(_("vad som hände"), blank=True)
    start = models.DateTimeField(_("från"))
    end = models.DateTimeField(_("till"))
    geometry = models.JSONField(_("plats (GeoJSON, WGS84)"), null=True, blank=True)
    longitude = models.FloatField(_("longitud"), null=True, blank=True)
    latitude = models.FloatField(_("latitud"), null=True, blank=True)
    precision = models.CharField(_("lägets noggrannhet"), max_length=6, choices=choices(PRECISIONS))
    place_name = FreeCharField(_("platsens namn"), max_length=120, blank=True)
    district = models.ForeignKey(
        Area, models.PROTECT, null=True, related_name="+", verbose_name=_("stadsdelsområde")
    )
    status = models.CharField(
        _("läge"), max_length=10, choices=choices(STATUSES), default="received"
    )
    joined_to = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="joined",
        verbose_name=_("hör ihop med"),
    )

    class Meta:
        verbose_name = _("iakttagelse")
        verbose_name_plural = _("iakttagelser")
        ordering = ["-start", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["sending", "number"], name="observations_observation_number_once"
            ),
            models.CheckConstraint(
                condition=models.Q(end__gte=models.F("start")),
                name="observations_observation_runs_forwards",
            ),
            models.CheckConstraint(
                condition=models.Q(status="joined", joined_to__isnull=False)
                | (~models.Q(status="joined") & models.Q(joined_to__isnull=True)),
                name="observations_observation_joined_to_one",
            ),
            models.CheckConstraint(
                condition=models.Q(longitude__isnull=False, latitude__isnull=False)
                | ~models.Q(place_name=""),
                name="observations_observation_is_somewhere",
            ),
        ]
        indexes = [
            models.Index(fields=["district", "start"]),
            models.Index(fields=["category", "start"]),
            models.Index(fields=["status", "start"]),
            models.Index(fields=["latitude", "longitude"]),
            models.Index(fields=["status", "district"], name="observations_by_status"),
            models.Index(fields=["-start", "-id"], name="observations_latest_first"),
            models.Index(fields=["place_name", "start"], name="observations_by_place_name"),
        ]

    def __str__(self) -> str:
        where = f", {self.place_name}" if self.place_name else ""
        return f"{self.category}{where}, {self.start:%Y-%m-%d}"


class ObservationStep(models.Model):
    """One step in what became of an observation, with what the reporter was told. Append-only."""

    observation = models.ForeignKey(Observation, models.PROTECT, related_name="steps")
    at = models.DateTimeField(_("tid"), auto_now_add=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("av")
    )
    status = models.CharField(_("blev"), max_length=10, choices=choices(STATUSES))
    answer = FreeTextField(_("svar till rapportören"), blank=True)

    class Meta:
        verbose_name = _("steg för iakttagelse")
        verbose_name_plural = _("steg för iakttagelser")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.observation}: {self.get_status_display()}"


class ObservationPhoto(models.Model):
    """A photo that came with an observation."""

    observation = models.ForeignKey(Observation, models.PROTECT, related_name="photos")
    photo = models.OneToOneField(Photo, models.PROTECT, related_name="+")
    client_id = models.UUIDField(_("fotots märke"), unique=True, null=True)

    class Meta:
        verbose_name = _("iakttagelsens foto")
        verbose_name_plural = _("iakttagelsens foton")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.observation}: {self.photo}"
