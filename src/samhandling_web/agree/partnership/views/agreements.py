"""Agreements on pages: the tree, one agreement, writing and signing it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samhandling_web.agree.partnership import filing, permissions, rules
from samhandling_web.agree.partnership.forms.agreements import (
    AgreementForm,
    DocumentForm,
    EndForm,
    PartyForm,
    SignForm,
)
from samhandling_web.agree.partnership.forms.attempt import attempted
from samhandling_web.agree.partnership.forms.fields import likely_owner
from samhandling_web.agree.partnership.models import Agreement
from samhandling_web.agree.partnership.rules import AgreementKind, AgreementStatus
from samhandling_web.agree.partnership.selectors import agreements as selectors
from samhandling_web.agree.partnership.selectors import priorities as priorities_read
from samhandling_web.agree.partnership.selectors.coverage import coverage_on
from samhandling_web.agree.partnership.selectors.history import history
from samhandling_web.agree.partnership.services import agreements as services
from samhandling_web.base.audit import services as audit
from samhandling_web.base.common.http import UserRequest
from samhandling_web.base.reports.content import slug
from samhandling_web.base.reports.formats import MadeFile
from samhandling_web.understand.picture.downloads import download

IN_HAND = (AgreementStatus.DRAFT, AgreementStatus.SIGNED)


@login_required
@require_GET
def agreement_list(request: UserRequest) -> HttpResponse:
    permissions.check_may_read(request.user)
    today = timezone.localdate()
    shows_all = request.GET.get("visa") == "alla"
    found = selectors.agreements_visible_to(request.user)
    shown = found if shows_all else found.filter(status__in=IN_HAND)
    context = {
        "branches": selectors.agreement_tree(shown, today),
        "coverage": coverage_on(today),
        "to_renew": selectors.agreements_to_renew(today),
        "may_begin": permissions.may_begin(request.user),
        "shows_all": shows_all,
        "today": today,
    }
    return render(request, "partnership/agreement_list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def agreement_start(request: UserRequest) -> HttpResponse:
    permissions.check_may_begin(request.user)
    form = AgreementForm(request.POST or None, actor=request.user, initial=_proposal(request))
    if request.method == "POST":
        made = attempted(form, services.agreement_draft, actor=request.user)
        if made is not None:
            messages.success(request, _("Utkastet är sparat. Lägg till parterna."))
            return redirect("partnership:agreement-detail", made.pk)
    context = {"form": form}
    status = 422 if form.errors else 200
    return render(request, "partnership/agreement_form.html", context, status=status)


def _proposal(request: UserRequest) -> dict[str, Any]:
    """Propose what the link asked for, and the person's own organisation."""
    asked = {
        "parent": request.GET.get("under"),
        "district": request.GET.get("omrade"),
        "police_area": request.GET.get("polis"),
    }
    kind = request.GET.get("slag", "")
    is_known = kind in set(AgreementKind)
    default = AgreementKind.LOCAL_AGREEMENT if asked["district"] else None
    return {
        **{name: value for name, value in asked.items() if value},
        "kind": kind if is_known else default,
        "owner": likely_owner(request.user),
    }


@login_required
@require_GET
def agreement_detail(request: UserRequest, pk: int) -> HttpResponse:
    return agreement_page(request, found(request, pk))


def agreement_page(
    request: UserRequest, agreement: Agreement, *, status: int = 200, **forms: Any
) -> HttpResponse:
    """Show an agreement with what the reader may do with it now."""
    today = timezone.localdate()
    parties = list(selectors.parties_of(agreement))
    context = {
        "agreement": agreement,
        "place": selectors.place_named(agreement, today),
        "above": selectors.above(agreement),
        "branches": selectors.agreement_tree(selectors.below(agreement), today),
        "parties": parties,
        "priorities": priorities_read.priorities_visible_to(request.user).filter(
            agreement=agreement
        ),
        "promises": agreement.promises.all(),
        "term": selectors.term(agreement),
        "missing": _missing(agreement, len(parties)),
        "history": history(agreement),
        "may_write": permissions.may_write(request.user, agreement.owner),
        "may_set_priorities": permissions.may_set_priorities(request.user, agreement.owner),
        "next": Agreement.objects.filter(replaces=agreement).first(),
        "today": today,
        "party_form": PartyForm(),
        "document_form": DocumentForm(),
        "sign_form": SignForm(initial={"signed_on": today}),
        "end_form": EndForm(initial={"ended_on": today}),
    }
    page = "partnership/agreement_detail.html"
    return render(request, page, context | forms, status=status)


def _missing(agreement: Agreement, parties: int) -> list[Any]:
    """Name what a draft lacks before it can be signed."""
    if agreement.status != AgreementStatus.DRAFT:
        return []
    return [*rules.missing_in_agreement(
        purposes=agreement.purposes, fields=agreement.fields_of_cooperation, parties=parties,
        valid_from=agreement.valid_from, valid_to=agreement.valid_to,
        has_document=bool(agreement.document),
    )]  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
def agreement_edit(request: UserRequest, pk: int) -> HttpResponse:
    agreement = written(request, pk)
    rules.check_is_draft(AgreementStatus(agreement.status))
    stored = {name: getattr(agreement, name) for name in services.EDITABLE}
    form = AgreementForm(
        request.POST or None, actor=request.user, agreement=agreement, initial=stored
    )

    def edit(**changes: Any) -> Agreement:
        return services.agreement_edit(agreement_id=pk, changes=changes, actor=request.user)

    if request.method == "POST" and attempted(form, edit) is not None:
        messages.success(request, _("Ändringarna är sparade."))
        return redirect("partnership:agreement-detail", pk)
    context = {"form": form, "agreement": agreement}
    status = 422 if form.errors else 200
    return render(request, "partnership/agreement_form.html", context, status=status)


@login_required
@require_POST
def party_add(request: UserRequest, pk: int) -> HttpResponse:
    agreement = written(request, pk)
    form = PartyForm(request.POST)
    if attempted(form, services.party_add, agreement_id=pk, actor=request.user) is None:
        return agreement_page(request, agreement, status=422, party_form=form)
    return redirect("partnership:agreement-detail", pk)


@login_required
@require_POST
def party_remove(request: UserRequest, pk: int, party: int) -> HttpResponse:
    agreement = written(request, pk)
    get_object_or_404(agreement.parties, pk=party)
    services.party_remove(agreement_id=pk, party_id=party, actor=request.user)
    return redirect("partnership:agreement-detail", pk)


@login_required
@require_http_methods(["GET", "POST"])
def document(request: UserRequest, pk: int) -> HttpResponse:
    """Give out the signed document, or keep the one that is sent."""
    agreement = found(request, pk)
    if request.method == "GET":
        return _document_given(request, agreement)
    permissions.check_may_write(request.user, agreement.owner)
    form = DocumentForm(request.POST, request.FILES)

    def attach(document: Any) -> Agreement:
        return services.document_attach(agreement_id=pk, file=document, actor=request.user)

    if attempted(form, attach) is None:
        return agreement_page(request, agreement, status=422, document_form=form)
    messages.success(request, _("Dokumentet är sparat."))
    return redirect("partnership:agreement-detail", pk)


def _document_given(request: UserRequest, agreement: Agreement) -> HttpResponse:
    if not agreement.document:
        return redirect("partnership:agreement-detail", agreement.pk)
    content = filing.kept_content(str(agreement.document), agreement.document_sha256)
    audit.record_read(
        actor=request.user, kind="partnership.agreement.document_read", target=agreement
    )
    name = f"{slug(agreement.title)[:80] or 'overenskommelse'}-{agreement.pk}.pdf"
    response = download(MadeFile(name, "application/pdf", content))
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@login_required
@require_POST
def agreement_sign(request: UserRequest, pk: int) -> HttpResponse:
    agreement = written(request, pk)
    form = SignForm(request.POST)
    if attempted(form, services.agreement_sign, agreement_id=pk, actor=request.user) is None:
        return agreement_page(request, agreement, status=422, sign_form=form)
    messages.success(request, _("Överenskommelsen är undertecknad och kan inte längre ändras."))
    return redirect("partnership:agreement-detail", pk)


@login_required
@require_POST
def agreement_end(request: UserRequest, pk: int) -> HttpResponse:
    agreement = written(request, pk)
    form = EndForm(request.POST)
    if attempted(form, services.agreement_end, agreement_id=pk, actor=request.user) is None:
        return agreement_page(request, agreement, status=422, end_form=form)
    messages.success(request, _("Överenskommelsen är uppsagd."))
    return redirect("partnership:agreement-detail", pk)


@login_required
@require_POST
def agreement_replace(request: UserRequest, pk: int) -> HttpResponse:
    """Begin the version that takes over, with the old one's texts and parties."""
    found(request, pk)
    new = services.agreement_replace(agreement_id=pk, actor=request.user)
    messages.success(request, _("Ett utkast med samma innehåll finns nu. Den gamla gäller kvar."))
    return redirect("partnership:agreement-detail", new.pk)


def written(request: UserRequest, pk: int) -> Agreement:
    """Return the agreement that the person may write."""
    agreement = found(request, pk)
    permissions.check_may_write(request.user, agreement.owner)
    return agreement


def found(request: UserRequest, pk: int) -> Agreement:
    """Return the agreement that the person may read, or answer that there is none."""
    return get_object_or_404(selectors.agreements_visible_to(request.user), pk=pk)
