"""The two towns, built once for all tests, and enough of their events to count on."""

import pytest

from samhandling.synthetic import GRANKOPING, VINTERSELE, EventChunk, Town, make_town
from samhandling.synthetic.files import TownFiles, write_town
from samhandling.synthetic.town import _joined

EXPECTED = 400_000
FILE_EVENTS = 6_000


@pytest.fixture(scope="session")
def city() -> Town:
    return make_town(GRANKOPING, seed=1)


@pytest.fixture(scope="session")
def small_town() -> Town:
    return make_town(VINTERSELE, seed=1)


@pytest.fixture(scope="session", params=["city", "small_town"])
def town(request: pytest.FixtureRequest) -> Town:
    return request.getfixturevalue(request.param)


@pytest.fixture(scope="session")
def city_events(city: Town) -> EventChunk:
    return _joined(list(city.events(EXPECTED)))


@pytest.fixture(scope="session")
def small_town_events(small_town: Town) -> EventChunk:
    return _joined(list(small_town.events(EXPECTED // 4)))


@pytest.fixture(scope="session")
def town_events(town: Town, request: pytest.FixtureRequest) -> EventChunk:
    name = "city_events" if town.plan is GRANKOPING else "small_town_events"
    return request.getfixturevalue(name)


@pytest.fixture(scope="session")
def files(town: Town, tmp_path_factory: pytest.TempPathFactory) -> TownFiles:
    return write_town(town, tmp_path_factory.mktemp("town"), expected=FILE_EVENTS)
