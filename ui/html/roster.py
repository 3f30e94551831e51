"""Render the lists of candidates that came with the files: what matched, what did not on either side, and what they brought a ranking."""

from collections.abc import Sequence

from markupsafe import Markup

from feedback.labels import GRADES
from i18n.texts import Texts
from preprocess.document import Document
from preprocess.roster import Listed, RosterRow
from service.pile import Pile
from service.roster.matching import Doubt
from service.run_state import RosterMarks
from ui.html.templates import rendered

MOST_SAID = 100
"""Lines of a group; of more only the number is said."""


def roster_html(pile: Pile, hides_names: bool, words: Texts) -> Markup:
    """Return the lists of the pile with what did not match, by number alone if `hides_names`; "" if there are none."""
    roster, documents = pile.roster, list(pile.documents)
    if not roster.sheets:
        return Markup()
    groups: list[tuple[str, int, list[str]]] = []
    matched = None
    if pile.reading is None:
        matching = roster.matching(documents)
        matched = len(matching.rows)
        said = {
            "without_file": [_row_said(row, words, names_file=True) for row in matching.without_file],
            "without_row": [documents[index].name for index in matching.without_row],
            "doubtful": [_doubt_said(doubt, documents, words) for doubt in matching.doubts],
            "by_name": [_pair_said(matching.rows[index], documents[index], words) for index in sorted(matching.by_name)],
        }
        groups = [(key, len(lines), [] if hides_names else lines[:MOST_SAID]) for key, lines in said.items() if lines]
    return rendered("roster", sheets=roster.sheets, rows=len(roster.rows), matched=matched, groups=groups, words=words)


def marks_html(marks: RosterMarks, words: Texts) -> Markup:
    """Return how many statuses and labels of lists a ranking took over, the words that were not understood, and the button to undo it."""
    statuses, labels = list(marks.statuses.values()), list(marks.labels.values())
    counted = [(words(f"desk.{status}"), statuses.count(status)) for status in dict.fromkeys(statuses)]
    counted += [(words(f"label.{GRADES[grade]}"), labels.count(grade)) for grade in sorted(set(labels), reverse=True)]
    unknown = [words("roster.unknown_word", word=word, count=count) for word, count in marks.unknown[:MOST_SAID]]
    comma = words("change.comma")
    taken = comma.join(words("roster.counted", word=word, count=count) for word, count in counted)
    return rendered("roster_marks", taken=taken, unknown=comma.join(unknown), words=words)


def listed_said(listed: Listed | None, name: str, words: Texts) -> str:
    """Return the id that a list gives a candidate, and its name where that differs from the one shown; "" for none."""
    if listed is None:
        return ""
    said = words("roster.id", id=listed.id) if listed.id else ""
    is_other = listed.name and "".join(listed.name.split()).casefold() != "".join(name.split()).casefold()
    return " ".join(filter(None, (said, listed.name if is_other else "")))


def _row_said(row: RosterRow, words: Texts, names_file: bool = False) -> str:
    said = words("roster.row", number=row.number, about=" ".join(filter(None, (row.id, row.name))) or row.file)
    return words("roster.no_file", row=said, file=row.file) if names_file and row.file else said


def _pair_said(row: RosterRow, document: Document, words: Texts) -> str:
    return words("roster.pair", row=_row_said(row, words), file=document.name)


def _doubt_said(doubt: Doubt, documents: Sequence[Document], words: Texts) -> str:
    comma = words("change.comma")
    rows, files = comma.join(_row_said(row, words) for row in doubt.rows), comma.join(documents[index].name for index in doubt.documents)
    return words(f"roster.{doubt.reason}", rows=rows, files=files)
