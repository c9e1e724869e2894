"""Planning and leading walks, finding, answering, and letting others answer by a link."""

from samhandling_web.observe.walks.services.answers import (
    Answer,
    finding_answer,
    finding_answer_by_link,
    finding_assign,
)
from samhandling_web.observe.walks.services.exporting import walk_exported, walks_exported
from samhandling_web.observe.walks.services.finding import Found, finding_add, photo_remove
from samhandling_web.observe.walks.services.leading import (
    walk_close,
    walk_feed_back,
    walk_notify,
    walk_record,
)
from samhandling_web.observe.walks.services.links import link_send, link_withdraw
from samhandling_web.observe.walks.services.planning import (
    Asked,
    Plan,
    walk_cancel,
    walk_edit,
    walk_plan,
)

__all__ = [
    "Answer",
    "Asked",
    "Found",
    "Plan",
    "finding_add",
    "finding_answer",
    "finding_answer_by_link",
    "finding_assign",
    "link_send",
    "link_withdraw",
    "photo_remove",
    "walk_cancel",
    "walk_close",
    "walk_edit",
    "walk_exported",
    "walk_feed_back",
    "walk_notify",
    "walk_plan",
    "walk_record",
    "walks_exported",
]
