"""An instruction template becomes demands of its own for an engine that reads no instructions, in the language of the job."""

from preprocess.document import Resume
from reranker.embedded.engine import EmbeddedEngine
from reranker.engine import Query
from reranker.evidence.emphasis import EMPHASIS, demands, requirements_of
from reranker.evidence.requirements import split_job
from reranker.instructions import DEFAULT_INSTRUCTION, TEMPLATES, emphasis
from reranker.ranking import rank
from tests.each import each
from tests.encoder import JUDGE
from tests.engines import with_ids

JOB = "任职要求：\n1. 三年以上供应链管理经验\n2. 熟悉库存计划"
LEADER = """2014.03-2023.06 云岭食品 供应链经理
带领 14 人的团队，招聘并培养了三名主管
牵头与销售、财务、生产共同推行库存计划，库存降 31%，年省 900 万元"""
DOER = "2014.03-2023.06 云岭食品 供应链专员\n独自制定库存计划与安全库存，每周核对缺货清单，维护系统中的物料主数据"


@each("template", sorted(TEMPLATES.keys() - {"neutral"}))
def test_a_template_demands_in_the_language_of_the_job(template: str):
    chinese, english = (demands(Query(job, TEMPLATES[template])) for job in (JOB, "Requirements\n- Three years in supply chain"))
    assert chinese and len(chinese) == len(english) and all(demand.kind == EMPHASIS for demand in (*chinese, *english))
    assert all(not demand.text.isascii() for demand in chinese) and all(demand.text.isascii() for demand in english)


def test_the_neutral_template_demands_nothing_of_its_own():
    assert demands(Query(JOB, DEFAULT_INSTRUCTION)) == () and emphasis(DEFAULT_INSTRUCTION) is not None


def test_other_words_demand_nothing_and_an_engine_that_reads_instructions_is_left_alone():
    assert demands(Query(JOB, "Prefer people who live nearby")) == ()
    with_company_terms = Query(JOB, TEMPLATES["manager"] + '\nIn resumes for this company, "QPS" is shown by "峰值".')
    assert demands(with_company_terms) == demands(Query(JOB, TEMPLATES["manager"]))
    assert requirements_of(with_company_terms, heeds_instruction=True) == split_job(JOB)
    assert requirements_of(with_company_terms, heeds_instruction=False)[: len(split_job(JOB))] == split_job(JOB)


def test_leading_people_counts_more_for_a_manager_than_for_anybody_else():
    engine = EmbeddedEngine(JUDGE)

    def lead(instruction: str) -> float:
        leader, doer = (score.logit for score in engine.score(Query(JOB, instruction), with_ids([LEADER, DOER])))
        return leader - doer

    assert lead(TEMPLATES["manager"]) > lead("") + 0.05


def test_the_row_shows_what_the_instruction_demanded():
    (row,) = rank(Query(JOB, TEMPLATES["manager"]), [Resume("a" * 64, "leader.txt", LEADER)], EmbeddedEngine(JUDGE), JUDGE).rows
    shown = [point for point in row.match_points or () if point.kind == EMPHASIS]
    assert len(shown) == 3 and "14 人" in shown[0].quote
