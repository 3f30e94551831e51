"""Split text into terms: Chinese and English n-grams in lower case, numbers abstracted so that 3万QPS and 万级 QPS are equal."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from preprocess.lexicon.characters import CJK, is_cjk

LONGEST = 6
"""Most Chinese characters, English words and numbers in one term."""

_SHARP = re.compile(r"(?<![a-z0-9#])([cf])#(?![万亿千百])")
_NUMBER = re.compile(
    r"(?<![a-z0-9])\d(?:[\d,.]*\d)?\s*\+?\s*(?:(?:[十百千]{0,3}(?P<size>[万亿千百])|(?P<w>w)(?![a-z0-9]))[余多]?\+?(?:级别?)?)?"
    r"|(?<!#)[上数几近]?[十百千]{0,3}(?P<level>[万亿千百])级别?|[上数几近][十百千]{0,3}(?P<some>[万亿])[余多]?"
)
_LOOSE_SPACE = re.compile(rf"(?<=[{CJK}#])[ \t]+|(?<![ \t])[ \t]+(?=[{CJK}])")
_SPACES = re.compile(r"[ \t]{2,}")
_ATOM = re.compile(rf"[a-z][a-z0-9+.\-]*[a-z0-9+]|[a-z]|#|[{CJK}]")
_STOP_CHARACTERS = frozenset(
    "的了和与及或在对等为以并由从到至个是有于中上下内外之其该各把被将可能会也还就都而且请要需不如按每使我你他们这那"
)
_STOP_WORDS = frozenset(
    "a an the of to in for with on at by and or as is are be was were from that this it its we our you your i my their they he she his her "
    "has have had will can not than into over per via using used use etc e.g i.e".split()
)
_EMPTY = frozenset(
    "负责 参与 使用 熟悉 精通 掌握 了解 具备 具有 工作 经验 经历 以上 优先 相关 项目 公司 岗位 职责 任职 要求 能力 良好 较强 专业 "
    "本科 学历 大学 工程师 开发 年以上 至今 及以上 背景 教育 技能 experience work team years skills requirements "
    "responsibilities university company engineer project projects strong ability knowledge".split()
)


def abstract(text: str) -> str:
    """Return the text in lower case, numbers with 万 or 亿 as "#万" (3万, 5 万, 30w, 十万级, 上万), others as "#".

    Spaces beside Chinese and after "#" go. Digits inside a name stay ("k8s", "p99"); C# and F# become "csharp" and "fsharp". Idempotent;
    linear time.
    """
    text = _LOOSE_SPACE.sub("", _SHARP.sub(r"\1sharp", text.lower()))
    text = _NUMBER.sub(_size, text)
    return _SPACES.sub(" ", _LOOSE_SPACE.sub("", text)).strip()


def _size(match: re.Match[str]) -> str:
    return "#" + (match["size"] or match["level"] or match["some"] or ("万" if match["w"] else ""))


def has_term(abstracted: str, term: str) -> bool:
    """Return whether an abstracted text has an abstracted term; "java" is not in "javascript"."""
    return term in abstracted and _pattern(term).search(abstracted) is not None


@lru_cache(maxsize=4096)
def _pattern(term: str) -> re.Pattern[str]:
    before = r"(?<![a-z0-9])" if re.match(r"[a-z0-9]", term) else ""
    after = r"(?![a-z0-9])" if re.search(r"[a-z0-9]\Z", term) else ""
    return re.compile(before + re.escape(term) + after)


def is_term(gram: str) -> bool:
    """Return whether an n-gram may be a term: a word or two Chinese characters, no function word at its ends, no number at its end."""
    atoms = _ATOM.findall(gram)
    if not atoms or gram in _EMPTY or any(atom in _STOP_CHARACTERS or atom in _STOP_WORDS for atom in (atoms[0], atoms[-1])):
        return False
    words = sum(len(atom) > 1 for atom in atoms)
    chinese = sum(map(is_cjk, atoms))
    return words <= 3 and (words > 0 or chinese >= 2) and atoms[-1] != "#"


def terms_of(texts: Sequence[str], counts: Sequence[bool], least: int) -> list[set[str]]:
    """Return the set of terms of each abstracted text, limited to those in at least `least` of the texts with `counts` True.

    Longer n-grams are built only from frequent shorter ones (Apriori: Agrawal & Srikant 1994), which bounds memory.
    """
    runs = [_runs(text) for text in texts]
    places = [[(run, start) for run, atoms in enumerate(of_one) for start in range(len(atoms))] for of_one in runs]
    grams_of_texts: list[set[str]] = [set() for _ in texts]
    for length in range(1, LONGEST + 1):
        grams = [
            [text[of_one[run][start][0] : of_one[run][start + length - 1][1]] for run, start in where]
            for text, of_one, where in zip(texts, runs, places, strict=True)
        ]
        frequency = Counter(gram for of_one, is_counted in zip(grams, counts, strict=True) if is_counted for gram in set(of_one))
        for number, of_one in enumerate(grams):
            alive = {index for index, gram in zip(places[number], of_one, strict=True) if frequency[gram] >= least}
            grams_of_texts[number].update(gram for gram in of_one if frequency[gram] >= least)
            places[number] = [(run, start) for run, start in places[number] if {(run, start), (run, start + 1)} <= alive]
    valid = {gram for gram in set().union(*grams_of_texts) if is_term(gram)}
    return [of_one & valid for of_one in grams_of_texts]


def _runs(text: str) -> list[list[tuple[int, int]]]:
    """Return the (start, end) of atoms, grouped into sequences in which at most one space separates neighbours."""
    runs: list[list[tuple[int, int]]] = []
    end = -1
    for match in _ATOM.finditer(text):
        if not runs or (match.start() > end and text[end : match.start()] != " "):
            runs.append([])
        runs[-1].append(match.span())
        end = match.end()
    return runs
