"""Letting an organisation without an account answer one finding, by a link that is mailed."""

import secrets

from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from samhandling_web.base.accounts.models import Organisation, User
from samhandling_web.base.audit import services as audit
from samhandling_web.observe.walks import permissions, rules
from samhandling_web.observe.walks.models import Finding, FindingLink
from samhandling_web.observe.walks.rules import FindingStatus, Status
from samhandling_web.observe.walks.selectors.links import key_hash
from samhandling_web.observe.walks.services.answers import finding_assign

LANGUAGE = "sv"
KEY_BYTES = 32


@transaction.atomic
def link_send(
    *, finding_id: int, organisation: Organisation, email: str, site: str, actor: User
) -> FindingLink:
    """Mail a link by which the organisation answers the finding. Of its key the hash is kept.

    A finding that nobody owns becomes the organisation's. `site` is the platform's address,
    without a slash at its end.

    Raises
    ------
    NotAllowed, NotYetWalked, LinkForAnother, AnsweredAlready
        If the actor does not lead the walk, it is not over, another organisation owns the
        finding, or there is nothing left to answer.
    """
    finding = Finding.objects.select_for_update().get(pk=finding_id)
    permissions.check_may_lead(actor, finding.walk)
    rules.check_answering(Status(finding.walk.status))
    current = FindingStatus(finding.status)
    if not rules.LINK_ANSWERS[current]:
        raise rules.AnsweredAlready(current=rules.FINDING_STATUSES[current])
    if finding.owner is None:
        finding = finding_assign(finding_id=finding_id, owner=organisation, actor=actor)
    if finding.owner != organisation:
        raise rules.LinkForAnother(owner=finding.owner)
    key = secrets.token_urlsafe(KEY_BYTES)
    link = FindingLink.objects.create(
        finding=finding,
        organisation=organisation,
        email=email,
        key_hash=key_hash(key),
        sent_by=actor,
        expires_at=timezone.now() + rules.LINK_LASTS,
    )
    # The address is the organisation's; the log does not need it.
    audit.record(
        actor=actor,
        kind="walks.link.sent",
        target=finding,
        after={"link": link.pk, "organisation": organisation.pk, "expires_at": link.expires_at},
    )
    _mail(link, key, site)
    return link


@transaction.atomic
def link_withdraw(*, link_id: int, actor: User) -> FindingLink:
    """Let a link open nothing from now on; what was answered through it stays.

    Raises
    ------
    NotAllowed
        If the actor does not lead the walk.
    """
    link = FindingLink.objects.select_for_update().get(pk=link_id)
    permissions.check_may_lead(actor, link.finding.walk)
    if link.withdrawn_at is None:
        link.withdrawn_at = timezone.now()
        link.save(update_fields=["withdrawn_at"])
        audit.record(
            actor=actor, kind="walks.link.withdrawn", target=link.finding, after={"link": link.pk}
        )
    return link


def _mail(link: FindingLink, key: str, site: str) -> None:
    """Say as little as is needed: what was found is behind the link, not in the letter."""
    context = {
        "link": link,
        "address": site + reverse("walks:link-page", args=[key]),
        "organiser": link.finding.walk.organiser,
        "last_day": timezone.localdate(link.expires_at),
    }
    with translation.override(LANGUAGE):
        text = render_to_string("walks/link_mail.txt", context)
        subject = _("Ett fynd på en trygghetsvandring väntar på ert svar")
    # An answer to the letter goes to whoever asked.
    letter = EmailMessage(subject, text, None, [link.email], reply_to=[link.sent_by.email])
    transaction.on_commit(letter.send)
