"""Write the result of a bulk run: rows as they come and then the sorted list as JSONL, or the list as a spreadsheet. Mode 0600 throughout.

While a run works, the JSONL file holds the rows that have come, `rank` null; at its end the sorted list takes its place at once.
"""

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO

from feedback.labels import Weights
from i18n.texts import Texts
from preprocess.document import Rejected
from reranker.engine import EngineInfo, Query
from reranker.rows import Ranking, Row
from service.bulk.record import RecordedRow
from service.output.as_csv import csv_bytes
from service.output.as_json import row_as_json
from service.output.as_xlsx import xlsx_bytes
from service.output.blind_names import letter_name, numbered, shown_rejected
from service.output.candidates import person_without_text

FORMATS = (".jsonl", ".csv", ".xlsx")


class ResultFile:
    """The file that a run was told to write. `is_blind`: letters stand for names, and no paths."""

    def __init__(self, path: Path, words: Texts, is_blind: bool):
        """Empty the file; raise OSError."""
        self.path, self._words, self._is_blind = path, words, is_blind
        self._has_rows = path.suffix.lower() == ".jsonl"
        self._coming = _private(path) if self._has_rows else None
        self._refused = 0

    def close(self) -> None:
        """Close the file of the rows that came."""
        if self._coming:
            self._coming.close()

    def row(self, row: Row, path: str) -> None:
        """Add a row that has just got its score; it has no rank yet."""
        self._add({**self._object(row, path), "rank": None, "model_rank": None})

    def rejected(self, file: Rejected) -> None:
        """Add a file that could not be used; in blind mode it is counted, not named."""
        self._refused += 1
        self._add(self._refusal(numbered(file, self._refused, self._words) if self._is_blind else file))

    def _add(self, item: dict[str, Any]) -> None:
        if self._coming:
            self._coming.write(_line(item))
            self._coming.flush()

    def write_sorted(
        self,
        rows: Iterable[tuple[str, Row]],
        rejected: Sequence[Rejected],
        left_out: Iterable[tuple[str, RecordedRow]],
        query: Query,
        model: EngineInfo,
        weights: Weights,
    ) -> None:
        """Write the list in place of what is there, at once. `rows` come in order, with their paths. Raise OSError.

        `rejected` are as they may be shown. `left_out` are those whom the prefilter left out; a spreadsheet does not list them.
        """
        with _in_place_of(self.path) as file:
            if self._has_rows:
                file.writelines(_line(self._object(row, path)) for path, row in rows)
                file.writelines(_line(self._refusal(refused)) for refused in rejected)
                file.writelines(_line(self._left_out(row, path)) for path, row in left_out)
                return
            shown = tuple(self.shown(row) for _, row in rows)
            ranking = Ranking(shown, len(shown), finished=True)
            people = [person_without_text(row, self._is_blind) for row in shown]
            if self.path.suffix.lower() == ".csv":
                file.write(csv_bytes(people, ranking, rejected, self._words))
            else:
                blind = "is_blind" if self._is_blind else "not_blind"
                file.write(xlsx_bytes(people, ranking, query, rejected, model, self._words, weights, blind))

    def shown(self, row: Row) -> Row:
        """Return the row as it may be shown."""
        return replace(row, name=letter_name(row.input_position, self._words), files=()) if self._is_blind else row

    def shown_files(self, rejected: Sequence[Rejected]) -> Sequence[Rejected]:
        """Return the files that could not be used as they may be shown."""
        return shown_rejected(rejected, self._is_blind, self._words)

    def _object(self, row: Row, path: str) -> dict[str, Any]:
        return {**row_as_json(self.shown(row)), "path": "" if self._is_blind else path}

    def _left_out(self, row: RecordedRow, path: str) -> dict[str, Any]:
        about = {"name": "", "path": ""} if self._is_blind else {"name": row.name, "path": path}
        return {"rank": None, "id": row.id, **about, "not_scored": {"guess": row.guess}}

    def _refusal(self, file: Rejected) -> dict[str, Any]:
        return {"rank": None, "name": file.name, "refused": {"reason": file.reason, "message": self._words.rejected(file)}}


def _line(item: dict[str, Any]) -> bytes:
    return json.dumps(item, ensure_ascii=False).encode("utf-8", "replace") + b"\n"


def _private(path: Path) -> BinaryIO:
    """Open a file that only its owner may read, emptied."""
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    os.fchmod(file, 0o600)
    return os.fdopen(file, "wb")


@contextmanager
def _in_place_of(path: Path) -> Iterator[BinaryIO]:
    """Yield a file that takes the place of `path` when the block ends without an error; until then the old one stays."""
    new = path.with_name(f"{path.name}.new")
    try:
        with _private(new) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
    except BaseException:
        new.unlink(missing_ok=True)
        raise
