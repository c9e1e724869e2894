from samhandling_web.observe.walks.models.findings import Finding, FindingLink, FindingStep
from samhandling_web.observe.walks.models.walks import Invitation, Participants, Walk

__all__ = ["Finding", "FindingLink", "FindingStep", "Invitation", "Participants", "Walk"]
