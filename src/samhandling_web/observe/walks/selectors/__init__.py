"""Reading walks, findings, links and what waits."""

from samhandling_web.observe.walks.selectors.findings import (
    answered_since,
    findings_in_table,
    findings_near,
    findings_of_own,
    findings_of_walk,
    findings_overdue,
    findings_unanswered,
    findings_visible_to,
    found_again_from,
    needing_answer,
    photo_visible_to,
)
from samhandling_web.observe.walks.selectors.links import link_by_key
from samhandling_web.observe.walks.selectors.measures import (
    Compared,
    compared_with_previous,
    figures_by_walk,
    figures_of_findings,
)
from samhandling_web.observe.walks.selectors.walks import (
    districts_to_choose,
    history_of,
    notified_at,
    walk_announced,
    walks_chosen,
    walks_to_repeat,
    walks_visible_to,
    walks_with_counts,
)

__all__ = [
    "Compared",
    "answered_since",
    "compared_with_previous",
    "districts_to_choose",
    "figures_by_walk",
    "figures_of_findings",
    "findings_in_table",
    "findings_near",
    "findings_of_own",
    "findings_of_walk",
    "findings_overdue",
    "findings_unanswered",
    "findings_visible_to",
    "found_again_from",
    "history_of",
    "link_by_key",
    "needing_answer",
    "notified_at",
    "photo_visible_to",
    "walk_announced",
    "walks_chosen",
    "walks_to_repeat",
    "walks_visible_to",
    "walks_with_counts",
]
