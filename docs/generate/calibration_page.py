"""The page of calibration tables, from what is stored with the library."""

from samhandling.evaluation.calibration import CalibrationRow, stored_calibration
from samhandling.evaluation.panel_shapes import SHAPES

INTRODUCTION = """# Calibration

Made by `make calibrate` from simulated panels; not edited by hand. Each method is run with its
usual settings on panels with a known effect (a quarter fewer events) and on as many without.
*Coverage* is the share of 95 % intervals that held the effect; it should be 95. *False positive* is
the share of panels without an effect whose interval left zero out; it should be 5. *Found* is the
share of panels with the effect in which it was seen. Where coverage, its own error counted, leaves
93 to 97 %, the row is marked *no*; `check_calibrated` then warns, and refuses where coverage is
certainly below 85 %. Synthetic difference-in-differences draws 100 placebos where there are too
many to enumerate.

Simulated panels are kinder than real ones: treated areas are drawn by lot and nothing else happens
at the same time. A method that fails here fails in earnest too; one that holds here may not.
"""

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
        "yes" if row.is_well else "no",
    )
    return "| " + " | ".join(cells) + " |"
