"""Close letter-spaced text: `个 人 简 历`, `R E S U M E`, `张  三`, `姓  名：`. Works on one line.

A space between single characters is decoration only where a whole cell of the line is made of them; English words are never joined to
each other, nor the cells of a table (which readers put two spaces apart).
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from preprocess.lexicon.characters import CJK
from preprocess.lexicon.field_labels import label_kind, label_pattern
from preprocess.lexicon.headings import heading_kind, heading_words

_HAN = f"[{CJK}]"
_CHINESE_RUN = re.compile(rf"(?<![^\s:：|｜•]){_HAN}(?: {{1,2}}{_HAN})+(?![^\s:：|｜])")
_LATIN_RUN = re.compile(r"(?<![^\s:：|｜•])[A-Za-z](?: {1,2}[A-Za-z&]){3,}(?![^\s:：|｜])")
_NAME_LABEL = re.compile(rf"{label_pattern('name')} ?[:：]? ?$", re.IGNORECASE)
_COLON = re.compile(r" ?[:：]")
# Single characters that stand in cells of their own; a row of them is no spaced word.
_CELL_VALUES = frozenset("男女汉满回藏苗壮是否有无优良中差好高低一二三四五六七八九十甲乙丙丁年月日")
_TORN = re.compile(rf"({_HAN}[{CJK} ]{{1,20}}[ /|｜])?([A-Za-z][A-Za-z& ]*[A-Za-z])")
_LONGEST_HEADING = 60
_MAX_WORD = 12  # longer runs without a word of headings in them are likely several words


def close_letter_spacing(text: str) -> tuple[str, list[tuple[str, str]]]:
    """Return the line (no more than two spaces in a row) without letter-spacing, and (before, after) of each change. Idempotent."""
    if (heading := _torn_heading(text)) is not None:
        return heading, [(text, heading)]
    if text.count(" ") * 5 < len(text) and not re.search(rf"(?:^|  |[:：] ?){_HAN} {{1,2}}{_HAN}(?:$|  | ?[:：])", text):
        return text, []
    if (whole := _sentence(text)) is not None:
        return whole, [(text, whole)]
    changes: list[tuple[str, str]] = []
    for pattern, close in ((_CHINESE_RUN, _chinese), (_LATIN_RUN, _latin)):
        pieces, end = [], 0
        for match in pattern.finditer(text):
            if (closed := close(text, match)) != match[0]:
                changes.append((match[0], closed))
                pieces += [text[end : match.start()], closed]
                end = match.end()
        text = "".join([*pieces, text[end:]])
    return text, changes


def _torn_heading(text: str) -> str | None:
    """Close a heading whose letters stand in pieces: WORK EX PERIEN C E; None for any other line."""
    match = _TORN.fullmatch(text) if " " in text and len(text) <= _LONGEST_HEADING else None
    if not match:
        return None
    parts = [list(_as_headings("".join(part.split()).upper())) for part in match[2].split("&")]
    if not all(parts):
        return None
    letters = iter("".join(match[2].replace("&", "").split()))
    english = " & ".join(" ".join("".join(next(letters) for _ in word) for word in words) for words in parts)
    whole = (match[1] or "") + english
    return whole if english.split() != match[2].split() and heading_kind(whole) is not None else None


def _sentence(text: str) -> str | None:
    """Close a line all of whose characters are spaced, including punctuation, digits and Latin letters; None for others."""
    tokens = text.split()
    han = sum(len(token) == 1 and re.match(_HAN, token) is not None for token in tokens)
    singles = sum(len(token) == 1 for token in tokens)
    if len(tokens) < 8 or singles < 0.9 * len(tokens) or han < 0.5 * len(tokens) or _is_row_of_values(tokens):
        return None
    return " ".join("".join(word.split()) for word in _words(text))


def _words(run: str) -> list[str]:
    """Cut a run at its wider spaces, if it has spaces of two widths."""
    return run.split("  ") if re.search(r"\S \S", run) else [run]


def _bounds(text: str, match: re.Match[str]) -> tuple[bool, bool]:
    """Return whether a cell of the line begins where the match begins, and ends where it ends."""
    before, after = text[max(0, match.start() - 2) : match.start()], text[match.end() : match.end() + 2]
    starts = not before.strip() or before.endswith(("  ", ":", "：", ": ", "： ", "|", "| ", "• ", "•"))
    return starts and (before != " " or match.start() == 1), not after.strip() or after == "  " or after.strip()[0] in ":：|"


def _chinese(text: str, match: re.Match[str]) -> str:
    starts, ends = _bounds(text, match)
    is_label = _COLON.match(text, match.end()) is not None
    is_all = not text[: match.start()].strip(" •") and match.end() == len(text)
    words = _words(match[0])
    closed = []
    for word in words:
        is_first, is_last = not closed, len(closed) == len(words) - 1
        is_cell = (starts or not is_first) and (ends or not is_last)
        is_name = is_all or (is_first and _NAME_LABEL.search(text[max(0, match.start() - 8) : match.start()]) is not None)
        closed.append(_closed_cell(word, is_cell, is_label and is_last, is_name))
    return "  ".join(closed)


def _closed_cell(word: str, is_cell: bool, is_label: bool, is_name: bool) -> str:
    characters = word.split()
    end = "".join(characters[-2:])
    if is_label and _is_label(end) and len(characters) <= 3:  # of `男 年 龄：28` only the label
        return (" " if re.search(r"\S \S", word) else "  ").join([*characters[:-2], end])
    if not is_cell or _is_row_of_values(characters) or (len(characters) == 2 and not (is_label or is_name or _is_label(end))):
        return word
    return "".join(characters)


def _is_label(word: str) -> bool:
    """Return whether two Chinese characters are the label of a field or the heading of a section."""
    return label_kind(word) is not None or heading_kind(word) is not None


def _latin(text: str, match: re.Match[str]) -> str:
    if not all(_bounds(text, match)):
        return match[0]
    closed = []
    for word in _words(match[0]):
        letters = "".join(word.split())
        known = list(_as_headings(letters.upper()))
        if known:
            ends = [sum(map(len, known[: index + 1])) for index in range(len(known))]
            closed.append(" ".join(letters[start:end] for start, end in pairwise([0, *ends])))
        elif _is_word(letters):
            closed.append(letters)
        else:
            return match[0]
    return " ".join(closed)


def _is_word(letters: str) -> bool:
    """Return whether letters without a space look like one word, and not like a list of letters such as A B C D."""
    if len(letters) == 1:
        return True
    in_order = all(ord(following) == ord(letter) + 1 for letter, following in pairwise(letters))
    same_case = letters.isupper() or letters[1:].islower()
    return len(letters) <= _MAX_WORD and same_case and not in_order and re.search("[aeiouy]", letters, re.IGNORECASE) is not None


def _as_headings(letters: str) -> Iterator[str]:
    """Yield the heading words that the letters consist of, if they do: dynamic programming over at most 60 letters."""
    if len(letters) > 60:
        return
    known = frozenset(map(str.upper, heading_words()))
    ways: list[list[str] | None] = [[], *[None] * len(letters)]
    for end in range(1, len(letters) + 1):
        for start in range(end):
            words = ways[start]
            if words is not None and letters[start:end] in known and (ways[end] is None or len(words) + 1 < len(ways[end] or [])):
                ways[end] = [*words, letters[start:end]]
    yield from ways[-1] or []


def _is_row_of_values(characters: list[str]) -> bool:
    return all(character in _CELL_VALUES for character in characters)
