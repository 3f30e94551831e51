"""Take one person out of the pool for good, while their rankings stay: somebody who objects to it, not to their application."""

import time

from feedback.store import audit
from feedback.store.person_keys import same_candidate
from feedback.store.pool.chosen import find_readings
from feedback.store.pool.people import PoolReader
from feedback.store.pool.terms import PoolTerms
from feedback.store.store import Store


def take_out(store: Store, terms: PoolTerms, number: int, reader: PoolReader, user: str) -> bool:
    """Take the person with this number out, with all that was computed of any text of theirs, and log it; whoever ranked them.

    None of these texts comes back, ranked again or masked; a new resume of theirs does. Return False if they are not in the pool for this
    reader (any more).
    """
    with store.writing() as db:
        people = find_readings(db, terms, [number], reader)
        for _, resume_id, _, _ in people:
            [person] = db.execute("SELECT person FROM pool_facts WHERE resume = ?", (number,)).fetchone()
            versions = {resume for [resume] in db.execute("SELECT resume FROM pool_facts WHERE person = ?", (person,))}
            versions |= same_candidate(db, number)  # those without facts yet, too
            db.executemany("INSERT OR IGNORE INTO pool_left VALUES (?,?)", [(resume, time.time()) for resume in versions])
            db.executemany("DELETE FROM pool_texts WHERE resume = ?", [(resume,) for resume in versions])
            db.executemany("DELETE FROM pool_facts WHERE resume = ?", [(resume,) for resume in versions])
            db.execute("INSERT INTO scrub_due VALUES (?)", (time.time(),))
            audit.append(db, audit.POOL_LEFT, user, resume_id=resume_id)
    return bool(people)
