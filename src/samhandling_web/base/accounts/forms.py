"""Inviting people, giving them roles, and defining organisations."""

from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samhandling_web.base.accounts.models import Membership, Organisation, User
from samhandling_web.base.common.forms import DateInput
from samhandling_web.base.common.free_text import FreeLine


class UserForm(forms.ModelForm[User]):
    """A person's name and address. Whether the address is free is for the service to say."""

    class Meta:
        model = User
        fields: ClassVar[list[str]] = ["email", "first_name", "last_name"]

    def validate_unique(self) -> None:
        return


class ProfileForm(forms.ModelForm[User]):
    """One's own name."""

    class Meta:
        model = User
        fields: ClassVar[list[str]] = ["first_name", "last_name"]


class OrganisationForm(forms.ModelForm[Organisation]):
    """An organisation and what it is part of."""

    class Meta:
        model = Organisation
        fields: ClassVar[list[str]] = ["slug", "name", "kind", "parent"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["slug"].disabled = True


class MembershipForm(forms.ModelForm[Membership]):
    """A role in an organisation from one day until another."""

    class Meta:
        model = Membership
        fields: ClassVar[list[str]] = ["organisation", "role", "valid_from", "valid_to"]
        widgets: ClassVar[dict[str, type[forms.Widget]]] = {
            "valid_from": DateInput,
            "valid_to": DateInput,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["valid_from"].initial = timezone.localdate


class EndForm(forms.Form):
    """The last day of a role, and why it ends."""

    last_day = forms.DateField(label=_("Sista dag"), widget=DateInput, initial=timezone.localdate)
    reason = FreeLine(label=_("Varför"), required=False, max_length=300)


class ReasonForm(forms.Form):
    """Why an account is closed."""

    reason = FreeLine(label=_("Varför"), required=False, max_length=300)
