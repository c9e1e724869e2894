"""Stored names of what Statistics Sweden's tables measure."""

from typing import NamedTuple

from samhandling.sources.slugs import slug

UNITS = {"procent": "percent", "tkr": "sek_thousands", "kr": "sek"}
NAMES = {
    "folkmangden_per_region": "population",
    "folkmangd": "population",
    "antal_personer": "population",
    "antal_hushall": "households",
    "antal_lagenheter": "dwellings",
    "befolkning_25_64_ar": "population_25_64",
    "arbetsmarknadsstatus_arligt_register_antal_sysselsatta": "employed",
    "arbetsmarknadsstatus_arligt_register_antal_arbetslosa": "unemployed",
    "arbetsmarknadsstatus_arligt_register_antal_sysselsatta_och_arbetslosa_arbetskraften": (
        "labour_force"
    ),
    "arbetsmarknadsstatus_arligt_register_antal_personer_utanfor_arbetskraften": (
        "outside_labour_force"
    ),
    "arbetsmarknadsstatus_arligt_register_antal_totalt": "labour_status_population",
    "lag_resp_hog_ekonomisk_standard_lag_ekonomisk_standard": "low_economic_standard",
    "lag_resp_hog_ekonomisk_standard_hog_ekonomisk_standard": "high_economic_standard",
    "lag_resp_hog_ekonomisk_standard_antal_personer_totalt": "economic_standard_population",
    "andel_av_befolkningen_i_inkomstklass_medianvarde": "income_median",
    "andel_av_befolkningen_i_inkomstklass_medelvarde": "income_mean",
    "andel_av_befolkningen_i_inkomstklass_antal_personer_totalt": "income_population",
}


class Measure(NamedTuple):
    """What a column of a table measures."""

    indicator: str
    label: str
    unit: str


def measure(table: str, content: str = "") -> Measure:
    """Name what a table, or one content of it, measures.

    Parameters
    ----------
    table : str
        Title without its dimensions, as "Folkmängden per region".
    content : str
        A category of "tabellinnehåll", as "Medianvärde, tkr".

    Examples
    --------
    >>> measure("Andel av befolkningen i inkomstklass", "Medianvärde, tkr")
    Measure(indicator='income_median', label='Medianvärde, tkr', unit='sek_thousands')
    """
    name, _, ending = content.rpartition(", ")
    unit = UNITS.get(ending.strip().casefold(), "")
    if not unit:
        name, unit = content, "count"
    key = slug(f"{table} {name}")
    return Measure(NAMES.get(key, key), content or table, unit)
