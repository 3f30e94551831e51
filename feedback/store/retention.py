"""Delete rankings older than N days, then candidates left without a ranking.

Labels, statuses and notes go with the candidate. Learned weights stay, and so do the numbers that labels taught (see anonymised.py): they
are nobody's data. The audit log, of ids and numbers, stays too. A wrong clock must not delete anything early, so a sweep runs only if its
time is near the last one's, and a run never counts as older than the one before it.
"""

import logging
import sqlite3
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from itertools import accumulate
from typing import Any

from feedback.store.anonymised import keep_anonymised
from feedback.store.backup.swap import delete_left_behind, left_behind
from feedback.store.erase import clear_quotes
from feedback.store.kept_files import delete_unneeded
from feedback.store.store import Store, audit

CLOCK_BEHIND, CLOCK_AHEAD, SHORTER = "clock_behind", "clock_ahead", "shorter"
DAY_S = 86_400.0
MAX_AHEAD_S = 92 * DAY_S
"""The longest plausible time without a start of the program; beyond it the clock may be wrong, and a person is asked."""

_PROGRAM = "retention"
_LOOK_S = 3600.0

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class SweepResult:
    """Counts of deletions. `held_back` says why nothing was: CLOCK_BEHIND or CLOCK_AHEAD, as the clock is far from the last sweep's, or
    SHORTER, as the period is shorter than at the last sweep, and counts from a day later on.

    A person then has to look at the clock or the period, and may sweep with `confirmed`.
    """

    runs: int = 0
    candidates: int = 0
    labels: int = 0
    jobs: int = 0
    files: int = 0
    """Damaged databases that had been set aside, and what was there before a restore or an upgrade."""

    held_back: str = ""
    is_complete: bool = True
    """False: deleted from every table, but bytes may remain in the files until the next sweep that deletes, or the next start."""


def sweep(store: Store, days: int, now: float, user: str = _PROGRAM, *, confirmed: bool = False) -> SweepResult:
    """Delete runs older than `days`, and each candidate, with text and labels, whose last run is deleted; 0 days: nothing, ever.

    `now` is in Unix seconds. A candidate whom nobody was shown in a run (imported labels), or whose runs were deleted, is as old as the
    last label, status or note. Job descriptions without any of these are deleted, as are sign-ins and damaged databases set aside as long
    ago. What labels teach stays (`anonymised.keep_anonymised`).
    Nothing is deleted when the clock or a shorter period cannot be trusted (see `held_back`), unless a person has `confirmed` it.
    """
    if days <= 0:
        return SweepResult()
    with store.writing() as db:
        held_back = "" if confirmed else _held_back(db, now) or _shorter(db, days, now)
        if held_back:
            return SweepResult(held_back=held_back)
        for table in (
            "runs",
            "labels",
            "statuses",
            "notes",
            "page_sessions",
            "sign_ins",
        ):  # written while the clock was ahead: from now on they age like the others
            db.execute(f"UPDATE {table} SET at = ?1 WHERE at > ?1", (now,))
        result = _delete(db, now - days * DAY_S)
        files = _delete_set_aside(store, now - days * DAY_S)
        is_clean = result == SweepResult()
        if not is_clean:
            db.execute("INSERT INTO scrub_due VALUES (?)", (now,))
        result = replace(result, files=files)
        audit.append(db, audit.RETENTION, user, days=days, now=now, confirmed=confirmed, **_counts(result))
    if is_clean:
        delete_unneeded(store)  # a page session that went may have been the last to need a file
        return result
    return replace(result, is_complete=store.scrub())


def _counts(result: SweepResult) -> dict[str, Any]:
    return {name: value for name, value in asdict(result).items() if name not in ("held_back", "is_complete")}


def _held_back(db: sqlite3.Connection, now: float) -> str:
    last = _last_sweep(db)
    if last is None:  # the first: the newest ranking or label is all there is to go by
        [last] = db.execute("SELECT max(at) FROM (SELECT at FROM runs UNION ALL SELECT at FROM labels)").fetchone()
    if last is None:
        return ""
    return CLOCK_BEHIND if now < last - DAY_S else CLOCK_AHEAD if now > last + MAX_AHEAD_S else ""


def _shorter(db: sqlite3.Connection, days: int, now: float) -> str:
    """Return SHORTER for a day once the period is shorter than it was: a start that forgot the flag must not delete what others keep."""
    facts = "SELECT json_extract(facts, '$.days'), json_extract(facts, '$.waits_since') FROM audit WHERE event = ? ORDER BY id DESC LIMIT 1"
    before, since = db.execute(facts, (audit.RETENTION,)).fetchone() or (days, None)
    if days < before:
        audit.append(db, audit.RETENTION, _PROGRAM, days=days, now=now, waits_since=now, before=before)
        return SHORTER
    return SHORTER if since is not None and days == before and now < since + DAY_S else ""


def _last_sweep(db: sqlite3.Connection) -> float | None:
    row = db.execute(
        "SELECT json_extract(facts, '$.now') FROM audit WHERE event = ? ORDER BY id DESC LIMIT 1", (audit.RETENTION,)
    ).fetchone()
    return row and row[0]


def _delete(db: sqlite3.Connection, limit: float) -> SweepResult:
    run_dates, given_dates = _dates(db, "runs"), {table: _dates(db, table) for table in _GIVEN}
    old_runs = [(run,) for run, at in run_dates.items() if at < limit]
    last_shown = dict(db.execute("SELECT resume, max(run) FROM candidates WHERE rank > 0 GROUP BY resume"))
    last_given = {table: dict(db.execute(f"SELECT resume, max(id) FROM {table} GROUP BY resume")) for table in _GIVEN}
    db.execute("DELETE FROM sign_ins WHERE at < ?", (limit,))
    db.execute("DELETE FROM page_sessions WHERE at < ?", (limit,))  # and by their foreign keys their piles and scores
    last_in_pile = dict(
        db.execute("SELECT resume, max(at) FROM session_resumes JOIN page_sessions ON page_sessions.id = session GROUP BY resume")
    )

    def last_at(resume: int) -> float:
        if resume in last_shown:
            at = run_dates[last_shown[resume]]
        else:
            at = max(given_dates[table].get(last_given[table].get(resume, 0), 0.0) for table in _GIVEN)
        return max(at, last_in_pile.get(resume, 0.0))

    resumes = db.execute("SELECT id, sha256 FROM resumes").fetchall()
    gone = {resume: sha256 for resume, sha256 in resumes if last_at(resume) < limit}
    keys = [(resume,) for resume in gone]
    labels = sum(db.execute("SELECT count(*) FROM labels WHERE resume = ?", key).fetchone()[0] for key in keys)
    keep_anonymised(db, tuple(gone))
    if gone:
        clear_quotes(db, set(gone.values()))
    db.executemany("DELETE FROM runs WHERE id = ?", old_runs)  # and by their foreign keys candidates, labels and what was learned from
    db.executemany("DELETE FROM resumes WHERE id = ?", keys)
    empty = db.execute("DELETE FROM runs WHERE id NOT IN (SELECT run FROM candidates)").rowcount
    jobs = db.execute(f"DELETE FROM jobs WHERE {' AND '.join(_NOWHERE)}").rowcount
    return SweepResult(len(old_runs) + empty, len(gone), labels, jobs)


_GIVEN = ("labels", "statuses", "notes")
"""Tables of what people said about a candidate for a job."""

_NOWHERE = [f"id NOT IN (SELECT job FROM {table})" for table in ("runs", *_GIVEN, "learned_from")]


def _dates(db: sqlite3.Connection, table: str) -> dict[int, float]:
    """Return the time of each row by id, never before that of the row before it, whatever a slow clock said."""
    rows = db.execute(f"SELECT id, at FROM {table} ORDER BY id").fetchall()
    return dict(zip((key for key, _ in rows), accumulate((at for _, at in rows), max), strict=True))


def _delete_set_aside(store: Store, limit: float) -> int:
    count = 0
    for path in left_behind(store.path):
        with suppress(OSError):
            if path.stat().st_mtime < limit:
                delete_left_behind(path)
                count += 1
    return count


def run_daily(
    store: Store,
    days: int,
    tell: Callable[[SweepResult], None] = lambda result: None,
    clock: Callable[[], float] = time.time,
    look_s: float = _LOOK_S,
) -> threading.Event:
    """Sweep now and then every day, in a daemon thread; return the event that ends it.

    `tell` gets the result of each sweep, in that thread. The clock is read every hour: a jump, or a machine that slept, brings the next
    sweep forward. A sweep that fails (disk full, …) is logged and retried an hour later.
    """
    ended = threading.Event()

    def work() -> None:
        last = None
        while not ended.is_set():
            now = clock()
            if last is None or not last <= now < last + DAY_S:
                try:
                    tell(sweep(store, days, now))
                    last = now
                except (sqlite3.Error, OSError) as error:
                    log.warning("the sweep of old data failed: %s", type(error).__name__)
            ended.wait(look_s)

    threading.Thread(target=work, name="retention", daemon=True).start()
    return ended
