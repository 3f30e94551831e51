"""Measure how close in meaning each line of a resume is to what a job asks for.

All cosines of this encoder are high (0.7 to 0.95); only how far a line stands out from what is usual for a requirement says something.
"""

import re
from collections.abc import Sequence

import numpy as np

from reranker.encoder.encoder import Encoder
from reranker.evidence.resume_text.lines import ResumeLines

_NEUTRAL = (
    "个人简历，姓名，性别，联系电话，电子邮箱",
    "兴趣爱好：跑步、摄影、旅行、读书",
    "本科 统计学专业，主修课程与成绩",
    "性格开朗，工作认真负责，学习能力强",
    "负责日常行政事务，整理会议纪要与报销单据",
    "参加校园活动，获得二等奖学金",
    "参与市场推广活动，联系客户并维护关系",
    "Curriculum vitae, name, address, phone and email",
    "Hobbies: running, photography and travel",
    "Organised office events and ordered supplies",
    "Bachelor of Arts, second class honours",
    "Hard-working team player who learns quickly",
    "Served customers in a shop and handled the till",
    "Won a prize in a school competition",
)
_TIME = re.compile(
    r"(?:\d{1,2}(?:\.\d)?|[一两二三四五六七八九十]{1,3})\s?(?:[-–－~至到]\s?\d{1,2}\s?)?[+多余]?\s?年(?:及?以上)?的?(?![\d./-])"
    r"|(?:相关|工作|从业){0,4}经[验历]|\b\d{1,2}\s?\+?\s?(?:years?|yrs)\b(?:\s(?:of|as|in)\b)?(?:\san?\b)?|\bexperience\b",
    re.IGNORECASE,
)


def similarity(requirements: Sequence[str], resume: ResumeLines, encoder: Encoder) -> np.ndarray:
    """Return how close each line is to each requirement: (requirements, lines), usually 0.05 to 0.10, 0 where a line was not encoded.

    The value is 2 × the line's cosine − the requirement's mean cosine with neutral texts − its mean with this resume's lines.
    """
    lines = np.zeros((len(requirements), len(resume.spans)), dtype=np.float32)
    if not requirements or not resume.encoded:
        return lines
    asked = encoder.queries([_work_only(requirement) for requirement in requirements])
    neutral = encoder.passages(_NEUTRAL)
    vectors = encoder.passages([_work_only(resume.lines[line]) for line in resume.encoded])
    usual = (asked @ neutral.T).mean(axis=1, keepdims=True)
    cosines = asked @ vectors.T
    count = cosines.shape[1]
    own = (cosines.sum(axis=1, keepdims=True) + 5 * usual) / (count + 5)  # a resume of three lines has no mean of its own yet
    lines[:, list(resume.encoded)] = 2 * cosines - usual - np.minimum(own, usual + 0.06)
    return lines


def _work_only(text: str) -> str:
    """Return the text without "3 年以上 … 经验": otherwise any two lines that count years would be close, whatever the work."""
    return _TIME.sub("", text).strip("，,、 ") or text
