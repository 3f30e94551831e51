"""Search, delete and hand over earlier rankings. `Store.run` and `recording.reopened` open one."""

import json
import re
import sqlite3
import time
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from feedback.store.database import storable
from feedback.store.erase import clear_quotes
from feedback.store.store import LABELLED, SHOWN, Store, audit, delete_unused
from preprocess.lexicon.characters import LIST_MARKS
from preprocess.person import called

MAX_TITLE = 60
MAX_SEARCH = 200
TOP = 3


@dataclass(frozen=True)
class HistoryEntry:
    """One ranking in a list. `title` is that of the job, "" if the text has none; `top` are the first three people.

    Of each `top` has the name (where it is not sure that of the file, in blind mode "") and the `input_position`, as which letter stands.
    `candidates` counts those still stored, `labelled` those of them that somebody has labelled for this job, in any run.
    """

    run_id: int
    at: float
    user: str
    title: str
    instruction: str
    candidates: int
    top: tuple[tuple[str, int], ...]
    labelled: int
    engine: str
    weights_version: int
    is_blind: bool
    rubric_version: int = 0
    """Of the criteria that HR changed for this job; 0: they were as the job description has them."""


def entries(
    store: Store, *, search: str = "", limit: int = 50, before: int | None = None, runs_of: str | None = None
) -> list[HistoryEntry]:
    """Return the newest rankings that were shown to somebody, newest first; `before` is a run id, for the next page.

    `runs_of`: only this user's, and of labels only theirs are counted. `search` is matched literally, ignoring Latin case, in the job, the
    instruction or the name of a candidate or of their file.
    """
    where, values = [SHOWN], []
    if before is not None:
        where.append("runs.id < ?")
        values.append(before)
    if runs_of is not None:
        where.append("runs.user = ?")
        values.append(runs_of)
    if search.strip():
        pattern = containing(search)
        where.append(_FOUND)
        values += [pattern] * _FOUND.count("?")
    with store.reading() as db:
        runs = db.execute(
            "SELECT runs.id, at, user, substr(jobs.text, 1, 2000), instruction, engine, weights_version, settings"
            f" FROM runs JOIN jobs ON jobs.id = runs.job WHERE {' AND '.join(where)} ORDER BY runs.id DESC LIMIT ?",
            (*values, limit),
        ).fetchall()
        return [_entry(db, runs_of, *run) for run in runs]


# Each list of ids is made once: of the jobs' texts, of the runs, and of the two indexes of names.
_FOUND = (
    "(runs.job IN (SELECT id FROM jobs WHERE text LIKE ? ESCAPE '\\') OR instruction LIKE ? ESCAPE '\\'"
    " OR runs.id IN (SELECT run FROM candidates WHERE name LIKE ? ESCAPE '\\'"
    " UNION SELECT run FROM candidates WHERE called LIKE ? ESCAPE '\\'))"
)


def containing(search: str) -> str:
    """Return the LIKE pattern (ESCAPE is a backslash) for texts that contain the search, cut to MAX_SEARCH characters."""
    literally = re.sub(r"[%_\\]", r"\\\g<0>", storable(search).strip()[:MAX_SEARCH])
    return f"%{literally}%"


def _entry(
    db: sqlite3.Connection,
    rater: str | None,
    run_id: int,
    at: float,
    user: str,
    job: str,
    instruction: str,
    engine: str,
    weights_version: int,
    settings: str,
) -> HistoryEntry:
    chosen = json.loads(settings)
    is_blind = bool(chosen.get("blind"))
    [candidates] = db.execute("SELECT count(*) FROM candidates WHERE run = ?", (run_id,)).fetchone()
    counted = f"SELECT count(DISTINCT resume) FROM current_labels AS label WHERE {LABELLED} AND (?2 IS NULL OR rater = ?2)"
    [labelled] = db.execute(counted, (run_id, rater)).fetchone()
    return HistoryEntry(
        run_id,
        at,
        user,
        job_title(job),
        instruction,
        candidates,
        tuple(("", number) if is_blind else (_name(*person), number) for number, *person in db.execute(_TOP, (run_id, TOP))),
        labelled,
        json.loads(engine).get("name", ""),
        weights_version,
        is_blind,
        chosen.get("rubric", 0),
    )


_TOP = (
    "SELECT previous_rank, called, candidates.name, iif(called IS NULL, text, '') FROM candidates JOIN resumes ON resumes.id = resume"
    " WHERE run = ? ORDER BY rank, previous_rank LIMIT ?"
)


def _name(name: str | None, file: str, text: str) -> str:
    """Return what somebody is called; of a ranking from before names were stored it is read from the text now, in some 2 ms."""
    return (called(text, file) if name is None else name) or file


_LABEL = re.compile(r"(?:(?:招聘)?(?:职位|岗位)(?:名称)?|招聘|job title|position|title|role)\s*[:：】\]]", re.IGNORECASE)
_HEADING = re.compile(
    r"(?:招聘|岗位|职位|工作)?(?:JD|启事|信息|描述|说明书?|职责|要求|详情|介绍)|招聘|(?:任职|岗位)(?:要求|资格)"
    r"|job (?:description|posting|advert)|about (?:us|the (?:job|role|company|team))|we(?:'|’| a)re hiring\W*|公司(?:介绍|简介)|关于我们",
    re.IGNORECASE,
)


_FRAME = " \t#=|:：" + LIST_MARKS
_IN_WORD, _HALF_WORD = re.compile(r"[A-Za-z]{2}"), re.compile(r"\s[A-Za-z]{1,20}$")
_BRACKETS = re.compile(r"[【\[「《<]{1,2}(?P<inside>[^【】\[\]「」《》<>]*)[】\]」》>]{1,2}(?P<behind>.*)")


def _without_frame(line: str) -> str:
    """Return a line without bullets, colons, and brackets around all of it or around a heading; "【急招】会计" keeps its own."""
    line = line.strip(_FRAME)
    bracketed = _BRACKETS.fullmatch(line)
    if bracketed is None:
        return line
    inside, behind = bracketed["inside"].strip(_FRAME), bracketed["behind"].strip(_FRAME)
    if not behind:
        return inside
    return behind if _HEADING.fullmatch(inside) or _LABEL.match(f"{inside}：") else line


def job_title(job: str) -> str:
    """Return a title for a job description: its 职位名称 or the like, else its first line that is no mere heading.

    Only its first lines are looked at; the title is cut to MAX_TITLE characters, in languages with blanks between words.
    """
    lines = [stripped for line in job.splitlines() if (stripped := _without_frame(line))][:8]
    named = [line[label.end() :].strip() for line in lines if (label := _LABEL.match(line))]
    plain = [line for line in lines if not _HEADING.fullmatch(line)]
    title = next(filter(None, [*named, *plain]), "")
    if len(title) <= MAX_TITLE:
        return title
    cut = title[: MAX_TITLE - 1]
    return f"{(_HALF_WORD.sub('', cut) if _IN_WORD.match(title, MAX_TITLE - 2) else cut).rstrip()}…"


def count_runs(database: Path, user: str) -> int:
    """Return how many rankings of a user a database holds, which may be in use; 0 if there is none. Raises sqlite3.Error."""
    if not database.is_file():
        return 0
    with closing(sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True)) as db:
        return db.execute(f"SELECT count(*) FROM runs WHERE user = ? AND {SHOWN}", (storable(user),)).fetchone()[0]


def has_users(store: Store) -> bool:
    """Return whether a ranking of somebody who signed in is stored."""
    with store.reading() as db:
        return bool(db.execute("SELECT EXISTS (SELECT 1 FROM runs WHERE user <> '')").fetchone()[0])


def hand_over(store: Store, user: str, successor: str) -> int:
    """Make a user's rankings, and what they said and decided, another's; return how many rankings. What the successor said stays.

    `user` "": those of the command line and of pages without sign-in.

    The audit log, which nothing changes, keeps who did it.
    """
    names = {"old": storable(user), "new": storable(successor)}
    with store.writing() as db:
        runs = db.execute("UPDATE runs SET user = :new WHERE user = :old", names).rowcount
        for table in ("notes", "rubrics"):
            db.execute(f"UPDATE {table} SET user = :new WHERE user = :old", names)
        for table, column in (("labels", "rater"), ("statuses", "user")):
            own = f"SELECT 1 FROM {table} AS own WHERE own.job = {table}.job AND own.resume = {table}.resume AND own.{column} = :new"
            db.execute(f"UPDATE {table} SET {column} = :new WHERE {column} = :old AND NOT EXISTS ({own})", names)
        audit.append(db, audit.HANDED_OVER, audit.BY_COMMAND, before=user, after=successor, runs=runs)
    return runs


def delete_run(store: Store, run_id: int, user: str = "", runs_of: str | None = None) -> bool:
    """Delete a run with its candidates' features and match points, and the texts of resumes and the job that nothing else needs.

    Labels, statuses and notes stay, with the texts that they are about: they belong to a job and a resume, not to a run. `erase`
    deletes everything of a candidate. Return whether no byte is left in the files; else some may be until the next erasure or start. Raises
    LookupError, also for a run that is not of the user `runs_of`.
    """
    with store.writing() as db:
        job_row = db.execute("SELECT job FROM runs WHERE id = ?1 AND (?2 IS NULL OR user = ?2)", (run_id, runs_of)).fetchone()
        if job_row is None:
            raise LookupError(f"there is no run {run_id}")
        resumes = _column(db.execute("SELECT DISTINCT resume FROM candidates WHERE run = ?", (run_id,)))
        db.execute("DELETE FROM runs WHERE id = ?", (run_id,))  # and by their foreign key its candidates
        gone = {digest for key in resumes if (digest := delete_unused(db, key))}
        clear_quotes(db, gone)
        db.execute(
            "DELETE FROM jobs WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM runs WHERE job = ?1)"
            " AND NOT EXISTS (SELECT 1 FROM labels WHERE job = ?1) AND NOT EXISTS (SELECT 1 FROM learned_from WHERE job = ?1)"
            " AND NOT EXISTS (SELECT 1 FROM statuses WHERE job = ?1) AND NOT EXISTS (SELECT 1 FROM notes WHERE job = ?1)",
            job_row,
        )
        db.execute("INSERT INTO scrub_due VALUES (?)", (time.time(),))
        audit.append(db, audit.RUN_DELETED, user, run_id=run_id)
    return store.scrub()


def _column(rows: Iterable[tuple]) -> list:
    return [value for [value] in rows]
