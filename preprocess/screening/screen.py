"""What a person must be told about a resume before trusting its place: attempts to influence the model, and text that deceives.

Nothing here changes a text or a score, and no finding proves bad faith: each is a Note that quotes the place, for a person to look at.
Hidden text is noted by the readers (`hidden_text`), what did not fit into the model by the ranking.
"""

from collections.abc import Iterable

from preprocess.document import Note
from preprocess.fold import fold
from preprocess.screening.characters import deceptive, homoglyphs
from preprocess.screening.copies import copied_job
from preprocess.screening.instructions import instructions, is_instruction_name, without_instructions
from preprocess.screening.markup import control_tokens, prompt_spoofs
from preprocess.screening.model import SentenceEncoder
from preprocess.screening.repeats import padding, stuffing

__all__ = ["WARNINGS", "screen", "screen_raw", "without_instructions"]

WARNINGS = frozenset(
    "control_token prompt_spoof instruction_to_model stuffing job_copied homoglyphs padding invisible_in_words invisible_text"
    " text_backwards duplicate hidden_text".split()
)
"""The codes of notes that are no mere record of cleaning: what the notes column of the page shows."""

_QUOTE = 200  # all of a passage: in blind mode half a name could not be masked


def screen(text: str, job: str = "", encoder: SentenceEncoder | None = None, file_name: str = "") -> tuple[Note, ...]:
    """What is suspicious about a resume's clean text, at most one Note a kind; without a job nothing is said of copies of it.

    Words to the scoring program, in the text or the file's name, are looked for where there is an encoder.
    Linear in the length of the text; never raises.
    """
    folded = fold(text)
    return (
        *control_tokens(folded),
        *prompt_spoofs(folded),
        *(_instructions(text, file_name, encoder) if encoder else ()),
        *stuffing(folded),
        *padding(folded),
        *homoglyphs(folded),
        *(copied_job(text, job) if job else ()),
    )


def screen_raw(lines: Iterable[str]) -> tuple[Note, ...]:
    """What only a document's lines as read still show, before cleaning takes it out: characters nobody sees, text that runs backwards."""
    return tuple(deceptive("\n".join(lines)))


def _instructions(text: str, file_name: str, encoder: SentenceEncoder) -> list[Note]:
    quotes = [" ".join(fold(text[start:end]).split())[:_QUOTE] for start, end in instructions(text, encoder)]
    if file_name and is_instruction_name(file_name, encoder):
        quotes.append(fold(file_name)[:_QUOTE])
    return [Note("instruction_to_model", before=quotes[0], count=len(quotes))] if quotes else []
