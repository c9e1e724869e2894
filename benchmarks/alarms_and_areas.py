"""Weekly alarms, small areas and densities, beside fitting one by one, full matrices and KDEpy."""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.comparison import Comparison
from benchmarks.measuring import Measured, measured

WEEKS_KNOWN = 420
CLOSE = 1e-6
BANDWIDTH_M = 150.0
# KDEpy cuts its Gaussian off where two per cent of it is left; ours is the exact sum to 0.1 %.
CUT_OFF = 0.03
NATIONAL_SECONDS = 10.0
SURVEILLANCE = """
suppressMessages(library(surveillance))
told <- commandArgs(TRUE)
counts <- as.matrix(read.csv(told[1], header = FALSE))
weeks <- as.integer(told[2])
series <- sts(observed = counts, start = c(2015, 1), frequency = 52)
control <- list(range = (nrow(counts) - weeks + 1):nrow(counts), b = 5, w = 3, noPeriods = 10,
                pastWeeksNotIncluded = 26, weightsThreshold = 2.58, thresholdMethod = "nbPlugin")
spent <- system.time(found <- farringtonFlexible(series, control))
cat(spent[["elapsed"]], spent[["user.self"]], "\\n")
write.table(cbind(upperbound(found), found@control$trend), col.names = FALSE, row.names = FALSE)
"""


def weekly_alarms(sizes: dict[str, int]) -> Iterator[Comparison]:
    """Judge many weeks of many series, beside a regression for each in statsmodels."""
    series, weeks, few = sizes["alarm_series"], sizes["alarm_weeks"], sizes["alarm_peer_weeks"]
    counts = np.random.default_rng(1).poisson(6, (series, WEEKS_KNOWN))
    ours = measured(_alarms, lambda: _with_code(counts, weeks), times=3)
    theirs = measured(_alarms_one_by_one, lambda: _imported(counts, few))
    more = series * weeks / few
    scaled = Measured(
        theirs.value, theirs.seconds * more, theirs.cpu_seconds * more, theirs.peak_mib
    )
    yield Comparison(
        "Farrington's expectations, outliers counted in full", f"{series * weeks:,} weeks", ours,
        f"statsmodels GLM, one by one ({few} weeks, scaled)", scaled,
        bool(np.allclose(ours.value[0, -few:], theirs.value, rtol=1e-5)),
    )  # fmt: skip
    yield from _beside_r(counts, weeks, few)
    yield from _national_week(sizes["alarm_national"])


def _beside_r(counts: Any, weeks: int, few: int) -> Iterator[Comparison]:
    """Judge with outliers weighing less, beside R where it and its package are there."""
    ours = measured(_bounds, lambda: _with_code(counts, weeks), times=3)
    told = _r_surveillance(counts, few)
    if told is None:
        return
    seconds, cpu_seconds, upper, trend = told
    scaled = Measured(upper, seconds * weeks / few, cpu_seconds * weeks / few, 0.0)
    # R tests the trend against an error from a sum without the means, once outliers weigh less, and
    # keeps it oftener; where both keep it or neither does, the bounds are the same whole numbers.
    same = ours.value.has_trend[:, -few:] == trend
    yield Comparison(
        "Farrington's bounds, outliers weigh less", f"{len(counts) * weeks:,} weeks", ours,
        f"R surveillance ({few} weeks of each, scaled)", scaled,
        bool(np.array_equal(ours.value.upper[:, -few:][same], upper[same]) and same.mean() > 0.5),
    )  # fmt: skip


def _bounds(ready: tuple[Any, int]) -> Any:
    from samhandling.patterns import FarringtonOptions, farrington

    counts, weeks = ready
    options = FarringtonOptions(use_negative_binomial=True)
    return farrington(counts, weeks=weeks, options=options)


def _r_surveillance(counts: Any, weeks: int) -> tuple[float, float, Any, Any] | None:
    """Return R's seconds by clock and processor, its bounds and whether it kept a trend."""
    if not shutil.which("Rscript"):
        return None
    with tempfile.TemporaryDirectory() as folder:
        script, table = Path(folder, "alarms.R"), Path(folder, "counts.csv")
        script.write_text(SURVEILLANCE, encoding="utf-8")
        np.savetxt(table, counts.T, fmt="%d", delimiter=",")
        command = ["Rscript", str(script), str(table), str(weeks)]
        ended = subprocess.run(command, capture_output=True, text=True, check=False)
    if ended.returncode:
        return None
    first, *rows = ended.stdout.splitlines()
    seconds, cpu_seconds = map(float, first.split())
    found = np.array([[float(cell) for cell in row.split()] for row in rows]).T
    return seconds, cpu_seconds, found[: len(counts)], found[len(counts) :] == 1


def _national_week(series: int) -> Iterator[Comparison]:
    """Judge one week of as many series as the country has, then see how that grows."""
    for number in (series // 16, series // 4, series):
        ours = measured(_national, lambda number=number: _national_series(number))
        yield Comparison(
            f"Farrington, one week of each, at most {NATIONAL_SECONDS:.0f} s of processor",
            f"{number:,} series", ours, "", None, ours.cpu_seconds < NATIONAL_SECONDS,
        )  # fmt: skip


def _national(counts: Any) -> float:
    from samhandling.patterns import farrington

    return float(farrington(counts).alarm.mean())


def _national_series(number: int) -> Any:
    """Draw series from hardly any events to many, and have the compiled code ready."""
    drawn = np.random.default_rng(4)
    weeks = np.arange(264)
    season = 1 + 0.3 * np.sin(2 * np.pi * weeks / 52)
    rates = drawn.gamma(0.7, 4, number)
    counts = np.empty((number, len(weeks)), dtype=np.int32)
    for at in range(0, number, 4_096):
        counts[at : at + 4_096] = drawn.poisson(rates[at : at + 4_096, None] * season)
    _national(counts[:2])
    return counts


def small_areas(sizes: dict[str, int]) -> Iterator[Comparison]:
    """Fit Fay and Herriot's model, beside restricted likelihood with full matrices."""
    n = sizes["small_areas"]
    drawn = np.random.default_rng(2)
    known = drawn.uniform(0.5, 2, n)
    column = drawn.normal(size=n)
    values = 1 + column + drawn.normal(0, np.sqrt(known + 0.5))
    ours = measured(_fay_herriot, lambda: (values, known, column), times=3)
    theirs = measured(_full_matrices, lambda: (values, known, column))
    yield Comparison(
        "Fay-Herriot (REML), variance between areas", f"{n:,} areas", ours,
        "NumPy with areas-by-areas matrices", theirs, abs(ours.value - theirs.value) < CLOSE,
    )  # fmt: skip


def densities(sizes: dict[str, int]) -> Iterator[Comparison]:
    """Spread points over a grid, beside KDEpy's FFT."""
    n = sizes["density_points"]
    x, y = np.random.default_rng(3).normal(0, 2_000, (2, n))
    ours = measured(_density, lambda: (x, y), times=3)
    theirs = measured(_kdepy, lambda: (x, y), times=3)
    yield Comparison(
        "Kernel density on a grid, the highest point", f"{n:,} points", ours, "KDEpy FFTKDE",
        theirs, abs(ours.value / theirs.value - 1) < CUT_OFF,
    )  # fmt: skip


def _imported(counts: Any, weeks: int) -> tuple[Any, int]:
    import statsmodels.api  # noqa: F401 - importing is not what is measured

    return counts, weeks


def _with_code(counts: Any, weeks: int) -> tuple[Any, int]:
    """Have the compiled code ready, as it is after the first call of a day."""
    _alarms((counts[:1], 1))
    return counts, weeks


def _alarms(ready: tuple[Any, int]) -> Any:
    from samhandling.patterns import FarringtonOptions, farrington

    counts, weeks = ready
    return farrington(counts, weeks=weeks, options=FarringtonOptions(is_reweighted=False)).expected


def _alarms_one_by_one(ready: tuple[Any, int]) -> Any:
    import statsmodels.api as sm

    from samhandling.patterns.farrington import FarringtonOptions, _parts_of_the_year

    counts, weeks = ready
    options = FarringtonOptions()
    seasons = (_parts_of_the_year(options)[:, None] == np.arange(10)).astype(float)
    now = seasons[-1]
    expected = []
    for week in range(WEEKS_KNOWN - weeks, WEEKS_KNOWN):
        window = counts[0, week - options.weeks_needed : week + 1]
        past = window[: len(window) - 1 - options.left_out].astype(float)
        time = np.arange(len(past), dtype=float) - options.weeks_needed
        columns = np.column_stack([seasons[: len(past)], time])
        family = sm.families.Poisson()
        fitted = sm.GLM(past, columns, family=family).fit(scale="X2")
        mean = fitted.predict(np.append(now, 0.0)[None])[0]
        errors = fitted.bse * max(fitted.scale, 1.0) ** 0.5 / fitted.scale**0.5
        significant = _two_sided(fitted.params[-1] / errors[-1], fitted.df_resid) < 0.05
        if not (significant and mean <= past.max()):
            plain = sm.GLM(past, seasons[: len(past)], family=family).fit(scale="X2")
            mean = plain.predict(now[None])[0]
        expected.append(mean)
    return np.array(expected)


def _two_sided(statistic: float, degrees: float) -> float:
    from scipy.stats import t as student

    return float(2 * student.sf(abs(statistic), degrees))


def _fay_herriot(ready: tuple[Any, Any, Any]) -> float:
    from samhandling.survey import fay_herriot

    values, known, column = ready
    return fay_herriot(values, known, [("column", column)]).between_areas


def _full_matrices(ready: tuple[Any, Any, Any]) -> float:
    values, known, column = ready
    x = np.column_stack([np.ones(len(values)), column])
    between = float(np.median(known))
    for _ in range(100):
        inverse = np.diag(1 / (known + between))
        press = inverse - inverse @ x @ np.linalg.inv(x.T @ inverse @ x) @ x.T @ inverse
        pressed = press @ values
        step = (pressed @ pressed - np.trace(press)) / np.sum(press * press)
        between = max(between + float(step), 0.0)
        if abs(step) < 1e-9:
            break
    return between


def _density(ready: tuple[Any, Any]) -> float:
    from samhandling.patterns import kernel_density

    x, y = ready
    return float(kernel_density(x, y, bandwidth_m=BANDWIDTH_M, cell_m=20).per_km2.max())


def _kdepy(ready: tuple[Any, Any]) -> float:
    from KDEpy import FFTKDE

    points = np.column_stack(ready)
    _grid, heights = FFTKDE(kernel="gaussian", bw=BANDWIDTH_M).fit(points).evaluate((1_024, 1_024))
    return float(heights.max() * len(points) * 1e6)
