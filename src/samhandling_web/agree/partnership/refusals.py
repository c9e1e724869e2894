"""What the work says no to besides a wrong step: each names the value and the way out."""

from samhandling_web.base.common.errors import DomainError
from samhandling_web.base.common.text import _


class PromiseIncomplete(DomainError):
    """A promise is measurable, has days and somebody who answers for it."""

    message = _("Löftet kan inte lämnas. Det saknas: {missing}.")


class PromiseIsFixed(DomainError):
    """What the citizens were promised is not rewritten."""

    message = _("Löftet är {current} och kan inte ändras. Lämna ett nytt löfte i stället.")


class MeetingIsNotOpen(DomainError):
    """The step belongs to another time of the meeting."""

    message = _("Mötet är {current}. Det här går bara när mötet är {needed}. Ladda om sidan.")


class ItemIsDecided(DomainError):
    """Only what nobody has decided is struck off or noted upon."""

    message = _(
        "Punkten är {current}: det här går bara så länge den är obeslutad. Ladda om sidan för att "
        "se beslutet."
    )


class DeadlinePassed(DomainError):
    """What is decided at a meeting is done after it."""

    message = _("Slutdatumet {deadline} ligger före mötet {day}. Välj en senare dag.")


class ResultMissing(DomainError):
    """Whoever asked for it wants to know what came of it."""

    message = _("Skriv hur det gick, så att mötet vet vad beslutet ledde till.")


class RunsBackwards(DomainError):
    """Nothing ends before it has begun."""

    message = _("Det slutar {end} men börjar {start}. Välj ett senare slut.")


class OutsideValidity(DomainError):
    """An agreement that is not in force cannot be ended."""

    message = _(
        "Överenskommelsen gäller {start}–{end} och kan inte upphöra {day}. Välj en dag däremellan."
    )


class SignedInFuture(DomainError):
    """Nobody has signed tomorrow."""

    message = _("Den {day} har inte varit ännu. Ange dagen då överenskommelsen undertecknades.")


class BelowItself(DomainError):
    """An agreement cannot stand under itself, however far down."""

    message = _("{title} kan inte höra under {parent}, som i sin tur hör under {title}.")


class NotThePdf(DomainError):
    """The signed document is kept as the parties signed it."""

    message = _(
        "{name} är ingen PDF eller är skadad. Skanna eller spara det undertecknade dokumentet som "
        "PDF och välj filen igen."
    )


class DocumentTooLarge(DomainError):
    """A signed agreement is a few pages."""

    message = _(
        "{name} är {megabytes} MB. Högst {limit} MB går att ladda upp: spara den med lägre "
        "upplösning."
    )


class DocumentDamaged(DomainError):
    """What is handed out is what was signed, or nothing."""

    message = _(
        "Dokumentet är inte längre det som laddades upp: kontrollsumman stämmer inte. Säg till "
        "systemförvaltaren, som kan hämta tillbaka det ur säkerhetskopian."
    )
    status = 409
