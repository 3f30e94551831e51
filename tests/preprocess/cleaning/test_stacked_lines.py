"""Headings in pieces, one below the other."""

import pytest

from preprocess.cleaning.denoise import denoise
from preprocess.document import Document, Line, Page


def clean(text: str, kind: str = "docx") -> str:
    return denoise(Document("x", kind, (Page(tuple(map(Line, text.split("\n")))),)))[0]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("工\n作\n经\n历\n2019.03-2021.05 云图科技", "工作经历\n2019.03-2021.05 云图科技"),
        ("教育\n背景\n北方大学", "教育背景\n北方大学"),
        ("個\n人\n簡\n介\n认真", "個人簡介\n认真"),
        ("教\n育\n北方大学\n证\n书\n护师资格证", "教育\n北方大学\n证书\n护师资格证"),
        ("S\nK\nI\nL\nL\nS\nJava", "SKILLS\nJava"),
        ("WORK\nEXPERIENCE\nEngineer", "WORK EXPERIENCE\nEngineer"),
        ("W O R K\nE X P E R I E N C E\nEngineer", "WORK EXPERIENCE\nEngineer"),
        ("工 作\n经 历\n云图科技", "工作经历\n云图科技"),
    ],
)
def test_headings(before: str, after: str) -> None:
    assert clean(before) == after


@pytest.mark.parametrize("text", ["男\n汉\n无", "技能\n证书", "Java\nRedis", "优\n良", "A\nB\nC", "Skills\nLanguages", "张\n三"])
def test_values_stay(text: str) -> None:
    assert clean(text) == text
