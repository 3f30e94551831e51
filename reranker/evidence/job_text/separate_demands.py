"""Cut a sentence of a job description that asks for several things: "本科，2年以上运维经验，熟悉 Nginx", "熟悉用友U8，会SAP者优先"."""

import re
from collections.abc import Iterator, Sequence

from preprocess.lexicon.characters import ENGLISH_SENTENCE_END, cut_behind, simplified
from preprocess.tech_stack.normalise import find_skills
from reranker.evidence.clause_kinds import kinds
from reranker.evidence.facts import certificates, languages
from reranker.evidence.job_text.put_off import put_off
from reranker.evidence.soft import is_soft

_MANY = 3
"""Clauses that begin a demand of their own, from which a sentence with a degree or years in it is a list of requirements."""
_COMMA = re.compile(r"(?:(?<=，)|(?<=,)(?!\d{3}(?!\d)))(?![^（(）)]{0,60}[）)])")
"""Behind a comma that stands neither in brackets nor in a number."""
_NICE = re.compile(
    r"优先(?!级|队列|处理|保障|排队|调度|权)|加分"
    r"|\b(?:preferred|(?:a|big|huge|strong|definite) plus|nice to have|bonus|desirable|an advantage|advantageous)\b",
    re.IGNORECASE,
)
_IDEALLY = re.compile(r"\s*(?:最好|(?:but |and )?(?:preferably|ideally)\b)", re.IGNORECASE)
"""Begins a clause that is preferred beside a degree or years."""
_HARD = re.compile(
    r"及以上|年以上|年[^，,]{0,16}经[验历]|学历|\d\s?\+?\s?years|\b(?:bachelor|master|diploma|degree|bsc|msc|ph\.?d)", re.IGNORECASE
)
_DEGREE = re.compile(
    r"\s*(?:学历[：:]?\s?)?(?:统招|全日制|国家|正规|公办|普通|重点|[、/]){0,3}(?:本科|大专|专科|高职|硕士|博士|研究生|学士|中专|技校|高中|初中|职高|MBA)"
)
_ASIDE = re.compile(r"(?P<asked>[^（(]{2,60})[（(](?P<preferred>[^（()）]{2,60})[）)][\s，,。.]*")
"""Ends with what is preferred, in brackets: "本科及以上学历（计算机专业优先）"."""
_CONDITION = re.compile(
    r"\s*(?:须|需|必须|并|且|能够?|可以?|愿意?|接受|适应|服从|胜任|配合|长期|短期|经常|频繁|随时|月末|月底|年底|周末|节假日){1,6}的?"
    r"(?:加班|出差|[早中晚夜倒轮翻值]班|[两三二]班倒|上[早中晚夜]班|驻[外厂场店]|外派|外勤|外出|轮岗|调[配剂动]|站立|搬运|高空|户外|野外|体力|周末|节假日|长白班|单休|排班)"
    r"|\s*(?:and )?(?:able|available|willing|happy|prepared|ready|can|must)\b[a-z ]{0,30}"
    r"\b(?:nights?|weekends?|overtime|shifts?|travel|holidays|evenings?|on[- ]call|lift|stand|relocate|early|late|hours)\b",
    re.IGNORECASE,
)
"""Begins with a condition of the work: "能适应月末加班", "willing to work nights"."""
_FIRM = re.compile(
    r"(?:(?:须|需要?|必须|要求|应该?|且|并且?|同时|另外|还)\s?){0,2}"
    r"(?:熟悉|熟练|精通|掌握|了解|通晓|具备|具有|拥有|持有?|取得|擅长|善于|能|可(?!优先)|接受|适应|至少|不少于|统招|全日制|本科|大专|专科|硕士|博士|研究生|中专|高中|初中|学历"
    r"|[\d一二两三四五六七八九十]{1,3}\s?(?:[-~–—～至到]\s?\d{1,2}\s?)?\+?\s?年"
    r"|(?:at least|minimum|over|more than)\b|\d{1,2}\+?\s?years|(?:bachelor|master|degree|diploma)"
    r"|(?:experience|knowledge|proficien|fluen|familiar|hands-on|able to|ability|willing|must|valid)\w*)",
    re.IGNORECASE,
)
"""Begins a clause that is a demand by itself."""
_OWN = re.compile(
    rf"{_FIRM.pattern}|(?:(?:须|需|且|并|还|同时)\s?)?(?:有|会|懂|英语|日语|CET|普通话)|(?:strong|excellent|good|having|have)\b",
    re.IGNORECASE,
)
"""Begins a clause that is a demand of its own beside others."""
_JOINED = re.compile(r"[^，,]{0,24}?(?:或|任一|之一|均可|也可|亦可|\bor\b)", re.IGNORECASE)
"""Begins a clause that is, or ends, an alternative to the one before it."""
_GOES_ON = re.compile(r"\s*(?:如|例|包括|包含|尤其|特别|比如|即|亦|也|均|such as|e\.g|including|especially|particularly)", re.IGNORECASE)
"""Begins a clause that goes on with the one before it."""
_SEGMENT_END = re.compile(r"[，,、]")
_LABEL = re.compile(r"^[^：:，,]{1,12}[：:]\s?")
_ALONE = re.compile(
    r"\W*(?:(?:者|的|可|将|予以|会|同等条件下|均)*(?:优先|加分)\w{0,6}"
    r"|(?:(?:this|that|it|these|those|is|are|would|be|an?|big|huge|strong|definite|highly|but|not|required) ){0,6}"
    r"(?:preferred|plus|bonus|nice to have|desirable|advantage|advantageous|required))\W*",
    re.IGNORECASE,
)
"""Says that something is preferred, and not what."""


def separate_demands(sentence: str, kind: str) -> Iterator[tuple[str, str]]:
    """Yield each demand of a sentence with its kind: what it prefers is "nice", the others of `kind`, that of the section.

    Duties are not cut; of a sentence under "nice to have" everything is that. Traits stand by themselves.
    """
    if kind not in ("must", "nice"):
        yield from _by_preference(sentence, kind)
        return
    for part in (part for apart in _english_sentences(sentence) for part in _listed(apart)):
        for demand, of_kind in _by_preference(part, kind):
            yield from ((piece, of_kind) for piece in _apart_from_traits(demand))


def _english_sentences(text: str) -> list[str]:
    """Return the text cut before and behind each English sentence that says what is preferred: "First aid. Polish is a plus."."""
    sentences = cut_behind(text, ENGLISH_SENTENCE_END) if _NICE.search(text) else [text]
    prefers = [_NICE.search(sentence) is not None for sentence in sentences]
    begins = [
        _ALONE.fullmatch(sentence) is None and (index == 0 or prefers[index] or prefers[index - 1])
        for index, sentence in enumerate(sentences)
    ]
    return _grouped(sentences, begins)


def _apart_from_traits(demand: str) -> list[str]:
    """Return the demand without the traits at its beginning or end, and these: "工作细致、责任心强，能适应月末加班"; else whole."""
    segments = [segment for segment in cut_behind(demand, _SEGMENT_END) if segment]
    first = next((index for index, segment in enumerate(segments) if not is_soft(segment)), len(segments))
    traits, rest = "".join(segments[:first]), "".join(segments[first:])
    if traits and rest and (_CONDITION.match(simplified(rest)) or (not traits.endswith("、") and _is_proved(rest))):
        return [traits, rest]
    clauses = _COMMA.split(demand)
    last = next((index for index in range(len(clauses), 0, -1) if not is_soft(clauses[index - 1])), 0)
    before, traits = "".join(clauses[:last]), "".join(clauses[last:])
    is_trailing = bool(before and traits) and not traits.isascii() and not _GOES_ON.match(traits)
    if is_trailing and (_CONDITION.match(simplified(before)) or _is_proved(before)):
        return [before, traits]
    return [demand]


def _is_proved(demand: str) -> bool:
    """Return whether a demand of its own names what a resume shows: a degree, years, a language, a certificate, a technology."""
    facts = (languages.asked(demand), certificates.asked(demand))
    return _is_own(demand) and (_is_hard(demand) or any(fact is not None for fact in facts) or bool(find_skills(demand)))


def _listed(sentence: str) -> list[str]:
    """Return the sentence cut before each demand of its own, where it is a list of them; else whole."""
    clauses = _COMMA.split(sentence)
    if sum(map(_is_own, clauses)) < _MANY or not any(map(_is_hard, clauses)):
        return [sentence]
    clauses = [clause for clause in clauses if not _is_offer(clause)]  # "待遇面议"
    return _grouped(clauses, [_is_own(clause) or _is_new(clause) for clause in clauses])


def _grouped(clauses: Sequence[str], begins: Sequence[bool]) -> list[str]:
    groups: list[str] = []
    for clause, is_begin in zip(clauses, begins, strict=True):
        if groups and not is_begin:
            groups[-1] += clause
        else:
            groups.append(clause)
    return groups


def _by_preference(sentence: str, kind: str) -> Iterator[tuple[str, str]]:
    """Yield what a sentence demands, what it prefers, and what it demands behind that: "熟练使用U8，会SAP者优先，能出差"."""
    clauses = _COMMA.split(sentence)
    if kind == "nice":
        yield sentence, kind
        return
    if not _NICE.search(simplified(sentence)):
        at = next((index for index, clause in enumerate(clauses) if index and _IDEALLY.match(simplified(clause))), len(clauses))
        if kind == "must" and at < len(clauses) and _is_hard("".join(clauses[:at])):
            yield "".join(clauses[:at]), kind
            yield "".join(clauses[at:]), "nice"
        else:
            yield sentence, kind
        return
    at = next((index for index, clause in enumerate(clauses) if _NICE.search(simplified(clause))), len(clauses) - 1)
    before, preferred, behind = "".join(clauses[:at]), clauses[at], clauses[at + 1 :]
    aside = _ASIDE.fullmatch(preferred)
    if aside and not _NICE.search(simplified(aside["asked"])) and _is_hard(aside["asked"]):
        before, preferred = before + aside["asked"], aside["preferred"]
    elif before and not _stands(before, clauses[0], preferred):
        before, preferred = "", before + preferred
    if before:
        yield before, kind
    behind = [clause for clause in behind if not _is_offer(clause)]  # "有经验者优先，待遇面议"
    cut = next((index for index, clause in enumerate(behind) if _is_new(clause)), len(behind))
    yield preferred + "".join(behind[:cut]), "nice"
    if cut < len(behind):
        yield from _by_preference("".join(behind[cut:]), kind)


def _stands(before: str, first: str, preferred: str) -> bool:
    """Return whether what stands before a preference is a demand of its own, and not preferred as well."""
    if _is_hard(before) or certificates.asked(before) is not None:  # "持有会计师职称，CPA优先"
        return True
    is_firm = _FIRM.match(simplified(first)) is not None and not first.startswith(("了解", "瞭解"))  # whose two halves are preferred alike
    return is_firm and _is_own(preferred) and not _ALONE.fullmatch(simplified(preferred))


def _is_new(clause: str) -> bool:
    """Return whether a clause is no part of the one before it: a demand, a trait or a preference."""
    plain = simplified(clause)
    if _GOES_ON.match(plain) or _ALONE.fullmatch(plain):
        return False
    return _is_own(clause) or is_soft(clause) or _NICE.search(plain) is not None


def _is_own(clause: str) -> bool:
    plain = _LABEL.sub("", simplified(clause).lstrip(" \t、"))
    if _JOINED.match(plain) or _ALONE.fullmatch(plain):
        return False
    if _OWN.match(plain) or certificates.asked(clause) is not None:
        return True
    names_something = bool(find_skills(clause)) or languages.asked(clause) is not None  # "SAP优先"
    return names_something and _NICE.search(plain) is not None


def _is_offer(clause: str) -> bool:
    return set(kinds(clause)) == {"offer"} and not put_off(clause)


def _is_degree(clause: str) -> bool:
    return _DEGREE.match(simplified(clause)) is not None


def _is_hard(text: str) -> bool:
    """Return whether a text asks for a degree or for years."""
    return _HARD.search(simplified(text)) is not None or _is_degree(text)
