"""A safety walk: route, who is asked by role, who came as counts."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from samhandling_web.base.accounts.models import Organisation
from samhandling_web.base.areas.models import Area
from samhandling_web.base.common.choices import choices
from samhandling_web.base.common.free_text import FreeCharField, FreeTextField
from samhandling_web.observe.walks.rules import AGE_BANDS, LIGHTS, SEXES, STATUSES


class Walk(models.Model):
    """A safety walk from its plan to its last answer."""

    title = FreeCharField(_("rubrik"), max_length=200)
    district = models.ForeignKey(
        Area, models.PROTECT, null=True, related_name="+", verbose_name=_("stadsdelsområde")
    )
    organiser = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("arrangör")
    )
    purpose = FreeTextField(_("varför just här"), blank=True)
    route = models.JSONField(_("väg (GeoJSON, WGS84)"), null=True, blank=True)
    meeting_point = FreeCharField(_("samlingsplats"), max_length=200, blank=True)
    planned_at = models.DateTimeField(_("planerad tid"))
    walked_at = models.DateTimeField(_("gick"), null=True, blank=True)
    light = models.CharField(_("ljus"), max_length=8, choices=choices(LIGHTS), blank=True)
    feedback_on = models.DateField(_("återkopplingsmöte"), null=True, blank=True)
    notice = FreeTextField(_("besked till deltagarna"), blank=True)
    notified_on = models.DateField(_("besked lämnat"), null=True, blank=True)
    notice_key = models.UUIDField(_("beskedets adress"), default=uuid.uuid4, unique=True)
    previous = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="repeats",
        verbose_name=_("upprepar"),
    )
    status = models.CharField(
        _("läge"), max_length=10, choices=choices(STATUSES), default="planned"
    )
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("skapad"), auto_now_add=True)

    class Meta:
        verbose_name = _("trygghetsvandring")
        verbose_name_plural = _("trygghetsvandringar")
        ordering = ["-planned_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status__in=["planned", "cancelled"])
                | models.Q(walked_at__isnull=False),
                name="walks_walk_was_walked",
            ),
            models.CheckConstraint(
                condition=~models.Q(status__in=["fed_back", "closed"])
                | models.Q(feedback_on__isnull=False),
                name="walks_walk_was_fed_back",
            ),
        ]
        indexes = [models.Index(fields=["district", "planned_at"])]

    def __str__(self) -> str:
        return self.title


class Invitation(models.Model):
    """Who is asked to come: a role, never a name."""

    walk = models.ForeignKey(Walk, models.CASCADE, related_name="invitations")
    role = FreeCharField(_("roll"), max_length=120)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, verbose_name=_("organisation")
    )
    invited = models.PositiveSmallIntegerField(_("inbjudna"), default=1)

    class Meta:
        verbose_name = _("inbjudan till vandring")
        verbose_name_plural = _("inbjudningar till vandringar")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.role


class Participants(models.Model):
    """How many came, by sex and age."""

    walk = models.ForeignKey(Walk, models.CASCADE, related_name="participants")
    sex = models.CharField(_("kön"), max_length=6, choices=choices(SEXES))
    age_band = models.CharField(_("ålder"), max_length=6, choices=choices(AGE_BANDS))
    count = models.PositiveSmallIntegerField(_("antal"))

    class Meta:
        verbose_name = _("deltagare i vandring")
        verbose_name_plural = _("deltagare i vandringar")
        ordering = ["sex", "age_band"]
        constraints = [
            models.UniqueConstraint(
                fields=["walk", "sex", "age_band"], name="walks_participants_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_sex_display()}, {self.get_age_band_display()}: {self.count}"
