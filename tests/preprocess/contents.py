"""Tell what a document that was read contains, as plain values that tests compare."""

from preprocess.document import Document


def lines_of(document: Document) -> list[str]:
    """Return the text of each line, page by page."""
    return [line.text for page in document.pages for line in page.lines]


def notes_of(document: Document) -> list[tuple[str, str]]:
    """Return the code of each note and the text that it quotes."""
    return [(note.code, note.before) for note in document.notes]
