"""Add people from the pool to a pile: as the stored text with its notes, so that a score is that of the file to the bit."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from feedback.store.pool.chosen import pooled_ids, take_resumes
from feedback.store.pool.people import PoolReader
from feedback.store.pool.terms import PoolTerms
from feedback.store.store import Store
from service.joining import PersonJoiner
from service.pile import Pile
from service.reopen import stored_document


@dataclass(frozen=True)
class AddedFromPool:
    """Counts of those chosen: `added`, `known` (in the pile already), `gone` (not in the pool any more), `left` (no room)."""

    added: int = 0
    known: int = 0
    gone: int = 0
    left: int = 0


def add_from_pool(
    pile: Pile, store: Store, terms: PoolTerms, numbers: Sequence[int], reader: PoolReader, user: str, most_files: int
) -> AddedFromPool:
    """Add the chosen people to the pile, as many as it has room for; a person whose file lies there is joined with it, as for uploads."""
    known, wanted = ids_in_pile(pile), list(dict.fromkeys(numbers))
    ids = pooled_ids(store, terms, wanted, reader)
    new = [number for number in wanted if number in ids and ids[number] not in known]
    room = max(0, most_files - len(pile.documents))
    resumes = take_resumes(store, terms, new[:room], reader, user)
    joiner = PersonJoiner()
    for resume in resumes:
        joiner.add(pile.documents, stored_document(resume))
    return AddedFromPool(len(resumes), len(ids) - len(new), len(wanted) - len(ids), len(new[room:]))


def ids_in_pile(pile: Pile) -> frozenset[str]:
    """Return the ids of the resumes in a pile, as far as they are known: of those that were ranked, and of stored texts."""
    cleaned = pile.cleaned[1]
    ids = {resume.id for document in list(pile.documents) if (resume := cleaned.get(document))}
    stored = (document.text for document in list(pile.documents) if document.kind == "text" and not document.parts)
    return frozenset(ids | {sha256(text.encode("utf-8", "replace")).hexdigest() for text in stored})
