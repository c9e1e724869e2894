"""The content of a meeting's minutes: frozen when it is closed, and so always the same."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone, translation

from samhandling import __version__
from samhandling_web.agree.partnership.models import AgendaItem, Meeting
from samhandling_web.agree.partnership.rules import COUNCIL_KINDS, CouncilKind, ItemStatus
from samhandling_web.agree.partnership.selectors.councils import attendance_of
from samhandling_web.agree.partnership.selectors.items import items_of

LANGUAGE = "sv"


def minutes_of(meeting: Meeting, now: datetime) -> dict[str, Any]:
    """Return what the minutes say of a meeting, as it stands now."""
    with translation.override(LANGUAGE):
        council = meeting.council
        return {
            "council": council.name,
            "kind": str(COUNCIL_KINDS[CouncilKind(council.kind)]),
            "led_by": council.organisation.name,
            "starts_at": timezone.localtime(meeting.starts_at).isoformat(timespec="minutes"),
            "ends_at": timezone.localtime(meeting.ends_at).isoformat(timespec="minutes"),
            "where": meeting.where,
            "attendance": [
                {
                    "organisation": row.organisation.name,
                    "position": row.position,
                    "count": row.count,
                }
                for row in attendance_of(meeting)
            ],
            "items": [_item(item) for item in items_of(meeting)],
            "made_at": timezone.localtime(now).isoformat(timespec="seconds"),
            "code_version": __version__,
        }


def _item(item: AgendaItem) -> dict[str, Any]:
    """An item as it was decided; what came of it later is no part of the minutes."""
    without = item.status in {ItemStatus.OPEN, ItemStatus.NO_ACTION}
    return {
        "number": item.number,
        "title": item.title,
        "problem": item.problem.title if item.problem else "",
        "priority": item.priority.title if item.priority else "",
        "notes": item.notes,
        "decision": item.decision,
        "owner": "" if without or item.owner is None else item.owner.name,
        "deadline": None if without or item.deadline is None else item.deadline.isoformat(),
        "no_action_because": item.no_action_because,
        "is_decided": item.status != ItemStatus.OPEN,
    }


def checksum(minutes: Mapping[str, Any]) -> str:
    """Return the SHA-256 of the minutes' content."""
    text = json.dumps(minutes, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
