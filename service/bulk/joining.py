"""Join the files of one person in a pool that was scored file by file: those that share a contact are read again, together.

A file that shares no phone number or mail address with another one is never joined, on the page as well; so looking at the groups that
do is enough, and each group is decided by the code of the page. A contact in more than MOST_FILES files is an agency's: these stay apart.
"""

import hashlib
from collections.abc import Iterable, Sequence

from preprocess.document import Document, Unreadable
from service.bulk.job import BulkJob
from service.bulk.reading import PoolReading, prepared
from service.bulk.record import BulkRecord, PoolPosition
from service.bulk.scoring import Listener, score_joined
from service.joining import PersonJoiner

MOST_FILES = 20
_AT_A_TIME = 20
"""Groups whose documents are in memory together."""


def join_people(job: BulkJob, record: BulkRecord, survivors: set[int] | None, listener: Listener) -> int:
    """Replace the rows of one person's files by one row; return how many files stay apart because too many share a contact.

    `survivors`: the indices of those whom a prefilter left in, None if there was none; of other people nothing is joined, and a joined row
    is added to them.
    """
    groups = _connected(record.shared_contacts())
    small = [group for group in groups if len(group) <= MOST_FILES and (survivors is None or not survivors.isdisjoint(group))]
    done = 0
    for some in (small[start : start + _AT_A_TIME] for start in range(0, len(small), _AT_A_TIME)):
        documents = _documents(job, record, [index for group in some for index in group])
        for group in some:
            _join(job, record, {index: documents[index] for index in group if index in documents}, survivors, listener)
            done += 1
            listener.progress("joining", done, len(small))
    return sum(len(group) for group in groups if len(group) > MOST_FILES)


def _documents(job: BulkJob, record: BulkRecord, wanted: Sequence[int]) -> dict[int, tuple[PoolPosition, Document]]:
    """Return by index the documents at some indices, read again; a file that was changed since is left out."""
    positions: dict[int, list[PoolPosition]] = {}
    for number in wanted:
        position, _ = record.at(number)
        positions.setdefault(position.unit_position, []).append(position)
    documents = {}
    for unit in PoolReading(job, lambda digest: True, positions):
        for position in positions[unit.position]:
            if position.unit == unit.digest:
                documents[position.index] = position, unit.people[position.number][0]
    return documents


def _join(
    job: BulkJob, record: BulkRecord, group: dict[int, tuple[PoolPosition, Document]], survivors: set[int] | None, listener: Listener
) -> None:
    """Join what is of one person in a group, as the page would: in the order of the pool."""
    joiner, people = PersonJoiner(), []
    positions: dict[int, PoolPosition] = {}  # by id() of a file as read
    for _, (position, document) in sorted(group.items()):
        positions.update((id(part), position) for part in document.parts or (document,))
        joiner.add(people, document)
    for person in people:
        own = sorted({positions[id(part)] for part in person.parts if id(part) in positions}, key=lambda position: position.index)
        if len(own) < 2 or (survivors is not None and survivors.isdisjoint(position.index for position in own)):
            continue
        try:
            row = score_joined(job, record, person, prepared(job, person))
        except Unreadable:
            continue  # too long together: they stay apart
        if row:
            unit = hashlib.sha256(b"".join(position.unit + b"%d" % position.number for position in own)).digest()
            joined = PoolPosition(own[-1].index, -1, unit, 0, " + ".join(dict.fromkeys(position.path for position in own)))
            record.put(unit, [row])
            record.join([position.index for position in own], joined)
            if survivors is not None:
                survivors.add(joined.index)
            listener.row(joined, row)


def _connected(groups: Iterable[Sequence[int]]) -> list[list[int]]:
    """Return the groups of indices that are connected by any of these groups, sorted."""
    parents: dict[int, int] = {}

    def root(index: int) -> int:
        while parents.setdefault(index, index) != index:
            parents[index] = parents[parents[index]]
            index = parents[index]
        return index

    for first, *others in groups:
        for other in others:
            parents[root(other)] = root(first)
    members: dict[int, list[int]] = {}
    for index in sorted(parents):
        members.setdefault(root(index), []).append(index)
    return list(members.values())
