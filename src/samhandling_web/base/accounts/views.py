"""Pages where administrators let people in, give them roles and end them."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samhandling_web.base.accounts import permissions, selectors, services
from samhandling_web.base.accounts.forms import (
    EndForm,
    MembershipForm,
    OrganisationForm,
    ProfileForm,
    ReasonForm,
    UserForm,
)
from samhandling_web.base.accounts.models import Membership, Organisation, User
from samhandling_web.base.common.errors import DomainError
from samhandling_web.base.common.http import UserRequest

View = Callable[..., HttpResponse]


def administrators_only(view: View) -> View:
    """Answer only to people who administer accounts."""

    @login_required
    @wraps(view)
    def checked(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponse:
        permissions.check_may_administer_accounts(request.user)
        return view(request, *arguments, **named)

    return checked


def _site(request: HttpRequest) -> str:
    return request.build_absolute_uri("/").rstrip("/")


def _saved(form: forms.BaseForm, save: Callable[..., object], **known: Any) -> bool:
    """Let the service save what the form holds; its no becomes the form's own error."""
    if not form.is_valid():
        return False
    try:
        save(**known, **form.cleaned_data)
    except DomainError as exc:
        form.add_error(None, str(exc))
        return False
    return True


def _form_page(
    request: HttpRequest, form: forms.BaseForm, title: str, back: str, **more: Any
) -> HttpResponse:
    context = {"form": form, "title": title, "back": back, **more}
    status = 422 if form.errors else 200
    return render(request, "accounts/form.html", context, status=status)


@require_GET
@administrators_only
def user_list(request: UserRequest) -> HttpResponse:
    words = request.GET.get("q", "")
    users = selectors.users_found(words, timezone.localdate())
    page = Paginator(users, 50).get_page(request.GET.get("page"))
    return render(request, "accounts/user_list.html", {"page": page, "words": words})


@require_GET
@administrators_only
def user_detail(request: UserRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(User, pk=pk)
    context = {
        "person": person,
        "memberships": selectors.memberships_of(person),
        "today": timezone.localdate(),
    }
    return render(request, "accounts/user_detail.html", context)


@require_http_methods(["GET", "POST"])
@administrators_only
def user_new(request: UserRequest) -> HttpResponse:
    form = UserForm(request.POST or None)
    if _saved(form, services.user_invite, site=_site(request), actor=request.user):
        messages.success(request, _("Inbjudan är skickad. Ge personen en roll också."))
        person = User.objects.get(email__iexact=form.cleaned_data["email"])
        return redirect("accounts:user-detail", person.pk)
    return _form_page(request, form, _("Bjud in någon"), "accounts:user-list")


@require_http_methods(["GET", "POST"])
@administrators_only
def user_edit(request: UserRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(User, pk=pk)
    form = UserForm(request.POST or None, instance=person)
    if _saved(form, services.user_change, user_id=pk, actor=request.user):
        messages.success(request, _("Uppgifterna är sparade."))
        return redirect("accounts:user-detail", pk)
    return _form_page(request, form, _("Ändra uppgifter"), "accounts:user-list")


@require_http_methods(["GET", "POST"])
@administrators_only
def membership_new(request: UserRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(User, pk=pk)
    form = MembershipForm(request.POST or None)
    if _saved(form, services.membership_add, user_id=pk, actor=request.user):
        messages.success(request, _("Rollen är given."))
        return redirect("accounts:user-detail", pk)
    title = _("Ge {name} en roll").format(name=person)
    return _form_page(request, form, title, "accounts:user-list")


@require_http_methods(["GET", "POST"])
@administrators_only
def membership_end(request: UserRequest, pk: int) -> HttpResponse:
    membership = get_object_or_404(Membership.objects.select_related("user", "organisation"), pk=pk)
    form = EndForm(request.POST or None)
    known = {"membership_id": pk, "actor": request.user, "today": timezone.localdate()}
    if _saved(form, services.membership_end, **known):
        messages.success(request, _("Rollen är avslutad."))
        return redirect("accounts:user-detail", membership.user_id)
    return _form_page(
        request, form, _("Avsluta rollen"), "accounts:user-list", lead=str(membership)
    )


@require_POST
@administrators_only
def invitation_again(request: UserRequest, pk: int) -> HttpResponse:
    get_object_or_404(User, pk=pk)
    services.invitation_send(user_id=pk, site=_site(request), actor=request.user)
    messages.success(request, _("En ny länk är skickad."))
    return redirect("accounts:user-detail", pk)


@require_http_methods(["GET", "POST"])
@administrators_only
def user_deactivate(request: UserRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(User, pk=pk)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    known = {"user_id": pk, "actor": request.user, "today": timezone.localdate()}
    if _saved(form, services.user_deactivate, **known):
        messages.success(request, _("Kontot är avaktiverat."))
        return redirect("accounts:user-detail", pk)
    lead = _("{name} loggas ut och rollerna avslutas i dag.").format(name=person)
    return _form_page(
        request, form, _("Avaktivera kontot"), "accounts:user-list", lead=lead, danger=True
    )


@require_POST
@administrators_only
def user_activate(request: UserRequest, pk: int) -> HttpResponse:
    get_object_or_404(User, pk=pk)
    services.user_activate(user_id=pk, actor=request.user)
    messages.success(request, _("Kontot är aktiverat. Ge personen en roll också."))
    return redirect("accounts:user-detail", pk)


@require_GET
@administrators_only
def organisation_list(request: UserRequest) -> HttpResponse:
    tree = selectors.organisation_tree()
    context = {"organisations": [("– " * depth, row) for depth, row in tree]}
    return render(request, "accounts/organisation_list.html", context)


@require_http_methods(["GET", "POST"])
@administrators_only
def organisation_new(request: UserRequest) -> HttpResponse:
    return _organisation_form(request, None, _("Ny organisation"))


@require_http_methods(["GET", "POST"])
@administrators_only
def organisation_edit(request: UserRequest, slug: str) -> HttpResponse:
    organisation = get_object_or_404(Organisation, slug=slug)
    return _organisation_form(request, organisation, _("Ändra organisationen"))


def _organisation_form(
    request: UserRequest, organisation: Organisation | None, title: str
) -> HttpResponse:
    form = OrganisationForm(request.POST or None, instance=organisation)
    if _saved(form, services.organisation_set, actor=request.user):
        messages.success(request, _("Organisationen är sparad."))
        return redirect("accounts:organisation-list")
    return _form_page(request, form, title, "accounts:organisation-list")


@login_required
@require_http_methods(["GET", "POST"])
def profile(request: UserRequest) -> HttpResponse:
    form = ProfileForm(request.POST or None, instance=request.user)
    if _saved(form, services.profile_change, actor=request.user):
        messages.success(request, _("Ditt namn är sparat."))
        return redirect("accounts:profile")
    context = {"form": form, "memberships": selectors.memberships_of(request.user)}
    status = 422 if form.errors else 200
    return render(request, "accounts/profile.html", context, status=status)
