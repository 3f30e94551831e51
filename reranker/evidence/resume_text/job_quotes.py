"""Blank out sentences of a resume that say what the job asks for: "You ask for five years of …", 贵司要求五年….

They repeat the job and tell of nothing that was done.
"""

import re

from preprocess.lexicon.characters import SENTENCE_END, simplified

_SENTENCE = re.compile(rf"(?:[^{SENTENCE_END}\n.!?]|[.!?](?!\s|$))+")
_OF_JOB = re.compile(
    r"(?:(?:I (?:see|read|note|understand|know) (?:that )?|as )?(?:you|your (?:ad|advert|company|team|vacancy|job description)"
    r"|the (?:job|role|position|post|vacancy|advert|job description|job ad)|this (?:job|role|position|post)) (?:also )?"
    r"(?:ask(?:s|ed)? for|(?:are|is) (?:looking|searching) for|look(?:s|ed)? for|require[sd]?|need(?:s|ed)?|want(?:s|ed)?|call(?:s|ed)? for"
    r"|expect(?:s|ed)?|seek(?:s)?|list(?:s|ed)?|mention(?:s|ed)?|state(?:s|d)? that)\b"
    r"|(?:as (?:requested|required|asked) (?:in|by) (?:the|your) (?:ad|advert|job|vacancy)\w*)"
    r"|(?:贵(?:司|公司|单位|方|院|校)|(?:该|此|这个|本)(?:岗位|职位|工作)|(?:岗位|职位|招聘)(?:说明|信息|启事|描述)?|JD)[里中上]?(?:所|的)?(?:要求|需要|需求|招聘|希望|写明)"
    r"(?!的?(?:完全|高度|都|均|十分|非常|很)?(?:符合|匹配|吻合)))",
    re.IGNORECASE,
)
"""Opens such a sentence. One that goes on to say what the candidate has ("the role requires X, and I have …") is kept."""
_OWN = re.compile(
    r"\b(?:I (?:have|hold|led|ran|managed|did|do|am|was|worked|used|bring|gained|spent|built)|my (?:experience|background|work)|which I)\b"
    r"|(?:我|本人|自己)[^，。]{0,6}(?:有|具备|持有|做|曾|管|带|已|熟|会|都|均|从事|负责)"
)


def without_job_quotes(text: str) -> str:
    """Return the text with blanks in place of such sentences, so that every other character stays where it stood."""
    characters = list(text)
    for match in _SENTENCE.finditer(simplified(text)):
        start = match.start() + len(match[0]) - len(match[0].lstrip(' \t-–—•*·"“'))
        if _OF_JOB.match(match[0].lstrip(' \t-–—•*·"“')) and not _OWN.search(match[0]):
            characters[start : match.end()] = " " * (match.end() - start)
    return "".join(characters)
