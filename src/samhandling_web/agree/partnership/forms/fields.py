"""Fields that the room's forms share: areas by their names, organisations that one writes for."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samhandling_web.agree.partnership import permissions
from samhandling_web.base.accounts.models import Organisation, User
from samhandling_web.base.accounts.permissions import organisations_today
from samhandling_web.base.areas import selectors as areas
from samhandling_web.base.areas.models import Area, AreaVersion

if TYPE_CHECKING:
    OneOrganisation = forms.ModelChoiceField[Organisation]
else:
    OneOrganisation = forms.ModelChoiceField


class AreaField(forms.TypedChoiceField):
    """An area of one level, by the name it bears today."""

    def __init__(self, **options: Any) -> None:
        super().__init__(coerce=_area, empty_value=None, required=False, **options)

    def offer(self, level: str | None, day: date, also: Area | None, empty: object) -> None:
        """Offer the level's areas on `day`, and the one chosen before though it is gone."""
        rows = named_areas(level, day) if level else []
        if also is not None and also.pk not in {key for key, _name in rows}:
            latest = AreaVersion.objects.filter(area=also).order_by("-valid_from").first()
            rows.append((also.pk, latest.name if latest else also.code))
        self.choices = [("", empty), *rows]

    def prepare_value(self, value: Any) -> Any:
        return value.pk if isinstance(value, Area) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


def _area(key: str) -> Area:
    return Area.objects.get(pk=key)


def named_areas(level: str, day: date) -> list[tuple[int, str]]:
    versions = areas.areas_on(level, day).order_by("name")
    return list(versions.values_list("area_id", "name"))


def offer_districts(field: forms.Field, also: Area | None = None) -> None:
    level = areas.district_level()
    assert isinstance(field, AreaField)
    field.offer(level.slug if level else None, timezone.localdate(), also, _("hela kommunen"))


def offer_police_areas(field: forms.Field, also: Area | None = None) -> None:
    assert isinstance(field, AreaField)
    field.offer(settings.POLICE_LEVEL, timezone.localdate(), also, _("alla i området"))


class OrganisationField(OneOrganisation):
    """One of the organisations."""

    def __init__(self, **options: Any) -> None:
        options = {"empty_label": _("välj organisation")} | options
        super().__init__(Organisation.objects.order_by("name"), **options)


def offer_own(field: forms.Field, actor: User) -> None:
    """Let the field offer the organisations that the person writes for."""
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = permissions.organisations_written_for(actor)


def likely_owner(actor: User) -> Organisation | None:
    """Return the organisation that the person most likely writes for: one where she works."""
    own = permissions.organisations_written_for(actor)
    return own.filter(pk__in=organisations_today(actor)).first()
