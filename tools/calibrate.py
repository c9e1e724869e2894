"""Make the calibration tables anew: `make calibrate`.

Usage: python tools/calibrate.py [--simulations N] [--workers N]
"""

import argparse
import os
import sys
import time
from pathlib import Path

from samhandling.evaluation.calibration import calibrate_all
from samhandling.evaluation.calibration_reading import STORED, calibration_text
from samhandling.execution import Processes, Replicates

ROOT = Path(__file__).parent.parent
SIMULATIONS = 1_000


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--simulations", type=int, default=SIMULATIONS)
    parser.add_argument("--workers", type=int, default=0, help="0 for one per core")
    asked = parser.parse_args(arguments)
    # Each worker computes on one core; more threads than cores only get in each other's way.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    began = time.perf_counter()

    def progress(done: int, total: int) -> None:
        if done % 20 == 0 or done == total:
            print(f"{time.perf_counter() - began:6.0f} s  {done} of {total} chunks", flush=True)

    replicates = Replicates(asked.simulations, executor=Processes(asked.workers), progress=progress)
    rows = calibrate_all(replicates)
    path = ROOT / "src" / "samhandling" / "evaluation" / STORED
    path.write_text(calibration_text(rows), encoding="utf-8")
    print(f"{path.relative_to(ROOT)}: {len(rows)} rows in {time.perf_counter() - began:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
