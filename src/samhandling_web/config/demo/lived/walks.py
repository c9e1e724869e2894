"""Safety walks: planned, walked, answered by owners and by link, fed back, closed and repeated."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.core import mail
from django.db import connection
from django.utils import timezone

from samhandling_web.base.accounts.models import User
from samhandling_web.config.demo.lived import words_walks as words
from samhandling_web.config.demo.lived.clock import at_hour
from samhandling_web.config.demo.lived.scene import District, Scene, Spot, pick
from samhandling_web.config.demo.lived.words_walks import Sighted
from samhandling_web.observe.walks import services
from samhandling_web.observe.walks.models import Finding, Walk
from samhandling_web.observe.walks.rules import AgeBand, FindingStatus, Light, Sex
from samhandling_web.observe.walks.services import Answer, Asked, Found, Plan

ANSWER_LINK = re.compile(r"https?://\S+/([\w-]{20,})/?")
LINK_OWNER = "kvarnfastigheter"
IN_MEMORY = "django.core.mail.backends.locmem.EmailBackend"
Told = tuple[Spot, Sighted]
# The owners' own people answer where they have a login; else whoever leads the walk writes it in.
ANSWERED_BY = {
    "centrumfastigheter": "fastighetsagare",
    "utbildning": "rektor",
    "park": "park1",
    "polisen": "kommunpolis",
    "bostadsbolaget": "rapportor",
}


def plan(scene: Scene) -> None:
    """Write into the diary two walks in each district that works well, and one in the other."""
    for number, district in enumerate(scene.well):
        _plan_walk(scene, district, 3 + number, None)
        _plan_coming(scene, district)
    for district in scene.badly:
        _plan_walk(scene, district, 4, None)


def _plan_walk(scene: Scene, district: District, week: int, previous: Walk | None) -> None:
    asked_on = scene.diary.day(week - 2, 1)
    scene.diary.write(asked_on, 10, _plan, scene, district, week, previous)


def _plan(scene: Scene, district: District, week: int, previous: Walk | None) -> None:
    day = scene.diary.day(week, 2)
    spots = _along(district)
    names = [spot.name for spot in spots]
    line = [[spot.longitude, spot.latitude] for spot in spots]
    walk = services.walk_plan(
        plan=Plan(
            title=f"{district.name}: {names[0]} till {names[-1]}" + (", igen" if previous else ""),
            planned_at=at_hour(day, 18.5),
            organiser=district.committee,
            district=district.area,
            purpose=words.PURPOSE.format(spots=" och ".join(names[:2])),
            meeting_point=f"{names[0]}, vid infotavlan",
            route={"type": "LineString", "coordinates": line},
            previous=previous,
        ),
        invitations=[
            Asked(role, scene.organisations.get(slug), count) for role, slug, count in words.INVITED
        ],
        actor=district.coordinator,
    )
    scene.diary.write(day, 19, _walk, scene, district, walk)


def _along(district: District) -> list[Spot]:
    """Return the spots of a walk: those worked with, then others."""
    calm = [spot for spot in district.spots if spot not in district.troubled]
    return [*district.troubled, *calm][:4]


def _walk(scene: Scene, district: District, walk: Walk) -> None:
    """Find things on the way, say who came, and let those responsible answer in three weeks."""
    seen: list[Told] = [
        (spot, sighted) for spot in _along(district) for sighted in words.FINDINGS[spot.theme]
    ]
    if walk.previous_id:
        seen = seen[::2]
    told = [(_find(scene, district, walk, one), one[1]) for one in seen[:12]]
    today = timezone.localdate()
    feedback_on = today + timedelta(days=19)
    services.walk_record(
        walk_id=walk.pk,
        walked_at=at_hour(today, 18.6),
        light=Light.DARK if walk.previous_id else Light.DAYLIGHT,
        counts=_came(scene),
        feedback_on=feedback_on,
        actor=district.coordinator,
    )
    if not district.works_well:
        _answer_little(scene, told)
        return
    for finding, sighted in told:
        if not sighted.is_safe:
            _plan_answer(scene, district, finding, sighted)
    scene.diary.write(feedback_on, 19.5, _feed_back, scene, district, walk)


def _find(scene: Scene, district: District, walk: Walk, told: Told) -> Finding:
    spot, sighted = told
    before = Finding.objects.filter(
        walk=walk.previous_id, place_name=spot.name, text=sighted.text
    ).first()
    return services.finding_add(
        walk_id=walk.pk,
        found=Found(
            client_id=UUID(bytes=scene.rng.bytes(16), version=4),
            category=scene.categories[sighted.category],
            text=sighted.text,
            is_safe=sighted.is_safe,
            suggestion=sighted.suggestion,
            position=spot.near(scene.rng, 20),
            place_name=spot.name,
            cost_class=sighted.cost,
            owner=scene.organisations.get(sighted.owner),
            repeats=before,
        ),
        actor=_who_sees(scene, district),
    )


def _who_sees(scene: Scene, district: District) -> User:
    people = [district.coordinator, *district.reporters, scene.people["kommunpolis"]]
    return people[int(scene.rng.integers(len(people)))]


def _came(scene: Scene) -> dict[tuple[Sex, AgeBand], int]:
    """Return how many came, by sex and age."""
    most = {AgeBand.UNDER_16: 3, AgeBand.YOUNG: 4, AgeBand.ADULT: 7, AgeBand.OLD: 5}
    return {
        (sex, band): int(scene.rng.integers(0, count))
        for sex in (Sex.WOMEN, Sex.MEN)
        for band, count in most.items()
    } | {(Sex.WOMEN, AgeBand.ADULT): 6}


def _plan_answer(scene: Scene, district: District, finding: Finding, sighted: Sighted) -> None:
    day = timezone.localdate() + timedelta(days=int(scene.rng.integers(4, 17)))
    if sighted.owner == LINK_OWNER:
        scene.diary.write_office(
            timezone.localdate() + timedelta(days=3),
            _send_link,
            scene,
            district,
            finding,
            sighted,
        )
        return
    scene.diary.write_office(day, _answer, scene, district, finding, sighted)


def _answer(scene: Scene, district: District, finding: Finding, sighted: Sighted) -> None:
    actor = _answering(scene, district, sighted)
    answer = _answer_of(scene, sighted)
    services.finding_answer(finding_id=finding.pk, answer=answer, actor=actor)
    _plan_done(scene, finding, answer, actor)


def _answering(scene: Scene, district: District, sighted: Sighted) -> User:
    return scene.people.get(ANSWERED_BY.get(sighted.owner, ""), district.coordinator)


def _answer_of(scene: Scene, sighted: Sighted) -> Answer:
    if sighted.not_because:
        return Answer(FindingStatus.WILL_NOT, why=sighted.not_because)
    deadline = timezone.localdate() + timedelta(days=sighted.days)
    return Answer(FindingStatus.WILL_DO, why=pick(scene.rng, words.WILL_DO), deadline=deadline)


def _plan_done(scene: Scene, finding: Finding, answer: Answer, actor: User) -> None:
    """Let what was promised be done, mostly before its day."""
    if answer.deadline is None:
        return
    days = int(scene.rng.integers(-12, 4))
    done_on = max(answer.deadline + timedelta(days=days), timezone.localdate() + timedelta(days=2))

    def done() -> None:
        told = Answer(FindingStatus.DONE, done_on=timezone.localdate())
        services.finding_answer(finding_id=finding.pk, answer=told, actor=actor)

    scene.diary.write_office(done_on, done)


def _send_link(scene: Scene, district: District, finding: Finding, sighted: Sighted) -> None:
    """Mail a link to an owner without account, who answers by it some days later."""
    with letters_opened() as letters:
        services.link_send(
            finding_id=finding.pk,
            organisation=scene.organisations[LINK_OWNER],
            email=f"forvaltning@{LINK_OWNER}.example",
            site=settings.SITE_ADDRESS.rstrip("/"),
            actor=district.coordinator,
        )
    found = ANSWER_LINK.search(letters[-1])
    if found is None:
        msg = f"The letter with the link of finding {finding.pk} holds no link."
        raise ValueError(msg)
    key = found.group(1)

    def answer() -> None:
        services.finding_answer_by_link(key=key, answer=_answer_of(scene, sighted))

    def done() -> None:
        told = Answer(FindingStatus.DONE, done_on=timezone.localdate())
        services.finding_answer_by_link(key=key, answer=told)

    today = timezone.localdate()
    scene.diary.write_office(today + timedelta(days=6), answer)
    scene.diary.write_office(today + timedelta(days=40), done)


@contextmanager
def letters_opened() -> Iterator[list[str]]:
    """Give the texts of letters that are sent inside, also those that wait for the commit.

    The key of a link is only in the letter, and the half year is one transaction: what waits for
    its end is sent at once, into memory, and not again.
    """
    letters: list[str] = []
    first = len(connection.run_on_commit)
    yield letters
    waiting = connection.run_on_commit[first:]
    del connection.run_on_commit[first:]
    backend, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, IN_MEMORY
    outbox, mail.outbox = getattr(mail, "outbox", []), []
    try:
        for one in waiting:
            one[1]()
        letters += [str(letter.body) for letter in mail.outbox]
    finally:
        settings.EMAIL_BACKEND, mail.outbox = backend, outbox


def _feed_back(scene: Scene, district: District, walk: Walk) -> None:
    """Meet those who walked, tell them, and close when everything has its answer."""
    today, actor = timezone.localdate(), district.coordinator
    services.walk_feed_back(walk_id=walk.pk, feedback_on=today, actor=actor)
    asked = Finding.objects.filter(walk=walk, is_safe=False)
    notice = words.NOTICE.format(
        answered=asked.exclude(status=FindingStatus.OPEN).count(),
        count=asked.count(),
        done=asked.filter(status=FindingStatus.DONE).count(),
    )

    def notify() -> None:
        services.walk_notify(walk_id=walk.pk, notice=notice, actor=actor)

    def close() -> None:
        services.walk_close(walk_id=walk.pk, actor=actor)

    scene.diary.write_office(today + timedelta(days=2), notify)
    scene.diary.write_office(today + timedelta(days=4), close)
    if walk.previous_id is None:
        again = 18 if district.key == "a" else 20
        _plan_walk(scene, district, again, walk)


def _answer_little(scene: Scene, told: list[tuple[Finding, Sighted]]) -> None:
    """Let one of many findings be answered where nobody asks for the rest."""
    unsafe = [(finding, sighted) for finding, sighted in told if not sighted.is_safe]
    finding, sighted = next(pair for pair in unsafe if pair[1].owner == "park")
    day = timezone.localdate() + timedelta(days=33)

    def answer() -> None:
        answer = _answer_of(scene, sighted)
        services.finding_answer(
            finding_id=finding.pk, answer=answer, actor=scene.people[ANSWERED_BY["park"]]
        )

    scene.diary.write_office(day, answer)


def _plan_coming(scene: Scene, district: District) -> None:
    """Let the first district have a walk ahead, planned and not yet walked."""
    if district.key != "a" or scene.is_small:
        return
    last = timezone.localdate(scene.diary.until)

    def coming() -> None:
        spot = district.spots[-1]
        services.walk_plan(
            plan=Plan(
                title=f"{district.name}: kring {spot.name}",
                planned_at=at_hour(last + timedelta(days=9), 17.5),
                organiser=district.committee,
                district=district.area,
                purpose="Skolan och boende har bett om en vandring här när det är mörkt.",
                meeting_point=f"{spot.name}, huvudentrén",
            ),
            invitations=[Asked("boende i området", None, 10), Asked("elevråd", None, 4)],
            actor=district.coordinator,
        )

    scene.diary.write_office(last - timedelta(days=12), coming)
