"""Clean the resumes of a run one by one as the model asks for them: uploads, including those still being read, then pasted ones."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from weakref import WeakKeyDictionary, WeakSet

from feedback.store.store import Store
from preprocess.document import Document, Rejected, Resume, Unreadable
from preprocess.pipeline import Cleaning, prepare
from preprocess.roster import RosterRow
from reranker.encoder.encoder import Encoder
from service.erase import drop_numbers
from service.pile import Pile
from service.roster.roster import rows_by_resume
from service.run_state import ERASING, RunState
from settings import Settings


class PreparedPile:
    """The documents of a pile as the run `number` of a state asks about them. Ends when another run takes its place, or at a stop."""

    def __init__(
        self,
        state: RunState,
        number: int,
        pile: Pile,
        job: str,
        pasted: Sequence[Document],
        unread: Sequence[Rejected],
        cleaning: Cleaning,
        settings: Settings,
        store: Store | None,
        started: float,
        encoder: Encoder,
    ):
        self.ranked = state.resumes
        """Those handed on, in order; an empty one in the place of whoever was erased since."""
        self._store, self._started = store, started
        self._state, self._number, self._pile, self._job, self._pasted = state, number, pile, job, pasted
        self._cleaning, self._settings, self._encoder = cleaning, settings, encoder
        known = pile.cleaned if pile.cleaned[0] == (cleaning, job) else ((cleaning, job), WeakKeyDictionary())
        pile.cleaned, self._cleaned = known, known[1]  # of this run: another one of the pile may be ending yet
        self._rejected, self._unscored, self._unusable = list(unread), [], 0
        self._taken: WeakSet[Document] = WeakSet()
        self._numbers: dict[int, int] = {}  # by id() of a file as read, in `ranked`: of those handed on
        self._replaced = 0
        self._report()

    def expected(self) -> int:
        """Return how many resumes there will be, as far as is known now."""
        reading = self._pile.reading
        coming = reading.total - reading.done if reading else 0
        there = min(self._settings.max_files, len(self._pile.documents) + coming + len(self._pasted))
        dropped = self._state.dropped
        pasted = sum(self._numbers.get(id(document)) in dropped for document in self._pasted)  # erased, and still counted above
        return there - self._unusable + len(dropped) - pasted  # who was replaced or erased since is dropped, and not counted, for that

    def documents(self) -> list[Document]:
        """Return the documents of the pile that the run was about: those it came to, usable or not; of a stopped run all."""
        documents = self._pile.documents
        return list(documents) if self._state.stopped else [document for document in documents if document in self._taken]

    def listed_rows(self) -> dict[str, RosterRow]:
        """Return, by id of the resume, the row of a list of candidates that each document of the pile was matched with."""
        return rows_by_resume(self._pile.roster, list(self._pile.documents), self._cleaned)

    @property
    def takes_marks(self) -> bool:
        """True if the statuses and labels of such lists are wanted."""
        return self._pile.roster.takes_marks

    def list_unscored(self, resumes: Sequence[Resume]) -> None:
        """Add the resumes that got no finite score to the state's list of what could not be used."""
        if len(resumes) != len(self._unscored):
            self._unscored = [Rejected(resume.name, "no_score") for resume in resumes]
            self._report()

    def resumes(self) -> Iterator[Resume]:
        """Yield each cleaned resume and append it to the state's; documents that cannot be used go to `state.rejected` with the reason."""
        for count, document in enumerate(self._documents()):
            self._taken.add(document)
            self._drop_replaced(document)
            try:
                if count - self._replaced >= self._settings.max_files:
                    raise Unreadable("too_many", str(self._settings.max_files))
                resume = self._prepared(document)
            except Unreadable as error:
                self._rejected.append(Rejected(document.name, error.reason, error.detail))
                self._unusable += count - self._replaced < self._settings.max_files
                self._report()
            else:
                self.ranked.append(resume)  # before asking: whoever is erased from now on is taken out of this list
                if self._store and self._store.was_erased(resume.id, resume.person, self._started):
                    with ERASING:
                        self._state.dropped -= {len(self.ranked)}  # the next one gets this number
                        self.ranked.pop()
                    continue
                self._numbers.update((id(part), len(self.ranked)) for part in document.parts or (document,))
                yield resume
        self._report()

    def _drop_replaced(self, document: Document) -> None:
        """Take out of the run what was handed on of a person before another file of theirs was read, and `document` joins all."""
        numbers = {number for part in document.parts if (number := self._numbers.pop(id(part), 0))}
        with ERASING:
            drop_numbers(self._state, numbers)
        self._replaced += len(numbers)

    def _prepared(self, document: Document) -> Resume:
        """Return the cleaned document, from the cache if this pile was cleaned the same way for this job before."""
        resume = self._cleaned.get(document)
        if resume is None:
            resume = prepare(document, self._cleaning, self._settings.max_characters, self._job, self._encoder)
            self._cleaned[document] = resume
        return replace(resume, originals=document.originals)

    def _report(self) -> None:
        self._state.rejected = self._pile.unread + self._rejected + self._unscored

    def _documents(self) -> Iterator[Document]:
        taken: dict[int, Document] = {}  # by id(); held, so that no other one gets it
        position, last = 0, None  # the list up to there is taken, as long as this is the last one there
        while self._state.number == self._number and not self._state.stops:
            is_reading = self._pile.reading is not None  # asked first: what comes before it ends is seen below
            fresh = self._pile.documents[max(0, position - 1) :]
            if last and not (fresh and fresh[0] is last):  # some were taken off the list
                fresh, position = list(self._pile.documents), 0
            position, last = max(0, position - 1) + len(fresh), fresh[-1] if fresh else None
            new = [document for document in fresh if id(document) not in taken]
            taken.update((id(document), document) for document in new)
            yield from new
            if not is_reading:
                yield from self._pasted
                return
            time.sleep(0 if new else 0.05)
