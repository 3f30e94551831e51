"""Define the parts of a session, which functions take by need: who looks at the page, what is typed and open on it, its news, its work."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from feedback.store.candidate_data import PersonMatch
from feedback.store.erased_person import ErasedPerson
from feedback.store.pool.people import PoolSearch
from i18n.texts import Texts, texts
from preprocess.document import Document
from preprocess.pasted import split
from preprocess.roster import RosterRow
from reranker.instructions import DEFAULT_TEMPLATE
from service.listing.listing import Listing
from service.message import Message
from service.pile import Pile
from service.run_state import Order

MOST_COUNTED = 100_000
"""Characters of pasted text that are looked through for resumes while somebody types: longer ones would take a second."""


@dataclass(frozen=True)
class Visitor:
    """The person at the page: in which language, under which login, in which tab of the browser."""

    language: str = "zh"
    user: str = ""
    """The login's name, "" where there is no login."""

    tab: str = ""
    """The key of the browser's tab; "": it has none, and nothing is kept of it."""

    @property
    def words(self) -> Texts:
        """Return the texts of the page in this language."""
        return texts(self.language)


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


@dataclass(frozen=True)
class Undo:
    """The work that a click replaced, see undo.py. `key` names it in the text tables; `form` is what was typed, None if that was left."""

    key: str
    values: Mapping[tuple[str, str], Any]
    """By part of the session and name."""

    form: Form | None
    order: Order | None
    """The run that was in work."""

    draft: Draft | None

    until: float


@dataclass
class View:
    """The parts of the page that are open, and what the page tells the person."""

    selected: int = 0
    """The candidate of the ranking that is open, by `input_position`; 0: none. `beside`: whom they are compared with."""

    beside: int = 0
    message: Message | None = None
    """The sentence that the page tells the person, until something else happens."""

    listing: Listing = field(default_factory=Listing)
    """Search, filters and order that the list is asked for."""

    question: PersonMatch | None = None
    """The person who would be erased, while the page asks about it."""

    template: str = DEFAULT_TEMPLATE
    """The instruction template in use, or another value of that choice."""
    labels_too: bool = False
    """True if a click on a status also gives the label that goes with it."""

    hides_names: bool = False
    """True if the pile is shown without names: blind mode is switched on for the next run."""

    pool: PoolSearch | None = None
    """The search of the pool; None: its dialog is closed. `is_pool_outdated`: somebody was erased since it was shown."""

    pool_turn: int = 0
    """The number that the browser gave that search."""

    is_pool_outdated: bool = False


ON_ITS_WAY_S = 10.0
"""Seconds for which a form may be on its way that was filled in before the page was told of an erasure."""


@dataclass
class ErasureNews:
    """Changes of a session by others who erased somebody, which its pages do not know yet."""

    count: int = 0
    """The number of times that there was such news; never goes back."""

    untold: list[ErasedPerson] = field(default_factory=list)
    """The people whom others erased since the page was shown last: what it still has in its boxes may be of them."""

    changed_form: set[str] = field(default_factory=set)
    """Fields of the form that lost something by an erasure, which the page still shows as they were."""

    told: list[tuple[ErasedPerson, float]] = field(default_factory=list)
    """The people whom the page was told of, and when (monotonic seconds): a click may have been on its way before it heard of it."""

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
class RecentNews:
    """Rankings of other pages that began, went on or ended since the landing page of a session was told last."""

    count: int = 0
    """The number of times that there was such news; never goes back."""

    seen: frozenset[tuple[int, ...]] = frozenset()
    """What the other pages were at, when they were looked at last."""

    heard: int = 0
    """The count of the other kinds of news then. Both kinds at once are told one after the other: each has an answer of its own."""

    is_untold: bool = False


@dataclass
class ColleagueNews:
    """The candidates whose status, labels or notes others have changed since the session's page was told last."""

    count: int = 0
    """The number of times that there was such news; never goes back."""

    user: str = ""
    """The user who made the last change; "" where there is no login."""

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
class Work:
    """The things in work for a session in threads of their own: `jobs` has one for each, `changes` counts their news; see background.py."""

    jobs: set[object] = field(default_factory=set)
    changes: int = 0
