"""Reading citizen promises: those who work see drafts, the public what was promised."""

from datetime import date

from django.db.models import QuerySet

from samhandling_web.agree.partnership import permissions
from samhandling_web.agree.partnership.models import CitizenPromise
from samhandling_web.agree.partnership.rules import PromiseStatus
from samhandling_web.base.accounts.permissions import Actor


def promises() -> QuerySet[CitizenPromise]:
    return CitizenPromise.objects.select_related("owner", "district__level", "agreement")


def promises_visible_to(actor: Actor) -> QuerySet[CitizenPromise]:
    """Return every promise the person may read, drafts too: all of them, or none."""
    return promises() if permissions.may_read(actor) else promises().none()


def promises_public() -> QuerySet[CitizenPromise]:
    """Return what has been promised to everyone. A draft is no promise."""
    return promises().exclude(status=PromiseStatus.DRAFT).order_by("-promised_to", "pk")


def promises_without_verdict(day: date) -> QuerySet[CitizenPromise]:
    """Return promises whose last day has passed without anybody saying how it went."""
    found = promises().filter(status=PromiseStatus.PROMISED, promised_to__lt=day)
    return found.order_by("promised_to", "pk")
