"""Groups that meet: what they bring up, what they decide, and what came of it."""

from datetime import date, timedelta

from django.utils import timezone

from samhandling_web.agree.partnership.models import AgendaItem, Council, Meeting
from samhandling_web.agree.partnership.rules import CouncilKind, ItemStatus
from samhandling_web.agree.partnership.services import councils, items, meetings
from samhandling_web.base.accounts.models import Organisation, User
from samhandling_web.config.demo.lived import words_partnership as words
from samhandling_web.config.demo.lived.clock import WEEKS, at_hour
from samhandling_web.config.demo.lived.scene import District, Scene, pick

EVERY_WEEKS = {"a": 2, "b": 2, "c": 4}
STRATEGIC_WEEKS = (4, 13, 22)
REPORTED_BY = {"polisen": "kommunpolis", "utbildning": "rektor", "social": "faltgrupp"}
Asked = tuple[str, str, int]
"""What is decided, the owner's short name, and within how many days; no owner is no action."""


def plan(scene: Scene) -> None:
    """Write into the diary the operative groups of the districts and the strategic council."""
    for district in scene.districts:
        scene.diary.write_office(scene.diary.day(0, 3), _set_up, scene, district)
        every = EVERY_WEEKS[district.key] * (2 if scene.is_small else 1)
        for number, week in enumerate(range(2, WEEKS + 2, every)):
            _plan_meeting(scene, district, week, number)
    scene.diary.write_office(scene.diary.day(0, 4), _plan_strategic, scene)


def _set_up(scene: Scene, district: District) -> None:
    district.council = councils.council_set_up(
        kind=CouncilKind.OPERATIVE,
        name=f"Operativa gruppen {district.name}",
        organisation=district.committee,
        district=district.area,
        actor=district.coordinator,
    )
    seats = [(district.committee, "trygghetssamordnare")]
    seats += [(scene.organisations[slug], position) for slug, position in words.SEATS]
    _seat(district.council, seats, district.coordinator)


def _seat(council: Council, seats: list[tuple[Organisation, str]], actor: User) -> None:
    for number, (organisation, position) in enumerate(seats):
        councils.seat_add(
            council_id=council.pk,
            organisation=organisation,
            position=position,
            is_chair=number == 0,
            actor=actor,
        )


def _plan_meeting(scene: Scene, district: District, week: int, number: int) -> None:
    day = scene.diary.day(week, 3)

    def announce() -> None:
        assert district.council is not None
        meeting = _announce(scene, district.council, day, district.coordinator)
        if district.works_well:
            scene.diary.write(day - timedelta(days=1), 11, _call, meeting, district)
        scene.diary.write(
            day, 9, lambda: _meet(scene, district, meeting, is_first=number == 0, number=number)
        )

    scene.diary.write_office(day - timedelta(days=9), announce)


def _announce(scene: Scene, council: Council, day: date, actor: User) -> Meeting:
    return meetings.meeting_plan(
        council_id=council.pk,
        starts_at=at_hour(day, 9),
        ends_at=at_hour(day, 10.5),
        where=pick(scene.rng, words.ROOMS),
        actor=actor,
    )


def _call(meeting: Meeting, district: District) -> None:
    meetings.agenda_make(meeting_id=meeting.pk, actor=district.coordinator)
    meetings.meeting_call(meeting_id=meeting.pk, actor=district.coordinator)


def _meet(
    scene: Scene, district: District, meeting: Meeting, *, is_first: bool, number: int
) -> None:
    actor = district.coordinator
    if number % 2 == 1 and district.works_well:
        _bring_up(scene, meeting, words.OWN_ITEMS[number // 2 % len(words.OWN_ITEMS)], actor)
    meetings.meeting_hold(meeting_id=meeting.pk, actor=actor)
    _attend(scene, meeting, district.committee, actor)
    agenda = list(AgendaItem.objects.filter(meeting=meeting).order_by("number"))
    for item in agenda:
        if item.status != ItemStatus.OPEN:
            continue
        if district.works_well or is_first or scene.rng.random() < 0.4:
            _decide(scene, district, item)
    if district.works_well or is_first:
        day = timezone.localdate() + timedelta(days=1)
        scene.diary.write_office(
            day, lambda: meetings.meeting_close(meeting_id=meeting.pk, actor=actor)
        )


def _bring_up(
    scene: Scene, meeting: Meeting, asked: tuple[str, str, str, int], actor: User
) -> None:
    """Put an item of one's own on the agenda, and hold what is to be decided about it in mind."""
    title, decision, owner, days = asked
    item = items.item_add(meeting_id=meeting.pk, title=title, actor=actor)
    scene.meant[item.pk] = (decision, owner, days)


def _attend(scene: Scene, meeting: Meeting, committee: Organisation, actor: User) -> None:
    """Say how many came: all of the own committee, most of the others."""
    came = [(committee, "", 2)]
    others = meeting.council.members.select_related("organisation")
    came += [
        (seat.organisation, seat.position, 1 + int(scene.rng.random() < 0.2))
        for seat in others.exclude(organisation=committee)
        if scene.rng.random() < 0.85
    ]
    meetings.attendance_record(meeting_id=meeting.pk, came=came, actor=actor)


def _decide(scene: Scene, district: District, item: AgendaItem) -> None:
    """Decide about an item, or that nothing is done, and let what was decided be reported."""
    actor, rng = district.coordinator, scene.rng
    decision, slug, days = _asked(scene, district, item)
    notes = pick(rng, words.NOTES)
    if not slug:
        items.item_take_no_action(item_id=item.pk, because=decision, notes=notes, actor=actor)
        return
    deadline = timezone.localdate() + timedelta(days=days)
    decided = items.item_decide(
        item_id=item.pk,
        decision=decision,
        owner=scene.organisations[slug],
        deadline=deadline,
        notes=notes,
        actor=actor,
    )
    if item.problem_id is not None:
        district.decided[item.problem_id] = decided
    if district.works_well:
        day = deadline - timedelta(days=int(rng.integers(1, max(2, days // 2))))
        scene.diary.write_office(day, _report, scene, decided, slug, actor)


def _asked(scene: Scene, district: District, item: AgendaItem) -> Asked:
    """Return what is decided about an item, from what brought it up."""
    if item.pk in scene.meant:
        return scene.meant[item.pk]
    own, rng = district.committee.slug, scene.rng
    kind = item.source.partition(":")[0]
    if kind == "observations.compilation":
        if rng.random() < 0.35:
            return pick(rng, words.WEEK_NOTHING), "", 0
        decision, slug, days = words.WEEK_DECISIONS[int(rng.integers(len(words.WEEK_DECISIONS)))]
        spot = district.troubled[int(rng.integers(len(district.troubled)))]
        return decision.format(spot=spot.name), slug, days
    told = {
        "places.problem": (words.PROBLEM_DECISION, own, 21),
        "partnership.priority": (words.PRIORITY_DECISION, own, 21),
        "partnership.agreement": (words.AGREEMENT_DECISION, own, 60),
        "measures.start": (words.START_DECISION, own, 21),
        "measures.end": (words.END_DECISION, own, 28),
        "measures.follow_up": (words.FOLLOW_UP_DECISION, own, 21),
        "walks.finding": (words.FINDING_DECISION, own, 14),
        "partnership.item": (words.LEFT_DECISION, own, 28),
    }
    return told.get(kind, (words.OTHER_DECISION, own, 28))


def _report(scene: Scene, item: AgendaItem, slug: str, keeper: User) -> None:
    actor = scene.people.get(REPORTED_BY.get(slug, ""), keeper)
    items.item_report(
        item_id=item.pk,
        status=ItemStatus.DONE,
        result=pick(scene.rng, words.RESULTS),
        actor=actor,
    )


def _plan_strategic(scene: Scene) -> None:
    """Set up the strategic council and write its meetings; the next one lies ahead."""
    actor, town = scene.people["strateg"], scene.organisations["kommunen"]
    council = councils.council_set_up(
        kind=CouncilKind.STRATEGIC,
        name="Strategiska trygghetsrådet",
        organisation=town,
        district=None,
        actor=actor,
    )
    seats = [(town, "kommunstyrelsens ordförande")]
    seats += [(scene.organisations[slug], position) for slug, position in words.STRATEGIC_SEATS]
    _seat(council, seats, actor)
    for number, week in enumerate((*STRATEGIC_WEEKS, WEEKS + 2)):
        day = scene.diary.day(week, 1)
        announced = min(day - timedelta(days=20), scene.diary.day(25, 2))
        scene.diary.write_office(
            announced,
            _announce_strategic,
            scene,
            council,
            day,
            number,
        )


def _announce_strategic(scene: Scene, council: Council, day: date, number: int) -> None:
    actor = scene.people["strateg"]
    meeting = _announce(scene, council, day, actor)
    _bring_up(scene, meeting, words.STRATEGIC_ITEMS[number], actor)
    meetings.meeting_call(meeting_id=meeting.pk, actor=actor)
    scene.diary.write(day, 9, _meet_strategic, scene, meeting)


def _meet_strategic(scene: Scene, meeting: Meeting) -> None:
    actor = scene.people["strateg"]
    meetings.meeting_hold(meeting_id=meeting.pk, actor=actor)
    _attend(scene, meeting, scene.organisations["kommunen"], actor)
    for item in AgendaItem.objects.filter(meeting=meeting).order_by("number"):
        decision, slug, days = scene.meant.get(item.pk, (words.OTHER_DECISION, "kommunen", 40))
        decided = items.item_decide(
            item_id=item.pk,
            decision=decision,
            owner=scene.organisations[slug],
            deadline=timezone.localdate() + timedelta(days=days),
            actor=actor,
        )
        day = timezone.localdate() + timedelta(days=days - 9)
        scene.diary.write_office(day, _report, scene, decided, slug, actor)
    meetings.meeting_close(meeting_id=meeting.pk, actor=actor)
