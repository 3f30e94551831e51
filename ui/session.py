"""Hold the state of one browser tab: its resumes, its run, what is open on the page, and what the store has of it."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from feedback.learning.tuning import LearningOutcome
from feedback.store.candidate_data import PersonMatch
from feedback.store.erased_person import ErasedPerson
from feedback.store.pool.people import PoolSearch
from preprocess.document import Document
from preprocess.pasted import split
from preprocess.roster import RosterRow
from reranker.instructions import DEFAULT_TEMPLATE
from service.job import JobFile
from service.listing.listing import Listing
from service.message import Message
from service.pile import Pile
from service.run_state import RunState
from ui.rubric_desk import RubricDesk, is_outdated

MOST_COUNTED = 100_000
"""Characters of pasted text that are looked through for resumes while somebody types: longer ones would take a second."""


@dataclass(frozen=True)
class Form:
    """The form as typed, so that a page that is loaded again shows it again."""

    job: str = ""
    pasted: str = ""
    instruction: str | None = None
    """None: nothing was chosen yet."""

    @cached_property
    def pasted_count(self) -> int:
        """Return how many resumes a run would take the pasted text for; 0: none, or the text is too long to tell at once."""
        return len(split(self.pasted)) if len(self.pasted) <= MOST_COUNTED else 0


@dataclass(frozen=True)
class Draft:
    """A form and its resumes that were not ranked when a click put them aside."""

    form: Form
    pile: Pile


@dataclass
class View:
    """The parts of the page that are open."""

    selected: int = 0
    """The candidate of the ranking that is open, by `input_position`; 0: none. `beside`: whom they are compared with."""

    beside: int = 0
    listing: Listing = field(default_factory=Listing)
    """What the list is asked for: search, filters, order."""

    question: PersonMatch | None = None
    """Whom the person is asked about erasing."""

    template: str = DEFAULT_TEMPLATE
    """The instruction template in use, or another value of that choice."""
    labels_too: bool = False
    """Whether a click on a status also gives the label that goes with it."""

    hides_names: bool = False
    """Whether the pile is shown without names: blind mode is switched on for the next run."""

    pool: PoolSearch | None = None
    """What the pool is searched for; None: its dialog is closed. `is_pool_outdated`: somebody was erased since it was shown."""

    pool_turn: int = 0
    """The number that the browser gave that search."""

    is_pool_outdated: bool = False


ON_ITS_WAY_S = 10.0
"""How long a form may be on its way that was filled in before the page was told of an erasure."""


@dataclass
class ErasureNews:
    """Changes of a session by others who erased somebody, which its pages do not know yet."""

    count: int = 0
    """How often there was such news; never goes back."""

    untold: list[ErasedPerson] = field(default_factory=list)
    """Whom others erased since the page was shown last: what it still has in its boxes may be of them."""

    changed_form: set[str] = field(default_factory=set)
    """Fields of the form that lost something by an erasure, which the page still shows as they were."""

    told: list[tuple[ErasedPerson, float]] = field(default_factory=list)
    """Whom the page was told of, and when (monotonic seconds): a click may have been on its way before it heard of it."""

    def tell(self) -> None:
        """Move the untold people to `told`: the page is being updated without them."""
        now = time.monotonic()
        self.told = self._told_lately(now) + [(person, now) for person in self.untold]
        self.untold, self.changed_form = [], set()

    def in_boxes(self) -> list[ErasedPerson]:
        """Return the people whom a form from the page may still contain because it was filled in before the page was updated."""
        return [*self.untold, *(person for person, _ in self._told_lately(time.monotonic()))]

    def _told_lately(self, now: float) -> list[tuple[ErasedPerson, float]]:
        return [(person, told) for person, told in self.told if now - told < ON_ITS_WAY_S]


@dataclass
class ColleagueNews:
    """The candidates whose status, labels or notes others have changed since the session's page was told last."""

    count: int = 0
    """How often there was such news; never goes back."""

    user: str = ""
    """Who made the last change; "" where there is no login."""

    changed: frozenset[str] = frozenset()
    """Ids of the resumes."""

    def add(self, changed: frozenset[str], user: str) -> None:
        """Remember what another session has changed."""
        self.changed, self.user, self.count = self.changed | changed, user, self.count + 1


@dataclass(eq=False)
class Kept:
    """The parts of a session that the store has, so that only changes are written; see keeping.py."""

    id: int = 0
    state: Mapping[str, Any] = field(default_factory=dict)
    documents: dict[int, tuple[Document, int]] = field(default_factory=dict)
    """By id() of a document, the document and its row in the store; 0: it has no text to keep."""

    listed: dict[int, RosterRow] = field(default_factory=dict)
    """By row in the store, the row of a list of candidates that belongs to it."""

    scores: set[str] = field(default_factory=set)


@dataclass
class Session:
    """Mutable on purpose: work that goes on and the clicks beside it see the same one."""

    language: str = "zh"
    tab: str = ""
    """The key of the browser's tab; "": it has none, and nothing is kept of it."""

    user: str = ""
    """The login's name, "" where there is no login."""

    pile: Pile = field(default_factory=Pile)
    run: RunState = field(default_factory=RunState)
    form: Form = Form()
    job_file: JobFile | None = None
    """The file that the form's job description was read from last; the person may have changed the text since."""

    rubric: RubricDesk = field(default_factory=RubricDesk)
    """The criteria of the job description in the form."""

    view: View = field(default_factory=View)
    message: Message | None = None
    undo: Any = None
    """What the last click replaced, while it can be taken back; see undo.py."""

    draft: Draft | None = None
    """The draft that a click put aside and that is nowhere else, until it is taken back; see draft.py."""

    outcome: LearningOutcome | None = None
    """What was learned last, and may be applied."""

    erasures: ErasureNews = field(default_factory=ErasureNews)
    colleagues: ColleagueNews = field(default_factory=ColleagueNews)
    kept: Kept = field(default_factory=Kept)
    pages: int = 0
    """How many pages of the browser have loaded it and not ended yet; see session_registry.py."""

    opened_early: bool = False
    """Whether a tab of the page was opened before the server knew whose page it is: it shows nobody's."""

    jobs: set[object] = field(default_factory=set)
    """One for each thing in work, and `changes` counts their news; see background.py."""

    changes: int = 0

    @property
    def is_outdated(self) -> bool:
        """Whether the list was ranked under an older rubric than the one beside the job description."""
        return bool(self.run.ranking) and not self.run.busy and is_outdated(self.run.rubric, self.rubric.rubric)
