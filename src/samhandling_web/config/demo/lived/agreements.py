"""What the parties agree on: agreements with their documents, priorities and promises."""

from datetime import date, timedelta
from io import BytesIO

from django.core.files import File
from django.utils import timezone

from samhandling import __version__
from samhandling_web.agree.partnership.models import Agreement
from samhandling_web.agree.partnership.rules import AgreementKind, PromiseStatus
from samhandling_web.agree.partnership.services import agreements, priorities, promises
from samhandling_web.base.accounts.models import Organisation, User
from samhandling_web.base.areas import selectors as areas
from samhandling_web.base.areas.models import Area
from samhandling_web.base.reports.content import Decision as Signed
from samhandling_web.base.reports.content import Document, Heading, Provenance, Signature
from samhandling_web.base.reports.pdf import pdf
from samhandling_web.base.reports.text import paragraph
from samhandling_web.config.demo.lived import words_partnership as words
from samhandling_web.config.demo.lived.places import question
from samhandling_web.config.demo.lived.scene import District, Scene, Spot

Party = tuple[Organisation, str]
LAPSES_IN_WEEK = 9


def plan(scene: Scene) -> None:
    """Write agreements, priorities and promises into the diary."""
    scene.diary.write_office(scene.diary.day(0, 1), _sign_all, scene)
    for district in scene.districts:
        day = scene.diary.day(5 if district.works_well else 8, 4)
        scene.diary.write_office(day, _set_priorities, district)
        for number in range(len(words.PROMISES[district.key])):
            _plan_promise(scene, district, number)
        scene.diary.write_office(scene.diary.day(24, 3), _judge, district)


def _sign_all(scene: Scene) -> None:
    """Register the declaration of intent, and below it every district's own agreement."""
    today, strategist = timezone.localdate(), scene.people["strateg"]
    town, police = scene.organisations["kommunen"], scene.organisations["polisen"]
    top = _agree(
        kind=AgreementKind.DECLARATION_OF_INTENT,
        title=f"Avsiktsförklaring mellan {town.name} och Polisen",
        parties=((town, "kommundirektör"), (police, "lokalpolisområdeschef")),
        texts=(words.DECLARATION_PURPOSES, words.DECLARATION_FIELDS),
        days=(today - timedelta(days=300), today + timedelta(days=1160)),
        actor=strategist,
    )
    own = {district.area.pk: district for district in scene.districts}
    for area, name in _areas(today):
        district = own.get(area.pk)
        days = (today - timedelta(days=200), today + timedelta(days=900))
        if district is not None and not district.works_well:
            lapses = scene.diary.day(LAPSES_IN_WEEK, 4)
            days = (lapses - timedelta(days=730), lapses)
        signed = _agree(
            kind=AgreementKind.LOCAL_AGREEMENT,
            title=f"Lokal överenskommelse om {name}",
            parties=(
                (district.committee if district else town, "chef för området"),
                (police, "gruppchef för områdespoliser"),
            ),
            texts=(words.PURPOSES.format(name=name), words.FIELDS),
            days=days,
            actor=district.coordinator if district else strategist,
            under=(top, area),
        )
        if district is not None:
            district.agreement = signed


def _areas(day: date) -> list[tuple[Area, str]]:
    level = areas.district_level()
    if level is None:
        return []
    return [(version.area, version.name) for version in areas.areas_on(level.slug, day)]


def _agree(
    *,
    kind: AgreementKind,
    title: str,
    parties: tuple[Party, ...],
    texts: tuple[str, str],
    days: tuple[date, date],
    actor: User,
    under: tuple[Agreement | None, Area | None] = (None, None),
) -> Agreement:
    """Draft an agreement, add its parties and its document, and register that it is signed."""
    signed_on = days[0] - timedelta(days=6)
    draft = agreements.agreement_draft(
        kind=kind,
        title=title,
        owner=parties[0][0],
        actor=actor,
        parent=under[0],
        district=under[1],
        purposes=texts[0],
        fields_of_cooperation=texts[1],
        valid_from=days[0],
        valid_to=days[1],
        case_number=f"{signed_on.year}/{signed_on.timetuple().tm_yday:03}",
    )
    for organisation, position in parties:
        agreements.party_add(
            agreement_id=draft.pk, organisation=organisation, signed_as=position, actor=actor
        )
    document = _document(title, parties, texts, signed_on)
    agreements.document_attach(agreement_id=draft.pk, file=document, actor=actor)
    return agreements.agreement_sign(agreement_id=draft.pk, signed_on=signed_on, actor=actor)


def _document(
    title: str, parties: tuple[Party, ...], texts: tuple[str, str], signed_on: date
) -> File[bytes]:
    """Set the agreement as the PDF that the parties have signed."""
    names = " och ".join(organisation.name for organisation, _position in parties)
    content = Document(
        title=title,
        subtitle=f"Mellan {names}",
        provenance=Provenance("-", __version__, timezone.now(), names),
        blocks=(
            Heading("Syften"),
            paragraph(texts[0]),
            Heading("Områden för samverkan"),
            paragraph(texts[1]),
            Signed(
                body=names,
                decided_on=signed_on,
                reference=f"{signed_on.year}/{signed_on.timetuple().tm_yday:03}",
                signatures=tuple(Signature(role=f"{who}, {where}") for where, who in parties),
            ),
        ),
        marks=("Påhittade uppgifter",),
    )
    return File(BytesIO(pdf(content)), name="avtal.pdf")


def _set_priorities(district: District) -> None:
    """Put first what the district's problems are about, and tie the problems to it."""
    assert district.agreement is not None
    today = timezone.localdate()
    for spot in district.troubled if district.works_well else district.troubled[:1]:
        priority = priorities.priority_set(
            agreement_id=district.agreement.pk,
            title=f"{words.PRIORITY_TITLES[spot.theme]}: {spot.name}",
            description=words.PRIORITY_DESCRIPTION.format(spot=spot.name),
            indicator_name=f"Iakttagelser vid {spot.name}",
            indicator=question(spot).as_json(),
            valid_from=today,
            valid_to=today + timedelta(days=365),
            actor=district.coordinator,
        )
        district.priorities.append(priority)
        if spot.problem is not None and district.works_well:
            priorities.problem_link(
                priority_id=priority.pk, problem=spot.problem, actor=district.coordinator
            )


def _plan_promise(scene: Scene, district: District, number: int) -> None:
    diary = scene.diary
    first = diary.day(8, 1)
    last = first + timedelta(days=105 if district.works_well else 70)
    spot = district.troubled[min(number, len(district.troubled) - 1)]
    diary.write_office(first - timedelta(days=7), _promise, district, number, spot, (first, last))


def _promise(district: District, number: int, spot: Spot, days: tuple[date, date]) -> None:
    statement, measured_by, verdict, evidence = words.PROMISES[district.key][number]
    draft = promises.promise_draft(
        owner=district.committee,
        actor=district.coordinator,
        agreement=district.agreement,
        district=district.area,
        statement=statement.format(spot=spot.name),
        measured_by=measured_by,
        promised_from=days[0],
        promised_to=days[1],
    )
    promises.promise_give(promise_id=draft.pk, actor=district.coordinator)
    district.promised.append((draft.pk, verdict, evidence, days[1]))


def _judge(district: District) -> None:
    """Say of promises whose time is out how they went, where somebody asks."""
    today = timezone.localdate()
    for number, verdict, evidence, last in district.promised:
        if verdict and last < today:
            promises.promise_judge(
                promise_id=number,
                verdict=PromiseStatus(verdict),
                evidence=evidence,
                actor=district.coordinator,
            )
