"""Which rooms and pages a reader sees, and which one is marked as here."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import NoReverseMatch

from samhandling_web.base.common import navigation
from samhandling_web.base.common.navigation import NavItem, Room, everyone
from samhandling_web.base.common.text import _


class SignedIn:
    is_authenticated = True


def address(url_name: str) -> str:
    if url_name.startswith("nowhere"):
        raise NoReverseMatch(url_name)
    return f"/{url_name}/"


@pytest.fixture(autouse=True)
def only_these_pages(monkeypatch):
    monkeypatch.setattr(navigation, "_items", {})
    monkeypatch.setattr(navigation, "reverse", address)
    for item in (
        NavItem(Room.LEARN, _("Mål"), "goals:list"),
        NavItem(Room.OBSERVE, _("Händelser"), "events:list", everyone, order=20),
        NavItem(Room.OBSERVE, _("Inläsningar"), "imports:list", order=10),
        NavItem(Room.OBSERVE, _("Hemligt"), "secret:list", lambda user: False),
    ):
        navigation.register(item)


def test_rooms_come_in_the_order_of_the_loop_and_pages_in_their_own():
    rooms = navigation.rooms_for(SignedIn())
    assert [room.room for room in rooms] == [Room.OBSERVE, Room.LEARN]
    assert [str(item.label) for item in rooms[0].items] == ["Inläsningar", "Händelser"]


def test_a_room_without_pages_for_the_reader_is_not_shown():
    rooms = navigation.rooms_for(AnonymousUser())
    assert [room.room for room in rooms] == [Room.OBSERVE]
    assert [str(item.label) for item in rooms[0].items] == ["Händelser"]


def test_a_page_deeper_in_an_app_marks_the_apps_own_link():
    observe, learn = navigation.rooms_for(SignedIn(), "events:detail")
    assert observe.is_current
    assert str(observe.current.label) == "Händelser"
    assert not learn.is_current


def test_a_page_of_one_thing_is_marked_under_its_list():
    navigation.register(NavItem(Room.ACT, _("Platser"), "places:place-list", order=10))
    navigation.register(NavItem(Room.ACT, _("Problem"), "places:problem-list", order=20))
    for page, label in (
        ("places:problem-detail", "Problem"),
        ("places:place-new", "Platser"),
        ("places:cause-new", "Platser"),
    ):
        (act,) = [room for room in navigation.rooms_for(SignedIn(), page) if room.is_current]
        assert str(act.current.label) == label


@pytest.mark.parametrize(
    ("view_name", "label"),
    [
        ("goals:target-detail", "Delmål"),
        ("goals:wave-detail", "Delmål"),
        ("goals:list", "Mål"),
        ("goals:other", "Mål"),
    ],
)
def test_of_an_apps_pages_the_one_of_the_same_sort_is_marked(view_name, label):
    target = NavItem(Room.LEARN, _("Delmål"), "goals:target-list", order=200, covers=("wave",))
    navigation.register(target)
    *_others, learn = navigation.rooms_for(SignedIn(), view_name)
    assert str(learn.current.label) == label


def test_a_page_of_no_room_marks_none():
    assert not any(room.is_current for room in navigation.rooms_for(SignedIn(), "account_login"))


def test_registering_again_replaces_instead_of_doubling():
    navigation.register(NavItem(Room.ACT, _("Mål"), "goals:list"))
    rooms = navigation.rooms_for(SignedIn())
    assert [room.room for room in rooms] == [Room.OBSERVE, Room.ACT]


def test_a_page_that_this_installation_leaves_out_has_no_link():
    navigation.register(NavItem(Room.ACT, _("Fonden"), "nowhere:list"))
    assert Room.ACT not in [room.room for room in navigation.rooms_for(SignedIn())]
