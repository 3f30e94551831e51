"""Headings of job descriptions in many wordings: never a requirement themselves, and the right kind for what stands below them."""

import pytest

from preprocess.lexicon.characters import has_cjk
from reranker.evidence.requirements import split_job
from tests.data.jd_headings import read
from tests.each import each

LISTED = {
    True: "仓储计划员\n\n我们是一家家族企业。\n\n{heading}\n1、持有叉车证，能上夜班\n2、独立编制三个码头的计划\n",
    False: "Warehouse Planner\n\nWe are a family firm.\n\n{heading}\n- Forklift licence and night shifts\n- Planning of three docks\n",
}
PLAIN = {
    True: "仓储计划员\n\n{heading}\n持有叉车证，能上夜班\n独立编制三个码头的计划\n",
    False: "Warehouse Planner\n\n{heading}\nForklift licence and night shifts\nPlanning of three docks\n",
}


def is_read_well(kind: str, heading: str, jobs: dict[bool, str]) -> bool:
    requirements = split_job(jobs[has_cjk(heading)].format(heading=heading))
    return [requirement.kind for requirement in requirements] == ([] if kind == "none" else [kind, kind])


@pytest.mark.parametrize("jobs", [LISTED, PLAIN], ids=["above a list", "above plain lines"])
@pytest.mark.parametrize("part", ["develop", "test"])
def test_headings_of_many_wordings(part: str, jobs: dict[bool, str]):
    headings = read(part)
    wrong = [heading for kind, heading in headings if not is_read_well(kind, heading, jobs)]
    assert len(wrong) <= 0.03 * len(headings), wrong


def kinds(job: str) -> list[tuple[str, str]]:
    return [(requirement.kind, requirement.text) for requirement in split_job(job)]


def test_a_heading_whose_words_say_nothing_is_one_above_a_list():
    job = "Barista\n\nOur café opens at six.\n\nThe short version\n- Two years behind a bar\n- Experience with a till\n"
    assert kinds(job) == [("must", "Two years behind a bar"), ("must", "Experience with a till")]


def test_a_heading_that_says_nothing_goes_on_with_the_section_where_another_asks_for_musts():
    job = "Responsibilities\n- Run the bar\nIn the morning\n- Open the café at six\nYou must have\n- Two years behind a bar\n"
    assert kinds(job) == [("duty", "Run the bar"), ("duty", "Open the café at six"), ("must", "Two years behind a bar")]


def test_words_of_a_heading_before_a_colon_announce_the_kind_of_the_rest():
    job = "Chef\nYou will: run a kitchen of nine\nEssential: ten years in hotels\nHandy: French"
    assert kinds(job) == [("duty", "run a kitchen of nine"), ("must", "ten years in hotels"), ("nice", "French")]


@each(
    "line",
    [
        "Experience with Kafka",
        "学历要求：本科及以上",
        "Skills: Java and SQL",
        "You have a driving licence",
        "具备良好的沟通能力",
        "Strong SQL skills",
        "有会展项目经验",
    ],
)
def test_a_requirement_is_no_heading(line: str):
    assert [text for _, text in kinds(f"任职要求\n{line}\n- 熟悉 Linux")] == [line, "熟悉 Linux"]


def test_what_is_not_needed_asks_for_nothing():
    job = "You must have\n- Five years of Java\n\nNot needed: front-end skills, a fancy university"
    assert kinds(job) == [("must", "Five years of Java")]


def test_the_title_of_the_job_is_no_heading():
    assert kinds("Software developer in health technology\n- Five years of Java\n- Fluent German") == [
        ("must", "Five years of Java"),
        ("must", "Fluent German"),
    ]
