"""Make variants of a passage: as written, and with disguises undone (spaced letters, digits for letters, emoji, Base64).

For classification only: nobody sees a variant and no text is changed.
"""

import base64
import binascii
import re
import unicodedata
from dataclasses import dataclass

from preprocess.fold import fold
from preprocess.lexicon.characters import CJK
from preprocess.screening.characters import plain, respelled

_SEPARATOR = r"[ .\-_*·~/・]"
_LETTERS_APART = re.compile(rf"(?<![a-z0-9])[a-z]({_SEPARATOR})[a-z](?:\1[a-z])*(?![a-z0-9])")
_MIN_LETTERS = 4  # of one word at least: "a b testing" is no word set apart
_CHARACTERS_APART = re.compile(rf"[\u3040-\u30ff{CJK}](?:{_SEPARATOR}{{1,2}}[\u3040-\u30ff{CJK}，、]){{4,}}")
_MIN_APART = 10  # characters set apart in a passage: more than most spaced headings have
_WORD = re.compile(r"[a-z0-9$@]+")
_DIGIT_FOR_LETTER = re.compile(r"[a-z][0134578$@]|[0134578$@][a-z]")
_MIN_DIGIT_WORDS = 3  # "B2B", "H5" and "K8s" in one line are none
_AS_LETTERS = str.maketrans("0134578$@", "oieastbsa")
_EMOJI = re.compile(r"[\u2190-\u21ff\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]")
_LETTER_NAME = re.compile(r"letter ([a-z])$")
_BASE64 = re.compile(r"(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{16,4000}={0,2}")
_MIN_READABLE = 0.9


@dataclass(frozen=True)
class Variant:
    """A passage in lower case as the model judges it. `is_disguised`: somebody took care that it is not read at sight."""

    text: str
    is_disguised: bool = False


def variants(text: str) -> list[Variant]:
    """Return the variants of a passage, the plain one first. Linear in the length of the text."""
    result = [_as_written(text)]
    if _EMOJI.search(text):
        result.append(_as_written(_EMOJI.sub(_name, text)))
    if digits := _without_digits(plain(text)):
        result.append(Variant(digits, is_disguised=True))
    result += (Variant(_as_written(decoded).text, is_disguised=True) for decoded in decoded_base64(text))
    return result


def decoded_base64(text: str) -> list[str]:
    """Return the text of the readable Base64 strings in a text."""
    return [decoded for run in _BASE64.findall(text) if (decoded := _decoded(run))]


def _as_written(text: str) -> Variant:
    text = unicodedata.normalize("NFKC", fold(text)).lower()  # with its spaces: wider ones part the words that are set apart
    joined = text
    if any(len(run[0]) >= 2 * _MIN_LETTERS - 1 for run in _LETTERS_APART.finditer(text)):
        joined = _LETTERS_APART.sub(_joined, text)
    joined = _CHARACTERS_APART.sub(_joined, joined)
    return Variant(respelled(plain(joined)), is_disguised=len(text) - len(joined) >= _MIN_APART)


def _joined(run: re.Match[str]) -> str:
    return re.sub(_SEPARATOR, "", run[0])


def _name(emoji: re.Match[str]) -> str:
    name = unicodedata.name(emoji[0], "").lower()
    letter = _LETTER_NAME.search(name)
    return letter[1] if letter else f" {name} "


def _without_digits(text: str) -> str:
    """Return the text with digits for letters undone, "" if too few words have any."""
    words = _WORD.findall(text)
    if sum(bool(_DIGIT_FOR_LETTER.search(word)) for word in words) < _MIN_DIGIT_WORDS:
        return ""
    return _WORD.sub(lambda word: word[0].translate(_AS_LETTERS) if re.search("[a-z$@]", word[0]) else word[0], text)


def _decoded(run: str) -> str:
    run = run.rstrip("=")
    try:
        text = base64.b64decode(run.replace("-", "+").replace("_", "/") + "=" * (-len(run) % 4)).decode("utf-8")
    except (binascii.Error, ValueError):
        return ""
    readable = sum(character.isalpha() or character in " ,.:;!?，。、：；！？" for character in text)
    return text if readable >= _MIN_READABLE * len(text) or text.startswith(("{", "<")) else ""
