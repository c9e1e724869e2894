"""Making and revoking the keys by which calendars fetch meetings."""

from django.db import transaction
from django.utils import timezone

from samhandling_web.agree.partnership import permissions
from samhandling_web.agree.partnership.models import CalendarKey
from samhandling_web.agree.partnership.rules import CalendarScope
from samhandling_web.base.accounts.models import User
from samhandling_web.base.audit import services as audit


@transaction.atomic
def calendar_key_make(*, scope: CalendarScope, actor: User) -> CalendarKey:
    """Give the person a new address for the calendar; the one before stops working."""
    permissions.check_may_read(actor)
    _revoke(actor)
    key = CalendarKey.objects.create(user=actor, scope=scope)
    audit.record(
        actor=actor, kind="partnership.calendar.key_made", target=key, after={"scope": scope}
    )
    return key


@transaction.atomic
def calendar_key_revoke(*, actor: User) -> None:
    """Let the person's address stop working."""
    permissions.check_may_read(actor)
    _revoke(actor)


def _revoke(actor: User) -> None:
    in_force = CalendarKey.objects.select_for_update().filter(user=actor, revoked_at=None)
    for key in in_force:
        key.revoked_at = timezone.now()
        key.save(update_fields=["revoked_at"])
        audit.record(actor=actor, kind="partnership.calendar.key_revoked", target=key)
