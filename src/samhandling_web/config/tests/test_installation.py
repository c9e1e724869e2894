"""An empty installation made ready: what is there afterwards, what is refused, what is recorded."""

import pytest

from samhandling_web.base.accounts.models import Organisation, User
from samhandling_web.base.accounts.permissions import may_administer_accounts
from samhandling_web.base.areas.models import AreaLevel, Municipality
from samhandling_web.base.audit.models import AuditRecord
from samhandling_web.config import installation

pytestmark = pytest.mark.django_db
GIVEN = {
    "code": "9901",
    "name": "Exempelstad",
    "email": "me@example.org",
    "password": "fyra-ord-utan-sammanhang",
}


def test_the_first_administrator_can_sign_in_and_let_others_in(client):
    user = installation.set_up(**GIVEN)
    assert client.login(email="me@example.org", password=GIVEN["password"])
    assert may_administer_accounts(user)
    assert installation.is_set_up()
    assert AreaLevel.objects.get(is_base_unit=True).slug == "deso"
    assert Organisation.objects.get().name == "Exempelstad"
    kinds = AuditRecord.objects.order_by("sequence").values_list("kind", flat=True)
    assert list(kinds)[-3:] == [
        "accounts.organisation.set",
        "accounts.user.created",
        "accounts.membership.added",
    ]


@pytest.mark.parametrize("wrong", [{"password": "kort"}, {"email": "ingen adress"}])
def test_a_sign_in_that_the_pages_would_refuse_is_refused_here_too(wrong):
    with pytest.raises(installation.SignInRefused):
        installation.set_up(**(GIVEN | wrong))
    assert not Municipality.objects.exists()
    assert not User.objects.exists()


def test_levels_may_come_from_a_file_and_are_set_once(tmp_path):
    levels = tmp_path / "levels.json"
    levels.write_text('[{"slug": "ward", "name": "distrikt", "rank": 1}]', encoding="utf-8")
    installation.set_up(**GIVEN, levels=levels)
    AreaLevel.objects.update(name="kvarter")
    installation.levels_set([{"slug": "ward", "name": "distrikt"}])
    assert AreaLevel.objects.get().name == "kvarter"
