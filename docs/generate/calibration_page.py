"""The page of calibration tables, from what is stored with the library."""

from samhandling.evaluation.calibration_reading import (
    Calibrated,
    CalibrationRow,
    stored_calibration,
)
from samhandling.evaluation.panel_shapes import SHAPES

INTRODUCTION = """# Calibration

Made by `make calibrate` from simulated panels; not edited by hand. Each method is run with its
usual settings on panels with a known effect (a quarter fewer events) and on as many without.
*Coverage* is the share of 95 % intervals that held the effect; it should be 95. *False positive* is
the share of panels without an effect whose interval left zero out; it should be 5. *Found* is the
share of panels with the effect in which it was seen. Intervals *hold* (yes) where coverage is 93 to
97 % and false positives are not certainly above 5 %; they do not (no) where coverage, its own
error counted, is certainly below 85 %; all else, intervals wider than they need be among it, is a
*warning*. Every effect carries the verdict of the shape nearest to its panel. Where that is *no*
the estimate comes without interval, unless `uncalibrated=Uncalibrated.WARN` is given. Synthetic
difference-in-differences draws 100 placebos where there are too many to enumerate.

The nearest shape is found by the numbers of areas, of treated areas and of periods before and
after, the mean count, over-dispersion and autocorrelation, the last three measured before the
measure. A panel that is a factor three from even the nearest shape in a trait gets a warning at
least.

Simulated panels are kinder than real ones: treated areas are drawn by lot and nothing else happens
at the same time. A method that fails here fails in earnest too; one that holds here may not.
"""

HOLDS = {Calibrated.HOLDS: "yes", Calibrated.WARNS: "warning", Calibrated.NOT_SHOWN: "no"}

HEADER = (
    "| Method | Coverage (%) | False positive (%) | Found (%) | Not usable (%) | Holds |\n"
    "|---|---|---|---|---|---|"
)
SHAPE = (
    "`{name}`: dispersion {dispersion:g}, autocorrelation {autocorrelation:g}, {simulations:,} "
    "simulations with the effect and as many without.\n"
)


def pages() -> dict[str, str]:
    """Return the page."""
    rows = stored_calibration()
    parts = [INTRODUCTION]
    for shape in SHAPES:
        own = [row for row in rows if row.shape == shape.name]
        if not own:
            continue
        parts += [
            f"## {shape.name.replace('_', ' ').capitalize()}: {shape.in_words()}\n",
            SHAPE.format(
                name=shape.name,
                dispersion=shape.dispersion,
                autocorrelation=shape.autocorrelation,
                simulations=own[0].simulations,
            ),
            HEADER,
            *(_line(row) for row in own),
            "",
        ]
    return {"calibration.md": "\n".join(parts)}


def _line(row: CalibrationRow) -> str:
    name, failed = row.design.replace("_", " "), f"{100 * row.failed:.0f}"
    if row.failed == 1:
        return f"| {name} | – | – | – | {failed} | no |"
    coverage = (row.coverage, row.coverage_low, row.coverage_high)
    false = (row.false_positive, row.false_positive_low, row.false_positive_high)
    cells = (
        name,
        *("{:.1f} ({:.1f}–{:.1f})".format(*(100 * v for v in part)) for part in (coverage, false)),
        f"{100 * row.found:.0f}",
        failed,
        HOLDS[row.verdict],
    )
    return "| " + " | ".join(cells) + " |"
