"""Meetings, who came, and what each item of the agenda led to."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from samhandling_web.agree.partnership.models.councils import Council
from samhandling_web.agree.partnership.models.priorities import Priority
from samhandling_web.agree.partnership.rules import ITEM_STATUSES, MEETING_STATUSES
from samhandling_web.base.accounts.models import Organisation
from samhandling_web.base.common.choices import choices
from samhandling_web.base.common.free_text import FreeCharField, FreeTextField
from samhandling_web.understand.places.models import Problem


class Meeting(models.Model):
    """One meeting of a group."""

    council = models.ForeignKey(Council, models.PROTECT, related_name="meetings")
    starts_at = models.DateTimeField(_("börjar"))
    ends_at = models.DateTimeField(_("slutar"))
    where = FreeCharField(_("var"), max_length=200, blank=True)
    status = models.CharField(
        _("läge"), max_length=10, choices=choices(MEETING_STATUSES), default="planned"
    )
    uid = models.UUIDField(_("kalenderns märke"), default=uuid.uuid4, unique=True)
    revision = models.PositiveSmallIntegerField(_("kalenderns version"), default=0)
    closed_on = models.DateField(_("avslutat"), null=True, blank=True)
    minutes = models.JSONField(_("minnesanteckningar, frysta när det avslutades"), null=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("möte")
        verbose_name_plural = _("möten")
        ordering = ["-starts_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gte=models.F("starts_at")),
                name="partnership_meeting_runs_forwards",
            ),
            models.CheckConstraint(
                condition=~models.Q(status="closed") | models.Q(closed_on__isnull=False),
                name="partnership_meeting_closed_on",
            ),
            models.CheckConstraint(
                condition=~models.Q(status="closed") | models.Q(minutes__isnull=False),
                name="partnership_meeting_closed_with_minutes",
            ),
        ]
        indexes = [models.Index(fields=["status", "starts_at"])]

    def __str__(self) -> str:
        return f"{self.council}, {self.starts_at:%Y-%m-%d}"


class Attendance(models.Model):
    """How many came from an organisation, and in which position."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendance")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    position = FreeCharField(_("befattning"), max_length=120, blank=True)
    count = models.PositiveSmallIntegerField(_("antal"), default=1)

    class Meta:
        verbose_name = _("närvaro")
        verbose_name_plural = _("närvaro")
        ordering = ["organisation__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "organisation"], name="partnership_attendance_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.count}"


class AgendaItem(models.Model):
    """One item of a meeting: what it is about and what it led to.

    `source` names what brought it up, as a kind and a key (`walks.finding:12`), so that the same
    thing is not brought up twice and its page can be found.
    """

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="items")
    number = models.PositiveSmallIntegerField(_("nummer"))
    title = FreeCharField(_("vad gäller det"), max_length=200)
    source = models.CharField(_("kommer från"), max_length=80, blank=True)
    problem = models.ForeignKey(
        Problem,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="agenda_items",
        verbose_name=_("problem"),
    )
    priority = models.ForeignKey(
        Priority,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="agenda_items",
        verbose_name=_("prioritering"),
    )
    notes = FreeTextField(_("vad som sades"), blank=True)
    decision = FreeTextField(_("beslut"), blank=True)
    owner = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="agenda_items",
        verbose_name=_("ansvarig"),
    )
    deadline = models.DateField(_("klart senast"), null=True, blank=True)
    no_action_because = FreeTextField(_("ingen åtgärd, därför att"), blank=True)
    status = models.CharField(
        _("läge"), max_length=10, choices=choices(ITEM_STATUSES), default="open"
    )
    result = FreeTextField(_("hur det gick"), blank=True)
    ended_on = models.DateField(_("klart"), null=True, blank=True)

    class Meta:
        verbose_name = _("mötespunkt")
        verbose_name_plural = _("mötespunkter")
        ordering = ["meeting", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "number"], name="partnership_item_number_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(status="decided")
                | (models.Q(owner__isnull=False, deadline__isnull=False) & ~models.Q(decision="")),
                name="partnership_item_decided_whole",
            ),
            models.CheckConstraint(
                condition=~models.Q(status="no_action") | ~models.Q(no_action_because=""),
                name="partnership_item_no_action_because",
            ),
            models.CheckConstraint(
                condition=~models.Q(status__in=["done", "dropped"])
                | (models.Q(ended_on__isnull=False) & ~models.Q(result="")),
                name="partnership_item_ended_with_result",
            ),
        ]
        indexes = [models.Index(fields=["owner", "status", "deadline"])]

    def __str__(self) -> str:
        return self.title
