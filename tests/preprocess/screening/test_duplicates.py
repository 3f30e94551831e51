"""Duplicates: copies with another name are found, different people with one template are not, and time grows with the pile only."""

import random
import re
import zlib
from collections.abc import Sequence

import numpy as np
import pytest

from preprocess.screening import duplicates as duplicates_module
from preprocess.screening.duplicates import MIN_SIMILARITY, MIN_WORDS, duplicates
from preprocess.screening.shingles import MAX_SHINGLES, RUN
from tests.growth.clock import is_linear, thread_seconds

PROJECTS = """
用 {0} 重写订单结算服务，日均处理 {1} 万单，P99 从 {2} 毫秒降到 {3} 毫秒
带领 {3} 人小组完成 {0} 数据平台迁移，历时 {2} 天，零数据丢失
为客服团队搭建 {0} 问答机器人，{1}% 的问题不再需要人工
主导机房搬迁，{2} 台服务器分 {3} 批切换，期间 {0} 服务未中断
设计库存预警规则，缺货率下降 {3}%，用 {0} 输出日报
重构移动端首页，安装包减小 {3}MB，{0} 编译时间缩短 {2} 秒
制定测试规范，自动化用例增加到 {2} 条，覆盖 {0} 全部接口
把离线报表改成实时看板，{0} 作业延迟 {3} 秒，服务 {1} 名运营人员
与财务协作上线对账系统，{0} 实现，每月节省 {2} 人时
为 {1} 家门店部署收银终端，{0} 网关支撑峰值 {2} 次每秒
撰写 {0} 培训教材 {3} 篇，新员工上手时间由 {2} 天缩短
优化搜索召回，{0} 索引体积减少 {3}%，点击率提升 {2} 个基点
""".strip().split("\n")
TECHNOLOGIES = "Java Go Python Rust Kafka Flink Spark Redis MySQL React Vue Kubernetes Hive Airflow Netty gRPC".split()
PLACES = "青杉科技 白鹭软件 云汀网络 南屿数据 禾木信息 远岫智能 石榴互娱 沧浪出行 北堂医疗 九歌教育".split()
NAMES = "林知远 周若溪 陈屿安 苏明澈 许嘉木 沈听澜 何以宁 顾长风 叶舒然 江照晚".split()


def person(seed: int) -> str:
    """Return a resume in a template that everybody uses: the same headings and phrases around another life."""
    order = random.Random(seed)
    lines = [order.choice(NAMES), f"电话：138{seed:08d}", f"邮箱：mail{seed}@example.com", "求职意向：高级开发工程师", "工作经历"]
    for year in (2015, 2018, 2021):
        lines.append(f"{year}.03-{year + 3}.02 {order.choice(PLACES)} 开发工程师")
        for project in order.sample(PROJECTS, 3):
            lines.append("- " + project.format(order.choice(TECHNOLOGIES), *(order.randrange(3, 900) for _ in range(3))))
    lines += [
        "专业技能",
        "、".join(order.sample(TECHNOLOGIES, 6)),
        "教育背景",
        f"{order.choice('江河湖海山川')}城理工大学 本科",
        "自我评价",
    ]
    lines.append("工作认真负责，学习能力强，有良好的沟通能力与团队合作精神，能够承受较大的工作压力。")
    return "\n".join(lines)


def edited(text: str, seed: int) -> str:
    """Edit a resume as somebody does who passes it off as another one: new name and contact data, a few other words, lines swapped."""
    order = random.Random(seed)
    text = re.sub(r"138\d+", f"139{seed:08d}", text).replace("example.com", "example.org").replace("开发工程师", "软件工程师")
    lines = [order.choice("赵钱孙李") + "小" + order.choice("明红刚丽"), *text.split("\n")[1:]]
    lines[7], lines[8] = lines[8], lines[7]
    return "\n".join(lines).replace("，", ",").replace("工作认真负责", "做事踏实")


def test_an_edited_copy_is_found_and_points_to_the_original():
    originals = [person(seed) for seed in range(30)]
    assert duplicates(originals + [edited(text, seed) for seed, text in enumerate(originals)]) == [None] * 30 + list(range(30))


def test_different_people_with_one_template_are_not_duplicates():
    assert duplicates([person(seed) for seed in range(200)]) == [None] * 200


def test_case_spaces_punctuation_and_contact_data_make_no_difference():
    text = "Maya Lind\nPhone: +49 170 1234567\nmaya@example.com\nBuilt payment services in Go; led a team of 4."
    same = "MAYA LIND  phone: 0171 7654321\nlind@example.org\nBuilt payment services in Go - led a team of 4"
    assert duplicates([text, "another text", same]) == [None, None, 0]


def test_several_copies_all_point_to_the_first():
    text = person(1)
    assert duplicates([person(2), text, edited(text, 5), text, edited(text, 6)]) == [None, None, 1, 1, 1]


def test_a_text_with_half_of_another_one_in_it_is_none():
    first, second = person(1).split("\n"), person(2).split("\n")
    assert duplicates(["\n".join(first), "\n".join(first[:10] + second[10:])]) == [None, None]


def test_short_texts_are_duplicates_only_when_equal():
    assert duplicates(["张三，5年Python后端", "李四，5年Python后端", "张三,5年 python 后端"]) == [None, None, 0]


def test_texts_without_a_word_are_no_duplicates_of_each_other():
    assert duplicates(["", "……", "", "!?"]) == [None] * 4
    assert duplicates([]) == []


@pytest.mark.growth
def test_two_hundred_resumes_take_no_more_than_four_times_fifty():
    texts = [person(seed) * 2 for seed in range(200)]
    assert is_linear(lambda count: thread_seconds(lambda: duplicates(texts[:count])), 50)


def test_long_texts_are_compared_by_a_sample_of_bounded_size():
    long = "\n".join(person(seed) for seed in range(300))
    other = "\n".join(person(seed) for seed in range(300, 600))
    assert len(long) > 100_000
    assert duplicates([long, other, edited(long, 1)]) == [None, None, 0]


CONTACT = re.compile(r"[^\s@]{1,64}+@\S+|(?:https?://|www\.)\S+|\+?\d[\d\s()-]{6,}\d|\d{4}[-./年]\d{1,2}[月]?")
WORD = re.compile(r"[^\W_\u3400-\u9fff]+|[\u3400-\u9fff]")


def duplicates_of_all_pairs(texts: Sequence[str]) -> list[int | None]:
    """Compare every text with every earlier one, word by word: what `duplicates` must find without doing that."""
    words = [WORD.findall(CONTACT.sub(" ", text.casefold())) for text in texts]
    sets = []
    for word in words:
        hashes = [zlib.crc32(" ".join(word[start : start + RUN]).encode("utf-8", "surrogatepass")) for start in range(len(word) - RUN + 1)]
        sets.append(set(sorted(set(hashes))[:MAX_SHINGLES]))

    def repeats(later: int, earlier: int) -> bool:
        if words[later] == words[earlier]:
            return bool(words[later])
        if min(len(words[later]), len(words[earlier])) < MIN_WORDS:
            return False
        return len(sets[later] & sets[earlier]) / max(1, len(sets[later] | sets[earlier])) >= MIN_SIMILARITY

    return [next((earlier for earlier in range(later) if repeats(later, earlier)), None) for later in range(len(texts))]


def mixed(first: str, second: str, order: random.Random) -> str:
    """Return so many lines of one text and the rest of the other: similarities from none to all."""
    lines = first.split("\n")
    return "\n".join([*lines[: order.randrange(len(lines))], *second.split("\n")[order.randrange(20) :]])


def form(order: random.Random) -> str:
    """Return a company's form, long and the same for everybody, around a few words or many of one's own."""
    own = "".join(chr(order.randrange(0x4E00, 0x9000)) for _ in range(order.randrange(20, 900)))
    return "\n".join([person(1), own, person(2)])


def ordinary_pile(seed: int) -> list[str]:
    order = random.Random(seed)
    people = [person(number) for number in range(40)]
    pile = people + [edited(order.choice(people), number) for number in range(20)]
    pile += [mixed(order.choice(people), order.choice(people), order) for _ in range(30)]
    pile += ["", "张三，5年Python后端", "Ｅmoji 😀 𠀀𠀁 _x_ naïve STRASSE straße", "a@b.example", order.choice(people)]
    pile += [order.choice(pile).upper() for _ in range(5)]
    order.shuffle(pile)
    return pile


@pytest.mark.parametrize("seed", range(6))
def test_the_answers_are_those_of_comparing_all_pairs(seed):
    pile = ordinary_pile(seed)
    answers = duplicates(pile)
    assert answers == duplicates_of_all_pairs(pile)
    assert sum(answer is not None for answer in answers) > 20


def test_they_are_in_a_pile_of_one_form_and_in_one_of_copies_too():
    order = random.Random(1)
    forms = [form(order) for _ in range(60)]
    assert duplicates(forms) == duplicates_of_all_pairs(forms)
    assert 5 < sum(answer is not None for answer in duplicates(forms)) < 55
    copies = [edited(person(number % 3), number) for number in range(60)]
    assert duplicates(copies) == duplicates_of_all_pairs(copies)


@pytest.mark.parametrize("kind", ["all alike", "one form", "people"])
def test_so_many_pairs_are_compared_that_a_pile_of_twice_the_size_takes_twice_the_time(monkeypatch, kind):
    compared = []
    is_similar = duplicates_module._is_similar

    def counted(first: np.ndarray, second: np.ndarray) -> bool:
        compared.append(1)
        return is_similar(first, second)

    monkeypatch.setattr(duplicates_module, "_is_similar", counted)
    order = random.Random(2)
    make = {"all alike": lambda n: edited(person(1), n), "one form": lambda n: form(order), "people": person}[kind]
    pile = [make(number) for number in range(800)]
    duplicates(pile)
    assert len(compared) <= 800 * (1 if kind == "all alike" else 50)
