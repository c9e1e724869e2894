"""Who is politically responsible for what."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from samhandling_web.agree.measures import permissions, services
from samhandling_web.agree.measures.forms.portfolios import HolderForm, PortfolioForm
from samhandling_web.agree.measures.models import Portfolio
from samhandling_web.agree.measures.selectors import portfolios as selectors
from samhandling_web.base.common.errors import DomainError
from samhandling_web.base.common.http import UserRequest

FORM_PAGE = "measures/portfolio_form.html"


@login_required
@require_GET
def portfolio_list(request: UserRequest) -> HttpResponse:
    permissions.check_may_manage_portfolios(request.user)
    context = {"portfolios": selectors.portfolios_with_history()}
    return render(request, "measures/portfolio_list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def portfolio_new(request: UserRequest) -> HttpResponse:
    permissions.check_may_manage_portfolios(request.user)
    return _portfolio_form(request, None)


@login_required
@require_http_methods(["GET", "POST"])
def portfolio_edit(request: UserRequest, pk: int) -> HttpResponse:
    permissions.check_may_manage_portfolios(request.user)
    return _portfolio_form(request, get_object_or_404(Portfolio, pk=pk))


def _portfolio_form(request: UserRequest, portfolio: Portfolio | None) -> HttpResponse:
    form = PortfolioForm(request.POST or None, portfolio=portfolio)
    if request.method == "POST" and form.is_valid():
        try:
            services.portfolio_set(
                actor=request.user,
                portfolio_id=portfolio.pk if portfolio else None,
                **form.cleaned_data,
            )
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Ansvarsområdet är sparat."))
            return redirect("measures:portfolio-list")
    title = _("Ändra {name}").format(name=portfolio) if portfolio else _("Nytt ansvarsområde")
    context = {"form": form, "title": title}
    return render(request, FORM_PAGE, context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def portfolio_holder(request: UserRequest, pk: int) -> HttpResponse:
    """Say who answers for a portfolio from a day on."""
    permissions.check_may_manage_portfolios(request.user)
    portfolio = get_object_or_404(Portfolio, pk=pk)
    form = HolderForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.portfolio_holder_set(portfolio_id=pk, actor=request.user, **form.cleaned_data)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Ansvaret är skrivet. Det som gällde före finns kvar."))
            return redirect("measures:portfolio-list")
    title = _("Vem ansvarar för {name}?").format(name=portfolio)
    context = {"form": form, "title": title}
    return render(request, FORM_PAGE, context, status=422 if form.errors else 200)
