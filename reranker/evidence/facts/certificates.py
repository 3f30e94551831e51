"""Compare certificates, licences and professional titles: what a job asks for, what a resume states with its state, does it suffice.

Those of the table (credentials/table.py) are compared by level; others by what the phrases say (credentials/phrases.py). Held, passed in
part, expired, in preparation, revoked and denied differ (claims).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from itertools import pairwise

from preprocess.lexicon.characters import CJK
from reranker.evidence.facts.claims import Claim, claims, sentence_around
from reranker.evidence.facts.contract import Fact, FactAnswer, Verdict, answer_to_all, rank
from reranker.evidence.facts.credentials.certificate import Certificate, CertificateDemand
from reranker.evidence.facts.credentials.grading import best_answer, is_of_another_ladder
from reranker.evidence.facts.credentials.mentions import Mention, mentions
from reranker.evidence.facts.credentials.phrases import HEAD, NOTHING, phrase, phrases
from reranker.evidence.facts.credentials.qualifiers import qualifiers
from reranker.evidence.facts.credentials.table import TABLE, included, is_open
from reranker.evidence.facts.mentions import Standing, clause_around, folded, is_waived, line_around, wanted_clauses

MAX_FACTS = 200
"""Nobody has more; whoever repeats the words takes no more time than that."""

_SIMILAR = re.compile(
    r"(?:等|或|及)?(?:相关|类似|同类|同等)(?:的)?(?:资格|职业|专业)?证|等(?:资格|职业|专业)?证书"
    r"|\b(?:similar|equivalent|comparable)\b",
    re.IGNORECASE,
)
_IN_PREPARATION = re.compile(r"在考|备考|考证中|\bin progress\b|\bcandidates?\b|\bworking towards?\b", re.IGNORECASE)
_ANY = re.compile(r"或|/|任一|之一|其一|\bor\b", re.IGNORECASE)
_LISTED = re.compile(r"[\s、,，()（）]{0,4}(?:证书?|资格|证照|certif[a-z]{0,9}|licen[cs]e)?[\s、,，()（）]{0,4}", re.IGNORECASE)
_ANY_OF_THEM = re.compile(r"等|优先|之一|任一|其一|均可|都可|之类")
_EACH_PAPER = re.compile(r"(?:证书?|执照|驾照)\s?$")
_IS_OF_YEARS = re.compile(r"驾龄[^，。；]{0,6}?[\d一二两三五十]|(?<=年)驾龄|(?<=以上)驾龄")
"""Asks for years, not for a paper: 驾龄3年以上."""
_ONE_OF = re.compile(r"\b(?:one|any|either)(?: or more)? of\b", re.IGNORECASE)
"""Before a list, each of which is enough: "one of: CISSP, CISM, CISA"."""
_OF_ALL = re.compile(r"齐全|均|都须|同时|[两二三四]张?证|\bboth\b|\ball of\b", re.IGNORECASE)
_WITH = re.compile(r"\W*(?:with|holding)\s(?:an? |the |valid |current |active )*", re.IGNORECASE)
"""Between a trade and its certificate: "qualified teacher with QTS" asks for one thing."""
_ELIDED = re.compile(
    rf"(?:(?<![A-Za-z0-9+-])(?P<latin>[A-Za-z0-9][A-Za-z0-9+-]{{0,15}})|(?P<chinese>[{CJK}]{{1,3}}))(?P<join>\s?(?:或者?|或是|及|和|与|/|、|&|\bor\b|\band\b|\band/or\b)\s?)$"
)
_OWN_LACK = re.compile(
    r"[^\n]{0,60}?[,，;；。.]\s?(?:but |while |whereas |though |and |, )?"
    r"(?:\bI(?: am|'m| do| have)? not\b|\bI (?:don't|haven't|never|hold no|have no|only)\b"
    r"|(?:我(?:自己|本人)?|本人)(?:还|尚|并|目前)?(?:没|无|未|不是|不持|只有))"
)
"""What the owner lacks, behind what somebody else holds: "my supervisor is chartered. I am not"."""
_UN = re.compile(r"un(?:licen[cs]ed|qualified|certified|registered|accredited)", re.IGNORECASE)
_PAPER = re.compile(r"(?:驾照|驾驶证|驾驶执照|资格证书?|操作证|执照|证|本)$")
_EXAM = re.compile(r"考|\bexams?\b|\btest\b", re.IGNORECASE)
"""An examination is not all where its paper is pending: 护考已过线，护士证待发."""
_DUTY = re.compile(
    r"^\W*(?:负责|管理|办理|协助|审核|组织|维护|参与|对接|manage|maintain|ensure|process|handle|review|support|assist|oversee|prepare|obtain|issue)",
    re.IGNORECASE,
)


def asked(requirement: str) -> CertificateDemand | None:
    """Return the certificates that a requirement asks for; None where it names none or says that none is needed."""
    text = wanted_clauses(requirement)
    items = _wanted(text)
    if not items:  # the optional clause may be the only one about certificates
        text = folded(requirement)
        items = _wanted(text)
    if not items:
        return None
    names = [item.value.name for item in items if item.value.name]
    papers = min((item.value.passed or 1 for item in items if item.value.is_part), default=None)
    planned = _IN_PREPARATION.search(text) is not None
    return CertificateDemand(
        groups=_groups(text, items),
        fields=frozenset([*(TABLE[name]["field"] for name in names if _SIMILAR.search(text)), *(["title"] if "职称" in text else [])]),
        papers=1 if papers is None and planned else papers,
        planned=planned,
    )


def named_at(requirement: str) -> tuple[tuple[int, int], ...]:
    """Return the places of the certificates of the table that a requirement names."""
    return tuple((mention.start, mention.end) for mention in mentions(folded(requirement), in_job=True))


def stated(text: str, today: date | None = None) -> tuple[Fact[Certificate], ...]:
    """Return the certificates that a resume states, those planned, expired or denied with their `standing`; others' are left out."""
    plain = folded(text)
    claimed = _claimed(plain, today or date.today())
    named = [(start, end, name) for start, end, name, _ in claimed if name]
    facts = []
    for start, end, name, claim in claimed:
        if claim.standing is Standing.OTHERS:
            if name and (own := _OWN_LACK.match(plain, end)):
                facts.append(Fact(Certificate(name, Standing.DENIED), start, own.end()))
            continue
        left, right = clause_around(plain, start, end, 120)
        words = phrase(plain[left:right])
        if not words.tokens and claim.standing is Standing.HAS:
            line = line_around(plain, start, end)
            if not name and any(line[0] <= other < line[1] for other, _, _ in named):
                continue  # "Certifications | PMP": the heading is no certificate of its own
            words = replace(words, tokens=phrase(plain[slice(*line)]).tokens)
        if not (name or words.tokens) and claim.standing is Standing.HAS:
            continue
        value = Certificate(
            name, claim.standing, claim.is_part, claim.passed, words, qualifiers(plain[left : sentence_around(plain, start, end)[1]])
        )
        if _UN.match(plain, start):
            value = replace(value, standing=Standing.DENIED, phrase=NOTHING)
        facts.append(Fact(value, start, end))
    in_part = {fact.value.name for fact in facts if fact.value.is_part and fact.value.standing in (Standing.PREPARING, Standing.HAS)}
    return tuple(
        fact
        for fact in facts
        if fact.value.is_part
        or fact.value.standing not in (Standing.HAS, Standing.PREPARING)
        or not (fact.value.name in in_part and _EXAM.search(plain, fact.start, fact.end))
    )


def not_held(text: str, today: date | None = None) -> tuple[tuple[int, int], ...]:
    """Return the places of certificates that a text says to be somebody else's, or wished for."""
    claimed = _claimed(folded(text), today or date.today())
    return tuple((start, end) for start, end, _, claim in claimed if claim.standing in (Standing.OTHERS, Standing.PLANNED))


@lru_cache(maxsize=4)  # asked for what is held and for what is not; no more texts of resumes stay in memory
def _claimed(plain: str, today: date) -> tuple[tuple[int, int, str, Claim], ...]:
    """Return the place, the name ("" where no row of the table has it) and the claim of each certificate that a text mentions."""
    named = [(mention.start, mention.end, mention.name) for mention in _with_elided(plain, mentions(plain))[:MAX_FACTS]]
    spans = sorted([*named, *[(start, end, "") for start, end in _unnamed(plain, named)][:MAX_FACTS]])
    papers = [TABLE[name].get("parts") if name else None for *_, name in spans]
    return tuple((*span, claim) for span, claim in zip(spans, claims(plain, [span[:2] for span in spans], today, papers), strict=True))


def answer(demand: CertificateDemand, facts: Sequence[Fact[Certificate]]) -> FactAnswer[Certificate]:
    """Return how far the facts meet the demand: of a group the best, of several groups the share that is there."""
    answers = [max((best_answer(demand, item, facts) for item in group), key=rank) for group in demand.groups]
    return answer_to_all(min(answers, key=rank), max(answers, key=rank))


def held_answer(demand: CertificateDemand, facts: Sequence[Fact[Certificate]]) -> FactAnswer[Certificate]:
    """Return the answer, where what is in preparation, or a level below the one asked, is not enough in any part."""
    best = answer(demand, facts)
    value = best.fact.value if best.fact else None
    if value is None or best.verdict is Verdict.MET:
        return best
    above = [name for name in demand.names if value.name in included(name)]
    if above and value.standing is Standing.HAS and all(is_of_another_ladder(name, value.name) for name in above):
        return FactAnswer(Verdict.NOT_SAID)
    if best.verdict is not Verdict.PARTLY:
        return best
    is_asked = not value.name or is_open(value.name) or any(_is_step_of(value.name, name) for name in demand.names)
    return best if is_asked and value.standing in (Standing.HAS, Standing.EXPIRED) else FactAnswer(Verdict.NOT_MET, best.fact)


def _is_step_of(name: str, asked_name: str) -> bool:
    return asked_name in included(name) or bool(TABLE[asked_name].get("in_order"))


def _wanted(text: str) -> list[Fact[Certificate]]:
    return [item for item in _items(text) if item.value.standing is not Standing.OTHERS and not is_waived(text, item.start, item.end)]


def _items(text: str) -> list[Fact[Certificate]]:
    """What a job names, by place; a lower one that another includes is no demand of its own ("主管护师（中级）及以上职称")."""
    named = [mention for mention in _with_elided(text, mentions(text, in_job=True)) if not _IS_OF_YEARS.match(text, mention.start)]
    states = claims(text, [mention[:2] for mention in named], date.max, [TABLE[mention.name].get("parts") for mention in named])
    limits = qualifiers(text, everywhere=False)
    items = []
    for mention, claim in zip(named, states, strict=True):
        words = phrase(text[slice(*clause_around(text, mention.start, mention.end, 120))])
        items.append(
            Fact(Certificate(mention.name, claim.standing, claim.is_part, claim.passed, words, limits), mention.start, mention.end)
        )
    if not _DUTY.search(text):
        for start, end, words in phrases(text, joined=True):
            is_named = any(
                (start < mention.end and mention.start < end) or _WITH.fullmatch(text, end, mention.start) for mention in named
            ) or mentions(text[start:end])
            if (words.tokens or words.grade) and not is_named:
                items.append(Fact(Certificate("", phrase=words, limits=limits), start, end))
    return sorted(items, key=lambda item: item.start)


def _with_elided(text: str, named: Sequence[Mention]) -> list[Mention]:
    return sorted([*named, *(first for mention in named if (first := _elided(text, mention, named)))])


def _elided(text: str, mention: Mention, named: Sequence[Mention]) -> Mention | None:
    """The first of two that share the rest of their name: "journeyman or master plumber", 初级或中级会计师, 机车及小型车驾照."""
    before = _ELIDED.search(text, max(0, mention.start - 24), mention.start)
    if before is None or any(other.start < before.start("join") <= other.end for other in named):
        return None
    rest, latin, chinese = text[mention.start : mention.end], before["latin"] or "", before["chinese"] or ""
    wholes = [latin + rest[len(rest.split()[0]) :]] if latin else []
    paper = _PAPER.search(rest)
    for size in range(len(chinese), 0, -1):
        wholes += [chinese[-size:] + rest[size:], *([chinese[-size:] + paper[0]] if paper else [])]
    firsts = (other for whole in wholes for other in mentions(whole) if other.start == 0 and 2 * other.end > len(whole))
    name = next((other.name for other in firsts if other.name != mention.name), None)
    return Mention(before.start("join") - 1, before.start("join"), name) if name else None


def _groups(text: str, items: Sequence[Fact[Certificate]]) -> tuple[tuple[Certificate, ...], ...]:
    """Group alternatives: joined by "or", "/" or "、"; a list takes the word before its last ("CPA, ACCA or CIMA").

    "、" between two papers that each say so joins what is asked together: 低压电工证、高压电工证.
    """
    joins = [text[left.end : right.start] or text[left.start : right.start] for left, right in pairwise(items)]
    of_any = _ANY_OF_THEM.search(text) is not None
    are_alternatives: list[bool] = []
    is_one_of = _ONE_OF.search(text, 0, items[0].start) is not None
    for join, left in reversed([*zip(joins, items, strict=False)]):
        if (is_one_of and _LISTED.fullmatch(join)) or join == " ":  # "COREN registered engineer" is one thing
            are_alternatives.append(True)
        elif are_alternatives and _LISTED.fullmatch(join):
            are_alternatives.append(are_alternatives[-1])
        else:
            is_each = _OF_ALL.search(text) or (_EACH_PAPER.search(text[left.start : left.end] + join.partition("、")[0]) and not of_any)
            are_alternatives.append(_ANY.search(join) is not None or ("、" in join and not is_each))
    groups = [[items[0].value]]
    for item, is_alternative in zip(items[1:], reversed(are_alternatives), strict=True):
        if is_alternative:
            groups[-1].append(item.value)
        elif not any(_covers(other, item.value) for group in groups for other in group):
            groups.append([item.value])
    return tuple(map(tuple, groups))


def _covers(item: Certificate, other: Certificate) -> bool:
    return bool(other.name) and bool(item.name) and other.name in included(item.name)


def _unnamed(text: str, named: Sequence[tuple[int, int, str]]) -> Iterator[tuple[int, int]]:
    """The places of words for a certificate in clauses that name none of the table.

    A clause that opens with such a word behind a mention goes on about that one: "bar exam passed, admission pending".
    """
    for left, right, _ in phrases(text):
        head = HEAD.search(text, left, right)
        if head is None or any(left <= other < right for other, _, _ in named):
            continue
        before, _ = sentence_around(text, *head.span())
        if phrase(text[left : head.start()]).tokens or not any(before <= other < left for other, _, _ in named):
            yield head.span()
