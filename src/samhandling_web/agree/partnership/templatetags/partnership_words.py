"""States of agreements, promises, meetings and items as colour, icon and word together."""

from typing import Any

from django import template

from samhandling_web.agree.partnership.rules import (
    AGREEMENT_STATUSES,
    ITEM_STATUSES,
    MEETING_STATUSES,
    PROMISE_STATUSES,
    AgreementStatus,
    ItemStatus,
    MeetingStatus,
    PromiseStatus,
)
from samhandling_web.agree.partnership.validity import COVERS, Cover
from samhandling_web.base.common.templatetags.content_tags import status_tag as tag

register = template.Library()
TAG = "common/components/status_tag.html"

COVER_TONES = {Cover.MISSING: "danger", Cover.EXPIRING: "warning", Cover.VALID: "success"}
AGREEMENT_TONES = {AgreementStatus.SIGNED: "success"}
PROMISE_TONES = {
    PromiseStatus.PROMISED: "info",
    PromiseStatus.KEPT: "success",
    PromiseStatus.PARTLY: "warning",
    PromiseStatus.BROKEN: "danger",
}
MEETING_TONES = {
    MeetingStatus.CALLED: "info",
    MeetingStatus.HELD: "warning",
    MeetingStatus.CLOSED: "success",
}
ITEM_TONES = {
    ItemStatus.OPEN: "warning",
    ItemStatus.DECIDED: "info",
    ItemStatus.DONE: "success",
    ItemStatus.DROPPED: "danger",
}


@register.inclusion_tag(TAG)
def cover_tag(cover: str) -> dict[str, Any]:
    """Say whether an area has an agreement in force."""
    return tag(COVER_TONES[Cover(cover)], str(COVERS[Cover(cover)]))


@register.inclusion_tag(TAG)
def agreement_tag(status: str) -> dict[str, Any]:
    """Say where an agreement stands."""
    known = AgreementStatus(status)
    return tag(AGREEMENT_TONES.get(known, "neutral"), str(AGREEMENT_STATUSES[known]))


@register.inclusion_tag(TAG)
def promise_tag(status: str) -> dict[str, Any]:
    """Say what became of a promise."""
    known = PromiseStatus(status)
    return tag(PROMISE_TONES.get(known, "neutral"), str(PROMISE_STATUSES[known]))


@register.inclusion_tag(TAG)
def meeting_tag(status: str) -> dict[str, Any]:
    """Say where a meeting stands."""
    known = MeetingStatus(status)
    return tag(MEETING_TONES.get(known, "neutral"), str(MEETING_STATUSES[known]))


@register.inclusion_tag(TAG)
def item_tag(status: str) -> dict[str, Any]:
    """Say where an item stands."""
    known = ItemStatus(status)
    return tag(ITEM_TONES.get(known, "neutral"), str(ITEM_STATUSES[known]))
