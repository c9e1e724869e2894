from samhandling_web.agree.partnership.models.agreements import Agreement, AgreementParty
from samhandling_web.agree.partnership.models.calendars import CalendarKey
from samhandling_web.agree.partnership.models.councils import Council, CouncilMember
from samhandling_web.agree.partnership.models.meetings import AgendaItem, Attendance, Meeting
from samhandling_web.agree.partnership.models.priorities import CitizenPromise, Priority

__all__ = [
    "AgendaItem",
    "Agreement",
    "AgreementParty",
    "Attendance",
    "CalendarKey",
    "CitizenPromise",
    "Council",
    "CouncilMember",
    "Meeting",
    "Priority",
]
