"""The inbox and its letters: what is pressing is told once, and only on working days."""

from datetime import date, timedelta

import pytest

from samhandling_web.base.accounts.models import User
from samhandling_web.base.common import inbox
from samhandling_web.base.common.inbox import InboxItem
from samhandling_web.base.common.text import Text
from samhandling_web.faces.pages import services
from samhandling_web.faces.pages.models import ReminderSent
from tests.page_rules import faults_of_page

pytestmark = pytest.mark.django_db
TUESDAY = date(2026, 11, 24)


@pytest.fixture
def waiting(monkeypatch):
    """A room that tells what the test puts in the list."""
    items = []
    monkeypatch.setattr(inbox, "_sources", {"test": lambda _user, _today: list(items)})
    return items


def item(key: str, due_on: date | None) -> InboxItem:
    return InboxItem("test.thing", key, Text("Svara på fynd"), f"Fynd {key}", "/", due_on)


def test_the_page_groups_what_waits_by_how_pressing_it_is(client, waiting):
    today = date.today()  # noqa: DTZ011
    waiting += [item("a", today - timedelta(days=10)), item("b", None)]
    client.force_login(User.objects.create_user("a@example.org"))
    page = client.get("/att-gora/").content.decode()
    assert faults_of_page(page) == []
    assert page.index("Försenat (1)") < page.index("Väntar (1)")
    assert "försenat" in page


def test_nothing_waiting_says_so(client, waiting):
    client.force_login(User.objects.create_user("a@example.org"))
    assert "Inget väntar på dig just nu" in client.get("/att-gora/").content.decode()


def test_only_who_is_signed_in_has_an_inbox(client):
    assert client.get("/att-gora/").status_code == 302
    client.force_login(User.objects.create_user("a@example.org"))
    assert client.post("/att-gora/").status_code == 405


def test_each_thing_is_told_once_for_each_step_nearer(waiting, mailoutbox):
    User.objects.create_user("a@example.org")
    due = TUESDAY + timedelta(days=7)
    waiting += [item("a", due), item("b", None), item("c", TUESDAY + timedelta(days=60))]
    assert services.reminders_send(today=TUESDAY) == 1
    assert services.reminders_send(today=TUESDAY + timedelta(days=1)) == 0
    assert services.reminders_send(today=due + timedelta(days=1)) == 1
    assert [letter.to for letter in mailoutbox] == [["a@example.org"]] * 2
    assert "1 sak ska vara klar inom två veckor" in mailoutbox[0].body
    assert "1 sak är försenad" in mailoutbox[1].body
    assert "/att-gora/" in mailoutbox[0].body
    assert "Fynd" not in mailoutbox[0].body


def test_no_letters_on_days_off_nor_to_closed_accounts(waiting, mailoutbox):
    User.objects.create_user("a@example.org", is_active=False)
    waiting.append(item("a", TUESDAY))
    assert services.reminders_send(today=TUESDAY) == 0
    User.objects.create_user("b@example.org")
    assert services.reminders_send(today=date(2026, 12, 25)) == 0
    assert services.reminders_send(today=date(2026, 11, 28)) == 0
    assert not mailoutbox


def test_a_letter_that_could_not_be_sent_is_tried_again(waiting, mailoutbox, monkeypatch):
    User.objects.create_user("a@example.org")
    waiting.append(item("a", TUESDAY))

    def broken(*_arguments, **_options):
        raise ConnectionRefusedError

    with monkeypatch.context() as patched:
        patched.setattr(services, "send_mail", broken)
        with pytest.raises(ConnectionRefusedError):
            services.reminders_send(today=TUESDAY)
    assert not ReminderSent.objects.exists()
    assert services.reminders_send(today=TUESDAY) == 1
    assert len(mailoutbox) == 1
