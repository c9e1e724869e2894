"""The forms of Swedish statistical area codes."""

import re

_DESO = re.compile(
    r"(?P<code>\d{4}[ABC]\d{4})(?:_DeSO(?P<vintage>\d{4}))?", re.IGNORECASE | re.ASCII
)
_REGSO = re.compile(r"(?P<code>\d{4}R\d{3})(?:_RegSO(?P<vintage>\d{4}))?", re.IGNORECASE | re.ASCII)
_MUNICIPALITY = re.compile(r"(?P<code>\d{4})(?P<vintage>)", re.ASCII)
_COUNTY = re.compile(r"(?P<code>\d{2})(?P<vintage>)", re.ASCII)

LEVELS = {"deso": _DESO, "regso": _REGSO, "municipality": _MUNICIPALITY, "county": _COUNTY}
MUNICIPALITY_DIGITS = 4


def level_of(code: str) -> str:
    """Return the level slug whose codes have this form, or "" if none has.

    Examples
    --------
    >>> level_of("0180C1234"), level_of("0180R001_RegSO2025"), level_of("Ängby")
    ('deso', 'regso', '')
    """
    text = code.strip()
    return next((level for level, form in LEVELS.items() if form.fullmatch(text)), "")


def vintage_of(code: str) -> str:
    """Return the year that a code says its division is of, or "".

    Examples
    --------
    >>> vintage_of("0180C1140_DeSO2025")
    '2025'
    """
    for form in LEVELS.values():
        found = form.fullmatch(code.strip())
        if found:
            return found["vintage"] or ""
    return ""


def is_deso(code: str) -> bool:
    """Whether the text has the form of a DeSO code."""
    return _DESO.fullmatch(code) is not None


def is_municipality(code: str) -> bool:
    """Whether the text has the form of a municipality code."""
    return _MUNICIPALITY.fullmatch(code) is not None
