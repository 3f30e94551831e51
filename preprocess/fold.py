"""Replace look-alike characters by the usual ones and remove invisible ones. Knows no lines and no layout.

A model reads the result, so it is not NFKC, which would also turn 10² into 102 and Chinese punctuation into ASCII. Folding comes before
every other step: nothing removed here can later join two halves of something.
"""

import re
import unicodedata
from collections import Counter
from functools import lru_cache

from preprocess.document import Note
from preprocess.lexicon.characters import CJK
from preprocess.lexicon.letter_signs import LETTERS, in_letters, signs_read

_QUOTE = 20  # different characters that a note shows
_CHINESE_PUNCTUATION = "，：；（）！？～｜"  # in the full-width block, but at home in Chinese text
_SIGNS_BETWEEN = "／＋＆＝％＜＞［］"  # at home only between Chinese characters: 本科／硕士, but C＋＋
_FOLDED_SIGN = re.compile(
    rf"(?<![{CJK}])[{_SIGNS_BETWEEN}]|[{_SIGNS_BETWEEN}](?![{CJK}])|(?<=[A-Za-z])－(?=[A-Za-z])|^ *－(?= )"
    r"|(?<=[A-Za-z])．|(?<=\d)．(?=[\dA-Za-z])|^ *[(（\[]?\d{1,3}．",
    re.MULTILINE,
)
"""A full-width sign of Latin text; "－" is one between letters (ｅ－ｍａｉｌ), and a bullet at the start of a line; "．" is one
in numbers, behind letters, and behind the number of an item."""
_LIGATURES: dict[str, str] = {
    **dict(zip("ﬀﬁﬂﬃﬄﬅﬆ", ("ff", "fi", "fl", "ffi", "ffl", "st", "st"), strict=True)),
    "⸺": "——",  # one sign in Chinese fonts, which browsers say for two
}
# Unicode's EquivalentUnifiedIdeograph for the CJK Radicals Supplement, as far as the equivalent is in the basic plane.
_RADICALS = """
⺁厂 ⺂乛 ⺃乚 ⺄乙 ⺅亻 ⺆冂 ⺈刀 ⺉刂 ⺊卜 ⺋㔾 ⺌小 ⺍小 ⺎兀 ⺏尣 ⺐尢 ⺒巳 ⺓幺 ⺔彑 ⺖忄 ⺗心 ⺘扌 ⺙攵 ⺛旡 ⺜日 ⺝月 ⺞歺 ⺟母 ⺠民
⺡氵 ⺢氺 ⺣灬 ⺤爫 ⺥爫 ⺦丬 ⺧牛 ⺨犭 ⺩王 ⺫目 ⺬示 ⺭礻 ⺯糹 ⺰纟 ⺱罓 ⺲罒 ⺳㓁 ⺴冗 ⺶羊 ⺹耂 ⺺肀 ⺻聿 ⺼肉 ⺾艹 ⺿艹 ⻀艹 ⻁虎 ⻂衤
⻃覀 ⻄西 ⻅见 ⻆角 ⻈讠 ⻉贝 ⻋车 ⻌辶 ⻍辶 ⻎辶 ⻏邑 ⻐钅 ⻑長 ⻒镸 ⻓长 ⻔门 ⻖阝 ⻗雨 ⻘青 ⻙韦 ⻚页 ⻛风 ⻜飞 ⻝食 ⻟飠 ⻠饣 ⻢马 ⻣骨
⻤鬼 ⻥鱼 ⻦鸟 ⻧卤 ⻨麦 ⻩黄 ⻪黾 ⻫斉 ⻬齐 ⻭歯 ⻮齿 ⻯竜 ⻰龙 ⻱龜 ⻲亀 ⻳龟
"""


def _half_width(character: str) -> str:
    return chr(ord(character) - 0xFEE0)


def _code_points(*spans: tuple[int, int]) -> str:
    return "".join(chr(code) for first, last in spans for code in range(first, last + 1))


_SHAPES = ("<font>", "<initial>", "<medial>", "<final>", "<isolated>")  # Unicode's kinds of letters that are others in a fixed shape
_FRAMES = ("<circle>", "<square>")
_SMALL_CAPITAL = "LATIN LETTER SMALL CAPITAL "


def _shaped_letters() -> dict[str, str]:
    """Return mathematical, framed, small-capital and Arabic presentation letters → the letters that they are."""
    framed = [(chr(first + index), chr(ord("A") + index)) for first in (0x1F150, 0x1F170) for index in range(26)]
    spans = [(0x250, 0x2AF), (0x1D00, 0x1D22), (0x2100, 0x2138), (0x213A, 0x214F), (0x24B6, 0x24E9), (0xA730, 0xA731)]  # 2139: an icon
    letters = dict(framed)  # white on black, which Unicode does not decompose
    for character in _code_points(*spans, (0xFB21, 0xFEFC), (0x1D400, 0x1D7FF), (0x1F130, 0x1F149)):
        letters |= _shaped_letter(character)
    return letters


def _shaped_letter(character: str) -> dict[str, str]:
    kind, plain = unicodedata.decomposition(character).split(" ")[0], unicodedata.normalize("NFKC", character)
    name = unicodedata.name(character, "")
    if name.startswith(_SMALL_CAPITAL) and len(name) == len(_SMALL_CAPITAL) + 1:
        return {character: name[-1]}
    is_plain = " " not in plain if kind in _SHAPES else kind in _FRAMES and len(plain) == 1 and plain.isascii()
    return {character: plain} if is_plain else {}


_REPLACEMENTS: dict[str, dict[str, str]] = {
    "bidi_removed": dict.fromkeys(_code_points((0x61C, 0x61C), (0x200E, 0x200F), (0x202A, 0x202E), (0x2066, 0x2069)), ""),
    "invisible_removed": dict.fromkeys(
        _code_points((0xAD, 0xAD), (0x34F, 0x34F), (0x180B, 0x180E), (0x200B, 0x200D), (0x2060, 0x2065), (0x206A, 0x206F))
        + _code_points((0xFE00, 0xFE0F), (0xFEFF, 0xFEFF), (0xFFF9, 0xFFFB), (0x1D173, 0x1D17A), (0xE0000, 0xE0FFF)),
        "",
    ),
    "control_removed": dict.fromkeys(
        _code_points((0, 8), (0xE, 0x1F), (0x7F, 0x84), (0x86, 0x9F), (0xFDD0, 0xFDEF))
        + "".join(chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF)),
        "",
    ),
    "surrogate_replaced": dict.fromkeys(_code_points((0xD800, 0xDFFF)), "\N{REPLACEMENT CHARACTER}"),
    "full_width_folded": {
        character: _half_width(character) for character in _code_points((0xFF01, 0xFF5E)) if character not in _CHINESE_PUNCTUATION
    },
    "radical_folded": {character: unicodedata.normalize("NFKC", character) for character in _code_points((0x2F00, 0x2FD5))}
    | {pair[0]: pair[1] for pair in _RADICALS.split()}
    | {"⼾": "户", "㬵": "胶"},  # 戶 by the standard, but simplified fonts, in which these have one shape, put them into PDFs
    "ligature_folded": _LIGATURES,
    "letter_shape_folded": _shaped_letters(),
    # Of those that are drawn as short as a hyphen; a dash remains one. Fonts draw the figure dash as the en dash: browsers say it for that.
    "hyphen_folded": dict.fromkeys("\u02d7\u2010\u2011\u2212\ufe63", "-") | {"\u2012": "–"},
    # Private use: symbol fonts put their bullets and icons there, each with a meaning of its own.
    "symbol_font_bullet": dict.fromkeys(_code_points((0xE000, 0xF8FF)), "•"),
}
_SPACES = dict.fromkeys(_code_points((0xA0, 0xA0), (0x1680, 0x1680), (0x2000, 0x200A)) + "\u202f\u205f\u2800\u3000\u3164\uffa0", " ")
_SPACES |= {"\t": "  "} | dict.fromkeys("\r\v\f\x85\u2028\u2029", "\n")
_FURTHER_PRIVATE = re.compile("[\U000f0000-\U000ffffd\U00100000-\U0010fffd]")
_SOFT_DASH = re.compile("(?<=[0-9])\xad(?=[0-9])|(?<=[ \t\xa0])\xad(?=[ \t\xa0])")
"""A soft hyphen that parts no word: programs show it as the dash that it is."""
_SIGNS = _SIGNS_BETWEEN + "－．"
_TABLE = str.maketrans(
    _SPACES | {before: after for kind in _REPLACEMENTS.values() for before, after in kind.items() if before not in _SIGNS}
)


def fold(text: str) -> str:
    """Return the text in usual characters, composed (NFC). Idempotent, linear.

    Line ends become a line feed, other white space a space (a tab two: it separates cells).
    """
    translated = in_letters(_whole_characters(text).replace("\r\n", "\n").translate(_TABLE))
    return unicodedata.normalize("NFC", _FOLDED_SIGN.sub(lambda sign: sign[0][:-1] + _half_width(sign[0][-1]), translated))


@lru_cache(maxsize=4)  # a resume is folded for its person and for the screening; no more texts stay in memory
def folded_resume(text: str) -> str:
    """Return `fold` of a whole resume, which several steps ask for."""
    return fold(text)


def fold_notes(text: str, page: int | None = None) -> list[Note]:
    """Return a note for each kind of change that `fold` makes beyond white space, quoting the characters."""
    whole = _whole_characters(text)
    spelled = Counter(signs_read(whole.translate(_TABLE)))
    counts = Counter({**Counter(whole), **spelled})
    if not counts.keys().isdisjoint(_SIGNS):
        counts -= Counter(character for character in fold(text) if character in _SIGNS)
    shapes = _REPLACEMENTS["letter_shape_folded"] | {sign: LETTERS[sign] for sign in spelled}
    notes = []
    for code, replacements in (_REPLACEMENTS | {"letter_shape_folded": shapes}).items():
        changed = [character for character in counts if character in replacements]
        if changed:
            is_visible = code not in ("bidi_removed", "invisible_removed", "control_removed", "surrogate_replaced")
            before = (
                "".join(changed[:_QUOTE]) if is_visible else " ".join(f"U+{ord(character):04X}" for character in sorted(changed)[:_QUOTE])
            )
            after = "".join(dict.fromkeys(replacements[character] for character in changed[:_QUOTE]))
            notes.append(Note(code, page, before, after, sum(counts[character] for character in changed)))
    return notes


def _whole_characters(text: str) -> str:
    """Join surrogate pairs (as some converters write emoji) into the character they encode.

    Private characters of all planes are alike, and a soft hyphen that is a dash is one that is folded to it.
    """
    if text.isascii():
        return text
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
    return _FURTHER_PRIVATE.sub("\ue000", _SOFT_DASH.sub("\u2010", whole))
