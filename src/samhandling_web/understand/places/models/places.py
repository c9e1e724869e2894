"""Long-lived places, what is known of them and what belongs to them."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from samhandling_web.base.accounts.models import Organisation
from samhandling_web.base.areas.models import Area
from samhandling_web.base.areas.rules import VISIBILITIES, Visibility
from samhandling_web.base.common.choices import choices
from samhandling_web.base.common.free_text import FreeCharField, FreeTextField
from samhandling_web.base.photos.models import Photo
from samhandling_web.observe.observations.models import Observation
from samhandling_web.observe.walks.models import Finding
from samhandling_web.observe.walks.rules import PHOTO_MOMENTS
from samhandling_web.understand.places.rules import (
    FACT_KINDS,
    PLACE_KINDS,
    STANDINGS,
    USUAL_RADIUS_M,
)


class Place(models.Model):
    """A place that people know: long-lived, with a history."""

    name = FreeCharField(_("namn"), max_length=120)
    kind = models.CharField(_("slag"), max_length=14, choices=choices(PLACE_KINDS))
    geometry = models.JSONField(_("läge (GeoJSON, WGS84)"))
    longitude = models.FloatField(_("longitud"))
    latitude = models.FloatField(_("latitud"))
    radius_m = models.PositiveIntegerField(_("räknas med inom (m)"), default=USUAL_RADIUS_M)
    district = models.ForeignKey(
        Area, models.PROTECT, null=True, related_name="+", verbose_name=_("stadsdelsområde")
    )
    responsible = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="places",
        verbose_name=_("råder över platsen"),
    )
    standing = models.CharField(
        _("bedömning"), max_length=8, choices=choices(STANDINGS), default="unknown"
    )
    visibility = models.CharField(
        _("skydd"),
        max_length=10,
        choices=choices(VISIBILITIES),
        default=Visibility.INTERNAL,
        help_text=_("Vem som får se var platsen ligger."),
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    created_at = models.DateTimeField(_("upplagd"), auto_now_add=True)

    class Meta:
        verbose_name = _("plats")
        verbose_name_plural = _("platser")
        ordering = ["name", "pk"]
        indexes = [
            models.Index(fields=["district", "standing"]),
            models.Index(fields=["latitude", "longitude"]),
        ]

    def __str__(self) -> str:
        return self.name


class PlaceAssessment(models.Model):
    """How a place was judged, when and why. Append-only."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="assessments")
    standing = models.CharField(_("bedömning"), max_length=8, choices=choices(STANDINGS))
    reason = FreeTextField(_("varför"))
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(_("tid"), auto_now_add=True)

    class Meta:
        verbose_name = _("bedömning av plats")
        verbose_name_plural = _("bedömningar av platser")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.place}: {self.get_standing_display()}"


class PlaceFact(models.Model):
    """Something known of a place on a day, with where it was learnt. Append-only."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="facts")
    kind = models.CharField(_("slag"), max_length=10, choices=choices(FACT_KINDS))
    text = FreeTextField(_("uppgift"))
    known_on = models.DateField(_("gällde den"))
    source = FreeCharField(_("källa"), max_length=200)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(_("tid"), auto_now_add=True)

    class Meta:
        verbose_name = _("uppgift om plats")
        verbose_name_plural = _("uppgifter om platser")
        ordering = ["-known_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.place}: {self.get_kind_display()}"


class PlaceObservation(models.Model):
    """An observation that belongs to a place, because a person or the distance says so."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="observation_links")
    observation = models.ForeignKey(Observation, models.PROTECT, related_name="place_links")
    linked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    linked_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("platsens iakttagelse")
        verbose_name_plural = _("platsens iakttagelser")
        constraints = [
            models.UniqueConstraint(
                fields=["place", "observation"], name="places_observation_link_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.place}: {self.observation}"


class PlaceFinding(models.Model):
    """A walk's finding that belongs to a place."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="finding_links")
    finding = models.ForeignKey(Finding, models.PROTECT, related_name="place_links")
    linked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    linked_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("platsens fynd")
        verbose_name_plural = _("platsens fynd")
        constraints = [
            models.UniqueConstraint(fields=["place", "finding"], name="places_finding_link_once")
        ]

    def __str__(self) -> str:
        return f"{self.place}: {self.finding}"


class PlacePhoto(models.Model):
    """A photo of a place, before something was done or after."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="photos")
    photo = models.OneToOneField(Photo, models.PROTECT, related_name="+")
    moment = models.CharField(_("när"), max_length=6, choices=choices(PHOTO_MOMENTS))
    caption = FreeCharField(_("bildtext"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("platsens foto")
        verbose_name_plural = _("platsens foton")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.place}: {self.photo}"
