"""Define the schema of the feedback database as numbered migrations. Append only: what has run on a file is never changed."""

import sqlite3
from collections.abc import Iterator

_FIRST = """
CREATE TABLE jobs (id INTEGER PRIMARY KEY, sha256 TEXT NOT NULL UNIQUE, text TEXT NOT NULL);

CREATE TABLE resumes (id INTEGER PRIMARY KEY AUTOINCREMENT, sha256 TEXT NOT NULL UNIQUE, name TEXT NOT NULL, text TEXT NOT NULL);

CREATE TABLE runs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    job INTEGER NOT NULL REFERENCES jobs,
    instruction TEXT NOT NULL,
    settings TEXT NOT NULL,
    engine TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    weights_version INTEGER NOT NULL,
    user TEXT NOT NULL,
    at REAL NOT NULL
);
CREATE INDEX runs_of_an_engine ON runs (fingerprint, job);

CREATE TABLE candidates (
    run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
    resume INTEGER NOT NULL REFERENCES resumes ON DELETE CASCADE,
    rank INTEGER NOT NULL,
    previous_rank INTEGER NOT NULL,
    features TEXT NOT NULL,
    PRIMARY KEY (run, resume)
) WITHOUT ROWID;
CREATE INDEX candidates_of_a_resume ON candidates (resume);

CREATE TABLE imports (id INTEGER PRIMARY KEY, sha256 TEXT NOT NULL UNIQUE, name TEXT NOT NULL, at REAL NOT NULL, unread TEXT NOT NULL);

CREATE TABLE labels (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    job INTEGER NOT NULL REFERENCES jobs,
    resume INTEGER NOT NULL REFERENCES resumes ON DELETE CASCADE,
    run INTEGER REFERENCES runs ON DELETE SET NULL,
    import INTEGER REFERENCES imports ON DELETE SET NULL,
    rater TEXT NOT NULL,
    grade INTEGER CHECK (grade IN (0, 1, 2)),
    reason TEXT NOT NULL,
    at REAL NOT NULL
);
CREATE INDEX labels_of_a_pair ON labels (job, resume, rater);
CREATE INDEX labels_of_a_resume ON labels (resume);
CREATE INDEX labels_of_a_run ON labels (run);
CREATE INDEX labels_of_an_import ON labels (import);

CREATE VIEW current_labels AS
SELECT * FROM labels AS label WHERE grade IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM labels AS newer
    WHERE newer.job = label.job AND newer.resume = label.resume AND newer.rater = label.rater AND newer.id > label.id
);

CREATE TABLE weights (
    version INTEGER PRIMARY KEY AUTOINCREMENT,
    coefficients TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    report TEXT NOT NULL,
    user TEXT NOT NULL,
    at REAL NOT NULL,
    due_for_relearning INTEGER NOT NULL
);

CREATE TABLE learned_from (
    resume INTEGER NOT NULL REFERENCES resumes ON DELETE CASCADE,
    version INTEGER NOT NULL REFERENCES weights ON DELETE CASCADE,
    job INTEGER NOT NULL REFERENCES jobs,
    PRIMARY KEY (resume, version, job)
) WITHOUT ROWID;

CREATE TABLE activations (id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL, user TEXT NOT NULL, at REAL NOT NULL);

CREATE TABLE terms (
    id INTEGER PRIMARY KEY,
    job_term TEXT NOT NULL,
    resume_term TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('proposed', 'accepted', 'rejected')),
    evidence TEXT NOT NULL,
    user TEXT NOT NULL,
    at REAL NOT NULL,
    UNIQUE (job_term, resume_term)
);

CREATE TABLE erased (sha256 TEXT PRIMARY KEY, user TEXT NOT NULL, at REAL NOT NULL, is_scrubbed INTEGER NOT NULL)
"""

# A row of a run as it was shown: also its name (the same text may come again in a file of another name), and a resume that lay in the
# pile twice. `name` stands before the long columns, and its index is what a search reads instead of the rows.
_SHOWN_ROWS_AND_SAVED_TEXTS = """
CREATE TABLE shown_candidates (
    run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
    resume INTEGER NOT NULL REFERENCES resumes ON DELETE CASCADE,
    previous_rank INTEGER NOT NULL,
    rank INTEGER NOT NULL,
    name TEXT NOT NULL,
    features TEXT NOT NULL,
    shown TEXT NOT NULL,
    PRIMARY KEY (run, resume, previous_rank)
) WITHOUT ROWID;
INSERT INTO shown_candidates
SELECT run, resume, previous_rank, rank, name, features, '{}' FROM candidates JOIN resumes ON resumes.id = candidates.resume;
DROP TABLE candidates;
ALTER TABLE shown_candidates RENAME TO candidates;
CREATE INDEX candidates_of_a_resume ON candidates (resume);
CREATE INDEX candidates_by_name ON candidates (name);

CREATE TABLE saved (
    kind TEXT NOT NULL CHECK (kind IN ('job', 'instruction')),
    name TEXT NOT NULL,
    text TEXT NOT NULL,
    user TEXT NOT NULL,
    at REAL NOT NULL,
    PRIMARY KEY (kind, name)
)
"""

# `run_id` and `resume_id` refer to nothing: a row outlives what it is about. The third trigger is for INSERT OR REPLACE, which fires none
# of DELETE. `scrub_due` has a row while deleted bytes may still lie in the files.
_AUDIT = """
CREATE TABLE audit (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at REAL NOT NULL,
    user TEXT NOT NULL,
    event TEXT NOT NULL,
    run_id INTEGER,
    resume_id TEXT,
    facts TEXT NOT NULL,
    chain TEXT NOT NULL
);
CREATE TRIGGER audit_rows_never_change BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'audit rows never change'); END;
CREATE TRIGGER audit_rows_stay BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'audit rows stay'); END;
CREATE TRIGGER audit_rows_are_not_replaced BEFORE INSERT ON audit WHEN EXISTS (SELECT 1 FROM audit WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'audit rows are not replaced'); END;

CREATE TABLE scrub_due (since REAL NOT NULL)
"""

# What labels taught of people whose time is over. `job` is the SHA-256 of a job description, which may be gone.
_NAMELESS = """
CREATE TABLE nameless (
    id INTEGER PRIMARY KEY,
    job TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    rank INTEGER NOT NULL,
    features TEXT NOT NULL,
    grades TEXT NOT NULL,
    at REAL NOT NULL
)
"""

# What tells that two resumes are of one person, as keyed digests (HMAC-SHA256, the key in `hmac_keys`), so that blind rows hold no phone
# number: `text` is the clean text before masking.
_PERSON_KEYS = """
CREATE TABLE person_keys (
    resume INTEGER NOT NULL REFERENCES resumes ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('phone', 'mail', 'text', 'name')),
    digest TEXT NOT NULL,
    PRIMARY KEY (resume, kind, digest)
) WITHOUT ROWID;
CREATE INDEX person_keys_by_digest ON person_keys (digest);
CREATE TABLE hmac_keys (name TEXT PRIMARY KEY, value BLOB NOT NULL)
"""

# What a tab of a browser shows, so that it comes back after a restart: `tab` is the SHA-256 of the tab's key, `state` the form and the run
# as JSON, `session_resumes` the pile, `session_scores` what the run in work has so far.
_PAGE_SESSIONS = """
CREATE TABLE page_sessions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    user TEXT NOT NULL,
    tab TEXT NOT NULL,
    state TEXT NOT NULL,
    at REAL NOT NULL,
    UNIQUE (user, tab)
);
CREATE TABLE session_resumes (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    session INTEGER NOT NULL REFERENCES page_sessions ON DELETE CASCADE,
    resume INTEGER NOT NULL REFERENCES resumes ON DELETE CASCADE,
    name TEXT NOT NULL,
    notes TEXT NOT NULL
);
CREATE INDEX session_resumes_of_a_session ON session_resumes (session);
CREATE INDEX session_resumes_of_a_resume ON session_resumes (resume);
CREATE TABLE session_scores (
    session INTEGER NOT NULL REFERENCES page_sessions ON DELETE CASCADE,
    resume_id TEXT NOT NULL,
    logit REAL NOT NULL,
    truncated INTEGER NOT NULL,
    PRIMARY KEY (session, resume_id)
) WITHOUT ROWID
"""

# From which row of `audit` on its chain is computed with which key; the key itself lies in a file. See audit_chain.py.
_AUDIT_KEYS = "CREATE TABLE audit_keys (since INTEGER PRIMARY KEY, fingerprint TEXT NOT NULL)"

# The files that a resume was read from, where files are kept: their bytes lie beside the database under their `sha256` (kept_files.py).
# `pages` are the lines as read with their places, as compressed JSON.
_KEPT_FILES = """
CREATE TABLE kept_files (
    id INTEGER PRIMARY KEY,
    resume INTEGER NOT NULL REFERENCES resumes ON DELETE CASCADE,
    sha256 TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    size INTEGER NOT NULL,
    pages BLOB NOT NULL,
    UNIQUE (resume, sha256)
);
CREATE INDEX kept_files_by_content ON kept_files (sha256)
"""


# The files of one person in a pile, as JSON of their cleaned texts, so that they can be split after a restart, too.
_SESSION_PARTS = "ALTER TABLE session_resumes ADD COLUMN parts TEXT NOT NULL DEFAULT '[]'"


# What a job is asked for beside its text: `rubric` is JSON of reranker/rubric/. Presets of criteria are a third kind of saved texts.
_RUBRICS = """
CREATE TABLE rubrics (
    job INTEGER NOT NULL REFERENCES jobs ON DELETE CASCADE,
    version INTEGER NOT NULL,
    rubric TEXT NOT NULL,
    user TEXT NOT NULL,
    at REAL NOT NULL,
    PRIMARY KEY (job, version)
) WITHOUT ROWID;
CREATE TABLE saved_texts (
    kind TEXT NOT NULL CHECK (kind IN ('job', 'instruction', 'rubric')),
    name TEXT NOT NULL,
    text TEXT NOT NULL,
    user TEXT NOT NULL,
    at REAL NOT NULL,
    PRIMARY KEY (kind, name)
);
INSERT INTO saved_texts SELECT kind, name, text, user, at FROM saved;
DROP TABLE saved;
ALTER TABLE saved_texts RENAME TO saved
"""

# What HR decides and notes about a candidate for a job; nothing here is learned from. Of `statuses` the newest row of a candidate counts.
_STATUSES_AND_NOTES = """
CREATE TABLE statuses (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    job INTEGER NOT NULL REFERENCES jobs,
    resume INTEGER NOT NULL REFERENCES resumes ON DELETE CASCADE,
    status TEXT NOT NULL CHECK (status IN ('to_read', 'interview', 'reserve', 'declined')),
    user TEXT NOT NULL,
    at REAL NOT NULL
);
CREATE INDEX statuses_of_a_pair ON statuses (job, resume);
CREATE INDEX statuses_of_a_resume ON statuses (resume);

CREATE TABLE notes (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    job INTEGER NOT NULL REFERENCES jobs,
    resume INTEGER NOT NULL REFERENCES resumes ON DELETE CASCADE,
    user TEXT NOT NULL,
    text TEXT NOT NULL,
    at REAL NOT NULL
);
CREATE INDEX notes_of_a_pair ON notes (job, resume);
CREATE INDEX notes_of_a_resume ON notes (resume)
"""

# The jobs behind learned weights and mined terms, as vectors: what was learned counts in so far as a new job resembles them. A version of
# weights from before this has none (NULL) until it is first used. `nameless` may need a vector longer than the job itself is kept.
_JOB_VECTORS = """
CREATE TABLE job_vectors (sha256 TEXT PRIMARY KEY, encoder TEXT NOT NULL, vector BLOB NOT NULL);
CREATE TRIGGER job_vectors_go_with_their_job AFTER DELETE ON jobs BEGIN
    DELETE FROM job_vectors WHERE sha256 = OLD.sha256 AND NOT EXISTS (SELECT 1 FROM nameless WHERE job = OLD.sha256); END;
ALTER TABLE weights ADD COLUMN encoder TEXT NOT NULL DEFAULT '';
ALTER TABLE weights ADD COLUMN job_vectors BLOB;
ALTER TABLE terms ADD COLUMN encoder TEXT NOT NULL DEFAULT '';
ALTER TABLE terms ADD COLUMN job_vectors BLOB
"""

# In which runs a resume was shown that had been read from a file, not chosen from the pool: the pool's time counts from there. And what the
# pool is searched by (feedback/store/pool/): `person` and `source` are numbers of resumes, equal for the versions of one person and of one
# text before masking. The masked texts, which are long, have a table of their own.
_POOL = """
CREATE TABLE readings (
    resume INTEGER NOT NULL REFERENCES resumes ON DELETE CASCADE,
    run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
    PRIMARY KEY (resume, run)
) WITHOUT ROWID;
CREATE INDEX readings_of_a_run ON readings (run);
INSERT INTO readings SELECT DISTINCT resume, run FROM candidates WHERE rank > 0;
CREATE TABLE pool_facts (
    resume INTEGER PRIMARY KEY REFERENCES resumes ON DELETE CASCADE,
    person INTEGER NOT NULL,
    source INTEGER NOT NULL,
    is_masked INTEGER NOT NULL,
    name TEXT NOT NULL,
    title TEXT NOT NULL,
    employer TEXT NOT NULL,
    years INTEGER,
    degree INTEGER,
    is_studying INTEGER NOT NULL,
    city TEXT NOT NULL
);
CREATE INDEX pool_facts_of_a_person ON pool_facts (person);
CREATE INDEX pool_facts_of_a_text ON pool_facts (source);
CREATE TABLE pool_texts (resume INTEGER PRIMARY KEY REFERENCES resumes ON DELETE CASCADE, masked TEXT NOT NULL)
"""

# What the people of a ranking are called, so that lists of rankings need not read their resumes: "" where that is not sure, NULL where
# it was not looked for.
_NAMES_OF_ROWS = """
ALTER TABLE candidates ADD COLUMN called TEXT;
CREATE INDEX candidates_by_person ON candidates (called)
"""

# Texts of people who were taken out of the pool. And since when somebody whose work goes on has worked, were it without gaps, as a month
# counted from year 0, so that years grow; the facts from before are computed anew.
_POOL_LEFT = """
CREATE TABLE pool_left (resume INTEGER PRIMARY KEY REFERENCES resumes ON DELETE CASCADE, at REAL NOT NULL);
DELETE FROM pool_texts;
DELETE FROM pool_facts;
ALTER TABLE pool_facts ADD COLUMN working_since INTEGER
"""

# The row of a list of candidates that a resume of a pile was matched with, as JSON; "" for none.
_SESSION_ROSTER = "ALTER TABLE session_resumes ADD COLUMN listed TEXT NOT NULL DEFAULT ''"

# What a row of a run in work showed beside its score, as JSON, so that it need not be looked for again after a restart; "" for nothing.
_SESSION_POINTS = "ALTER TABLE session_scores ADD COLUMN explained TEXT NOT NULL DEFAULT ''"

# Tries to sign in. Retention deletes them; AUTOINCREMENT, as what is dropped first is the oldest by id.
_SIGN_INS = """
CREATE TABLE sign_ins (
    id INTEGER PRIMARY KEY AUTOINCREMENT, at REAL NOT NULL, user TEXT NOT NULL, address TEXT NOT NULL, outcome TEXT NOT NULL
);
"""

MIGRATIONS = (
    _FIRST,
    _SHOWN_ROWS_AND_SAVED_TEXTS,
    _AUDIT,
    _NAMELESS,
    _PERSON_KEYS,
    _PAGE_SESSIONS,
    _AUDIT_KEYS,
    _KEPT_FILES,
    _SESSION_PARTS,
    _RUBRICS,
    _STATUSES_AND_NOTES,
    _JOB_VECTORS,
    _POOL,
    _NAMES_OF_ROWS,
    _POOL_LEFT,
    _SESSION_ROSTER,
    _SESSION_POINTS,
    _SIGN_INS,
)
"""Number N takes a file from schema N − 1 to N. Statements are separated by ";", which stands nowhere else but inside triggers."""


class NewerSchema(Exception):
    """Raised if a newer version of this program wrote the file; the message names the versions. Nothing in the file was changed."""


def migrate(db: sqlite3.Connection) -> None:
    """Bring an open database (in autocommit mode) up to date, each step whole or not at all. Raises NewerSchema."""
    while (version := _version(db)) < len(MIGRATIONS):
        db.execute("BEGIN IMMEDIATE")
        try:
            if _version(db) == version:  # else another process did this step while we waited for the lock
                for statement in _statements(MIGRATIONS[version]):
                    db.execute(statement)
                db.execute(f"PRAGMA user_version = {version + 1}")
            db.execute("COMMIT")
        except BaseException:
            db.execute("ROLLBACK")
            raise
    if version > len(MIGRATIONS):
        known = len(MIGRATIONS)
        raise NewerSchema(f"the feedback database has schema {version}, this program knows {known}: start a newer version of it")


def _statements(script: str) -> Iterator[str]:
    statement = ""
    for part in script.split(";"):
        statement += f"{part};"
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def _version(db: sqlite3.Connection) -> int:
    return db.execute("PRAGMA user_version").fetchone()[0]
