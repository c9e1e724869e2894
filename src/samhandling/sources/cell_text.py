"""What a cell of a table says: numbers as Swedes write them, and text that poses as a formula."""

import math
import re

_SPACES = re.compile(r"[\s\u00a0\u202f']")
_PLAIN = re.compile(r"[+-]?(?:\d+(?:[.]\d*)?|[.]\d+)(?:[eE][+-]?\d{1,3})?", re.ASCII)
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(?:[.]\d{3})+(?:,\d+)?", re.ASCII)
_FORMULA = re.compile(r"\s*[=@]|\s*[+-](?![\d.,\s]*$)|\t|\r")

SUPPRESSED = frozenset({"..", "…", "..."})
LONGEST_NUMBER = 40


def parse_number(text: str, *, decimal_comma: bool = True) -> float | None:
    """Read a number.

    Parameters
    ----------
    text : str
        "1 234,5", "12.5", "-3"; any space, and a true minus sign, may occur.
    decimal_comma : bool
        Whether a comma is a decimal comma; otherwise it separates thousands.

    Returns
    -------
    float or None
        None if the text is not a finite number.

    Notes
    -----
    With a decimal comma, "1.234" is still read as 1.234; only "1.234,5" or "1.234.567" show
    that points separate thousands.
    """
    plain = _SPACES.sub("", text).replace("−", "-")
    if not plain or len(plain) > LONGEST_NUMBER:
        return None
    if not decimal_comma:
        plain = plain.replace(",", "")
    elif "," in plain or plain.count(".") > 1:
        if _THOUSANDS.fullmatch(plain):
            plain = plain.replace(".", "")
        plain = plain.replace(",", ".")
    if not _PLAIN.fullmatch(plain):
        return None
    number = float(plain)
    return number if math.isfinite(number) else None


def parse_count(text: str, *, most: int = 2**31 - 1) -> int | None:
    """Read a whole number of things, 0 to `most`; None if it is not one."""
    number = parse_number(text)
    if number is None or not 0 <= number <= most or number != int(number):
        return None
    return int(number)


def is_formula(text: str) -> bool:
    """Whether a spreadsheet would run the text as a formula when it is opened again."""
    return bool(text) and _FORMULA.match(text) is not None


def is_suppressed(text: str) -> bool:
    """Whether the publisher withheld the value: unknown, never zero."""
    return text.strip() in SUPPRESSED
