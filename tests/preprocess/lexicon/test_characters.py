"""Chinese characters of every block that names are written in; widths; marks that may stand together in a class."""

import re

import pytest

from preprocess.blind.facts import remove_facts
from preprocess.cleaning.wraps import starts_item
from preprocess.lexicon.characters import (
    BULLETS,
    ENGLISH_SENTENCE_END,
    LIST_MARKS,
    NAME_DOTS,
    SENTENCE_END,
    has_cjk,
    is_cjk,
    simplified,
    width,
)
from preprocess.pasted import split
from reranker.evidence.requirements import split_job
from reranker.evidence.resume_text.lines import read_lines
from tests.each import each


@each("character", ["一", "鿿", "㐀", "㑇", "䶿", "豈", "﨑", "𠀀", "𠮷", "𪚥", "𫖯", "𬱖", "𮯠", "𰻝"])
def test_chinese_characters_of_all_blocks(character: str) -> None:
    assert is_cjk(character) and has_cjk(f"a{character}b")


@each("character", ["", "a", "7", "，", "。", "・", "〇", "あ", "カ", "한", "䷀", "😀", "Ａ", "一二"])
def test_everything_else_is_no_chinese_character(character: str) -> None:
    assert not is_cjk(character)


def test_a_text_has_chinese_characters_or_not() -> None:
    assert not has_cjk("Résumé, 2019 – 2023。カタカナ")


@pytest.mark.parametrize(("text", "expected"), [("", 0), ("Go 1.21", 7), ("精通Go", 6), ("𠮷野，", 6), ("é–", 2), ("한글", 4), ("ﬁ", 1)])
def test_width(text: str, expected: int) -> None:
    assert width(text) == expected


@pytest.mark.parametrize("marks", [BULLETS, LIST_MARKS, NAME_DOTS, SENTENCE_END])
def test_every_piece_makes_a_character_class(marks: str) -> None:
    assert re.fullmatch(f"[{marks}]+", marks.replace("\\", "")[-1])
    assert re.search(f"[{marks}]", "abc 123 .,:/()") is None


def test_no_bullet_is_listed_twice_or_ends_a_sentence() -> None:
    assert len(set(BULLETS)) == len(BULLETS)
    assert not set(BULLETS) & set(SENTENCE_END + "-–—·*")


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        (
            "Ran it. Wrote Go 1.21 code. Cut cost by 5%. Why? Because",
            ["Ran it.", "Wrote Go 1.21 code.", "Cut cost by 5%.", "Why?", "Because"],
        ),
        ("Used Node.js and asp.net core, e.g. for a shop", ["Used Node.js and asp.net core, e.g. for a shop"]),
    ],
)
def test_english_sentences(text: str, sentences: list[str]) -> None:
    assert ENGLISH_SENTENCE_END.split(text) == sentences


@each("bullet", [*BULLETS, "-", "–", "—", "·", "*"])
def test_every_bullet_is_one_to_all_who_look_for_bullets(bullet: str) -> None:
    text = f"{bullet} 熟悉 Java 后端开发"
    assert starts_item(text)
    assert read_lines(text).lines == ["熟悉 Java 后端开发"]
    assert [requirement.text for requirement in split_job(text)] == ["熟悉 Java 后端开发"]
    assert split(f"{bullet} 张三\n" + "后端" * 60)[0][0] == "张三"
    assert remove_facts(f"张三\n{bullet} 男\n{bullet} 28岁\n工作经历")[0] == "张三\n工作经历"


@each(
    "traditional, simple",
    [
        ("負責訂單系統的開發與效能優化", "负责订单系统的开发与性能优化"),
        ("帶領團隊完成資料庫遷移", "带领团队完成数据库迁移"),
        ("軟體工程師，熟悉網路程式與伺服器", "软件工程师，熟悉网络程序与服务器"),
        ("人工智慧專案、雲端作業系統", "人工智能项目、云端操作系统"),
        ("餐廳廚師，擅長點心與燉湯", "餐厅厨师，擅长点心与炖汤"),
        ("護理師，執行靜脈注射及傷口縫合", "护理师，执行静脉注射及伤口缝合"),
        ("說明綫上羣組的産品，爲衞生處錄用", "说明线上群组的产品，为卫生处录用"),
        ("説明峯會的喫住，鋭意閲讀", "说明峰会的吃住，锐意阅读"),
        ("著名的乾隆年間、資料整理", "著名的乾隆年间、资料整理"),
    ],
)
def test_traditional_texts_are_compared_with_simplified_ones(traditional: str, simple: str) -> None:
    assert simplified(traditional) == simple
    assert len(simplified(traditional)) == len(traditional)
    assert simplified(simple) == simple
