"""Link the resumes of one person by keyed digests of phone numbers, mail addresses, names and texts (HMAC-SHA256).

Blind rows have them too, taken of the text before masking, and hold no phone number. Knows the tables `person_keys`, `hmac_keys`.
"""

import hmac
import secrets
import sqlite3
from collections.abc import Iterable, Set
from hashlib import sha256

from feedback.store.database import Database
from preprocess.document import Person
from preprocess.person import person_of

PHONE, MAIL, TEXT, NAME = "phone", "mail", "text", "name"
_KEY = "person"
_BATCH = 200
_AGENCY = 3
"""With so many names a contact is an agency's, and links nobody."""

_NO_KEYS = "id NOT IN (SELECT resume FROM person_keys)"


def hmac_key(database: Database) -> bytes:
    """Return the secret key of this database's digests, created once."""
    with database.reading() as db:
        row = db.execute("SELECT value FROM hmac_keys WHERE name = ?", (_KEY,)).fetchone()
    if row is None:
        with database.writing() as db:
            return _made_key(db)
    return row[0]


def _made_key(db: sqlite3.Connection) -> bytes:
    db.execute("INSERT OR IGNORE INTO hmac_keys VALUES (?,?)", (_KEY, secrets.token_bytes(32)))
    return db.execute("SELECT value FROM hmac_keys WHERE name = ?", (_KEY,)).fetchone()[0]


def digest(key: bytes, kind: str, value: str) -> str:
    """Return the keyed digest of one phone number, address, name or text."""
    return hmac.digest(key, f"{kind}:{value}".encode("utf-8", "replace"), sha256).hex()


def linking(key: bytes, person: Person) -> frozenset[str]:
    """Return the digests that link a person's resumes with each other: all but those of names."""
    return frozenset(value for kind, value in _digests(key, person) if kind != NAME)


def _digests(key: bytes, person: Person) -> set[tuple[str, str]]:
    values = {PHONE: person.phones, MAIL: person.mails, TEXT: (person.text_id,), NAME: person.names}
    return {(kind, digest(key, kind, value)) for kind, of_kind in values.items() for value in of_kind}


def add_keys(db: sqlite3.Connection, resume: int, person: Person | None) -> None:
    """Store the digests of a resume's person, in an open transaction. None: `fill_in` reads them from the text when needed.

    A masked text that is read again, from a stored ranking, tells nothing of the text before masking: what is known of that stays.
    """
    if person is not None:
        rows = [(resume, kind, value) for kind, value in _digests(_made_key(db), person)]
        if person.text_id == db.execute("SELECT sha256 FROM resumes WHERE id = ?", (resume,)).fetchone()[0] and _is_masked(
            db, resume, rows
        ):
            rows = [row for row in rows if row[1] != TEXT]
        db.executemany("INSERT OR IGNORE INTO person_keys VALUES (?,?,?)", rows)


def _is_masked(db: sqlite3.Connection, resume: int, own: Iterable[tuple[int, str, str]]) -> bool:
    """Return whether a text is known to have come of another one, whose digest it has and its `own` not."""
    texts = {value for _, kind, value in own if kind == TEXT}
    kept = {value for [value] in db.execute("SELECT digest FROM person_keys WHERE resume = ? AND kind = 'text'", (resume,))}
    return bool(kept) and texts.isdisjoint(kept)


def fill_in(database: Database) -> None:
    """Add the digests of resumes in an older database, from the stored text and file name; masked text tells little."""
    while True:
        with database.reading() as db:
            rows = db.execute(f"SELECT id, name, text FROM resumes WHERE {_NO_KEYS} LIMIT ?", (_BATCH,)).fetchall()
        if not rows:
            return
        people = [(resume, person_of(text, name)) for resume, name, text in rows]  # outside the transaction: others may write meanwhile
        with database.writing() as db:
            for resume, person in people:
                if db.execute(f"SELECT 1 FROM resumes WHERE id = ? AND {_NO_KEYS}", (resume,)).fetchone():
                    add_keys(db, resume, person)


def same_candidate(db: sqlite3.Connection, resume: int) -> frozenset[int]:
    """Return the versions of this resume: of an equal text before masking, or of an equal name with an equal phone or address.

    Stricter than People.person, for which an equal phone alone is enough: two people of one household are two candidates. A masked text
    that came of several texts is only ever itself.
    """
    return frozenset({resume, *(version for [version] in db.execute(_SAME_CANDIDATE, (resume,)))})


_SHARED = "SELECT other.resume FROM person_keys AS own JOIN person_keys AS other USING (kind, digest) WHERE own.resume = ?1 AND kind"
_TEXTS = "(SELECT count(*) FROM person_keys WHERE kind = 'text' AND resume = {resume})"
_SAME_CANDIDATE = (
    f"SELECT resume FROM ({_SHARED} = 'text' UNION SELECT * FROM ({_SHARED} = 'name' INTERSECT {_SHARED} IN ('phone', 'mail'))) AS version"
    f" WHERE {_TEXTS.format(resume='version.resume')} = 1 AND {_TEXTS.format(resume='?1')} = 1"
)


class People:
    """Group resumes by person within one transaction; call `fill_in` before. Resumes are the ids of their rows."""

    def __init__(self, db: sqlite3.Connection):
        self._db = db
        self._keys: dict[int, list[tuple[str, str]]] = {}
        self._holders: dict[str, tuple[int, ...]] = {}

    def person(self, resume: int) -> frozenset[int]:
        """Return all resumes of the person whose resume this is: those linked by an equal phone, address or text, transitively.

        A masked text that came of several people's resumes passes nothing on, or one person's erasure would take another.
        """
        if self._is_of_several(resume):
            people = {self.person(other) for other in self._linked(resume) if not self._is_of_several(other)}
            return next(iter(people)) if len(people) == 1 else frozenset({resume})
        reached, waiting = {resume}, [resume]
        while waiting:
            new = self._linked(waiting.pop()) - reached
            reached |= new
            waiting += [other for other in new if not self._is_of_several(other)]
        return frozenset(reached)

    def perhaps(self, person: Set[int]) -> list[frozenset[int]]:
        """Return the people who may be this one: of the same name, or with the same agency's phone or address."""
        keys = {key for resume in person for key in self._keys_of(resume)}
        others = {other for kind, value in keys if kind == NAME or not self._links(kind, value) for other in self._with(value)}
        people: list[frozenset[int]] = []
        for other in sorted(others - person, reverse=True):
            if not any(other in known for known in people):
                people.append(self.person(other) - person)
        return people

    def linking(self, person: Set[int]) -> frozenset[str]:
        """Return the digests that any other version of this person's resume would share with these."""
        keys = {key for resume in person if not self._is_of_several(resume) for key in self._keys_of(resume)}
        return frozenset(value for kind, value in keys if kind != NAME and self._links(kind, value))

    def names(self, person: Set[int]) -> frozenset[str]:
        """Return the digests of the names on these resumes."""
        return frozenset(value for resume in person for kind, value in self._keys_of(resume) if kind == NAME)

    def contacts(self, person: Set[int]) -> frozenset[str]:
        """Return the digests of the phones and addresses on these resumes, an agency's too."""
        return frozenset(value for resume in person for kind, value in self._keys_of(resume) if kind in (PHONE, MAIL))

    def _linked(self, resume: int) -> set[int]:
        return {other for kind, value in self._keys_of(resume) if kind != NAME and self._links(kind, value) for other in self._with(value)}

    def _links(self, kind: str, value: str) -> bool:
        """Return whether an equal value links two resumes to one person. A contact under three names is an agency's or a job board's."""
        return kind == TEXT or self._count_names(self._with(value)) < _AGENCY

    def _count_names(self, resumes: Iterable[int]) -> int:
        """Return the number of people by name: names on one resume together ("张三 Jason Zhang") are one person's."""
        groups: list[set[str]] = []
        for resume in resumes:
            names = {value for kind, value in self._keys_of(resume) if kind == NAME}
            if names and not self._is_of_several(resume):
                same = [group for group in groups if not group.isdisjoint(names)]
                groups = [group for group in groups if group.isdisjoint(names)] + [names.union(*same)]
        return len(groups)

    def _is_of_several(self, resume: int) -> bool:
        kinds = [kind for kind, _ in self._keys_of(resume)]
        return kinds.count(TEXT) > 1 and kinds.count(NAME) > 1

    def _keys_of(self, resume: int) -> list[tuple[str, str]]:
        if resume not in self._keys:
            self._keys[resume] = self._db.execute("SELECT kind, digest FROM person_keys WHERE resume = ?", (resume,)).fetchall()
        return self._keys[resume]

    def _with(self, value: str) -> tuple[int, ...]:
        if value not in self._holders:
            rows = self._db.execute("SELECT resume FROM person_keys WHERE digest = ?", (value,))
            self._holders[value] = tuple(resume for [resume] in rows)
        return self._holders[value]
