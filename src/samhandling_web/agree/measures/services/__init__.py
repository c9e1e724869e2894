"""Every change of measures, portfolios and plans."""

from samhandling_web.agree.measures.services.doing import (
    dose_plan_set,
    dose_record,
    measure_end,
    measure_start,
)
from samhandling_web.agree.measures.services.follow_ups import measure_follow_up
from samhandling_web.agree.measures.services.plans import (
    plan_adopt,
    plan_draft,
    plan_edit,
    plan_follow_up,
    plan_items_set,
    plan_new_version,
)
from samhandling_web.agree.measures.services.portfolios import portfolio_holder_set, portfolio_set
from samhandling_web.agree.measures.services.proposals import (
    measure_approve,
    measure_edit,
    measure_propose,
    measure_withdraw,
)

__all__ = [
    "dose_plan_set",
    "dose_record",
    "measure_approve",
    "measure_edit",
    "measure_end",
    "measure_follow_up",
    "measure_propose",
    "measure_start",
    "measure_withdraw",
    "plan_adopt",
    "plan_draft",
    "plan_edit",
    "plan_follow_up",
    "plan_items_set",
    "plan_new_version",
    "portfolio_holder_set",
    "portfolio_set",
]
