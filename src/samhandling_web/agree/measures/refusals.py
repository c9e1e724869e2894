"""What the work with measures says no to, and what to do instead. Plain Python."""

from samhandling_web.base.common.errors import DomainError
from samhandling_web.base.common.text import _


class TransitionNotAllowed(DomainError):
    """The measure cannot move there from where it stands."""

    message = _("En åtgärd som är {current} kan inte bli {target}. Ladda om sidan.")


class PlanTransitionNotAllowed(DomainError):
    """The plan cannot move there from where it stands."""

    message = _("En åtgärdsplan som är {current} kan inte bli {target}. Ladda om sidan.")


class NotReadyForApproval(DomainError):
    """No measure without a problem, a cause, a mechanism, an indicator, an owner and a date."""

    message = _("Åtgärden kan inte beslutas än. Det saknas: {missing}.")


class NoDosePlanned(DomainError):
    """What is not counted while it goes on cannot be followed up after."""

    message = _(
        "Åtgärden kan inte börja förrän det är bestämt vad som ska räknas medan den pågår: hur "
        "många timmar, lampor, tillfällen eller annat, och hur mycket som är planerat."
    )


class FollowUpIncomplete(DomainError):
    """A follow-up says whether it was done, how much, what changed and what now."""

    message = _("Uppföljningen är inte fullständig. Det saknas: {missing}.")


class MeasureIsFixed(DomainError):
    """What was decided is not edited: the baseline would move with it."""

    message = _(
        "Åtgärden är {current} och kan inte ändras. Återta den eller följ upp den, och föreslå "
        "en ny."
    )


class ReasonMissing(DomainError):
    """Whoever comes next must know why."""

    message = _("Skriv varför, så att den som kommer efter vet.")


class DatesBackwards(DomainError):
    """A measure ends after it begins and is followed up after that."""

    message = _("Datumen går inte ihop: {explanation}")


class PlanIncomplete(DomainError):
    """An action plan rests on a picture and holds approved measures."""

    message = _("Åtgärdsplanen kan inte antas. Det saknas: {missing}.")


class SamePersonTwice(DomainError):
    """Whoever proposed it does not decide on it alone."""

    message = _(
        "Den som har föreslagit eller skrivit det här beslutar inte själv om det. Be en kollega "
        "granska och registrera beslutet."
    )


class IndicatorUnreadable(DomainError):
    """Without a value before there is nothing to hold the value after against."""

    message = _(
        "Åtgärden kan inte beslutas: indikatorns utgångsvärde går inte att läsa av. {problem} "
        "Ändra indikatorn eller starten."
    )


class NotOfTheProblem(DomainError):
    """A measure goes for a cause of the problem that it names."""

    message = _("Orsaken hör till ett annat problem. Välj en orsak till {problem}.")


class BothSomewhereAndCitywide(DomainError):
    """A measure is done at a place, in an area or in the whole municipality."""

    message = _(
        "Åtgärden kan inte gälla både hela kommunen och {where}. Ta bort {where}, eller välj bort "
        "hela kommunen."
    )


class DoseFixed(DomainError):
    """What is counted is decided before the counting begins."""

    message = _("Åtgärden är {current}: vad som räknas bestäms före starten.")


class DoseWrong(DomainError):
    """A dose is something, and never less than nothing in all."""

    message = _("Mängden {amount} kan inte skrivas in: {explanation}")


class DayWrong(DomainError):
    """A day that has not come, or that comes before what it follows."""

    message = _("Dagen {on} går inte att ange: {explanation}")


class MeasureNotForPlan(DomainError):
    """A plan holds what is decided."""

    message = _(
        "Bara beslutade åtgärder som inte är avslutade kan stå i planen. Ta bort: {titles}."
    )


class PlanIsFixed(DomainError):
    """An adopted plan is kept as it was adopted."""

    message = _("Åtgärdsplanen är {current} och kan inte ändras. Börja en ny version.")
