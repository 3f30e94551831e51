"""Export a ranking as CSV, for other programs. No cell can become a formula, whatever a resume contains."""

import csv
from collections.abc import Sequence
from io import StringIO

from feedback.files.cells import inert
from i18n.texts import Texts
from preprocess.document import Rejected
from reranker.rows import Ranking
from service.output.candidates import ListedPerson
from service.output.columns import columns


def csv_bytes(people: Sequence[ListedPerson], ranking: Ranking, rejected: Sequence[Rejected], words: Texts) -> bytes:
    """Return the people of the ranking in UTF-8 with the byte order mark that Excel needs; unreadable files follow without a rank."""
    chosen = columns(people, ranking, words)
    text, mark = StringIO(newline=""), words("export.cut")
    writer = csv.writer(text, quoting=csv.QUOTE_NONNUMERIC)  # texts in quotes can be told from numbers: an id 000123 keeps its zeros
    writer.writerow([words(f"export.{column.key}") for column in chosen])
    for person in people:
        values = [column.value(person) for column in chosen]
        writer.writerow([inert(value, mark) if isinstance(value, str) else value for value in values])
    for file in rejected:
        reason = words("export.unread", reason=words.rejected(file))
        told = {"name": inert(file.name, mark), "notes": inert(reason, mark)}
        writer.writerow([told.get(column.key, "") for column in chosen])
    return text.getvalue().encode("utf-8-sig")
