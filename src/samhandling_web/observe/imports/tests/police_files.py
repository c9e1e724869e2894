"""Makes small files in the form of the police's collected event list."""

import csv
import gzip
import io
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

HEADER = ["id", "datetime", "name", "summary", "url", "type", "location_name", "gps"]
MONTHS = "januari februari mars april maj juni juli augusti september oktober november december"


def police_row(number: int, **changes: str) -> dict[str, str]:
    """Return one event as the list writes it; `changes` replace columns."""
    at = datetime(2024, 1, 1, 12, 0, tzinfo=UTC) + timedelta(hours=number % 8_000)
    month = MONTHS.split()[at.month - 1]
    row = {
        "id": str(500_000 + number),
        "datetime": at.strftime("%Y-%m-%d %H:%M:%S +01:00"),
        "name": f"{at.day} {month} {at:%H.%M}, Stöld, Exempelstad",
        "summary": f"Sammanfattning nummer {number}.",
        "url": f"/aktuellt/handelser/{number}/",
        "type": ["Stöld", "Rån", "Brand"][number % 3],
        "location_name": "Exempelstad",
        "gps": "59.33,18.06",
    }
    return {**row, **changes}


def police_file(path: Path, rows: Iterable[Mapping[str, str]]) -> Path:
    """Write rows as the list's CSV, packed when the name says so."""
    text = io.StringIO()
    writer = csv.DictWriter(text, HEADER)
    writer.writeheader()
    writer.writerows(rows)
    content = text.getvalue().encode()
    path.write_bytes(gzip.compress(content) if path.suffix == ".gz" else content)
    return path
