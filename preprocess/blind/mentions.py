"""Build patterns for the mentions of a candidate's names: in full, reversed, in pinyin, with a title, by one part."""

import re
from collections.abc import Iterable, Iterator

from preprocess.blind.lists import one_of, words
from preprocess.blind.name_shapes import PersonName, surname_of
from preprocess.blind.name_titles import courtesy_title
from preprocess.lexicon.characters import CJK, NAME_DOTS
from preprocess.lexicon.date_forms import YEAR
from preprocess.tech_stack.names import names_in

_TITLED = rf"{courtesy_title()}\.?[ ]"
_TITLE = rf"(?:{_TITLED})?"
_ASIDE = (  # "（男，28岁）", "(she/her)"
    rf"(?:[ ]?[（(](?:(?:男|女|先生|女士|Mr\.?|Ms\.?|she/her|he/him|they/them|\d{{2}}岁|{YEAR}年?生?|[汉回满壮]族|已婚|未婚)"
    r"[，,、/|｜ ]{0,2}){1,5}[)）])?"
)
_GAP = r"(?:[ _.·-]{1,2}|\n)"
_BEFORE_VERB = rf"(?=[ ]{one_of(words('english', 'verbs'))}\b|['’]s\b)"
_FIRST_PERSON = r"(?:(?<=\bI am )|(?<=\bI'm )|(?<=\bI’m )|(?<=name is )|(?<=call me )|(?<=[Nn]ame: )|(?<=[Nn]ame:))"
_SHORT = 3  # letters: such a name alone is too often something else (May, Sun, Max)

_WORK = "(?:负责|主导|参与|带领|担任|曾|毕业|擅长|精通|的简历|[ ]的简历)"


def mentions(names: Iterable[PersonName]) -> re.Pattern[str] | None:
    """Return a pattern for every mention of one of the names; None without names. Linear in the length of a text."""
    patterns: list[str] = []
    for name in names:
        patterns += _chinese(name) if name.is_chinese else _latin(name.words, name.is_sure)
    return re.compile("|".join(dict.fromkeys(patterns))) if patterns else None


def account_names(names: Iterable[PersonName]) -> frozenset[str]:
    """Return the names as written in web addresses and accounts: one word in lower-case letters, at least five letters."""
    spellings: set[str] = set()
    for name in names:
        parts = list(name.words)
        if name.is_chinese:
            surname = surname_of(parts[0])
            parts = ["".join(_syllables(parts[0][len(surname) :])), *_readings(surname)]
        first, *last_parts = (re.sub(r"\W", "", part.lower()) for part in parts)
        for last in last_parts:
            spellings |= {first + last, last + first, first[:1] + last, first + last[:1]}
        spellings |= {part for part in (first, *last_parts) if not _is_common(part)}
    return frozenset(handle for handle in spellings if len(handle) >= 5 and handle.isascii())


def _chinese(name: PersonName) -> Iterator[str]:
    full = name.words[0]
    parts = [part for part in re.split(f"[{NAME_DOTS}]", full) if part]
    titles, not_person = one_of(words("names", "person_titles")), one_of(words("names", "not_person"))
    spelled = (f"[{NAME_DOTS}]".join if len(parts) > 1 else "".join)(r"[ ]?".join(map(re.escape, part)) for part in parts)
    if full in words("names", "common_words"):
        yield rf"(?<![{CJK}]){spelled}(?={_WORK}|[ ]*(?:$|[\n|｜，、,（(]|[ ]{{2}}))"
        yield rf"{spelled}[ ]?{titles}|(?<=我叫){spelled}"
    else:
        yield rf"{spelled}(?:[ ]?{titles}|(?!{not_person})){_ASIDE}"
    if len(parts) > 1:
        yield from (re.escape(part) + rf"(?:{titles})?" for part in parts if len(part) >= _SHORT)
        return
    surname = surname_of(full)
    yield rf"{surname}[ ]?(?:先生|女士|小姐|太太|同学|老师)"
    yield from _pinyin(surname, full[len(surname) :])


def _pinyin(surname: str, given: str) -> Iterator[str]:
    """Yield patterns for "Zhang San", "San Zhang", "Zhangsan", "ZHANG, San", "Xiao-Ming Li", in lower case only as one word."""
    first = _syllables(given) if given else []
    if not first or not all(syllable.isalpha() for syllable in first):
        return
    readings = [surname_reading for surname_reading in _readings(surname) if surname_reading.isalpha()]
    for last in readings:
        split = r"[ '’-]?".join(_any_case(syllable, position == 0) for position, syllable in enumerate(first))
        family = _any_case(last, True)
        yield rf"\b{_TITLE}{family},?{_GAP}{split}\b"
        yield rf"\b{_TITLE}{split}{_GAP}{family}\b"
        for joined in (last + "".join(first), "".join(first) + last):
            if len(joined) >= 5 and joined not in words("names", "places_in_pinyin") and not names_in(joined):
                yield rf"(?<![\w.-])(?i:{joined})(?![\w@-]|\.\w)"
        yield rf"\b{_TITLED}{family}\b"


def pinyin_of(name: str) -> list[str]:
    """Return a Chinese name in pinyin, surname first, one for each reading of the surname."""
    surname = surname_of(name)
    return [reading + "".join(_syllables(name[len(surname) :])) for reading in _readings(surname)]


def _readings(surname: str) -> list[str]:
    """Return the pinyin of a surname, every reading of a single character ("单" is Shan or Dan)."""
    if len(surname) > 1:
        return ["".join(_syllables(surname))]
    from pypinyin import Style, pinyin

    return list(pinyin(surname, style=Style.NORMAL, heteronym=True)[0])


def _syllables(characters: str) -> list[str]:
    from pypinyin import lazy_pinyin  # here: takes a second to import, which the start of the app need not wait for

    return lazy_pinyin(characters)


def _any_case(word: str, is_first: bool) -> str:
    """Return a pattern for a word capitalised or in capitals; a later syllable also in lower case."""
    forms = {word.capitalize(), word.upper()} if is_first else {word, word.capitalize(), word.upper()}
    return one_of(forms)


def _latin(parts: tuple[str, ...], is_sure: bool) -> Iterator[str]:
    forms = [rf"(?:{re.escape(part)}|{re.escape(part.capitalize())}|{re.escape(part.upper())})" for part in parts]
    first, last = forms[0], forms[-1]
    if len(parts) > 1:
        yield rf"\b{_TITLE}{_GAP.join(forms)}\b{_ASIDE}"
        yield rf"\b{_TITLE}{first}(?:[ ][A-Z]\.?)?[ ]{last}\b{_ASIDE}"
        yield rf"\b{last},[ ]{first}\b(?:[ ][A-Z]\.)?"
        yield rf"\b{'[ ]'.join(forms[1:])},[ ]{first}\b"
        yield rf"\b{parts[0][0]}\.[ ]?{last}\b"
        yield rf"(?<![\w.-])(?i:{re.escape(parts[0])}[._-]?{re.escape(parts[-1])})(?![\w@-]|\.\w)"
        yield rf"\b{last}{_GAP}{first}\b"
        yield rf"\b{last},?[ ]{parts[0][0]}\.(?=\W|$)"
    yield rf"\b{_TITLED}(?:{'[ ]'.join(forms[1:] or forms)}|{last})\b"
    spelled = dict(zip(parts, forms, strict=True))
    for part, form in {word: spelled[word] for word in (*parts[:1], *parts[-1:])}.items():
        yield rf"{_FIRST_PERSON}{form}\b"
        if is_sure and len(part) > _SHORT and not _is_common(part):
            yield rf"(?<![\w.@/-]){form}(?![\w@/]|-\w|\.\w)"
        else:
            yield rf"(?<![\w.@/-]){form}{_BEFORE_VERB}"


def _is_common(word: str) -> bool:
    return word.lower() in words("english", "common_words") or any(
        match.name.canonical and match.end - match.start == len(word) for match in names_in(word)
    )
