"""Find classes of honours of British, Indian, African and Australian degrees: first, upper second (2:1), lower second, third, pass."""

import re

_CLASSES = (
    r"(?:pass degree|ordinary degree|\bpass class)",
    r"(?:third[- ]class|3rd class|\bthird(?= hon))|三等荣誉",
    r"(?:lower second|second[- ]class (?:honours |hons )?\(?(?:lower|second)|second lower|2nd class lower|2nd lower|\b2[:.]2\b|\b2ii\b)"
    r"|二等二|二级乙等",
    r"(?:upper second|second[- ]class (?:honours |hons )?\(?(?:upper|first)|second upper|2nd class upper|2nd upper|\b2[:.]1\b|\b2i\b)"
    r"|二等一|二级甲等|甲等荣誉|二等甲",
    r"first[- ]class|1st class|(?<=\()1st(?=\))|\bfirst(?= hon)|(?<=hons\) )1st"
    r"|(?<=\()first(?=[),;])|(?<=, )first(?=$|[,.)])|(?<=\ba )first(?= in [A-Z])"
    r"|一等荣誉|一级荣誉",
)
"""Words for each class, from pass to first."""
_CLASS = re.compile("|".join(f"(?P<c{rank}>{words})" for rank, words in enumerate(_CLASSES)), re.IGNORECASE)
_OF_SCALE = re.compile(r"普通话.{0,8}[一二三]级[甲乙]等|first class (?:travel|lounge|post|mail|service|cabin|stamps?)", re.IGNORECASE)


def honours_asked(text: str) -> int | None:
    """Return the lowest class that a requirement names, 0 to 4; None where it names none."""
    return min(_classes(text), default=None)


def honours_stated(text: str) -> int | None:
    """Return the class that an entry states, 0 to 4; None where it states none."""
    return max(_classes(text), default=None)


def _classes(text: str) -> list[int]:
    return [int((match.lastgroup or "c0")[1:]) for match in _CLASS.finditer(_OF_SCALE.sub(" ", text))]
