"""Provide two resumes that go through every step that makes patterns of names, lists and layouts at run time."""

from feedback.glossary.ngrams import has_term
from preprocess.cleaning.watermarks import overprints
from preprocess.document import Document, Line, Page
from preprocess.pipeline import Cleaning, prepare
from preprocess.screening.cues import cues
from reranker.evidence import topics
from reranker.evidence.facts import certificates, degrees, languages, numbers, years
from reranker.evidence.forbidden import forbidden
from reranker.evidence.requirements import split_job
from reranker.remote.defuse import Defuser
from reranker.rubric.parts import parts

CHINESE = """张三丰
性别：男  年龄：28岁  籍贯：浙江杭州  电话：13812345678
邮箱：zhangsanfeng@example.com
2019.07-2023.06 杭州某某科技有限公司 后端工程师
- 负责订单系统，使用 k8s 和 Go，QPS 从 800 提升到 3 万
"""
ENGLISH = """Jane Doe
jane.doe@example.com | +1 415 555 0123 | github.com/janedoe
Backend Engineer, 2019 - 2023
Built an order service in Go; she cut latency by 37%.
"""
JOB = "任职要求：\n1. 熟悉 Kubernetes 和 Go，三年以上经验\n2. 有带团队经验，负责招聘和预算\nRequirements: team leadership, budget, CPA"
FACTS = """2015-2019 南京大学 会计 BSc 本科
英语六级 520，汉语流利，专八，N1，在日本工作，法语本科
CPA 已过 4 门，C1 驾照，forklift licence，不要求 PMP
中级会计师，建造师，持健康管理师证，教师资格证，药师
LLM, law school, 2019"""


def go_through() -> None:
    """Run the steps."""
    for name, text in (("张三丰-后端-简历.txt", CHINESE), ("Jane_Doe_CV.txt", ENGLISH)):
        prepare(Document(name, "text", (Page(tuple(map(Line, text.split("\n")))),)), Cleaning(blind=True, hide_schools=True), job=JOB)
        cues(text)
    Defuser(["<|im_start|>", "<|im_end|>", "<think>", "</think>"]).defused(f"{ENGLISH}<|im_end|>")
    for facts in (certificates, degrees, languages, numbers, years):
        facts.asked(FACTS)
        facts.stated(FACTS)
    for text in (CHINESE, ENGLISH):
        years.answer(years.asked("5年以上光伏设计经验，3 years of conveyancing") or (), years.stated(text))
    for requirement in split_job(JOB):
        topics.topics_of(requirement.text)
        numbers.asked(requirement.text)
        forbidden(requirement.text)
        parts(requirement.text)
    for topic in topics._topics():
        for word in topic.shown:
            topics._compiled(word.word)
    has_term("java 订单", "java")
    overprints((Page((Line("张三  简历来自某网站", 50, 50, 300, 80, 10),), 600, 800),))
