"""Reminders by mail: what has become pressing since last time, told once, on working days."""

from datetime import date

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from samhandling_web.base.accounts.models import User
from samhandling_web.base.common.inbox import Urgency, inbox_of
from samhandling_web.base.common.working_days import is_working_day
from samhandling_web.faces.pages.models import ReminderSent

TOLD = {Urgency.OVERDUE, Urgency.SOON}


def reminders_send(*, today: date) -> int:
    """Mail everybody what has become pressing and was not told before; return how many letters.

    Nothing is sent on Saturdays, Sundays and holidays: it waits for the next working day.
    """
    if not is_working_day(today):
        return 0
    return sum(_remind(user, today) for user in User.objects.filter(is_active=True).order_by("pk"))


@transaction.atomic
def _remind(user: User, today: date) -> bool:
    """Send one person's letter, unless there is nothing new in it."""
    User.objects.select_for_update().get(pk=user.pk)
    told = set(
        ReminderSent.objects.filter(user=user).values_list("code", "key", "urgency", "due_on")
    )
    news = [
        (item, urgency, due_on)
        for item in inbox_of(user, today)
        if (due_on := item.due_on) is not None
        and (urgency := item.urgency(today)) in TOLD
        and (item.code, item.key, str(urgency), due_on) not in told
    ]
    if not news:
        return False
    ReminderSent.objects.bulk_create(
        ReminderSent(
            user=user,
            code=item.code,
            key=item.key,
            urgency=urgency,
            due_on=due_on,
            sent_on=today,
        )
        for item, urgency, due_on in news
    )
    # Mailed inside the transaction: a letter that could not be sent is tried again tomorrow.
    _mail(user, [urgency for _item, urgency, _due_on in news])
    return True


def _mail(user: User, urgencies: list[Urgency]) -> None:
    """Mail carries as little as it can: how many things, and where they are."""
    with translation.override(settings.LANGUAGE_CODE):
        context = {
            "user": user,
            "overdue": urgencies.count(Urgency.OVERDUE),
            "soon": urgencies.count(Urgency.SOON),
            "link": settings.SITE_ADDRESS.rstrip("/") + reverse("pages:inbox"),
        }
        text = render_to_string("pages/reminder.txt", context)
        send_mail(_("Det väntar något på dig i Samhandling"), text, None, [user.email])
