"""What an action plan's page shows, as a draft and as it was adopted."""

from typing import Any

from django.utils import timezone

from samhandling_web.agree.measures import permissions, plan_content
from samhandling_web.agree.measures.forms.plans import (
    PlanDecisionForm,
    PlanFollowUpForm,
    PlanForm,
)
from samhandling_web.agree.measures.models import ActionPlan
from samhandling_web.agree.measures.rules import PlanStatus
from samhandling_web.agree.measures.selectors import plans as selectors
from samhandling_web.base.accounts.models import User
from samhandling_web.understand.picture.readings import typed
from samhandling_web.understand.places.queries import Reading

FILES = ("pdf", "docx", "xlsx", "json")


def page_of(plan: ActionPlan, actor: User) -> dict[str, Any]:
    """Return everything the page shows of a plan."""
    status = PlanStatus(plan.status)
    is_draft = status is PlanStatus.DRAFT
    may_write = permissions.may_write_plan(actor, plan.organisation)
    content = selectors.content_of(plan)
    context = {
        "plan": plan,
        "is_draft": is_draft,
        "content": content,
        "introduction": typed(content["introduction"]),
        "rows": rows_of(content),
        "totals": plan_content.totals(content).items(),
        "may_open": selectors.may_see_measures(plan, actor),
        "may_write": may_write,
        "may_register": is_draft and permissions.may_register_adoption(actor),
        "wrote_it": plan.created_by_id == actor.pk,
        "next": selectors.next_version(plan, actor),
        "follow_ups": selectors.follow_ups_with_period(plan),
        "reading": None if is_draft else selectors.reading_of_plan(plan, timezone.localdate()),
        "files": FILES,
    }
    return context | _forms(plan, context)


def _forms(plan: ActionPlan, context: dict[str, Any]) -> dict[str, Any]:
    forms: dict[str, Any] = {}
    if context["is_draft"]:
        forms["missing"] = selectors.missing_in_plan(plan)
    if context["is_draft"] and context["may_write"]:
        forms["form"] = PlanForm(plan=plan)
        held = {row["id"] for row in context["content"]["measures"]}
        forms["choices"] = [(one, one.pk in held) for one in selectors.measures_for_plan(plan)]
    if context["may_register"] and not context["wrote_it"]:
        forms["adopt_form"] = PlanDecisionForm()
    if not context["is_draft"] and context["may_write"]:
        forms["follow_up_form"] = PlanFollowUpForm(is_again=bool(context["follow_ups"]))
    return forms


def rows_of(content: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the plan's measures with their baselines in words."""
    return [
        row
        | {
            "baseline_words": (
                Reading.from_json(row["baseline"]).in_words() if row["baseline"] else ""
            )
        }
        for row in content["measures"]
    ]
