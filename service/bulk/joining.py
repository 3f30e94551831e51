"""Join the files of one person in a pool that was scored file by file: those that share a contact are read again, together.

A file that shares no phone number or mail address with another one is never joined, on the page as well; so looking at the groups that
do is enough, and each group is decided by the code of the page. A contact in more than MOST_FILES files is an agency's: these stay apart.
"""

import hashlib
from collections.abc import Iterable, Sequence

from preprocess.document import Document, Unreadable
from service.bulk.job import BulkJob
from service.bulk.reading import PoolReading, prepared
from service.bulk.record import BulkRecord, Place
from service.bulk.scoring import Listener, score_joined
from service.joining import PersonJoiner

MOST_FILES = 20
_AT_A_TIME = 20
"""Groups whose documents are in memory together."""


def join_people(job: BulkJob, record: BulkRecord, survivors: set[int] | None, listener: Listener) -> int:
    """Replace the rows of one person's files by one row; return how many files stay apart because too many share a contact.

    `survivors`: the places of those whom a prefilter left in, None if there was none; of other people nothing is joined, and a joined row
    is added to them.
    """
    groups = _connected(record.shared_contacts())
    small = [group for group in groups if len(group) <= MOST_FILES and (survivors is None or not survivors.isdisjoint(group))]
    done = 0
    for some in (small[start : start + _AT_A_TIME] for start in range(0, len(small), _AT_A_TIME)):
        documents = _documents(job, record, [place for group in some for place in group])
        for group in some:
            _join(job, record, {place: documents[place] for place in group if place in documents}, survivors, listener)
            done += 1
            listener.progress("joining", done, len(small))
    return sum(len(group) for group in groups if len(group) > MOST_FILES)


def _documents(job: BulkJob, record: BulkRecord, wanted: Sequence[int]) -> dict[int, tuple[Place, Document]]:
    """Return by place the documents at some places, read again; a file that was changed since is left out."""
    places: dict[int, list[Place]] = {}
    for number in wanted:
        place, _ = record.at(number)
        places.setdefault(place.position, []).append(place)
    documents = {}
    for unit in PoolReading(job, lambda digest: True, places):
        for place in places[unit.position]:
            if place.unit == unit.digest:
                documents[place.place] = place, unit.people[place.number][0]
    return documents


def _join(
    job: BulkJob, record: BulkRecord, group: dict[int, tuple[Place, Document]], survivors: set[int] | None, listener: Listener
) -> None:
    """Join what is of one person in a group, as the page would: in the order of the pool."""
    joiner, people = PersonJoiner(), []
    places: dict[int, Place] = {}  # by id() of a file as read
    for _, (place, document) in sorted(group.items()):
        places.update((id(part), place) for part in document.parts or (document,))
        joiner.add(people, document)
    for person in people:
        own = sorted({places[id(part)] for part in person.parts if id(part) in places}, key=lambda place: place.place)
        if len(own) < 2 or (survivors is not None and survivors.isdisjoint(place.place for place in own)):
            continue
        try:
            row = score_joined(job, record, person, prepared(job, person))
        except Unreadable:
            continue  # too long together: they stay apart
        if row:
            unit = hashlib.sha256(b"".join(place.unit + b"%d" % place.number for place in own)).digest()
            joined = Place(own[-1].place, -1, unit, 0, " + ".join(dict.fromkeys(place.path for place in own)))
            record.put(unit, [row])
            record.join([place.place for place in own], joined)
            if survivors is not None:
                survivors.add(joined.place)
            listener.row(joined, row)


def _connected(groups: Iterable[Sequence[int]]) -> list[list[int]]:
    """Return the groups of places that are connected by any of these groups, sorted."""
    parents: dict[int, int] = {}

    def root(place: int) -> int:
        while parents.setdefault(place, place) != place:
            parents[place] = parents[parents[place]]
            place = parents[place]
        return place

    for first, *others in groups:
        for other in others:
            parents[root(other)] = root(first)
    members: dict[int, list[int]] = {}
    for place in sorted(parents):
        members.setdefault(root(place), []).append(place)
    return list(members.values())
