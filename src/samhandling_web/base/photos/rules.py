"""What a picture must be to be kept, and what is said of one that is not. Plain Python."""

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum

from samhandling_web.base.common.errors import DomainError
from samhandling_web.base.common.text import Text, _

MOST_BYTES = 20 * 1024 * 1024
# The largest picture a telephone's camera takes by itself is 50 million points; what claims to be
# larger may be a small file that fills the memory when it is unpacked.
MOST_POINTS = 52_000_000
LONGEST_SIDE = 2_000
MOST_AT_ONCE = 8
FORMATS = ("JPEG", "PNG", "WEBP")
MEDIA_TYPES = ("image/jpeg", "image/png", "image/webp")
# A page that is still being answered has written its file and not yet its row.
LEFT_BEHIND_AFTER = timedelta(days=1)
# Cameras with an empty battery wake up in a year of their own.
FIRST_DIGITAL_DAY = date(2000, 1, 1)


class Fault(StrEnum):
    """Why a picture is not kept."""

    NO_STATEMENT = "no_statement"
    EMPTY = "empty"
    TOO_MANY_BYTES = "too_many_bytes"
    TOO_MANY_POINTS = "too_many_points"
    HEIC = "heic"
    NOT_A_PICTURE = "not_a_picture"
    DAMAGED = "damaged"


FAULTS: dict[Fault, Text] = {
    Fault.NO_STATEMENT: _(
        "Intyga att ingen går att känna igen på bilden. Syns någon, eller en registreringsskylt: "
        "ta om bilden utan, eller täck över det först."
    ),
    Fault.EMPTY: _("Filen är tom. Välj bilden en gång till."),
    Fault.TOO_MANY_BYTES: _(
        "Filen är större än {most_megabytes} MB. Ta om bilden med lägre upplösning, eller skicka "
        "en beskuren bild."
    ),
    Fault.TOO_MANY_POINTS: _(
        "Bilden har fler än {most_megapoints} miljoner bildpunkter. Ta om bilden med lägre "
        "upplösning, eller skicka en beskuren bild."
    ),
    Fault.HEIC: _(
        "Bilden är i formatet HEIC, som inte kan läsas här. Skicka en skärmbild av den, eller "
        "välj ”Mest kompatibelt” i telefonens kamerainställningar och ta om bilden."
    ),
    Fault.NOT_A_PICTURE: _("Filen är inte en bild av slaget JPEG, PNG eller WebP. Välj en sådan."),
    Fault.DAMAGED: _("Filen är skadad eller avbruten. Skicka bilden igen, eller ta en ny."),
}
LIMITS = {"most_megabytes": MOST_BYTES // 1024**2, "most_megapoints": MOST_POINTS // 10**6}


class RemovalReason(StrEnum):
    """Why a picture that was kept is taken away. Values are stored: never rename or reuse one."""

    PERSON = "person"
    PLATE = "plate"
    WRONG_PLACE = "wrong_place"
    OTHER = "other"


REMOVAL_REASONS: dict[RemovalReason, Text] = {
    RemovalReason.PERSON: _("någon går att känna igen"),
    RemovalReason.PLATE: _("en registreringsskylt eller ett namn syns"),
    RemovalReason.WRONG_PLACE: _("bilden visar något annat"),
    RemovalReason.OTHER: _("annat"),
}


class PhotoRefused(DomainError):
    """The picture is not kept, for every reason that was found."""

    message = _("Bilden {name} sparades inte. {why}")

    def __init__(self, *, name: str, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(name=name, why=" ".join(explained(fault) for fault in self.faults))


class TooManyAtOnce(DomainError):
    """More pictures than somebody sends by intent."""

    message = _("{count} bilder är fler än {most} på en gång. Välj de viktigaste.")


class RemovedAlready(DomainError):
    """A picture is taken away once."""

    message = _("Bilden är redan borttagen. Ladda om sidan.")


class WhyMissing(DomainError):
    """Whoever misses the picture must be able to read why it is gone."""

    message = _("Skriv varför bilden tas bort när skälet är ”annat”.")


def check_why(reason: RemovalReason, why: str) -> None:
    """Raise WhyMissing if the reason says nothing by itself and no words were written."""
    if reason is RemovalReason.OTHER and not why.strip():
        raise WhyMissing


def explained(fault: Fault) -> str:
    """Return what is said of the fault, in the reader's language."""
    return FAULTS[fault].format(**LIMITS)


def check_number(count: int) -> None:
    """Raise TooManyAtOnce if more pictures are sent at once than may be."""
    if count > MOST_AT_ONCE:
        raise TooManyAtOnce(count=count, most=MOST_AT_ONCE)


def believable_day(day: date | None, today: date) -> date | None:
    """Return the day on which a camera says a picture was taken, unless it cannot be."""
    return day if day and FIRST_DIGITAL_DAY <= day <= today else None
