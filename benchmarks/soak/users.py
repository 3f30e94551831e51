"""Do for minutes what users do, and compare what they see with what they must see."""

import random
import threading
import time
import uuid
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import httpx

from benchmarks.visitors import Shown, User, Wrong, check, file_name, job, resume, rows
from i18n.texts import texts
from preprocess.document import Rejected
from tests.data.make_docx import package, paragraph, raw
from tests.data.make_pdf import cyclic_pages, text_pdf

if TYPE_CHECKING:
    from benchmarks.soak.accidents import Machine

PILES = 2
"""Of each user: few, since what is seen for the first time fills caches, which are large and bounded."""

BAD = (
    ("pdf", b"", "empty_file", ""),
    ("pdf", b"<html><body>please sign in</body></html>", "not_pdf", ""),
    ("pdf", cyclic_pages(), "damaged", ""),
    ("pdf", text_pdf(["Cut off"])[:600], "damaged", ""),
    ("docx", package({"word/document.xml": bytes(40_000_000)}), "unpacks_too_large", "40 MB"),
    ("docx", raw("<w:p>"), "damaged", ""),
    ("exe", b"MZ\x90\x00", "unsupported_type", "EXE"),
    ("txt", bytes(range(256)) * 20, "not_text", ""),
)
THINKING = 30.0
"""At most so many seconds pass between two clicks, half as many on average: a person reads. With one second instead, 50 users rank
65 piles a minute, which keeps two cores busy, and a click waits for seconds."""

WAYS = {"ranked": 6, "stopped": 1, "left and came back": 1, "left for good": 1}
"""What users do with a pile, and how often."""


@dataclass(frozen=True)
class UserPile:
    """Files of one user: the marks of the good ones with their names, and the reasons for the bad ones."""

    job: str
    files: dict[str, bytes]
    names: dict[str, str]
    reasons: dict[str, str]


@dataclass
class Seen:
    """Everything that all users saw; each list and counter is only ever appended to."""

    statuses: Counter[int] = field(default_factory=Counter)
    latencies: list[float] = field(default_factory=list)
    clicks: list[float] = field(default_factory=list)
    actions: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    labelled: set[str] = field(default_factory=set)
    accidents: Counter[str] = field(default_factory=Counter)
    lost_in_accidents: Counter[str] = field(default_factory=Counter)


class Foreign(Wrong):
    """A user was shown a row of somebody else: no accident excuses it."""


class Clock:
    """A clock that starts when all users are ready."""

    def __init__(self, users: int, seconds: float):
        self._seconds, self._end = seconds, 0.0
        self._started = threading.Event()
        self._ready = threading.Barrier(users, action=self._start)

    def _start(self) -> None:
        self._end = time.monotonic() + self._seconds
        self._started.set()

    def ready(self) -> None:
        """Say that a user is ready, and wait for the others."""
        self._ready.wait()

    def wait(self) -> None:
        """Wait for the users."""
        self._started.wait()

    @property
    def is_running(self) -> bool:
        """Return whether there is time left."""
        return time.monotonic() < self._end


@contextmanager
def judged(machine: "Machine", seen: Seen) -> Iterator[None]:
    """Note what goes wrong while this lasts; what an accident explains is counted apart."""
    began = time.monotonic()
    try:
        yield
    except (Wrong, httpx.HTTPError, OSError) as error:
        if isinstance(error, httpx.HTTPStatusError) and error.response.status_code == 429:
            return
        if machine.is_disturbed_since(began) and not isinstance(error, Foreign):
            seen.lost_in_accidents[type(error).__name__] += 1
        else:
            seen.wrong.append(f"{type(error).__name__}: {error}")


def live(machine: "Machine", number: int, clock: Clock, seen: Seen) -> None:
    """Spend one user's time. Note whatever goes wrong, and start again with a new page."""
    chance = random.Random(number)
    piles = [pile(f"{number}-{turn}", chance) for turn in range(PILES)]
    visit = Visit(machine, chance, seen)
    for pile_text in piles:
        visit.turn(pile_text, "ranked")
    clock.ready()
    while clock.is_running:
        visit.turn(chance.choice(piles), chance.choices(*zip(*WAYS.items(), strict=True))[0])
    visit.end()


class Visit:
    """One user's page in the browser."""

    def __init__(self, machine: "Machine", chance: random.Random, seen: Seen):
        self._machine, self._chance, self._seen = machine, chance, seen
        self._scores: dict[str, str] = {}
        self._user: User | None = None

    def turn(self, pile: UserPile, what: str) -> None:
        """Upload a pile, do this with it, a key of WAYS, and clear it away; sometimes on a new page."""
        is_done = False
        with judged(self._machine, self._seen):
            if self._user is None or self._chance.random() < 0.3:
                self.end()
                self._user = User(self._machine.address, self._seen.statuses)
                self._user.open(self._new_tab())
                self._seen.actions["pages opened"] += 1
            self._seen.actions[what] += 1
            self._user.upload(pile.files)
            self._think()
            self._act(self._user, pile, what)
            self._think()
            self._user.clear()  # the scores go with the files: the next time they are computed again
            is_done = True
        if not is_done:
            self.end()
            self._think()

    def end(self) -> None:
        """Close the page, if one is open."""
        if self._user:
            self._user.close()
            self._user = None

    def _act(self, user: User, pile: UserPile, what: str) -> None:
        if what == "ranked":
            for _ in range(self._chance.choice((1, 1, 2))):
                seconds, board = user.rank(pile.job)
                self._seen.latencies.append(seconds)
                self._compare(board, pile)
                self._think()
            if self._chance.random() < 0.4:
                self._label(user, rows(board)[0])
        elif what == "stopped":
            stopped = rows(user.rank_and_stop(pile.job))
            if len({row.mark for row in stopped}) != len(stopped) or not {row.mark for row in stopped} <= pile.names.keys():
                raise Wrong(f"a stopped ranking of {list(pile.names)} has {stopped}")
        else:
            user.rank_and_vanish(pile.job)
            if what == "left and came back":
                self._compare(user.open(user.key), pile)
            else:
                user.close()
                user.open(self._new_tab())

    def _label(self, user: User, row: Shown) -> None:
        if not row.resume_id:  # the disk was full when the list was made: nothing of it is stored, and it has no buttons
            return
        start = time.monotonic()
        if row.resume_id not in user.label(row.resume_id, self._chance.choice((0, 1, 2))):
            raise Wrong(f"no word of the label of {row.name}")
        self._seen.clicks.append(time.monotonic() - start)
        self._seen.labelled.add(row.resume_id)
        self._seen.actions["labelled"] += 1

    def _compare(self, board: str, pile: UserPile) -> None:
        """Raise Wrong unless a board has just the pile's own names, quotes and reasons, and the scores of the time before."""
        if strange := {row.mark for row in rows(board)} - pile.names.keys():
            raise Foreign(f"{list(pile.names)} were shown {strange}")
        for row in check(board, list(pile.names), pile.names, pile.reasons):
            if self._scores.setdefault(row.mark, row.score) != row.score:
                raise Wrong(f"{row.name} had {self._scores[row.mark]} before, now {row.score}")

    def _new_tab(self) -> str:
        return uuid.UUID(int=self._chance.getrandbits(128)).hex

    def _think(self) -> None:
        time.sleep(self._chance.random() * THINKING)


def pile(key: str, chance: random.Random) -> UserPile:
    """Return three to six resumes as text, PDF and Word, and up to three files that are none."""
    names, files, reasons = {}, {}, {}
    for number in range(chance.randint(3, 6)):
        mark = f"{key}-{number}"
        ending = ("txt", "docx", "txt", "pdf")[number % 4]
        names[mark] = file_name(mark, ending)
        lines = resume(mark).split("\n")
        written = {"txt": resume(mark).encode(), "docx": raw("".join(map(paragraph, lines))), "pdf": text_pdf(lines, font="Helvetica")}
        files[names[mark]] = written[ending]
    for ending, data, reason, detail in chance.sample(BAD, chance.randint(0, 3)):
        name = f"bad-{key}-{len(reasons)}.{ending}"
        files[name] = data
        reasons[name] = texts("zh").rejected(Rejected(name, reason, detail))
    order = list(files)
    chance.shuffle(order)
    return UserPile(job(key), {name: files[name] for name in order}, names, reasons)
