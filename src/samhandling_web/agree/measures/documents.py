"""An action plan as a document that leaves the house.

An adopted plan is made from what was frozen alone, so that it is the same every time.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from samhandling_web.agree.measures import plan_content
from samhandling_web.agree.measures.models import ActionPlan, PlanFollowUp
from samhandling_web.agree.measures.plan_content import LANGUAGE
from samhandling_web.agree.measures.rules import PLAN_STATUSES, PlanStatus
from samhandling_web.agree.measures.selectors.plans import content_of, follow_ups_of
from samhandling_web.base.reports import text
from samhandling_web.base.reports.content import (
    Block,
    Column,
    Decision,
    Document,
    Emphasis,
    FigureTable,
    Heading,
    Kind,
    PageBreak,
    Paragraph,
    Provenance,
    Run,
)
from samhandling_web.understand.picture import scopes
from samhandling_web.understand.places.queries import Reading


def document_of(plan: ActionPlan) -> Document:
    """Return the plan with every measure, its money and, when there is one, its follow-up."""
    with translation.override(LANGUAGE):
        content = content_of(plan)
        return Document(
            title=plan.title,
            subtitle=_subtitle(plan, content),
            provenance=_provenance(plan, content),
            blocks=tuple(_blocks(plan, content)),
            marks=(_status_mark(plan), *scopes.marks()),
            contents=True,
        )


def _subtitle(plan: ActionPlan, content: dict[str, Any]) -> str:
    version = _("version {version}").format(version=plan.version)
    return " · ".join([content["area"], f"{plan.period_start} – {plan.period_end}", version])


def _status_mark(plan: ActionPlan) -> str:
    return str(PLAN_STATUSES[PlanStatus(plan.status)]).capitalize()


def _provenance(plan: ActionPlan, content: dict[str, Any]) -> Provenance:
    is_fixed = plan.content is not None
    rows = (
        (_("Område"), content["area"]),
        (_("Period"), f"{plan.period_start} – {plan.period_end}"),
        (_("Version"), str(plan.version)),
        (_("Ansvarig"), plan.organisation.name),
        (_("Kontrollsumma"), plan.content_hash),
    )
    return Provenance(
        data_version=content["data_version"],
        code_version=content["code_version"],
        made_at=plan_content.made_at(content) if is_fixed else timezone.localtime(),
        made_by=plan.organisation.name,
        parameters=tuple(row for row in rows if row[1]),
    )


def _blocks(plan: ActionPlan, content: dict[str, Any]) -> Iterator[Block]:
    yield _decision(plan)
    yield Heading(_("Inledning"))
    yield from text.blocks(content["introduction"]) or (_said(_("Inledningen är inte skriven.")),)
    yield Heading(_("Underlag"))
    yield _said(_picture_in_words(content["picture"]))
    if content["measures"]:
        yield Heading(_("Åtgärderna i korthet"))
        yield _money(content)
        yield _overview(content)
        yield PageBreak()
        yield Heading(_("Åtgärderna"))
        for row in content["measures"]:
            yield from _measure(row)
    for follow_up in follow_ups_of(plan):
        yield PageBreak()
        yield from _follow_up(follow_up)


def _decision(plan: ActionPlan) -> Decision:
    if plan.status == PlanStatus.DRAFT or plan.adopted_by is None:
        return Decision(body="", text=_("Den här versionen är inte antagen."))
    return Decision(
        body=plan.adopted_by.name,
        text=_("Åtgärdsplanen, version {version}, är antagen (5 § lag 2023:196).").format(
            version=plan.version
        ),
        decided_on=plan.adopted_on,
        reference=plan.case_number,
    )


def _picture_in_words(picture: dict[str, Any] | None) -> str:
    if picture is None:
        return _("Ingen lägesbild är vald ännu.")
    return _(
        "Planen bygger på lägesbild {number}, ”{title}”, version {version}, antagen {day} "
        "({case}). Kontrollsumma: {hash}."
    ).format(
        number=picture["id"],
        title=picture["title"],
        version=picture["version"],
        day=picture["adopted_on"],
        case=picture["case_number"],
        hash=picture["content_hash"],
    )


def _money(content: dict[str, Any]) -> FigureTable:
    rows = tuple(
        (horizon.capitalize(), *sums) for horizon, sums in plan_content.totals(content).items()
    )
    return FigureTable(
        _("Pengar per horisont"),
        (
            Column(_("Horisont")),
            Column(_("Åtgärder"), Kind.INT),
            Column(_("Investering (kr)"), Kind.INT),
            Column(_("Drift (kr per år)"), Kind.INT),
        ),
        rows,
        definition=_("Investering betalas en gång, drift varje år så länge åtgärden pågår."),
    )


def _overview(content: dict[str, Any]) -> FigureTable:
    rows = tuple(
        (row["title"], row["owner"], row["office"] or row["portfolio"], row["start_on"] or "",
         row["end_on"] or "", row["follow_up_on"] or "")
        for row in content["measures"]
    )  # fmt: skip
    labels = (
        _("Åtgärd"), _("Genomförs av"), _("Politiskt ansvar"), _("Börjar"), _("Slutar"),
        _("Följs upp"),
    )  # fmt: skip
    return FigureTable(_("Vem och när"), tuple(Column(label) for label in labels), rows)


def _measure(row: dict[str, Any]) -> Iterator[Block]:
    yield Heading(row["title"], level=2)
    if row["description"]:
        yield from text.blocks(row["description"])
    for label, said in (
        (_("Problem"), row["problem"]),
        (_("Orsak"), row["cause"]),
        (_("Så är den tänkt att verka"), _mechanism(row)),
        (_("Var"), row["where"]),
        (_("Indikator"), _indicator(row)),
        (_("Utgångsvärde"), _baseline(row)),
        (_("Planerad utvärdering"), row["evaluation_level"]),
    ):
        if said:
            yield Paragraph((Run(f"{label}: ", Emphasis.STRONG), *text.runs(said)))


def _mechanism(row: dict[str, Any]) -> str:
    return f"{row['mechanism']}. {row['mechanism_text']}".strip()


def _indicator(row: dict[str, Any]) -> str:
    return f"{row['indicator']}. {row['indicator_words']}".strip()


def _baseline(row: dict[str, Any]) -> str:
    if not row["baseline"]:
        return ""
    reading = Reading.from_json(row["baseline"])
    return _("{value}, {first}–{last}. {source}").format(
        value=reading.in_words(),
        first=reading.first_day,
        last=reading.last_day,
        source=reading.source,
    )


def _follow_up(follow_up: PlanFollowUp) -> Iterator[Block]:
    yield Heading(_("Uppföljning {day}").format(day=_iso(follow_up.on)))
    yield _said(
        _("Behandlad av {body}{case} (6 § lag 2023:196).").format(
            body=follow_up.decided_by.name,
            case=f", {follow_up.case_number}" if follow_up.case_number else "",
        )
    )
    yield from text.blocks(follow_up.conclusion)
    labels = (_("Åtgärd"), _("Läge"), _("Blev den gjord"), _("Vad siffrorna visar"), _("Slutsats"))
    rows = tuple(
        (row["title"], row["status"], row["carried"], row["change"], row["verdict"])
        for row in follow_up.content["measures"]
    )
    columns = tuple(Column(label) for label in labels)
    yield FigureTable(_("Åtgärderna när planen följdes upp"), columns, rows)


def _iso(day: date) -> str:
    return day.isoformat()


def _said(words: str) -> Paragraph:
    return Paragraph((Run(words),))
