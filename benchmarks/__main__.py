"""Run the measurements: `python -m benchmarks`, or `--quick` to see that they work."""

import argparse
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks import (
    alarms_and_areas,
    counterfactuals,
    forecasts,
    imports,
    meta_analysis,
    methods,
    panels,
    picture,
    scan,
    space_time,
    work,
)
from benchmarks.comparison import Comparison, machine, write_page

Sizes = dict[str, int]

USUAL: Sizes = {
    "police": 0,
    # Enough rows to fill the database's own page cache: only then is growth the file's doing.
    "import_few": 250_000,
    "import_many": 750_000,
    "events": 5_000_000,
    "grid_side": 300,
    "points": 2_000_000,
    "intervals": 500_000,
    "knox_events": 11_700,
    "knox_peer_permutations": 9,
    "knox_million": 1_000_000,
    "alarm_series": 16,
    "alarm_weeks": 104,
    "alarm_peer_weeks": 20,
    "alarm_national": 452_000,
    "small_areas": 2_000,
    "density_points": 1_000_000,
    "forecast_events": 4_000,
    "forecast_peer_rounds": 3,
    "reviews": 200,
    "flipped_studies": 13,
    "panel_areas": 400,
    "donors": 38,
    "months": 192,
    "scan_areas": 4_000,
    "scan_timed_areas": 2_000,
    "scan_peer_replicas": 2,
    "scan_most_areas": 16_000,
    "observations": 100_000,
    "places": 2_000,
    "measures": 5_000,
}
FULL: Sizes = {**USUAL, "import_few": 500_000, "import_many": 5_000_000}
QUICK: Sizes = {
    "police": 2_000,
    "import_few": 1_000,
    "import_many": 4_000,
    "events": 20_000,
    "grid_side": 30,
    "points": 20_000,
    "intervals": 5_000,
    "knox_events": 500,
    "knox_peer_permutations": 3,
    "knox_million": 4_000,
    "alarm_series": 4,
    "alarm_weeks": 8,
    "alarm_peer_weeks": 4,
    "alarm_national": 3_200,
    "small_areas": 200,
    "density_points": 5_000,
    "forecast_events": 300,
    "forecast_peer_rounds": 2,
    "reviews": 20,
    "flipped_studies": 8,
    "panel_areas": 40,
    "donors": 8,
    "months": 60,
    "scan_areas": 80,
    "scan_timed_areas": 20,
    "scan_peer_replicas": 1,
    "scan_most_areas": 320,
    "observations": 1_000,
    "places": 100,
    "measures": 200,
}
BENCHMARKS: dict[str, Callable[[Sizes], Iterator[Comparison]]] = {
    "weekly_alarms": alarms_and_areas.weekly_alarms,
    "small_areas": alarms_and_areas.small_areas,
    "densities": alarms_and_areas.densities,
    "hot_spots": methods.hot_spots,
    "points_in_areas": methods.points_in_areas,
    "hours_of_intervals": methods.hours_of_intervals,
    "forecasts": forecasts.forecasts,
    "knox": space_time.knox_tables,
    "meta_analysis": meta_analysis.meta_analysis,
    "counterfactuals": counterfactuals.counterfactuals,
    "panels": panels.panels,
    "police_events": imports.police_events,
    "many_events": imports.many_events,
    "picture": picture.picture_queries,
    "scan": scan.scan_windows,
    "work": work.daily_work,
}


def main(arguments: list[str]) -> int:
    """Run what is asked for; return 1 when an answer differs or a limit is broken."""
    asked = _parser().parse_args(arguments)
    sizes = QUICK if asked.quick else FULL if asked.full else USUAL
    found: list[Comparison] = []
    print(machine(), flush=True)
    for name, benchmark in BENCHMARKS.items():
        if asked.only and name not in asked.only:
            continue
        for comparison in benchmark(sizes):
            found.append(comparison)
            print(comparison.lines(), flush=True)
    if asked.write:
        write_page(asked.write, found)
    return 0 if all(one.agree for one in found) else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    size = parser.add_mutually_exclusive_group()
    size.add_argument("--quick", action="store_true", help="small sizes, under a minute")
    size.add_argument("--full", action="store_true", help="import five million rows, half an hour")
    parser.add_argument("--only", nargs="+", choices=list(BENCHMARKS), metavar="NAME")
    parser.add_argument("--write", type=Path, metavar="FILE", help="write the page of results")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
