"""Rank what one request brings, from its files to the last match point: the page's run without a page."""

from collections import deque
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from feedback.store.store import Store
from i18n.texts import Texts
from preprocess.document import Rejected, Unreadable
from preprocess.file_names import distinct, shown_name
from preprocess.intake import PastedText
from preprocess.pipeline import Cleaning, read_pasted
from reranker.instructions import DEFAULT_INSTRUCTION, TEMPLATES
from service.export import unread_files
from service.job import read_job
from service.model import Model
from service.pile import Pile, add_uploads
from service.run import News, run
from service.run_state import Order, RunState, cancel
from settings import Settings


@dataclass(frozen=True)
class RankRequest:
    """A ranking to make. `job` is a file or a text, `texts` are (name, text); the files are deleted once they are read.

    `template` names a ready instruction, which counts where `instruction` is "". `is_kept`: the ranking goes into the history.
    """

    job: Path | str
    files: tuple[Path, ...]
    texts: tuple[tuple[str, str], ...]
    instruction: str
    template: str
    cleaning: Cleaning
    company_terms: bool
    is_kept: bool
    user: str
    """User for the history."""


class RequestedRun:
    """One ranking; `state` holds what there is of it. `cancel` may be called by another thread, at any time."""

    def __init__(self, request: RankRequest, model: Model, settings: Settings, store: Store | None):
        self.state = RunState(runs_of=request.user if settings.private_runs else None)
        self._request, self._model, self._store = request, model, store
        self._settings = replace(settings, keep_files=settings.keep_files and request.is_kept)
        self._pile = Pile()
        self._is_cancelled = False

    def steps(self) -> News:
        """Read and rank, yielding after each change of the state, with a message if there is one; end early when cancelled.

        Raise Unreadable if the job description cannot be read.
        """
        request, settings = self._request, self._settings
        file = read_job(request.job, settings) if isinstance(request.job, Path) else None
        instruction = request.instruction.strip() or TEMPLATES.get(request.template, DEFAULT_INSTRUCTION)
        about = {"company_terms": request.company_terms, "job_file": file, "is_kept": request.is_kept}
        order = Order(file.text if file else str(request.job), "", "", instruction, 0, request.cleaning, **about)
        self._add_texts()
        reading = add_uploads(self._pile, request.files, settings, owner=request.user or None)
        next(reading)  # from now on the pile says that it is being read
        with ThreadPoolExecutor(1, "reading") as reader:
            rest = reader.submit(deque, reading, 0)  # while the first ones are scored
            try:
                for message in run(self.state, self._pile, order, self._model, settings, self._store, request.user):
                    if self._is_cancelled:
                        return
                    yield message
                rest.result()
            finally:
                self._pile.cancel_reading()

    def cancel(self) -> None:
        """Stop reading and scoring, after the batch in work."""
        self._is_cancelled = True
        cancel(self.state)
        self._pile.cancel_reading()

    def unread(self, words: Texts) -> Sequence[Rejected]:
        """Return the files that could not be used, so far, as they may be shown."""
        return unread_files(self.state, self._pile, self._request.cleaning.blind, words)

    def _add_texts(self) -> None:
        names = distinct([("", shown_name(name)) for name, _ in self._request.texts])
        for name, (_, text) in zip(names, self._request.texts, strict=True):
            try:
                self._pile.documents.append(read_pasted(PastedText(name, text), self._settings.max_characters))
            except Unreadable as error:
                self._pile.unread.append(Rejected(name, error.reason, error.detail))
