"""Say what the person of a shown row is called."""

from preprocess.document import Resume
from reranker.rows import Row
from service.listing.introduction import introduction


def called(row: Row, resume: Resume) -> str:
    """Return the name of the person of a shown row; "" where the resume does not say it surely, or the row hides it behind a letter."""
    return introduction(resume).name if row.name == resume.name else ""
