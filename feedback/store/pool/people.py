"""Search the pool: people by words and facts, each once, by the text of theirs that was read last; page by page.

One query over small rows; words are looked for in the texts that the facts leave. A quarter of a second of a processor for 20,000 people.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from feedback.store.desk.statuses import STATUSES
from feedback.store.history import containing, job_title
from feedback.store.pool.facts import YEARS, month_of
from feedback.store.pool.terms import PoolTerms
from feedback.store.retention import DAY_S
from feedback.store.store import Store

PAGE = 30
MOST_WORDS = 6


@dataclass(frozen=True)
class PoolSearch:
    """A search of the pool. "" or None leaves a fact out; `label` is a grade, `status` one of STATUSES, `days` counts back from now."""

    words: str = ""
    years: int | None = None
    degree: int | None = None
    city: str = ""
    label: int | None = None
    status: str = ""
    days: int | None = None
    page: int = 0


@dataclass(frozen=True)
class PoolReader:
    """A user who searches. `runs_of`, a user's name: only people of that user's rankings; `hides_names`: nothing that blind mode masks."""

    runs_of: str | None = None
    hides_names: bool = False


@dataclass(frozen=True)
class PoolPerson:
    """A person in the pool. `number` is of the row of their text, `read_at` in Unix seconds; `label` and `status` are the last given."""

    number: int
    resume_id: str
    name: str
    file: str
    title: str
    employer: str
    years: int | None
    degree: int | None
    is_studying: bool
    city: str
    read_at: float
    label: int | None = None
    status: str = ""
    job: str = ""
    """The title of the job that they were given for."""


@dataclass(frozen=True)
class PoolPage:
    """A page of a search; `total` people were found."""

    people: tuple[PoolPerson, ...]
    total: int


def find_people(store: Store, terms: PoolTerms, search: PoolSearch, reader: PoolReader, now: float) -> PoolPage:
    """Return a page of the people found, those read last first."""
    matches, values = _found(terms, search, reader, now)
    with store.reading() as db:
        [total] = db.execute(f"{NEWEST} SELECT count(*) {matches}", values).fetchone()
        rows = db.execute(
            f"{NEWEST} SELECT newest.person, resume, sha256, pool_facts.name, resumes.name, title, employer, {YEARS}, degree, is_studying,"
            f" city, read_at {matches} {_ORDER} LIMIT :most OFFSET :skip",
            values | {"most": PAGE, "skip": PAGE * search.page},
        ).fetchall()
        return PoolPage(tuple(_person(row, _said(db, row[0], reader), reader) for row in rows), total)


def find_numbers(store: Store, terms: PoolTerms, search: PoolSearch, reader: PoolReader, now: float, most: int) -> list[int]:
    """Return the numbers of the people found, at most so many, those read last first."""
    condition, values = _found(terms, search, reader, now)
    with store.reading() as db:
        rows = db.execute(f"{NEWEST} SELECT resume {condition} {_ORDER} LIMIT :most", values | {"most": most})
        return [resume for [resume] in rows]


_ORDER = "ORDER BY read_at DESC, resume DESC"

NEWEST = """
WITH known AS (
    SELECT readings.resume, max(runs.at) AS at FROM readings JOIN runs ON runs.id = run
    WHERE :runs_of IS NULL OR runs.user = :runs_of GROUP BY readings.resume
), texts AS (
    SELECT resume, person, is_masked, at, max(at) OVER (PARTITION BY source) AS read_at FROM known JOIN pool_facts USING (resume)
), newest AS (
    SELECT resume, person, read_at FROM (
        SELECT *, row_number() OVER (PARTITION BY person ORDER BY read_at DESC, is_masked, at DESC, resume DESC) AS place FROM texts
    ) WHERE place = 1 AND read_at >= :since
)
"""
"""For SQL: the text of each person that was read last, with :since and :runs_of; instead of a masked text the one before masking."""


def _found(terms: PoolTerms, search: PoolSearch, reader: PoolReader, now: float) -> tuple[str, dict[str, Any]]:
    """Return what comes after the columns of a query for the people found, and the values in it."""
    since = max(terms.since(now), now - search.days * DAY_S if search.days else 0.0)
    values: dict[str, Any] = {"since": since, "runs_of": reader.runs_of, "month": month_of(now)}
    where = ["1"]
    for name, column in (("years", YEARS), ("degree", "degree")):
        if (least := getattr(search, name)) is not None:
            where.append(f"{column} >= :{name}")
            values[name] = least
    if search.city.strip() and not reader.hides_names:  # which blind mode masks
        where.append("city LIKE :city ESCAPE '\\'")
        values["city"] = containing(search.city)
    if search.label is not None:
        own = "(:runs_of IS NULL OR rater = :runs_of)"
        where.append(f"EXISTS (SELECT 1 FROM current_labels WHERE resume IN {_VERSIONS} AND grade = :label AND {own})")
        values["label"] = search.label
    if search.status in STATUSES:
        where.append(f"EXISTS (SELECT 1 FROM ({_STATUSES}) WHERE status = :status)")
        values["status"] = search.status
    text = "(SELECT masked FROM pool_texts WHERE pool_texts.resume = newest.resume)" if reader.hides_names else "text"
    for number, word in enumerate(search.words.split()[:MOST_WORDS]):
        named = (
            ""
            if reader.hides_names
            else f" OR resumes.name LIKE :word{number} ESCAPE '\\' OR pool_facts.name LIKE :word{number} ESCAPE '\\'"
        )
        where.append(f"({text} LIKE :word{number} ESCAPE '\\'{named})")
        values[f"word{number}"] = containing(word)
    tables = "FROM newest JOIN pool_facts USING (resume) JOIN resumes ON resumes.id = resume"
    return f"{tables} WHERE {' AND '.join(where)}", values


_VERSIONS = "(SELECT version.resume FROM pool_facts AS version WHERE version.person = newest.person)"
_STATUSES = (  # of each job the newest; beside max(), SQLite takes the other columns from its row
    f"SELECT status, max(statuses.id) FROM statuses WHERE resume IN {_VERSIONS} AND (:runs_of IS NULL OR user = :runs_of) GROUP BY job"
)


def _said(db: Any, person: int, reader: PoolReader) -> tuple[int | None, str, str]:
    """Return the last label and the last status of a person, and the title of the job of the later one."""
    about = {"person": person, "runs_of": reader.runs_of}
    versions = "(SELECT resume FROM pool_facts WHERE person = :person)"
    label = db.execute(
        "SELECT grade, label.at, substr(text, 1, 2000) FROM current_labels AS label JOIN jobs ON jobs.id = job"
        f" WHERE resume IN {versions} AND (:runs_of IS NULL OR rater = :runs_of) ORDER BY label.id DESC LIMIT 1",
        about,
    ).fetchone()
    status = db.execute(
        "SELECT status, statuses.at, substr(text, 1, 2000) FROM statuses JOIN jobs ON jobs.id = job"
        f" WHERE resume IN {versions} AND (:runs_of IS NULL OR user = :runs_of) ORDER BY statuses.id DESC LIMIT 1",
        about,
    ).fetchone()
    given: Sequence[Any] = max(filter(None, (label, status)), key=lambda row: row[1], default=(None, 0.0, ""))
    return label and label[0], status[0] if status else "", job_title(given[2])


def _person(row: Sequence[Any], said: tuple[int | None, str, str], reader: PoolReader) -> PoolPerson:
    _, number, resume_id, name, file, title, employer, years, degree, is_studying, city, read_at = row
    if reader.hides_names:
        name = file = city = ""
    return PoolPerson(number, resume_id, name, file, title, employer, years, degree, bool(is_studying), city, read_at, *said)
