"""What pages are made of: headings, facts, states, callouts, figures and progress."""

from datetime import date
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

TONE_ICONS = {
    "success": "check",
    "warning": "warning",
    "danger": "stop",
    "info": "info",
    "neutral": "dot",
    "accent": "dot",
}
JOB_TONES = {
    "queued": "neutral",
    "running": "info",
    "done": "success",
    "failed": "danger",
    "cancelled": "warning",
}


def _render(component: str, /, **context: Any) -> SafeString:
    return mark_safe(render_to_string(f"common/components/{component}.html", context))  # noqa: S308


@register.simple_block_tag
def page_header(content: str, title: str, lead: str = "", eyebrow: str = "") -> SafeString:
    """The page's own heading; what stands inside are its actions."""
    return _render(
        "page_header",
        title=title,
        lead=lead,
        eyebrow=eyebrow,
        actions=content if content.strip() else "",
    )


@register.simple_block_tag
def callout(content: str, tone: str = "info", title: str = "") -> SafeString:
    """A message on the page that the reader must not miss."""
    return _render("callout", tone=tone, title=title, body=content, alert=tone == "danger")


@register.simple_block_tag
def empty_state(content: str, title: str, symbol: str = "inbox") -> SafeString:
    """Stand-in for a list with nothing in it; what stands inside says what to do next."""
    return _render("empty_state", title=title, symbol=symbol, body=content)


@register.simple_block_tag
def card(content: str, title: str, url: str = "", eyebrow: str = "") -> SafeString:
    """A titled box on a page that composes several things."""
    return _render("card", title=title, url=url, eyebrow=eyebrow, body=content)


@register.simple_block_tag
def dialog(content: str, name: str, title: str) -> SafeString:
    """A question over the page, opened by `dialog_opener` with the same name."""
    return _render("dialog", name=name, title=title, body=content)


@register.inclusion_tag("common/components/dialog_opener.html")
def dialog_opener(
    name: str, text: str, fallback_url: str, variant: str = "secondary", tone: str = "accent"
) -> dict[str, Any]:
    """A link to a page that asks the same question; with scripts it opens the dialog instead."""
    return {
        "name": name,
        "text": text,
        "fallback_url": fallback_url,
        "variant": variant,
        "tone": tone,
    }


@register.simple_block_tag
def how_we_know(content: str, title: str = "") -> SafeString:
    """Source, method and reservations behind a figure, folded until someone asks."""
    return _render("how_we_know", title=title, body=content)


@register.simple_block_tag
def figure(
    content: str, title: str, source: str = "", definition: str = "", uncertainty: str = ""
) -> SafeString:
    """A map or chart with its caption. Put `figure_table` inside, with the same figures."""
    return _render(
        "figure",
        title=title,
        source=source,
        definition=definition,
        uncertainty=uncertainty,
        body=content,
    )


@register.inclusion_tag("common/components/chart.html")
def chart(drawing: str, label: str) -> dict[str, Any]:
    """A chart drawn by `base/common/charts`; on a phone it keeps its size and can be scrolled."""
    return {"drawing": mark_safe(drawing), "label": label}  # noqa: S308


@register.simple_block_tag
def figure_table(content: str, title: str = "") -> SafeString:
    """The figures behind a map or chart, as a table."""
    return _render("figure_table", title=title, body=content)


@register.inclusion_tag("common/components/fact.html")
def fact(
    label: str, value: Any, unit: str = "", interval: str = "", note: str = "", change: str = ""
) -> dict[str, Any]:
    """One figure with its unit and how sure it is; `change` says in words how it has moved."""
    return {
        "label": label,
        "value": value,
        "unit": unit,
        "interval": interval,
        "note": note,
        "change": change,
    }


@register.inclusion_tag("common/components/status_tag.html")
def status_tag(tone: str, text: str) -> dict[str, Any]:
    """A state as colour, icon and word together."""
    return {"tone": tone, "text": text, "symbol": TONE_ICONS.get(tone, "dot")}


@register.inclusion_tag("common/components/clock.html")
def clock(due: date, warn_days: int = 7, today: date | None = None) -> dict[str, Any]:
    """How long until something is due: green, amber within `warn_days`, red when it has passed."""
    left = (due - (today or timezone.localdate())).days
    tone = "danger" if left < 0 else "warning" if left <= warn_days else "success"
    return {"due": due, "left": left, "late": -left, "tone": tone}


@register.inclusion_tag("common/components/progress.html")
def progress(job: Any) -> dict[str, Any]:
    """A background job's bar, or its outcome. Put it in a part that htmx asks for again."""
    return {"job": job}


@register.simple_tag
def job_tone(state: str) -> str:
    return JOB_TONES.get(state, "neutral")
