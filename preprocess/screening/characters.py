"""Find characters that deceive: look-alike letters, invisible ones inside words, text that runs backwards."""

import re
import unicodedata

from preprocess.document import Note
from preprocess.fold import fold
from preprocess.lexicon.characters import CJK, simplified

_QUOTE, _QUOTES = 24, 3

# Letters that cannot be told from Latin ones in usual fonts (a selection of Unicode's confusables.txt).
_CYRILLIC = dict(zip("аверсеоухіјѕһԁԛԝѵӏгпАВЕКМНОРСТХУІЈЅҮԌѴӀ", "abepceoyxijshdqwvlrnABEKMHOPCTXYIJSYGVI", strict=True))
_CYRILLIC |= dict(zip("кмнтб", "kmht6", strict=True))
_GREEK_CAPITALS = dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧοϲϳ", "ABEZHIKMNOPTYXocj", strict=True))
_GREEK_SMALL = dict(zip("αικνρτυχγηε", "aikvptuxyne", strict=True))  # units and symbols too, so only between Latin letters
_PLAIN = str.maketrans(_CYRILLIC | _GREEK_CAPITALS | _GREEK_SMALL | dict.fromkeys("“”„«»「」『』″", '"') | dict.fromkeys("‘’`´", "'"))

_WORD = re.compile(r"[^\W\d_]+")
_LATIN = r"A-Za-zÀ-ɏ"
_ONLY = re.compile(rf"[{_LATIN}{''.join([*_CYRILLIC, *_GREEK_CAPITALS, *_GREEK_SMALL])}]+")
_SURE = re.compile(f"[{''.join([*_CYRILLIC, *_GREEK_CAPITALS])}]")
_BETWEEN = re.compile(rf"(?<=[{_LATIN}])[{''.join(_GREEK_SMALL)}]+(?=[{_LATIN}])")
_MIXED = re.compile(rf"[{_LATIN}][\u0370-\u03ff\u0400-\u052f]|[\u0370-\u03ff\u0400-\u052f][{_LATIN}]")

_LETTER_BY_LETTER = re.compile(r"(?<![a-z0-9])[a-z](?:[ .\-_*·~]{1,2}[a-z]){3,}(?![a-z0-9])")
_CHARACTER_BY_CHARACTER = re.compile(rf"[{CJK}](?:[*.\-_·~|｜,/+]{{1,2}}[{CJK}]){{4,}}")
_DIGITS_FOR_LETTERS = re.compile(r"(?<![a-z0-9])(?=[0-9$@]{0,40}[a-z][a-z0-9$@]*?[a-z])(?=[a-z$@]*[01345$@])[a-z01345$@]{4,}(?![a-z0-9])")
_AS_LETTERS = str.maketrans("01345$@", "oieassa")

_INVISIBLE = "\u034f\u061c\u180e\u200b-\u200f\u2060-\u2064\u206a-\u206f\ufeff"
_SPLIT = re.compile(rf"(?<=[a-zA-Z{CJK}])[{_INVISIBLE}]+(?=[a-zA-Z{CJK}])")
_RUN = re.compile(r"[^\s，。、；：（）,.;:()]+")
_MIN_SPLIT = 3  # a stray one comes with copying from web pages
_BACKWARDS = re.compile(r"\u202e[^\u202c\n]*")
_TAGS = re.compile(r"[\U000e0000-\U000e007f]{8,}")  # the flag of Wales has seven


def plain(text: str) -> str:
    """Return a text for matching only: NFKC, lower case, look-alike letters as Latin ones, no spaces between Chinese characters."""
    return plain_of_folded(fold(text))


def plain_of_folded(text: str) -> str:
    """Return `plain` of a text that is folded already."""
    text = unicodedata.normalize("NFKC", text).translate(_PLAIN).lower()
    return re.sub(rf"(?<=[{CJK}，。：])\s+(?=[{CJK}])", "", re.sub(r"\s+", " ", text)).strip()


def with_latin_letters(text: str) -> str:
    """Return the text with the look-alikes in words of Latin letters written as Latin letters."""
    return _ONLY.sub(lambda word: word[0].translate(_PLAIN) if _MIXED.search(word[0]) and _is_disguised(word[0]) else word[0], text)


def respelled(text: str) -> str:
    """Return `plain` text with words written letter by letter, digits for letters, and traditional characters in usual spelling."""
    text = _LETTER_BY_LETTER.sub(lambda word: re.sub(r"[^a-z]", "", word[0]), simplified(text))
    text = _CHARACTER_BY_CHARACTER.sub(lambda words: re.sub(rf"[^{CJK}]", "", words[0]), text)
    return _DIGITS_FOR_LETTERS.sub(lambda word: word[0].translate(_AS_LETTERS), text)


def homoglyphs(text: str) -> list[Note]:
    """Return the note `homoglyphs`: Latin words with Cyrillic or Greek look-alikes in them (Jаva). 张三Java, μs and TGFβ are none."""
    if not _MIXED.search(text):
        return []
    words = [word[0] for word in _WORD.finditer(text) if _MIXED.search(word[0]) and _is_disguised(word[0])]
    return _note("homoglyphs", words)


def deceptive_characters(raw: str) -> list[Note]:
    """Return the notes `invisible_in_words`, `invisible_text` and `text_backwards` on a text before cleaning, which removes all this."""
    runs = _RUN.findall(raw) if _SPLIT.search(raw) else []
    split = [_SPLIT.sub("·", run) for run in runs if _SPLIT.search(run)]
    tags = ["".join(chr(ord(character) - 0xE0000) for character in run[0] if character > "\U000e001f") for run in _TAGS.finditer(raw)]
    notes = _note("invisible_in_words", split) if len(split) >= _MIN_SPLIT else []
    return (
        notes
        + _note("invisible_text", tags)
        + _note("text_backwards", [run[0][1:] for run in _BACKWARDS.finditer(raw) if run[0][1:].strip()])
    )


def _is_disguised(word: str) -> bool:
    return bool(_ONLY.fullmatch(word) and (_SURE.search(word) or _BETWEEN.search(word)))


def _note(code: str, passages: list[str]) -> list[Note]:
    quotes = [fold(passage).strip()[:_QUOTE] for passage in dict.fromkeys(passages)]
    return [Note(code, before=" ".join(quotes[:_QUOTES]), count=len(passages))] if passages else []
