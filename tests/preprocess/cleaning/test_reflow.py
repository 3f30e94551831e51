"""Wrapped lines come together; items, labels, dates, headings and table rows stay on lines of their own."""

import pytest

from preprocess.cleaning.reflow import rejoin
from preprocess.document import Line, Page
from preprocess.read import read_document
from tests.data.make_pdf import Sheet, make_pdf
from tests.each import each

WIDTH, HEIGHT = 595.0, 842.0
FULL = "负责订单系统的重构与性能优化工作，吞吐提升三倍以上，并在团队内推广了灰度发布的流程规范和"


def placed(*lines: tuple[float, str], leading: float = 15.0, top: float = 100.0, width: float = 10.0) -> Page:
    """Return lines below each other, at the x given; a Latin letter is half as wide as a Chinese one."""
    placed_lines = []
    for index, (x, text) in enumerate(lines):
        y = top + leading * index
        placed_lines.append(Line(text, x, y, x + sum(width if character > "\u2e80" else width / 2 for character in text), y + 10, 10))
    return Page(tuple(placed_lines), WIDTH, HEIGHT)


def texts(*pages: Page) -> list[str]:
    return rejoin(pages)[0]


def test_chinese_wraps_join_without_a_space() -> None:
    assert texts(placed((60, FULL), (60, "文档。"), (60, "工作经历"))) == [FULL + "文档。", "工作经历"]


def test_english_wraps_join_with_a_space() -> None:
    upper = "Built a large search service in Java and Kotlin serving two thousand merchants every single day of the"
    assert texts(placed((60, upper), (60, "year."))) == [upper + " year."]


@each(
    "lower",
    [
        "• 设计灰度发布",
        "- 设计灰度发布",
        "1. 设计灰度发布",
        "（2）设计灰度发布",
        "① 设计",
        "o Designed it",
        "・設計課程",
        "技术栈：Java",
        "2019.03-2021.05 云图科技",
        "2019.03",
        "工作经历",
        "Java  Go  Python",
        "13800000000",
        "someone@example.com",
    ],
)
def test_what_begins_something_stays_on_its_line(lower: str) -> None:
    assert texts(placed((60, FULL), (60, lower))) == [FULL, lower]


def test_a_line_that_is_not_full_ends_its_paragraph() -> None:
    short = FULL[:20]
    assert texts(placed((60, FULL), (60, short), (60, short), (60, FULL))) == [FULL + short, short, FULL]


def test_a_list_of_short_lines_stays_a_list() -> None:
    skills = ["Java", "Spring Boot", "MySQL", "熟悉分布式系统", "Kubernetes", "了解前端"]
    assert texts(placed(*((60, skill) for skill in skills))) == skills


def test_hanging_items() -> None:
    page = placed((60, "• " + FULL[:-1]), (70, "文档。"), (60, "• 带新人"), (60, "• " + FULL[:-1]), (60, "另起一行的总结"))
    assert texts(page) == ["• " + FULL[:-1] + "文档。", "• 带新人", "• " + FULL[:-1], "另起一行的总结"]


def test_indented_first_lines() -> None:
    page = placed((80, FULL[:-2]), (60, FULL), (60, "文档"), (80, FULL[:-2]), (60, "文档"))
    assert texts(page) == [FULL[:-2] + FULL + "文档", FULL[:-2] + "文档"]


def test_more_space_between_paragraphs_than_within() -> None:
    lines = placed((60, FULL), (60, FULL)).lines
    apart = placed((60, FULL), (60, "文档"), top=138).lines
    assert texts(Page((*lines, *apart), WIDTH, HEIGHT)) == [FULL + FULL, FULL + "文档"]


def test_prose_beside_a_label() -> None:
    row = Line("主要职责  " + FULL[:36], 60, 100, 500, 110, 10)
    below = [Line(FULL[:36], 140, 115, 500, 125, 10), Line("文档。", 140, 130, 170, 140, 10)]
    assert texts(Page((row, *below), WIDTH, HEIGHT)) == ["主要职责  " + FULL[:36] + FULL[:36] + "文档。"]


def test_over_a_page_break() -> None:
    assert texts(placed((60, FULL), top=760), placed((60, "文档。"), (60, "工作经历"), top=80)) == [FULL + "文档。", "工作经历"]


@pytest.mark.parametrize(
    ("upper", "lower", "whole"),
    [
        ("a small team of engi-", "neers", "a small team of engineers"),
        ("a micro-", "services platform", "a microservices platform"),
        ("the state-of-the-", "art model", "the state-of-the-art model"),
        ("a real-", "time feature store", "a real-time feature store"),
        ("in the years 2019-", "2021 and later", "in the years 2019-2021 and later"),
        ("https://github.com/zhang/", "engine", "https://github.com/zhang/engine"),
        ("github.com/jean-", "luc/engine", "github.com/jean-luc/engine"),
        ("write to anna-", "lena@example.org", "write to anna-lena@example.org"),
        ("a container-", "based platform", "a container-based platform"),
        ("a fault-", "tolerant store", "a fault-tolerant store"),
        ("a customer-", "facing page", "a customer-facing page"),
        ("strong problem-", "solving skills", "strong problem-solving skills"),
        ("an in-", "house tool", "an in-house tool"),
        ("a non-", "technical audience", "a non-technical audience"),
        ("a cloud-", "native, event-driven one", "a cloud-native, event-driven one"),
        ("several soft-", "ware teams", "several software teams"),
        ("an in-", "crease of sales", "an increase of sales"),
        ("in multi-", "ple teams", "in multiple teams"),
        ("the data-", "base team", "the database team"),
        ("high-", "lighted in reports", "highlighted in reports"),
        ("a Kuber-", "netes cluster", "a Kubernetes cluster"),
        ("over-", "came all of it", "overcame all of it"),
        ("a Kafka-", "based platform", "a Kafka-based platform"),
        ("of SQL-", "driven reports", "of SQL-driven reports"),
        ("an API-", "first layer", "an API-first layer"),
        ("AWS-", "hosted services", "AWS-hosted services"),
        ("KPI-", "driven plans", "KPI-driven plans"),
        ("GPU-", "accelerated search", "GPU-accelerated search"),
        ("a C-", "level board", "a C-level board"),
        ("K8s-", "based clusters", "K8s-based clusters"),
        ("a B2B-", "focused shop", "a B2B-focused shop"),
        ("a C++-", "based engine", "a C++-based engine"),
        ("a Node.js-", "based server", "a Node.js-based server"),
        ("a PyTorch-", "like library", "a PyTorch-like library"),
        ("a London-", "based firm", "a London-based firm"),
        ("ontology-", "driven search", "ontology-driven search"),
        ("an end-", "to-end test", "an end-to-end test"),
        ("the state-", "of-the-art model", "the state-of-the-art model"),
        ("the day-", "to-day business", "the day-to-day business"),
        ("peer-", "to-peer loans", "peer-to-peer loans"),
        ("hands-", "on work", "hands-on work"),
        ("on-", "call duty", "on-call duty"),
        ("an e-", "commerce shop", "an e-commerce shop"),
        ("with Postgre-", "SQL and Redis", "with PostgreSQL and Redis"),
        ("with Mongo-", "DB and Redis", "with MongoDB and Redis"),
        ("with T-", "SQL and Redis", "with T-SQL and Redis"),
        ("with Click-", "house and Redis", "with Clickhouse and Redis"),
        ("with Java-", "script and Redis", "with Javascript and Redis"),
        ("were em-", "powered by it", "were empowered by it"),
        ("an al-", "ready known one", "an already known one"),
        ("sur-", "facing of roads", "surfacing of roads"),
        ("was con-", "tested by them", "was contested by them"),
        ("a pho-", "to-film lab", "a photo-film lab"),
        ("in Spring-", "field and Cam-bridge", "in Springfield and Cam-bridge"),
        ("a Multi-", "port switch", "a Multi-port switch"),
    ],
)
def test_hyphens(upper: str, lower: str, whole: str) -> None:
    start = "x" * (95 - len(upper)) + " "
    paragraphs, notes = rejoin((placed((60, start + upper), (60, lower)),))
    assert paragraphs == [start + whole]
    lost = [note.before for note in notes if note.code == "hyphen_removed"]
    joined = upper.split()[-1][:-1] + lower.split()[0]
    assert lost == ([joined] if joined in whole.split() else [])


@pytest.mark.parametrize(("elsewhere", "between"), [("熟悉 Java 和 Go", " "), ("熟悉Java和Go", "")])
def test_space_between_chinese_and_latin_as_elsewhere_in_the_document(elsewhere: str, between: str) -> None:
    assert texts(placed((60, FULL), (60, "Kubernetes 集群"), (60, elsewhere)))[0] == f"{FULL}{between}Kubernetes 集群"


def test_a_hyphen_that_the_document_uses_elsewhere_stays() -> None:
    start = "x" * 88
    paragraphs, _ = rejoin((placed((60, f"{start} micro-"), (60, "services"), (60, "and micro-services again")),))
    assert paragraphs[0].endswith("micro-services")


WRAPPED = """\
云图科技是一家做企业软件的公司，我在其中负责订单系统的后端开发与维
护，主导了从单体到微服务的拆分工作，日均处理请求两千万次，平均延迟
降到二十毫秒以内。
• 设计并落地灰度发布的流程，覆盖了全部三十多个核心服务，上线故障率
下降一半
技术栈：Java、Go
"""


def test_text_wrapped_by_hand() -> None:
    lines = WRAPPED.splitlines()
    assert texts(Page(tuple(map(Line, lines)))) == ["".join(lines[:3]), "".join(lines[3:5]), lines[5]]


def test_a_compound_parted_in_text_wrapped_by_hand() -> None:
    lines = [
        "I have spent ten years on the design and the daily operation of a Kafka-",
        "based event platform that all of the firm and its partners used, and of an API-",
        "first service layer which replaced the older tools in the north and of an end-",
        "to-end test suite that ran each night for all of the people in the company.",
    ]
    (text,) = texts(Page(tuple(map(Line, lines))))
    assert "Kafka-based event" in text and "API-first service" in text and "end-to-end test" in text


def test_text_with_long_lines_is_not_wrapped() -> None:
    lines = [FULL, FULL * 2, FULL[:30], FULL * 3, "张三", FULL[:44]]
    assert texts(Page(tuple(map(Line, lines)))) == lines


def test_a_bullet_alone_on_its_line() -> None:
    assert texts(Page((Line("•"), Line("负责订单"), Line("•"), Line("•"), Line("张三")))) == ["• 负责订单", "•", "• 张三"]


def test_two_columns_from_a_real_pdf() -> None:
    left = ["在云图科技负责推荐系统后端的开发与维护工作，", "主导召回服务拆分。"] * 3
    right = ["熟悉常用的中间件，能够独立承担一条产品线的后", "端架构。"] * 3

    def draw(sheet: Sheet) -> None:
        sheet.lines(60, 100, left)
        sheet.lines(320, 100, right)

    assert rejoin(read_document(make_pdf(draw), "x.pdf").pages)[0] == ["".join(left[:2])] * 3 + ["".join(right[:2])] * 3


ITEMS = [
    "Kept the yeast bank of the brewery and wrote the cleaning schedule of all twelve tanks, with records",
    "Introduced tasting panels that meet twice a week, with the scores on cards and a log of all results",
    "Bought malt and hops for forty beers a year and negotiated with nine suppliers in five countries too",
    "Passed two food safety audits without a finding and trained the night shift in the new procedures ok",
]
PUNKTE = [
    "负责订单系统的重构与性能优化工作，吞吐提升三倍以上，并在团队内推广灰度发布的流程和规范",
    "参与推荐系统的召回与排序服务拆分，日均请求二十亿次，平均延迟降到二十毫秒以内并保持稳定",
    "主导特征平台的建设，支持离线与实时特征的统一管理，覆盖了全部的三十多个核心业务服务模块",
]


@pytest.mark.parametrize("items", [ITEMS, PUNKTE], ids=["English", "Chinese"])
def test_items_without_bullets_and_full_stops_stay_apart(items: list[str]) -> None:
    assert texts(placed(*((60, item) for item in items))) == items


_FULL_ITEMS = [
    "Introduced a maintenance plan that halved unplanned stops of the line in two years at all of its sites",
    "Wrote the handbook of the glazing shop together with the union and the suppliers of clay and of colour",
]


@pytest.mark.parametrize("between", [[], ["and in two of the mills"]])
def test_deeds_that_fill_their_line_stay_apart_where_others_begin_so(between: list[str]) -> None:
    short = ["EXPERIENCE", "Lowered the energy use", "Trained fourteen operators"]
    lines = [*short, _FULL_ITEMS[0], *between, _FULL_ITEMS[1]]
    joined = [*short, " ".join([_FULL_ITEMS[0], *between]), _FULL_ITEMS[1]]
    assert texts(placed(*((60, line) for line in lines))) == joined


def test_chinese_deeds_of_one_length_stay_apart() -> None:
    lines = ["工作经历", "云图科技 后端工程师 2016.07-2019.03", *(f"{verb}{FULL[:42]}" for verb in ("负责", "推动", "带领"))]
    assert texts(placed(*((60, line) for line in lines))) == lines


def test_two_lines_at_the_right_margin_of_a_page_in_arabic() -> None:
    page = Page((Line("مهندس برمجيات في شركة كبيرة", 380, 90, 540, 102, 12), Line("الخبرة سنوات", 445, 110, 540, 122, 12)), WIDTH, HEIGHT)
    assert len(texts(page)) == 2


def test_a_paragraph_whose_lines_begin_with_names_is_joined() -> None:
    lines = [
        "I write services for the shops of a large marketplace, and for the last three years mostly in",
        "Kotlin and Java, on top of the usual databases and queues that people in this trade know, like",
        "Kafka and Redis, and the tools around them that a team of six needs to keep everything alive.",
    ]
    assert texts(placed(*((60, line) for line in lines))) == [" ".join(lines)]


def test_the_title_of_a_job_with_its_period_is_a_line_of_its_own() -> None:
    title = "Senior Platform Engineer of the whole department of trade, Brackenfold Ltd         Mar 2016 - Sep 2023"
    assert texts(placed((60, title), (60, "Built a real-time, event-driven order system"))) == [
        title,
        "Built a real-time, event-driven order system",
    ]


def test_paragraphs_of_a_format_that_has_them_are_never_joined() -> None:
    lines = WRAPPED.splitlines()
    assert rejoin((Page(tuple(map(Line, lines))),), may_be_wrapped=False)[0] == lines


def test_contacts_in_a_narrow_column_stay_on_their_lines_and_lists_go_on() -> None:
    contacts = ["13800138021", "chen@example.com", "杭州市滨江区"]
    assert texts(placed(*((30, line) for line in contacts))) == contacts
    assert texts(placed((30, "中间件：Redis、Kafka、"), (30, "Elasticsearch"))) == ["中间件：Redis、Kafka、Elasticsearch"]


def test_paragraphs_that_hang_as_publications_do() -> None:
    full = "Achterberg and Lindqvist and Moreau, earlier springs and shorter seasons in the shallow sea and its bays"
    lines = [(60, full), (80, "with herring of 1961."), (60, full), (80, "with sensors of 1972."), (60, full), (80, "Ocean Methods.")]
    assert texts(placed(*lines)) == [f"{full} {end}" for end in ("with herring of 1961.", "with sensors of 1972.", "Ocean Methods.")]


def test_a_person_tells_one_thing_a_line() -> None:
    person = [
        "Professor Ylva Sandstrom of Marine Ecology and Coastal Systems, University of Skagerrak at Arendal town",
        "Head of Institute",
    ]
    assert texts(placed(*((60, line) for line in (*person, "y.sandstrom@example.org")))) == [*person, "y.sandstrom@example.org"]


@each(
    "upper, lower, is_joined",
    [
        ("Redesigned the message that travellers get when a train is cancelled in a storm or by a strike at night;", "calls fell", True),
        ("Master of Engineering in Control, University of Technology of the City of Hefei in Anhui Province, 2017", "Anhui School", False),
        ("THE UNIVERSITY OF THE SHORES OF LAKE PONTCHARTRAIN AND OF THE CITY OF NEW ORLEANS IN LOUISIANA STATE HO", "Bachelor", False),
    ],
)
def test_semicolons_years_and_titles_in_capitals(upper: str, lower: str, is_joined: bool) -> None:
    assert texts(placed((60, upper), (60, lower))) == ([f"{upper} {lower}"] if is_joined else [upper, lower])
