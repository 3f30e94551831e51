"""Share among the tests of accounts what makes hashing passwords quick."""

import pytest

from server.auth import accounts
from tests.server.serving import QUICK_HASHER


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Use hashes of the same kind that take no time."""
    monkeypatch.setattr(accounts, "_HASHER", QUICK_HASHER)
