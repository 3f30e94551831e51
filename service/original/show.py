"""Show the file that a candidate of a page's list was read from: its pages as pictures, the matched lines on them, and a safe download."""

import json
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from feedback.store.audit import EXPORTED, record
from feedback.store.kept_files import KeptFile, bytes_of, pages_of
from feedback.store.store import Store
from preprocess.document import Page
from preprocess.file_kind import PICTURE_EXTENSIONS
from preprocess.file_names import extension_of, shown_name
from preprocess.guarded.client import call_reader
from preprocess.guarded.pool import POOL
from preprocess.layout.passages import LineOnPage, PageText
from reranker.evidence.outcomes import outcomes
from reranker.rows import Row
from service.listing.match import musts_first
from service.output.blind_names import is_revealed, shown_answers, shown_resumes, unmasked_row
from service.run_state import RunState

PICTURED = frozenset({"pdf", "image"})
"""Kinds of files whose pages can be shown."""

_ENDINGS = {kind: f".{kind}" for kind in ("pdf", "docx", "odt", "rtf", "pptx", "ofd", "xps", "pages")} | {"text": ".txt"}
"""Kinds of files that may be downloaded, with the ending they get. Others may run macros or scripts when they are opened."""

_SAME = 0.02  # by so much may two sizes of a page differ
_MOST_AT_ONCE = 8


class NoOriginal(LookupError):
    """Raised if there is no such file, or not for this page: the list is not open there, names are hidden, or it was deleted meanwhile."""


class Busy(Exception):
    """Raised if too many pages are being drawn."""


@dataclass(frozen=True)
class JumpTarget:
    """A passage of the resume's text to be marked. `name` is that of its anchor in the panel ("r1": requirement 1)."""

    name: str
    start: int
    end: int


class Originals:
    """The original files that the server asks for on behalf of a page. `run_of` returns the run that a user's tab shows.

    Every call blocks, and raises NoOriginal unless the file belongs to a candidate of that run whose names are shown.
    """

    def __init__(self, run_of: Callable[[str, str], RunState | None], store: Store):
        self._run_of, self._store = run_of, store
        self._slots = threading.BoundedSemaphore(_MOST_AT_ONCE)

    def layout(self, user: str, tab: str, resume_id: str, digest: str) -> dict[str, Any]:
        """Return as JSON the `sizes` of the pages that can be shown, how many there are in `all`, and the `marks` on them (see `_marks`).

        Raises Busy and Unreadable.
        """
        state, file = self._file(user, tab, resume_id, digest)
        sizes, count = json.loads(self._read("page_sizes", user, file))
        pages = pages_of(self._store, resume_id, digest)
        are_same = len(pages) == min(count, len(sizes)) and all(map(_is_same_size, pages, sizes))
        return {"sizes": sizes, "all": count, "marks": list(_marks(state, resume_id, pages)) if are_same else []}

    def picture(self, user: str, tab: str, resume_id: str, digest: str, page: int) -> bytes:
        """Return a page (from 0) as a JPEG. Raises Busy and Unreadable."""
        _, file = self._file(user, tab, resume_id, digest)
        return self._read("page_picture", user, file, str(page))

    def download(self, user: str, tab: str, resume_id: str, digest: str) -> tuple[str, bytes]:
        """Return the file's bytes and a name whose ending says what they are; noted in the audit log."""
        state, file = self._file(user, tab, resume_id, digest)
        name = download_name(file)
        if not name:
            raise NoOriginal
        data = self._bytes(file)
        with suppress(sqlite3.Error):  # as for other exports: who needs the file gets it
            record(self._store, EXPORTED, user, run_id=state.run_id, resume_id=resume_id, kind="original")
        return name, data

    def _file(self, user: str, tab: str, resume_id: str, digest: str) -> tuple[RunState, KeptFile]:
        state = self._run_of(user, tab)
        if state is None or state.is_blind or not state.run_id:
            raise NoOriginal
        file = next((file for file in state.kept_files.get(resume_id, ()) if file.sha256 == digest), None)
        if file is None:
            raise NoOriginal
        return state, file

    def _bytes(self, file: KeptFile) -> bytes:
        try:
            return bytes_of(self._store, file)
        except (OSError, sqlite3.Error):
            raise NoOriginal from None

    def _read(self, reader: str, user: str, file: KeptFile, *arguments: str) -> bytes:
        """Run a guarded reader on the file. A user's pages take turns among themselves, and with those of others who read files."""
        if file.kind not in PICTURED:
            raise NoOriginal
        if not self._slots.acquire(blocking=False):
            raise Busy
        try:
            data = self._bytes(file)
            return POOL.upload(("originals", user)).run(lambda: call_reader(reader, data, *arguments))
        finally:
            self._slots.release()


def download_name(file: KeptFile) -> str:
    """Return the name that a file is downloaded under, its ending that of its contents; "" if it is not offered."""
    ending = extension_of(file.name)
    is_picture = file.kind == "image" and ending in PICTURE_EXTENSIONS
    ending = ending if is_picture else _ENDINGS.get(file.kind, "")
    return f"{PurePath(shown_name(file.name)).stem}{ending}" if ending else ""


def jump_targets(state: RunState, row: Row, text: str) -> list[JumpTarget]:
    """Return the passages that the panel of the open candidate jumps to: of requirements, of the model's answers, and of results."""
    match_points = row.match_points or ()
    order = musts_first(match_points)
    numbered = [(number, match_points[index]) for number, index in enumerate(order, start=1)]
    points = [JumpTarget(f"r{number}", point.start, point.end) for number, point in numbered if point.quote]
    answers = shown_answers(state, row.input_position)
    asked = [JumpTarget(f"a{order.index(answer.requirement) + 1}", answer.start, answer.end) for answer in answers]
    told = [JumpTarget(f"o{number}", outcome.start, outcome.end) for number, outcome in enumerate(outcomes(text))]
    return points + asked + told


def _marks(state: RunState, resume_id: str, pages: tuple[Page, ...]) -> Iterator[dict[str, Any]]:
    """Yield the marked lines: `page`, `box` (left, top, width and height in % of the page), and the `targets` that stand there.

    `numbers` are those of the requirements whose passage begins with the line.
    """
    row = next((row for row in state.ranking.rows if row.id == resume_id), None) if state.ranking else None
    if row is None:
        return
    if is_revealed(state):  # as the panel shows them
        row = unmasked_row(row, state.resumes[row.input_position - 1])
    text = shown_resumes(state)[row.input_position - 1].text
    page_text = PageText(pages)
    marked: dict[int, tuple[LineOnPage, list[str], list[str]]] = {}  # by id() of the line
    for target in jump_targets(state, row, text):
        for index, placed in enumerate(page_text.lines(text[target.start : target.end], target.start / max(1, len(text)))):
            _, targets, numbers = marked.setdefault(id(placed.line), (placed, [], []))
            targets.append(target.name)
            if not index and target.name.startswith("r"):
                numbers.append(target.name[1:])
    for (number, line), targets, numbers in marked.values():
        page = pages[number]
        box = (line.x0 / page.width, line.y0 / page.height, (line.x1 - line.x0) / page.width, (line.y1 - line.y0) / page.height)
        yield {"page": number, "box": [round(100 * side, 2) for side in box], "targets": targets, "numbers": numbers}


def _is_same_size(page: Page, size: list[float]) -> bool:
    """Return whether a page is shown as it was read; a scan that was read lying on its side is not."""
    return all(abs(read - shown) <= _SAME * max(shown, 1.0) for read, shown in zip((page.width, page.height), size, strict=True))
