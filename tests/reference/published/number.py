"""One published number and how we reach it."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Published:
    """A number from the literature, or computed by an independent program, and ours.

    Attributes
    ----------
    method : str
        The library's public name, such as `samhandling.patterns.knox`.
    quantity : str
        What the number is, with its data: "Chicago burglaries, same place, 0-6 days, ratio".
    source : str
        Author, year and table or page; or program and version.
    published : float
        As printed.
    tolerance : float
        Half a unit in the last printed digit, or the stated Monte Carlo error of either side.
    ours : callable
        Computes our number; calls `shared_file` when it needs data kept beside the project.
    """

    method: str
    quantity: str
    source: str
    published: float
    tolerance: float
    ours: Callable[[], float]

    @property
    def key(self) -> str:
        """Return what tells it from the others."""
        return f"{self.method}: {self.quantity}"
