"""People who sign in, the organisations they work for and the roles they hold there."""

from datetime import date
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from samhandling_web.base.accounts.rules import ORGANISATION_KINDS, ROLES
from samhandling_web.base.common.choices import choices


class PeopleManager(UserManager["User"]):
    """Makes users who sign in with their e-mail address."""

    def create_user(  # type: ignore[override]
        self, email: str, password: str | None = None, **fields: Any
    ) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractUser):
    """Somebody who signs in. Names are those of staff; nobody else is registered here."""

    username = None  # type: ignore[assignment]
    email = models.EmailField(_("e-postadress"), unique=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = PeopleManager()  # type: ignore[misc]

    class Meta:
        verbose_name = _("användare")
        verbose_name_plural = _("användare")

    def __str__(self) -> str:
        return self.get_full_name() or self.email

    @cached_property
    def memberships_today(self) -> "list[Membership]":
        """The person's roles, read once for as long as this object lives."""
        held = self.memberships.held_on(timezone.localdate())
        return list(held.select_related("organisation"))


class Organisation(models.Model):
    """A committee, company, authority or contractor that takes part in the work."""

    slug = models.SlugField(_("kortnamn"), unique=True)
    name = models.CharField(_("namn"), max_length=200)
    kind = models.CharField(_("slag"), max_length=30, choices=choices(ORGANISATION_KINDS))
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="parts",
        verbose_name=_("del av"),
    )

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisationer")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Memberships(models.Manager["Membership"]):
    """Roles, as they were held over time."""

    def held_on(self, day: date) -> "models.QuerySet[Membership]":
        """Those that are held on `day`; the last day is one of them."""
        ongoing = models.Q(valid_to__isnull=True) | models.Q(valid_to__gte=day)
        return self.filter(ongoing, valid_from__lte=day)


class Membership(models.Model):
    """A role that a person holds in an organisation from one day until another."""

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships")
    role = models.CharField(_("roll"), max_length=30, choices=choices(ROLES))
    valid_from = models.DateField(_("från och med"))
    valid_to = models.DateField(_("till och med"), null=True, blank=True)

    objects = Memberships()

    class Meta:
        verbose_name = _("roll i organisation")
        verbose_name_plural = _("roller i organisationer")
        ordering = ["organisation__name", "role"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation", "role", "valid_from"],
                name="accounts_membership_once",
            ),
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True)
                | models.Q(valid_to__gte=models.F("valid_from")),
                name="accounts_membership_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}, {self.organisation}"
