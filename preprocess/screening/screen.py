"""Screen a resume for what a person must be told before trusting its rank: attempts to influence the model, and text that deceives.

Nothing here changes a text or a score, and no finding proves bad faith: each is a Note that quotes the place, for a person to look at.
The readers note hidden text (`hidden_text`), the ranking what did not fit into the model.
"""

from collections.abc import Iterable

from preprocess.document import Note
from preprocess.fold import fold, folded_resume
from preprocess.screening.characters import deceptive_characters, homoglyphs
from preprocess.screening.copies import copied_job
from preprocess.screening.injections import injections, is_injection_name, without_injections
from preprocess.screening.markup import control_tokens, prompt_lines, prompt_spoofs
from preprocess.screening.model import SentenceEncoder
from preprocess.screening.repeats import padding, stuffing

__all__ = ["WARNINGS", "screen", "screen_raw", "without_injections"]

WARNINGS = frozenset(
    "control_token prompt_spoof instruction_to_model stuffing job_copied homoglyphs padding invisible_in_words invisible_text"
    " text_backwards duplicate hidden_text".split()
)
"""The codes of notes that are warnings, not records of cleaning: shown in the notes column of the page."""

_QUOTE = 200  # all of a passage: in blind mode half a name could not be masked


def screen(text: str, job: str = "", encoder: SentenceEncoder | None = None, file_name: str = "") -> tuple[Note, ...]:
    """Return notes on what is suspicious about a resume's clean text, at most one a kind; copies are looked for only with a `job`.

    Instructions to the model, in the text or the file's name, are looked for only if there is an encoder. Linear; never raises.
    """
    folded = folded_resume(text)
    lines = prompt_lines(folded)
    return (
        *control_tokens(lines),
        *prompt_spoofs(lines),
        *(_instructions(text, file_name, encoder) if encoder else ()),
        *stuffing(folded),
        *padding(folded),
        *homoglyphs(folded),
        *(copied_job(text, job) if job else ()),
    )


def screen_raw(lines: Iterable[str]) -> tuple[Note, ...]:
    """Return notes on what only a document's lines as read still show, before cleaning: invisible characters, text that runs backwards."""
    return tuple(deceptive_characters("\n".join(lines)))


def _instructions(text: str, file_name: str, encoder: SentenceEncoder) -> list[Note]:
    quotes = [" ".join(fold(text[start:end]).split())[:_QUOTE] for start, end in injections(text, encoder)]
    if file_name and is_injection_name(file_name, encoder):
        quotes.append(fold(file_name)[:_QUOTE])
    return [Note("instruction_to_model", before=quotes[0], count=len(quotes))] if quotes else []
