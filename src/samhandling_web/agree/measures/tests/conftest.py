"""Who proposes and who decides while measures are tested."""

import pytest

from samhandling_web.agree.measures.tests import factories
from samhandling_web.base.accounts.rules import Role


@pytest.fixture
def coordinator():
    factories.district()
    return factories.person(Role.DISTRICT_COORDINATOR)


@pytest.fixture
def strategist():
    town = factories.organisation("town", "municipality")
    return factories.person(Role.CITY_STRATEGIST, town, "strategist")
