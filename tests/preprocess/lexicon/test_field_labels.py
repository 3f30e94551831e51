"""Every label of the table in every form that resumes give it; words that are no labels."""

import re

import pytest

from preprocess.blind.facts import remove_facts
from preprocess.lexicon.characters import has_cjk
from preprocess.lexicon.field_labels import field_labels, label_key, label_kind, label_pattern, labels_of, personal_kinds
from tests.each import each
from tests.preprocess.lexicon.scripts import traditional

LABELS = [(label, kind) for kind in sorted(set(field_labels().values())) for label in labels_of(kind)]
VALUES = {"gender": "男", "age": "28", "birth": "1995-05", "identity": "110101199505030011", "contact": "13800000000", "photo": "无"}


@each("form", ["{}", "{}：", "{}:", " {} ：", "【{}】", "[{}]", "* {}", "（{}）"])
def test_every_label(form: str) -> None:
    written = [*LABELS, *((label.upper(), kind) for label, kind in LABELS)]
    assert [label for label, kind in written if label_kind(form.format(label)) != kind] == []


@pytest.mark.parametrize("between", [" ", "    ", "\u3000"])
def test_spaced_labels(between: str) -> None:
    assert [label for label, kind in LABELS if has_cjk(label) and label_kind(between.join(label)) != kind] == []


def test_traditional_labels() -> None:
    written = {traditional(label): kind for label, kind in LABELS}
    assert {"姓名", "性別", "電話", "電子郵件", "出生年月", "聯絡電話", "國籍", "身份證號", "學歷"} <= written.keys()
    assert {label: label_kind(label) for label in written} == written


NO_LABELS = [
    "",
    "：",
    "张三",
    "姓名张三",
    "性别：男",
    "电话会议",
    "手机银行",
    "我的地址",
    "Namespace",
    "agent",
    "e",
    "Email marketing",
    "电话" * 40,
]


@each("text", NO_LABELS)
def test_no_labels(text: str) -> None:
    assert label_kind(text) is None


def test_each_label_stands_once() -> None:
    written = [label.lower() for label, _ in LABELS]
    assert sorted(label for label in set(written) if written.count(label) > 1) == []
    assert len(written) > 250
    kinds = {}
    for label, kind in LABELS:
        assert kinds.setdefault(label_key(label), kind) == kind


def test_patterns_match_every_label_in_either_script_and_no_part_of_a_word() -> None:
    for kind in sorted(set(field_labels().values())):
        pattern = re.compile(rf"{label_pattern(kind)}\s?[:：]", re.IGNORECASE)
        for label in labels_of(kind):
            assert all(map(pattern.fullmatch, (f"{label}：", f"{traditional(label)}:", f"{label.upper()} :")))
        assert not pattern.search("filename: x, bigfax: 3, voicemail")
    assert re.fullmatch(label_pattern("name"), "姓    名")


@each("kind", sorted(personal_kinds() - {"name"}))
def test_blind_mode_leaves_out_every_personal_field(kind: str) -> None:
    for label in [*labels_of(kind), *map(traditional, filter(has_cjk, labels_of(kind)))]:
        line = f"{label}：{VALUES.get(kind, '某某')}"
        assert remove_facts(f"张三\n{line}\n工作经历\n云图")[0] == "张三\n工作经历\n云图", line
