"""The wordings that were read: each gets the writer's verdict, but for known misses, which may not grow."""

from reranker.evidence.facts import certificates, languages
from tests.data.facts import otherwise, wordings
from tests.each import each

KINDS = {"certificates": certificates, "languages": languages}
KNOWN_MISSES = (
    otherwise("certificates")
    | otherwise("languages")
    | {
        # N1 alone is a test of Japanese
        "会开：合力3吨、杭叉电动、堆高\n证：N1 已复审",
        # what is left of the test is said in the clause before
        "Passed theory, practical test booked 14 Dec",
        # years in a country, and in brackets that nobody there spoke the language
        "持有俄罗斯工作签证,外派莫斯科仓库(团队均为中国人)",
        # which papers of one examination were passed, and membership behind the last one
        "已考獲保險中介人資格考試卷一、卷三",
        "曾在驾校做前台招生,熟悉C1、C2报名流程",  # the desk of a driving school, a comma before
        "ACCA全科通过(13门),会员申请中",
        "Unqualified teacher, assessment-only route to QTS starting January 2027",
        # an hour of hearing about a thing; a word of a nation in the name of something else
        "Attended a half-day Scrum awareness workshop",
        "Proficient in MS Office and English Premier League statistics",
        "DLPT Modern Standard Arabic 2+/2+ (2025)",  # the language stands behind the test
        # the job names no language
        "Programming languages: Python, Java, Go, C++",
    }
)
PARTS = {
    "certificates": ("development", "further", "third", "fourth", "fifth", "sixth", "own"),
    "languages": ("development", "fourth", "fifth", "sixth", "own"),
}
WORDINGS = [
    (kind, wording) for kind in KINDS for part in PARTS[kind] for language in ("zh", "en") for wording in wordings(part, language, kind)
]


@each("kind, wording", WORDINGS)
def test_each_wording_gets_the_writers_verdict(kind, wording):
    facts = KINDS[kind]
    demand = facts.asked(wording["requirement"])
    is_right = demand is not None and facts.answer(demand, facts.stated(wording["resume"])).verdict == wording["verdict"]
    assert is_right is (wording["resume"] not in KNOWN_MISSES)
