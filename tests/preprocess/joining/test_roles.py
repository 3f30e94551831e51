"""What a file's text is, told by how it is written."""

from pathlib import Path

import pytest

from preprocess.document import Document
from preprocess.intake import File
from preprocess.joining.roles import Role, is_forwarded, is_passing_on, newest_date, role_of
from preprocess.pipeline import read_documents
from tests.preprocess.joining import papers

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("text", [papers.RESUME, papers.ENGLISH, papers.OTHER])
def test_resumes(text: str):
    assert role_of(text) == Role.RESUME


def test_the_resumes_of_the_examples_are_no_letters():
    paths = [path for path in (ROOT / "examples").glob("*/*") if path.suffix == ".txt" and not path.name.startswith("JD_")]
    for document in read_documents([File(path.name, path.read_bytes()) for path in paths]):
        assert isinstance(document, Document)
        assert role_of("\n".join(line.text for page in document.pages for line in page.lines)) == Role.RESUME


@pytest.mark.parametrize(
    "text",
    [
        papers.LETTER,
        papers.BODY,
        papers.FORWARDED,
        "求职信\n我毕业于浙江大学，希望应聘贵公司的岗位。",
        "王经理，您好：\n简历见附件，谢谢！",
        "Dear Hiring Manager,\n\nI am writing to apply for the position of backend engineer.\n\nSincerely,\nZhiyao Lin",
        "Hi Anna,\nplease find my CV attached.\nBest regards\nZhiyao",
        "FYI, CV attached.",
    ],
)
def test_letters_and_words_of_mails(text: str):
    assert role_of(text) == Role.LETTER


@pytest.mark.parametrize("text", [papers.CERTIFICATE, "林晓\n熟悉 Python，负责平台开发，五年经验。", "候选人，熟悉 Python", ""])
def test_what_is_neither(text: str):
    assert role_of(text) == Role.OTHER


def test_a_resume_with_its_letter_in_front_is_a_resume():
    assert role_of(f"{papers.LETTER}\n{papers.RESUME}") == Role.RESUME


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (papers.FORWARDED, True),
        ("Forwarding the CV of a strong candidate, tell me what you think.", True),
        ("您好，推荐一位候选人，供参考。", True),
        ("---- 原始邮件 ----\n发件人：李娜", True),
        (papers.LETTER, False),
        ("尊敬的经理：我通过内部推荐投递简历。", False),
    ],
)
def test_a_recruiters_words(text: str, expected: bool):
    assert is_forwarded(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (papers.BODY, True),
        ("FYI, CV attached.", True),
        ("请看附件\n\n李娜\n人力资源部 高级经理\n某某科技（上海）有限公司\n地址：上海市浦东新区某某路 88 号某某大厦 12 楼", True),
        (
            "Please see attached.\nKate\nThis e-mail and any files transmitted with it are confidential and intended solely for the use of "
            "the individual or entity to whom they are addressed; if you have received it in error, please tell the sender and delete it.",
            True,
        ),
        (papers.LETTER, False),
        (papers.RESUME, False),
        (f"简历见附件\n{papers.RESUME}", False),
        ("林晓\n熟悉 Python，负责平台开发，五年经验。", False),
    ],
)
def test_a_few_words_that_pass_something_on(text: str, expected: bool):
    assert is_passing_on(text) is expected


def test_the_newest_date():
    assert newest_date(papers.NEWER) == (2025, 1) > newest_date(papers.RESUME) == (2022, 7)
    assert newest_date(papers.CERTIFICATE) == (0, 0)
