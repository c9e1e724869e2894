"""Every write to people, organisations and roles. `actor` is None for the system's own work."""

from samhandling_web.base.accounts.services.memberships import membership_add, membership_end
from samhandling_web.base.accounts.services.organisations import organisation_set
from samhandling_web.base.accounts.services.people import (
    invitation_send,
    profile_change,
    user_activate,
    user_change,
    user_deactivate,
    user_invite,
)

__all__ = [
    "invitation_send",
    "membership_add",
    "membership_end",
    "organisation_set",
    "profile_change",
    "user_activate",
    "user_change",
    "user_deactivate",
    "user_invite",
]
