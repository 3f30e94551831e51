"""Sentences that say what the job asks for are blanked out; those that say what the candidate has stay."""

import pytest

from reranker.evidence.resume_text.job_quotes import without_job_quotes

QUOTES = [
    "You ask for at least 5 years' experience managing a warehouse and SAP EWM",
    "You are looking for a chef with HACCP level 3",
    "Your advert asks for NEBOSH and a budget of £1m or more",
    "The role requires people management of 50 or more",
    "This position needs fluent Polish",
    "I understand the post calls for an HGV licence",
    "As requested in the advert: CPA, IFRS and NetSuite",
    "贵司要求五年以上仓储管理经验和叉车证",
    "岗位要求：精通Java和Kafka",
    "该职位要求持有CPA证书",
    "JD中要求的三年带团队经验",
]
OWN = [
    "You will find me reliable and punctual",
    "The role requires a budget of £1m or more, and I have held £4.8m since 2019",
    "Your advert asks for NEBOSH, of which I hold the General Certificate",
    "Required stock levels were met in 11 of 12 months",
    "The job was to run a 28-bed ward",
    "岗位要求的证书我都有：CPA、中级会计师",
    "与岗位要求高度匹配：八年仓储管理",
    "根据客户要求完成定制开发",
    "本岗位负责华东区销售",
]


@pytest.mark.parametrize("text", QUOTES)
def test_what_the_job_asks_for_is_blanked(text: str):
    resume = f"Jo Hill. {text}.\nKitchen porter, 2019 - 2024"
    blanked = without_job_quotes(resume)
    assert len(blanked) == len(resume) and text not in blanked and "Kitchen porter" in blanked


@pytest.mark.parametrize("text", OWN)
def test_what_the_candidate_says_of_himself_stays(text: str):
    assert without_job_quotes(text) == text
