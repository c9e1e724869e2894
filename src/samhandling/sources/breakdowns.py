"""How a population is divided, in one canonical form: "age=0-5;sex=women", "" for all."""

import re
from collections.abc import Mapping

from samhandling.sources.slugs import slug

DIMENSIONS = {
    "alder": "age",
    "kon": "sex",
    "fodelseregion": "birth_region",
    "hushallstyp": "household_type",
    "hustyp": "house_type",
    "upplatelseform": "tenure",
    "utbildningsniva": "education",
    "inkomstslag": "income_type",
    "svensk_utlandsk_bakgrund": "background",
    "utlandsk_svensk_bakgrund": "background",
}
TOTALS = frozenset(
    {"totalt", "total", "totalt_alder", "totalt_alla_aldrar", "samtliga", "alla", "bada_konen"}
)
SEXES = {
    "1": "men",
    "2": "women",
    "1+2": "",
    "man": "men",
    "män": "men",
    "kvinna": "women",
    "kvinnor": "women",
}
_YEARS = re.compile(r"(?P<low>\d{0,3})\s*(?P<mark>[-–+])\s*(?P<high>\d{0,3})\+?\s*(?:år)?")


def dimension_slug(label: str) -> str:
    """Return the stored name of a dimension from its published one."""
    return DIMENSIONS.get(slug(label), slug(label))


def category_slug(dimension: str, label: str) -> str:
    """Return the stored name of a category, "" where it stands for the whole.

    Examples
    --------
    >>> category_slug("age", "0-4 år"), category_slug("age", "80-"), category_slug("age", "-4")
    ('0-4', '80+', '0-4')
    >>> category_slug("sex", "kvinnor"), category_slug("sex", "totalt")
    ('women', '')
    """
    text = label.strip().casefold()
    if slug(text) in TOTALS:
        return ""
    if dimension == "sex" and text in SEXES:
        return SEXES[text]
    if dimension == "age":
        return _age(text)
    return slug(text)


def _age(text: str) -> str:
    found = _YEARS.fullmatch(text.removesuffix("år").strip())
    if found is None:
        return slug(text.removesuffix("år"))
    low, high = found["low"] or "0", found["high"]
    return f"{low}-{high}" if high else f"{low}+"


def canonical_breakdown(parts: Mapping[str, str]) -> str:
    """Join dimension and category slugs in the order of the dimensions; wholes are left out.

    Examples
    --------
    >>> canonical_breakdown({"sex": "women", "age": "0-5", "tenure": ""})
    'age=0-5;sex=women'
    """
    return ";".join(f"{name}={parts[name]}" for name in sorted(parts) if parts[name])
