"""What the report page needs to open without network, and which version of it there is."""

import hashlib
import json
from functools import lru_cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.urls import reverse

from samhandling_web.base.areas import selectors as areas
from samhandling_web.base.common.served import ground

WORKER = "observations/js/report-worker.js"
FRAME = (
    "vendor/inter/index.css",
    "vendor/inter/files/inter-latin-wght-normal.woff2",
    "vendor/inter/files/inter-latin-ext-wght-normal.woff2",
    "vendor/designsystemet/theme/designsystemet.css",
    "vendor/designsystemet/src/index.css",
    "common/css/tokens.css",
    "common/css/frame.css",
    "common/css/components.css",
    "common/css/map.css",
    "common/css/print.css",
    "common/js/page.js",
    "common/mark.svg",
    "common/icons.svg",
    "vendor/htmx/htmx.min.js",
)
OWN = (
    "observations/css/report.css",
    "observations/js/report.js",
    "observations/js/report-draft.js",
    "observations/js/report-form.js",
    "observations/js/report-keeper.js",
    "observations/js/report-near.js",
    "observations/js/report-queue.js",
    "observations/js/report-send.js",
    "observations/js/report-store.js",
    "observations/js/report-where.js",
    "observations/js/map-picker.js",
)
MAP = (
    "vendor/maplibre/maplibre-gl.css",
    "vendor/maplibre/maplibre-gl.mjs",
    "vendor/maplibre/maplibre-gl-shared.mjs",
    "vendor/maplibre/maplibre-gl-worker.mjs",
)
FILES = (*FRAME, *OWN, *MAP)


def worker_script() -> str:
    """Return the service worker: what it keeps, and the script that keeps it."""
    keeps = {
        "version": version(),
        "page": reverse("report:report"),
        "files": [static(name) for name in FILES],
        "layers": list(map_layers().values()),
    }
    return f"const KEEPS = {json.dumps(keeps)};\n{_path(WORKER).read_text(encoding='utf-8')}"


def map_layers() -> dict[str, str]:
    """Return the addresses of what the map is drawn from: the districts' borders and the ground."""
    level = areas.district_level()
    borders = {"areas": reverse("areas:level-map", args=[level.slug])} if level else {}
    return {**borders, **ground()}


def version() -> str:
    """Return a text that changes whenever any of the files does."""
    paths = [_path(name) for name in (*FILES, WORKER)]
    return _hashed(tuple((path, path.stat().st_mtime_ns) for path in paths))


def _path(name: str) -> Path:
    found = finders.find(name)
    if not isinstance(found, str):
        msg = f"{name} is not among the static files; the report page cannot be kept without it."
        raise FileNotFoundError(msg)
    return Path(found)


@lru_cache(maxsize=4)
def _hashed(files: tuple[tuple[Path, int], ...]) -> str:
    whole = hashlib.sha256()
    for path, _changed in files:
        whole.update(path.read_bytes())
    return whole.hexdigest()[:16]
