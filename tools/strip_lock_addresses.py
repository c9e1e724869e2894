"""Take addresses out of package-lock.json: npm needs the hashes, not the hosts."""

import json
from pathlib import Path

LOCK = Path(__file__).parent.parent / "package-lock.json"


def without_addresses(package: dict[str, object]) -> dict[str, object]:
    """Drop the keys that hold addresses and nothing an installation needs."""
    return {key: value for key, value in package.items() if key not in {"funding", "resolved"}}


def main() -> None:
    """Rewrite the lock file in place."""
    lock = json.loads(LOCK.read_text(encoding="utf-8"))
    lock["packages"] = {name: without_addresses(p) for name, p in lock["packages"].items()}
    LOCK.write_text(json.dumps(lock, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
