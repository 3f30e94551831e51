"""Give a real database in a folder of its own for every test that asks for one."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from feedback.store.store import FILE_NAME, Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Yield an empty store; other processes may open the same file."""
    opened = Store(tmp_path / FILE_NAME)
    yield opened
    opened.close()
