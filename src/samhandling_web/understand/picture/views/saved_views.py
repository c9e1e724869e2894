"""Keeping a question under a name, and changing or removing what is kept."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samhandling_web.base.common.errors import DomainError
from samhandling_web.base.common.http import UserRequest
from samhandling_web.understand.picture import permissions
from samhandling_web.understand.picture.explore import saving
from samhandling_web.understand.picture.explore.page import asked


@login_required
@require_POST
def saved_view_save(request: UserRequest) -> HttpResponse:
    permissions.check_may_explore(request.user)
    given = QueryDict(request.POST.get("urval", ""))
    query = asked(dict(given.lists()), request.user).question.as_query()
    try:
        view = saving.saved_view_save(
            name=request.POST.get("namn", ""),
            query=query,
            shared_with=saving.organisation_numbered(request.POST.get("delad_med", "")),
            actor=request.user,
        )
        messages.success(request, _("Vyn {name} är sparad.").format(name=view.name))
    except DomainError as error:
        messages.error(request, str(error))
    return redirect(f"{reverse('picture:explore')}?{query}")


@login_required
@require_http_methods(["GET", "POST"])
def saved_view_rename(request: UserRequest, pk: int) -> HttpResponse:
    permissions.check_may_explore(request.user)
    view = get_object_or_404(saving.views_of(request.user), pk=pk)
    error = None
    if request.method == "POST":
        try:
            name = request.POST.get("namn", "")
            view = saving.saved_view_rename(view_id=pk, name=name, actor=request.user)
            messages.success(request, _("Vyn heter nu {name}.").format(name=view.name))
            return redirect(f"{reverse('picture:explore')}?{view.query}")
        except DomainError as refusal:
            error = refusal
    context = {"view": view, "error": error}
    return render(request, "picture/saved_view_name.html", context, status=422 if error else 200)


@login_required
@require_http_methods(["GET", "POST"])
def saved_view_remove(request: UserRequest, pk: int) -> HttpResponse:
    permissions.check_may_explore(request.user)
    view = get_object_or_404(saving.views_of(request.user), pk=pk)
    if request.method == "POST":
        saving.saved_view_remove(view_id=pk, actor=request.user)
        messages.success(request, _("Vyn {name} är borttagen.").format(name=view.name))
        return redirect("picture:explore")
    return render(request, "picture/saved_view_remove.html", {"view": view})
