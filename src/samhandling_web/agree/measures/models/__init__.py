from samhandling_web.agree.measures.models.doses import DosePlan, DoseRecord, FollowUp
from samhandling_web.agree.measures.models.measures import Measure, MeasureStep
from samhandling_web.agree.measures.models.plans import ActionPlan, PlanFollowUp, PlanItem
from samhandling_web.agree.measures.models.portfolios import Portfolio, PortfolioHolder

__all__ = [
    "ActionPlan",
    "DosePlan",
    "DoseRecord",
    "FollowUp",
    "Measure",
    "MeasureStep",
    "PlanFollowUp",
    "PlanItem",
    "Portfolio",
    "PortfolioHolder",
]
