"""Find the candidate's name in a labelled field, a phrase ("my name is …"), the title line or the file's name.

No library finds Chinese names well; what helps is where a resume says its name, and a list of surnames.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import PurePath

from preprocess.blind.contact import MAY_BE_PHONE
from preprocess.blind.lists import one_of, words
from preprocess.blind.name_shapes import (
    HAN_NAME,
    LATIN,
    WORD,
    PersonName,
    is_free_of_trade,
    is_latin,
    is_of_trade,
    may_be_chinese,
    may_be_syllable,
)
from preprocess.blind.name_titles import courtesy_title, is_courtesy_title, is_post_nominal, without_titles
from preprocess.lexicon.characters import CJK, LIST_MARKS, NAME_DOTS
from preprocess.lexicon.field_labels import chinese_pattern, english_pattern

CANDIDATE = ("候选人", "the candidate")
"""Replacements of a name, in Chinese and in English text."""

NAME_LABEL = (
    rf"(?:(?:^|(?<=[\s|｜;；,，、(（])){chinese_pattern('name')}"
    rf"|(?:^|(?<=[|｜;；(（])|(?<=[|｜;；,，] )|(?<= {{2}})){english_pattern('name')})"
    r"[ \t]?(?:[:：]|\n|[ \t]{2})[ \t]*"
)
"""A pattern for the label of a name and what separates it from the name, for any case and ^ at each line."""

_HEAD = 6  # lines that are not blank among which the title line is looked for
_MAX_NAMES = 20  # a text with more is made to be slow: every name becomes a dozen patterns
_LABEL_WITHIN = 600  # characters from the start, within which a label makes a name of one word and of an unknown surname too
_RESUME = r"(?:r[eé]sum[eé]|curriculum vitae|CV|C\.V\.)"

_STRETCH = re.compile(
    rf"[ \t]{{2,}}|[ \t][–—－-][ \t]|[ \t]*[\u3000|｜,，;；/()（）【】\[\]]+[ \t]*|(?<=[^\s])[ \t](?=[{CJK}])|(?<=[{CJK}])[ \t](?=[^\s])"
)
_IN_NAMES = re.compile("['’-]")
_LONGEST_NAME = 6
"""Words of a name in Latin letters, particles counted: Juan Carlos de los Santos."""
_DOT = re.compile(f"[{NAME_DOTS}]")
_IN_BRACKETS = re.compile(r" ?[（(] ?([^（()）\n]{2,40}?) ?[)）]")
_NO_TITLE = re.compile(rf"[ \t]*+(?:[{LIST_MARKS}]|\d{{1,2}}[.、)）]|.*[。；])")  # an item of a list, a sentence
_FIELD = re.compile(
    rf"{NAME_LABEL}((?:(?! {{2}})[^\n|｜;；,，:：\d]){{2,60}})",
    re.IGNORECASE | re.MULTILINE,
)
_CUES = (
    re.compile(rf"(?:我叫|我的名字[是叫]|本人姓名)[ \t]?([{CJK}·]{{2,12}})(?![{CJK}])"),
    re.compile(rf"(?:[你您家]好[，,！!。 ]{{1,2}}我是|敬礼[！!]?[ \t\n]{{0,4}})([{CJK}]{{2,4}})(?=[，,。、\n]|$)"),
    re.compile(  # of a certificate
        rf"(?:兹[证證]明|茲證明|[兹茲]有|现证明|現證明|授予)[:：]?[ \t]?"
        rf"(?:(?:我|本|该|該)(?:公司|单位|單位|校|院|司)?(?:员工|員工|职工|職工|学生|學生)?[ \t]?)?([{CJK}]{{2,4}}?)"
        r"(?=[ \t]?(?:同学|同學|同志|先生|女士|小姐|老师|老師|[（(，,男女系于於自在已曾]|身份[证證]|荣获|榮獲|[获獲]得|[毕畢][业業]))"
    ),
    re.compile(
        rf"\b(?i:(?:this is to|hereby|we) (?:certify|confirm)|(?:hereby )?certifies),? (?i:that),? (?:{courtesy_title()}\.? )?({LATIN})"
    ),
    re.compile(rf"\b(?i:my name is|resume of|cv of|{_RESUME}(?: of| for| -|:)?) ({LATIN})"),
    re.compile(rf"\b(?:I am|I'm|I’m|(?i:sincerely|regards|yours),?[ \t]*\n{{1,3}}) ?({LATIN})"),
)
_OWN_RESUME = re.compile(rf"^[ \t]*([{CJK}]{{2,4}})[ \t]?的?(?:个人)?(?:求职)?简历|^[ \t]*({LATIN})['’]s (?i:{_RESUME})", re.MULTILINE)
_MARKED = re.compile(rf"(?:^[^\w\n]*|(?:我叫|我是|本人|my name is|I am) ?)(?:{CANDIDATE[0]}|{CANDIDATE[1]})", re.IGNORECASE | re.MULTILINE)
_SURNAME_FIRST = re.compile(rf"((?:{one_of(words('english', 'particles'))} ){{0,3}}{WORD}), ({WORD}(?: (?:{WORD}|[A-Z]\.)){{0,2}})$")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_YEARS = re.compile(r"\b\d{1,2}\+? years?\b", re.IGNORECASE)


def find_names(text: str, file_name: str, has_facts: bool, mails: Iterable[str]) -> tuple[PersonName, ...]:
    """Return the candidate's names in Chinese and Latin letters, each once, at most twenty.

    `has_facts`: the text states personal facts, so it is a resume. `mails` are its addresses, which often contain the name.
    """
    stated: dict[PersonName, None] = {}
    for name in _stated(text):
        stated[name] = None
        if len(stated) == _MAX_NAMES:
            break
    names = list(stated)
    head = [line for line in text.split("\n", 400)[:400] if line.strip()][:_HEAD]
    names += _from_file(file_name, text, head)
    is_in_text = any(name.is_sure and all(word in text for word in name.words) for name in names)  # a file may be called 简体.docx, too
    if not is_in_text and not _MARKED.search(text):
        names += _from_title(head, has_facts, " ".join(mails).lower())
    names += [alias for name in names for alias in (_aliases if name.is_chinese else _chinese_aliases)(name, head)]
    unique: dict[tuple[str, ...], PersonName] = {}
    for name in names:
        if name.words not in unique or name.is_sure:
            unique[name.words] = name
    return tuple(unique.values())


def _stated(text: str) -> Iterator[PersonName]:
    """Yield the names that the text calls a name."""
    for match in _FIELD.finditer(text):
        for part in _STRETCH.split(re.sub(rf"^([{CJK}]) ([{CJK}]{{1,2}})$", r"\1\2", match[1].strip())):
            part = without_titles(part.strip(" \t.。·:："))
            is_early = match.start() < _LABEL_WITHIN
            if HAN_NAME.fullmatch(part):
                if may_be_chinese(part) or (is_early and part not in CANDIDATE and is_free_of_trade(part)):
                    yield PersonName((part,))
            elif is_latin(part) or (is_early and re.fullmatch(WORD, part) and not is_of_trade(part) and is_free_of_trade(part)):
                yield PersonName(tuple(part.split()))
    for cue in _CUES[:3]:
        for match in cue.finditer(text):
            is_name = 2 <= len(match[1]) <= 4 and is_free_of_trade(match[1]) and not match[1].startswith(CANDIDATE[0])
            if "·" in match[1] or may_be_chinese(match[1]) or (cue is _CUES[0] and is_name):
                yield PersonName((match[1],))
    for cue in _CUES[3:]:
        yield from (PersonName(_shortened(match[1])) for match in cue.finditer(text) if is_latin(match[1]))
    for match in _OWN_RESUME.finditer(text):
        if match[1] and may_be_chinese(match[1]):
            yield PersonName((match[1],))
        elif match[2] and is_latin(match[2]):
            yield PersonName(tuple(match[2].split()))


def _shortened(name: str) -> tuple[str, ...]:
    """Return the words up to the first that belongs to no name ("Jane Doe Backend Engineer")."""
    parts = without_titles(name).split()
    return tuple(parts[: next((index for index, word in enumerate(parts) if is_of_trade(word)), len(parts))])


def _from_title(head: list[str], has_facts: bool, mails: str) -> Iterator[PersonName]:
    """Yield the name at the top: the one whose words are in a mail address, else the first; without facts only a whole line is one."""
    candidates: list[PersonName] = []
    if has_facts and head and (match := _SURNAME_FIRST.match(head[0])) and not any(map(is_of_trade, re.split("[, ]+", match[0]))):
        candidates.append(PersonName((*match[2].split(), *match[1].split())))
    for index, line in enumerate(head):
        for part in _STRETCH.split(line)[:3] if not _NO_TITLE.match(line) else ():
            is_title = has_facts or (index == 0 and _is_alone_or_beside_trade(part.strip(), line.strip()))
            part = without_titles(part.strip())
            if is_title and HAN_NAME.fullmatch(part) and (may_be_chinese(part) or (_DOT.search(part) and is_free_of_trade(part))):
                candidates.append(PersonName((part,)))
            elif (
                is_title
                and part
                and not (index and _YEAR.search(line))
                and is_latin(part.title() if part.isupper() else part)
                and (has_facts or _is_followed_by_trade(head))
            ):
                candidates.append(PersonName(tuple(part.split())))
    pairs = [(upper.strip(), lower.strip()) for upper, lower in pairwise(head)]
    candidates += [PersonName(pair) for pair in pairs if all(re.fullmatch(WORD, word) and word.lower() in mails for word in pair)]
    in_mail = [name for name in candidates if not name.is_chinese and any(len(word) > 2 and word.lower() in mails for word in name.words)]
    chinese = [name for name in candidates if name.is_chinese]
    yield from chinese[:1] or in_mail[:1] or candidates[:1]


def _is_alone_or_beside_trade(part: str, line: str) -> bool:
    """Return whether a part is all of its line but for a name in brackets, or opens it, and a title or a phone number goes on behind it."""
    if not line.startswith(part):
        return False
    rest = line[len(part) :]
    if (other := _IN_BRACKETS.fullmatch(rest)) and (is_latin(other[1]) or (HAN_NAME.fullmatch(other[1]) and may_be_chinese(other[1]))):
        return not _names_trade(part)
    return not rest or (not _names_trade(part) and (_names_trade(rest) or MAY_BE_PHONE.search(rest) is not None))


def _is_followed_by_trade(head: list[str]) -> bool:
    """Return whether a title stands below or beside the first line, or years or a phone number below it."""
    near = [line[:60] for line in head[:2]]
    return any(map(_names_trade, near)) or any(MAY_BE_PHONE.search(line) or _YEARS.search(line) for line in near)


def _names_trade(text: str) -> bool:
    return any(is_of_trade(word) for word in re.findall(r"[\w-]+", text))


def _from_file(file_name: str, text: str, head: list[str]) -> Iterator[PersonName]:
    """Yield a name in the file's name. In Latin letters it must occur in the text; two words that do not are unsure."""
    stem = PurePath(file_name).stem if file_name else ""
    stretches = {part.strip() for line in head for part in _STRETCH.split(line)}
    for token in re.findall(rf"[{CJK}{NAME_DOTS}]+", re.sub("的?个人简历|的?求职简历|的?简历|履历", " ", stem)):
        is_known = token in stretches or _DOT.search(token) is not None
        if HAN_NAME.fullmatch(token) and (may_be_chinese(token) or (is_known and is_free_of_trade(token))):
            yield PersonName((token,))
            break
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", stem).replace("_", " ")
    if " " not in spaced:
        spaced = spaced.replace("-", " ")
    for run in _runs(re.findall(r"[^\W\d_][\w'’-]*|\d+", spaced)):
        lengths = range(min(_LONGEST_NAME, len(run)), 1, -1)
        for part in (run[start : start + length] for length in lengths for start in range(len(run) - length + 1)):
            spelled = r"\W{1,3}".join(map(re.escape, part))
            if is_latin(" ".join(part)) and (match := re.search(rf"\b{spelled}\b", text, re.IGNORECASE)):
                if re.fullmatch(r"\w+(?:[-’']\w+)+", match[0]):  # one word of the text: Blackwood-Achterberg
                    continue
                yield PersonName(tuple(match[0].split()) if is_latin(match[0]) else tuple(part))
                return
        if len(run) == 2 and is_latin(" ".join(run)):
            yield PersonName(tuple(run), is_sure=False)
            return


def _runs(parts: list[str]) -> Iterator[list[str]]:
    """Yield sequences of at least two words that may be a name, capitalised."""
    run: list[str] = []
    particles = words("english", "particles")
    for part in [*parts, ""]:
        if part and _IN_NAMES.sub("", part).isalpha() and not re.match(f"[{CJK}]", part) and _may_be_of_name(part, particles):
            run.append(part.capitalize() if part.islower() and part not in particles else part)
        else:
            if len(run) > 1:
                yield run
            run = []


def _may_be_of_name(part: str, particles: frozenset[str]) -> bool:
    if is_courtesy_title(part) or is_post_nominal(part):
        return False
    return part in particles or not is_of_trade(part) or may_be_syllable(part)


def _aliases(name: PersonName, head: list[str]) -> Iterator[PersonName]:
    """Yield names in Latin letters beside the Chinese one: "张三（Jason）", "张三 Jason Zhang"."""
    for line in head:
        parts = [part.strip() for part in _STRETCH.split(line)]
        if name.words[0] in parts and (index := parts.index(name.words[0])) + 1 < len(parts):
            beside = parts[index + 1]
            if re.fullmatch(WORD, beside) and f"({beside}" in line.replace("（", "(") and not is_of_trade(beside):
                yield PersonName((beside,))
            elif is_latin(beside):
                yield PersonName(tuple(beside.split()))


def _chinese_aliases(name: PersonName, head: list[str]) -> Iterator[PersonName]:
    """Yield names in Chinese characters beside the one in Latin letters: "Kevin Zhao (赵可文)"."""
    for line in head:
        parts = [" ".join(part.split()) for part in _STRETCH.split(line)]
        for part, beside in pairwise(parts):
            if part.casefold() == " ".join(name.words).casefold() and HAN_NAME.fullmatch(beside) and may_be_chinese(beside):
                yield PersonName((beside,))
