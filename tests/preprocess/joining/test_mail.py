"""The files of one mail: one person's, or an agency's."""

from itertools import permutations

import pytest

from preprocess.joining.mail import people_of_mail
from preprocess.pipeline import Cleaning, clean, prepare
from service.reopen import as_document
from tests.preprocess.joining import papers
from tests.preprocess.joining.papers import document

RESUME, LETTER, CERTIFICATE = (
    document("简历.pdf", papers.RESUME),
    document("求职信.docx", papers.LETTER),
    document("证书.jpg", papers.CERTIFICATE),
)


def told(resume) -> dict[str, str]:
    """Return what became of each further file."""
    return {note.before: note.code for note in resume.notes if note.code.startswith("file_")}


@pytest.mark.parametrize("files", list(permutations([RESUME, LETTER, CERTIFICATE])))
def test_resume_letter_and_certificate_are_one_candidate_whatever_comes_first(files):
    (person,) = people_of_mail(files)
    resume = clean(person)
    assert resume.name == "简历.pdf" and set(resume.files) == {"简历.pdf", "求职信.docx", "证书.jpg"}
    assert resume.text.startswith("林知遥\n电话") and "非常希望加入" in resume.text and "一等奖" in resume.text
    assert told(resume) == {"求职信.docx": "file_joined", "证书.jpg": "file_joined"}
    assert resume.person and resume.person.phones == ("13900000022",)


@pytest.mark.parametrize("body", [papers.BODY, papers.FORWARDED, "FYI, CV attached."])
def test_a_mails_words_are_no_candidate_and_not_scored(body: str):
    (person,) = people_of_mail([document("正文.txt", body), RESUME])
    resume = clean(person)
    assert (resume.name, resume.files, resume.text) == ("简历.pdf", ("简历.pdf", "正文.txt"), clean(RESUME).text)
    assert told(resume) == {"正文.txt": "file_left_out"}


@pytest.mark.parametrize(("first", "second"), [(papers.RESUME, papers.NEWER), (papers.NEWER, papers.RESUME)])
def test_of_two_versions_the_newer_counts(first: str, second: str):
    (person,) = people_of_mail([document("a.pdf", first), document("b.pdf", second)])
    resume, newer = clean(person), "a.pdf" if first == papers.NEWER else "b.pdf"
    assert resume.name == newer and resume.text == clean(document("x", papers.NEWER)).text
    assert list(told(resume).values()) == ["file_repeated"]


def test_two_languages_are_one_candidate_scored_once():
    (person,) = people_of_mail([document("en.pdf", papers.ENGLISH), document("zh.pdf", papers.RESUME)])
    assert clean(person).text == clean(RESUME).text
    no_contact = papers.ENGLISH.replace("+86 139 0000 0022 | linzhiyao@example.com", "on request")
    assert len(people_of_mail([RESUME, document("en.pdf", no_contact)])) == 1, "the mail and the name in pinyin say so"


def test_an_agencys_mail_has_several_candidates_and_its_words_are_none():
    people = people_of_mail([document("正文.txt", papers.FORWARDED), RESUME, document("b.pdf", papers.OTHER), CERTIFICATE])
    assert sorted(person.files for person in people) == [("b.pdf", "正文.txt"), ("简历.pdf", "证书.jpg", "正文.txt")]
    assert all(told(clean(person))["正文.txt"] == "file_left_out" for person in people)


def test_an_agencys_resumes_without_names_stay_apart():
    hidden = [text.replace("林知遥", "候选人").replace("陈屿舟", "候选人") for text in (papers.RESUME, papers.OTHER)]
    bare = ["\n".join(line for line in text.split("\n") if "电话" not in line) for text in hidden]
    people = people_of_mail([document("1.pdf", bare[0]), document("2.pdf", bare[1])])
    assert [person.files for person in people] == [("1.pdf",), ("2.pdf",)]


def test_a_letter_alone_and_a_short_resume_are_candidates():
    assert [person.files for person in people_of_mail([LETTER])] == [("求职信.docx",)]
    short = document("简历.txt", "林晓\n熟悉 Python，负责平台开发，五年经验。")
    (person,) = people_of_mail([document("正文.txt", papers.BODY), short])
    assert person.name == "简历.txt" and clean(person).text == clean(short).text


def test_repeated_lines_count_once():
    works = (
        "项目经历\n负责消息队列的选型与迁移，日均处理两千万条消息\n"
        "数据看板：用 Vue 与 ECharts 做的报表，供两百人使用，从需求访谈到上线历时四个月，获公司年度创新奖\n"
        "推荐服务：离线特征与在线召回分开部署，点击率提高百分之八，代码已在公司内部开源并有三个团队采用\n"
        "教育背景\n2018.09-2022.06 浙江大学 计算机科学 本科"
    )
    (person,) = people_of_mail([RESUME, document("作品.docx", works)])
    text = clean(person).text
    assert text.count("日均处理两千万条消息") == text.count("浙江大学") == text.count("教育背景") == 1
    assert "项目经历\n数据看板" in text


def test_cleaning_the_joined_text_again_changes_nothing():
    (person,) = people_of_mail([RESUME, LETTER, CERTIFICATE])
    resume = clean(person)
    again = clean(as_document(resume))
    assert (again.id, again.files, again.person) == (resume.id, resume.files, resume.person)


def test_a_blank_file_and_one_too_long_are_named_and_the_resume_is_scored():
    (person,) = people_of_mail([RESUME, document("空白.docx", "────"), document("附录.docx", "用户手册第一章\n" + "操作步骤说明。" * 200)])
    resume = clean(person, max_characters=1_000)
    assert resume.text == clean(RESUME).text and told(resume) == {"空白.docx": "file_left_out", "附录.docx": "file_left_out"}


def test_blind_mode_hides_names_that_only_a_files_name_tells():
    letter = document("林知遥_求职信.docx", papers.LETTER)
    (person,) = people_of_mail([document("简历.pdf", papers.RESUME.replace("林知遥\n", "", 1)), letter])
    resume = prepare(person, Cleaning(blind=True))
    assert "林知遥" not in resume.text and "13900000022" not in resume.text
    assert not any("林知遥" in note.before + note.after for note in resume.notes)
