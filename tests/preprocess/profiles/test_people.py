"""JSON with several people gives a file a person; one person, data without people, and XML stay one file."""

import json
from io import BytesIO
from pathlib import Path
from typing import Any

from preprocess.document import Document, Unreadable
from preprocess.intake import collect
from preprocess.pipeline import read_documents
from preprocess.profiles.people import members
from tests.each import each

PROSE = "负责订单中心从单体到微服务的拆分，日均订单三百万笔"
LIN = {"姓名": "林晓岚", "电话": "13800005551", "工作经历": PROSE}
OU = {"姓名": "欧阳沐川", "电话": "13900005552", "工作经历": PROSE}
ANNA = {"basics": {"name": "Anna Lee", "email": "a@b.org"}, "work": [{"name": "Lakeview", "position": "Nurse", "startDate": "2019-01"}]}
BEN = {"basics": {"name": "Ben Ode"}, "education": [{"institution": "Kings", "startDate": "2010", "endDate": "2014"}]}


def names(value: Any, name: str = "list.json") -> list[str]:
    """Return the paths of the files that a text, or a value as JSON, gives."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return [member.path for member in members(BytesIO(text.encode()), name)]


@each(
    "value, expected",
    [
        ([LIN, OU], ["林晓岚.json", "欧阳沐川.json"]),
        ([ANNA, BEN], ["Anna Lee.json", "Ben Ode.json"]),
        ({"code": 0, "data": {"total": 2, "list": [LIN, OU]}}, ["林晓岚.json", "欧阳沐川.json"]),
        ([{"id": 1, "stage": "new", "candidate": ANNA}, {"id": 2, "stage": "old", "candidate": BEN}], ["Anna Lee.json", "Ben Ode.json"]),
        ([{"firstName": "Anna", "lastName": "Lee", "skills": ["ICU"]}] * 2, ["Anna Lee.json", "Anna Lee.json"]),
        ([{"full_name": "A. Lee", "email": "a@b.org"}, {"full_name": "Ben", "phone": "1"}], ["A. Lee.json", "Ben.json"]),
        ([LIN, OU, {"姓名": "周", "电话": "1"}, {"姓名": "吴", "电话": "2"}, {"备注": PROSE}],
         ["林晓岚.json", "欧阳沐川.json", "周.json", "吴.json", "list.json 5.json"]),
        ("\n".join(map(json.dumps, (ANNA, BEN))), ["Anna Lee.json", "Ben Ode.json"]),
        (f"\x1e{json.dumps(ANNA, indent=1)}\n\x1e{json.dumps(BEN)}\n", ["Anna Lee.json", "Ben Ode.json"]),
    ],
)  # fmt: skip
def test_several_people(value: Any, expected: list[str]) -> None:
    assert names(value) == expected


@each(
    "value",
    [
        ANNA,
        [ANNA],
        {"resume": ANNA, "score": 3},
        ANNA["work"] * 3,
        [{"name": "Mouse", "price": 9}, {"name": "Board", "price": 19}],
        {"work": [{"name": "Lakeview", "summary": PROSE}, {"name": "Orla", "summary": PROSE}]},
        {**ANNA, "references": [{"name": "Carl Ode", "email": "c@b.org"}, {"name": "Dana Poe", "email": "d@b.org"}]},
        [1, 2, 3],
        "[" * 100_000,
        '{"name": "Anna',
        "<people><person><name>Anna</name><email>a@b.org</email></person></people>",
        "",
    ],
)
def test_anything_else_is_itself(value: Any) -> None:
    assert names(value, "x.json") == ["x.json"]


def test_no_more_than_two_thousand() -> None:
    listed = list(members(BytesIO(json.dumps([LIN] * 2_001).encode()), "list.json"))
    assert len(listed) == 2_001
    refusal = listed[-1].content
    assert isinstance(refusal, Unreadable) and (refusal.reason, refusal.detail) == ("too_many", "2,000")


def test_an_upload_of_lists_and_of_one_person(tmp_path: Path) -> None:
    (tmp_path / "list.json").write_text(json.dumps({"data": [LIN, OU]}), "utf-8")
    (tmp_path / "lines.ndjson").write_text("\n".join(json.dumps(person | {"summary": PROSE}) for person in (ANNA, BEN)), "utf-8")
    (tmp_path / "one.json").write_text(json.dumps({"data": LIN | {"姓名": "周远"}}, ensure_ascii=False), "gb18030")
    files, rejected = collect([tmp_path], 200, 20)
    documents = {document.name: document for document in read_documents(files) if isinstance(document, Document)}
    assert not rejected and set(documents) == {"Anna Lee.json", "Ben Ode.json", "one.json", "林晓岚.json", "欧阳沐川.json"}
    assert documents["林晓岚.json"].text.split("\n") == ["姓名：林晓岚", "电话：13800005551", f"工作经历：{PROSE}"]
    assert "周远" in documents["one.json"].text and PROSE in documents["one.json"].text
