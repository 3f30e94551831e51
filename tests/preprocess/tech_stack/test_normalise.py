"""Tech names: what must match, what must not, and what holds for every text."""

import tomllib
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import preprocess.tech_stack.names
from preprocess.tech_stack.names import is_technology_name
from preprocess.tech_stack.normalise import categories, find_skills, normalise
from tests.each import each
from tests.fuzzing import reached, reaches
from tests.growth.clock import is_linear, thread_seconds
from tests.preprocess.tech_stack.tech_sentences import FOUND, REWRITTEN, UNTOUCHED

NAMES = [(canonical, aliases) for names in categories().values() for canonical, aliases in names.items()]
EVERY_NAME = [name for canonical, aliases in NAMES for name in (canonical, *aliases)]
TABLE = Path(preprocess.tech_stack.names.__file__).with_name("tech_stack.toml")
MATCHING = tomllib.loads(TABLE.read_text("utf-8"))["matching"]


@each("text, expected", REWRITTEN)
def test_an_alias_becomes_its_canonical_name(text, expected):
    assert normalise(text)[0] == expected
    assert normalise(expected) == (expected, ())


@each("text", UNTOUCHED)
def test_ordinary_words_and_addresses_are_left_alone(text):
    assert normalise(text) == (text, ())
    assert find_skills(text) == []


@each(
    "text, is_name, is_sure_name",
    [
        ("Kubernetes", True, True),
        ("k8s", True, True),
        ("机器学习", True, True),
        ("Agile", True, False),
        ("bash", True, False),
        ("Kubernetes cluster", False, False),
        ("engineers", False, False),
        ("", False, False),
    ],
)
def test_a_text_is_the_name_of_a_technology_if_nothing_else_is_in_it(text: str, is_name: bool, is_sure_name: bool):
    assert is_technology_name(text) is is_name
    assert is_technology_name(text, is_sure=True) is is_sure_name


@each("text, expected", FOUND)
def test_the_technologies_of_a_text(text, expected):
    assert [mention.canonical for mention in find_skills(text)] == expected


def test_what_is_found_survives_the_rewriting():
    for text, expected in FOUND:
        rewritten = {mention.canonical for mention in find_skills(normalise(text)[0])}
        assert rewritten == set(expected), text


def test_it_shows_what_it_changed_and_mere_case_comes_last():
    text, notes = normalise("mysql、ReactJS 和 ReactJS 以及 k8s")
    assert text == "MySQL、React 和 React 以及 Kubernetes"
    assert [(note.code, note.before, note.after, note.count) for note in notes] == [
        ("tech_name", "ReactJS", "React", 2),
        ("tech_name", "k8s", "Kubernetes", 1),
        ("tech_name", "mysql", "MySQL", 1),
    ]


def test_a_name_said_twice_is_noted_as_a_whole():
    assert [(note.before, note.after) for note in normalise("Kubernetes（K8s）")[1]] == [("Kubernetes（K8s）", "Kubernetes")]


@each(
    "text",
    [
        "Helm Chart 编写",  # one word more than Helm
        "用 BiLSTM 做序列标注",  # narrower than LSTM
        "experience with machine learning and microservices",  # not translated
        "推荐算法工程师",  # a job title
        "React框架3年",  # "React 3年" would read as a version
        "iOS安卓",  # "iOSAndroid"
        "客户关系管理专业",
        "MySQL数据库",
        "YOLOv8、Mac OS X",
    ],
)
def test_nothing_is_rewritten_that_would_lose_or_twist_something(text):
    assert normalise(text) == (text, ())
    assert find_skills(text)


@each(
    "pair",
    """Java|JavaScript React|React_Native Angular|AngularJS C|C++ C++|C# SQL|MySQL Spring|Spring_Boot Spring_Boot|Spring_Cloud Git|GitHub
    Spark|PySpark Hadoop|HDFS .NET|.NET_Core openGauss|GaussDB HTML|H5 MyBatis|MyBatis-Plus Redis|Redisson TensorRT|TensorRT-LLM
    Objective-C|C SQL|NoSQL Vue|Vuex Next.js|NestJS Kafka|RocketMQ Hive|Hudi Docker|Docker_Compose LoRA|QLoRA 等保|数据合规""".split(),
)
def test_distinct_things_stay_distinct(pair):
    names = pair.replace("_", " ").split("|")
    text = "熟悉 " + "、".join(names)
    assert [mention.canonical for mention in find_skills(text)] == names
    assert normalise(text) == (text, ())


def test_the_catalogue_is_large_and_unambiguous():
    assert len(NAMES) >= 400
    assert sum(len(aliases) for _, aliases in NAMES) >= 1200
    assert all(name == name.strip() and name for name in EVERY_NAME)
    assert [name for name, times in Counter(EVERY_NAME).items() if times > 1] == []
    lowered = Counter(name.lower() for name in EVERY_NAME)
    twins = {name for name, times in lowered.items() if times > 1}
    assert twins == {"yarn", "react", "react框架"}  # Yarn and YARN, React and ReAct: told apart by their case


@pytest.mark.parametrize("rule", ["exact", "context", "as_written"])
def test_each_rule_is_about_a_name_of_the_table(rule):
    assert set(MATCHING[rule]) <= set(EVERY_NAME)
    assert len(set(MATCHING[rule])) == len(MATCHING[rule])


def test_a_name_has_one_kind_of_doubt_and_is_no_phrase_to_skip():
    assert not set(MATCHING["exact"]) & set(MATCHING["context"])
    assert not {phrase.lower() for phrase in MATCHING["not_technology"]} & {name.lower() for name in EVERY_NAME}


@each("category", categories())
def test_each_name_is_found_where_technology_is_listed(category):
    for canonical, aliases in categories()[category].items():
        for name in (canonical, *aliases):
            for text in (f"熟悉 {name}、MySQL", f"Skills: {name}, MySQL"):
                assert find_skills(text)[0].canonical == canonical, name


PIECES = st.sampled_from(EVERY_NAME).flatmap(lambda name: st.sampled_from([name, name.lower(), name.upper()]))
GLUE = st.sampled_from([*" 、/()（）+#-.3熟语年a\n:,，&@_", " 和 ", "熟悉", "开发", "using ", " and ", "2.0", " / "])
TEXT = st.lists(st.one_of(PIECES, PIECES, GLUE, GLUE, st.text(max_size=6)), max_size=14).map("".join)


@given(TEXT)
def test_normalising_twice_changes_nothing_more(text):
    once = normalise(text)[0]
    assert normalise(once) == (once, ())


@reaches("mention")
@given(st.one_of(TEXT, st.text(st.characters(categories=None))))
def test_mentions_are_in_order_and_quote_the_text(text):
    end = 0
    for mention in find_skills(text):
        reached("mention")
        assert mention.start >= end
        assert text[mention.start : mention.end] == mention.text != ""
        end = mention.end


@reaches("outside")
@given(TEXT)
def test_text_outside_mentions_stays(text):
    outside, position = [], 0
    for mention in find_skills(text):
        outside.append(text[position : mention.start])
        position = mention.end
    outside.append(text[position:])
    rest = normalise(text)[0]
    if not {note.before for note in normalise(text)[1]} <= {mention.text for mention in find_skills(text)}:
        return  # a repetition went, with its brackets, or a new name completed a longer one
    for piece in outside:
        reached("outside")
        start = rest.find(piece)
        assert start >= 0
        rest = rest[start + len(piece) :]


@pytest.mark.growth
@pytest.mark.parametrize(
    "unit",
    [
        "负责 ReactJS、k8s、golang 与 springboot 的开发，C/C++/R/Go，访问 a.b.c.com；",
        "go, c, r, spring/react express (" * 3,
        "a.b.c.d-e@f.g-" * 5,
        "Go ((((((( 、、、、、 " * 3,
        "1.2.3.4.5.6 React" * 3,
    ],
)
def test_time_grows_with_the_length_only(unit):
    find_skills(unit)  # builds the automaton

    assert is_linear(lambda copies: thread_seconds(lambda: normalise(unit * copies)), 200)


@pytest.mark.parametrize(
    ("text", "skills"),
    [
        ("熟悉 PG、ES、CK", ["PostgreSQL", "Elasticsearch", "ClickHouse"]),
        ("用 TF 训练模型", ["TensorFlow"]),
        ("Python, PG (Parental Guidance)", ["Python"]),
        ("Executive Search (ES)", []),
        ("Databases: Redis, PG (PostgreSQL)", ["Redis", "PostgreSQL", "PostgreSQL"]),
        ("CK 女装导购", []),
        ("PS：本人可随时到岗", []),
    ],
)
def test_a_short_alias_counts_among_technology_and_stays_as_written(text: str, skills: list[str]):
    assert [skill.canonical for skill in find_skills(text)] == skills
    assert normalise(text)[0] == text


@each(
    "title",
    [
        "Site Reliability Engineer, Veloz Bikes",
        "Senior Golang Developer",
        "Golang backend engineer at Acme",
        "Postgres DBA",
        "高级 Golang 开发工程师",
        "ReactJS前端工程师",
    ],
)
def test_the_title_of_a_job_is_left_as_it_is_written(title: str):
    assert normalise(title) == (title, ())
    assert find_skills(title)


@each(
    "text, expected",
    [
        ("Spark on AWS EMR", {"AWS", "Amazon EMR"}),
        ("熟悉 Spring Cloud Eureka", {"Spring Cloud", "Spring"}),
        ("用 Azure Cosmos DB 存储", {"Azure"}),
    ],
)
def test_an_alias_that_names_another_technology_keeps_its_name(text, expected):
    assert normalise(text) == (text, ())
    assert expected <= {name for skill in find_skills(text) for name in (skill.canonical, *skill.also)}


def test_an_alias_that_names_the_canonical_one_alone_is_rewritten():
    assert normalise("熟悉 Node JS 和 Amazon Web Services")[0] == "熟悉 Node.js 和 AWS"
