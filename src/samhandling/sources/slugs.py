"""Stored names made from published ones."""

import re
import unicodedata
from functools import lru_cache

_OTHER = re.compile(r"[^a-z0-9]+")
_WITHOUT_ACCENT = str.maketrans({"ø": "o", "æ": "ae", "ß": "ss"})


@lru_cache(maxsize=4_096)
def slug(text: str) -> str:
    """Turn a published name into a stored one.

    Parameters
    ----------
    text : str
        A category, class or column name.

    Returns
    -------
    str
        Lower-case a to z, digits and underscores; empty if nothing is left.

    Notes
    -----
    Names that differ only in accents or punctuation become the same.

    Examples
    --------
    >>> slug("Mord/dråp, försök")
    'mord_drap_forsok'
    """
    folded = unicodedata.normalize("NFKD", text.casefold().translate(_WITHOUT_ACCENT))
    plain = "".join(mark for mark in folded if not unicodedata.combining(mark))
    return _OTHER.sub("_", plain).strip("_")
