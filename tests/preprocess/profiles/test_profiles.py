"""Resumes as data: JSON, XML and LinkedIn's export give the lines of a resume; data without prose is refused."""

import json
import random
from pathlib import Path

import pytest

from preprocess.document import Document, Unreadable
from preprocess.intake import collect
from preprocess.pipeline import prepare, read_documents
from preprocess.profiles.linkedin import read_linkedin
from preprocess.profiles.profile import read_profile
from preprocess.read import read_document
from tests.data.formats.score import score
from tests.data.make_docx import zipped
from tests.each import each
from tests.preprocess.contents import lines_of

FORMATS = Path(__file__).parents[2] / "data" / "formats"
MANIFEST = json.loads((FORMATS / "manifest.json").read_text("utf-8"))
SAMPLES = "zh1_json_resume.json en1_json_resume.json en1_europass.xml zh1_hr.xml en1_linkedin_export.zip en1_linkedin.pdf".split()
PROSE = "Built a streaming pipeline that handles 1.2 billion events a day."


def read(text: str) -> list[str]:
    return lines_of(read_profile(text.encode(), "x.json"))


@pytest.mark.parametrize("name", SAMPLES)
def test_samples(name: str) -> None:
    files, rejected = collect([FORMATS / "samples" / name], 200, 20)
    (document,) = read_documents(files)
    assert isinstance(document, Document) and not rejected
    text = "\n".join(lines_of(document))
    expected = MANIFEST[name]["expect"]
    result = score(expected, text, [*MANIFEST[name]["never"], "data:image"])
    assert all(passage in text for passage in expected) and not result["leaked"]
    if name != "en1_europass.xml":  # there first and last name are two passages, and one line
        assert result["recall"] == result["lines"] == 1


def test_linkedin_pdf_without_its_page_number() -> None:
    document = read_document((FORMATS / "samples" / "en1_linkedin.pdf").read_bytes(), "x.pdf")
    lines = prepare(document).text.split("\n")
    assert lines.index("Marisol Quenby") > lines.index("Top Skills") and "Page 1 of 1" not in lines


def test_json_resume() -> None:
    resume = {
        "basics": {"name": "Anna Lee", "summary": "Nurse.", "profiles": [{"network": "GitHub", "url": "https://git.example.com/a"}]},
        "work": [
            {
                "name": "Lakeview",
                "position": "Charge Nurse",
                "startDate": "2021-01",
                "endDate": "",
                "highlights": ["Led 24 beds", "• Cut waiting times"],
            },
            {"name": "Saint Orla", "position": "Nurse", "startDate": "2016-06-01T00:00:00Z", "endDate": "2020-12", "summary": PROSE},
        ],
        "awards": [],
        "skills": [{"name": "ICU", "keywords": ["pumps", "ventilators"]}],
        "languages": [{"language": "Spanish", "fluency": "C1"}],
        "interests": [],
        "meta": {"theme": "SECRET"},
    }
    assert read(json.dumps(resume)) == [
        "Anna Lee",
        "Nurse.",
        "GitHub  https://git.example.com/a",
        "Work Experience",
        "2021-01 – present  Lakeview  Charge Nurse",
        "- Led 24 beds",
        "- Cut waiting times",
        "2016-06-01 – 2020-12  Saint Orla  Nurse",
        PROSE,
        "Skills",
        "ICU  pumps, ventilators",
        "Languages",
        "Spanish  C1",
    ]


@each(
    "text, lines",
    [
        (
            '{"姓名": "林晓岚", "婚姻状况": "已婚", "工作经历": [{"公司": "青梧", "描述": "负责订单中心的拆分与大促期间削峰方案的设计"}]}',
            ["姓名：林晓岚", "婚姻状况：已婚", "工作经历", "公司：青梧", "描述：负责订单中心的拆分与大促期间削峰方案的设计"],
        ),
        (
            '[{"full_name": "Anna", "years_of_experience": 8, "is_active": true, "bio": "' + PROSE + '"}]',
            ["Anna", "Years Of Experience: 8", f"Bio: {PROSE}"],
        ),
        ('{"summary": "<p>' + PROSE + '</p><ul><li>a &amp; b</li></ul>", "user_id": "SECRET"}', ["Summary", PROSE, "- a & b"]),
        (f"<cv><Skill name='Java' years='5'/><Note>{PROSE}</Note></cv>", ["Skill", "Java", "Years: 5", f"Note: {PROSE}"]),
        (
            "<Candidate xmlns='http://www.hr-xml.org/3'><EmploymentHistory><EmployerHistory><OrganizationName>Lakeview</OrganizationName>"
            "<EmploymentPeriod><StartDate><FormattedDateTime>2019-03</FormattedDateTime></StartDate><CurrentIndicator>true</CurrentIndicator>"
            f"</EmploymentPeriod><Description>&lt;p&gt;{PROSE}&lt;br/&gt;b&lt;/p&gt;</Description></EmployerHistory></EmploymentHistory>"
            "</Candidate>",
            ["Employment History", "Lakeview  2019-03 – present", PROSE, "b"],
        ),
        (
            '{"姓名": "张三", "电话": "13800005551", "工作经历": [{"公司": "青梧", "开始": "2016-07", "结束": ""}], "技能": ["Go", "C"]}',
            ["姓名：张三", "电话：13800005551", "工作经历", "2016-07 – 至今", "公司：青梧", "技能", "Go, C"],
        ),
    ],
)
def test_other_data(text: str, lines: list[str]) -> None:
    assert read(text) == lines


def test_what_is_switched_off_is_noted() -> None:
    resume = {"summary": PROSE, "sections": {"awards": {"visible": False, "items": [{"title": "SECRET", "n": 1}]}}}
    document = read_profile(json.dumps(resume).encode(), "x.json")
    assert lines_of(document) == ["Summary", PROSE]
    assert [(note.code, note.before) for note in document.notes] == [("hidden_text", "SECRET")]


def test_xml_in_any_encoding() -> None:
    text = "<?xml version='1.0' encoding='{}'?><cv><p>负责订单中心的拆分与削峰方案的设计，带领五人小组推行代码评审与自动化测试</p></cv>"
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "gbk"):
        assert "负责订单中心" in lines_of(read_document(text.format(encoding).encode(encoding), "x.xml"))[0]


def test_linkedin_export() -> None:
    tables: dict[str, str | bytes] = {
        "Export/Profile.csv": f"First Name,Last Name,Birth Date,Headline,Summary\n晓岚,林,SECRET,后端,{PROSE}\n",
        "Export/Positions.csv": "Company Name,Title,Description,Location,Started On,Finished On\n"
        "青梧,开发,,杭州,Mar 2019,\n松鹤,开发,,,2017,2019\n",
        "Export/Skills.csv": "Name\nGo\nKafka\n",
        "Export/Languages.csv": "Name,Proficiency\nEnglish,Professional\n",
        "Export/messages.csv": "CONTENT\nSECRET\n",
        "Export/Empty.csv": "",
    }
    assert lines_of(read_linkedin(zipped(tables), "x.zip")) == [
        "林晓岚",
        "后端",
        "Summary",
        PROSE,
        "Work Experience",
        "Mar 2019 – 至今  青梧  开发  杭州",
        "2017 – 2019  松鹤  开发",
        "Skills",
        "Go, Kafka",
        "Languages",
        "English  Professional",
    ]


@each(
    "text, reason",
    [
        ("", "empty_file"),
        ("{", "damaged"),
        ("[" * 100_000, "too_complex"),
        ('{"a": ' * 200 + "1" + "}" * 200, "too_complex"),
        ("[" + "1," * 250_000 + "1]", "too_complex"),
        ('{"version": 1, "debug": true, "port": 8080}', "no_text"),
        ('{"lockfileVersion": 2, "packages": {"a": {"resolved": "https://x.example.com/a", "dev": true}}}', "no_text"),
        ('{"photo": "data:image/png;base64,AAAA"}', "no_text"),
        ("<a>" * 300 + "</a>" * 300, "too_complex"),
        ("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "damaged"),
        ("<a><b></a>", "damaged"),
        ("<svg xmlns='http://www.w3.org/2000/svg'><path d='M0 0'/></svg>", "no_text"),
    ],
)
def test_refused(text: str, reason: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read_profile(text.encode(), "x")
    assert refused.value.reason == reason


@pytest.mark.parametrize("name", [name for name in SAMPLES if not name.endswith(".pdf")])
def test_changed_bytes_are_read_or_refused(name: str) -> None:
    original, chance = (FORMATS / "samples" / name).read_bytes(), random.Random(name)
    changed = [original[:length] for length in range(0, len(original), len(original) // 10)]
    for _ in range(30):
        data = bytearray(original)
        for _ in range(chance.randint(1, 6)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        changed.append(bytes(data))
    reader = read_linkedin if name.endswith(".zip") else read_profile
    for data in changed:
        try:
            assert reader(data, name)
        except Unreadable as error:
            assert error.reason in {"damaged", "too_complex", "no_text", "not_text", "empty_file", "unpacks_too_large", "needs_password"}
