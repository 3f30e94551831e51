"""Find excessive repetition: keyword stuffing, endless lists, filler. Every measure is linear in the length of the text.

The bounds lie above what 98 real English resumes show (FAIRE; see benchmarks/attacks.py).
"""

import re
from collections import Counter
from collections.abc import Sequence

from preprocess.document import Note
from preprocess.lexicon.characters import CJK

_QUOTE = 40
_WORD = re.compile(rf"[a-z][a-z0-9_+#]*|[{CJK}]", re.IGNORECASE)
_LITTLE = frozenset("a an and the of to in for with on at by as is was from or this that be are all our their we i my".split())

MIN_PHRASE_REPEATS = 8
"""A phrase repeated fewer times is ignored."""
PHRASES = ((3, 0.05, True), (6, 0.06, False))
"""Words of a phrase, the highest share of all words that may begin a repeated one, and whether only Latin words count."""
MIN_REPEATS, MIN_SHARE = 20, 0.09
"""A Latin word repeated this often that is this share of all words: in real resumes at most 0.10 of 139 words, 0.074 of longer ones."""
MIN_TERM_REPEATS, MIN_TERM_SHARE = 15, 0.05
"""The same for a term between punctuation, and its share of the characters."""
MIN_ITEMS, MAX_ITEM = 120, 24
"""Items of a list in a row, and the characters of one. The longest in real resumes has 84 items."""
MIN_FILLER = 200
"""Characters of filler in a row."""

_SEPARATOR = re.compile(r"[,，、;；/|｜·•()（）\n]")
_TERM = re.compile(r"[^\W_]+(?:[ .+#-][^\W_]+){0,2}")
_TOLD = re.compile(r"[.!?] |[。！？]|\d{4}")
_FILLER = re.compile(
    rf"(\S)\1{{{MIN_FILLER - 1},}}|(.{{2,8}}?)\2{{{MIN_FILLER // 4},}}|[^\w\s]{{{MIN_FILLER},}}|(?:[^\w\s]{{1,3}}\n){{50,}}"
    rf"|[A-Za-z0-9+/=_-]{{{MIN_FILLER},}}|(?:lorem ipsum|dolor sit amet|consectetur adipiscing)[^\n]*",
    re.IGNORECASE,
)


def stuffing(text: str) -> list[Note]:
    """Return the note `stuffing`: a phrase, word or term repeated out of all proportion (quoted, with its count), or a list without end."""
    words = [word for word in map(str.lower, _WORD.findall(text)) if word not in _LITTLE]
    repetition = _phrase(words) or _word(words) or _term(text) or _list(text)
    return [Note("stuffing", before=repetition[0].strip()[:_QUOTE], count=repetition[1])] if repetition else []


def padding(text: str) -> list[Note]:
    """Return the note `padding`: 200 characters or more of one sign, a short pattern, punctuation or encoded data; or dummy text."""
    runs = [run[0] for run in _FILLER.finditer(text) if run[0].strip()]
    return [Note("padding", before=runs[0][:_QUOTE], count=sum(map(len, runs)))] if runs else []


def _phrase(words: Sequence[str]) -> tuple[str, int] | None:
    for length, max_share, is_latin in PHRASES:
        runs = [words[start : start + length] for start in range(len(words) - length + 1)]
        counts = Counter(tuple(run) for run in runs if not is_latin or all(map(str.isascii, run)))
        repeated = {run: count for run, count in counts.items() if count >= MIN_PHRASE_REPEATS}
        if not repeated:
            continue
        phrase, count = max(repeated.items(), key=lambda entry: entry[1])
        if len(set(phrase)) == 1:  # one word in a row
            return phrase[0], count + length - 1
        if sum(repeated.values()) > max_share * len(words):
            return (" " if is_latin or all(map(str.isascii, phrase)) else "").join(phrase), count
    return None


def _word(words: Sequence[str]) -> tuple[str, int] | None:
    word, count = max(Counter(filter(str.isascii, words)).items(), key=lambda entry: entry[1], default=("", 0))
    return (word, count) if count >= MIN_REPEATS and count >= MIN_SHARE * len(words) else None


def _term(text: str) -> tuple[str, int] | None:
    terms = Counter(term for part in _SEPARATOR.split(text) if 2 <= len(term := part.strip().lower()) <= MAX_ITEM)
    term, count = max(
        ((term, count) for term, count in terms.items() if _TERM.fullmatch(term)), key=lambda entry: entry[1], default=("", 0)
    )
    return (term, count) if count >= MIN_TERM_REPEATS and count * len(term) >= MIN_TERM_SHARE * len(text) else None


def _list(text: str) -> tuple[str, int] | None:
    run: list[str] = []
    others = 0
    for part in _SEPARATOR.split(text):
        item = part.strip()
        if not item:
            continue
        if len(item) <= MAX_ITEM and not _TOLD.search(item + " "):
            run.append(item)
        elif (others := others + 1) > len(run) / 20:  # one in twenty may be longer
            run, others = [], 0
        if len(run) - others >= MIN_ITEMS:
            return ", ".join(run[:4]), len(run)
    return None
