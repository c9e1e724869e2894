"""Letting people in, and out again."""

import logging
from datetime import date

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from samhandling_web.base.accounts import permissions, rules
from samhandling_web.base.accounts.models import User
from samhandling_web.base.accounts.recording import record
from samhandling_web.base.accounts.services.memberships import (
    administrators_lock,
    check_somebody_left,
)

logger = logging.getLogger(__name__)


@transaction.atomic
def user_invite(
    *, email: str, first_name: str, last_name: str, site: str, actor: User | None
) -> User:
    """Open an account for somebody and send a link where they choose a password.

    `site` is the platform's address, without a slash at its end. Until a password is chosen
    nobody can sign in with one.

    Raises
    ------
    EmailTaken
        If the address has an account already.
    """
    permissions.check_may_change_accounts(actor)
    _check_free(email)
    user = User.objects.create_user(email, first_name=first_name, last_name=last_name)
    record(actor=actor, kind="accounts.user.invited", target=user, after={"email": user.email})
    _send_link(user, site)
    return user


@transaction.atomic
def invitation_send(*, user_id: int, site: str, actor: User | None) -> User:
    """Send the link again, to somebody who lost it or let it grow old.

    Raises
    ------
    NotActive
        If the account is closed.
    """
    permissions.check_may_change_accounts(actor)
    user = User.objects.select_for_update().get(pk=user_id)
    if not user.is_active:
        raise rules.NotActive(name=user)
    record(actor=actor, kind="accounts.user.invited_again", target=user)
    _send_link(user, site)
    return user


def _send_link(user: User, site: str) -> None:
    """Mail a link that works once and for as long as a forgotten password's does."""
    key = default_token_generator.make_token(user)
    words = {"uidb36": user_pk_to_url_str(user), "key": key}
    context = {
        "user": user,
        "link": site + reverse("account_reset_password_from_key", kwargs=words),
        "days": settings.PASSWORD_RESET_TIMEOUT // 86_400,
    }
    text = render_to_string("accounts/invitation.txt", context)
    subject = _("Ditt konto i Samhandling")
    transaction.on_commit(lambda: _send(subject, text, user))


def _send(subject: str, text: str, user: User) -> None:
    """Send a letter about what is already stored: if it cannot be sent, say what to do."""
    try:
        send_mail(subject, text, None, [user.email])
    except OSError as error:  # smtplib's errors are among them.
        logger.exception("The letter to user %s could not be sent", user.pk)
        raise rules.LetterNotSent(email=user.email) from error


@transaction.atomic
def user_change(
    *, user_id: int, email: str, first_name: str, last_name: str, actor: User | None
) -> User:
    """Correct somebody's name or address.

    Raises
    ------
    EmailTaken
        If the address has another account.
    """
    permissions.check_may_change_accounts(actor)
    return _change(user_id, actor, email=email.lower(), first_name=first_name, last_name=last_name)


@transaction.atomic
def profile_change(*, first_name: str, last_name: str, actor: User) -> User:
    """Correct one's own name."""
    permissions.check_is_person(actor)
    return _change(actor.pk, actor, first_name=first_name, last_name=last_name)


def _change(user_id: int, actor: User | None, **fields: str) -> User:
    user = User.objects.select_for_update().get(pk=user_id)
    _check_free(fields.get("email", user.email), user)
    changed = {name: value for name, value in fields.items() if getattr(user, name) != value}
    before = {name: getattr(user, name) for name in changed}
    if changed:
        for name, value in changed.items():
            setattr(user, name, value)
        user.save(update_fields=list(changed))
        record(actor=actor, kind="accounts.user.changed", target=user, before=before, after=changed)
    return user


def _check_free(email: str, owner: User | None = None) -> None:
    others = User.objects.filter(email__iexact=email)
    if owner is not None:
        others = others.exclude(pk=owner.pk)
    if others.exists():
        raise rules.EmailTaken(email=email)


@transaction.atomic
def user_deactivate(*, user_id: int, actor: User | None, today: date, reason: str = "") -> User:
    """Close an account: the person is signed out everywhere and roles held now end today.

    Raises
    ------
    NotYourself, LastAdministrator
        If it is the actor's own, or nobody would be left to let people in.
    """
    permissions.check_may_change_accounts(actor)
    administrators_lock()
    user = User.objects.select_for_update().get(pk=user_id)
    if actor is not None and user.pk == actor.pk:
        raise rules.NotYourself
    if not user.is_active:
        return user
    user.is_active = False
    user.save(update_fields=["is_active"])
    check_somebody_left(user, today)
    going_on = Q(valid_to__isnull=True) | Q(valid_to__gt=today)
    ended = user.memberships.filter(going_on, valid_from__lte=today).update(valid_to=today)
    after = {"is_active": False, "roles_ended": ended}
    record(actor=actor, kind="accounts.user.deactivated", target=user, after=after, reason=reason)
    return user


@transaction.atomic
def user_activate(*, user_id: int, actor: User | None) -> User:
    """Open a closed account again; roles are given anew."""
    permissions.check_may_change_accounts(actor)
    user = User.objects.select_for_update().get(pk=user_id)
    if not user.is_active:
        user.is_active = True
        user.save(update_fields=["is_active"])
        record(actor=actor, kind="accounts.user.activated", target=user, after={"is_active": True})
    return user
