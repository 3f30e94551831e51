"""Run one test over many rows: a table of two thousand words is gone through in a second, and all the rows that fail are named."""

from collections.abc import Callable, Iterable
from typing import Any


def each(names: str, rows: Iterable[Any]) -> Callable[[Callable[..., None]], Callable[[], None]]:
    """Return a decorator like `pytest.mark.parametrize`, whose rows are one test together; one that fails does not stop the others."""
    several, rows = "," in names, list(rows)
    assert rows, "no test may run over nothing"

    def decorate(test: Callable[..., None]) -> Callable[[], None]:
        def of_all_rows() -> None:
            failed = []
            for row in rows:
                try:
                    test(*(row if several else (row,)))
                except Exception as error:
                    failed.append(f"{row}: {type(error).__name__}: {error}".splitlines()[0])
            assert not failed, "\n".join([f"{len(failed)} of {len(rows)} rows", *failed])

        of_all_rows.__name__, of_all_rows.__doc__, of_all_rows.__module__ = test.__name__, test.__doc__, test.__module__
        return of_all_rows

    return decorate
