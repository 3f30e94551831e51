"""Tech names: what must match, what must not, and what holds for every text."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from preprocess.tech_stack import categories, find_skills, normalise

NAMES = [(canonical, aliases) for names in categories().values() for canonical, aliases in names.items()]

REWRITTEN = [
    ("熟悉ReactJS开发", "熟悉React开发"),
    ("熟悉 React.js、Vue.js 和 Node.js", "熟悉 React、Vue 和 Node.js"),
    ("React framework, TypeScript", "React, TypeScript"),
    ("使用React框架开发", "使用React开发"),
    ("精通springboot和mysql", "精通Spring Boot和MySQL"),
    ("k8s集群运维", "Kubernetes集群运维"),
    ("Kubernetes(k8s) 部署", "Kubernetes 部署"),
    ("Kubernetes（K8s）部署", "Kubernetes部署"),
    ("Postgres 与 redis", "PostgreSQL 与 Redis"),
    ("python3 / pytorch", "Python3 / PyTorch"),
    ("sklearn, numpy", "scikit-learn, NumPy"),
    ("熟悉Golang、Java", "熟悉Go、Java"),
    ("JAVASCRIPT", "JavaScript"),
    ("部署在阿里云上", "部署在阿里云上"),
]
UNTOUCHED = [
    "毕业于 Google 训练营，擅长 Good design",
    "Ready to go to market, let it go",
    "HR 与 R&D 部门协作",
    "公司完成 C 轮融资，面向 C端 用户",
    "B2C 电商，CEO 直接汇报，Vitamin C",
    "访问 www.example.net 和 https://github.com/react/react-native-demo",
    "邮箱 node@vue.com",
    "the React-ion of customers; we react quickly to change",
    "Spring Festival 2020 and the rest of us express our thanks",
    "NodePort 与节点管理",
    "SWIFT 汇款 payment",
    "负责销售目标的制定",
]
FOUND = [
    ("熟练使用 C、C++、C#、Go 开发", ["C", "C++", "C#", "Go"]),
    ("语言：R、Python", ["R", "Python"]),
    ("Languages: Go, Java, C", ["Go", "Java", "C"]),
    ("5年 Go 语言开发经验", ["Go"]),
    ("C语言基础扎实", ["C"]),
    ("Vue3 + TypeScript", ["Vue", "TypeScript"]),
    ("Java8、MySQL8.0", ["Java", "MySQL"]),
    ("React Native 与 React", ["React Native", "React"]),
    ("Spring Cloud / Spring Boot", ["Spring Cloud", "Spring Boot"]),
    ("张三Java工程师", ["Java"]),
    ("ASP.NET Core and .NET", ["ASP.NET Core", ".NET"]),
    ("Spark、Hive、Flink", ["Spark", "Hive", "Flink"]),
    ("JavaScript", ["JavaScript"]),
    ("MySQL", ["MySQL"]),
    ("熟悉微服务架构", ["微服务"]),
]


@pytest.mark.parametrize(("text", "expected"), REWRITTEN)
def test_an_alias_becomes_its_canonical_name(text, expected):
    assert normalise(text)[0] == expected


@pytest.mark.parametrize("text", UNTOUCHED)
def test_ordinary_words_and_addresses_are_left_alone(text):
    assert normalise(text) == (text, ())
    assert find_skills(text) == []


@pytest.mark.parametrize(("text", "expected"), FOUND)
def test_the_technologies_of_a_text(text, expected):
    mentions = find_skills(text)
    assert [mention.canonical for mention in mentions] == expected
    assert all(text[mention.start : mention.end] == mention.text for mention in mentions)


def test_it_shows_what_it_changed():
    text, notes = normalise("ReactJS 和 ReactJS 以及 k8s")
    assert text == "React 和 React 以及 Kubernetes"
    assert [(note.code, note.before, note.after, note.count) for note in notes] == [
        ("tech_name", "ReactJS", "React", 2),
        ("tech_name", "k8s", "Kubernetes", 1),
    ]


def test_a_name_does_not_grow_together_with_its_neighbours():
    text, _ = normalise("MySQL数据库8年")
    assert "MySQL8" not in text


def test_the_catalogue_is_large_and_unambiguous():
    names = [name.lower() for canonical, aliases in NAMES for name in (canonical, *aliases)]
    doubled = {name for name in names if names.count(name) > 1}
    assert not doubled
    assert len(NAMES) >= 400
    assert sum(len(aliases) for _, aliases in NAMES) >= 1200
    assert all(name == name.strip() and name for name in names)


@pytest.mark.parametrize(("canonical", "aliases"), NAMES, ids=[canonical for canonical, _ in NAMES])
def test_each_alias_is_found_where_technology_is_listed(canonical, aliases):
    for name in (canonical, *aliases):
        found = [mention.canonical for mention in find_skills(f"熟悉 {name}、MySQL")]
        assert found[0] == canonical, name


PIECES = st.sampled_from([name for canonical, aliases in NAMES for name in (canonical, *aliases)])
TEXT = st.lists(st.one_of(PIECES, st.text(max_size=6), st.sampled_from(list(" 、/()（）+#-.3熟语年a\n"))), max_size=12).map("".join)


@given(TEXT)
def test_normalising_twice_changes_nothing_more(text):
    once = normalise(text)[0]
    assert normalise(once) == (once, ())


@given(TEXT)
def test_mentions_are_in_order_and_quote_the_text(text):
    end = 0
    for mention in find_skills(text):
        assert mention.start >= end
        assert text[mention.start : mention.end] == mention.text
        end = mention.end


def test_time_grows_with_the_length_only():
    unit = "负责 ReactJS、k8s、golang 与 springboot 的开发，C/C++/R/Go，访问 a.b.c.com；"
    find_skills(unit)  # builds the automaton

    def seconds(copies: int) -> float:
        start = time.perf_counter()
        normalise(unit * copies)
        return time.perf_counter() - start

    assert min(seconds(2000) for _ in range(2)) < 12 * min(seconds(500) for _ in range(3))
