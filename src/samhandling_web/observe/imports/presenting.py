"""What an import's pages show of a batch, in words."""

from typing import Any

from samhandling_web.observe.imports.field_texts import FIELDS
from samhandling_web.observe.imports.models import Batch
from samhandling_web.observe.imports.reason_texts import REASON_LABELS, notice_text, reason_text
from samhandling_web.observe.imports.services import DryRun

STATE_TONES = {
    "received": "neutral",
    "reading": "info",
    "read": "info",
    "applied": "success",
    "failed": "danger",
    "cancelled": "warning",
    "undone": "warning",
}


def notices_in_words(notices: list[dict[str, Any]]) -> list[str]:
    return [notice_text(notice["code"], notice["parameters"]) for notice in notices]


def tone_of(batch: Batch) -> str:
    return STATE_TONES[batch.state]


def preview_in_words(tried: DryRun) -> dict[str, Any]:
    """Return the first rows as a table and the refused ones with their reasons."""
    names = [name for name in (tried.first_rows[0] if tried.first_rows else {}) if name != "row"]
    filled = [
        name for name in names if any(row[name] not in (None, "") for row in tried.first_rows)
    ]
    return {
        "tried": tried,
        "columns": [FIELDS.get(name, name) for name in filled if name != "geometry"],
        "rows": [[row[name] for name in filled if name != "geometry"] for row in tried.first_rows],
        "rejected": [(row.row, reason_text(row.code, row.parameters)) for row in tried.rejected],
        "reasons": [(REASON_LABELS.get(code, code), n) for code, n in tried.reasons.items()],
        "notices": notices_in_words(tried.notices),
    }
