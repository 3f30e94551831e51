"""Read words spelled in signs: ⒥⒜⒱⒜, ᴬᵂˢ, 🇯🇦🇻🇦. Alone these are the mark of an item, of a footnote, and half a flag."""

import re
import unicodedata


def _raised(*spans: tuple[int, int]) -> dict[str, str]:
    """Return raised Latin letters → the letters."""
    letters: dict[str, str] = {}
    for character in (chr(code) for first, last in spans for code in range(first, last + 1)):
        plain = unicodedata.normalize("NFKC", character)
        if unicodedata.decomposition(character).startswith("<super>") and plain.isascii() and plain.isalpha():
            letters[character] = plain
    return letters


def _alphabet(first: int, letter: str) -> dict[str, str]:
    return {chr(first + index): chr(ord(letter) + index) for index in range(26)}


_RAISED = _raised((0x2B0, 0x2E3), (0x1D2C, 0x1D61), (0x2071, 0x207F), (0x2C7D, 0x2C7D))
_BRACKETED = _alphabet(0x249C, "a") | _alphabet(0x1F110, "A")
_OF_FLAGS = _alphabet(0x1F1E6, "A")
LETTERS = _RAISED | _BRACKETED | _OF_FLAGS
"""The signs and their letters."""
_FLAGS = frozenset(
    """AC AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG
    CH CI CK CL CM CN CO CP CR CU CV CW CX CY CZ DE DG DJ DK DM DO DZ EA EC EE EG EH ER ES ET EU FI FJ FK FM FO FR GA GB GD GE GF GG
    GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU IC ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW
    KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL
    NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST
    SV SX SY SZ TA TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM UN US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM
    ZW""".split()
)
_RUN = re.compile(
    rf"[{''.join(_BRACKETED)}]{{2,}}|(?<!\w)[{''.join(_RAISED)}]{{2,}}(?!\w)|[{''.join(_OF_FLAGS)}]{{2,}}",
)


def in_letters(text: str) -> str:
    """Return the text with such words in letters. Linear."""
    return text if text.isascii() else _RUN.sub(lambda run: _spelled(run[0]) or run[0], text)


def signs_read(text: str) -> str:
    """Return the signs of the words that `in_letters` changes."""
    return "" if text.isascii() else "".join(run for run in _RUN.findall(text) if _spelled(run))


def _spelled(run: str) -> str:
    """Return a run of signs in letters, "" for flags."""
    word = "".join(LETTERS[sign] for sign in run)
    pairs = {word[start : start + 2] for start in range(0, len(word), 2)}
    return "" if run[0] in _OF_FLAGS and pairs <= _FLAGS else word
