"""Codes of municipalities by the name a publisher writes."""

from collections.abc import Mapping
from functools import lru_cache

ENDING = " kommun"


class MunicipalityNames:
    """Looks a municipality's code up by its name, whatever the case.

    "Huddinge", "HUDDINGE" and "Huddinge kommun" are the same; the table is given by the
    installation, so that no municipality is known here.
    """

    def __init__(self, codes: Mapping[str, str]) -> None:
        self._codes = {_plain(name): code for name, code in codes.items()}

    def __bool__(self) -> bool:
        """Whether any name is known."""
        return bool(self._codes)

    def code(self, name: str) -> str:
        """Return the code, or "" if the name is not known."""
        return self._codes.get(_plain(name), "")


@lru_cache(maxsize=4_096)
def _plain(name: str) -> str:
    folded = " ".join(name.casefold().split())
    return folded.removesuffix(ENDING).removesuffix(" stad")
