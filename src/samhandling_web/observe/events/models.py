"""Events as published, revision by revision, and where the words of an event place it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from samhandling_web.base.common.choices import choices
from samhandling_web.observe.events.rules import (
    PLACEMENT_METHODS,
    POINT_PRECISIONS,
    POSITION_PRECISIONS,
    TIME_PRECISIONS,
)
from samhandling_web.observe.imports.models import Batch


class Category(models.Model):
    """A kind of event as its source names it, in a tree with harm weights."""

    slug = models.CharField(_("kortnamn"), max_length=120, unique=True)
    label = models.CharField(_("namn"), max_length=200)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="parts",
        verbose_name=_("del av"),
    )
    harm_weight = models.FloatField(_("skadevikt"), null=True, blank=True)

    class Meta:
        verbose_name = _("händelsetyp")
        verbose_name_plural = _("händelsetyper")
        ordering = ["label"]

    def __str__(self) -> str:
        return self.label


class EventRevision(models.Model):
    """What one batch says about one event. Current is the newest applied batch's revision."""

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="+", verbose_name=_("import"))
    source = models.CharField(_("källa"), max_length=80)
    external_id = models.CharField(_("källans nummer"), max_length=200)
    content_hash = models.CharField(max_length=32)
    row_number = models.PositiveIntegerField(_("rad i filen"))
    category = models.CharField(_("händelsetyp"), max_length=120)
    category_label = models.CharField(_("händelsetyp enligt källan"), max_length=200)
    start = models.DateTimeField(_("från"), null=True)
    end = models.DateTimeField(_("till"), null=True)
    time_precision = models.CharField(
        _("tidens noggrannhet"), max_length=12, choices=choices(TIME_PRECISIONS)
    )
    lon = models.FloatField(_("longitud"), null=True)
    lat = models.FloatField(_("latitud"), null=True)
    position_precision = models.CharField(
        _("lägets noggrannhet"), max_length=16, choices=choices(POSITION_PRECISIONS)
    )
    municipality_code = models.CharField(_("kommunkod"), max_length=10, blank=True)
    area_level = models.CharField(_("områdesnivå"), max_length=50, blank=True)
    area_code = models.CharField(_("områdeskod"), max_length=60, blank=True)
    count = models.PositiveIntegerField(_("antal"), default=1)
    registered = models.DateTimeField(_("registrerad"), null=True)
    title = models.TextField(_("rubrik"), blank=True)
    text = models.TextField(_("text"), blank=True)
    url = models.TextField(_("adress"), blank=True)
    extra = models.JSONField(_("övrigt"), default=dict)

    class Meta:
        verbose_name = _("händelse")
        verbose_name_plural = _("händelser")
        indexes = [models.Index(fields=["start"])]
        constraints = [
            # Also the index that finds and streams the current revision of every event.
            models.UniqueConstraint(
                fields=["source", "external_id", "batch"], name="events_revision_once_a_batch"
            ),
            models.CheckConstraint(
                condition=models.Q(lon__isnull=True, lat__isnull=True)
                | models.Q(
                    lon__isnull=False,
                    lat__isnull=False,
                    position_precision__in=sorted(POINT_PRECISIONS),
                ),
                name="events_revision_point_only_where_precise",
            ),
            models.CheckConstraint(
                condition=models.Q(start__isnull=True)
                | models.Q(end__isnull=True)
                | models.Q(end__gte=models.F("start")),
                name="events_revision_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.title or f"{self.category_label} {self.external_id}"


class Placement(models.Model):
    """Where an event is placed by its own words. The newest counts, and a person's before all.

    An empty `area_code` means that the text does not tell.
    """

    source = models.CharField(_("källa"), max_length=80)
    external_id = models.CharField(_("källans nummer"), max_length=200)
    content_hash = models.CharField(
        max_length=32, blank=True, help_text=_("Den lydelse som placeringen gäller.")
    )
    area_level = models.CharField(_("områdesnivå"), max_length=50, blank=True)
    area_code = models.CharField(_("områdeskod"), max_length=60, blank=True)
    confidence = models.FloatField(_("säkerhet"))
    method = models.CharField(_("hur"), max_length=12, choices=choices(PLACEMENT_METHODS))
    method_version = models.CharField(_("version"), max_length=40, blank=True)
    evidence = models.JSONField(_("belägg"), default=list)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name=_("av")
    )
    at = models.DateTimeField(_("när"))

    class Meta:
        verbose_name = _("placering")
        verbose_name_plural = _("placeringar")
        ordering = ["pk"]
        indexes = [models.Index(fields=["source", "external_id"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(confidence__gte=0, confidence__lte=1),
                name="events_placement_confidence_in_range",
            ),
            models.CheckConstraint(
                condition=~models.Q(method="person") | models.Q(actor__isnull=False),
                name="events_placement_person_named",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.external_id}: {self.area_level} {self.area_code}"
