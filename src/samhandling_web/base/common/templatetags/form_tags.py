"""Forms that everyone can fill in: labels, help, marks for what is required, and errors."""

from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField

register = template.Library()

# What Django gives every textarea that asks for nothing else; too tall for most questions.
DJANGO_ROWS = "10"
CHOICE_LISTS = (forms.RadioSelect, forms.CheckboxSelectMultiple)


@register.inclusion_tag("common/components/error_summary.html")
def form_errors(form: forms.BaseForm) -> dict[str, Any]:
    """List everything that has to be put right, each with a link to its field."""
    fields = [(field, error) for field in form for error in field.errors]
    return {"fields": fields, "general": form.non_field_errors()}


@register.inclusion_tag("common/components/form_fields.html")
def form_fields(form: forms.BaseForm) -> dict[str, Any]:
    """Render every field of a form, hidden ones first."""
    return {"form": form}


@register.inclusion_tag("common/components/field.html")
def form_field(field: BoundField) -> dict[str, Any]:
    """Render one field with its label, help text and errors, tied together for screen readers."""
    widget = field.field.widget
    kind = "input"
    if isinstance(widget, CHOICE_LISTS):
        kind = "choices"
    elif isinstance(widget, forms.CheckboxInput):
        kind = "checkbox"
    elif isinstance(widget, forms.MultiWidget):
        kind = "group"
    elif isinstance(widget, forms.FileInput):
        kind = "file"
    return {"field": field, "kind": kind, "control": _control(field, kind)}


@register.inclusion_tag("common/components/form.html", takes_context=True)
def form(
    context: dict[str, Any],
    form: forms.BaseForm,
    submit: str,
    *,
    action: str = "",
    cancel_url: str = "",
    danger: bool = False,
) -> dict[str, Any]:
    """A whole form: error summary, fields, token and buttons."""
    return {
        "form": form,
        "submit": submit,
        "action": action,
        "cancel_url": cancel_url,
        "tone": "danger" if danger else "accent",
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("common/components/filter_form.html", takes_context=True)
def filter_form(context: dict[str, Any], form: forms.BaseForm, label: str = "") -> dict[str, Any]:
    """A row of filters above a table; what was chosen stays in the address."""
    request = context["request"]
    return {"form": form, "label": label, "path": request.path, "active": bool(request.GET)}


@register.inclusion_tag("common/components/search_box.html")
def search_box(
    name: str, label: str, value: str = "", *, action: str = "", hint: str = ""
) -> dict[str, Any]:
    """A search field with its button, sent as a GET request."""
    return {"name": name, "label": label, "value": value, "action": action, "hint": hint}


@register.inclusion_tag("common/components/date_range.html")
def date_range(first: BoundField, last: BoundField, legend: str) -> dict[str, Any]:
    """Two date fields that belong together, with the browser's own calendar."""
    return {"first": first, "last": last, "legend": legend}


def _control(field: BoundField, kind: str) -> str:
    attrs: dict[str, Any] = {}
    if kind in {"input", "checkbox"}:
        # A placeholder vanishes when somebody starts to write; labels and help texts stay.
        attrs["placeholder"] = False
        attrs["class"] = f"ds-input {field.field.widget.attrs.get('class', '')}".strip()
    if isinstance(field.field.widget, forms.Textarea):
        given = str(field.field.widget.attrs.get("rows", DJANGO_ROWS))
        attrs["rows"] = 4 if given == DJANGO_ROWS else given
    return "" if kind == "choices" else field.as_widget(attrs=attrs)
