"""Carry statuses and notes over from one ranking to the next whose job description was edited: they are work about the same people."""

from dataclasses import dataclass

from feedback.store.desk.notes import insert_note, notes_of_run
from feedback.store.desk.statuses import TO_READ, candidate_keys, insert_status, statuses_of_run
from feedback.store.store import Store, audit


@dataclass(frozen=True)
class Carried:
    """Counts of the candidates who got a status, and of the notes that came along."""

    statuses: int = 0
    notes: int = 0


def carry_over(store: Store, before: int, after: int, user: str, runs_of: str | None = None) -> Carried:
    """Give the candidates of run `after` the statuses and notes that they have for the job of run `before`, with author and time.

    Only if half of the lines of the shorter job description stand in the other, and only to whom nothing was given for the new one. Labels
    stay where they are: they were given by other requirements. `user` ranked; `runs_of`: only what this user gave. Raises LookupError if a
    run is gone.
    """
    earlier, later = store.run(before), store.run(after)
    if earlier.job == later.job or not _is_edited(earlier.job, later.job):
        return Carried()
    there = {row.resume_id for row in later.rows}
    statuses, notes = statuses_of_run(store, after, runs_of), notes_of_run(store, after, runs_of)
    given = {
        resume_id: status
        for resume_id, status in statuses_of_run(store, before, runs_of).items()
        if resume_id in there and resume_id not in statuses and status.status != TO_READ
    }
    written = [
        (resume_id, note)
        for resume_id, its_notes in notes_of_run(store, before, runs_of).items()
        if resume_id in there and resume_id not in notes
        for note in its_notes
    ]
    if not given and not written:
        return Carried()
    with store.writing() as db:
        for resume_id, status in given.items():
            insert_status(db, candidate_keys(db, after, resume_id), status)
            facts = {"status": status.status, "before": TO_READ, "carried_from": before}
            audit.append(db, audit.STATUS_SET, user, run_id=after, resume_id=resume_id, **facts)
        for resume_id, note in written:
            key = insert_note(db, candidate_keys(db, after, resume_id), note.user, note.text, note.at)
            facts = {"note": key, "characters": len(note.text), "carried_from": before}
            audit.append(db, audit.NOTE_ADDED, user, run_id=after, resume_id=resume_id, **facts)
    return Carried(len(given), len(written))


def _is_edited(first: str, second: str) -> bool:
    """Return whether one job description is an edited version of the other."""
    lines, others = ({line.strip() for line in job.splitlines() if line.strip()} for job in (first, second))
    return 2 * len(lines & others) >= min(len(lines), len(others)) > 0
