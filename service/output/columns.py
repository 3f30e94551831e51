"""Define the columns of an exported list, for spreadsheets and CSV alike: a title, a width in characters, and each candidate's value."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from i18n.texts import Texts
from reranker.evidence.match_points import MatchPoint
from reranker.rows import Ranking, Row
from reranker.rubric.lifts import total
from service.listing.career import degree_said, years_said
from service.listing.match import match_key, reason_said
from service.output.candidates import ListedPerson, label_said, note_said
from service.rubric.lifts import lifts_said, signed_amount

Value = str | int | float


@dataclass(frozen=True)
class Column:
    """A column: `key` names its title among the [export] texts, `width` is in characters, `number_format` is Excel's."""

    key: str
    width: int
    value: Callable[[ListedPerson], Value]
    number_format: str = ""
    is_evidence: bool = False
    """Of long texts, which a workbook has on a sheet of their own, so that the list stays one."""


def columns(people: Sequence[ListedPerson], ranking: Ranking, words: Texts) -> list[Column]:
    """Return the columns of a list; those that would be empty for everybody are left out, as far as a reader does not expect them."""
    rows = ranking.rows
    rare = [said for said in ("no", "ask") if any(point.said == said for person in people for point in person.row.match_points or ())]
    is_lifted = any(person.row.lifts for person in people)
    is_moved = any(row.model_rank not in (0, row.rank) for row in rows)
    has_ids = any(person.id for person in people)
    wanted = [
        Column("rank", 6, lambda person: person.row.rank),
        *([Column("id", 12, lambda person: person.id)] if has_ids else []),
        Column("name", 18, lambda person: person.name),
        Column("match", 9, lambda person: _match(person.row, rows, words), "0.0%"),
        Column("status", 10, lambda person: words(f"desk.{person.status}")),
        Column("label", 16, lambda person: "\n".join(label_said(label, words) for label in person.labels)),
        Column("remarks", 24, lambda person: "\n".join(map(note_said, person.notes))),
        Column("contact", 28, lambda person: person.contact),
        Column("years", 8, lambda person: years_said(person.profile, words)),
        Column("degree", 10, lambda person: degree_said(person.profile, words)),
        Column("title", 18, lambda person: person.profile.title),
        Column("employer", 20, lambda person: person.profile.employer),
        *(
            Column(said, 56, lambda person, said=said: _points(person.row, said, words), is_evidence=True)
            for said in ("met", "partial", "missing", *rare)
        ),
        Column("notes", 30, lambda person: _notes(person.row, words), is_evidence=True),
    ]
    if is_lifted:
        wanted.append(Column("lifts", 30, lambda person: _lifts(person.row, words), is_evidence=True))
    if is_moved:
        wanted.append(Column("model_rank", 8, lambda person: person.row.model_rank or ""))
    wanted += [
        Column("score", 9, lambda person: round(person.row.logit, 4), "0.000"),
        Column("file", 30, lambda person: person.file),
    ]
    return wanted


def _match(row: Row, rows: Sequence[Row], words: Texts) -> Value:
    return round(row.probability, 4) if row.probability is not None else words(match_key(row, rows))


def _points(row: Row, said: str, words: Texts) -> str:
    return "\n".join(_point(point, words) for point in row.match_points or () if point.said == said)


def _point(point: MatchPoint, words: Texts) -> str:
    said = words("export.requirement", kind=words(f"export.kind_{point.kind}"), text=point.requirement)
    said = f"{said} ← {point.shown_quote}" if point.quote else said
    reason = reason_said(point, words)
    return f"{said} ({reason})" if reason else said


def _notes(row: Row, words: Texts) -> str:
    notes = [words.note(note) for note in row.notes]
    if row.truncated:
        notes.insert(0, words("row.truncated", tokens=f"{row.truncated:,}"))
    return "\n".join(notes)


def _lifts(row: Row, words: Texts) -> str:
    if not row.lifts:
        return ""
    together = words("rubric.lifted", amount=signed_amount(row, total(row.lifts)))
    return "\n".join([together, *(f"{said} {amount}" for said, amount in lifts_said(row, words))])
