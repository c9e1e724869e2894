"""How the links of the audit chain are computed. Plain Python."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime

START = "0" * 64


def link_hash(previous_hash: str, content: Mapping[str, object]) -> str:
    """Return the SHA-256 of a record's content together with the hash of the one before it."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(f"{previous_hash}\n{text}".encode()).hexdigest()


def time_text(at: datetime) -> str:
    """Write a time the way the chain hashes it: UTC, to the microsecond, on every engine."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
