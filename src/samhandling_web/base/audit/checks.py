"""What `samhandling check` looks at. Each room registers its own checks when it starts."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from samhandling_web.base.audit.selectors import chain_report
from samhandling_web.base.common.text import Text, _


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that does not hold: where, what, and what to do about it.

    A `reminder` is due work (a clock that has run out); anything else is a fault in the data.
    """

    subject: str
    fault: str
    remedy: str
    is_reminder: bool = False


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that should always hold."""

    slug: str
    label: Text
    look: Callable[[], Iterator[Finding]]


_checks: dict[str, Check] = {}


def register(slug: str, label: Text, look: Callable[[], Iterator[Finding]]) -> None:
    """Let `samhandling check` look; registering the same check twice is harmless."""
    _checks[slug] = Check(slug, label, look)


def all_checks() -> list[Check]:
    return [_checks[slug] for slug in sorted(_checks)]


def chain_findings() -> Iterator[Finding]:
    """Find the first link of the audit chain that does not hold."""
    report = chain_report()
    if report.broken_at is not None:
        yield Finding(
            subject=f"audit record {report.broken_at}",
            fault=report.explanation,
            remedy="Restore a backup from before the change and compare; report the incident.",
        )


register("audit-chain", _("Granskningsloggens kedja är hel"), chain_findings)
