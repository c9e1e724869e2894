"""Where photos are kept while they are tested, and who sends them."""

from pathlib import Path

import pytest

from samhandling_web.base.accounts.models import User


@pytest.fixture
def files(data_folder) -> Path:
    return data_folder / "files" / "photos"


@pytest.fixture
def sender() -> User:
    return User.objects.create_user("sender@example.org")
