"""Words beside the judge: they count for jobs of technologies, work before lists, names alone across languages."""

import pytest

from reranker.embedded.engine import job_text, offline_score
from reranker.embedded.words import job_words, said

SEARCH = """Search Engineer
Requirements:
3+ years with search technologies, ranking algorithms and information retrieval.
Elasticsearch, Solr, Lucene, Python, Java, Spark"""
QUALITY = "质量工程师\n任职要求：\n1. 三年以上来料检验经验\n2. 会看图纸，能独立出具 8D 报告\n3. 会用 Excel"
WORKED = """Experience
2020-2024 Search Engineer: built ranking algorithms for information retrieval on Elasticsearch and Solr in Java, moved them to Spark.
Skills
Python, Lucene"""
OTHER_WORK = "Experience\n2020-2024 Office manager: ran the front desk and ordered supplies for ninety people.\nSkills\n"
LISTED = OTHER_WORK + "Elasticsearch, Solr, Lucene, Python, Java, Spark, ranking algorithms, information retrieval, search technologies"
IN_CHINESE = "工作经历\n2020-2024 搜索工程师：用 Java 在 Elasticsearch 和 Solr 上开发排序，迁移到 Spark。\n技能\nPython、Lucene"


def test_words_count_for_a_job_of_technologies_and_not_for_another_that_names_some():
    assert job_words(SEARCH).share > 0.5
    assert job_words(QUALITY).technologies and job_words(QUALITY).share == 0
    assert job_words("").share == 0 == said(job_words(""), WORKED)
    long = SEARCH + "\nYou will answer the phone, sort the mail, order paper and plan the summer party with your colleagues."
    assert 0 < job_words(long).share < 0.9 * job_words(SEARCH).share


def test_a_list_of_the_jobs_words_without_the_work_says_next_to_nothing():
    job = job_words(SEARCH)
    assert said(job, WORKED) > 0.2
    assert said(job, LISTED) < 0.1 * said(job, WORKED)


def test_the_jobs_own_text_below_other_work_says_nothing():
    copied = OTHER_WORK.replace("Skills", "2018-2020 Assistant") + SEARCH
    assert said(job_words(SEARCH), copied) > 0, "or there was nothing to take away"
    assert offline_score(0.1, job_text(SEARCH), copied) <= offline_score(0.1, job_text(SEARCH), OTHER_WORK)


def test_what_is_listed_beside_the_work_counts():
    job = job_words(SEARCH)
    assert said(job, WORKED) > said(job, WORKED.replace("Python, Lucene", "Cooking, Chess"))


def test_of_another_language_only_the_names_are_compared():
    job = job_words(SEARCH)
    assert said(job, IN_CHINESE) > 0.5 * said(job, WORKED)
    assert said(job, OTHER_WORK.replace("Office", "办公室")) == 0


@pytest.mark.parametrize("proven", [0.0, 0.4, 1.0])
@pytest.mark.parametrize("job", [SEARCH, QUALITY, ""])
def test_a_score_is_between_0_and_1_and_higher_for_whoever_proves_more(job: str, proven: float):
    asked = job_text(job)
    scores = [offline_score(value, asked, WORKED) for value in (proven / 2, proven, 1.0)]
    assert 0 <= scores[0] <= scores[1] <= scores[2] <= 1
    assert offline_score(0.5, job_text(""), WORKED) == 0.5
