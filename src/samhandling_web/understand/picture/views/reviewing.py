"""Reviewing a picture: giving it back, registering its adoption, beginning the next version."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samhandling_web.base.common.errors import DomainError
from samhandling_web.base.common.http import UserRequest
from samhandling_web.understand.picture import periods, permissions, services
from samhandling_web.understand.picture.forms import AdoptForm, ReturnForm
from samhandling_web.understand.picture.rules import Kind
from samhandling_web.understand.picture.views.documents import found, reading_page


@login_required
@require_POST
def picture_return(request: UserRequest, pk: int) -> HttpResponse:
    picture = found(request, pk)
    permissions.check_may_register_adoption(request.user)
    form = ReturnForm(request.POST)
    if form.is_valid():
        try:
            services.picture_return(
                picture_id=pk, reason=form.cleaned_data["reason"], actor=request.user
            )
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Lägesbilden är återlämnad till den som skrivit den."))
            return redirect("picture:picture-list")
    return reading_page(request, picture, status=422, return_form=form)


@login_required
@require_POST
def picture_adopt(request: UserRequest, pk: int) -> HttpResponse:
    picture = found(request, pk)
    permissions.check_may_register_adoption(request.user)
    form = AdoptForm(request.POST)
    if form.is_valid():
        try:
            services.picture_adopt(picture_id=pk, actor=request.user, **form.cleaned_data)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Lägesbilden är antagen och kan inte längre ändras."))
            return redirect("picture:picture-detail", pk)
    return reading_page(request, picture, status=422, adopt_form=form)


@login_required
@require_POST
def picture_next(request: UserRequest, pk: int) -> HttpResponse:
    """Begin the next version, about the time since this one, with its texts as a start."""
    old = found(request, pk)
    period = periods.following(
        Kind(old.kind), (old.period_start, old.period_end), timezone.localdate()
    )
    new = services.picture_new_version(picture_id=pk, period=period, actor=request.user)
    if new.figures is None and new.status == "draft":
        services.picture_figures_order(picture_id=new.pk, actor=request.user)
    return redirect("picture:picture-detail", new.pk)
