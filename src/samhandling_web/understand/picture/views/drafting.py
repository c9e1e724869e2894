"""Writing a draft: its texts, period and figures, and handing it in."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from samhandling_web.base.common.errors import DomainError
from samhandling_web.base.common.http import UserRequest, render_part
from samhandling_web.understand.picture import (
    edits,
    periods,
    permissions,
    readings,
    rules,
    selectors,
    services,
)
from samhandling_web.understand.picture.figures.shown import all_shown
from samhandling_web.understand.picture.forms import PeriodFields, TextsForm
from samhandling_web.understand.picture.models import Picture
from samhandling_web.understand.picture.rules import Kind, Part

DRAFT_PAGE = "picture/picture_draft.html"


def draft_page(
    request: UserRequest, picture: Picture, *, status: int = 200, **more: Any
) -> HttpResponse:
    """Show the page where a draft is written."""
    return render(request, DRAFT_PAGE, draft_context(picture) | more, status=status)


def draft_context(picture: Picture) -> dict[str, Any]:
    """Return what the drafting page shows of a draft as it is stored."""
    form = TextsForm.of(picture)
    period = {name: getattr(picture, name) for name in ("period_start", "period_end")}
    kind = Kind(picture.kind)
    return figures_context(picture) | {
        "form": form,
        "parts": [(asked, form[asked.part]) for asked in readings.parts_asked(kind)],
        "period": periods.in_words(kind, tuple(period.values())),
        "period_form": PeriodFields(initial=period),
        "returned": selectors.last_return(picture),
    }


def figures_context(picture: Picture) -> dict[str, Any]:
    """Return the figures, how their counting goes, and what is still missing."""
    texts = {part: str(getattr(picture, part)) for part in Part}
    shown = all_shown(picture.figures)
    return {
        "picture": picture,
        "figures": shown,
        "job": selectors.figures_job(picture),
        "is_outdated": selectors.figures_are_outdated(picture),
        "missing": rules.missing_parts(
            Kind(picture.kind), texts, has_figures=any(not one.is_left_out for one in shown)
        ),
    }


@login_required
@require_POST
def picture_save(request: UserRequest, pk: int) -> HttpResponse:
    """Save the texts. Whatever goes wrong, what was typed comes back on the page."""
    picture = writable(request, pk)
    form = TextsForm.of(picture, request.POST)
    more: dict[str, Any] = {"saved_at": None}
    status = 422
    if form.is_valid():
        try:
            picture = services.picture_edit(
                picture_id=pk, changes=form.changes(), seen=form.marks(), actor=request.user
            )
        except rules.EditedMeanwhile as error:
            status, more = error.status, _clash(request, picture, form, error)
        except DomainError as error:
            status = error.status
            form.add_error(None, str(error))
        else:
            if not request.htmx:
                return _saved(request, picture)
            form, status = TextsForm.of(picture), 200
            more = {"saved_at": timezone.localtime()}
    return _texts_answer(request, picture, form, status=status, more=more)


def _saved(request: UserRequest, picture: Picture) -> HttpResponse:
    """Answer a saved form: hand the picture in as well when that button was pressed."""
    if "submit" in request.POST:
        try:
            services.picture_submit(picture_id=picture.pk, actor=request.user)
        except DomainError as error:
            return draft_page(request, picture, status=error.status, submit_error=str(error))
        messages.success(request, _("Lägesbilden är inlämnad för granskning."))
    else:
        messages.success(request, _("Texten är sparad."))
    return redirect("picture:picture-detail", picture.pk)


def _texts_answer(
    request: UserRequest, picture: Picture, form: TextsForm, *, status: int, more: dict[str, Any]
) -> HttpResponse:
    asked = readings.parts_asked(Kind(picture.kind))
    context = draft_context(picture) | {
        "form": form, "parts": [(one, form[one.part]) for one in asked], **more
    }  # fmt: skip
    # A save by itself is a note beside the text: the browser must not take it for a broken page.
    status = 200 if request.htmx else status
    return render_part(request, DRAFT_PAGE, "saved", context, status=status)


def _clash(
    request: UserRequest, picture: Picture, form: TextsForm, error: rules.EditedMeanwhile
) -> dict[str, Any]:
    """Show both writers' words. A save by itself only says so; the person decides."""
    if request.htmx:
        return {"clash": str(error)}
    typed, seen = form.changes(), form.marks()
    form.take_over(picture, untouched=typed.keys() - edits.written_by(typed, seen).keys())
    names = [str(name) for name in error.parameters["names"]]  # type: ignore[attr-defined]
    return {
        "clash": str(error),
        "clash_by": selectors.last_edit(picture),
        "clashes": [
            (form[name].label, list(selectors.changes_between(getattr(picture, name), typed[name])))
            for name in names
        ],
    }


@login_required
@require_POST
def picture_period(request: UserRequest, pk: int) -> HttpResponse:
    """Change the period. The figures go with the old one and are counted anew."""
    picture = writable(request, pk)
    form = PeriodFields(request.POST)
    if not form.is_valid():
        return draft_page(request, picture, status=422, period_form=form)
    services.picture_edit(picture_id=pk, changes=form.cleaned_data, actor=request.user)
    services.picture_figures_order(picture_id=pk, actor=request.user)
    messages.success(request, _("Perioden är ändrad. Siffrorna räknas om."))
    return redirect("picture:picture-detail", pk)


@login_required
@require_POST
def picture_count(request: UserRequest, pk: int) -> HttpResponse:
    writable(request, pk)
    services.picture_figures_order(picture_id=pk, actor=request.user)
    return _figures_answer(request, pk)


@login_required
@require_GET
def picture_figures(request: UserRequest, pk: int) -> HttpResponse:
    """Show the figures and how their counting goes; htmx asks for this part again."""
    picture = writable(request, pk)
    context = draft_context(picture)
    return render_part(request, DRAFT_PAGE, "figures", context)


@login_required
@require_POST
def picture_choose(request: UserRequest, pk: int) -> HttpResponse:
    """Show the ticked figures in their order; a button pressed moves one of them a step."""
    writable(request, pk)
    ticked = set(request.POST.getlist("show"))
    slugs = [slug for slug in request.POST.getlist("order") if slug in ticked]
    for name, step in (("up", -1), ("down", 1)):
        moved = request.POST.get(name)
        if moved in slugs:
            at = slugs.index(moved)
            to = min(max(at + step, 0), len(slugs) - 1)
            slugs.insert(to, slugs.pop(at))
    services.picture_figures_choose(picture_id=pk, slugs=slugs, actor=request.user)
    return _figures_answer(request, pk, is_choosing=True)


def _figures_answer(request: UserRequest, pk: int, **more: Any) -> HttpResponse:
    """Answer htmx with the figures as they are now, and anyone else with the page."""
    if not request.htmx:
        return redirect("picture:picture-detail", pk)
    context = draft_context(writable(request, pk)) | more
    return render_part(request, DRAFT_PAGE, "figures", context)


def writable(request: UserRequest, pk: int) -> Picture:
    """Return a picture that the person may read and write."""
    picture = get_object_or_404(selectors.pictures_visible_to(request.user), pk=pk)
    permissions.check_may_write(request.user, picture.organisation)
    return picture
