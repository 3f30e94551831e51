"""Define character classes: Chinese characters, bullets, dots in names, ends of sentences; simplify characters, measure widths."""

import re
from functools import cache
from itertools import pairwise
from pathlib import Path

CJK = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Chinese characters, for use inside a character class: the basic block and its extensions, in which names like 𠮷野 and 㑇 are written."""

CHINESE_NUMERALS = "一二三四五六七八九十"

BULLETS = "•●○◎◉◦■□▪▫◆◇❖❑◻➢➤➣►▶▸‣⁃∙✓✔★☆※♦"
"""Signs that, at the start of a line, are nothing but bullets."""
LIST_MARKS = rf"\-–—－·*{BULLETS}"
"""Bullets, and what is one only before a space or in a list of its own: dashes, middle dots, stars. For use inside a character class."""

NAME_DOTS = "·•‧・"
"""Between the parts of names like 阿依古丽·买买提."""

SENTENCE_END = "。．！？；!?;"
"""Marks that end a sentence wherever they stand; a full stop does not (3.5, Node.js). For use inside a character class."""
ENGLISH_SENTENCE_END = re.compile(r"(?<=[a-z\d)\]%][.?!])\s+(?=[A-Z])")
"""The space between two English sentences."""

# Traditional characters with their simplified ones. 著, 乾 and the like, which are simplified characters too, stay.
_TRADITIONAL = Path(__file__).with_name("traditional.txt").read_text("utf-8").split()
# Words of the trade that differ by more than their characters, each as long as what is said elsewhere, so that places in a text stay true.
_TRADITIONAL_WORD_LIST = """
軟體=软件 硬體=硬件 韌體=固件 程式=程序 網路=网络 專案=项目 資訊=信息 數位=数字 螢幕=屏幕 行銷=营销 品質=质量 客製=定制 滑鼠=鼠标
資料庫=数据库 伺服器=服务器 資料結構=数据结构 資料分析=数据分析 資料科學=数据科学 資料工程=数据工程 資料處理=数据处理 資料探勘=数据挖掘
作業系統=操作系统 物件導向=面向对象 人工智慧=人工智能 效能優化=性能优化 效能調校=性能调优 效能測試=性能测试
"""
_TRADITIONAL_WORDS: dict[str, str] = {pair.partition("=")[0]: pair.partition("=")[2] for pair in _TRADITIONAL_WORD_LIST.split()}
_TRADITIONAL_WORD = re.compile("|".join(sorted(_TRADITIONAL_WORDS, key=len, reverse=True)))
_SIMPLIFIED = str.maketrans({pair[0]: pair[1] for pair in _TRADITIONAL})
_CJK = re.compile(f"[{CJK}]")
_WIDE = re.compile(r"[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\U0001f300-\U0003ffff]")


def has_cjk(text: str) -> bool:
    """Return whether a Chinese character stands anywhere in the text."""
    return _CJK.search(text) is not None


def is_cjk(character: str) -> bool:
    """Return whether this is one Chinese character; "" is none."""
    return _CJK.fullmatch(character) is not None


def is_chinese(text: str) -> bool:
    """Return whether a text is mostly Chinese: a tenth of its characters, as technologies and links are Latin in any language."""
    return 10 * len(_CJK.findall(text)) > len(text)


def simplified(text: str) -> str:
    """Return the text with traditional characters, and words of Taiwan's trades, as simplified ones; for comparing, no conversion.

    It is as long as it was.
    """
    if text.isascii():
        return text
    return _TRADITIONAL_WORD.sub(lambda word: _TRADITIONAL_WORDS[word[0]], text).translate(_SIMPLIFIED)


def in_either_script(word: str) -> str:
    """Return a pattern that matches a word in simplified and in traditional characters."""
    return "".join(f"[{character}{other}]" if (other := _traditional().get(character)) else re.escape(character) for character in word)


def width(text: str) -> int:
    """Return the width in half ems: two for a Chinese character or full-width mark, one for a letter."""
    return len(text) if text.isascii() else len(text) + len(_WIDE.findall(text))


def cut_behind(text: str, mark: re.Pattern[str]) -> list[str]:
    """Return the text cut behind each match of a pattern; "" is the last piece where it ends with one."""
    return [text[left:right] for left, right in pairwise([0, *(match.end() for match in mark.finditer(text)), len(text)])]


@cache
def _traditional() -> dict[str, str]:
    """Simplified character → its traditional forms."""
    forms: dict[str, str] = {}
    for traditional, simple in _TRADITIONAL:
        forms[simple] = forms.get(simple, "") + traditional
    return forms
