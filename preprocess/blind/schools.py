"""Mask the names of schools and universities on request; degree, major and years stay."""

import re

from preprocess.blind.inline import Words
from preprocess.blind.lists import one_of, table, words
from preprocess.lexicon.characters import CJK

SCHOOL: Words = ("【学校】", "[school]")

_START = rf"(?:(?<![{CJK}])|(?<=于)|(?<=入)|(?<=读)|(?<=自)|(?<=在)|(?<=校))"
_NO_SCHOOL = r"(?!(?:全国|各|多所|某|所在|老年|高等|国内|海外|重点|985|211)[^大学]{0,4}(?:大学|学院))"
_CHINESE = re.compile(
    rf"{_START}{_NO_SCHOOL}(?:(?:(?![于入在读从给的是所])[{CJK}]){{2,12}}?(?:大学|学院|中学|高中|职校|技校|党校)(?![生们])"
    rf"|{one_of(words('schools', 'chinese'))}(?![{CJK}]{{0,1}}方))"
    r"(?:（[^（）\n]{1,6}校?区?）|\([^()\n]{1,6}校?区?\))?"
)
_CAPITAL = r"[A-ZÀ-ÖØ-Þ][\w'’.-]{0,30}"
_ENGLISH = re.compile(
    rf"\b(?:[Tt]he )?University of (?:the )?{_CAPITAL}(?:(?: (?:at|of|and|in))? {_CAPITAL}){{0,4}}"
    rf"|\b(?:{_CAPITAL} (?:(?:of|the|and|for|de|di) ){{0,2}}){{1,5}}"
    r"(?:University|College|Academy|Polytechnic|Institute of Technology|School)\b"
    rf"(?: of (?:{_CAPITAL} ?(?:and )?){{1,4}}(?<! ))?"
    rf"|\b(?:{_CAPITAL} ){{1,4}}(?<!Design )(?<!Research )(?<!Engineering )Institute(?: of {_CAPITAL})?\b"
    rf"|\b(?:Universit(?:y|à|é|ät|at|ad|eit)|Universidade|Accademia|Politecnico|École|Ecole|Hochschule|Technische|Universidad) "
    rf"(?:(?:de|di|du|la) )?{_CAPITAL}(?: {_CAPITAL})?"
    rf"|\b(?:{table()['schools']['english']})\b(?! licen[cs]e| ?协议| ?许可)"
)


def hide_schools(line: str, word: str) -> tuple[str, int]:
    """Replace each school's name in the line by `word`; return the line and the count."""
    line, chinese = _CHINESE.subn(word, line)
    line, english = _ENGLISH.subn(word, line)
    return line, chinese + english
