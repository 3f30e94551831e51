"""Many users for minutes, over HTTP, with good and bad files:  python benchmarks/soak.py [--users 50] [--minutes 3]

Starts the real server with a narrow random Qwen3 (it scores in no time) and lets users do what people do, in a loop: open the page anew,
upload good and hostile files, rank, rank again, label, stop, and leave while something is in work, with and without coming back.
Each user's files carry marks of their own and are cleared away and ranked anew again and again: every board must have just the own
names, quotes and reasons, and the scores of the time before, computed again. An answer that does not come is as wrong as a wrong one.

Prints one table. Exit code 1 for a status of 5xx (a full queue is told with 429, by design), a wrong or lost answer, a label that is
not in the store, an error in the server's log, or memory that grows by 5 % or more: the medians of the first and the last third of the
time, which starts when everybody has ranked all of their files once and the caches have them. What Gradio keeps of a closed page for an
hour it keeps for a second here, so that minutes show what hours would do.
"""

import argparse
import random
import sqlite3
import statistics
import sys
import tempfile
import threading
import time
import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import httpx
import psutil

from benchmarks.visitors import Server, Shown, User, Wrong, check, file_name, job, resume, rows, running
from i18n.texts import texts
from preprocess.document import Rejected
from tests.data.make_docx import package, paragraph, raw
from tests.data.make_pdf import cyclic_pages, text_pdf
from tests.data.random_qwen3 import write_random_qwen3

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
THINKING = 1.0
"""At most so many seconds pass between two clicks."""

GROWTH = 0.05
WAYS = {"ranked": 6, "stopped": 1, "left and came back": 1, "left for good": 1}
"""What users do with a pile, and how often."""


@dataclass(frozen=True)
class Pile:
    """Files of one user: the marks of the good ones with their names, and the reasons for the bad ones."""

    job: str
    files: dict[str, bytes]
    names: dict[str, str]
    reasons: dict[str, str]


@dataclass
class Seen:
    """What all users saw; each list and counter is only ever appended to."""

    statuses: Counter[int] = field(default_factory=Counter)
    latencies: list[float] = field(default_factory=list)
    actions: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    labelled: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Sample:
    """The server at one moment; bytes of resident memory, its own and with its children."""

    at: float
    own: int
    all: int
    files: int
    threads: int


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--users", type=int, default=50)
    parser.add_argument("--minutes", type=float, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        model = write_random_qwen3(folder / "model")
        log = folder / "server.log"
        with running(str(model), log, {"GRADIO_IS_E2E_TEST": "1"}) as server:
            seen, samples = soak(server, options.users, options.minutes * 60)
            time.sleep(5)  # everybody has left: what is in work ends, what they had goes
            left = [file for file in folder.glob("reranker-*/**/*") if file.is_file() and file.stat().st_size]  # Gradio leaves empty ones
            samples.append(sample(psutil.Process(server.pid)))
        return report(seen, samples, left, log.read_text("utf-8"), folder / "feedback")


def soak(server: Server, users: int, seconds: float) -> tuple[Seen, list[Sample]]:
    """Let the users in, from when everyone has ranked all their piles for so long. What they saw, and a sample of the server a second."""
    seen, samples = Seen(), []
    clock = Clock(users, seconds)
    process = psutil.Process(server.pid)
    with ThreadPoolExecutor(users) as pool:
        living = [pool.submit(live, server.address, number, clock, seen) for number in range(users)]
        while not all(task.done() for task in living):
            if clock.is_running:
                samples.append(sample(process))
            time.sleep(1)
    for task in living:
        task.result()
    return seen, samples


class Clock:
    """Starts when everybody is ready."""

    def __init__(self, users: int, seconds: float):
        self._seconds, self._end = seconds, 0.0
        self._ready = threading.Barrier(users, action=self._start)
        self.wait = self._ready.wait

    def _start(self) -> None:
        self._end = time.monotonic() + self._seconds

    @property
    def is_running(self) -> bool:
        return time.monotonic() < self._end


def sample(process: psutil.Process) -> Sample:
    """The server as it is now."""
    own = process.memory_info().rss
    children = 0
    for child in process.children(recursive=True):
        with suppress(psutil.NoSuchProcess):
            children += child.memory_info().rss
    return Sample(time.monotonic(), own, own + children, process.num_fds(), process.num_threads())


def live(address: str, number: int, clock: Clock, seen: Seen) -> None:
    """One user's time. Whatever goes wrong is noted, and they start again with a new page."""
    chance = random.Random(number)
    piles = [pile(f"{number}-{turn}", chance) for turn in range(PILES)]
    visit = Visit(address, chance, seen)
    for pile_text in piles:
        visit.turn(pile_text, "ranked")
    clock.wait()
    while clock.is_running:
        visit.turn(chance.choice(piles), chance.choices(*zip(*WAYS.items(), strict=True))[0])
    visit.end()


class Visit:
    """What one user has in the browser."""

    def __init__(self, address: str, chance: random.Random, seen: Seen):
        self._address, self._chance, self._seen = address, chance, seen
        self._scores: dict[str, str] = {}
        self._user: User | None = None

    def turn(self, pile: Pile, what: str) -> None:
        """Upload a pile, do this with it, a key of WAYS, and clear it away; sometimes on a new page."""
        try:
            if self._user is None or self._chance.random() < 0.3:
                self.end()
                self._user = User(self._address, self._seen.statuses)
                self._user.open(self._new_tab())
                self._seen.actions["pages opened"] += 1
            self._seen.actions[what] += 1
            self._user.upload(pile.files)
            self._think()
            self._act(self._user, pile, what)
            self._think()
            self._user.clear()  # the scores go with the files: the next time they are computed again
        except (Wrong, httpx.HTTPError, OSError) as error:
            if not (isinstance(error, httpx.HTTPStatusError) and error.response.status_code == 429):
                self._seen.wrong.append(f"{type(error).__name__}: {error}")
            self.end()

    def end(self) -> None:
        if self._user:
            self._user.close()
            self._user = None

    def _act(self, user: User, pile: Pile, what: str) -> None:
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
        if row.resume_id not in user.label(row.resume_id, self._chance.choice((0, 1, 2))):
            raise Wrong(f"no word of the label of {row.name}")
        self._seen.labelled.add(row.resume_id)
        self._seen.actions["labelled"] += 1

    def _compare(self, board: str, pile: Pile) -> None:
        """Just the pile's own names, quotes and reasons, and the scores of the time before."""
        for row in check(board, list(pile.names), pile.names, pile.reasons):
            if self._scores.setdefault(row.mark, row.score) != row.score:
                raise Wrong(f"{row.name} had {self._scores[row.mark]} before, now {row.score}")

    def _new_tab(self) -> str:
        return uuid.UUID(int=self._chance.getrandbits(128)).hex

    def _think(self) -> None:
        time.sleep(self._chance.random() * THINKING)


def pile(key: str, chance: random.Random) -> Pile:
    """Three to six resumes as text, PDF and Word, and up to three files that are none."""
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
    return Pile(job(key), {name: files[name] for name in order}, names, reasons)


def report(seen: Seen, samples: list[Sample], left: list[Path], log: str, feedback: Path) -> int:
    """Print the table; the exit code."""
    *during, after = samples
    first, last = during[: len(during) // 3], during[-(len(during) // 3) :]
    growth = {}

    def change(what: str, field: str, unit: float = 1) -> str:
        early, late, end = (statistics.median(getattr(sample, field) for sample in part) / unit for part in (first, last, [after]))
        growth[field] = late / early - 1
        return f"{what:<28}{early:,.0f} → {late:,.0f} ({growth[field]:+.1%}); when all have left {end:,.0f}"

    problems = log.count("Traceback") + log.count("A request failed")
    lost = seen.labelled - labelled(feedback / "feedback.sqlite3")
    errors = {status: count for status, count in seen.statuses.items() if status >= 500}
    latencies = sorted(seen.latencies) or [0.0]
    table = [
        f"{'requests':<28}{sum(seen.statuses.values()):,} ({', '.join(f'{count} {what}' for what, count in seen.actions.items())})",
        f"{'5xx':<28}{errors or 'none'}; 429, queue full: {seen.statuses[429]}",
        f"{'wrong or lost answers':<28}{len(seen.wrong)}",
        f"{'labels':<28}{len(seen.labelled)} candidates labelled, {len(lost)} of them not in the store",
        f"{'a ranking took':<28}p50 {statistics.median(latencies):.1f} s, p95 {latencies[int(0.95 * len(latencies))]:.1f} s",
        change("memory with children, MB", "all", 1e6),
        change("memory of the server, MB", "own", 1e6),
        change("open file descriptors", "files"),
        change("threads", "threads"),
        f"{'uploads left on disk':<28}{len(left)}",
        f"{'database':<28}{sum(file.stat().st_size for file in feedback.glob('feedback.sqlite3*')) / 1e6:.1f} MB",
        f"{'errors in the log':<28}{problems}",
    ]
    print("\n".join(table))
    for line in seen.wrong[:10]:
        print("WRONG:", line[:1500])
    if problems:
        print(log[-5000:])
    failed = bool(errors or seen.wrong or lost or problems or left) or max(growth["all"], growth["own"]) >= GROWTH
    print("MISSED" if failed else "met")
    return int(failed)


def labelled(database: Path) -> set[str]:
    """Ids of the resumes that have a label."""
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as opened:
        return {row[0] for row in opened.execute("SELECT DISTINCT sha256 FROM labels JOIN resumes ON resumes.id = labels.resume")}


if __name__ == "__main__":
    sys.exit(main())
