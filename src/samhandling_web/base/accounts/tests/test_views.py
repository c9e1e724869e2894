"""Pages for administrators, the invitation's link, the own profile, and the lock on guessing."""

import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.utils import timezone

from samhandling_web.base.accounts.models import Membership, Organisation, User
from samhandling_web.base.accounts.rules import Role
from samhandling_web.base.accounts.tests.people import PASSWORD, organisation, person

pytestmark = [
    pytest.mark.django_db,
]
TODAY = timezone.localdate()


@pytest.fixture(autouse=True)
def _no_earlier_guesses():
    cache.clear()


@pytest.fixture
def administrator(client):
    user = person("admin@exempel.se", Role.ADMINISTRATOR, first="Ada", last="Min")
    client.force_login(user)
    return user


@pytest.fixture
def anna():
    return person("anna@exempel.se", Role.ANALYST)


READ = ["/anvandare/", "/anvandare/ny/", "/anvandare/organisationer/", "/anvandare/profil/"]


def every_address(user):
    return [
        *READ[:3],
        "/anvandare/organisationer/ny/",
        "/anvandare/organisationer/kommunen/",
        f"/anvandare/{user.pk}/",
        f"/anvandare/{user.pk}/andra/",
        f"/anvandare/{user.pk}/roll/",
        f"/anvandare/{user.pk}/avaktivera/",
        f"/anvandare/roller/{user.memberships.get().pk}/avsluta/",
    ]


def test_every_page_opens_for_administrators_only(client, anna):
    addresses = every_address(anna)
    assert {client.get(address).status_code for address in addresses} == {302}
    client.force_login(anna)
    assert {client.get(address).status_code for address in addresses} == {403}
    client.force_login(person("admin@exempel.se", Role.ADMINISTRATOR))
    assert {client.get(address).status_code for address in addresses} == {200}


@pytest.mark.usefixtures("administrator")
def test_wrong_methods_are_refused(client, anna):
    for address in ("/anvandare/", f"/anvandare/{anna.pk}/", "/anvandare/organisationer/"):
        assert client.post(address).status_code == 405
    for address in ("bjud-in-igen", "aktivera"):
        assert client.get(f"/anvandare/{anna.pk}/{address}/").status_code == 405
    assert client.delete("/anvandare/profil/").status_code == 405


@pytest.mark.usefixtures("administrator")
def test_an_invited_person_chooses_a_password_and_signs_in(
    client, django_capture_on_commit_callbacks
):
    values = {"email": "ny@exempel.se", "first_name": "Ny", "last_name": "Ny"}
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post("/anvandare/ny/", values)
    user = User.objects.get(email="ny@exempel.se")
    assert answer["Location"] == f"/anvandare/{user.pk}/"
    link = re.search(r"http://testserver(/\S+)", mail.outbox[0].body).group(1)
    client.logout()
    page = client.get(link, follow=True)
    form = page.redirect_chain[-1][0]
    client.post(form, {"password1": PASSWORD, "password2": PASSWORD})
    client.logout()
    client.post("/konto/login/", {"login": "ny@exempel.se", "password": PASSWORD})
    assert client.session["_auth_user_id"] == str(user.pk)
    client.logout()
    used = client.get(link, follow=True).content.decode()
    assert "Länken gäller inte längre" in used


@pytest.mark.usefixtures("administrator")
def test_a_refusal_stands_in_the_form(client, anna):
    answer = client.post("/anvandare/ny/", {"email": anna.email, "first_name": "A"})
    assert answer.status_code == 422
    assert "Det finns redan ett konto" in answer.content.decode()


def test_roles_are_given_and_ended(client, administrator, anna):
    values = {"organisation": organisation().pk, "role": "reporter", "valid_from": str(TODAY)}
    answer = client.post(f"/anvandare/{anna.pk}/roll/", values)
    assert answer["Location"] == f"/anvandare/{anna.pk}/"
    assert "Rapportör" in client.get(answer["Location"]).content.decode()
    assert client.post(f"/anvandare/{anna.pk}/roll/", values).status_code == 422
    given = Membership.objects.get(role=Role.REPORTER)
    ending = f"/anvandare/roller/{given.pk}/avsluta/"
    assert client.post(ending, {"last_day": str(TODAY)}).status_code == 302
    given.refresh_from_db()
    assert given.valid_to == TODAY
    own = administrator.memberships.get()
    last = client.post(f"/anvandare/roller/{own.pk}/avsluta/", {"last_day": str(TODAY)})
    assert last.status_code == 422
    assert "den enda systemförvaltaren" in last.content.decode()


@pytest.mark.usefixtures("administrator")
def test_a_closed_account_is_signed_out_at_once(client, anna):
    other = type(client)()
    other.force_login(anna)
    assert other.get("/anvandare/profil/").status_code == 200
    assert client.post(f"/anvandare/{anna.pk}/avaktivera/", {"reason": "slutat"}).status_code == 302
    assert other.get("/anvandare/profil/").status_code == 302
    assert "Kontot är avaktiverat" in client.get(f"/anvandare/{anna.pk}/").content.decode()
    assert client.post(f"/anvandare/{anna.pk}/aktivera/").status_code == 302
    assert client.post(f"/anvandare/{anna.pk}/bjud-in-igen/").status_code == 302
    assert User.objects.get(pk=anna.pk).is_active


@pytest.mark.usefixtures("administrator")
def test_details_and_organisations_are_changed(client, anna):
    values = {"email": "annika@exempel.se", "first_name": "Annika", "last_name": "Ek"}
    assert client.post(f"/anvandare/{anna.pk}/andra/", values).status_code == 302
    assert User.objects.get(pk=anna.pk).email == "annika@exempel.se"
    values = {"slug": "namnden", "name": "Nämnden", "kind": "committee", "parent": ""}
    assert client.post("/anvandare/organisationer/ny/", values).status_code == 302
    city = organisation()
    values = {"name": "Nämnden", "kind": "committee", "parent": city.pk}
    assert client.post("/anvandare/organisationer/namnden/", values).status_code == 302
    assert Organisation.objects.get(slug="namnden").parent == city
    page = client.get("/anvandare/organisationer/").content.decode()
    assert "– <a" in page


def test_people_see_their_own_profile(client, anna):
    assert client.get("/anvandare/profil/").status_code == 302
    client.force_login(anna)
    page = client.get("/anvandare/profil/").content.decode()
    for address in ("/konto/password/change/", "/konto/2fa/", "/sprak/setlang/"):
        assert address in page
    assert "Utredare" in page
    answer = client.post("/anvandare/profil/", {"first_name": "Annika", "last_name": "Ek"})
    assert answer.status_code == 302
    assert User.objects.get(pk=anna.pk).first_name == "Annika"


@pytest.mark.usefixtures("administrator")
def test_the_number_of_queries_does_not_grow_with_the_people(client, django_assert_max_num_queries):
    for number in range(30):
        person(f"p{number}@exempel.se", Role.REPORTER)
    with django_assert_max_num_queries(8):
        client.get("/anvandare/")
    with django_assert_max_num_queries(6):
        client.get("/anvandare/organisationer/")


def sign_in(client, password):
    return client.post("/konto/login/", {"login": "anna@exempel.se", "password": password})


def test_five_wrong_passwords_lock_the_account(client, anna):
    for number in range(5):
        assert sign_in(client, f"gissning-nummer-{number}").status_code == 200
    sign_in(client, PASSWORD)
    assert "_auth_user_id" not in client.session
    cache.clear()
    sign_in(client, PASSWORD)
    assert client.session["_auth_user_id"] == str(anna.pk)


def test_four_wrong_passwords_do_not(client, anna):
    for number in range(4):
        sign_in(client, f"gissning-nummer-{number}")
    sign_in(client, PASSWORD)
    assert client.session["_auth_user_id"] == str(anna.pk)


def test_nobody_changes_the_address_they_sign_in_with(client, anna):
    client.force_login(anna)
    for act in ("action_add", "action_primary"):
        answer = client.post("/konto/email/", {act: "", "email": "chefen@exempel.se"})
        assert (answer.status_code, answer["Location"]) == (302, "/anvandare/profil/")
    anna.refresh_from_db()
    assert anna.email == "anna@exempel.se"
