"""Which lines head a section of a resume, by every list of headings that there is: a section ends where any other begins."""

import re

from preprocess.blind.lists import words
from preprocess.cleaning.wraps import is_heading
from preprocess.pasted import SECTIONS

_LONGEST = 40
_NOT_IN_A_WORD = re.compile(r"[\W_]+")
_PART_OF_A_SECTION = re.compile(r"(?:主要|核心|项目|工作)")
"""项目描述 and 工作成果 are made as headings are, and stand inside a section."""
_OTHERS = re.compile(
    r"职业经历|任职经历|工作经历|工作经验|工作履历|项目经[历验]|实习经[历验]|校园经[历验]|教育(?:背景|经历)?|学历|(?:专业)?技能.{0,4}|证书.{0,6}"
    r"|自我评价|荣誉.{0,6}|兴趣.{0,4}|开源(?:项目|贡献)?|获奖.{0,4}|奖项.{0,4}|培训.{0,4}|社团经[历验]|社会实践|论文.{0,4}|专利.{0,4}"
    r"|(?:work(?:ing)?|professional|employment) (?:experience|history)|experience|employment|career(?: history)?|education|projects?"
    r"|internships?|(?:technical )?skills|certificat\w{1,8}|summary|awards|hono(?:u)?rs|languages|publications|patents|open source"
    r"|interests|hobbies|activities|achievements|training|volunteering|profile|references",
    re.IGNORECASE,
)


def is_section_heading(line: str) -> bool:
    """Whether a line is nothing but the heading of a section, bare or with a bullet, brackets or a colon around it."""
    if len(line) > _LONGEST:
        return False
    text = re.sub(r"^[\W_]+|[\W_]+$", "", line)
    joined = _NOT_IN_A_WORD.sub("", text).casefold()
    is_listed = text.casefold() in SECTIONS or joined in SECTIONS or joined in words("lines", "headings")
    return is_listed or _OTHERS.fullmatch(text) is not None or (is_heading(text) and not _PART_OF_A_SECTION.match(text))
