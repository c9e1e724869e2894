"""SaTScan's own sample analyses: fever in New York City and leukaemia in North Humberside."""

from functools import cache

import numpy as np
import pandas as pd

from samhandling.patterns import ScanOptions, ScanResult, scan_bernoulli, scan_permutation
from tests.reference.published.number import Published
from tests.shared_data import shared_file

NEW_YORK = "SaTScan, sample analysis NYCSpaceTimePermutation"
HUMBERSIDE = "SaTScan, sample analysis NHumbersideSpatialBernoulli"
EARTH_M = 6_367_000
DAYS = 24


def sample(name: str) -> pd.DataFrame:
    return pd.read_csv(shared_file(f"satscan/{name}"), sep=r"\s+", header=None)


@cache
def new_york() -> ScanResult:
    """Fever, 1 to 24 November 2001: alive clusters of at most seven days and 3 km."""
    places, cases = sample("NYCfever.geo"), sample("NYCfever.cas")
    position = {code: at for at, code in enumerate(places[0])}
    counts = np.zeros((len(places), DAYS), dtype=int)
    day = pd.to_datetime(cases[2]).dt.day.to_numpy() - 1
    np.add.at(counts, ([position[code] for code in cases[0]], day), cases[1])
    latitude, longitude = np.radians(places[1]), np.radians(places[2])
    x, y = EARTH_M * np.cos(latitude.mean()) * longitude, EARTH_M * latitude
    options = ScanOptions(prospective=True, longest=7, largest_radius_m=3_000)
    return scan_permutation(x, y, counts, options=options)


@cache
def humberside() -> ScanResult:
    """Childhood leukaemia and lymphoma, 1974-1986, with controls."""
    places = sample("NHumberside.geo").set_index(0)
    cases = sample("NHumberside.cas").groupby(0)[1].sum().reindex(places.index, fill_value=0)
    controls = sample("NHumberside.ctl").groupby(0)[1].sum().reindex(places.index, fill_value=0)
    return scan_bernoulli(places[1], places[2], cases, cases + controls)


NUMBERS = (
    Published(
        "samhandling.patterns.scan_permutation", "New York fever, log likelihood ratio",
        NEW_YORK, 3.845418, 5e-7, lambda: new_york().value,
    ),
    Published(
        "samhandling.patterns.scan_bernoulli", "North Humberside leukaemia, log likelihood ratio",
        HUMBERSIDE, 4.836516, 5e-7, lambda: humberside().value,
    ),
)  # fmt: skip
