"""Split a job description into its requirements, one by one: what must be there, what is nice to have, and the duties."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from preprocess.lexicon.characters import ENGLISH_SENTENCE_END, SENTENCE_END, cut_behind, simplified, width
from preprocess.tech_stack.normalise import find_skills
from reranker.evidence.asks import DOUBT, asks_for_something
from reranker.evidence.clause_kinds import kinds
from reranker.evidence.facts import certificates, degrees, languages, years
from reranker.evidence.forbidden import forbidden, forbidden_clauses, without_forbidden
from reranker.evidence.job_headings import UNKNOWN, bare, is_item
from reranker.evidence.job_text.exclusions import EXCLUDED
from reranker.evidence.job_text.item_numbers import CHOICE
from reranker.evidence.job_text.job_lines import OTHERWISE, JobLine, job_lines
from reranker.evidence.job_text.put_off import put_off, put_off_part, without_put_off
from reranker.evidence.job_text.separate_demands import separate_demands
from reranker.evidence.job_text.stated_facts import is_fact
from reranker.evidence.soft import SOFT, is_soft

MAX_REQUIREMENTS = 30
REFUSED = "ignore"
"""The kind of what the law forbids to ask, and of what nobody can be judged by (put_off.py), as whom the job turns away."""
_LEFT_OUT = ""
MAX_WIDTH = 240
"""Longer pieces are cut; a Chinese character counts 2, so this is about 120 of them."""


@dataclass(frozen=True)
class Requirement:
    """One thing that a job asks for. `skills` are canonical names, in order of mention.

    `kind` is "must", "nice", "duty", "soft" (of the person's character, to be asked about) or "ignore" (the law forbids to ask
    it, or nobody can be judged by it).
    """

    text: str
    kind: str
    skills: tuple[str, ...]


_AND_SO_ON = re.compile(r"(?:等|etc)\W*")
_ASKS = re.compile(
    r"熟悉|精通|掌握|了解|具备|具有|负责|经验|能力|以上|熟练|\b(?:experience|years?|knowledge|familiar|proficien|skills?|must|able|design|build)",
    re.IGNORECASE,
)
_END = re.compile(rf"[（(][^()（）\n]{{0,80}}[）)]|(?P<end>[{SENTENCE_END}])\s*")
"""The end of a sentence, or brackets in which none is looked for."""
_LEAST = 4
"""Characters of a requirement that is no fact of two or three: 本科, 有驾照, CPA."""
_TOPIC = re.compile("(?:最低)?(?:学历|工作经验|经验|专业|语言|外语|英语|证书|资质|资格|年限|技能|年龄|性别)[^：:，。]{0,4}[：:]")
"""Begins a requirement in a form of labels, wherever it stands."""
_ADVERT = re.compile("(?:现|急|诚|特|高薪|公司)?(?:招聘?|聘请?|招募|急招)[^，,。；;：:]{1,20}[，,]")
_ABLE = re.compile("[有会能懂可]|持|(?:[早中晚夜倒轮翻]|[两三二]班)[班倒]$|出差$|加班$|驻[厂场店]$")
LISTED_DOUBT = -2.5
"""Log-odds from which an item of a list under a heading is kept where no clause of it is known to offer or to waive something."""
_COMMA = re.compile(r"(?<=[，,])")
_BESIDE = re.compile(r"(?:另外?|此外|除此之外|补充|备注|另注|PS|P\.S\.|NB|N\.B\.|Note|Also|In addition)\s?[：:，,]\s*(?=\S)", re.IGNORECASE)
_REQUIRED = re.compile(r"(?:需|须|必须|要求|应)|(?:must|you must|need|required)\b", re.IGNORECASE)
_NEXT_DUTY = re.compile(
    r"(?<=[a-z)]\.)\s+(?=(?:You(?:['’]ll| will)|You are expected|The post ?holder|The successful candidate|They will) )"
)
"""Between two duties told in sentences: "You will lead a bay. You will work closely with …"."""
_SEMICOLON = re.compile("[;；]")


def split_job(job: str) -> tuple[Requirement, ...]:
    """Return at most MAX_REQUIREMENTS requirements in the order of the text; see parse_job. What the law forbids to ask is none."""
    return tuple(requirement for requirement in parse_job(job) if requirement.kind != REFUSED)


def parse_job(job: str) -> tuple[Requirement, ...]:
    """Return what a job asks for, in the order of the text, with what the law forbids to ask as requirements of kind REFUSED.

    Of more than MAX_REQUIREMENTS, traits go first, then duties, then what is nice to have.

    The kind follows the headings ("任职要求", "What you will do"); where none of them says that it asks for musts, those that do not say
    of what they are do. A sentence that says 优先 or "preferred" is nice to have wherever it stands; without any heading everything is a
    must. Titles, facts about the company, pay and place are left out.
    """
    pieces = list(dict.fromkeys(piece for piece in _pieces(job) if piece[1] != _LEFT_OUT))
    surplus = sum(kind != REFUSED for _, kind in pieces) - MAX_REQUIREMENTS
    for kind in (SOFT, "duty", "nice", "must"):
        for index in range(len(pieces) - 1, -1, -1):
            if surplus > 0 and pieces[index][1] == kind:
                del pieces[index]
                surplus -= 1
    return tuple(Requirement(text, kind, tuple(dict.fromkeys(skill.canonical for skill in find_skills(text)))) for text, kind in pieces)


def left_out(job: str) -> tuple[str, ...]:
    """Return the lines among the requirements and duties that parse_job takes to ask for nothing, for a person to look over."""
    return tuple(dict.fromkeys(text for text, kind in _pieces(job) if kind == _LEFT_OUT and len(text) >= _LEAST))


def _pieces(job: str) -> Iterator[tuple[str, str]]:
    lines = job_lines(job)
    sections = {line.heads for line in lines if line.heads is not None}
    kind = "" if sections & {"must", "duty", UNKNOWN} else "must"
    for index, line in enumerate(lines):
        if line.excludes:
            yield from _turned_away(line)
            continue
        if line.heads == UNKNOWN:
            kind = "must" if "must" not in sections else kind or "duty"
        elif line.heads is not None:
            kind = line.heads
        elif is_fact(bare(line.text)) or (index == 0 and _is_title(line.text)):
            continue
        text = bare(line.text)
        if kind and (beside := _BESIDE.match(text)):  # stands below the last list, and is none of it
            text = text[beside.end() :]
            kind = "must" if kind == "nice" and _REQUIRED.match(simplified(text)) else kind
        if of_line := kind or ("must" if _TOPIC.match(simplified(text)) else ""):
            text = _ADVERT.sub("", text) if index == 0 else text
            is_listed = is_item(line.text) or kind == "duty" or (bool(line.heads) and _SEMICOLON.search(text) is not None)
            doubt = LISTED_DOUBT if sections and is_listed else DOUBT
            demands = [demand for sentence in _asked_sentences(text, doubt) for demand in separate_demands(sentence, of_line)]
            pieces = [piece for demand, of_kind in demands for piece in _cleaned(demand, of_kind, doubt)]
            yield from pieces or [(text, _LEFT_OUT)]


def _turned_away(line: JobLine) -> Iterator[tuple[str, str]]:
    """Yield each of those who are turned away behind the heading that says so, to be read by itself."""
    heading = bare(line.excludes).strip("【】[]*#：: ")
    colon = ": " if heading.isascii() else "："
    for sentence in _sentences(bare(line.text)):
        if len(text := bare(sentence).rstrip("。；;，, ")) > 1:
            yield f"{heading}{colon}{text}", REFUSED


def _is_title(line: str) -> bool:
    return len(line) <= 60 and not line.rstrip().endswith(("。", "；", ";", ".", "，", ",")) and not _ASKS.search(simplified(line))


def _sentences(line: str) -> Iterator[str]:
    for sentence in (duty for piece in _cut_at_ends(line) for duty in _NEXT_DUTY.split(piece)):
        parts = [sentence] if width(sentence) <= MAX_WIDTH else ENGLISH_SENTENCE_END.split(sentence)
        for part in parts:
            yield from _chunks(part) if width(part) > MAX_WIDTH else [part]


def _cut_at_ends(line: str) -> list[str]:
    """The line cut behind 。；and ！; what is too short to stand alone, or one of the things to choose from, stays with what it follows."""
    cuts = [match.end() for match in _END.finditer(line) if match["end"]]
    pieces: list[str] = []
    for left, right in pairwise([0, *cuts, len(line)]):
        piece = line[left:right]
        is_listed = bool(pieces) and pieces[-1].rstrip().endswith((";", "；")) and _belongs_to(pieces[-1], piece)
        if pieces and (is_listed or OTHERWISE.match(piece)):
            pieces[-1] += piece
        elif piece:
            pieces.append(piece)
    return pieces


def _belongs_to(before: str, piece: str) -> bool:
    bare = piece.strip("。；;！! ")
    return not _stands_alone(bare) or (CHOICE.search(before) is not None and len(bare) <= 20 and not _ASKS.search(bare))


def _chunks(text: str) -> Iterator[str]:
    """Clauses put together again up to MAX_WIDTH; what has no comma is cut hard."""
    chunk = ""
    for clause in _COMMA.split(text):
        for piece in (clause[start : start + MAX_WIDTH] for start in range(0, len(clause), MAX_WIDTH)):
            if chunk and width(chunk + piece) > MAX_WIDTH:
                yield chunk
                chunk = ""
            chunk += piece
    yield chunk


def _asked_sentences(text: str, doubt: float) -> list[str]:
    """Return the sentences of a line that asks for something; of one that as a whole does not, those that are known to demand."""
    sentences = [part for sentence in _sentences(text) for part in _apart_from_offers(sentence)]
    if _is_asked(text, doubt):
        return sentences
    return [sentence for sentence in sentences if len(sentences) > 1 and _is_known_to_demand(sentence)]


def _is_known_to_demand(sentence: str) -> bool:
    of_clauses = kinds(sentence)
    names_fact = any(module.asked(sentence) is not None for module in (degrees, languages, certificates, years))
    return "demand" in of_clauses or (names_fact and set(of_clauses) == {"unknown"})


def _apart_from_offers(sentence: str) -> list[str]:
    """Return a sentence cut before and behind English ones that offer something: "HACCP certificate. We pay 12 pounds an hour."."""
    parts: list[str] = []
    was_offer = True
    for piece in cut_behind(sentence, ENGLISH_SENTENCE_END):
        is_offer = len(piece) < len(sentence) and set(kinds(piece)) == {"offer"}
        if parts and is_offer == was_offer:
            parts[-1] += piece
        else:
            parts.append(piece)
        was_offer = is_offer
    return parts


def _is_asked(text: str, doubt: float) -> bool:
    """Return whether a text asks for something, or turns somebody away; `doubt` counts for what is not known to offer or waive anything."""
    if asks_for_something(text) or put_off(text) == EXCLUDED:
        return True
    of_clauses = set(kinds(text))
    if forbidden(text) or put_off(text):
        return "offer" not in of_clauses
    return doubt < DOUBT and not of_clauses & {"offer", "waiver"} and asks_for_something(text, doubt)


def _cleaned(sentence: str, kind: str, doubt: float) -> Iterator[tuple[str, str]]:
    text = bare(sentence).rstrip("。；;，,、 ")
    if not _stands_alone(text) or _AND_SO_ON.fullmatch(text) or not any(character.isalpha() for character in text):
        return
    if not _is_asked(text, doubt):
        return
    if forbidden(text):
        if rest := without_forbidden(text):
            yield from _cleaned(rest, kind, doubt)
        yield from ((clause, REFUSED) for clause in forbidden_clauses(text))
    elif put_off(text):
        yield from _cleaned(without_put_off(text), kind, doubt)
        yield put_off_part(text), REFUSED
    else:
        yield text, SOFT if kind in ("must", "nice") and is_soft(text) else kind


def _stands_alone(text: str) -> bool:
    """Return whether a text is long enough for a requirement, or a short fact that is one: 本科, 有驾照, CPA."""
    if len(text) >= _LEAST or forbidden(text):
        return True
    return len(text) > 1 and (_ABLE.match(text) is not None or any(module.asked(text) for module in (degrees, languages, certificates)))
