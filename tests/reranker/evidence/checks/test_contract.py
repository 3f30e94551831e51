from reranker.evidence.answers import Answer
from reranker.evidence.checks.contract import less
from reranker.evidence.facts import degrees, years
from reranker.evidence.resume_text.lines import read_own_lines

REQUIREMENT = "本科及以上学历，3年以上会计经验"
MISSING = Answer("missing", 0.1, None)


def test_a_degree_that_is_there_beside_years_that_are_not_is_a_part():
    resume = read_own_lines("工作经历\n2019.07-2026.05 某酒楼 厨师\n教育背景\n2015.09-2019.06 南浦工业大学 网络工程 本科", (REQUIREMENT,))
    years_asked, degree_asked = years.asked(REQUIREMENT), degrees.asked(REQUIREMENT)
    assert years_asked and degree_asked
    facts = {"years": years.answer(years_asked, resume.experience), "degree": degrees.answer(degree_asked, resume.degrees)}
    assert facts["years"].verdict == "not_met" and facts["degree"].verdict == "met"
    answer = less(MISSING, facts, resume)
    assert answer.status == "partial" and answer.line is not None and "本科" in resume.lines[answer.line]
    alone = less(MISSING, {"years": facts["years"]}, resume)
    assert alone.status == "missing" and alone.line is not None and "厨师" in resume.lines[alone.line]
