"""The municipality's own list of categories."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samhandling_web.base.common.errors import DomainError
from samhandling_web.base.common.http import UserRequest
from samhandling_web.observe.observations import permissions, selectors, services
from samhandling_web.observe.observations.forms import CategoryForm, NewCategoryForm
from samhandling_web.observe.observations.models import Category
from samhandling_web.observe.observations.rules import CategoryKind


@login_required
@require_GET
def category_list(request: UserRequest) -> HttpResponse:
    permissions.check_may_manage_categories(request.user)
    return render(request, "observations/category_list.html", _all())


@login_required
@require_http_methods(["GET", "POST"])
def category_new(request: UserRequest) -> HttpResponse:
    permissions.check_may_manage_categories(request.user)
    form = NewCategoryForm(request.POST or None)
    if form.is_valid():
        told = {**form.cleaned_data, "kind": CategoryKind(form.cleaned_data["kind"])}
        try:
            services.category_add(**told, actor=request.user)
        except DomainError as error:
            form.add_error("name", str(error))
        else:
            return redirect("observations:category-list")
    status = 422 if form.errors else 200
    return render(request, "observations/category_form.html", {"form": form}, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def category_edit(request: UserRequest, pk: int) -> HttpResponse:
    permissions.check_may_manage_categories(request.user)
    category = get_object_or_404(Category, pk=pk)
    initial = {"name": category.name, "order": category.order}
    form = CategoryForm(request.POST or None, initial=initial)
    if form.is_valid():
        try:
            services.category_change(category_id=pk, **form.cleaned_data, actor=request.user)
        except DomainError as error:
            form.add_error("name", str(error))
        else:
            return redirect("observations:category-list")
    context = {"form": form, "category": category}
    status = 422 if form.errors else 200
    return render(request, "observations/category_form.html", context, status=status)


@login_required
@require_POST
def category_use(request: UserRequest, pk: int) -> HttpResponse:
    """Take a category out of use, or into it again."""
    permissions.check_may_manage_categories(request.user)
    category = get_object_or_404(Category, pk=pk)
    change = services.category_retire if category.is_active else services.category_restore
    try:
        change(category_id=pk, actor=request.user)
    except DomainError as error:
        context = {**_all(), "error": error}
        return render(request, "observations/category_list.html", context, status=422)
    return redirect("observations:category-list")


def _all() -> dict[str, object]:
    return {"categories": selectors.categories_all()}
