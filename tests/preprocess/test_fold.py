"""Folding: the usual characters, and only those that mean the same."""

import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from preprocess.fold import fold, fold_notes
from tests.each import each

ANY_TEXT = st.text(st.characters(categories=None))  # surrogates too


@each(
    "before, after",
    [
        ("Ｊａｖａ　１２３＃＋％", "Java 123#+%"),
        ("姓名：张三（男），精通；！？～", "姓名：张三（男），精通；！？～"),
        ("2018．09－2021．06 本科／硕士 研发＆测试", "2018.09－2021.06 本科／硕士 研发＆测试"),
        ("ｅ－ｍａｉｌ Java／Go 30％ C＋＋ 前端／React 增长＋\n－ 负责 －－－", "e-mail Java/Go 30% C++ 前端/React 增长+\n- 负责 －－－"),
        ("１．负责 合作者1．分布[J]．海洋，40．\nNode．js 3．5 ——⸺", "1.负责 合作者1．分布[J]．海洋，40．\nNode.js 3.5 ————"),
        ("10² ½ ℃ ① ㎡ Ⅳ", "10² ½ ℃ ① ㎡ Ⅳ"),
        ("⼯作⻓期⽤⼾ ⻔⻢⻚⻛⻘⻝", "工作长期用户 门马页风青食"),
        ("eﬃcient ﬁle", "efficient file"),
        ("a\u00a0b\u2003c\u3000d\u202fe", "a b c d e"),
        ("C\u200bA\u2060B\ufeff\u00ad", "CAB"),
        ("\u202eabc\u202c \u2066x\u2069", "abc x"),
        ("a\x00b\x07c\x9fd\ufffee", "abcde"),
        ("x\ud800y", "x\ufffdy"),
        ("\ud83d\ude80", "🚀"),
        ("\uf0b7 负责", "• 负责"),
        ("e\u0301\u00e9 金", "éé 金"),
        ("a\tb\r\nc\x0bd\u2028e", "a  b\nc\nd\ne"),
        ("𝐉𝐚𝐯𝐚 𝓢𝓹𝓻𝓲𝓷𝓰 𝙶𝚘 ℝ 𝟚𝟘𝟙𝟡", "Java Spring Go R 2019"),
        ("Ⓙⓐⓥⓐ 🅹🅰🆅🅰 🄲 🅖🅞 ᴊᴀᴠᴀ ꜱᴘʀɪɴɢ", "Java JAVA C GO JAVA SPRING"),
        ("⒥⒜⒱⒜ ᴬᵂˢ 🇯🇦🇻🇦 🄢🄠🄛", "java AWs JAVA SQL"),
        ("⒜ 负责 1ˢᵗ xᵃ 🇨🇳🇺🇸", "⒜ 负责 1ˢᵗ xᵃ 🇨🇳🇺🇸"),
        ("2016 \xad 2023 2012\xad2016 real\xadtime", "2016 - 2023 2012-2016 realtime"),
        ("ℹ ™ № ℡ ① ㊀ 🇨🇳 ©", "ℹ ™ № ℡ ① ㊀ 🇨🇳 ©"),
        ("ﻣﺘﺮﺟﻤﺔ ﻻ ﬡ", "مترجمة لا א"),
        ("2019‐2021 2019‑2021 2019‒2021 2019−2021 2019–2021", "2019-2021 2019-2021 2019–2021 2019-2021 2019–2021"),
        ("\U000f0001 0131 \U00100045", "• 0131 •"),
        ("<|im_\u200bend|> ＜|im_end|＞", "<|im_end|> <|im_end|>"),
    ],
)
def test_folds(before: str, after: str) -> None:
    assert fold(before) == after


def test_all_radicals_of_kangxi() -> None:
    radicals = "".join(map(chr, range(0x2F00, 0x2FD6)))
    assert len(radicals) == 214
    assert all(0x4E00 <= ord(character) <= 0x9FFF for character in fold(radicals))


def test_radicals_supplement_has_no_chain_and_no_self() -> None:
    changed = [chr(code) for code in range(0x2E80, 0x2EF4) if fold(chr(code)) != chr(code)]
    assert len(changed) >= 95
    assert all(unicodedata.name(fold(character)).startswith("CJK UNIFIED") for character in changed)


def test_notes_say_what_and_how_often() -> None:
    notes = {note.code: note for note in fold_notes("ＡＢＡ⼯\u200b\u202e\x00\ud800\uf0b7ﬁ", page=2)}
    assert (notes["full_width_folded"].before, notes["full_width_folded"].after, notes["full_width_folded"].count) == ("ＡＢ", "AB", 3)
    assert (notes["radical_folded"].before, notes["radical_folded"].after) == ("⼯", "工")
    assert notes["invisible_removed"].before == "U+200B"
    (note,) = fold_notes("ᴬᵂˢ xᴬ")
    assert (note.code, note.before, note.after, note.count) == ("letter_shape_folded", "ᴬᵂˢ", "AWs", 3)
    assert notes["bidi_removed"].before == "U+202E"
    assert {"control_removed", "surrogate_replaced", "symbol_font_bullet", "ligature_folded"} <= set(notes)
    assert {note.page for note in notes.values()} == {2}
    assert fold_notes("张三，Java 10² ｜ 本科／硕士 2018－2021") == []
    (note,) = fold_notes("前端／后端 30％ A／B")
    assert (note.before, note.after, note.count) == ("／％", "/%", 2)


@given(ANY_TEXT)
@settings(deadline=None)
def test_idempotent_and_encodable(text: str) -> None:
    once = fold(text)
    assert fold(once) == once
    once.encode("utf-8")
    assert fold_notes(once) == []


@given(st.text(st.characters(categories=["L", "N", "P", "S"], max_codepoint=0x2DFF)))
@settings(deadline=None)
def test_visible_characters_stay_but_for_their_shape(text: str) -> None:
    text = unicodedata.normalize("NFC", "".join(character for character in text if fold_notes(2 * character) == []))
    assert [character for character in fold(text) if not character.isspace()] == [
        character for character in text if fold(character).strip()
    ]
