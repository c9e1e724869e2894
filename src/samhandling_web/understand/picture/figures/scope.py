"""What a set of figures is about: an area, a period and what to compare with."""

from dataclasses import dataclass
from datetime import date, timedelta

from samhandling_web.observe.events.snapshot.queries import Selection

DAYS_IN_YEAR = 365.25


def days(period: tuple[date, date]) -> int:
    """Return how many days a period has, first and last included."""
    return (period[1] - period[0]).days + 1


@dataclass(frozen=True, slots=True)
class Scope:
    """An area of a level, or the whole municipality when `code` is empty; both days included."""

    level: str
    code: str
    name: str
    municipality_name: str
    start: date
    end: date
    sources: tuple[str, ...] = ()
    compare_start: date | None = None
    compare_end: date | None = None
    borders: date | None = None

    def __post_init__(self) -> None:
        if self.end < self.start:
            msg = f"The period ends {self.end} before it starts {self.start}."
            raise ValueError(msg)

    @property
    def is_whole(self) -> bool:
        return not self.code

    @property
    def on(self) -> date:
        """The day whose borders are used: the period's last, unless others were asked for."""
        return self.borders or self.end

    @property
    def years(self) -> float:
        return days((self.start, self.end)) / DAYS_IN_YEAR

    @property
    def before(self) -> tuple[date, date]:
        """The period to compare with: the one given, or the equally long one just before."""
        if self.compare_start and self.compare_end:
            return self.compare_start, self.compare_end
        length = self.end - self.start
        end = self.start - timedelta(days=1)
        return end - length, end

    def selection(self, *, source: str, period: tuple[date, date] | None = None) -> Selection:
        """Return the scope as a question to the snapshot, for one source."""
        start, end = period or (self.start, self.end)
        return Selection(
            start=start,
            end=end,
            sources=(source,),
            level=self.level,
            areas=(self.code,) if self.code else (),
            on=self.on,
        )

    def everywhere(self, *, source: str, period: tuple[date, date] | None = None) -> Selection:
        """Return the same question for the whole municipality."""
        start, end = period or (self.start, self.end)
        return Selection(start=start, end=end, sources=(source,), level=self.level, on=self.on)
